"""Reading a timeline: what a reader may not see never leaves the database."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as SqlCase
from django.db.models import Exists, F, JSONField, OuterRef, Q, QuerySet, When
from django.db.models.functions import JSONObject

from accounts.enums import Circle
from accounts.models import User
from arsenaal.lib.keyset import BadCursorError, Page, decode_cursor, encode_cursor
from arsenaal.lib.registries import TimelineKind, timeline_kinds
from cases.models import Case, EntryEnvelope, PinnedEntry
from cases.perms import open_to, open_to_the_team
from cases.releases import released_circles

PAGE_SIZE = 30
# What is read of an open entry alone, and where it stands.
_WORDS = {
    "title": "title",
    "body": "body",
    "data": "data",
    "goal": "goal",
    "author_label": "author_label",
    "redaction_reason": "redaction_reason",
    "before": "supersedes__body",
    "before_title": "supersedes__title",
}


@dataclass(frozen=True)
class TimelineRow:
    """One entry as this reader may see it. A closed one has no title, body or data."""

    pk: int
    case_id: int
    kind: TimelineKind
    is_open: bool
    circle: Circle
    goal: str
    occurred_at: dt.datetime
    recorded_at: dt.datetime
    author_id: int
    author_label: str
    discipline: str
    title: str
    body: str
    data: dict[str, Any]
    is_pinned: bool
    is_redacted: bool
    redacted_at: dt.datetime | None
    redacted_by: str
    redaction_reason: str
    corrected: str  # what stood there before the correction, for those who may read it
    corrected_title: str
    is_correction: bool
    is_from_block: bool
    released_to: list[Circle]  # the circles for which it is released today

    @property
    def is_brief(self) -> bool:
        """Tell whether one line says it all: the case was discussed and nothing had to be decided."""
        is_discussed = self.kind.code == "cases.review" and self.is_open and not self.is_redacted
        return is_discussed and not self.body and not self.data.get("decisions")


def _readable(
    entries: QuerySet[EntryEnvelope], user: User, case: Case
) -> QuerySet[EntryEnvelope, dict[str, Any]]:
    """Mask in SQL what is closed to this reader."""
    return _masked(entries, open_to(user, case))


def _masked(entries: QuerySet[EntryEnvelope], open_entry: Q) -> QuerySet[EntryEnvelope, dict[str, Any]]:
    """Leave out the words of every entry outside the condition. What the second wall keeps back is left out too.

    The condition stands in the query once, around all words together: it asks for releases and emergencies through
    the second wall, and for each column apart the database would plan and ask all of that again.
    """
    words = JSONObject(**{name: F(f"entry__{field}") for name, field in _WORDS.items()})
    return entries.annotate(
        words=SqlCase(
            When(open_entry & Q(entry__isnull=False), then=words), default=None, output_field=JSONField()
        ),
        is_pinned=Exists(PinnedEntry.objects.filter(entry=OuterRef("pk"))),
        released_to=released_circles(),
    ).values(
        "pk",
        "case_id",
        "kind",
        "circle",
        "occurred_at",
        "recorded_at",
        "author_id",
        "discipline",
        "redacted_at",
        "redacted_by__first_name",
        "redacted_by__last_name",
        "supersedes_id",
        "is_pinned",
        "words",
        "released_to",
    )


def _row(values: dict[str, Any], case: Case) -> TimelineRow:
    words = values["words"] or {}
    return TimelineRow(
        pk=values["pk"],
        case_id=values["case_id"],
        kind=timeline_kinds.get(values["kind"]),
        is_open=values["words"] is not None,
        circle=Circle(values["circle"]),
        goal=words.get("goal") or "",
        occurred_at=values["occurred_at"],
        recorded_at=values["recorded_at"],
        author_id=values["author_id"],
        author_label=words.get("author_label") or "",
        discipline=values["discipline"],
        title=words.get("title") or "",
        body=words.get("body") or "",
        data=words.get("data") or {},
        is_pinned=values["is_pinned"],
        is_redacted=values["redacted_at"] is not None,
        redacted_at=values["redacted_at"],
        redacted_by=" ".join(
            filter(None, (values["redacted_by__first_name"], values["redacted_by__last_name"]))
        ),
        redaction_reason=words.get("redaction_reason") or "",
        corrected=words.get("before") or "",
        corrected_title=words.get("before_title") or "",
        is_correction=values["supersedes_id"] is not None,
        is_from_block=values["case_id"] != case.pk,
        released_to=[Circle(code) for code in values["released_to"]] if words else [],
    )


def _sources(case: Case) -> list[QuerySet[EntryEnvelope]]:
    """The case's own entries, and those of its block case that are shared, or were released to the whole team.

    Who joins or leaves the block stays on the block's own page: it names the cases of other families. What was told to
    each family and to the block in one go, as a step of a procedure is, stands once: in the family's own words.
    """
    current = EntryEnvelope.objects.filter(superseded_by__isnull=True)
    sources = [current.filter(case=case)]
    if case.parent_id:
        shared = current.filter(open_to_the_team(), case_id=case.parent_id)
        own = EntryEnvelope.objects.filter(
            case=case, kind=OuterRef("kind"), occurred_at=OuterRef("occurred_at")
        )
        sources.append(shared.exclude(kind="cases.block").exclude(Exists(own)))
    return sources


def decode_moment(cursor: str) -> tuple[dt.datetime, int]:
    """Return moment and id of the last entry of the page before. Raises BadCursorError on anything else."""
    value, pk = decode_cursor(cursor)
    try:
        moment = dt.datetime.fromisoformat(str(value))
    except ValueError as error:
        raise BadCursorError(cursor) from error
    if moment.tzinfo is None or not 1900 < moment.year < 3000:
        raise BadCursorError(cursor)
    return moment, pk


def timeline_page(
    case: Case, user: User, *, cursor: str = "", where: Q | None = None, size: int = PAGE_SIZE
) -> Page:
    """Return a page of TimelineRow, newest first: one query, two when the case hangs under a block case.

    `where` narrows by what even a closed entry shows (kind, author, period). Raises BadCursorError.
    """
    found: list[dict[str, Any]] = []
    for source in _sources(case):
        entries = source.filter(where) if where is not None else source
        if cursor:
            after, pk = decode_moment(cursor)
            entries = entries.filter(Q(occurred_at__lte=after) & (Q(occurred_at__lt=after) | Q(pk__lt=pk)))
        found += _readable(entries.order_by("-occurred_at", "-pk"), user, case)[: size + 1]
    found.sort(key=lambda values: (values["occurred_at"], values["pk"]), reverse=True)
    rows = [_row(values, case) for values in found[:size]]
    next_cursor = encode_cursor(rows[-1].occurred_at.isoformat(), rows[-1].pk) if len(found) > size else ""
    return Page(rows=rows, next_cursor=next_cursor)


def pinned_rows(case: Case, user: User) -> list[TimelineRow]:
    """Return the pinned entries of a case, newest first, in one query."""
    entries = EntryEnvelope.objects.filter(
        pk__in=PinnedEntry.objects.filter(case=case).values("entry_id"), superseded_by__isnull=True
    )
    return [_row(values, case) for values in _readable(entries.order_by("-occurred_at", "-pk"), user, case)]


def readable_rows(entries: Iterable[int], user: User, case: Case) -> list[TimelineRow]:
    """Return these entries of a case as this reader may see them, newest first, in one query."""
    queryset = EntryEnvelope.objects.filter(case=case, pk__in=list(entries))
    return [_row(values, case) for values in _readable(queryset.order_by("-occurred_at", "-pk"), user, case)]


def shared_rows_since(case: Case, since: dt.datetime, *, limit: int = 20) -> list[TimelineRow]:
    """Return what was recorded in a case since a moment, for a room with several readers: the shared circle and what
    was released to it are open, everything else is closed, whoever is logged in. One query.
    """
    entries = EntryEnvelope.objects.filter(case=case, recorded_at__gte=since, superseded_by__isnull=True)
    found = _masked(entries.order_by("-occurred_at", "-pk"), open_to_the_team())[:limit]
    return [_row(values, case) for values in found]
