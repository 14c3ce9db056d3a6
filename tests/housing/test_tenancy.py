"""The tenant track: how rights, support and the fund go, what is refused, and what the database holds."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from arsenaal.lib.errors import ChangedMeanwhileError
from arsenaal.lib.wall import beyond_wall
from arsenaal.lib.workdays import add_working_days
from cases.actions.boundaries import RefusedByBoundaryError, set_boundary
from cases.actions.checks import BadDateError, WrongColleagueError
from cases.actions.close_case import close_case
from cases.actions.legal_grounds import load_legal_grounds
from cases.actions.locking import CaseIsClosed
from cases.actions.open_case import open_case
from cases.actions.reference import enter_reference_value
from cases.actions.releases import release_entry
from cases.models import Case, LegalGround, Task, TimelineEntry
from cases.perms import open_to
from housing.actions.tenancy import TenancyError, edit_track
from housing.actions.tenancy_lines import edit_line, restore_line, strike_line
from housing.actions.tenancy_steps import TRANSITIONS, ask_inspection, next_states, take_step
from housing.models import EvictionFundAnswer, EvictionFundFile, RightClaim, TenancySupport, TenantTrack
from housing.tenancy_enums import FundState, RightState
from housing.tenancy_reading import (
    arrears_of,
    contacts_between,
    expected_contacts,
    files_of,
    rights_of,
    supports_of,
    suspended,
)
from housing.tenancy_rules import (
    TenancyRules,
    first_of_next_month,
    is_within_months,
    right_choices,
    share_of,
    words_of,
)
from housing.tenancy_terms import tenancy_terms
from tests.cases.visits import log
from tests.factories import World
from tests.housing import inspections
from tests.housing.factories import house, make_dwelling
from tests.housing.rehousing import ago, today
from tests.housing.tenancy import (
    arrears,
    asked,
    conditions,
    evaluation,
    fund_file,
    goal,
    granted,
    paid_file,
    right,
    step,
    support,
    track,
)


@pytest.fixture
def lead(world: World) -> Any:
    return world.tenancy_lead


@pytest.fixture
def found(lead: Any, case: Case) -> TenantTrack:
    return track(lead, case)


# --- the track ------------------------------------------------------------------------------------------------------


def test_one_per_case_of_a_family(lead: Any, case: Case, found: TenantTrack, world: World) -> None:
    with pytest.raises(TenancyError, match="al huurbegeleiding"):
        track(lead, case)
    block = open_case(by=world.coordinator, neighbourhood=world.neighbourhood, lead=lead, title="Blok")
    with pytest.raises(TenancyError, match="hoort bij een gezin"):
        track(lead, block)


def test_worker_must_support_tenants_and_see_the_case(world: World, case: Case, lead: Any) -> None:
    with pytest.raises(TenancyError) as refused:
        track(lead, case, worker=world.lawyer)
    assert refused.value.field == "worker"
    with pytest.raises(WrongColleagueError):
        track(lead, world.other_case, worker=world.community_worker)


def test_days_of_a_track_must_be_plausible(lead: Any, case: Case) -> None:
    for wrong in ({"started_on": ago(-1)}, {"started_on": ago(4000)}, {"next_on": ago(1)}):
        with pytest.raises(BadDateError):
            track(lead, case, **wrong)


def test_edit_refuses_what_somebody_saved_meanwhile(found: TenantTrack, lead: Any, world: World) -> None:
    values: dict[str, Any] = {"worker": world.community_worker, "started_on": ago(100)}
    edit_track(by=lead, track=found, version=1, next_step="Samen bellen", **values)
    with pytest.raises(ChangedMeanwhileError) as refused:
        edit_track(by=lead, track=found, version=1, **values)
    assert refused.value.current["wat dan"] == "Samen bellen"
    assert TimelineEntry.objects.filter(title="Andere huurbegeleider", circle="shared").exists()


def test_closed_case_is_written_in_no_more(found: TenantTrack, lead: Any, world: World, case: Case) -> None:
    close_case(by=world.coordinator, case=case, outcome="goal_reached", summary="Klaar.")
    with pytest.raises(CaseIsClosed):
        arrears(lead, found)


def test_timeline_tells_the_team_of_support_and_the_circle_of_care_the_rest(
    found: TenantTrack, lead: Any
) -> None:
    support(lead, found)
    arrears(lead, found)
    granted(lead, found)
    paid_file(lead, found)
    shared = TimelineEntry.objects.filter(kind="housing.tenancy")
    care = TimelineEntry.objects.filter(kind="housing.tenancy_care")
    assert {entry.circle for entry in shared} == {"shared"}
    assert {entry.circle for entry in care} == {"care"}
    told = " ".join(f"{entry.title} {entry.body} {entry.data}" for entry in shared)
    assert "Intensieve huurbegeleiding begonnen" in told
    assert "€" not in told
    closed = " ".join(f"{entry.title} {entry.body}" for entry in care)
    for words in ("€ 1.950,00", "€ 185,50 per maand", "Schooltoeslag of studietoelage", "Betaald: € 975,00"):
        assert words in closed


# --- rights ---------------------------------------------------------------------------------------------------------


def test_right_goes_from_looking_to_granted_and_back(found: TenantTrack, lead: Any) -> None:
    claim = right(lead, found)
    with pytest.raises(TenancyError, match="kan niet toegekend worden"):
        step(lead, claim, "granted", decided_on=today(), granted_from=today())
    claim = step(lead, claim, "asked", asked_on=ago(20), asked_where="Sociaal Huis")
    claim = step(
        lead,
        claim,
        "granted",
        decided_on=ago(3),
        granted_from=today(),
        granted_until=ago(-300),
        amount=Decimal("90"),
    )
    assert (claim.state, claim.amount) == ("granted", Decimal("90"))
    assert rights_of(found, TenancyRules.read(), lead).monthly == "€ 90,00"
    claim = step(lead, claim, "asked")
    assert (claim.amount, claim.decided_on, claim.asked_on) == (None, None, ago(20))
    claim = step(lead, claim, "explore")
    assert claim.asked_on is None


@pytest.mark.parametrize(
    ("to", "wrong", "field"),
    [
        ("granted", {"decided_on": None}, "decided_on"),
        ("granted", {"decided_on": ago(-1)}, "decided_on"),
        ("granted", {"decided_on": ago(31)}, "decided_on"),
        ("granted", {"granted_from": None}, "granted_from"),
        ("granted", {"granted_until": ago(9)}, "granted_until"),
        ("granted", {"granted_from": ago(-2000)}, "granted_from"),
        ("granted", {"amount": Decimal(0)}, "amount"),
        ("refused", {"reason": " "}, "reason"),
        ("refused", {"appeal_until": ago(4)}, "appeal_until"),
        ("dropped", {"reason": ""}, "reason"),
    ],
)
def test_step_of_a_right_refuses_what_cannot_be(
    found: TenantTrack, lead: Any, to: str, wrong: dict[str, Any], field: str
) -> None:
    claim = asked(lead, found)
    values = {"decided_on": ago(2), "granted_from": today(), "reason": "Inkomen.", "appeal_until": ago(-30)}
    with pytest.raises((TenancyError, BadDateError)) as refused:
        step(lead, claim, to, **(values | wrong))
    assert refused.value.field == field


def test_refused_right_can_be_asked_again_and_its_appeal_is_a_term(
    found: TenantTrack, lead: Any, case: Case
) -> None:
    claim = step(
        lead,
        asked(lead, found),
        "refused",
        decided_on=ago(2),
        reason="Te hoog inkomen.",
        appeal_until=ago(-20),
    )
    (term,) = tenancy_terms([case.pk], ago(-30))
    assert (term.due_on, term.holder, term.case_id) == (ago(-20), str(lead), case.pk)
    assert "inkomen" not in f"{term.label} {term.source} {term.consequence}".lower()
    with pytest.raises(TenancyError) as refused:
        step(lead, claim, "asked", asked_on=today(), asked_where="")
    assert refused.value.field == "asked_where"
    claim = step(lead, claim, "asked", asked_on=today(), asked_where="In beroep")
    assert (claim.reason, claim.appeal_until) == ("", None)
    assert list(tenancy_terms([case.pk], ago(-30))) == []


def test_steps_are_exactly_those_of_the_table(found: TenantTrack, lead: Any) -> None:
    claim, file = right(lead, found), fund_file(lead, found)
    for kind, line in (("right", claim), ("fund", file)):
        states = RightState if kind == "right" else FundState
        assert set(TRANSITIONS[kind]) == set(states)
        for to in states:
            if to not in next_states(line):
                with pytest.raises(TenancyError):
                    step(lead, line, to)


def test_step_refuses_what_somebody_saved_meanwhile(found: TenantTrack, lead: Any) -> None:
    claim = asked(lead, found)
    step(lead, claim, "dropped", reason="Ze willen niet.")
    with pytest.raises(ChangedMeanwhileError) as refused:
        take_step(by=lead, line=claim, to="explore", version=1)
    assert refused.value.current["stand"] == "laten vallen"


def test_other_right_has_a_name_and_the_administrator_adds_to_the_list(
    found: TenantTrack, lead: Any, world: World
) -> None:
    for wrong in ({"kind": "other"}, {"kind": "wage", "other": "Iets"}):
        with pytest.raises(TenancyError) as refused:
            right(lead, found, **wrong)
        assert refused.value.field == "other"
    enter_reference_value(
        by=world.administrator,
        code="right.more",
        text="Mobiliteitshulp; Kansenpas",
        valid_from=today(),
        source="team",
        certainty="certain",
    )
    assert ("more:Mobiliteitshulp", "Mobiliteitshulp") in right_choices(today())


def test_person_and_inspection_must_be_of_this_family(found: TenantTrack, lead: Any, world: World) -> None:
    stranger = world.other_case.household.members.get().person
    with pytest.raises(TenancyError) as refused:
        right(lead, found, person=stranger)
    assert refused.value.field == "person"
    strange = inspections.signed(world.housing_inspector, make_dwelling(world))
    for kind in ("study", "subsidy"):
        with pytest.raises(TenancyError) as refused:
            right(lead, found, kind=kind, inspection=strange)
        assert refused.value.field == "inspection"


def test_asking_what_makes_somebody_inspect_stops_at_a_boundary(
    found: TenantTrack, lead: Any, case: Case, world: World
) -> None:
    set_boundary(by=lead, case=case, kind="no_landlord", reason="Hij is bang zijn studio te verliezen.")
    claim = right(lead, found, kind="subsidy")
    with pytest.raises(RefusedByBoundaryError):
        step(lead, claim, "asked", asked_on=today(), asked_where="Sociaal Huis")
    with pytest.raises(RefusedByBoundaryError):
        ask_inspection(by=lead, claim=claim, inspector=world.housing_inspector, due_on=ago(-9))
    step(lead, right(lead, found, kind="study"), "asked", asked_on=today(), asked_where="School")


def test_inspection_is_asked_as_a_task(found: TenantTrack, lead: Any, world: World) -> None:
    claim = right(lead, found, kind="premium")
    with pytest.raises(TenancyError) as refused:
        ask_inspection(by=lead, claim=claim, inspector=world.lawyer, due_on=ago(-9))
    assert refused.value.field == "inspector"
    ask_inspection(by=lead, claim=claim, inspector=world.housing_inspector, due_on=ago(-9))
    assert Task.objects.get().assignee == world.housing_inspector
    with pytest.raises(TenancyError):
        ask_inspection(by=lead, claim=right(lead, found), inspector=world.housing_inspector, due_on=ago(-9))


def test_premium_lies_still_while_the_dwelling_fails(
    found: TenantTrack, lead: Any, world: World, case: Case
) -> None:
    dwelling = make_dwelling(world)
    house(world, case, dwelling)
    failing = inspections.signed(world.housing_inspector, dwelling, ("C-co", "III"))
    granted(lead, found, kind="premium", inspection=failing)
    (shown,) = rights_of(found, TenancyRules.read(), lead).rows
    assert shown.suspension is not None
    assert (shown.suspension.since, shown.suspension.resumes_on) == (today(), None)
    assert "huurpremie" in shown.suspension.rule.source
    inspections.signed(world.housing_inspector, dwelling)
    (shown,) = rights_of(found, TenancyRules.read(), lead).rows
    assert shown.suspension is not None
    assert shown.suspension.resumes_on == first_of_next_month(today())


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
    st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), max_size=4),
)
def test_premium_resumes_on_the_first_of_a_month_after_conformity(
    failed: dt.date, shown: list[dt.date]
) -> None:
    since, resumes = suspended(failed, shown)
    assert since == failed
    if resumes is None:
        assert all(day < failed for day in shown)
    else:
        first = min(day for day in shown if day >= failed)
        assert resumes.day == 1
        assert resumes > first
        assert (resumes - first).days <= 31


# --- support --------------------------------------------------------------------------------------------------------


def test_one_support_runs_with_goals_and_evaluations(found: TenantTrack, lead: Any, case: Case) -> None:
    with pytest.raises(TenancyError, match="Er loopt geen begeleiding"):
        goal(lead, found)
    first = support(lead, found)
    with pytest.raises(TenancyError, match="loopt al een begeleiding"):
        support(lead, found)
    line, look = goal(lead, found), evaluation(lead, found)
    with pytest.raises(TenancyError) as refused:
        edit_line(by=lead, line=line, version=1, values={"state": "reached"})
    assert refused.value.field == "judged_on"
    edit_line(by=lead, line=line, version=1, values={"state": "partly", "judged_on": today()})
    assert [term.due_on for term in tenancy_terms([case.pk], ago(-30))] == [ago(-7)]
    for wrong in ({"done_on": today()}, {"words": "Het gaat beter."}):
        with pytest.raises(TenancyError):
            edit_line(by=lead, line=look, version=1, values={"done_on": None, "words": ""} | wrong)
    edit_line(by=lead, line=look, version=1, values={"done_on": today(), "words": "Het gaat beter."})
    assert list(tenancy_terms([case.pk], ago(-30))) == []
    with pytest.raises(TenancyError) as refused:
        step(lead, first, "ended", ended_on=today(), result="")
    assert refused.value.field == "result"
    with pytest.raises(BadDateError):
        step(lead, first, "ended", ended_on=ago(91), result="settled")
    first = step(lead, first, "ended", ended_on=ago(1), result="settled", result_note="Hij betaalt zelf.")
    second = support(lead, found, from_on=today())
    with pytest.raises(TenancyError, match="loopt al een begeleiding"):
        step(lead, first, "running")
    strike_line(by=lead, line=second, reason="Te vroeg.")
    assert step(lead, first, "running").ended_on is None
    with pytest.raises(TenancyError, match="loopt al een begeleiding"):
        restore_line(by=lead, line=second)


@pytest.mark.parametrize(
    "wrong",
    [
        {"from_on": ago(-1)},
        {"from_on": ago(121)},
        {"planned_until": ago(91)},
        {"contacts": 0},
        {"contacts": 32},
    ],
)
def test_support_refuses_what_cannot_be(found: TenantTrack, lead: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises((TenancyError, BadDateError)) as refused:
        support(lead, found, **wrong)
    assert refused.value.field in wrong


def test_contacts_are_those_of_the_case_since_the_start(
    found: TenantTrack, lead: Any, case: Case, world: World, django_assert_num_queries: Any
) -> None:
    support(lead, found, from_on=ago(20), contacts=1)
    log(world.community_worker, case, narrative="Koffie.", circle="care")
    log(world.community_worker, case, result="nobody_home")
    with django_assert_num_queries(1):
        assert contacts_between(case, ago(20), None) == (1, 1)
    (shown,) = supports_of(found)
    assert (shown.contacts, shown.expected, shown.is_behind) == (1, 3, True)


@given(st.integers(1, 31), st.sampled_from(["week", "month"]), st.integers(0, 4000))
def test_expected_contacts_grow_with_the_days(agreed: int, pace: str, days: int) -> None:
    assert expected_contacts(agreed, pace, 0) == 0
    assert expected_contacts(agreed, pace, days) <= expected_contacts(agreed, pace, days + 1)
    assert expected_contacts(agreed, "month", days) <= expected_contacts(agreed, "week", days)


# --- arrears --------------------------------------------------------------------------------------------------------


def test_arrears_add_up_per_creditor_over_time(found: TenantTrack, lead: Any) -> None:
    arrears(lead, found, "1950", 60)
    arrears(lead, found, "400", 50, kind="energy", creditor="Stroom NV", plan_amount=Decimal(25))
    arrears(lead, found, "1500", 30, creditor="IMMO voorbeeld")
    wrong = arrears(lead, found, "9999", 20)
    strike_line(by=lead, line=wrong, reason="Verkeerd dossier.")
    shown = arrears_of(found)
    assert shown.totals == [(ago(60), Decimal(1950)), (ago(50), Decimal(2350)), (ago(30), Decimal(1900))]
    assert (shown.change, shown.plan) == (Decimal(-50), Decimal(100))
    assert shown.svg().startswith("<svg")
    assert "1.900" in shown.svg()


def test_arrears_refuse_what_cannot_be(found: TenantTrack, lead: Any) -> None:
    for wrong in ({"amount": Decimal("-1")}, {"plan_amount": Decimal(0)}, {"read_on": ago(-1)}):
        with pytest.raises((TenancyError, BadDateError)) as refused:
            arrears(lead, found, **wrong)
        assert refused.value.field in wrong


# --- the fund -------------------------------------------------------------------------------------------------------


def test_file_goes_to_its_end_with_the_days_of_the_agreement(
    found: TenantTrack, lead: Any, case: Case
) -> None:
    line = fund_file(lead, found)
    with pytest.raises(TenancyError, match="loopt al een dossier"):
        fund_file(lead, found)
    line = step(lead, line, "signed", signed_on=ago(20))
    assert line.pay_until == add_working_days(ago(20), 10)
    (term,) = tenancy_terms([case.pk], ago(-30))
    assert (term.due_on, "fonds" in term.label) == (line.pay_until, False)
    with pytest.raises(BadDateError):
        step(lead, line, "asked", asked_on=ago(21))
    line = step(lead, line, "asked", asked_on=ago(19))
    with pytest.raises(TenancyError) as refused:
        step(lead, line, "paid", paid_on=today(), paid=None)
    assert refused.value.field == "paid"
    line = step(lead, line, "paid", paid_on=ago(15), paid=Decimal("975"))
    assert list(tenancy_terms([case.pk], ago(-30))) == []
    with pytest.raises(TenancyError) as refused:
        step(lead, line, "followed", ended_on=today())
    assert refused.value.field == "outcome"
    line = step(lead, line, "followed", ended_on=today(), outcome="kept")
    line = step(lead, line, "paid")
    assert (line.outcome, line.ended_on, line.paid) == ("", None, Decimal("975"))
    line = step(lead, line, "asked")
    assert (line.paid_on, line.paid) == (None, None)


def test_file_that_was_broken_off_goes_on_where_it_was(found: TenantTrack, lead: Any) -> None:
    line = step(lead, fund_file(lead, found), "signed", signed_on=ago(9))
    with pytest.raises(TenancyError) as refused:
        step(lead, line, "broken", ended_on=today(), reason="")
    assert refused.value.field == "reason"
    line = step(lead, line, "broken", ended_on=today(), reason="De verhuurder trok zich terug.")
    with pytest.raises(TenancyError, match="kan niet"):
        step(lead, line, "paid")
    assert step(lead, line, "signed").signed_on == ago(9)


def test_what_reaches_the_landlord_stops_at_a_boundary(found: TenantTrack, lead: Any, case: Case) -> None:
    line = step(
        lead, step(lead, fund_file(lead, found), "signed", signed_on=ago(9)), "asked", asked_on=ago(8)
    )
    set_boundary(by=lead, case=case, kind="no_landlord", reason="Ze zijn bang.")
    with pytest.raises(RefusedByBoundaryError):
        step(lead, line, "paid", paid_on=today(), paid=Decimal(10))
    line = step(lead, line, "signed")  # a step back reaches nobody
    line = step(lead, line, "prepared")
    with pytest.raises(RefusedByBoundaryError):
        step(lead, line, "signed", signed_on=today())
    step(lead, line, "broken", ended_on=today(), reason="Ze willen het niet.")


def test_fund_warns_and_never_blocks(found: TenantTrack, lead: Any) -> None:
    line = step(lead, fund_file(lead, found, rent="500", owed="3500"), "signed", signed_on=ago(40))
    (shown,) = files_of(found, TenancyRules.read())
    assert shown.sums.landlord == Decimal(1482)
    assert shown.warnings == [
        "De achterstand ligt niet tussen 2 en 6 maanden huur.",
        f"De verhuurder had {(today() - line.pay_until).days} dagen eerder betaald moeten zijn.",
    ]
    line = step(lead, line, "asked", asked_on=ago(39))
    line = step(lead, line, "paid", paid_on=ago(38), paid=Decimal(1500))
    (shown,) = files_of(found, TenancyRules.read())
    assert any("€ 1.482,00" in words for words in shown.warnings)


def test_amounts_follow_the_day_of_the_agreement(found: TenantTrack, lead: Any, world: World) -> None:
    enter_reference_value(
        by=world.administrator,
        code="eviction_fund.share_max",
        number=Decimal(1600),
        valid_from=ago(5),
        source="omzendbrief",
        certainty="certain",
    )
    line = fund_file(lead, found, rent="700", owed="4000")
    rules = TenancyRules.read()
    assert rules.sums(line, today()).landlord == Decimal(1600)
    line.signed_on = ago(6)
    assert rules.sums(line, today()).landlord == Decimal(1482)


def test_conditions_keep_changes_and_refuse_old_pages(found: TenantTrack, lead: Any) -> None:
    line = conditions(lead, fund_file(lead, found))
    assert EvictionFundAnswer.objects.count() == 3
    with pytest.raises(ChangedMeanwhileError):
        conditions(lead, line, version=1, plan="yes")
    (shown,) = files_of(found, TenancyRules.read())
    assert shown.not_met == 1
    line = step(lead, line, "broken", ended_on=today(), reason="Verhuisd.")
    with pytest.raises(TenancyError, match="afgesloten"):
        conditions(lead, line, version=2)


_MONEY = st.decimals(0, 100_000, places=2)


@given(_MONEY, st.decimals(0, 100, places=0), _MONEY)
def test_share_is_never_more_than_its_part_or_the_most(
    amount: Decimal, percent: Decimal, most: Decimal
) -> None:
    part = share_of(amount, percent, most)
    assert 0 <= part <= most
    assert part <= amount * percent / 100 + Decimal("0.005")
    assert part == part.quantize(Decimal("0.01"))
    assert share_of(amount + 1, percent, most) >= part


@given(st.decimals("0.01", 5000, places=2), _MONEY, st.integers(1, 6), st.integers(0, 6))
def test_months_of_rent_have_both_ends_included(rent: Decimal, owed: Decimal, least: int, more: int) -> None:
    most = least + more
    assert is_within_months(rent, rent * least, Decimal(least), Decimal(most))
    assert is_within_months(rent, rent * most, Decimal(least), Decimal(most))
    assert is_within_months(rent, owed, Decimal(least), Decimal(most)) == (least <= owed / rent <= most)


@given(st.text("ab; \n", max_size=60))
def test_list_of_more_rights_is_read_whatever_was_typed(text: str) -> None:
    words = words_of(text)
    assert len(words) == len(set(words))
    assert all(0 < len(word) <= 120 for word in words)


# --- corrections and the database -----------------------------------------------------------------------------------


def test_struck_lines_stand_still_and_count_no_more(found: TenantTrack, lead: Any) -> None:
    claim = granted(lead, found)
    with pytest.raises(TenancyError) as refused:
        strike_line(by=lead, line=claim, reason=" ")
    assert refused.value.field == "reason"
    claim = strike_line(by=lead, line=claim, reason="Van een ander gezin.")
    assert rights_of(found, TenancyRules.read(), lead).monthly == ""
    with pytest.raises(TenancyError, match="geschrapt"):
        step(lead, claim, "asked")
    with pytest.raises(TenancyError, match="geschrapt"):
        edit_line(by=lead, line=claim, version=claim.version, values={})
    assert restore_line(by=lead, line=claim).is_struck is False


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "granted"},
        {"amount": Decimal(10)},
        {"state": "refused", "decided_on": dt.date(2026, 1, 1)},
        {"appeal_until": dt.date(2026, 1, 1)},
        {"other": "Iets"},
        {"asked_on": None},
    ],
)
def test_database_refuses_a_right_that_cannot_be(
    found: TenantTrack, lead: Any, wrong: dict[str, Any]
) -> None:
    claim = asked(lead, found)
    with pytest.raises(IntegrityError), transaction.atomic():
        RightClaim.objects.filter(pk=claim.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "paid"},
        {"state": "asked", "asked_on": dt.date(2020, 1, 1)},
        {"rent": 0},
        {"outcome": "kept"},
        {"state": "broken", "ended_on": dt.date(2026, 1, 1)},
        {"paid": 5},
    ],
)
def test_database_refuses_a_file_that_cannot_be(found: TenantTrack, lead: Any, wrong: dict[str, Any]) -> None:
    line = step(lead, fund_file(lead, found), "signed", signed_on=ago(5))
    with pytest.raises(IntegrityError), transaction.atomic():
        EvictionFundFile.objects.filter(pk=line.pk).update(**wrong)


def test_database_refuses_two_supports_that_run(found: TenantTrack, lead: Any) -> None:
    line = support(lead, found)
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        TenancySupport.objects.bulk_create([line])


def test_only_the_circle_of_care_meets_the_rows(found: TenantTrack, lead: Any, world: World) -> None:
    arrears(lead, found)
    for who in (world.tenancy_lead, world.community_worker):
        assert TenantTrack.objects.visible_to(who).exists()
    for who in (
        world.coordinator,
        world.lawyer,
        world.housing_inspector,
        world.partner,
        world.manager,
        world.outsider,
    ):
        assert not TenantTrack.objects.visible_to(who).exists()
    with beyond_wall("counting in a test"):
        assert TenantTrack.objects.count() == 1


def test_release_lets_the_lawyer_read_the_arrears_and_nothing_else(
    found: TenantTrack, lead: Any, world: World
) -> None:
    arrears(lead, found)
    granted(lead, found)
    entry = TimelineEntry.objects.get(title__startswith="Achterstand")
    readable = TimelineEntry.objects.filter(kind="housing.tenancy_care", case=found.case)
    assert not readable.filter(open_to(world.lawyer, found.case)).exists()
    load_legal_grounds()
    release_entry(
        by=lead,
        entry=entry,
        to_circle="legal",
        purpose="Voor de zitting",
        reason="De vrederechter vraagt het bedrag.",
        person=found.case.household.members.earliest("pk").person,
        legal_ground=LegalGround.objects.earliest("pk"),
    )
    assert list(readable.filter(open_to(world.lawyer, found.case))) == [entry]
