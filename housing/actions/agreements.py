"""Agreements: made from a template, written out, signed, amended and ended."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.boundaries import refuse_if_boundary
from cases.actions.checks import FURTHEST_DAYS, check_past, day_of
from cases.actions.locking import lock_open_case
from cases.enums import Reach
from cases.models import Case
from cases.timeline import record
from housing.actions.kept_files import keep_file
from housing.agreement_days import due_days
from housing.agreement_enums import (
    AGREEMENT_TRANSITIONS,
    AgreementState,
    DueState,
    PartyKind,
)
from housing.models import (
    Agreement,
    AgreementParty,
    AgreementTemplate,
    Dwelling,
    Landlord,
    Obligation,
    ObligationDue,
    SignedCopy,
)
from people.enums import MemberRole
from people.models import Household, HouseholdMember

_TONES = {
    AgreementState.SIGNED: "ok",
    AgreementState.RUNNING: "ok",
    AgreementState.BROKEN: "stop",
}
_OBLIGATION = ("text", "topic", "rule", "days", "warn_days", "breach_next", "breach_text")


class AgreementStateError(ActionError):
    """The agreement can't go there from where it stands; the message says what can."""


class AgreementIncompleteError(ActionError):
    """Something that this agreement needs is missing."""


class PartyError(ActionError):
    """This party can't be added or taken out."""


def _say(day: dt.date) -> str:
    return date_format(day, "j F Y")


def tell(
    kind: str,
    agreement: Agreement,
    *,
    by: User,
    title: str,
    now: dt.datetime,
    body: str = "",
    chips: Collection[dict[str, str]] = (),
) -> None:
    """Write on the timeline of the agreement's case, for the whole team: all parties' people see the same."""
    record(
        kind,
        case=agreement.case,
        by=by,
        title=title,
        body=body,
        data={"chips": list(chips)},
        goal="housing",
        occurred_at=now,
    )


def _tell_state(agreement: Agreement, *, by: User, now: dt.datetime, body: str = "") -> None:
    state = AgreementState(agreement.state)
    chips = [{"text": str(state.label), "tone": _TONES.get(state, ""), "icon": ""}]
    if agreement.edition > 1:
        chips.append({"text": _("versie %(n)d") % {"n": agreement.edition}, "tone": "", "icon": ""})
    tell(
        "housing.agreement",
        agreement,
        by=by,
        title=_("Overeenkomst %(state)s: %(title)s") % {"state": state.label, "title": agreement.title},
        body=body,
        chips=chips,
        now=now,
    )


def lock_agreement(agreement: Agreement) -> Agreement:
    """Lock the case first, then the agreement: the order that every action keeps. Raises CaseIsClosed."""
    lock_open_case(agreement.case)
    return (
        Agreement.objects.select_for_update(of=("self",))
        .select_related("case", "template")
        .get(pk=agreement.pk)
    )


def _lock_draft(agreement: Agreement) -> Agreement:
    agreement = lock_agreement(agreement)
    if agreement.state != AgreementState.DRAFT:
        raise AgreementStateError(
            _("Deze overeenkomst is geen ontwerp meer. Maak een nieuwe versie om iets te wijzigen.")
        )
    return agreement


def _touch(agreement: Agreement) -> None:
    agreement.version += 1
    agreement.save(update_fields=["version"])


def refuse_reaching(
    *, by: User, case: Case, parties: Collection[AgreementParty], now: dt.datetime | None = None
) -> None:
    """Refuse an agreement with whom the family does not want to be reached. Raises RefusedByBoundaryError."""
    for party in parties:
        if party.kind == PartyKind.LANDLORD:
            refuse_if_boundary(case=case, by=by, reach=Reach.LANDLORD, now=now)
        elif party.organisation is not None:
            refuse_if_boundary(
                case=case, by=by, reach=Reach.ORGANISATION, organisation=party.organisation, now=now
            )


