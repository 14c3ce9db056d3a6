"""Renovations: how they go, what is written with them, and what the database refuses."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.wall import acting_as
from arsenaal.lib.errors import ChangedMeanwhileError
from arsenaal.lib.images import PhotoRefused
from arsenaal.lib.registries import term_sources
from cases.actions.checks import BadDateError
from cases.actions.close_case import close_case
from cases.actions.locking import CaseIsClosed
from cases.actions.reference import enter_reference_value
from cases.models import Case, TimelineEntry
from housing.actions.renovation_lines import (
    choose_quote,
    decide_support,
    edit_line,
    remove_progress_photo,
    restore_line,
    strike_line,
    unchoose_quote,
)
from housing.actions.renovations import (
    RenovationError,
    begin_renovation,
    edit_renovation,
    finish_renovation,
    stop_renovation,
)
from housing.models import FundAnswer, ProgressPhoto, Quote, Renovation, SupportRequest
from housing.renovation_enums import RenovationState, SupportState
from housing.renovation_reading import compare, scans_of, shown_lists
from housing.renovation_rules import SupportRules, months_of
from housing.tracks import tracks_of
from tests.cases.visits import upload
from tests.factories import World
from tests.housing.rehousing import ago, today
from tests.housing.renovations import (
    fund_answers,
    make_list,
    progress,
    quote,
    renovation,
    running,
    scan,
    support,
    work,
)


@pytest.fixture
def found(world: World, case: Case) -> Renovation:
    return running(world, case)


@pytest.fixture
def coach(world: World) -> Any:
    return world.renovation_coach


# --- the renovation ------------------------------------------------------------------------------------------------


def test_one_per_case_and_dwelling(world: World, case: Case, found: Renovation, coach: Any) -> None:
    with pytest.raises(RenovationError, match="al een renovatie") as refused:
        renovation(coach, case, found.dwelling)
    assert refused.value.field == "dwelling"
    running(world, case, number="7")
    assert Renovation.objects.filter(case=case).count() == 2


def test_coach_must_lead_renovations_here(world: World, case: Case) -> None:
    with pytest.raises(RenovationError) as refused:
        running(world, case, coach=world.lawyer)
    assert refused.value.field == "coach"


def test_dwelling_of_another_neighbourhood_is_refused(world: World, found: Renovation) -> None:
    with pytest.raises(RenovationError, match="andere wijk"):
        renovation(world.outsider, world.outside_case, found.dwelling)


def test_timeline_tells_what_happened_without_amounts_or_words(found: Renovation, coach: Any) -> None:
    works = make_list(coach, found)
    chosen = quote(coach, works)
    choose_quote(by=coach, quote=chosen, reason="Kan in januari beginnen.")
    asked = support(coach, found)
    decide_support(
        by=coach, support=asked, version=1, state="granted", decided_on=today(), granted=Decimal("4000")
    )
    progress(coach, found)
    entries = TimelineEntry.objects.filter(kind="housing.renovation")
    assert {entry.circle for entry in entries} == {"shared"}
    told = " ".join(f"{entry.title} {entry.body}" for entry in entries)
    assert "Offerte gekozen: Dakwerken Voorbeeld" in told
    assert "Premie of lening: toegekend" in told
    for hidden in ("9.200", "4.000", "4.100", "balken", "januari"):
        assert hidden not in told


def test_goes_from_asked_to_done_and_back(world: World, case: Case, coach: Any) -> None:
    found = running(world, case, is_running=False)
    assert found.state == RenovationState.ASKED
    with pytest.raises(RenovationError, match="kan niet klaar worden"):
        finish_renovation(by=coach, renovation=found, ended_on=today(), reached="Droog.")
    found = begin_renovation(by=coach, renovation=found)
    found = finish_renovation(
        by=coach,
        renovation=found,
        ended_on=today(),
        reached="Droog en warm.",
        label_after="B",
        final_cost=Decimal("18250.40"),
    )
    assert (found.state, found.next_on, found.label_after) == (RenovationState.DONE, None, "B")
    found = begin_renovation(by=coach, renovation=found)
    assert (found.state, found.ended_on, found.reached) == (RenovationState.RUNNING, None, "Droog en warm.")


def test_stopping_needs_a_reason_and_a_day_that_was(found: Renovation, coach: Any) -> None:
    with pytest.raises(RenovationError) as refused:
        stop_renovation(by=coach, renovation=found, ended_on=today(), reason=" ")
    assert refused.value.field == "reason"
    for day in (ago(-1), ago(100)):
        with pytest.raises(BadDateError):
            stop_renovation(by=coach, renovation=found, ended_on=day, reason="Verkocht.")
    found = stop_renovation(by=coach, renovation=found, ended_on=today(), reason="Verkocht.")
    assert found.stop_reason == "Verkocht."


def test_edit_refuses_what_somebody_saved_meanwhile(found: Renovation, coach: Any) -> None:
    values: dict[str, Any] = {"coach": coach, "done_for": "owner", "goal": "Een nieuw dak."}
    with pytest.raises(BadDateError):
        edit_renovation(by=coach, renovation=found, version=1, started_on=ago(-1), **values)
    edit_renovation(by=coach, renovation=found, version=1, started_on=ago(90), **values)
    assert Renovation.objects.get().started_on == ago(90)
    with pytest.raises(ChangedMeanwhileError) as refused:
        edit_renovation(by=coach, renovation=found, version=1, **values)
    assert refused.value.current["doel"] == "Een nieuw dak."


def test_closed_case_is_written_in_no_more(found: Renovation, coach: Any, world: World, case: Case) -> None:
    close_case(by=world.coordinator, case=case, outcome="goal_reached", summary="Klaar.")
    with pytest.raises(CaseIsClosed):
        scan(coach, found)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "done", "ended_on": None},
        {"state": "running", "ended_on": dt.date(2030, 1, 1)},
        {"state": "stopped", "ended_on": dt.date(2030, 1, 1), "stop_reason": ""},
        {"final_cost": -1},
    ],
)
def test_database_refuses_a_renovation_that_cannot_be(found: Renovation, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Renovation.objects.filter(pk=found.pk).update(**wrong)


def test_building_page_shows_it_among_the_tracks_for_who_may(
    world: World, found: Renovation, case: Case
) -> None:
    building = found.dwelling.building
    (track,) = tracks_of(building, world.coordinator)
    assert (track.owner, track.next_on) == (str(world.renovation_coach), found.next_on)
    assert (track.next_what, track.url) == ("Offertes vergelijken", found.get_absolute_url())
    assert tracks_of(building, world.outsider) == []


def test_next_date_is_a_term_until_the_renovation_ends(
    world: World, found: Renovation, case: Case, coach: Any, django_assert_num_queries: Any
) -> None:
    fetch = term_sources.get("housing.renovations").fetch
    with acting_as(coach), django_assert_num_queries(1):
        (term,) = fetch([case.pk, world.other_case.pk], ago(-10))
    assert (term.due_on, term.label, term.holder) == (ago(-10), "Offertes vergelijken", str(coach))
    assert term.url == found.get_absolute_url()
    assert not fetch([case.pk], ago(-9))
    assert not fetch([world.other_case.pk], ago(-10))
    with acting_as(world.partner):  # who may not see the renovation has no date of it either
        assert not fetch([case.pk], ago(-10))
    assert fetch([case.pk], ago(-30)) == [term]
    stop_renovation(by=coach, renovation=found, reason="Verkocht.", ended_on=today())
    assert not fetch([case.pk], ago(-10))


# --- scans, works and quotes ---------------------------------------------------------------------------------------


def test_latest_scan_of_each_moment_counts_and_struck_ones_do_not(found: Renovation, coach: Any) -> None:
    first = scan(coach, found, label="F")
    second = scan(coach, found, label="E", scanned_on=ago(10))
    after = scan(coach, found, label="B", moment="after", scanned_on=ago(1))
    scans = scans_of(found)
    assert (scans.before, scans.after) == (second, after)
    strike_line(by=coach, line=second, reason="Van het andere huis.")
    assert scans_of(found).before == first
    restore_line(by=coach, line=second)
    assert scans_of(found).before == second


def test_scan_without_anything_found_is_refused(found: Renovation, coach: Any) -> None:
    with pytest.raises(RenovationError) as refused:
        scan(coach, found, label="", kwh=None, findings=" ")
    assert refused.value.field == "label"


def test_work_is_done_on_a_day_and_only_then(found: Renovation, coach: Any) -> None:
    line = work(coach, make_list(coach, found))
    values = {"works_list": line.works_list, "what": line.what, "place": "", "estimate": None}
    for wrong in ({"state": "done", "done_on": None}, {"state": "doing", "done_on": today()}):
        with pytest.raises(RenovationError) as refused:
            edit_line(by=coach, line=line, version=1, values=values | wrong)
        assert refused.value.field == "done_on"
    line = edit_line(by=coach, line=line, version=1, values=values | {"state": "done", "done_on": today()})
    assert line.version == 2
    assert TimelineEntry.objects.filter(title="Werk klaar: Dak isoleren").exists()
    with pytest.raises(ChangedMeanwhileError) as changed:
        edit_line(by=coach, line=line, version=1, values=values | {"state": "planned"})
    assert changed.value.current["stand"] == "klaar"


def test_work_of_another_renovation_is_refused(
    world: World, case: Case, found: Renovation, coach: Any
) -> None:
    other = make_list(coach, running(world, case, number="9"))
    line = work(coach, make_list(coach, found))
    with pytest.raises(RenovationError) as refused:
        edit_line(by=coach, line=line, version=1, values={"works_list": other})
    assert refused.value.field == "works_list"


def test_cheapest_is_marked_among_what_can_be_accepted(found: Renovation, coach: Any) -> None:
    works = make_list(coach, found)
    cheap_but_expired = quote(
        coach, works, contractor="Te laat", amount=Decimal("7000"), valid_until_on=ago(1)
    )
    dear = quote(coach, works, contractor="Duur", amount=Decimal("12000"))
    good = quote(coach, works, contractor="Goed", amount=Decimal("9000"), valid_until_on=None)
    struck = quote(coach, works, contractor="Fout", amount=Decimal("10"))
    strike_line(by=coach, line=struck, reason="Verkeerde werken.")
    (shown,) = shown_lists(found)
    rows = {row.quote.pk: row for row in shown.quotes}
    assert [row.quote for row in shown.quotes] == [cheap_but_expired, good, dear, struck]
    assert [pk for pk, row in rows.items() if row.is_cheapest] == [good.pk]
    assert [pk for pk, row in rows.items() if row.is_expired] == [cheap_but_expired.pk]
    last_day = Quote(amount=Decimal("1"), dated_on=ago(9), valid_until_on=today())
    assert not compare([last_day], today())[0].is_expired


def test_choosing_a_quote_needs_a_reason_and_can_be_undone(found: Renovation, coach: Any) -> None:
    works = make_list(coach, found)
    first, second = quote(coach, works), quote(coach, works, contractor="Ander")
    with pytest.raises(RenovationError) as refused:
        choose_quote(by=coach, quote=first, reason="")
    assert refused.value.field == "reason"
    choose_quote(by=coach, quote=first, reason="Eerst vrij.")
    choose_quote(by=coach, quote=second, reason="Toch deze: met waarborg.")
    assert list(Quote.objects.filter(is_chosen=True)) == [second]
    with pytest.raises(RenovationError, match="ongedaan"):
        strike_line(by=coach, line=second, reason="Fout.")
    unchoose_quote(by=coach, quote=second)
    assert not Quote.objects.filter(is_chosen=True).exists()


def test_chosen_quote_does_not_move_to_works_that_have_one(found: Renovation, coach: Any) -> None:
    roof, windows = make_list(coach, found), make_list(coach, found)
    for works in (roof, windows):
        choose_quote(by=coach, quote=quote(coach, works), reason="De enige.")
    moving = Quote.objects.get(works_list=roof)
    with pytest.raises(RenovationError) as refused:
        edit_line(by=coach, line=moving, version=moving.version, values={"works_list": windows})
    assert refused.value.field == "works_list"


def test_database_lets_one_quote_be_chosen(found: Renovation, coach: Any) -> None:
    works = make_list(coach, found)
    quote(coach, works)
    quote(coach, works)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.update(is_chosen=True, choice_reason="Twee tegelijk")


@pytest.mark.parametrize(
    ("values", "field"),
    [({"amount": Decimal(0)}, "amount"), ({"valid_until_on": ago(40)}, "valid_until_on")],
)
def test_quote_that_cannot_be_is_refused_beside_its_field(
    found: Renovation, coach: Any, values: dict[str, Any], field: str
) -> None:
    works = make_list(coach, found)
    with pytest.raises(RenovationError) as refused:
        quote(coach, works, **values)
    assert refused.value.field == field


# --- support and the Noodkoopfonds -----------------------------------------------------------------------------------


def test_decision_goes_with_day_amount_and_reason(found: Renovation, coach: Any) -> None:
    asked = support(coach, found)
    refusals = [
        ({"state": "granted"}, "decided_on"),
        ({"state": "refused", "decided_on": today()}, "note"),
        ({"state": "refused", "decided_on": today(), "granted": Decimal(1), "note": "Nee."}, "granted"),
    ]
    for wrong, field in refusals:
        with pytest.raises(RenovationError) as refused:
            decide_support(by=coach, support=asked, version=1, **wrong)
        assert refused.value.field == field
    with pytest.raises(BadDateError):
        decide_support(by=coach, support=asked, version=1, state="granted", decided_on=ago(16))
    decided = decide_support(
        by=coach, support=asked, version=1, state="granted", decided_on=today(), granted=Decimal("3800")
    )
    assert decided.granted == Decimal("3800")
    undone = decide_support(by=coach, support=decided, version=2, state="asked")
    assert (undone.state, undone.decided_on, undone.granted) == (SupportState.ASKED, None, None)
    with pytest.raises(ChangedMeanwhileError):
        decide_support(by=coach, support=asked, version=1, state="withdrawn", decided_on=today())


def test_other_support_has_a_name_and_only_that(found: Renovation, coach: Any) -> None:
    for wrong in ({"kind": "other", "other": ""}, {"kind": "premium", "other": "Iets"}):
        with pytest.raises(RenovationError) as refused:
            support(coach, found, **wrong)
        assert refused.value.field == "other"
    rules = SupportRules.read()
    named = support(coach, found, kind="other", other="Stedelijke toelage")
    assert rules.name(named) == "Stedelijke toelage"
    assert rules.name(support(coach, found)) == "Mijn VerbouwPremie"


@pytest.mark.parametrize(
    ("kind", "day", "amount", "words"),
    [
        ("fund", dt.date(2026, 11, 3), "50000", ["november"]),
        ("fund", dt.date(2026, 12, 31), "50001", ["december", "50.000,00"]),
        ("fund", dt.date(2026, 10, 31), "50000", []),
        ("loan", dt.date(2026, 11, 3), "60000.01", ["60.000,00"]),
        ("premium", dt.date(2026, 11, 3), "99999", []),
    ],
)
def test_closed_months_and_ceilings_warn_and_never_block(
    kind: str, day: dt.date, amount: str, words: list[str]
) -> None:
    asked = SupportRequest(kind=kind, asked_on=day, asked=Decimal(amount))
    warnings = SupportRules(()).warnings(asked)
    assert len(warnings) == len(words)
    assert all(word in warning for word, warning in zip(words, warnings, strict=True))


def test_administrator_changes_names_ceilings_and_months(world: World) -> None:
    day = dt.date(2026, 1, 1)
    for code, value in (
        ("support.fund", {"text": "Nieuw fonds"}),
        ("support.fund_closed_months", {"text": "7; 8"}),
        ("support.fund_max", {"number": Decimal("40000")}),
    ):
        enter_reference_value(by=world.administrator, code=code, valid_from=day, source="proef", **value)  # type: ignore[arg-type]
    rules = SupportRules.read()
    asked = SupportRequest(kind="fund", asked_on=dt.date(2026, 7, 1), asked=Decimal("45000"))
    assert rules.name(asked) == "Nieuw fonds"
    assert len(rules.warnings(asked)) == 2
    asked.asked_on = dt.date(2025, 12, 1)
    assert rules.name(asked) == "Noodkoopfonds"
    assert len(rules.warnings(asked)) == 1


@pytest.mark.parametrize(
    ("text", "months"), [("11, 12", {11, 12}), ("geen", set()), ("0;13;1", {1}), ("", set())]
)
def test_months_are_read_as_somebody_typed_them(text: str, months: set[int]) -> None:
    assert months_of(text) == months


def test_fund_keeps_what_changed_and_refuses_a_lost_update(found: Renovation, coach: Any) -> None:
    fund_answers(coach, found)
    assert FundAnswer.objects.filter(renovation=found).count() == 3
    found.refresh_from_db()
    assert found.fund_version == 2
    with pytest.raises(ChangedMeanwhileError) as refused:
        fund_answers(coach, found, version=1)
    assert "nee Gezien bij het bezoek." in refused.value.current.values()
    fund_answers(coach, found, version=2)
    found.refresh_from_db()
    assert found.fund_version == 2  # nothing changed
    fund_answers(coach, found, version=2, no_other="yes")
    assert FundAnswer.objects.get(renovation=found, condition="no_other").answer == "yes"


# --- progress --------------------------------------------------------------------------------------------------------


def test_progress_keeps_photos_once_and_lets_them_go(
    found: Renovation, coach: Any, django_capture_on_commit_callbacks: Any
) -> None:
    line = progress(coach, found, with_photo=True)
    photo = line.photos.get()
    line = edit_line(
        by=coach, line=line, version=1, values={"words": "Het dak is dicht."}, uploads=[upload()]
    )
    assert list(line.photos.all()) == [photo]  # the same photo twice is one
    storage, name = photo.file.storage, photo.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        remove_progress_photo(by=coach, photo=photo)
    assert not storage.exists(name)
    assert not ProgressPhoto.objects.exists()


def test_progress_with_a_file_that_is_no_photo_keeps_nothing(found: Renovation, coach: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from housing.actions.renovation_lines import add_line

    with pytest.raises(PhotoRefused):
        add_line(
            by=coach,
            renovation=found,
            kind="progress",
            values={"seen_on": today(), "words": "Foto volgt."},
            uploads=[SimpleUploadedFile("foto.jpg", b"<script>")],
        )
    assert not found.progress.exists()
