"""Dated reference data: what holds on a day, entering what follows, confirming, and that the past stays."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions.first_administrator import make_first_administrator
from arsenaal.lib.registries import reference_codes
from cases.actions.reference import (
    AlreadyConfirmedError,
    BadReferenceValueError,
    ReferenceValueExistsError,
    confirm_reference_value,
    enter_reference_value,
    load_reference_values,
)
from cases.enums import Certainty, ReferenceKind
from cases.models import ReferenceValue
from cases.reference import TEXT_KINDS, default_value, value_on, value_over_time, values_on
from tests.factories import World

WARN, ROLLS = "term.warn_days", "term.rolls"
TODAY = timezone.localdate


def _enter(world: World, **more: Any) -> ReferenceValue:
    kwargs = {"code": WARN, "number": Decimal(7), "valid_from": TODAY(), "source": "vergadering"} | more
    return enter_reference_value(by=world.administrator, **kwargs)


@pytest.mark.parametrize("spec", reference_codes, ids=lambda spec: spec.code)
def test_every_default_can_be_read(spec: Any) -> None:
    """A value with its unit, a source, and a certainty that exists."""
    value = default_value(spec)
    assert value.shown
    assert spec.source
    assert spec.certainty in Certainty.values
    assert spec.kind in ReferenceKind.values
    assert (value.number is None) == (spec.kind in TEXT_KINDS)
    if spec.kind == ReferenceKind.YES_NO:
        assert value.text in {"yes", "no"}


def test_value_without_anything_entered_is_the_default(db: None) -> None:
    assert value_on(WARN, TODAY()).count == 14
    assert value_on(ROLLS, TODAY()).is_yes


def test_value_of_an_unknown_code_is_an_error(db: None) -> None:
    with pytest.raises(LookupError):
        value_on("nothing.here", TODAY())


def test_load_twice_enters_everything_once(db: None) -> None:
    assert load_reference_values() == len(reference_codes)
    assert load_reference_values() == 0
    assert ReferenceValue.objects.count() == len(reference_codes)


def test_first_administrator_finds_everything_loaded(db: None) -> None:
    make_first_administrator(
        username="eerste",
        first_name="E",
        last_name="E",
        organisation="Stad",
        neighbourhood="Wijk",
        code="W",
        slug="w",
    )
    assert ReferenceValue.objects.count() == len(reference_codes)


def test_entered_value_holds_from_its_day_and_the_old_one_before(world: World) -> None:
    start = TODAY() - dt.timedelta(days=10)
    _enter(world, valid_from=start)
    assert value_on(WARN, start).count == 7
    assert value_on(WARN, TODAY()).count == 7
    assert value_on(WARN, start - dt.timedelta(days=1)).count == 14


def test_several_codes_take_one_query(world: World) -> None:
    _enter(world)
    with CaptureQueriesContext(connection) as queries:
        found = values_on([spec.code for spec in reference_codes], TODAY())
    assert len(queries) == 1
    assert found[WARN].count == 7
    assert set(found) == {spec.code for spec in reference_codes}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"number": None}, "number"),
        ({"number": Decimal(-1)}, "number"),
        ({"number": Decimal("2.5")}, "number"),
        ({"number": Decimal(99_999)}, "number"),
        ({"number": Decimal("1e12")}, "number"),
        ({"code": ROLLS, "text": "  "}, "text"),
        ({"source": " "}, "source"),
        ({"valid_from": dt.date(1800, 1, 1)}, "valid_from"),
        ({"valid_from": dt.date(2090, 1, 1)}, "valid_from"),
    ],
)
def test_enter_what_can_not_be_is_refused(world: World, more: dict[str, Any], field: str) -> None:
    with pytest.raises(BadReferenceValueError) as refused:
        _enter(world, **more)
    assert refused.value.field == field
    assert not ReferenceValue.objects.exists()


def test_enter_on_the_same_day_is_refused_and_says_how(world: World) -> None:
    _enter(world)
    with pytest.raises(ReferenceValueExistsError, match="een dag later"):
        _enter(world, number=Decimal(9))
    assert value_on(WARN, TODAY()).count == 7


def test_confirm_says_who_and_where_once(world: World) -> None:
    value = _enter(world, certainty=Certainty.TO_CONFIRM)
    assert not value.is_certain
    value = confirm_reference_value(by=world.administrator, value=value, source="Staatsblad")
    assert value.is_certain
    assert value.confirmed_by == world.administrator
    with pytest.raises(AlreadyConfirmedError):
        confirm_reference_value(by=world.administrator, value=value, source="Staatsblad")


def test_confirm_without_source_is_refused(world: World) -> None:
    value = _enter(world, certainty=Certainty.PROVISIONAL)
    with pytest.raises(BadReferenceValueError):
        confirm_reference_value(by=world.administrator, value=value, source="  ")


@pytest.mark.parametrize(
    "change", [{"number": Decimal(3)}, {"valid_from": dt.date(2001, 1, 1)}, {"note": "x"}]
)
def test_database_refuses_to_change_a_value(world: World, change: dict[str, Any]) -> None:
    value = _enter(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReferenceValue.objects.filter(pk=value.pk).update(**change)


def test_database_refuses_to_delete_a_value(world: World) -> None:
    value = _enter(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReferenceValue.objects.filter(pk=value.pk).delete()


def test_screen_marks_an_uncertain_value_with_its_source_and_nothing_else(db: None) -> None:
    template = Template("{% load reference %}{% reference value %}")
    uncertain, certain = default_value(reference_codes.get(WARN)), default_value(reference_codes.get(WARN))
    certain.certainty = Certainty.CERTAIN
    marked = template.render(Context({"value": uncertain}))
    assert "14 dagen" in marked
    assert "voorlopig" in marked
    assert "werkafspraak van het team" in marked
    assert template.render(Context({"value": certain})) == "14 dagen"


# --- pages ---------------------------------------------------------------------------------------------------------
def test_list_shows_what_holds_and_what_is_doubtful(world: World, login: Any) -> None:
    client = login(world.administrator)
    page = client.get(reverse("cases:reference")).content.decode()
    assert "14 dagen" in page
    assert "voorlopig" in page
    load_reference_values()
    for value in ReferenceValue.objects.exclude(certainty=Certainty.CERTAIN):
        confirm_reference_value(by=world.administrator, value=value, source="x")
    assert "Alles is bevestigd" in client.get(reverse("cases:reference") + "?only=doubt").content.decode()


def test_page_enters_a_value_and_keeps_the_history(world: World, login: Any) -> None:
    client = login(world.administrator)
    response = client.post(
        reverse("cases:reference-new", args=[WARN]),
        {
            "number": "21",
            "valid_from": TODAY().isoformat(),
            "source": "overleg <b>",
            "certainty": "to_confirm",
        },
    )
    assert response.status_code == 302
    page = client.get(response.url).content.decode()
    assert "21 dagen" in page
    assert "14 dagen" in page
    assert "overleg &lt;b&gt;" in page
    value = ReferenceValue.objects.get(number=21)
    confirmed = client.post(
        reverse("cases:reference-confirm", args=[WARN, value.pk]), {"source": "Staatsblad"}
    )
    assert confirmed.status_code == 302
    assert "Staatsblad" in client.get(confirmed.url).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "veel"),
        ("number", "9" * 40),
        ("number", "-3"),
        ("valid_from", "9999-12-31"),
        ("source", "a\0b"),
    ],
)
def test_page_says_beside_the_field_what_is_wrong(world: World, login: Any, field: str, value: str) -> None:
    sent = {"number": "7", "valid_from": TODAY().isoformat(), "source": "x", "certainty": "certain"}
    response = login(world.administrator).post(
        reverse("cases:reference-new", args=[WARN]), sent | {field: value}
    )
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_value_of_another_code_is_not_found(world: World, login: Any) -> None:
    value = _enter(world, certainty=Certainty.TO_CONFIRM)
    client = login(world.administrator)
    assert client.get(reverse("cases:reference-confirm", args=[ROLLS, value.pk])).status_code == 404
    assert client.get(reverse("cases:reference-code", args=["nothing.here"])).status_code == 404


def test_yes_or_no_is_chosen_not_typed(world: World, login: Any) -> None:
    client = login(world.administrator)
    sent = {"text": "misschien", "valid_from": TODAY().isoformat(), "source": "x", "certainty": "certain"}
    url = reverse("cases:reference-new", args=[ROLLS])
    assert client.post(url, sent).status_code == 422
    assert client.post(url, sent | {"text": "no"}).status_code == 302
    assert not value_on(ROLLS, TODAY()).is_yes


def test_value_over_time_is_that_of_each_day_in_one_query(world: World) -> None:
    start = TODAY() - dt.timedelta(days=10)
    _enter(world, valid_from=start)
    with CaptureQueriesContext(connection) as queries:
        on = value_over_time(WARN)
        found = [on(start - dt.timedelta(days=1)).count, on(start).count, on(TODAY()).count]
    assert found == [14, 7, 7]
    assert len(queries) == 1
