"""Agreements: from a template to signed, amended and ended."""

import datetime as dt
from typing import Any

import pytest

from cases.actions.boundaries import RefusedByBoundaryError
from cases.models import Case, TimelineEntry
from housing.actions.agreement_templates import (
    TemplateIncompleteError,
    TemplateInUseError,
    add_template_obligation,
    edit_template,
    publish_template,
    start_version,
)
from housing.actions.agreements import (
    AgreementIncompleteError,
    AgreementStateError,
    PartyError,
    add_obligation,
    add_party,
    amend_agreement,
    attach_copy,
    back_to_draft,
    edit_agreement,
    edit_obligation,
    end_agreement,
    make_agreement,
    make_ready,
    remove_party,
    sign_agreement,
    start_agreement,
    withdraw_agreement,
)
from housing.actions.obligations import mark_done
from housing.agreement_enums import AGREEMENT_TRANSITIONS, AgreementState, DueState
from housing.models import Agreement, AgreementTemplate
from tests.arsenaal.papers import ordinary_pdf, sent_file
from tests.factories import World
from tests.housing.factories import forbid_landlord, make_landlord
from tests.housing.rehousing import ago, drafted, due_of, landlord_of, running, template, today

OBLIGATION: dict[str, Any] = {
    "text": "De verhuurder plaatst een rookmelder.",
    "topic": "general",
    "rule": "after_start",
    "days": 10,
    "warn_days": 7,
    "breach_next": "talk",
    "breach_text": "",
}


def test_agreement_from_template_gives_each_kind_its_obligations(world: World, case: Case) -> None:
    agreement = drafted(world, case)
    kinds = [party.kind for party in agreement.parties.order_by("position")]
    assert kinds == ["landlord", "household", "welfare"]
    assert agreement.obligations.count() == template().obligations.count() == 10
    for obligation in agreement.obligations.select_related("party"):
        source = template().obligations.get(position=obligation.position)
        assert (obligation.party.kind, obligation.text) == (source.party_kind, source.text)
    certificate = due_of(agreement, "conformiteitsattest")
    assert certificate.due_on == agreement.return_on - dt.timedelta(days=7)
    fees = agreement.dues.filter(obligation__topic="fee").order_by("due_on")
    assert fees[0].due_on == agreement.starts_on + dt.timedelta(days=5)
    assert len(fees) in (3, 4)
    assert TimelineEntry.objects.filter(case=case, kind="housing.agreement").count() == 1


@pytest.mark.parametrize("step", ["make", "ready", "sign", "amend"])
def test_agreement_with_the_landlord_is_refused_while_a_boundary_stands(
    world: World, case: Case, step: str
) -> None:
    by = world.tenancy_lead
    landlord_of(world, case)
    agreement = None if step == "make" else drafted(world, case)
    if agreement and step == "sign":
        make_ready(by=by, agreement=agreement)
    if step == "amend":
        agreement = running(world, world.other_case)
        case = world.other_case
    forbid_landlord(case)
    tried = {
        "make": lambda: drafted(world, case),
        "ready": lambda: make_ready(by=by, agreement=agreement),
        "sign": lambda: sign_agreement(by=by, agreement=agreement, signed_on=today()),
        "amend": lambda: amend_agreement(by=by, agreement=agreement, reason="Later."),
    }
    with pytest.raises(RefusedByBoundaryError):
        tried[step]()


def test_agreement_without_landlord_is_possible_while_a_boundary_stands(world: World, case: Case) -> None:
    forbid_landlord(case)
    agreement = make_agreement(
        by=world.tenancy_lead,
        case=case,
        template=template(),
        starts_on=today(),
        return_on=today() + dt.timedelta(days=90),
        organisations=[world.organisations["welfare"]],
    )
    with pytest.raises(RefusedByBoundaryError):
        add_party(by=world.tenancy_lead, agreement=agreement, kind="landlord", landlord=make_landlord(world))


