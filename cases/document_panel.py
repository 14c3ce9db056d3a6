"""The documents and releases on the case page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from arsenaal.lib.registries import CasePanel
from arsenaal.lib.wall import beyond_wall
from cases.models import Case, Document
from cases.perms import (
    can_end_release,
    can_work_on_case,
    documents_open_to,
    releasable_circles,
    sees_team_work,
)
from cases.releases import releases_of

SHOWN = 12  # the newest; every one of them is on the timeline
SHOWN_ENDED = 5


def documents_context(case: Case, user: User) -> dict[str, Any]:
    """The newest documents that this reader may open, how many are closed to him, and what is released.

    Three queries, five when something was released.
    Who and what for of a release is for the team; what it is about only shows where it is open.
    """
    kept = Document.objects.kept().filter(case=case)
    open_to_him = documents_open_to(user, case)
    rows = list(kept.filter(open_to_him).order_by("-dated_on", "-pk")[: SHOWN + 1])
    releases = list(releases_of(case)[:40]) if sees_team_work(user, case) else []
    standing = set(
        case.releases.standing().filter(pk__in=[row.pk for row in releases]).values_list("pk", flat=True)
    )
    with beyond_wall("how many documents of a case are closed to a reader"):
        closed_count = kept.exclude(open_to_him).count()
    return {
        "documents": rows[:SHOWN],
        "has_more": len(rows) > SHOWN,
        "closed_count": closed_count,
        "releases": [
            {"release": row, "may_end": can_end_release(user, row)} for row in releases if row.pk in standing
        ],
        "ended_releases": [row for row in releases if row.pk not in standing][:SHOWN_ENDED],
        "may_release": can_work_on_case(user, case) and bool(releasable_circles(user, case)),
    }


def _reads_case(user: User, case: Case) -> bool:
    """The case page itself was found with `visible_to`."""
    return True


PANEL = CasePanel(
    "cases.documents", _("Documenten"), 35, "cases/panels/documents.html", _reads_case, documents_context
)