def _check_days(starts_on: dt.date, return_on: dt.date, *, today: dt.date) -> None:
    for field, day in (("starts_on", starts_on), ("return_on", return_on)):
        if abs((day - today).days) > FURTHEST_DAYS:
            raise AgreementIncompleteError(
                _("Deze datum ligt meer dan drie jaar ver. Kijk het jaartal na."), field=field
            )
    if return_on < starts_on:
        raise AgreementIncompleteError(_("De terugkeer ligt voor het begin."), field="return_on")


def names_on_paper(household: Household) -> str:
    """Return the adults of a household as they stand on paper, or the household's own name."""
    adults = (
        HouseholdMember.objects.on(timezone.localdate())
        .filter(household=household)
        .exclude(role=MemberRole.CHILD)
        .select_related("person")
        .order_by("pk")
    )
    return (", ".join(str(member.person) for member in adults) or household.name)[:200]


def _party(
    *,
    kind: str,
    landlord: Landlord | None = None,
    household: Household | None = None,
    organisation: Organisation | None = None,
    name: str = "",
    signer: str = "",
) -> AgreementParty:
    """Return a party with the links that belong to its kind alone. Raises PartyError when it is nobody."""
    by_kind: dict[str, dict[str, Any]] = {
        PartyKind.LANDLORD: {"landlord": landlord},
        PartyKind.HOUSEHOLD: {"household": household},
        PartyKind.WELFARE: {"organisation": organisation},
        PartyKind.OTHER: {"organisation": organisation},
    }
    links = by_kind[kind]
    (field, who), *_rest = links.items()
    if who is None and (kind != PartyKind.OTHER or not name.strip()):
        raise PartyError(_("Kies wie deze partij is."), field="name" if kind == PartyKind.OTHER else field)
    default = names_on_paper(household) if household and kind == PartyKind.HOUSEHOLD else str(who or "")
    return AgreementParty(kind=kind, name=name.strip() or default[:200], signer=signer.strip(), **links)


def _check_party(party: AgreementParty, *, case: Case) -> None:
    landlord, household = party.landlord, party.household
    if landlord is not None and landlord.neighbourhood_id != case.neighbourhood_id:
        raise PartyError(_("Deze verhuurder hoort bij een andere wijk."), field="landlord")
    if household is None:
        return
    is_own = household.pk == case.household_id
    if not is_own and not case.children.filter(household=household).exists():
        raise PartyError(_("Dit gezin hoort niet bij dit dossier."), field="household")


def _save_dues(obligation: Obligation, agreement: Agreement) -> None:
    """Make the days of an obligation again from the agreement's own days."""
    obligation.dues.all().delete()
    found = due_days(
        obligation.rule, obligation.days, starts_on=agreement.starts_on, return_on=agreement.return_on
    )
    ObligationDue.objects.bulk_create(
        ObligationDue(agreement=agreement, obligation=obligation, due_on=day) for day in found
    )


@transaction.atomic
def make_agreement(
    *,
    by: User,
    case: Case,
    template: AgreementTemplate,
    starts_on: dt.date,
    return_on: dt.date,
    landlords: Collection[Landlord] = (),
    organisations: Collection[Organisation] = (),
    household: Household | None = None,
    dwelling: Dwelling | None = None,
    now: dt.datetime | None = None,
) -> Agreement:
    """Make a draft from a template: its obligations go to the first party of their kind.

    Raises RefusedByBoundaryError while the family doesn't want whom it would reach, AgreementIncompleteError for
    days that can't be, PartyError, CaseIsClosed.
    """
    now = now or timezone.now()
    case = lock_open_case(case)
    _check_days(starts_on, return_on, today=day_of(now))
    household = household or case.household
    if dwelling is not None and dwelling.building.neighbourhood_id != case.neighbourhood_id:
        raise AgreementIncompleteError(_("Deze woning ligt in een andere wijk."), field="dwelling")
    parties = [_party(kind=PartyKind.LANDLORD, landlord=landlord) for landlord in landlords]
    if household is not None:
        parties.append(_party(kind=PartyKind.HOUSEHOLD, household=household))
    parties += [_party(kind=PartyKind.WELFARE, organisation=organisation) for organisation in organisations]
    for party in parties:
        _check_party(party, case=case)
    refuse_reaching(by=by, case=case, parties=parties, now=now)
    agreement = Agreement.objects.create(
        case=case,
        template=template,
        dwelling=dwelling,
        title=template.title,
        intro=template.intro,
        closing=template.closing,
        starts_on=starts_on,
        return_on=return_on,
        made_by=by,
    )
    for position, party in enumerate(parties, 1):
        party.agreement, party.position = agreement, position
        party.save()
    _take_over_template(agreement, parties)
    _tell_state(agreement, by=by, now=now, body=", ".join(party.name for party in parties))
    return agreement


