"""The frame around every page: menu by permission, error pages that lead on, forms that explain."""

from typing import Any

import pytest
from django import forms
from django.db import OperationalError
from django.template import engines
from django.test import Client, RequestFactory

from accounts.menu import build_menu
from accounts.permissions import Permission
from accounts.roles import ROLES
from accounts.views.errors import server_error
from accounts.widgets import DayInput, Segments, SeverityField
from tests.factories import World

PROFILE = "/accounts/profile/"


def _can(role: str) -> dict[str, bool]:
    return {p.name.lower(): p in ROLES[role].permissions for p in Permission}


def _render(source: str, **context: Any) -> str:
    return engines["django"].from_string(source).render(context, RequestFactory().get("/"))


@pytest.mark.parametrize("role", list(ROLES))
def test_menu_shows_only_what_a_role_may_open(world: World, login: Any, role: str) -> None:
    menu = build_menu(_can(role), PROFILE)
    children = [child for entry in menu.main for child in entry.children]
    client = login(getattr(world, role))
    for item in [*menu.main, *menu.bar, *menu.rest, *children]:
        assert client.get(item.url, follow=True).status_code == 200, item


@pytest.mark.parametrize("role", list(ROLES))
def test_bar_on_a_phone_fits_and_hides_nothing(role: str) -> None:
    menu = build_menu(_can(role), "/")
    assert len(menu.bar) <= 4
    assert {item.name for item in menu.main} <= {item.name for item in [*menu.bar, *menu.rest]}


def test_menu_marks_where_one_is() -> None:
    menu = build_menu(_can("administrator"), "/accounts/users/new/")
    assert [item.label for item in menu.main if item.is_current] == ["Beheer"]
    assert [item.label for item in menu.beside if item.is_current] == ["Gebruikers"]


def test_unknown_address_is_told_within_the_frame(world: World, login: Any) -> None:
    answer = login(world.coordinator).get("/bestaat-niet/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "Deze pagina vinden we niet" in page
    assert 'aria-label="Hoofdmenu"' in page


def test_unknown_address_is_told_to_strangers_without_a_menu(db: None, client: Client) -> None:
    page = client.get("/bestaat-niet/").content.decode()
    assert "Deze pagina vinden we niet" in page
    assert "Hoofdmenu" not in page


def test_refused_page_says_whom_to_ask(world: World, login: Any) -> None:
    answer = login(world.manager).get("/accounts/users/")
    assert answer.status_code == 403
    assert "coördinator" in answer.content.decode()


def test_form_without_a_good_token_says_what_to_do(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert "Dit formulier is verlopen" in answer.content.decode()


def test_failure_is_told_without_asking_the_database() -> None:
    try:
        raise RuntimeError
    except RuntimeError:
        answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Het ligt niet aan jou" in answer.content.decode()


def test_database_away_is_told_as_such() -> None:
    try:
        raise OperationalError
    except OperationalError:
        answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "even niet bereikbaar" in answer.content.decode()


class _Form(forms.Form):
    name = forms.CharField(label="Naam?", help_text="Zoals op de bel.")
    day = forms.DateField(label="Dag", widget=DayInput, required=False)
    result = forms.ChoiceField(
        label="Hoe", choices=[("met", "gesproken"), ("no", "niemand")], widget=Segments(icons={"met": "chat"})
    )
    saw = SeverityField(
        label="Gezien", things=[("damp", "vocht")], levels=[(1, "licht"), (3, "ernstig")], required=False
    )


def test_mistakes_are_summed_up_with_links_and_told_beside_the_field() -> None:
    page = _render("{% load crispy_forms_filters %}{{ form|crispy }}", form=_Form({"day": "morgen"}))
    assert "Nog 3 dingen in orde brengen" in page
    assert '<a href="#id_name">Naam: Vul dit nog in.</a>' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page


def test_only_what_may_stay_empty_says_so() -> None:
    page = _render("{% load crispy_forms_filters %}{{ form|crispy }}", form=_Form())
    assert page.count("(mag leeg blijven)") == 1
    assert "*" not in page


def test_segments_are_radios_with_icon_and_word() -> None:
    page = _render("{% load crispy_forms_filters %}{{ form|crispy }}", form=_Form(initial={"result": "met"}))
    assert '<div class="seg">' in page
    assert "bi-chat" in page
    assert page.count('type="radio" name="result"') == 2


@pytest.mark.parametrize(
    ("sent", "cleaned"),
    [
        ({"saw-damp": "3"}, {"damp": 3}),
        ({"saw-damp": ""}, {}),
        ({"saw-damp": "9"}, {}),
        ({"saw-damp": "<b>"}, {}),
        ({"saw-other": "1"}, {}),
    ],
)
def test_severities_keep_what_is_known(sent: dict[str, str], cleaned: dict[str, int]) -> None:
    form = _Form({"name": "x", "result": "met", **sent})
    assert form.is_valid()
    assert form.cleaned_data["saw"] == cleaned


def test_severities_show_what_was_picked() -> None:
    page = _render("{{ form.saw }}", form=_Form(initial={"saw": {"damp": 3}}))
    assert 'value="3" aria-label="ernstig" checked' in page


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            '{% chip word "lock" "stop" %}',
            '<span class="chip chip-stop"><i class="bi bi-lock" aria-hidden="true"></i>&lt;b&gt;</span>',
        ),
        (
            '{% circle_chip "care" %}',
            '<span class="chip chip-circle"><i class="bi bi-heart" aria-hidden="true"></i>zorg</span>',
        ),
        ("{% trust 2 %}", 'aria-label="Vertrouwen 2 van 5"'),
        ("{% trust None %}", 'aria-label="Vertrouwen 0 van 5"'),
        ('{% define "stap" "een <i>" %}', 'popovertarget="means-stap-1">stap</button>'),
        ('{% sort_header "naam" "Naam" %}', '<a href="?sort=naam">Naam'),
    ],
)
def test_tag_draws(source: str, expected: str) -> None:
    assert expected in _render(source, word="<b>")


def test_sorted_column_says_so_and_turns() -> None:
    request = RequestFactory().get("/?sort=naam&cursor=abc&q=x")
    page = engines["django"].from_string('{% sort_header "naam" "Naam" %}').render({}, request)
    assert 'aria-sort="ascending"' in page
    assert "sort=-naam" in page
    assert "cursor" not in page
    assert "q=x" in page
