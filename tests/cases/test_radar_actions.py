"""The radar: what is kept, decided once, and deleted when nobody decides."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.radar_decide import (
    ReasonMissing,
    close_radar_entry,
    pass_on_radar_entry,
    postpone_radar_entry,
)
from cases.actions.radar_lapse import lapse_radar_entries
from cases.actions.radar_lock import AlreadyDecided
from cases.actions.radar_report import CannotReportWorry, correct_worry, report_worry
from cases.actions.start_case import CannotStartCase, NewHousehold, open_case_from_radar, start_case
from cases.enums import CaseKind, RadarReason, RadarSource, RadarState
from cases.models import Case, CaseMember, RadarEntry, RadarLapse, TimelineEntry
from cases.tasks import lapse_radar_entries as lapse_task
from people.models import Household
from tests.factories import World

TODAY = timezone.localdate


def worry(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "source": RadarSource.COMMUNITY_WORK,
        "source_organisation": world.organisations["community"],
        "reason": RadarReason.CO_GAS,
        "worry": "Oude gaskachel, raam altijd dicht.",
        "name": "Jef Proefman",
        "street": "Leuvensesteenweg",
        "house_number": "0",
        "review_on": TODAY() + dt.timedelta(days=14),
        **changes,
    }


def make_entry(world: World, **changes: Any) -> RadarEntry:
    return report_worry(
        by=world.community_worker, neighbourhood=world.neighbourhood, worry=worry(world, **changes)
    )


def test_report_keeps_what_was_told(world: World) -> None:
    entry = make_entry(world)
    assert (entry.state, entry.reported_by, entry.reason) == ("new", world.community_worker, "co_gas")
    assert RadarEntry.objects.like_name("jeff proefmann").get() == entry
    assert RadarEntry.objects.like_name("steenweg leuvense 0").get() == entry


def test_report_needs_a_name_or_a_street(world: World) -> None:
    with pytest.raises(CannotReportWorry) as refused:
        make_entry(world, name=" ", street="")
    assert refused.value.field == "name"
    assert make_entry(world, name="").street


@pytest.mark.parametrize("days", [-1, -400, 93, 40_000])
def test_report_refuses_a_review_date_out_of_reach(world: World, days: int) -> None:
    with pytest.raises(CannotReportWorry) as refused:
        make_entry(world, review_on=TODAY() + dt.timedelta(days=days))
    assert refused.value.field == "review_on"


@pytest.mark.parametrize("days", [0, 92])
def test_report_accepts_today_up_to_three_months(world: World, days: int) -> None:
    assert make_entry(world, review_on=TODAY() + dt.timedelta(days=days)).pk


def test_report_takes_its_clock_from_outside(world: World) -> None:
    moment = timezone.now() - dt.timedelta(days=200)
    entry = report_worry(
        by=world.community_worker,
        neighbourhood=world.neighbourhood,
        worry=worry(world, review_on=timezone.localtime(moment).date() + dt.timedelta(days=14)),
        now=moment,
    )
    assert entry.reported_at == moment


def test_correct_changes_what_was_told_and_who_is_late_is_told(world: World) -> None:
    entry = make_entry(world)
    changed = correct_worry(
        by=world.community_worker, entry=entry, version=1, worry=worry(world, name="Jos Proefman")
    )
    assert (changed.name, changed.version) == ("Jos Proefman", 2)
    with pytest.raises(ChangedMeanwhileError) as refused:
        correct_worry(by=world.coordinator, entry=entry, version=1, worry=worry(world, name="X"))
    assert refused.value.current["Naam"] == "Jos Proefman"


def test_correct_keeps_a_review_date_that_has_come(world: World) -> None:
    entry = make_entry(world)
    past = TODAY() - dt.timedelta(days=3)
    RadarEntry.objects.filter(pk=entry.pk).update(review_on=past)
    told = worry(world, review_on=past, name="Jos")
    assert correct_worry(by=world.community_worker, entry=entry, version=1, worry=told).review_on == past


def test_open_case_makes_household_team_and_first_line(world: World) -> None:
    entry = make_entry(world, phone="0470 00 00 00", reach_note="na 14 u")
    case = open_case_from_radar(
        by=world.coordinator,
        entry=entry,
        lead=world.tenancy_lead,
        title="Man alleen, studio",
        about=NewHousehold("Gezin Proefman", "Jef", "Proefman", entry.phone, "", entry.reach_note),
    )
    entry.refresh_from_db()
    assert (entry.state, entry.household, entry.decided_by) == ("case", case.household, world.coordinator)
    assert (case.radar_entry, case.address_hint) == (entry, "Leuvensesteenweg 0")
    person = case.household.members.get().person
    assert (str(person), person.phone, person.reach_note) == ("Jef Proefman", "0470 00 00 00", "na 14 u")
    team = set(CaseMember.objects.filter(case=case).values_list("user__username", flat=True))
    assert {"community_worker", "tenancy_lead", "lawyer", "housing_inspector", "renovation_coach"} <= team
    told = TimelineEntry.objects.get(case=case, kind="cases.radar")
    assert (told.author, told.circle, told.body) == (world.community_worker, "care", entry.worry)
    assert told.occurred_at == entry.reported_at


def test_open_case_keeps_the_worry_in_care_when_the_reporter_left(world: World) -> None:
    entry = make_entry(world)
    world.community_worker.memberships.all().delete()
    case = open_case_from_radar(
        by=world.coordinator,
        entry=RadarEntry.objects.get(pk=entry.pk),
        lead=world.tenancy_lead,
        title="Man",
        about=NewHousehold("Gezin X"),
    )
    assert TimelineEntry.objects.get(case=case, kind="cases.radar").circle == "care"


def test_open_case_of_known_household(world: World) -> None:
    household = Household.objects.create(
        neighbourhood=world.neighbourhood, name="Gezin Bekend", created_by=world.coordinator
    )
    case = open_case_from_radar(
        by=world.coordinator,
        entry=make_entry(world),
        lead=world.tenancy_lead,
        title="Bekend",
        about=household,
    )
    assert case.household == household


def test_open_case_is_refused_for_household_with_open_case_and_nothing_is_decided(world: World) -> None:
    entry = make_entry(world)
    with pytest.raises(ActionError) as refused:
        open_case_from_radar(
            by=world.coordinator,
            entry=entry,
            lead=world.tenancy_lead,
            title="Nog eens",
            about=world.case.household,
        )
    assert refused.value.field == "household"
    assert world.case.number in refused.value.message
    entry.refresh_from_db()
    assert entry.state == RadarState.NEW


def test_open_case_is_refused_for_household_of_elsewhere(world: World) -> None:
    with pytest.raises(CannotStartCase):
        open_case_from_radar(
            by=world.coordinator,
            entry=make_entry(world),
            lead=world.tenancy_lead,
            title="Elders",
            about=world.outside_case.household,
        )


def test_refused_case_leaves_no_household_behind(world: World) -> None:
    before = Household.objects.count()
    with pytest.raises(ActionError):
        start_case(
            by=world.coordinator,
            neighbourhood=world.neighbourhood,
            lead=world.manager,
            title="X",
            about=NewHousehold("Gezin X"),
        )
    assert Household.objects.count() == before


def test_start_block_case_needs_an_address(world: World) -> None:
    data = {
        "by": world.coordinator,
        "neighbourhood": world.neighbourhood,
        "lead": world.lawyer,
        "title": "Blok",
        "about": None,
    }
    with pytest.raises(CannotStartCase) as refused:
        start_case(**data, address_hint=" ")
    assert refused.value.field == "address_hint"
    assert start_case(**data, address_hint="Steenweg 1").kind == CaseKind.BUILDING


def test_pass_on_keeps_to_whom_and_why(world: World) -> None:
    entry = pass_on_radar_entry(
        by=world.lawyer, entry=make_entry(world), to=world.organisations["energy"], reason=" Kachel eerst. "
    )
    assert (entry.state, entry.passed_to, entry.decision_reason) == (
        "passed_on",
        world.organisations["energy"],
        "Kachel eerst.",
    )


def test_close_needs_a_reason(world: World) -> None:
    with pytest.raises(ReasonMissing):
        close_radar_entry(by=world.lawyer, entry=make_entry(world), reason="  ")


def test_postpone_moves_the_date_and_says_why(world: World) -> None:
    later = TODAY() + dt.timedelta(days=40)
    entry = postpone_radar_entry(
        by=world.lawyer, entry=make_entry(world), review_on=later, reason="Wacht op school", version=1
    )
    assert (entry.state, entry.review_on, entry.postpone_reason) == ("new", later, "Wacht op school")
    with pytest.raises(ChangedMeanwhileError):
        postpone_radar_entry(by=world.coordinator, entry=entry, review_on=later, reason="x", version=1)


def test_postpone_refuses_a_day_in_the_past(world: World) -> None:
    with pytest.raises(CannotReportWorry):
        postpone_radar_entry(
            by=world.lawyer, entry=make_entry(world), review_on=dt.date(1899, 1, 1), reason="x", version=1
        )


def test_second_decision_is_told_who_was_first(world: World) -> None:
    entry = make_entry(world)
    close_radar_entry(by=world.lawyer, entry=entry, reason="Opgelost")
    for second in (
        lambda: close_radar_entry(by=world.coordinator, entry=entry, reason="x"),
        lambda: pass_on_radar_entry(
            by=world.coordinator, entry=entry, to=world.organisations["energy"], reason="x"
        ),
        lambda: postpone_radar_entry(
            by=world.coordinator, entry=entry, review_on=TODAY(), reason="x", version=1
        ),
        lambda: open_case_from_radar(
            by=world.coordinator, entry=entry, lead=world.lawyer, title="x", about=NewHousehold("Gezin")
        ),
        lambda: correct_worry(by=world.community_worker, entry=entry, version=2, worry=worry(world)),
    ):
        with pytest.raises(AlreadyDecided, match="Lawyer Test"):
            second()
    entry.refresh_from_db()
    assert entry.decision_reason == "Opgelost"


def test_decision_on_a_lapsed_signal_is_told_so(world: World) -> None:
    entry = make_entry(world)
    RadarEntry.objects.all().delete()
    with pytest.raises(AlreadyDecided, match="vervallen"):
        close_radar_entry(by=world.lawyer, entry=entry, reason="x")


@pytest.mark.django_db(transaction=True)
def test_two_cases_at_the_same_moment_become_one() -> None:
    world = World.build()
    entry = make_entry(world)
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def decide(name: str) -> None:
        start.wait()
        try:
            open_case_from_radar(
                by=world.users[name],
                entry=entry,
                lead=world.users["lawyer"],
                title=name,
                about=NewHousehold(f"Gezin {name}"),
            )
            outcomes.append("opened")
        except AlreadyDecided:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(name,)) for name in ("coordinator", "lawyer")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["opened", "told"]
    assert Case.objects.filter(radar_entry=entry).count() == 1


def test_database_refuses_half_a_decision(world: World) -> None:
    entry = make_entry(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        RadarEntry.objects.filter(pk=entry.pk).update(state=RadarState.CLOSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        RadarEntry.objects.filter(pk=entry.pk).update(postpone_reason="x")


def lapse_after(entry: RadarEntry, days: int) -> None:
    RadarEntry.objects.filter(pk=entry.pk).update(review_on=TODAY() - dt.timedelta(days=days))


def test_lapse_deletes_after_the_grace_and_keeps_a_count(world: World) -> None:
    gone, also_gone, stays = make_entry(world), make_entry(world), make_entry(world)
    lapse_after(gone, 15)
    lapse_after(also_gone, 200)
    lapse_after(stays, 14)
    assert lapse_radar_entries() == 2
    assert list(RadarEntry.objects.values_list("pk", flat=True)) == [stays.pk]
    kept = RadarLapse.objects.get()
    assert (kept.neighbourhood, kept.reason, kept.count) == (world.neighbourhood, "co_gas", 2)
    assert kept.month == TODAY().replace(day=1)


def test_lapse_twice_counts_once_and_adds_up_later(world: World) -> None:
    lapse_after(make_entry(world), 20)
    lapse_task()
    lapse_task()
    assert RadarLapse.objects.get().count == 1
    lapse_after(make_entry(world), 20)
    lapse_task()
    assert RadarLapse.objects.get().count == 2


def test_lapse_leaves_decided_signals(world: World) -> None:
    entry = make_entry(world)
    close_radar_entry(by=world.lawyer, entry=entry, reason="Opgelost")
    lapse_after(entry, 400)
    assert lapse_radar_entries() == 0


def test_lapse_says_beforehand_when(world: World) -> None:
    entry = make_entry(world)
    assert not entry.is_lapsing
    entry.review_on = TODAY() - dt.timedelta(days=4)
    assert entry.is_lapsing
    assert entry.lapses_on == TODAY() + dt.timedelta(days=11)
