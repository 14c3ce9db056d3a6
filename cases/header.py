"""What stands above everything else on the page of a case: who, where, what must not happen, what comes first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from arsenaal.lib.registries import Term, term_sources
from arsenaal.lib.wall import beyond_wall
from cases.actions.boundaries import standing_boundaries
from cases.enums import CaseKind, StepState, VisitState
from cases.facts import facts_for
from cases.models import Boundary, Case, CaseMember, Consent, PlanStep, TrustChange, Visit
from cases.perms import can_read_case, sees_team_work

# A term further away than this is no news on the header.
TERM_HORIZON = dt.timedelta(days=60)


@dataclass(frozen=True)
class Fact:
    """One fact, ready to show."""

    label: str
    icon: str
    text: str
    url: str = ""
    shows_label: bool = False  # a name alone doesn't tell whose it is


@dataclass(frozen=True)
class Colleague:
    """Somebody on the team, with the roles he has in this neighbourhood."""

    user: User
    roles: str
    is_lead: bool


@dataclass(frozen=True)
class OtherBoundary:
    """A boundary of another family in the same block; without a case when this reader may not open it."""

    case: Case | None
    text: str


@dataclass(frozen=True)
class Header:
    """Everything the header shows."""

    facts: Sequence[Fact]
    boundaries: Sequence[Boundary]
    terms: Sequence[Term]
    consents: Sequence[Consent]
    visit: Visit | None
    step: PlanStep | None
    is_shared: bool  # False for a partner without a consent that covers the plan
    team: Sequence[Colleague]
    trust_changes: Sequence[TrustChange]
    children: Sequence[Case]
    child_boundaries: Sequence[OtherBoundary]
    may_open_block: bool

    @property
    def first_terms(self) -> Sequence[Term]:
        """What comes soonest; more than two chips would hide each other."""
        return self.terms[:2]

    @property
    def more_terms(self) -> int:
        """How many terms are not shown."""
        return len(self.terms) - len(self.first_terms)


def _place(code: str) -> tuple[bool, bool]:
    """Where it is comes first, then what other packages know of the dwelling, then the family."""
    return not code.endswith(".address"), code.startswith("cases.")


def facts_of(case: Case, user: User) -> list[Fact]:
    """Return what every package tells this reader about this case; the family's name leads to its page."""
    household = reverse("people:household", args=[case.household_id]) if case.household_id else ""
    return [
        Fact(
            str(fact.label),
            fact.icon,
            text,
            url=household if fact.code == "cases.household" else "",
            shows_label=fact.code.endswith(".landlord"),
        )
        for fact, texts in sorted(facts_for(user, [case.pk]), key=lambda found: _place(found[0].code))
        if (text := texts.get(case.pk))
    ]


def terms_of(case: Case, *, today: dt.date) -> list[Term]:
    """Gather the terms of this case until the horizon, soonest first; what is overdue comes first of all."""
    terms = [term for source in term_sources for term in source.fetch([case.pk], today + TERM_HORIZON)]
    return sorted(terms, key=lambda term: (term.due_on, term.label))


def team_of(case: Case) -> list[Colleague]:
    """Return the team of today, lead first, in two queries."""
    today = timezone.localdate()
    here = Membership.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=today),
        neighbourhood=case.neighbourhood_id,
        from_on__lte=today,
    ).order_by("pk")
    members = (
        CaseMember.objects.current()
        .filter(case=case)
        .select_related("user__organisation")
        .prefetch_related(Prefetch("user__memberships", queryset=here, to_attr="here"))
        .order_by("from_on", "pk")
    )
    team = [
        Colleague(
            member.user,
            ", ".join(str(membership.get_role_display()) for membership in member.user.here),
            member.user_id == case.lead_id,
        )
        for member in members
    ]
    return sorted(team, key=lambda colleague: not colleague.is_lead)


def _standing_in_block(case: Case) -> list[Boundary]:
    """Return what the families of a block don't want, also those whose case isn't open to whoever reads."""
    with beyond_wall("boundaries of the families in a block"):
        return list(
            Boundary.objects.standing()
            .filter(case__parent=case, case__in=Case.objects.open())
            .select_related("organisation")
            .order_by("set_at", "pk")
        )


def _block(case: Case, user: User) -> tuple[list[Case], list[OtherBoundary]]:
    """Return the open household cases of a block that this user may open, and what the families don't want."""
    if case.kind != CaseKind.BUILDING:
        return [], []
    children = list(
        Case.objects.visible_to(user)
        .filter(parent=case)
        .select_related("household", "lead")
        .order_by("number")
    )
    visible = {child.pk: child for child in children}
    warnings = [
        OtherBoundary(
            visible.get(boundary.case_id),
            str(boundary) if boundary.case_id in visible else str(boundary.get_kind_display()),
        )
        for boundary in _standing_in_block(case)
    ]
    return children, warnings


def build_header(case: Case, user: User) -> Header:
    """Gather the header of a case for this reader, in a number of queries that doesn't grow with the case."""
    now = timezone.now()
    today = timezone.localtime(now).date()
    children, child_boundaries = _block(case, user)
    is_shared = sees_team_work(user, case)
    consents = (
        Consent.objects.visible_to(user)
        .valid_on(today)
        .filter(case=case)
        .select_related("replaced_by")
        .prefetch_related("recipients")
    )
    visits = Visit.objects.filter(
        case=case, state=VisitState.PLANNED, scheduled_at__gte=now - dt.timedelta(hours=12)
    )
    steps = PlanStep.objects.filter(case=case, state__in=[StepState.BUSY, StepState.TODO])
    return Header(
        facts=facts_of(case, user),
        boundaries=standing_boundaries(case),
        terms=terms_of(case, today=today) if is_shared else [],
        consents=list(consents.order_by("until_on", "pk")),
        visit=visits.order_by("scheduled_at", "pk").first(),
        step=steps.select_related("assignee", "organisation").order_by("position").first()
        if is_shared
        else None,
        is_shared=is_shared,
        team=team_of(case),
        trust_changes=list(
            TrustChange.objects.filter(case=case).select_related("changed_by").order_by("-changed_at", "-pk")
            if is_shared
            else ()
        ),
        children=children,
        child_boundaries=child_boundaries,
        may_open_block=case.parent is not None and can_read_case(user, case.parent),
    )
