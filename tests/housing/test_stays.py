"""Stays in crisis dwellings, who waits, and the database that lets only one in."""

import datetime as dt
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.actions.checks import BadDateError
from cases.models import Case, TimelineEntry
from housing.actions.crisis_dwellings import (
    CrisisDwellingError,
    TakenError,
    add_crisis_dwelling,
    block_for_works,
    set_fee,
    unblock,
)
from housing.actions.stays import (
    StayError,
    ask_longer,
    cancel_stay,
    decide_longer,
    end_stay,
    plan_stay,
    start_stay,
)
from housing.actions.waiting import WaitingError, put_on_list, set_priority, take_off_list
from housing.agreement_enums import PeriodKind, StayOutcome, StayState, WaitPriority, WaitState
from housing.enums import Tenure
from housing.inspection_cases import cases_of
from housing.matching import suggest, why_here
from housing.models import Occupancy, Stay, UnitPeriod, WaitingEntry
from housing.procedure_cases import cases_by_dwelling, dwellings_of_cases
from tests.factories import World
from tests.housing.rehousing import ago, landlord_of, make_unit, planned, running, staying, today

IN_90 = dt.timedelta(days=90)


def test_stay_two_at_once_in_one_dwelling_is_refused_in_words(world: World, case: Case) -> None:
    unit = make_unit(world)
    planned(world, case, unit)
    with pytest.raises(TakenError, match="bezet van"):
        planned(world, world.other_case, unit, from_on=today() + dt.timedelta(days=30))
    assert Stay.objects.count() == 1


def test_family_that_stays_elsewhere_hears_what_happens_to_its_home_until_it_lives_somewhere_else(
    world: World, case: Case
) -> None:
    stay = staying(world, case)
    home = Occupancy.objects.get(pk=stay.came_from_id).dwelling
    assert case in cases_by_dwelling([home.pk], today())[home.pk]
    assert dwellings_of_cases([case.pk], today())[home.pk] == [case.pk]
    assert case in cases_of(building=home.building, dwelling=home, day=today())
    end_stay(by=world.tenancy_lead, stay=stay, ended_on=today(), outcome=StayOutcome.SOCIAL)
    assert not cases_by_dwelling([home.pk], today())[home.pk]
    assert home.pk not in dwellings_of_cases([case.pk], today())
    assert not cases_of(building=home.building, dwelling=home, day=today())


def test_stay_starts_on_the_day_that_the_other_ends(world: World, case: Case) -> None:
    unit = make_unit(world)
    first = planned(world, case, unit)
    planned(
        world, world.other_case, unit, from_on=first.period.until_on, until_on=first.period.until_on + IN_90
    )
    assert Stay.objects.count() == 2


def test_household_has_one_stay_at_once(world: World, case: Case) -> None:
    planned(world, case, make_unit(world))
    with pytest.raises(TakenError, match="al een verblijf"):
        planned(world, case, make_unit(world, "2"))


def test_works_keep_everybody_out_until_they_are_called_off(world: World, case: Case) -> None:
    unit = make_unit(world)
    works = block_for_works(
        by=world.coordinator,
        unit=unit,
        from_on=today(),
        until_on=today() + dt.timedelta(days=10),
        reason="Badkamer",
    )
    with pytest.raises(TakenError, match="werken"):
        planned(world, case, unit)
    unblock(by=world.coordinator, period=works)
    stay = planned(world, case, unit)
    with pytest.raises(TakenError):
        block_for_works(
            by=world.coordinator,
            unit=unit,
            from_on=stay.period.until_on - dt.timedelta(days=1),
            until_on=stay.period.until_on + dt.timedelta(days=5),
            reason="Dak",
        )
    with pytest.raises(CrisisDwellingError):
        unblock(by=world.coordinator, period=stay.period)