def test_agreement_of_another_neighbourhood_has_no_part_here(world: World, case: Case) -> None:
    stranger = make_landlord(world, name="Elders", neighbourhood=world.elsewhere)
    agreement = drafted(world, case)
    with pytest.raises(PartyError):
        add_party(by=world.tenancy_lead, agreement=agreement, kind="landlord", landlord=stranger)
    with pytest.raises(PartyError):
        add_party(
            by=world.tenancy_lead,
            agreement=agreement,
            kind="household",
            household=world.outside_case.household,
        )


def test_party_twice_or_nobody_is_refused(world: World, case: Case) -> None:
    agreement, by = drafted(world, case), world.tenancy_lead
    for fields in (
        {"kind": "landlord", "landlord": landlord_of(world, case)},
        {"kind": "landlord"},
        {"kind": "other"},
        {"kind": "welfare", "organisation": world.organisations["welfare"]},
    ):
        with pytest.raises(PartyError):
            add_party(by=by, agreement=agreement, **fields)
    other = add_party(by=by, agreement=agreement, kind="other", name="Buurvrouw")
    remove_party(by=by, party=other)
    with pytest.raises(PartyError):
        remove_party(by=by, party=agreement.parties.get(kind="landlord"))


def test_agreement_words_can_change_only_in_a_draft(world: World, case: Case) -> None:
    agreement, by = drafted(world, case), world.tenancy_lead
    party = agreement.parties.get(kind="landlord")
    mine = add_obligation(by=by, agreement=agreement, party=party, **OBLIGATION)
    assert mine.dues.get().due_on == agreement.starts_on + dt.timedelta(days=10)
    told = agreement.obligations.get(topic="fee")
    edit_obligation(by=by, obligation=told, party=party, **(OBLIGATION | {"text": told.text}))
    told.refresh_from_db()
    assert told.translations
    edit_obligation(by=by, obligation=told, party=party, **OBLIGATION)
    told.refresh_from_db()
    assert told.translations == {}
    agreement.refresh_from_db()
    make_ready(by=by, agreement=agreement)
    with pytest.raises(AgreementStateError):
        add_obligation(by=by, agreement=agreement, party=party, **OBLIGATION)
    back_to_draft(by=by, agreement=agreement)
    add_obligation(by=by, agreement=agreement, party=party, **OBLIGATION)


def test_agreement_other_days_move_its_obligations(world: World, case: Case) -> None:
    agreement = drafted(world, case)
    later = agreement.return_on + dt.timedelta(days=31)
    edit_agreement(
        by=world.tenancy_lead,
        agreement=agreement,
        version=agreement.version,
        title=agreement.title,
        intro="",
        closing="",
        starts_on=agreement.starts_on,
        return_on=later,
        dwelling=None,
    )
    assert due_of(agreement, "conformiteitsattest").due_on == later - dt.timedelta(days=7)


def test_agreement_days_that_cannot_be_are_refused(world: World, case: Case) -> None:
    for starts_on, return_on in (
        (today(), ago(1)),
        (dt.date(1901, 1, 1), today()),
        (today(), dt.date(2099, 1, 1)),
    ):
        with pytest.raises(AgreementIncompleteError):
            drafted(world, case, starts_on=starts_on, return_on=return_on)


def test_agreement_states_follow_the_table(world: World, case: Case) -> None:
    by = world.tenancy_lead
    agreement = drafted(world, case, starts_on=today() + dt.timedelta(days=5))
    with pytest.raises(AgreementStateError):
        sign_agreement(by=by, agreement=agreement, signed_on=today())
    make_ready(by=by, agreement=agreement)
    signed = sign_agreement(by=by, agreement=agreement, signed_on=today())
    assert signed.state == AgreementState.SIGNED
    with pytest.raises(AgreementStateError):
        start_agreement(by=by, agreement=signed)
    with pytest.raises(AgreementStateError):
        withdraw_agreement(by=by, agreement=signed, reason="Te laat.")
    for end in (
        AgreementState.ENDED,
        AgreementState.BROKEN,
        AgreementState.WITHDRAWN,
        AgreementState.REPLACED,
    ):
        assert AGREEMENT_TRANSITIONS[end] == frozenset()


