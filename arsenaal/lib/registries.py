"""The registries through which lower packages learn of higher ones (see docs/architecture.md).

Nothing here knows a model: users, cases and querysets pass through as plain objects.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from arsenaal.lib.registry import Registry

# Words on the screen, translated when they are shown.
Words = str | Promise


@dataclass(frozen=True)
class TimelineKind:
    """A kind of timeline entry: how it is called, drawn, kept in its circle and redacted."""

    code: str  # "cases.visit"
    label: Words  # Dutch, lazy
    icon: str  # Bootstrap icon name without "bi-"
    template: str  # draws the open entry from its snapshot alone
    closed_label: Words  # what a reader without the circle sees: that something happened, never what
    default_circle: str | None  # None: the circle of the author's role
    redacted_keys: tuple[str, ...]  # keys of `data` that redaction empties, beside title and body
    is_contact: bool = False  # somebody saw or spoke the family


@dataclass(frozen=True)
class CaseFact:
    """Facts for headers and rows of a page of cases, fetched in one query for all of them."""

    code: str
    label: Words
    icon: str
    fetch: Callable[[Sequence[int]], Mapping[int, str]]  # case ids -> text per case id
    # The same for one reader, when what may be told depends on him: (case ids, user). Pages use this where it is given.
    fetch_for: Callable[[Sequence[int], Any], Mapping[int, str]] | None = None


@dataclass(frozen=True)
class CasePanel:
    """A block on the case page. `context(case, user)` returns the template context, or None for nothing."""

    code: str
    title: Words
    order: int
    template: str
    may_see: Callable[[Any, Any], bool]  # (user, case)
    context: Callable[[Any, Any], dict[str, Any] | None]  # (case, user)
    goal: str = ""
    is_lazy: bool = False  # loaded with htmx after the page


@dataclass(frozen=True)
class Term:
    """A date with consequences."""

    due_on: dt.date
    label: str
    source: str  # which law or agreement sets it
    holder: str  # who holds the ball
    case_id: int | None
    url: str
    consequence: str = ""  # what is proposed when it passes
    in_calendar: bool = True  # False: it stands there already, with its hour


@dataclass(frozen=True)
class TermSource:
    """Where terms come from. `fetch(case_ids, until)` does one query; overdue terms are included."""

    code: str
    label: Words
    fetch: Callable[[Sequence[int], dt.date], Sequence[Term]]
    one: Words = ""  # what one of them is, where nobody may be named: "stap van het plan"


@dataclass(frozen=True)
class Signal:
    """One reason to be on the weekly agenda."""

    subject: str  # "case", "radar" or "help_request"
    subject_id: int
    reason: str  # Dutch sentence; never a story
    weight: int  # heavier comes first


@dataclass(frozen=True)
class AttentionSignal:
    """A rule that finds reasons. `fetch(neighbourhood_id, today, since)` does one query."""

    code: str
    label: Words
    fetch: Callable[[int, dt.date, dt.date], Sequence[Signal]]


@dataclass(frozen=True)
class Period:
    """A period with both days included."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class MeasureValue:
    """What a measure counted, raw. Nobody sees it before `arsenaal.lib.suppression` went over it.

    `count` is the number of things the figure rests on; for a share or a median it is the base. Each of `parts`,
    `groups` and `months` (label -> count) divides the same `count` in its own way and adds up to it, or is empty.
    No two measures count the same cell: hidden in one, it could be read in the other.
    """

    value: float | None
    count: int
    parts: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)  # "2026-07" -> count