_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), min_size=2, max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=_SPANS)
def test_database_never_holds_two_that_overlap(world: World, spans: list[tuple[int, int]]) -> None:
    """Whatever is asked in whatever order: what was let in never overlaps, and what fits is let in."""
    with transaction.atomic():
        unit = make_unit(world)
        kept: list[tuple[dt.date, dt.date]] = []
        for start, length in spans:
            begin = dt.date(2030, 1, 1) + dt.timedelta(days=start)
            end = begin + dt.timedelta(days=length)
            fits = all(end <= other[0] or begin >= other[1] for other in kept)
            try:
                with transaction.atomic():
                    UnitPeriod.objects.create(
                        crisis_dwelling=unit,
                        kind=PeriodKind.WORKS,
                        from_on=begin,
                        until_on=end,
                        created_by=world.coordinator,
                    )
            except IntegrityError:
                assert not fits
            else:
                assert fits
                kept.append((begin, end))
        transaction.set_rollback(True)


def test_stay_begins_and_ends_the_occupancy_and_returns_on_the_same_terms(world: World, case: Case) -> None:
    stay = staying(world, case)
    living = list(Occupancy.objects.filter(household=case.household).order_by("from_on"))
    assert len(living) == 2
    assert living[0].until_on == ago(41)
    assert (living[1].tenure, living[1].rent, living[1].until_on) == (Tenure.STAY, Decimal("390"), None)
    end_stay(by=world.tenancy_lead, stay=stay, ended_on=ago(1), outcome=StayOutcome.RETURNED)
    home = Occupancy.objects.on(today()).get(household=case.household)
    assert home.dwelling == living[0].dwelling
    assert (home.rent, home.tenure, home.from_on) == (living[0].rent, living[0].tenure, ago(1))
    stay.refresh_from_db()
    stay.period.refresh_from_db()
    assert stay.period.until_on == stay.ended_on == ago(1)
    assert [check.months for check in stay.aftercare.order_by("due_on")] == [3, 6, 12]


def test_stay_that_ends_moves_the_days_of_the_agreement(world: World, case: Case) -> None:
    agreement = running(world, case, starts_on=ago(40))
    stay = staying(world, case)
    end_stay(by=world.tenancy_lead, stay=stay, ended_on=ago(1), outcome=StayOutcome.RETURNED)
    agreement.refresh_from_db()
    assert agreement.return_on == ago(1)


def test_stay_ends_elsewhere_leaves_the_family_without_an_address(world: World, case: Case) -> None:
    stay = staying(world, case)
    end_stay(by=world.tenancy_lead, stay=stay, ended_on=today(), outcome=StayOutcome.SOCIAL)
    assert not Occupancy.objects.on(today()).filter(household=case.household).exists()
    with pytest.raises(StayError):
        end_stay(by=world.tenancy_lead, stay=stay, ended_on=today(), outcome=StayOutcome.SOCIAL)


def test_stay_days_that_cannot_be_are_refused(world: World, case: Case) -> None:
    unit = make_unit(world)
    for start, end in (
        (today(), today()),
        (today(), ago(1)),
        (dt.date(1800, 1, 1), today()),
        (today(), dt.date(2199, 1, 1)),
    ):
        with pytest.raises(CrisisDwellingError):
            planned(world, case, unit, from_on=start, until_on=end)
    stay = planned(world, case, unit)
    with pytest.raises(BadDateError):
        start_stay(by=world.tenancy_lead, stay=stay, arrived_on=today() + dt.timedelta(days=1))
    start_stay(by=world.tenancy_lead, stay=stay, arrived_on=ago(3))
    with pytest.raises(StayError):
        end_stay(by=world.tenancy_lead, stay=stay, ended_on=ago(3), outcome=StayOutcome.OTHER)
    with pytest.raises(StayError, match="niet waar het gezin woonde"):
        end_stay(by=world.tenancy_lead, stay=stay, ended_on=today(), outcome=StayOutcome.RETURNED)


def test_stay_of_another_neighbourhood_is_refused(world: World) -> None:
    with pytest.raises(StayError):
        planned(world, world.outside_case, make_unit(world))