def test_agreement_needs_two_parties_and_an_obligation(world: World, case: Case) -> None:
    lonely = make_agreement(
        by=world.tenancy_lead, case=case, template=template(), starts_on=today(), return_on=today()
    )
    with pytest.raises(AgreementIncompleteError):
        make_ready(by=world.tenancy_lead, agreement=lonely)
    empty = drafted(world, case, template=template("vrij"))
    with pytest.raises(AgreementIncompleteError):
        make_ready(by=world.tenancy_lead, agreement=empty)


def test_agreement_signed_with_a_scan_keeps_it_once(world: World, case: Case) -> None:
    agreement = make_ready(by=world.tenancy_lead, agreement=drafted(world, case))
    paper = ordinary_pdf()
    signed = sign_agreement(
        by=world.tenancy_lead, agreement=agreement, signed_on=today(), upload=sent_file(paper)
    )
    assert signed.state == AgreementState.RUNNING
    attach_copy(by=world.tenancy_lead, agreement=signed, upload=sent_file(paper))
    copy = signed.copies.get()
    assert copy.file.content_type == "application/pdf"
    assert copy.file.case_id == case.pk


def test_agreement_amended_is_replaced_when_the_new_one_is_signed(world: World, case: Case) -> None:
    by, old = world.tenancy_lead, running(world, case)
    fee = due_of(old, "verblijfsvergoeding")
    new = amend_agreement(by=by, agreement=old, reason="De werken duren langer.")
    assert (new.edition, new.amends_id, new.dues.count()) == (2, old.pk, old.dues.count())
    with pytest.raises(AgreementStateError):
        amend_agreement(by=by, agreement=old, reason="Nog een.")
    mark_done(by=by, due=fee, done_on=today())
    make_ready(by=by, agreement=new)
    signed = sign_agreement(by=by, agreement=new, signed_on=today())
    old.refresh_from_db()
    assert (old.state, signed.state) == (AgreementState.REPLACED, AgreementState.RUNNING)
    assert not old.dues.filter(state=DueState.OPEN).exists()
    assert signed.dues.get(source=fee).state == DueState.DONE
    assert Agreement.objects.live().get() == signed


def test_agreement_ends_only_when_nothing_is_late_and_breaks_always(world: World, case: Case) -> None:
    by, agreement = world.tenancy_lead, running(world, case)
    assert agreement.dues.filter(due_on__lt=today()).exists()
    with pytest.raises(AgreementIncompleteError):
        end_agreement(by=by, agreement=agreement, is_broken=False, reason="Klaar.")
    broken = end_agreement(by=by, agreement=agreement, is_broken=True, reason="De verhuurder stopt.")
    assert broken.state == AgreementState.BROKEN
    assert not broken.dues.filter(state=DueState.OPEN).exists()


def test_template_in_use_stays_as_it_is(world: World, case: Case) -> None:
    admin, current = world.administrator, template()
    agreement = drafted(world, case)
    with pytest.raises(TemplateInUseError):
        edit_template(by=admin, template=current, version=1, title="X", intro="", closing="", translations={})
    draft = start_version(by=admin, template=current)
    assert start_version(by=admin, template=current) == draft
    assert draft.obligations.count() == 10
    fields = OBLIGATION | {"party_kind": "landlord", "translations": {}}
    add_template_obligation(by=admin, template=draft, **fields)
    assert template() == current
    publish_template(by=admin, template=draft)
    assert template() == draft
    with pytest.raises(TemplateInUseError):
        publish_template(by=admin, template=draft)
    agreement.refresh_from_db()
    assert agreement.template == current
    assert drafted(world, world.other_case).obligations.count() == 11


def test_template_without_obligation_is_not_published(world: World) -> None:
    draft = start_version(by=world.administrator, template=template("vrij"))
    with pytest.raises(TemplateIncompleteError):
        publish_template(by=world.administrator, template=draft)
    assert AgreementTemplate.objects.drafts().get() == draft
