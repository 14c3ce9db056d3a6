"""What the spine can count, for one neighbourhood and one period (both days included).

Every figure is one or two set-wise queries, whatever the number of cases. A day begins and ends in the active time
zone. Where the records keep a date, a state is told as it was at the end of the period. The definitions are what
the reader of a report gets to see; they must say exactly what the code counts.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case as SqlCase
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Greatest, Least, TruncDate, TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Goal
from arsenaal.lib.fields import Median
from arsenaal.lib.registries import Measure, MeasureValue, Period, timeline_kinds
from cases.enums import (
    CaseKind,
    CaseOutcome,
    HelpRequestState,
    InterventionState,
    ObstacleState,
    RadarReason,
    RadarSource,
    RadarState,
    ReviewState,
    VisitResult,
    VisitState,
)
from cases.models import (
    Boundary,
    Case,
    EntryEnvelope,
    HelpRequest,
    Intervention,
    Obstacle,
    ObstacleCase,
    RadarEntry,
    RadarLapse,
    Review,
    TrustChange,
    Visit,
)


def moments(period: Period) -> tuple[dt.datetime, dt.datetime]:
    """Return the first moment of the period and the first moment after it."""
    zone = timezone.get_current_timezone()
    after = period.end + dt.timedelta(days=1)
    return dt.datetime.combine(period.start, dt.time(), zone), dt.datetime.combine(after, dt.time(), zone)


def during(field: str, period: Period) -> Q:
    """The condition that a moment lies in the period."""
    since, until = moments(period)
    return Q(**{f"{field}__gte": since, f"{field}__lt": until})


def months_of(period: Period) -> list[str]:
    """Return the months that the period touches, like "2026-07"."""
    first, last = period.start.year * 12 + period.start.month - 1, period.end.year * 12 + period.end.month - 1
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]


def _tally(queryset: QuerySet[Any], *fields: str) -> list[Counter[Any]]:
    """Count the rows by each of the fields, in one query."""
    tallies: list[Counter[Any]] = [Counter() for _field in fields]
    for *values, count in queryset.order_by().values_list(*fields).annotate(rows=Count("pk")):
        for tally, value in zip(tallies, values, strict=True):
            tally[value] += count
    return tallies


def _named(tally: Counter[Any], choices: Iterable[tuple[Any, Any]]) -> dict[str, int]:
    """Give every choice its count, also 0, under the name that is on screen."""
    return {str(label): tally[value] for value, label in choices}


def _monthly(tally: Counter[Any], period: Period) -> dict[str, int]:
    found: Counter[str] = Counter()
    for moment, count in tally.items():
        found[f"{moment:%Y-%m}"] += count
    return {month: found[month] for month in months_of(period)}


def _total(tally: Counter[Any]) -> int:
    return sum(tally.values())


def _figure(count: int, **divisions: dict[str, int]) -> MeasureValue:
    return MeasureValue(value=count, count=count, **divisions)


def cases_opened(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Cases that were opened in the period."""
    cases = Case.objects.filter(during("opened_at", period), neighbourhood_id=neighbourhood_id)
    kinds, months = _tally(cases.annotate(month=TruncMonth("opened_at")), "kind", "month")
    return _figure(_total(kinds), parts=_named(kinds, CaseKind.choices), months=_monthly(months, period))