def test_cancelled_stay_frees_the_dwelling(world: World, case: Case) -> None:
    unit = make_unit(world)
    stay = planned(world, case, unit)
    with pytest.raises(StayError):
        cancel_stay(by=world.tenancy_lead, stay=stay, reason="")
    cancel_stay(by=world.tenancy_lead, stay=stay, reason="Bij familie terecht.")
    planned(world, world.other_case, unit)


def test_longer_stay_granted_and_refused(world: World, case: Case) -> None:
    agreement = running(world, case, starts_on=ago(40))
    stay, by = staying(world, case), world.tenancy_lead
    old = stay.period.until_on
    later = old + dt.timedelta(days=60)
    with pytest.raises(StayError):
        ask_longer(by=by, stay=stay, until_on=old, reason="x")
    asked = ask_longer(by=by, stay=stay, until_on=later, reason="Pleisterwerken niet klaar.")
    with pytest.raises(StayError):
        ask_longer(by=by, stay=stay, until_on=later, reason="Nog eens.")
    with pytest.raises(StayError):
        decide_longer(by=world.coordinator, extension=asked, is_granted=False)
    decide_longer(by=world.coordinator, extension=asked, is_granted=False, note="Er wacht een gezin.")
    stay.period.refresh_from_db()
    assert stay.period.until_on == old
    again = ask_longer(by=by, stay=stay, until_on=later, reason="Attest komt volgende maand.")
    decide_longer(by=world.coordinator, extension=again, is_granted=True, moves_agreement=True)
    stay.period.refresh_from_db()
    agreement.refresh_from_db()
    assert stay.period.until_on == agreement.return_on == later
    with pytest.raises(StayError):
        decide_longer(by=world.coordinator, extension=again, is_granted=False, note="Toch niet.")


def test_longer_stay_into_somebody_elses_is_refused(world: World, case: Case) -> None:
    unit = make_unit(world)
    stay = staying(world, case, unit)
    planned(
        world, world.other_case, unit, from_on=stay.period.until_on, until_on=stay.period.until_on + IN_90
    )
    asked = ask_longer(
        by=world.tenancy_lead,
        stay=stay,
        until_on=stay.period.until_on + dt.timedelta(days=9),
        reason="Werken.",
    )
    with pytest.raises(TakenError):
        decide_longer(by=world.coordinator, extension=asked, is_granted=True)


def test_fee_is_the_one_of_the_day(world: World, case: Case) -> None:
    unit = make_unit(world)
    set_fee(
        by=world.coordinator, unit=unit, from_on=today() + dt.timedelta(days=10), amount=Decimal("410.50")
    )
    assert planned(world, case, unit).fee == Decimal("390")
    later = today() + dt.timedelta(days=100)
    assert planned(world, world.other_case, unit, from_on=later, until_on=later + IN_90).fee == Decimal(
        "410.50"
    )
    with pytest.raises(CrisisDwellingError):
        set_fee(by=world.coordinator, unit=unit, from_on=today() + dt.timedelta(days=10), amount=Decimal("1"))
    with pytest.raises(CrisisDwellingError):
        add_crisis_dwelling(
            by=world.coordinator,
            dwelling=unit.dwelling,
            fee=Decimal("1"),
            operator=unit.operator,
            capacity=1,
            is_accessible=False,
            allows_pets=False,
            notes="",
        )


def waiting(world: World, case: Case, **kwargs: Any) -> WaitingEntry:
    values = {"needed_on": today(), "people": 4, "reason": "De woning is onbewoonbaar."}
    return put_on_list(by=world.tenancy_lead, case=case, **(values | kwargs))


def test_family_with_a_newborn_goes_first_and_the_list_says_why(world: World, case: Case) -> None:
    first, baby = waiting(world, case), waiting(world, world.other_case)
    with pytest.raises(WaitingError):
        set_priority(by=world.lawyer, entry=baby, priority=WaitPriority.FIRST, reason="")
    set_priority(by=world.lawyer, entry=baby, priority=WaitPriority.FIRST, reason="Pasgeboren kind.")
    order = list(WaitingEntry.objects.order_by("-priority", "asked_on", "pk"))
    assert order == [baby, first]
    assert "Pasgeboren kind. (Lawyer Test)" in why_here(order[0])
    assert why_here(order[1]).startswith("wacht sinds")


