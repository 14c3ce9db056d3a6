"""What the civil track counts, and that an amount of few is hidden."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from arsenaal.lib.registries import MeasureValue, Period, measures
from cases.actions.obstacles import link_case, report_obstacle
from housing.actions.legal_files import leave_legal_file
from housing.actions.legal_parts import save_claim
from housing.measures.legal import (
    claims_decided,
    households_with_file,
    obstacles_met,
    rent_recovered,
)
from reporting.figures import figure
from tests.housing.legal.scenery import LegalScene

TODAY = timezone.localdate


@pytest.fixture
def period() -> Period:
    """The last thirty days."""
    return Period(TODAY() - dt.timedelta(days=30), TODAY())


def _decide(scene: LegalScene, case: object, state: str, on: dt.date, awarded: str | None) -> None:
    amount = Decimal(awarded) if awarded else None
    save_claim(
        by=scene.lawyer,
        tenant=scene.legal_file.tenants.get(case=case),
        kind="rent_reduction",
        amount=Decimal(1000),
        state=state,
        decided_on=on,
        awarded=amount,
        recovered=amount,
    )


def test_claims_are_counted_by_outcome_within_the_period(scene: LegalScene, period: Period) -> None:
    _decide(scene, scene.one, "granted", period.start, "800")
    _decide(scene, scene.other, "rejected", period.end, None)
    _decide(scene, scene.one, "granted", period.start - dt.timedelta(days=1), "500")
    save_claim(by=scene.lawyer, tenant=scene.tenant(scene.one), kind="damages", state="filed")
    found = claims_decided(scene.world.neighbourhood.pk, period)
    assert found.count == 2
    assert found.parts["toegekend"] == found.parts["afgewezen"] == 1
    assert claims_decided(scene.world.elsewhere.pk, period).count == 0


def test_recovered_adds_what_was_received_and_rests_on_households(scene: LegalScene, period: Period) -> None:
    _decide(scene, scene.one, "granted", period.end, "800.50")
    _decide(scene, scene.one, "settled", period.end, "100")
    _decide(scene, scene.other, "rejected", period.end, None)
    found = rent_recovered(scene.world.neighbourhood.pk, period)
    assert (found.value, found.count) == (900.5, 1)


def test_households_with_a_file_are_those_of_some_day_in_the_period(
    scene: LegalScene, period: Period
) -> None:
    here = scene.world.neighbourhood.pk
    assert households_with_file(here, period).count == 2
    leave_legal_file(by=scene.lawyer, tenant=scene.tenant(scene.one), reason="Verhuisd.")
    assert households_with_file(here, period).count == 2
    before = Period(period.start - dt.timedelta(days=90), period.start - dt.timedelta(days=60))
    after = Period(period.end + dt.timedelta(days=1), period.end + dt.timedelta(days=9))
    assert households_with_file(here, before).count == 0
    assert households_with_file(here, after).count == 1


def test_obstacles_count_once_whatever_the_number_of_households(scene: LegalScene, period: Period) -> None:
    obstacle = report_obstacle(
        by=scene.lawyer,
        neighbourhood=scene.world.neighbourhood,
        title="Wachttijd pro Deo",
        description="Te lang.",
        kind="practice",
        who_can_lift="het BJB",
    )
    for case in (scene.one, scene.other):
        link_case(by=scene.lawyer, obstacle=obstacle, case=case, since_on=TODAY())
    assert obstacles_met(scene.world.neighbourhood.pk, period).count == 1


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (MeasureValue(0, 0), "–"),
        (MeasureValue(8000.4, 4), "te klein om te tonen"),
        (MeasureValue(12345.6, 5), "12.346"),
    ],
)
def test_amount_is_shown_only_when_it_rests_on_five(value: MeasureValue, shown: str) -> None:
    found = figure(measures.get("legal.recovered"), value)
    assert found["shown"] == shown
    assert "8000" not in str(found)