def _take_over_template(agreement: Agreement, parties: Collection[AgreementParty]) -> None:
    """Copy the obligations of the template for the kinds of party that take part."""
    first: dict[str, AgreementParty] = {}
    for party in parties:
        first.setdefault(party.kind, party)
    for row in agreement.template.obligations.order_by("position"):
        if (owner := first.get(row.party_kind)) is None:
            continue
        obligation = Obligation.objects.create(
            agreement=agreement,
            party=owner,
            position=row.position,
            translations=row.translations,
            **{name: getattr(row, name) for name in _OBLIGATION},
        )
        _save_dues(obligation, agreement)


@transaction.atomic
def edit_agreement(
    *,
    by: User,
    agreement: Agreement,
    version: int,
    title: str,
    intro: str,
    closing: str,
    starts_on: dt.date,
    return_on: dt.date,
    dwelling: Dwelling | None,
    now: dt.datetime | None = None,
) -> Agreement:
    """Change a draft; other days move the days of its obligations.

    Raises ChangedMeanwhileError when somebody saved it since `version`, AgreementStateError once it is no draft.
    """
    agreement = _lock_draft(agreement)
    if agreement.version != version:
        raise ChangedMeanwhileError(
            _("Een collega paste deze overeenkomst net aan. Vergelijk en bewaar opnieuw."),
            current={
                _("titel"): agreement.title,
                _("begint op"): _say(agreement.starts_on),
                _("terugkeer gepland op"): _say(agreement.return_on),
            },
        )
    _check_days(starts_on, return_on, today=day_of(now))
    moved = (starts_on, return_on) != (agreement.starts_on, agreement.return_on)
    agreement.title, agreement.intro, agreement.closing = title, intro, closing
    agreement.starts_on, agreement.return_on, agreement.dwelling = starts_on, return_on, dwelling
    agreement.version += 1
    agreement.save()
    if moved:
        for obligation in agreement.obligations.all():
            _save_dues(obligation, agreement)
    return agreement


@transaction.atomic
def add_party(
    *, by: User, agreement: Agreement, now: dt.datetime | None = None, **fields: Any
) -> AgreementParty:
    """Add a party to a draft; `fields` as AgreementParty has them.

    Raises RefusedByBoundaryError, PartyError when it is there already or belongs elsewhere, AgreementStateError.
    """
    agreement = _lock_draft(agreement)
    party = _party(**fields)
    _check_party(party, case=agreement.case)
    same = agreement.parties.filter(landlord=party.landlord, household=party.household)
    is_known = party.landlord or party.household or party.organisation
    if is_known and same.filter(organisation=party.organisation).exists():
        raise PartyError(_("Die partij staat er al bij."))
    refuse_reaching(by=by, case=agreement.case, parties=[party], now=now)
    last = agreement.parties.aggregate(last=Max("position"))["last"] or 0
    party.agreement, party.position = agreement, last + 1
    party.save()
    _touch(agreement)
    return party


@transaction.atomic
def remove_party(*, by: User, party: AgreementParty) -> None:
    """Take a party out of a draft. Raises PartyError while it has obligations, AgreementStateError."""
    agreement = _lock_draft(party.agreement)
    if party.obligations.exists():
        raise PartyError(
            _("Deze partij heeft nog verbintenissen. Haal die eerst weg of geef ze aan een ander.")
        )
    party.delete()
    _touch(agreement)