def test_waiting_twice_is_refused_and_a_place_takes_one_off(world: World, case: Case) -> None:
    entry = waiting(world, case)
    with pytest.raises(WaitingError):
        waiting(world, case)
    stay = planned(world, case)
    entry.refresh_from_db()
    assert (entry.state, stay.waiting) == (WaitState.PLACED, entry)
    with pytest.raises(WaitingError):
        take_off_list(by=world.lawyer, entry=entry, note="Niet meer.")


def test_suggestions_say_why_and_why_not(world: World, case: Case) -> None:
    small = make_unit(world, "2", capacity=2, is_accessible=False)
    taken = make_unit(world, "3", allows_pets=True)
    good = make_unit(world, "4", allows_pets=True)
    planned(world, world.other_case, taken)
    found = suggest(waiting(world, case, needs_access=True, has_pets=True))
    assert [one.unit for one in found] == [good, taken, small]
    assert found[0].is_fit
    assert len(found[0].fits) == 4
    assert len(found[1].misfits) == 1
    assert "bezet van" in found[1].misfits[0]
    assert [words.split()[0] for words in found[2].misfits] == ["te", "niet", "huisdieren"]


def test_suggestions_take_three_queries(world: World, case: Case, django_assert_num_queries: Any) -> None:
    for number in range(4):
        make_unit(world, str(number))
    entry = waiting(world, case)
    with django_assert_num_queries(3):  # the third is the pass through the second wall
        suggest(entry)


def _at_once(*works: Callable[[], Any]) -> list[str]:
    """Run these in transactions of their own that overlap for certain; return how each ended."""
    ready, answers = threading.Barrier(len(works)), [""] * len(works)

    def run(index: int, work: Callable[[], Any]) -> None:
        try:
            with transaction.atomic():
                connection.ensure_connection()
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
                ready.wait(10)
                work()
            answers[index] = "in"
        except TakenError as error:
            answers[index] = error.message
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_one_gets_the_dwelling_and_the_other_is_told(transactional_db: None) -> None:
    world = World.build()
    unit = make_unit(world)
    entry = waiting(world, world.other_case)

    def give(case: Case) -> Callable[[], Any]:
        return lambda: plan_stay(
            by=world.tenancy_lead, case=case, unit=unit, from_on=today(), until_on=today() + IN_90
        )

    answers = _at_once(give(world.case), give(world.other_case))
    assert sorted(answer == "in" for answer in answers) == [False, True]
    refused = next(answer for answer in answers if answer != "in")
    assert "Deze crisiswoning is bezet van" in refused
    stay = Stay.objects.select_related("case").get()
    assert UnitPeriod.objects.count() == 1
    entry.refresh_from_db()
    is_placed = stay.case_id == world.other_case.pk
    assert entry.state == (WaitState.PLACED if is_placed else WaitState.WAITING)
    loser = world.case if is_placed else world.other_case
    assert not TimelineEntry.objects.filter(case=loser, title__startswith="Verblijf gepland").exists()


@pytest.mark.django_db(transaction=True)
def test_one_family_two_dwellings_at_once_gets_one(transactional_db: None) -> None:
    world = World.build()
    landlord_of(world, world.case)
    units = [make_unit(world, "1"), make_unit(world, "2")]
    answers = _at_once(
        *(
            lambda unit=unit: plan_stay(
                by=world.tenancy_lead,
                case=world.case,
                unit=unit,
                from_on=today(),
                until_on=today() + IN_90,
            )
            for unit in units
        )
    )
    assert sorted(answer == "in" for answer in answers) == [False, True]
    assert Stay.objects.filter(state=StayState.PLANNED).count() == 1