@dataclass(frozen=True)
class Measure:
    """A figure of the shared measurement system. `compute` uses a fixed number of set-wise queries.

    A share is never computed by the measure: it is the part named `share_of` in a hundred of the count, worked out
    from what may be shown.
    """

    code: str
    name: Words
    definition: Words
    goal: str  # enums.Goal value, or "" for the process itself
    kind: str  # "how_much", "how_well" or "better_off"
    unit: Words
    population: Words
    direction: str  # "up", "down" or "": which way is better
    compute: Callable[[int, Period], MeasureValue]  # (neighbourhood id, period)
    form: str = "count"  # "count", "share", "median", or "sum" (an amount that rests on `count`)
    area: str = ""  # where it has no goal: "families" or "together"
    share_of: Words = ""  # the part that a share is about
    parts_label: Words = ""  # what the parts are: "uitkomst"
    groups_label: Words = ""
    headlines: tuple[Words, ...] = ()  # what is shown first: "" the figure itself, or a part by its label
    counts_people: bool = True  # small numbers are hidden; not for meetings and rules
    source: Words = ""  # which records it is counted from
    version: int = 1  # of the definition


@dataclass(frozen=True)
class SearchHit:
    """One line of the search page."""

    title: str
    subtitle: str
    url: str
    score: float


@dataclass(frozen=True)
class SearchKind:
    """What can be found. `search(user, query, limit)` does one query within what the user may find."""

    code: str
    label: Words
    icon: str
    search: Callable[[Any, str, int], Sequence[SearchHit]]


@dataclass(frozen=True)
class PeopleScope:
    """A reason to see people beyond one's own permission. Each function returns a Q over that model for a user."""

    code: str
    households: Callable[[Any], Any]  # user -> Q on Household
    persons: Callable[[Any], Any]  # user -> Q on Person


@dataclass(frozen=True)
class HouseholdLink:
    """What a higher package shows on the page of a household: its case, its dwelling. One query."""

    code: str
    label: Words
    icon: str
    fetch: Callable[[Any, Any], Sequence[tuple[str, str]]]  # (user, household) -> (text, url or "")


@dataclass(frozen=True)
class InterventionSubject:
    """What of a higher package an intervention can be for: a dwelling, a landlord. `code` is the InterventionTarget."""

    code: str
    label: Words
    placeholder: Words
    suggest_url: str
    records: Callable[[Any], Any]  # user -> QuerySet of what he may choose
    search: Callable[[Any, str], Sequence[Any]]  # (user, text) -> accounts.search_pick.Option
    describe: Callable[[Any], Any]  # record -> Option
    of_case: Callable[[Any], Sequence[Any]]  # case -> the records it is about, most likely first
    connect: Callable[[Any, Any], None]  # (intervention, record or None), in the transaction of the action
    connected: Callable[[Any], Any]  # intervention -> record or None


@dataclass(frozen=True)
class HouseholdListener:
    """What a higher package does when somebody joins or leaves a household, in the same transaction."""

    code: str
    changed: Callable[[Any, Any, str], None]  # (member, by, people.enums.MemberChange)


@dataclass(frozen=True)
class Finding:
    """What a rule found in the access log. The same `key` found again is the same finding, with more looks."""

    key: str
    user_id: int
    neighbourhood_id: int | None
    looked_at: dt.datetime  # the first look that it is about
    looked_until: dt.datetime  # the last one
    look_count: int
    case_id: int | None = None
    case_number: str = ""


@dataclass(frozen=True)
class UnusualRule:
    """A rule that finds looks somebody should ask about. `find(since, until)` takes a fixed number of queries."""

    code: str
    label: Words  # why it stands out: "eigen straat"
    find: Callable[[dt.datetime, dt.datetime], Sequence[Finding]]


@dataclass(frozen=True)
class RetentionHold:
    """Why cases may not be destroyed for now: a procedure that runs, a file at court. One query for all of them."""

    code: str
    label: Words
    fetch: Callable[[Sequence[int]], set[int]]  # case ids -> those that must stay


@dataclass(frozen=True)
class ReferenceCode:
    """A value that the law, the city or the team sets and that changes over time: an amount, a term, a rule.

    It is never a constant in code: code asks `cases.reference.value_on(code, day)`. The default is what was known when
    the program was written, with how sure that is; an administrator enters what follows it.
    """

    code: str  # "procedure.decision_term"
    label: Words
    kind: str  # cases.enums.ReferenceKind value: number, amount, days, workdays, months, yes_no or text
    group: Words  # under which heading it stands
    default: str  # "3", "62.50", "yes", or words
    source: str  # law, document or page, as a reader can find it
    certainty: str  # cases.enums.Certainty value: certain, to_confirm or provisional
    valid_from: dt.date = dt.date(2021, 1, 1)
    unit: Words = ""  # when the kind doesn't say it: "m²"
    note: str = ""