def cases_closed(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Cases that were closed in the period and are closed still."""
    cases = Case.objects.filter(during("closed_at", period), neighbourhood_id=neighbourhood_id)
    (outcomes,) = _tally(cases, "outcome")
    return _figure(_total(outcomes), parts=_named(outcomes, CaseOutcome.choices))


def households_reached(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Different households with whom somebody spoke."""
    contacts = [kind.code for kind in timeline_kinds if kind.is_contact]
    spoken = Visit.objects.filter(
        during("visited_at", period),
        case=OuterRef("pk"),
        state=VisitState.DONE,
        result__in=[VisitResult.MET, VisitResult.CUT_SHORT],
    )
    contacted = EntryEnvelope.objects.filter(
        during("occurred_at", period),
        case=OuterRef("pk"),
        kind__in=contacts,
        saw_family=True,
        superseded_by__isnull=True,
    )
    cases = Case.objects.filter(
        Exists(spoken) | Exists(contacted), neighbourhood_id=neighbourhood_id, household__isnull=False
    )
    return _figure(cases.aggregate(count=Count("household", distinct=True))["count"])


def visits_done(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Home visits by how they went."""
    visits = Visit.objects.filter(
        during("visited_at", period), case__neighbourhood_id=neighbourhood_id, state=VisitState.DONE
    )
    results, months = _tally(visits.annotate(month=TruncMonth("visited_at")), "result", "month")
    return _figure(
        _total(results), parts=_named(results, VisitResult.choices), months=_monthly(months, period)
    )


def days_to_first_visit(neighbourhood_id: int, period: Period) -> MeasureValue:
    """The median number of days between a signal and the first home visit, for first visits in the period."""
    reported = TruncDate("radar_entry__reported_at")
    cases = (
        Case.objects.filter(
            neighbourhood_id=neighbourhood_id, radar_entry__isnull=False, visits__state=VisitState.DONE
        )
        .values("pk", "radar_entry__reported_at")
        .annotate(first_visit=Min("visits__visited_at"))
        .filter(during("first_visit", period))
        .annotate(waited=Greatest(TruncDate("first_visit"), reported) - reported)
    )
    found = cases.aggregate(median=Median("waited"), count=Count("pk"))
    days = None if found["median"] is None else found["median"] / dt.timedelta(days=1)
    return MeasureValue(value=days, count=found["count"])


def trust_changes(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Household cases that were open in the period: did the trust stage rise, fall or stay equal over it?"""
    since, until = moments(period)
    cases = Case.objects.filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=since),
        neighbourhood_id=neighbourhood_id,
        kind=CaseKind.HOUSEHOLD,
        opened_at__lt=until,
    )
    changed = (
        TrustChange.objects.filter(during("changed_at", period), case__in=cases)
        .values("case")
        .annotate(
            stages_before=ArrayAgg("from_stage", order_by=("changed_at", "pk")),
            stages_after=ArrayAgg("to_stage", order_by=("-changed_at", "-pk")),
        )
        .annotate(before=F("stages_before__0"), after=F("stages_after__0"))
    )
    found = changed.aggregate(
        rose=Count("case", filter=Q(after__gt=F("before"))),
        fell=Count("case", filter=Q(after__lt=F("before"))),
    )
    count = cases.count()
    parts = {
        _("gestegen"): found["rose"],
        _("gelijk gebleven"): count - found["rose"] - found["fell"],
        _("gedaald"): found["fell"],
    }
    return MeasureValue(value=None, count=count, parts=parts)


