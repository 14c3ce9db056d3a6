"""Boundaries (grenzen): set, enforced on all that reaches somebody, lifted with the family's agreement."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from arsenaal.lib.errors import ActionError
from arsenaal.lib.wall import beyond_wall
from cases.actions.checks import check_past, day_of
from cases.actions.locking import lock_case, lock_open_case
from cases.enums import BoundaryKind, Reach
from cases.models import Boundary, Case, TimelineEntry
from cases.timeline import record


class RefusedByBoundaryError(ActionError):
    """What was asked reaches somebody whom the family does not want to be reached yet."""

    def __init__(
        self, boundary: Boundary, *, case: Case, by: User, reach: str, now: dt.datetime | None = None
    ) -> None:
        super().__init__(refusal_message(boundary))
        self.boundary = boundary
        self.case = case
        self.by = by
        self.reach = reach
        self.now = now

    def after_rollback(self) -> None:
        """Let the team see that it was tried, although what was tried is undone."""
        record_refusal(by=self.by, case=self.case, boundary=self.boundary, reach=self.reach, now=self.now)


class BoundaryExistsError(ActionError):
    """The same boundary stands already."""


class BoundaryIncompleteError(ActionError):
    """Something that this boundary needs is missing."""


class BoundaryLiftedError(ActionError):
    """Somebody lifted this boundary already."""


def refusal_message(boundary: Boundary) -> str:
    """Say what stands in the way, who set it, when and why, and what to do."""
    return _(
        "Dit kan nu niet: %(what)s. Deze grens is gezet door %(who)s op %(when)s. Waarom: %(why)s "
        "Bespreek het eerst met het gezin. Gaan ze akkoord, hef dan de grens op."
    ) % {
        "what": str(boundary),
        "who": boundary.set_by,
        "when": date_format(timezone.localtime(boundary.set_at), "j F Y"),
        "why": boundary.reason if boundary.reason.endswith((".", "!", "?")) else f"{boundary.reason}.",
    }


def standing_boundaries(case: Case) -> list[Boundary]:
    """Return what stands for this case, with that of its block case, oldest first, in one query."""
    cases = [case.pk, case.parent_id] if case.parent_id else [case.pk]
    # A boundary stops whoever acts, also when he may not read the block case on which it stands.
    with beyond_wall("boundaries of a case"):
        return list(
            Boundary.objects.standing()
            .filter(case_id__in=cases)
            .select_related("set_by", "organisation", "case")
            .order_by("set_at", "pk")
        )


def refuse_if_boundary(
    *,
    case: Case,
    by: User,
    reach: str,
    organisation: Organisation | None = None,
    now: dt.datetime | None = None,
) -> None:
    """Refuse what reaches somebody against the wish of the family; call it inside the action's transaction.

    Locks the case (and its block case), so that lifting or setting a boundary at the same moment waits.
    `reach` is whom it reaches; `organisation` is the service that is involved, if any. Raises
    RefusedByBoundaryError. Whoever catches that outside a form calls its `after_rollback()`, so that the
    attempt stands on the timeline.
    """
    if reach == Reach.NOBODY and organisation is None:
        return
    cases = [case.pk, case.parent_id] if case.parent_id else [case.pk]
    with beyond_wall("locking a case and its block case"):
        list(
            Case.objects.select_for_update(of=("self",)).filter(pk__in=cases).order_by("pk").values_list("pk")
        )
    for boundary in standing_boundaries(case):
        if boundary.stops(reach, organisation.pk if organisation else None):
            raise RefusedByBoundaryError(boundary, case=case, by=by, reach=reach, now=now)


@transaction.atomic
def record_refusal(
    *, by: User, case: Case, boundary: Boundary, reach: str, now: dt.datetime | None = None
) -> TimelineEntry | None:
    """Write on the timeline of the case that a boundary stopped something: once per boundary, person and
    day.
    """
    now = now or timezone.now()
    case = lock_case(case)
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    known = TimelineEntry.objects.filter(
        case=case,
        kind="cases.boundary_refusal",
        author=by,
        data__boundary=boundary.pk,
        occurred_at__gte=start,
        occurred_at__lt=start + dt.timedelta(days=1),
    )
    if known.exists():
        return None
    return record(
        "cases.boundary_refusal",
        case=case,
        by=by,
        title=_("Tegengehouden door een grens"),
        body=_("Dit zou %(who)s bereiken. De grens staat er nog: bespreek het eerst met het gezin.")
        % {"who": boundary.organisation or Reach(reach).label},
        data={
            "boundary": boundary.pk,
            "chips": [{"text": str(boundary), "tone": "stop", "icon": "shield-fill-exclamation"}],
        },
        occurred_at=now,
    )


@transaction.atomic
def set_boundary(
    *,
    by: User,
    case: Case,
    kind: str,
    reason: str,
    organisation: Organisation | None = None,
    description: str = "",
    now: dt.datetime | None = None,
) -> Boundary:
    """Record what the family does not want yet. It works at once.

    Raises BoundaryExistsError when the same boundary stands already, BoundaryIncompleteError when the
    service or the description that this kind needs is missing, CaseIsClosed for a closed case.
    """
    now = now or timezone.now()
    case = lock_open_case(case)
    if kind == BoundaryKind.NO_ORGANISATION and organisation is None:
        raise BoundaryIncompleteError(_("Kies om welke dienst het gaat."), field="organisation")
    if kind == BoundaryKind.OTHER and not description:
        raise BoundaryIncompleteError(_("Schrijf op wat het gezin niet wil."), field="description")
    organisation = organisation if kind == BoundaryKind.NO_ORGANISATION else None
    same = case.boundaries.standing().filter(kind=kind, organisation=organisation)
    if kind == BoundaryKind.OTHER:
        same = same.filter(description__iexact=description)
    existing = same.select_related("set_by").first()
    if existing:
        raise BoundaryExistsError(
            _("Deze grens staat er al, gezet door %(who)s op %(when)s.")
            % {
                "who": existing.set_by,
                "when": date_format(timezone.localtime(existing.set_at), "j F Y"),
            },
            field="kind",
        )
    boundary = Boundary.objects.create(
        case=case,
        kind=kind,
        organisation=organisation,
        description=description,
        reason=reason,
        set_by=by,
        set_at=now,
    )
    record(
        "cases.boundary",
        case=case,
        by=by,
        title=_("Grens gezet: %(what)s") % {"what": boundary},
        body=reason,
        data={"chips": [{"text": str(boundary), "tone": "stop", "icon": "shield-fill-exclamation"}]},
        occurred_at=now,
    )
    return boundary


@transaction.atomic
def lift_boundary(
    *,
    by: User,
    boundary: Boundary,
    agreed_by: str,
    agreed_on: dt.date,
    agreement: str,
    now: dt.datetime | None = None,
) -> Boundary:
    """Lift a boundary with the family's recorded agreement: who of the family, on which day, to what.

    Raises BoundaryLiftedError when somebody was first, BadDateError when the day lies in the future or
    before the boundary was set, BoundaryIncompleteError without agreement, CaseIsClosed for a closed case.
    """
    now = now or timezone.now()
    case = lock_open_case(boundary.case)
    boundary = Boundary.objects.select_related("organisation", "lifted_by").get(pk=boundary.pk)
    if boundary.lifted_at is not None:
        raise BoundaryLiftedError(_("Deze grens is al opgeheven door %(who)s.") % {"who": boundary.lifted_by})
    if not agreed_by.strip():
        raise BoundaryIncompleteError(_("Schrijf op wie van het gezin akkoord ging."), field="agreed_by")
    if not agreement.strip():
        raise BoundaryIncompleteError(_("Schrijf op wat jullie afspraken."), field="agreement")
    set_on = timezone.localtime(boundary.set_at).date()
    check_past(agreed_on, today=day_of(now), field="agreed_on", not_before=set_on)
    boundary.lifted_at, boundary.lifted_by = now, by
    boundary.agreed_by, boundary.agreed_on, boundary.agreement = agreed_by, agreed_on, agreement
    boundary.save(update_fields=["lifted_at", "lifted_by", "agreed_by", "agreed_on", "agreement"])
    record(
        "cases.boundary",
        case=case,
        by=by,
        title=_("Grens opgeheven: %(what)s") % {"what": boundary},
        body=_("%(who)s ging akkoord op %(when)s: %(agreement)s")
        % {"who": agreed_by, "when": date_format(agreed_on, "j F Y"), "agreement": agreement},
        data={"chips": [{"text": _("met akkoord van het gezin"), "tone": "ok", "icon": "check-circle-fill"}]},
        occurred_at=now,
    )
    return boundary
