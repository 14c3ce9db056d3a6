"""Every text has its English twin, and the compiled file is the one of these texts."""

from typing import Any

from django.urls import reverse

from scripts import messages
from tests.factories import World


def test_every_text_has_its_english_twin() -> None:
    assert messages.missing() == [], "run `make messages`, translate what is empty, and run it again"


def test_compiled_texts_are_up_to_date() -> None:
    assert messages.PO.with_suffix(".mo").read_bytes() == messages.compiled(), "run `make messages`"


def test_english_screen_speaks_english(world: World, login: Any) -> None:
    world.coordinator.language = "en"
    world.coordinator.save()
    page = login(world.coordinator).get(reverse("cases:case-list")).content.decode()
    assert '<html lang="en"' in page
    assert "open cases" in page.lower()
    assert "dossiers" not in page.lower().replace("arsenaal", "")
