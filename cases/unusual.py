"""Rules that find unusual looks by what is known of a case: a colleague's family, an own street, a team that was left.

They go over all cases, whoever asks: they run in the background and tell the privacy officer a number, never a name.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from accounts.models import AccessEvent, HomeStreet
from arsenaal.lib.registries import Finding, UnusualRule, case_facts
from cases.models import Case, CaseMember, ColleagueFamily


def street_of(address: str) -> str:
    """Return the street of an address as it compares: "Stationsstraat 12 bus 3" and "stationsstraat" are the same."""
    words = []
    for word in address.replace(",", " ").casefold().split():
        if word[0].isdigit():
            break
        words.append(word)
    return " ".join(words)


def _by_day(since: dt.datetime, until: dt.datetime) -> QuerySet[AccessEvent, dict[str, Any]]:
    """The looks at cases, per colleague, case and day."""
    return (
        AccessEvent.objects.granted()
        .filter(looked_at__gte=since, looked_at__lte=until, case_id__isnull=False)
        .annotate(day=TruncDate("looked_at"))
        .values("user_id", "case_id", "case_number", "neighbourhood_id", "day")
        .annotate(n=Count("pk"), first=Min("looked_at"), last=Max("looked_at"))
        .order_by()
    )


def _on_team() -> Exists:
    """The colleague of the outer look was on the team of its case that day."""
    return Exists(
        CaseMember.objects.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=OuterRef("day")),
            case_id=OuterRef("case_id"),
            user=OuterRef("user"),
            from_on__lte=OuterRef("day"),
        )
    )


def _findings(rows: Iterable[dict[str, Any]]) -> list[Finding]:
    return [
        Finding(
            f"{row['user_id']}:{row['case_id']}:{row['day']}",
            row["user_id"],
            row["neighbourhood_id"],
            row["first"],
            row["last"],
            row["n"],
            row["case_id"],
            row["case_number"],
        )
        for row in rows
    ]


def colleague_family(since: dt.datetime, until: dt.datetime) -> Sequence[Finding]:
    """Looks at a case that is flagged as that of a colleague's family."""
    flagged = ColleagueFamily.objects.values("case_id")
    return _findings(_by_day(since, until).filter(~_on_team(), case_id__in=flagged))


def left_team(since: dt.datetime, until: dt.datetime) -> Sequence[Finding]:
    """Looks at a case by who left its team before."""
    left = CaseMember.objects.filter(
        case_id=OuterRef("case_id"), user=OuterRef("user"), until_on__lt=OuterRef("day")
    )
    return _findings(_by_day(since, until).filter(~_on_team(), Exists(left)))


def own_street(since: dt.datetime, until: dt.datetime) -> Sequence[Finding]:
    """Looks at a case in the street where the colleague lives himself, as far as he or the administrator told.

    Its lead was chosen for it; the rest of the team is on every case of the neighbourhood, so for them it is told.
    """
    streets = {home.user_id: street_of(home.street) for home in HomeStreet.objects.all()}
    leads = Exists(Case.objects.filter(pk=OuterRef("case_id"), lead=OuterRef("user")))
    rows = list(_by_day(since, until).filter(~leads, user_id__in=streets))
    case_ids = sorted({row["case_id"] for row in rows})
    known: dict[int, set[str]] = {pk: set() for pk in case_ids}
    for fact in case_facts:
        if case_ids and fact.code.endswith(".address"):
            for case_id, address in fact.fetch(case_ids).items():
                known[case_id].add(street_of(address))
    return _findings(row for row in rows if streets[row["user_id"]] in known[row["case_id"]] - {""})


RULES = (
    UnusualRule("cases.colleague_family", _("familie van een collega"), colleague_family),
    UnusualRule("cases.own_street", _("eigen straat"), own_street),
    UnusualRule("cases.left_team", _("niet meer in het team"), left_team),
)
