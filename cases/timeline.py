"""The kinds of timeline entry this package writes, and the one way to write any entry."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Circle
from accounts.models import User
from arsenaal.lib.registries import TimelineKind, timeline_kinds
from arsenaal.lib.wall import beyond_wall
from cases.models import Case, PinnedEntry, Release, TimelineEntry

_PLAIN = "cases/timeline/_entry.html"

KINDS = (
    TimelineKind("cases.radar", _("Op de radar"), "broadcast", _PLAIN, _("Op de radar gezet"), None, ()),
    TimelineKind(
        "cases.opened", _("Dossier geopend"), "folder2-open", _PLAIN, _("Dossier geopend"), Circle.SHARED, ()
    ),
    TimelineKind(
        "cases.state", _("Stand gewijzigd"), "signpost", _PLAIN, _("Stand gewijzigd"), Circle.SHARED, ()
    ),
    TimelineKind(
        "cases.closed",
        _("Dossier afgesloten"),
        "folder-check",
        _PLAIN,
        _("Dossier afgesloten"),
        Circle.SHARED,
        (),
    ),
    TimelineKind(
        "cases.reopened",
        _("Dossier heropend"),
        "folder2-open",
        _PLAIN,
        _("Dossier heropend"),
        Circle.SHARED,
        (),
    ),
    TimelineKind(
        "cases.edited",
        _("Gegevens gewijzigd"),
        "pencil-square",
        _PLAIN,
        _("Gegevens gewijzigd"),
        Circle.SHARED,
        (),
    ),
    TimelineKind(
        "cases.household", _("Gezin"), "house-heart", _PLAIN, _("Het gezin veranderde"), Circle.SHARED, ()
    ),
    TimelineKind("cases.team", _("Team"), "people", _PLAIN, _("Het team veranderde"), Circle.SHARED, ()),
    TimelineKind("cases.block", _("Blokdossier"), "buildings", _PLAIN, _("Blokdossier"), Circle.SHARED, ()),
    TimelineKind(
        "cases.trust",
        _("Vertrouwen"),
        "graph-up-arrow",
        _PLAIN,
        _("Het vertrouwen veranderde"),
        Circle.SHARED,
        (),
    ),
    TimelineKind(
        "cases.visit",
        _("Huisbezoek"),
        "door-open",
        "cases/timeline/_visit.html",
        _("Huisbezoek"),
        None,
        ("observations", "present", "agreed", "photos", "trust_event", "reason"),
        True,
    ),
    TimelineKind(
        "cases.visit_planned",
        _("Huisbezoek gepland"),
        "calendar-event",
        _PLAIN,
        _("Huisbezoek gepland"),
        Circle.SHARED,
        (),
    ),
    TimelineKind(
        "cases.contact",
        _("Contact"),
        "telephone",
        _PLAIN,
        _("Contact met het gezin"),
        None,
        ("with_whom",),
        True,
    ),
    TimelineKind("cases.note", _("Notitie"), "pencil", _PLAIN, _("Notitie"), None, ()),
    TimelineKind("cases.step", _("Plan op maat"), "list-check", _PLAIN, _("Plan op maat"), Circle.SHARED, ()),
    TimelineKind("cases.task", _("Taak"), "check2-square", _PLAIN, _("Taak"), Circle.SHARED, ()),
    TimelineKind("cases.boundary", _("Grens"), "shield-exclamation", _PLAIN, _("Grens"), Circle.SHARED, ()),
    TimelineKind(
        "cases.boundary_refusal",
        _("Tegengehouden"),
        "shield-x",
        _PLAIN,
        _("Tegengehouden door een grens"),
        Circle.SHARED,
        (),
    ),
    TimelineKind(
        "cases.consent", _("Toestemming"), "patch-check", _PLAIN, _("Toestemming"), Circle.SHARED, ()
    ),
    TimelineKind("cases.intervention", _("Actie"), "tools", _PLAIN, _("Actie"), Circle.SHARED, ()),
    TimelineKind(
        "cases.help_request",
        _("Vraag aan een dienst"),
        "question-circle",
        _PLAIN,
        _("Vraag aan een dienst"),
        Circle.SHARED,
        (),
    ),
    TimelineKind(
        "cases.obstacle", _("Hinderpaal"), "cone-striped", _PLAIN, _("Hinderpaal"), Circle.SHARED, ()
    ),
    TimelineKind(
        "cases.break_glass", _("Noodtoegang"), "unlock", _PLAIN, _("Noodtoegang"), Circle.SHARED, ()
    ),
    TimelineKind(
        "cases.document",
        _("Document"),
        "file-earmark-text",
        "cases/timeline/_document.html",
        _("Document toegevoegd"),
        None,
        ("document", "kind", "dated_on", "extension"),
    ),
    TimelineKind("cases.release", _("Vrijgave"), "unlock", _PLAIN, _("Vrijgave"), Circle.SHARED, ()),
    TimelineKind("cases.review", _("Overleg"), "people", _PLAIN, _("Overleg"), Circle.SHARED, ()),
)


def default_circle(kind_code: str, *, by: User, case: Case) -> Circle:
    """Return where an entry of this kind by this author lands: the kind's own circle, or that of the author's role."""
    kind = timeline_kinds.get(kind_code)
    return (
        Circle(kind.default_circle)
        if kind.default_circle
        else by.access.default_circle(case.neighbourhood_id)
    )


def author_label(user: User, case: Case) -> str:
    """Return name and role as they are shown beside an entry."""
    role = user.access.role_label(case.neighbourhood_id)
    return f"{user}, {role}" if role else str(user)


def record(
    kind_code: str,
    *,
    case: Case,
    by: User,
    title: str,
    body: str = "",
    data: dict[str, Any] | None = None,
    circle: str | None = None,
    goal: str = "",
    occurred_at: dt.datetime | None = None,
    participants: Iterable[int] = (),
    supersedes: TimelineEntry | None = None,
) -> TimelineEntry:
    """Append one entry to the timeline of a case; call it inside the transaction of the action itself.

    `title`, `body` and `data` are a display-ready snapshot: plain text, no HTML, nothing that must be looked up
    again. `circle` is the author's choice, or the default of kind and role. Raises LookupError for an unknown kind.
    """
    kind = timeline_kinds.get(kind_code)
    now = timezone.now()
    # Who answers a question or rings a landlord may tell it to a case that he can't read.
    with beyond_wall("telling it on the timeline"):
        entry = TimelineEntry.objects.create(
            case=case,
            kind=kind.code,
            circle=circle or default_circle(kind.code, by=by, case=case),
            goal=goal,
            occurred_at=occurred_at or now,
            author=by,
            author_label=author_label(by, case),
            discipline=by.access.role_label(case.neighbourhood_id),
            title=title,
            body=body,
            data=data or {},
            participants=sorted(set(participants)),
            supersedes=supersedes,
        )
        if supersedes is not None:
            # What the team keeps on top stays there when its words are corrected.
            PinnedEntry.objects.filter(entry=supersedes).update(entry=entry)
            # What was released stays released, and what was taken out of its circle by a correction is closed again.
            Release.objects.not_ended().filter(entry=supersedes).update(entry=entry)
        touched = {"last_entry_at": now}
        if kind.is_contact and data and data.get("saw_family"):
            touched["last_seen_at"] = max(entry.occurred_at, case.last_seen_at or entry.occurred_at)
        for field, value in touched.items():
            setattr(case, field, value)
        Case.objects.filter(pk=case.pk).update(**touched)
    return entry