@transaction.atomic
def add_obligation(*, by: User, agreement: Agreement, party: AgreementParty, **fields: Any) -> Obligation:
    """Add an obligation to a draft; `fields` holds all of `_OBLIGATION`. Raises PartyError, AgreementStateError."""
    agreement = _lock_draft(agreement)
    if party.agreement_id != agreement.pk:
        raise PartyError(_("Kies een partij van deze overeenkomst."), field="party")
    last = agreement.obligations.aggregate(last=Max("position"))["last"] or 0
    obligation = Obligation.objects.create(
        agreement=agreement, party=party, position=last + 1, **{name: fields[name] for name in _OBLIGATION}
    )
    _save_dues(obligation, agreement)
    _touch(agreement)
    return obligation


@transaction.atomic
def edit_obligation(*, by: User, obligation: Obligation, party: AgreementParty, **fields: Any) -> Obligation:
    """Change an obligation of a draft. Other words lose their translation: it would explain something else."""
    agreement = _lock_draft(obligation.agreement)
    if party.agreement_id != agreement.pk:
        raise PartyError(_("Kies een partij van deze overeenkomst."), field="party")
    if fields["text"] != obligation.text:
        obligation.translations = {}
    obligation.party = party
    for name in _OBLIGATION:
        setattr(obligation, name, fields[name])
    obligation.save()
    _save_dues(obligation, agreement)
    _touch(agreement)
    return obligation


@transaction.atomic
def remove_obligation(*, by: User, obligation: Obligation) -> None:
    """Take an obligation out of a draft. Raises AgreementStateError."""
    agreement = _lock_draft(obligation.agreement)
    obligation.delete()
    _touch(agreement)


def _go(agreement: Agreement, to: AgreementState) -> None:
    """Set the next state. Raises AgreementStateError for one that isn't in AGREEMENT_TRANSITIONS."""
    old = AgreementState(agreement.state)
    if to not in AGREEMENT_TRANSITIONS[old]:
        raise AgreementStateError(
            _("Deze overeenkomst is %(old)s en kan niet %(new)s worden.")
            % {"old": old.label, "new": to.label}
        )
    agreement.state = to
    agreement.version += 1


@transaction.atomic
def make_ready(*, by: User, agreement: Agreement, now: dt.datetime | None = None) -> Agreement:
    """Freeze the words, so that it can be printed and signed.

    Raises AgreementIncompleteError with fewer than two parties or no obligation, RefusedByBoundaryError.
    """
    now = now or timezone.now()
    agreement = lock_agreement(agreement)
    _go(agreement, AgreementState.READY)
    parties = list(agreement.parties.select_related("organisation"))
    if len(parties) < 2:
        raise AgreementIncompleteError(_("Een overeenkomst heeft minstens twee partijen. Voeg er een toe."))
    if not agreement.obligations.exists():
        raise AgreementIncompleteError(_("Er staat nog geen verbintenis in. Voeg er een toe."))
    refuse_reaching(by=by, case=agreement.case, parties=parties, now=now)
    agreement.save()
    _tell_state(agreement, by=by, now=now)
    return agreement


@transaction.atomic
def back_to_draft(*, by: User, agreement: Agreement, now: dt.datetime | None = None) -> Agreement:
    """Open the words again, as long as nobody signed. Raises AgreementStateError."""
    now = now or timezone.now()
    agreement = lock_agreement(agreement)
    _go(agreement, AgreementState.DRAFT)
    agreement.save()
    _tell_state(agreement, by=by, now=now)
    return agreement


@transaction.atomic
def withdraw_agreement(
    *, by: User, agreement: Agreement, reason: str, now: dt.datetime | None = None
) -> Agreement:
    """Give up an agreement that nobody signed. Raises AgreementStateError, AgreementIncompleteError."""
    now = now or timezone.now()
    agreement = lock_agreement(agreement)
    _go(agreement, AgreementState.WITHDRAWN)
    _end(agreement, reason=reason, on=day_of(now))
    _tell_state(agreement, by=by, now=now, body=agreement.end_reason)
    return agreement