def boundaries(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Boundaries that stood at some moment of the period: standing still at its end, or lifted with agreement."""
    since, until = moments(period)
    standing = Boundary.objects.filter(
        Q(lifted_at__isnull=True) | Q(lifted_at__gte=since),
        case__neighbourhood_id=neighbourhood_id,
        set_at__lt=until,
    )
    found = standing.aggregate(count=Count("pk"), lifted=Count("pk", filter=Q(lifted_at__lt=until)))
    parts = {
        _("staat nog, gerespecteerd"): found["count"] - found["lifted"],
        _("opgeheven met akkoord"): found["lifted"],
    }
    return _figure(found["count"], parts=parts)


def boundary_refusals(neighbourhood_id: int, period: Period) -> MeasureValue:
    """How many times the program stopped something because of a boundary."""
    refusals = EntryEnvelope.objects.filter(
        during("occurred_at", period),
        case__neighbourhood_id=neighbourhood_id,
        kind="cases.boundary_refusal",
        superseded_by__isnull=True,
    )
    return _figure(refusals.count())


def radar_signals(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Signals of the period by where they came from, and by what had become of them at its end."""
    until = moments(period)[1]
    signals = RadarEntry.objects.filter(
        during("reported_at", period), neighbourhood_id=neighbourhood_id
    ).annotate(
        state_then=SqlCase(
            When(decided_at__gte=until, then=Value(RadarState.NEW.value)),
            default=F("state"),
            output_field=CharField(),
        )
    )
    states, sources = _tally(signals, "state_then", "source")
    return _figure(
        _total(states), parts=_named(states, RadarState.choices), groups=_named(sources, RadarSource.choices)
    )


def radar_lapses(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Signals that lapsed: deleted, only counted by month and reason."""
    counted = RadarLapse.objects.filter(
        neighbourhood_id=neighbourhood_id, month__range=(period.start, period.end)
    )
    reasons: Counter[Any] = Counter()
    for reason, count in counted.values_list("reason", "count"):
        reasons[reason] += count
    return _figure(_total(reasons), parts=_named(reasons, RadarReason.choices))


def help_requests(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Questions to services of which the answer was due in the period: on time, late, or not yet answered."""
    asked = (
        HelpRequest.objects.filter(
            neighbourhood_id=neighbourhood_id, due_on__range=(period.start, period.end)
        )
        .exclude(state=HelpRequestState.WITHDRAWN)
        .annotate(answered_on=TruncDate("answered_at"))
    )
    found = asked.aggregate(
        count=Count("pk"),
        on_time=Count("pk", filter=Q(answered_on__lte=F("due_on"))),
        late=Count("pk", filter=Q(answered_on__gt=F("due_on"))),
    )
    parts = {
        _("op tijd beantwoord"): found["on_time"],
        _("te laat beantwoord"): found["late"],
        _("nog geen antwoord"): found["count"] - found["on_time"] - found["late"],
    }
    return MeasureValue(value=None, count=found["count"], parts=parts)


def reviews_held(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Weekly reviews that were held and closed."""
    reviews = Review.objects.filter(
        neighbourhood_id=neighbourhood_id,
        held_on__range=(period.start, period.end),
        state=ReviewState.CLOSED,
    )
    (months,) = _tally(reviews.annotate(month=TruncMonth("held_on")), "month")
    return _figure(_total(months), months=_monthly(months, period))


def obstacles(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Obstacles that stood in the way at some moment of the period, by how they stood at its end."""
    found = Obstacle.objects.filter(
        Q(resolved_on__isnull=True) | Q(resolved_on__gte=period.start),
        neighbourhood_id=neighbourhood_id,
        reported_at__lt=moments(period)[1],
    ).annotate(
        state_then=SqlCase(
            When(resolved_on__gt=period.end, then=Value(ObstacleState.RAISED.value)),
            default=F("state"),
            output_field=CharField(),
        )
    )
    (states,) = _tally(found, "state_then")
    return _figure(_total(states), parts=_named(states, ObstacleState.choices))


def cases_blocked(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Different cases that an obstacle blocked at some moment of the period."""
    blocked = ObstacleCase.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=period.start),
        case__neighbourhood_id=neighbourhood_id,
        since_on__lte=period.end,
    )
    return _figure(blocked.aggregate(count=Count("case", distinct=True))["count"])


def _interventions(goal: Goal, neighbourhood_id: int, period: Period) -> QuerySet[Intervention]:
    """Interventions for a goal that existed at some moment of the period, with their state at its end."""
    ended = Q(state__in=[InterventionState.DONE, InterventionState.STOPPED])
    state_then = SqlCase(
        When(ended & Q(ended_on__lte=period.end), then=F("state")),
        When(started_on__lte=period.end, then=Value(InterventionState.RUNNING.value)),
        When(
            state=InterventionState.RUNNING,
            started_on__isnull=True,
            then=Value(InterventionState.RUNNING.value),
        ),
        When(planned_on__isnull=False, then=Value(InterventionState.PLANNED.value)),
        default=Value(InterventionState.PROPOSED.value),
        output_field=CharField(),
    )
    return Intervention.objects.annotate(
        known_from=Least(TruncDate("created_at"), "planned_on", "started_on"), state_then=state_then
    ).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=period.start),
        neighbourhood_id=neighbourhood_id,
        instrument__goal=goal,
        known_from__lte=period.end,
    )


def interventions(goal: Goal, neighbourhood_id: int, period: Period) -> MeasureValue:
    """Interventions for a goal by state, and by sub-goal."""
    states, sub_goals = _tally(
        _interventions(goal, neighbourhood_id, period), "state_then", "instrument__sub_goal"
    )
    groups = {name or _("niet ingedeeld"): sub_goals[name] for name in sorted(sub_goals)}
    return _figure(_total(states), parts=_named(states, InterventionState.choices), groups=groups)


def cases_with_intervention(goal: Goal, neighbourhood_id: int, period: Period) -> MeasureValue:
    """Different cases that had an intervention for a goal."""
    found = _interventions(goal, neighbourhood_id, period)
    return _figure(found.aggregate(count=Count("case", distinct=True))["count"])


def _of_goal(
    count: Callable[[Goal, int, Period], MeasureValue], goal: Goal
) -> Callable[[int, Period], MeasureValue]:
    return partial(count, goal)


_t = gettext_lazy
_CASES = _t("dossiers")

MEASURES = (
    Measure(
        "cases.opened",
        _t("Dossiers geopend"),
        _t("Dossiers die in de periode geopend werden, van een gezin of van een pand."),
        "",
        "how_much",
        _CASES,
        _t("alle dossiers van de wijk"),
        "",
        cases_opened,
        area="families",
        parts_label=_t("soort"),
        headlines=("",),
        source=_t("dossiers"),
    ),
    Measure(
        "cases.closed",
        _t("Dossiers afgesloten"),
        _t(
            "Dossiers die in de periode afgesloten werden, volgens hoe het afliep. Een dossier dat later heropend "
            "werd, telt niet mee."
        ),
        "",
        "better_off",
        _CASES,
        _t("alle dossiers van de wijk"),
        "",
        cases_closed,
        area="families",
        parts_label=_t("uitkomst"),
        source=_t("dossiers"),
    ),
    Measure(
        "households.reached",
        _t("Gezinnen gesproken"),
        _t(
            "Verschillende gezinnen met een dossier met wie iemand van het team in de periode sprak: bij een "
            "huisbezoek, ook als dat afgebroken werd, of bij een ander contact. Elk gezin telt één keer."
        ),
        "",
        "how_much",
        _t("gezinnen"),
        _t("gezinnen met een dossier"),
        "up",
        households_reached,
        area="families",
        headlines=("",),
        source=_t("huisbezoeken en contacten op de tijdlijn"),
    ),
    Measure(
        "visits.done",
        _t("Huisbezoeken"),
        _t(
            "Huisbezoeken die in de periode gebeurd zijn, volgens hoe ze liepen. Ook wie niemand thuis vond, ging "
            "op bezoek. Geplande bezoeken tellen niet mee."
        ),
        "",
        "how_much",
        _t("bezoeken"),
        _t("huisbezoeken in dossiers van de wijk"),
        "up",
        visits_done,
        area="families",
        parts_label=_t("verloop"),
        source=_t("huisbezoeken"),
    ),
    Measure(
        "visits.days_to_first",
        _t("Dagen tot het eerste bezoek"),
        _t(
            "Dagen tussen het signaal op de radar en het eerste huisbezoek, voor dossiers die hun eerste bezoek in "
            "de periode kregen. Dit is de mediaan: de helft kreeg vroeger bezoek, de helft later."
        ),
        "",
        "how_well",
        _t("dagen"),
        _t("dossiers die van de radar komen en in de periode hun eerste bezoek kregen"),
        "down",
        days_to_first_visit,
        form="median",
        area="families",
        source=_t("radar en huisbezoeken"),
    ),
    Measure(
        "trust.change",
        _t("Vertrouwen gestegen"),
        _t(
            "Het aandeel gezinsdossiers waarin het vertrouwen aan het einde van de periode hoger stond dan aan het "
            "begin, van alle gezinsdossiers die in de periode liepen. Het vertrouwen heeft vijf trappen, van "
            "“kent ons” tot “staat er zelf”."
        ),
        "",
        "better_off",
        "%",
        _t("gezinsdossiers die in de periode liepen"),
        "up",
        trust_changes,
        form="share",
        share_of=_t("gestegen"),
        area="families",
        parts_label=_t("verandering"),
        headlines=("",),
        source=_t("vertrouwen in het dossier"),
    ),
    Measure(
        "boundaries.standing",
        _t("Grenzen van gezinnen"),
        _t(
            "Grenzen die een gezin stelde en die in de periode golden: wat staat nog, en wat werd met het akkoord "
            "van het gezin opgeheven. Opheffen zonder akkoord kan niet."
        ),
        "",
        "how_well",
        _t("grenzen"),
        _t("grenzen in dossiers van de wijk"),
        "",
        boundaries,
        area="families",
        parts_label=_t("stand"),
        source=_t("afspraken met het gezin"),
    ),
    Measure(
        "boundaries.refusals",
        _t("Keren dat een grens iets tegenhield"),
        _t("Hoe vaak het programma in de periode iets weigerde omdat een gezin dat niet wilde."),
        "",
        "how_well",
        _t("keren"),
        _t("dossiers van de wijk"),
        "",
        boundary_refusals,
        area="families",
        source=_t("tijdlijn"),
    ),
    Measure(
        "radar.signals",
        _t("Signalen op de radar"),
        _t(
            "Signalen die in de periode binnenkwamen, volgens waar ze vandaan komen en wat ervan geworden was op de "
            "laatste dag van de periode. Signalen die vervielen zijn gewist en staan apart."
        ),
        "",
        "how_much",
        _t("signalen"),
        _t("signalen over de wijk"),
        "",
        radar_signals,
        area="together",
        parts_label=_t("gevolg"),
        groups_label=_t("herkomst"),
        headlines=("",),
        source=_t("radar"),
    ),
    Measure(
        "radar.lapsed",
        _t("Signalen die vervielen"),
        _t(
            "Signalen waarover niemand op tijd besliste. Ze zijn gewist; alleen de reden wordt per maand geteld. "
            "Een maand telt mee als haar eerste dag in de periode ligt."
        ),
        "",
        "how_well",
        _t("signalen"),
        _t("signalen over de wijk"),
        "down",
        radar_lapses,
        area="together",
        parts_label=_t("reden"),
        source=_t("radar"),
    ),
    Measure(
        "help_requests.on_time",
        _t("Vragen aan diensten op tijd beantwoord"),
        _t(
            "Het aandeel vragen aan diensten dat uiterlijk op de afgesproken dag beantwoord werd, van alle vragen "
            "waarvan die dag in de periode lag. Ingetrokken vragen tellen niet mee."
        ),
        "",
        "how_well",
        "%",
        _t("vragen aan diensten met een antwoorddag in de periode"),
        "up",
        help_requests,
        form="share",
        share_of=_t("op tijd beantwoord"),
        area="together",
        parts_label=_t("antwoord"),
        headlines=("",),
        source=_t("vragen aan diensten"),
    ),
    Measure(
        "reviews.held",
        _t("Kernteamoverleg"),
        _t("Hoe vaak het kernteam in de periode samenzat, geteld als het overleg afgerond is."),
        "",
        "how_much",
        _t("keer"),
        _t("overleggen van het kernteam"),
        "up",
        reviews_held,
        area="together",
        headlines=("",),
        counts_people=False,
        source=_t("overleg"),
    ),
    Measure(
        "obstacles.state",
        _t("Hinderpalen"),
        _t(
            "Regels en gewoontes die in de periode een dossier in de weg stonden, volgens hoe het ermee stond op de "
            "laatste dag. Wat pas na de periode opgelost werd, staat hier als aangekaart."
        ),
        "",
        "how_well",
        _t("hinderpalen"),
        _t("hinderpalen van de wijk"),
        "",
        obstacles,
        area="together",
        parts_label=_t("stand"),
        counts_people=False,
        source=_t("hinderpalen"),
    ),
    Measure(
        "obstacles.cases",
        _t("Dossiers die vastliepen op een hinderpaal"),
        _t("Verschillende dossiers die op een dag van de periode door een hinderpaal vastzaten."),
        "",
        "how_well",
        _CASES,
        _t("alle dossiers van de wijk"),
        "down",
        cases_blocked,
        area="together",
        source=_t("hinderpalen"),
    ),
    *(
        Measure(
            f"interventions.{goal.value}",
            _t("Acties"),
            _t(
                "Acties voor deze doelstelling die in de periode bestonden, volgens hun stand op de laatste dag van "
                "de periode en volgens het onderdeel van het programma."
            ),
            goal.value,
            "how_much",
            _t("acties"),
            _t("acties van alle organisaties in de wijk"),
            "",
            _of_goal(interventions, goal),
            parts_label=_t("stand"),
            groups_label=_t("onderdeel"),
            headlines=("", InterventionState.DONE.label),
            source=_t("acties"),
        )
        for goal in Goal
    ),
    *(
        Measure(
            f"interventions.{goal.value}.cases",
            _t("Dossiers met een actie"),
            _t(
                "Verschillende dossiers waarvoor in de periode een actie voor deze doelstelling bestond. Acties voor "
                "de hele wijk horen bij geen dossier en tellen hier niet mee."
            ),
            goal.value,
            "how_much",
            _CASES,
            _t("alle dossiers van de wijk"),
            "up",
            _of_goal(cases_with_intervention, goal),
            headlines=("",),
            source=_t("acties"),
        )
        for goal in Goal
    ),
)
