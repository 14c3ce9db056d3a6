"""What pages show of agreements: the same list on the case, the building and the landlord."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from housing.agreement_enums import LIVE_STATES, AgreementState, DueState
from housing.models import (
    Agreement,
    AgreementParty,
    Building,
    CaseBuilding,
    Landlord,
    ObligationDue,
    Occupancy,
)

# On the page of a case, a building or a landlord; the rest is on the page of the agreement.
SHOWN_DUES = 4


@dataclass(frozen=True)
class ShownAgreement:
    """An agreement with who takes part and what is first to be done."""

    agreement: Agreement
    parties: Sequence[AgreementParty]
    late: Sequence[ObligationDue]
    breached: Sequence[ObligationDue]  # of which somebody still has to decide what comes next
    upcoming: Sequence[ObligationDue]
    done: int
    total: int

    @property
    def party_names(self) -> str:
        """Who takes part, as it stands on paper."""
        return ", ".join(party.name for party in self.parties)


@dataclass(frozen=True)
class AgreementTrack:
    """One agreement as a track beside others at the same address: whose it is, how it stands, what comes next."""

    building_id: int
    agreement_id: int
    case_id: int
    title: str
    state: str
    state_label: str
    holder: str
    next_label: str
    next_on: dt.date | None
    late: int
    url: str


def dues_in_order(agreements: Iterable[int]) -> QuerySet[ObligationDue]:
    """The due dates of these agreements with what they are about, first to come first; without a day last."""
    return (
        ObligationDue.objects.filter(agreement__in=list(agreements))
        .select_related("obligation__party", "agreement__case")
        .order_by("due_on", "obligation__position", "pk")
    )


def shown_agreements(agreements: Iterable[Agreement]) -> list[ShownAgreement]:
    """Return each agreement with its parties and the due dates that matter now, in two queries for all."""
    found = list(agreements)
    ids = [agreement.pk for agreement in found]
    parties: dict[int, list[AgreementParty]] = {pk: [] for pk in ids}
    for party in AgreementParty.objects.filter(agreement__in=ids).order_by("position"):
        parties[party.agreement_id].append(party)
    dues: dict[int, list[ObligationDue]] = {pk: [] for pk in ids}
    for due in dues_in_order(ids):
        dues[due.agreement_id].append(due)
    return [_shown(agreement, parties[agreement.pk], dues[agreement.pk]) for agreement in found]


def _shown(agreement: Agreement, parties: list[AgreementParty], dues: list[ObligationDue]) -> ShownAgreement:
    late = [due for due in dues if due.is_late]
    waiting = [due for due in dues if due.state == DueState.OPEN and not due.is_late]
    counted = [due for due in dues if due.state not in (DueState.WAIVED, DueState.REPLACED)]
    return ShownAgreement(
        agreement=agreement,
        parties=parties,
        late=late,
        breached=[due for due in dues if due.awaits_follow_up and agreement.is_live],
        upcoming=waiting[:SHOWN_DUES],
        done=sum(due.state == DueState.DONE for due in counted),
        total=len(counted),
    )


def current(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """What binds first, then what is being written; what is over comes last, without what was given up."""
    return (
        agreements.exclude(state__in=[AgreementState.WITHDRAWN, AgreementState.REPLACED])
        .select_related("case", "dwelling__building")
        .order_by("ended_on", "-starts_on", "-pk")
    )


def _at(buildings: Sequence[int]) -> Q:
    """Agreements about a dwelling there, or without one: of whoever lives there, or of its block case."""
    living = Occupancy.objects.on(timezone.localdate()).filter(
        household=OuterRef("case__household"), dwelling__building__in=buildings
    )
    blocks = CaseBuilding.objects.filter(case=OuterRef("case"), building__in=buildings)
    return Q(dwelling__building__in=buildings) | Q(dwelling__isnull=True) & (Exists(living) | Exists(blocks))


def agreements_at(building: Building, user: User) -> list[ShownAgreement]:
    """Return the agreements about a building that this user may see, with their lists."""
    return shown_agreements(current(Agreement.objects.visible_to(user)).filter(_at([building.pk])))


def agreements_with(landlord: Landlord, user: User) -> list[ShownAgreement]:
    """Return the agreements with a landlord that this user may see, with their lists."""
    found = current(Agreement.objects.visible_to(user)).filter(parties__landlord=landlord)
    return shown_agreements(found)


def agreement_tracks(building_ids: Sequence[int], user: User) -> list[AgreementTrack]:
    """Return the agreements that bind or are being written about these buildings, one track each.

    Only those that `user` may see. Three queries, whatever the number of buildings.
    """
    ids = list(building_ids)
    living = Agreement.objects.visible_to(user).filter(_at(ids), dwelling__isnull=False)
    found = current(living).filter(ended_on__isnull=True).select_related("made_by")
    return [
        _track(shown, shown.agreement.dwelling.building_id)
        for shown in shown_agreements(found)
        if shown.agreement.dwelling is not None
    ]


def _track(shown: ShownAgreement, building_id: int) -> AgreementTrack:
    agreement = shown.agreement
    due = next(iter([*shown.late, *shown.upcoming]), None)
    return AgreementTrack(
        building_id=building_id,
        agreement_id=agreement.pk,
        case_id=agreement.case_id,
        title=agreement.title,
        state=agreement.state,
        state_label=str(agreement.get_state_display()),
        holder=str(agreement.made_by),
        next_label=due.obligation.text if due else "",
        next_on=due.due_on if due else None,
        late=len(shown.late),
        url=agreement.get_absolute_url(),
    )


def day_words(due: ObligationDue) -> str:
    """Return when it is due, in words."""
    return date_format(due.due_on, "j F Y") if due.due_on else _("zolang de overeenkomst loopt")


def live_dues(case_id: int) -> QuerySet[ObligationDue]:
    """What is still to be done in the agreements of a case that bind now, first to come first."""
    return (
        ObligationDue.objects.filter(
            agreement__case=case_id, agreement__state__in=LIVE_STATES, state=DueState.OPEN
        )
        .select_related("obligation__party", "agreement__case")
        .order_by("due_on", "pk")
    )