def _end(agreement: Agreement, *, reason: str, on: dt.date) -> None:
    if not reason.strip():
        raise AgreementIncompleteError(_("Schrijf op waarom."), field="reason")
    agreement.ended_on, agreement.end_reason = on, reason.strip()
    agreement.save()


@transaction.atomic
def sign_agreement(
    *,
    by: User,
    agreement: Agreement,
    signed_on: dt.date,
    upload: UploadedFile | None = None,
    now: dt.datetime | None = None,
) -> Agreement:
    """Record that every party signed; with a scan of the paper. It runs at once when its first day has come.

    An edition that it amends is replaced: what was open there goes on here. Raises AgreementStateError,
    RefusedByBoundaryError, BadDateError for a day in the future, UploadRefused.
    """
    now = now or timezone.now()
    today = day_of(now)
    agreement = lock_agreement(agreement)
    _go(agreement, AgreementState.SIGNED)
    check_past(signed_on, today=today, field="signed_on")
    refuse_reaching(
        by=by,
        case=agreement.case,
        parties=list(agreement.parties.select_related("organisation")),
        now=now,
    )
    agreement.signed_on = signed_on
    if agreement.amends is not None:
        _replace(agreement, agreement.amends, by=by, now=now)
    if upload is not None:
        _attach(by=by, agreement=agreement, upload=upload)
    if agreement.starts_on <= today:
        _go(agreement, AgreementState.RUNNING)
    agreement.save()
    _tell_state(agreement, by=by, now=now, body=_("Getekend op %(day)s.") % {"day": _say(signed_on)})
    return agreement


def _replace(agreement: Agreement, old: Agreement, *, by: User, now: dt.datetime) -> None:
    """End the edition that this one amends. What was decided there meanwhile is decided here."""
    old = Agreement.objects.select_for_update().get(pk=old.pk)
    _go(old, AgreementState.REPLACED)
    old.ended_on = day_of(now)
    old.end_reason = _("Vervangen door versie %(n)d.") % {"n": agreement.edition}
    old.save()
    copied = agreement.dues.filter(source__isnull=False).select_related("source")
    for due in copied.exclude(source__state=DueState.OPEN):
        source = due.source
        for name in ("state", "done_on", "note", "decided_by_id", "decided_at"):
            setattr(due, name, getattr(source, name))
        due.save()
    old.dues.filter(state=DueState.OPEN).update(
        state=DueState.REPLACED, decided_by=by, decided_at=now, note=old.end_reason
    )


@transaction.atomic
def start_agreement(*, by: User, agreement: Agreement, now: dt.datetime | None = None) -> Agreement:
    """Let a signed agreement begin. Raises AgreementStateError, also before its first day."""
    now = now or timezone.now()
    agreement = lock_agreement(agreement)
    _go(agreement, AgreementState.RUNNING)
    if agreement.starts_on > day_of(now):
        raise AgreementStateError(
            _("Deze overeenkomst begint pas op %(day)s.") % {"day": _say(agreement.starts_on)}
        )
    agreement.save()
    _tell_state(agreement, by=by, now=now)
    return agreement


@transaction.atomic
def end_agreement(
    *,
    by: User,
    agreement: Agreement,
    is_broken: bool,
    reason: str,
    ended_on: dt.date | None = None,
    now: dt.datetime | None = None,
) -> Agreement:
    """End an agreement: it ran its course, or it is broken off. What is still open then no longer has to happen.

    Raises AgreementIncompleteError when it ran its course while something is late (decide on that first),
    AgreementStateError, BadDateError.
    """
    now = now or timezone.now()
    today = day_of(now)
    agreement = lock_agreement(agreement)
    _go(agreement, AgreementState.BROKEN if is_broken else AgreementState.ENDED)
    ended_on = ended_on or today
    check_past(ended_on, today=today, field="ended_on", not_before=agreement.signed_on)
    is_late = agreement.dues.filter(state=DueState.OPEN, due_on__lt=today).exists()
    if not is_broken and is_late:
        raise AgreementIncompleteError(_("Er is nog iets te laat. Beslis daar eerst over, en sluit dan af."))
    _end(agreement, reason=reason, on=ended_on)
    agreement.dues.filter(state=DueState.OPEN).update(
        state=DueState.WAIVED,
        decided_by=by,
        decided_at=now,
        note=_("De overeenkomst eindigde op %(day)s.") % {"day": _say(ended_on)},
    )
    _tell_state(agreement, by=by, now=now, body=agreement.end_reason)
    return agreement