@dataclass(frozen=True)
class CalendarItem:
    """Something on a day, or at an hour of it."""

    uid: str  # stays the same when it moves: "visit-12"
    starts: dt.date | dt.datetime
    what: str  # for who is logged in
    plain: Words  # for a feed that leaves the program: what sort of thing, nobody's name and no story
    icon: str
    url: str
    number: str = ""  # of the case
    who: str = ""
    minutes: int = 60  # how long, when it has an hour


@dataclass(frozen=True)
class CalendarSource:
    """What stands on the calendar of cases, beside their terms. `fetch` does a fixed number of queries."""

    code: str
    fetch: Callable[[Sequence[int], dt.date, dt.date], Sequence[CalendarItem]]  # both days included


@dataclass(frozen=True)
class CalendarScope:
    """Whose calendar it is. Each function answers for what this user may see now."""

    code: str
    title: Callable[[Any, int], str | None]  # (user, key) -> its name, or None when it isn't his to see
    case_ids: Callable[[Any, int], Sequence[int]]
    # What belongs to it without any case: (user, key, first day, last day).
    more: Callable[[Any, int, dt.date, dt.date], Sequence[CalendarItem]] | None = None
    plain: Words = ""  # its name in a feed that leaves the program, where the title tells too much


@dataclass(frozen=True)
class Starter:
    """What a higher package puts ready in an empty installation. May run again without doing anything twice."""

    code: str
    start: Callable[[], Any]


@dataclass(frozen=True)
class SurveyPurpose:
    """What a questionnaire is for. The package that asks says who may read the answers and who works on it."""

    code: str  # "cohesion.needs"
    label: Words
    goal: str  # enums.Goal value
    read: str  # permission to see questionnaires, rounds, results and what people wrote
    work: str  # permission to make questionnaires, hold rounds and take down answers
    namespace: str  # under which its pages stand: reverse(f"{namespace}:list")
    rooms: str = ""  # the template that leads to the other rooms of its wing


@dataclass(frozen=True)
class StepSource:
    """Something that a step of the plan can begin from. The address names it by number; the words stay in here.

    `words(case, user, pk)` returns the initial values of the form, or None when this user may not know of it.
    """

    code: str
    words: Callable[[Any, Any, int], Mapping[str, Any] | None]


timeline_kinds: Registry[TimelineKind] = Registry("timeline kinds")
case_facts: Registry[CaseFact] = Registry("case facts")
case_panels: Registry[CasePanel] = Registry("case panels")
term_sources: Registry[TermSource] = Registry("terms")
attention_signals: Registry[AttentionSignal] = Registry("attention signals")
measures: Registry[Measure] = Registry("measures")
search_kinds: Registry[SearchKind] = Registry("search kinds")
people_scopes: Registry[PeopleScope] = Registry("people scopes")
household_links: Registry[HouseholdLink] = Registry("household links")
intervention_subjects: Registry[InterventionSubject] = Registry("intervention subjects")
unusual_rules: Registry[UnusualRule] = Registry("unusual looks")
household_listeners: Registry[HouseholdListener] = Registry("household listeners")
retention_holds: Registry[RetentionHold] = Registry("retention holds")
reference_codes: Registry[ReferenceCode] = Registry("reference codes")
calendar_sources: Registry[CalendarSource] = Registry("calendar sources")
calendar_scopes: Registry[CalendarScope] = Registry("calendar scopes")
reference_codes: Registry[ReferenceCode] = Registry("reference codes")
starters: Registry[Starter] = Registry("starters")
survey_purposes: Registry[SurveyPurpose] = Registry("purposes of questionnaires")
step_sources: Registry[StepSource] = Registry("sources of plan steps")
