"""What a device may keep: the worker and the page without network hold nothing of anybody."""

import re
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from accounts.enums import Circle
from cases.circles import circle_choices, readers_in_words
from tests.factories import World


def test_worker_is_served_from_the_root_to_everybody(db: None, client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_worker_keeps_only_static_files_that_exist(db: None, client: Client) -> None:
    script = client.get("/sw.js").content.decode()
    listed = re.search(r"const KEEP = \[(.*)\];", script)
    assert listed
    urls = re.findall(r'"([^"]+)"', listed.group(1).encode().decode("unicode_escape"))
    assert len(urls) > 20
    for url in urls:
        assert url.startswith(settings.STATIC_URL)
        assert finders.find(url.removeprefix(settings.STATIC_URL)), url


def test_page_without_network_needs_no_login_and_names_nobody(
    world: World, client: Client, login: Any
) -> None:
    anonymous = client.get("/offline/")
    assert anonymous.status_code == 200
    assert 'data-user=""' in anonymous.content.decode()
    logged_in = login(world.community_worker).get("/offline/").content.decode()
    for name in (str(world.community_worker), world.case.number, world.case.title):
        assert name not in logged_in


def test_circles_are_told_in_words_from_the_table_of_roles(world: World) -> None:
    assert readers_in_words(Circle.CARE) == "teamleider huurbegeleiding, opbouwwerker en jongerencoach"
    assert readers_in_words(Circle.LEGAL) == "jurist"
    assert readers_in_words(Circle.SHARED) == "iedereen van het team"
    offered = {value for value, _label, _readers in circle_choices(world.lawyer, world.case)}
    assert offered == {"shared", "legal"}