@transaction.atomic
def amend_agreement(
    *, by: User, agreement: Agreement, reason: str, now: dt.datetime | None = None
) -> Agreement:
    """Start the next edition as a draft: the same parties and words, with the days that are still open.

    The edition that is signed goes on until the new one is signed. Raises AgreementStateError when it doesn't
    bind or is being amended already, RefusedByBoundaryError.
    """
    now = now or timezone.now()
    old = lock_agreement(agreement)
    if not old.is_live:
        raise AgreementStateError(_("Alleen een getekende overeenkomst krijgt een nieuwe versie."))
    if old.amendments.exclude(state=AgreementState.WITHDRAWN).exists():
        raise AgreementStateError(_("Er is al een nieuwe versie van deze overeenkomst."))
    if not reason.strip():
        raise AgreementIncompleteError(_("Schrijf op waarom."), field="reason")
    parties = list(old.parties.select_related("organisation", "landlord", "household").order_by("position"))
    refuse_reaching(by=by, case=old.case, parties=parties, now=now)
    new = Agreement.objects.create(
        case=old.case,
        template=old.template,
        dwelling=old.dwelling,
        title=old.title,
        intro=old.intro,
        closing=old.closing,
        edition=old.edition + 1,
        amends=old,
        amend_reason=reason.strip(),
        starts_on=old.starts_on,
        return_on=old.return_on,
        made_by=by,
    )
    _copy_words(old, new, parties)
    _tell_state(new, by=by, now=now, body=new.amend_reason)
    return new


def _copy_words(old: Agreement, new: Agreement, parties: Collection[AgreementParty]) -> None:
    copies = {}
    for party in parties:
        copies[party.pk] = AgreementParty.objects.create(
            agreement=new,
            **{
                name: getattr(party, name)
                for name in ("position", "kind", "landlord", "household", "organisation", "name", "signer")
            },
        )
    for obligation in old.obligations.order_by("position").prefetch_related("dues"):
        dues = [due for due in obligation.dues.all() if due.state == DueState.OPEN]
        if not dues:
            continue
        copy = Obligation.objects.create(
            agreement=new,
            party=copies[obligation.party_id],
            position=obligation.position,
            translations=obligation.translations,
            **{name: getattr(obligation, name) for name in _OBLIGATION},
        )
        ObligationDue.objects.bulk_create(
            ObligationDue(agreement=new, obligation=copy, source=due, due_on=due.due_on) for due in dues
        )


def _attach(*, by: User, agreement: Agreement, upload: UploadedFile) -> SignedCopy:
    file = keep_file(by=by, case=agreement.case, upload=upload)
    copy, _made = SignedCopy.objects.get_or_create(agreement=agreement, file=file, defaults={"added_by": by})
    return copy


@transaction.atomic
def attach_copy(
    *, by: User, agreement: Agreement, upload: UploadedFile, now: dt.datetime | None = None
) -> SignedCopy:
    """Keep a scan of the signed paper. Raises AgreementStateError before it was signed, UploadRefused."""
    now = now or timezone.now()
    agreement = lock_agreement(agreement)
    if agreement.signed_on is None:
        raise AgreementStateError(_("Deze overeenkomst is nog niet getekend."))
    copy = _attach(by=by, agreement=agreement, upload=upload)
    tell(
        "housing.agreement",
        agreement,
        by=by,
        title=_("Getekend exemplaar bewaard: %(title)s") % {"title": agreement.title},
        now=now,
    )
    return copy
