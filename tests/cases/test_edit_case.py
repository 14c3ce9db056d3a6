"""Two who change a case at once: the second is told, and loses nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from arsenaal.lib.errors import ChangedMeanwhileError
from cases.actions.edit_case import NothingToEdit, edit_case
from cases.models import Case, TimelineEntry
from tests.factories import World

Login = Callable[[User], Client]


def test_edit_tells_what_stood_there(world: World) -> None:
    case = edit_case(by=world.coordinator, case=world.case, title="Nieuw", address_hint="Kade 1", version=1)
    assert (case.title, case.address_hint, case.version) == ("Nieuw", "Kade 1", 2)
    body = TimelineEntry.objects.get(kind="cases.edited").body
    assert body == "Titel: Nieuw (was: Alleenstaande man, studio)\nAdres: Kade 1 (was: leeg)"
    assert Case.objects.like_name("kade").filter(pk=case.pk).exists()


def test_edit_without_change_is_not_told(world: World) -> None:
    case = edit_case(
        by=world.coordinator, case=world.case, title=world.case.title, address_hint="", version=1
    )
    assert case.version == 1
    assert not TimelineEntry.objects.filter(kind="cases.edited").exists()


def test_edit_is_refused_with_an_old_version_or_without_a_title(world: World) -> None:
    edit_case(by=world.coordinator, case=world.case, title="Eerst", address_hint="", version=1)
    with pytest.raises(ChangedMeanwhileError) as refusal:
        edit_case(by=world.coordinator, case=world.case, title="Dan", address_hint="", version=1)
    assert refusal.value.current == {"Titel": "Eerst", "Adres": ""}
    with pytest.raises(NothingToEdit):
        edit_case(by=world.coordinator, case=world.case, title=" ", address_hint="", version=2)


def test_second_editor_sees_both_and_can_save_again(world: World, login: Login) -> None:
    client, url = login(world.coordinator), f"/cases/{world.case.number}/edit/"
    assert 'name="version" value="1"' in client.get(url).content.decode()
    edit_case(by=world.community_worker, case=world.case, title="Van de collega", address_hint="", version=1)
    mine = {"title": "Van <mij>", "address_hint": "Kade 1", "version": "1"}
    response = client.post(url, mine)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Van de collega" in html
    assert "Van &lt;mij&gt;" in html
    assert "Kade 1" in html
    assert 'name="version" value="2"' in html
    assert client.post(url, {**mine, "version": "2"}).status_code == 302
    world.case.refresh_from_db()
    assert world.case.title == "Van <mij>"


@pytest.mark.parametrize(
    "bad", [{"title": ""}, {"title": "x" * 141}, {"version": "x"}, {"version": ""}, {"title": "a\x00"}]
)
def test_form_refuses_bad_input(world: World, login: Login, bad: dict[str, str]) -> None:
    data = {"title": "Goed", "address_hint": "", "version": "1", **bad}
    assert login(world.coordinator).post(f"/cases/{world.case.number}/edit/", data).status_code == 422
