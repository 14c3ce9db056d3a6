"""What a visit leaves on the timeline: one snapshot, made the same way when logged and when corrected."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Circle
from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.change_trust import trust_chip
from cases.actions.checks import check_colleague
from cases.enums import Severity, Sighting, VisitPurpose, VisitResult
from cases.models import Case, TrustChange, Visit, VisitObservation, VisitWords
from cases.timeline import default_circle, record

MAX_NARRATIVE = 20_000  # characters
MAX_AGREED = 4_000
MAX_PRESENT = 300
# A phone's clock may run a little ahead of ours.
CLOCK_SLACK = dt.timedelta(minutes=5)
LONGEST_AGO = dt.timedelta(days=2 * 365 + 1)

_TONES = {Severity.LIGHT: "", Severity.CLEAR: "warn", Severity.SERIOUS: "stop"}
# Somebody of the family was seen or spoken to. A door that stays shut is no meeting.
_SAW_FAMILY = frozenset({VisitResult.MET, VisitResult.CUT_SHORT})


class VisitRefused(ActionError):
    """The visit can't be saved like this; the message says what to change."""


def check_visited_at(visited_at: dt.datetime, *, now: dt.datetime) -> None:
    """Refuse a visit in the future or absurdly long ago. Raises VisitRefused beside the day."""
    if visited_at > now + CLOCK_SLACK:
        raise VisitRefused(
            _("Dit moment moet nog komen. Kies wanneer het bezoek was, of plan een bezoek."), field="day"
        )
    if visited_at < now - LONGEST_AGO:
        raise VisitRefused(_("Dit is meer dan twee jaar geleden. Kijk het jaartal na."), field="day")


def check_words(*, narrative: str, agreed: str, present: str) -> None:
    """Refuse more words than fit. Raises VisitRefused beside the field."""
    for field, text, most in (
        ("narrative", narrative, MAX_NARRATIVE),
        ("agreed", agreed, MAX_AGREED),
        ("present", present, MAX_PRESENT),
    ):
        if len(text) > most:
            raise VisitRefused(
                _("Dit zijn %(n)d tekens. Kort het in tot %(most)d.") % {"n": len(text), "most": most},
                field=field,
            )


def check_visitors(visitors: Iterable[User], *, by: User, case: Case) -> list[User]:
    """Return the visitors, each once, `by` first. Who was there may read the visit, so each works on this
    case.

    Raises VisitRefused without anyone, WrongColleagueError for somebody who can't see the case.
    """
    people = {user.pk: user for user in visitors}
    if not people:
        raise VisitRefused(_("Kies wie er op bezoek ging."), field="visitors")
    for user in people.values():
        check_colleague(user, neighbourhood_id=case.neighbourhood_id, case=case, field="visitors")
    return sorted(people.values(), key=lambda user: (user.pk != by.pk, str(user)))


def clean_observations(observations: Mapping[str, int]) -> dict[Sighting, Severity]:
    """Return what was seen in the order of the list. Raises VisitRefused for what isn't on it."""
    try:
        seen = {Sighting(code): Severity(level) for code, level in observations.items()}
    except ValueError as error:
        raise VisitRefused(_("Kies wat je zag uit de lijst."), field="sightings") from error
    return {sighting: seen[sighting] for sighting in Sighting if sighting in seen}


def circle_of_visit(*, by: User, case: Case, result: str, says_something: bool, chosen: str | None) -> Circle:
    """Return the circle of a visit: what the author chose, or where his visits land by default.

    That nobody was home, with nothing written or ticked beside it, tells nothing personal: the whole team
    may know.
    """
    if chosen:
        return Circle(chosen)
    if result == VisitResult.NOBODY_HOME and not says_something:
        return Circle.SHARED
    return default_circle("cases.visit", by=by, case=case)


def set_words(visit: Visit, *, present: str, narrative: str, agreed: str) -> None:
    """Make who was there, what was said and what was agreed exactly this."""
    words = {"present": present.strip(), "narrative": narrative.strip(), "agreed": agreed.strip()}
    visit.words, _is_new = VisitWords.objects.update_or_create(visit=visit, defaults=words)


def set_observations(visit: Visit, observations: Mapping[Sighting, Severity]) -> None:
    """Make what was seen at this visit exactly this."""
    visit.observations.all().delete()
    VisitObservation.objects.bulk_create(
        VisitObservation(visit=visit, sighting=sighting, severity=severity)
        for sighting, severity in observations.items()
    )


def _observation(sighting: Sighting, severity: Severity) -> dict[str, Any]:
    return {
        "label": str(sighting.label),
        "severity": int(severity),
        "severity_label": str(severity.label),
        "tone": _TONES[severity],
    }


def snapshot(
    visit: Visit,
    *,
    observations: Mapping[Sighting, Severity],
    chips: list[dict[str, str]],
    more: Mapping[str, Any],
) -> dict[str, Any]:
    """Return title, body and data of the timeline entry of a visit, ready to show."""
    result = VisitResult(visit.result)
    photos = visit.photos.order_by("added_at", "pk").values_list("uuid", flat=True)
    return {
        "title": _("Huisbezoek: %(result)s") % {"result": result.label},
        "body": visit.words.narrative,
        "data": {
            "visit": str(visit.uuid),
            "result": result.value,
            "result_label": str(result.label),
            "purpose_label": str(VisitPurpose(visit.purpose).label),
            "visitors": [str(user) for user in visit.visitors.order_by("pk")],
            "present": visit.words.present,
            "observations": [_observation(*seen) for seen in observations.items()],
            "agreed": visit.words.agreed,
            "photos": [str(pk) for pk in photos],
            "chips": chips,
            "saw_family": result in _SAW_FAMILY,
            **more,
        },
    }


def record_visit(
    *,
    by: User,
    case: Case,
    visit: Visit,
    observations: Mapping[Sighting, Severity],
    change: TrustChange | None,
) -> None:
    """Write a new visit on the timeline and tie the entry to it, inside the transaction of the action."""
    visit.entry = record(
        "cases.visit",
        case=case,
        by=by,
        circle=visit.circle,
        occurred_at=visit.visited_at,
        participants=visit.visitors.values_list("pk", flat=True),
        **snapshot(
            visit,
            observations=observations,
            chips=[trust_chip(change)] if change else [],
            more={"trust_change": change.pk, "trust_event": change.event} if change else {},
        ),
    )
    visit.save(update_fields=["entry"])


def now_or(now: dt.datetime | None) -> dt.datetime:
    """Return the clock that was passed in, or the real one."""
    return now or timezone.now()
