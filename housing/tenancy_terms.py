"""Days with consequences in tenant tracks, in words that give nothing of rights or debts away."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import CharField, F, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arsenaal.lib.registries import Term, TermSource
from housing.models import EvictionFundFile, RightClaim, SupportEvaluation, TenantTrack
from housing.tenancy_enums import FundState, GuidanceState, RightState


def _rows(rows: QuerySet[object], what: str, day: str, track: str) -> QuerySet[object]:
    return (
        rows.order_by()
        .annotate(what=Value(what, output_field=CharField()), due=F(day), of=F(f"{track}pk"))
        .values_list("what", "due", "of")
    )


def tenancy_terms(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Evaluations to hold, appeals that are still possible, payments to make; two queries for all of them."""
    appeals = RightClaim.objects.filter(
        track__case__in=case_ids, is_struck=False, state=RightState.REFUSED, appeal_until__lte=until
    )
    evaluations = SupportEvaluation.objects.filter(
        support__track__case__in=case_ids,
        support__state=GuidanceState.RUNNING,
        support__is_struck=False,
        is_struck=False,
        done_on__isnull=True,
        planned_on__lte=until,
    )
    payments = EvictionFundFile.objects.filter(
        track__case__in=case_ids,
        is_struck=False,
        state__in=[FundState.SIGNED, FundState.ASKED],
        pay_until__lte=until,
    )
    found = list(
        _rows(appeals, "appeal", "appeal_until", "track__").union(
            _rows(evaluations, "evaluation", "planned_on", "support__track__"),
            _rows(payments, "payment", "pay_until", "track__"),
            all=True,
        )
    )
    if not found:
        return []
    tracks = TenantTrack.objects.select_related("worker").in_bulk({of for _what, _due, of in found})
    words = {
        "appeal": (
            _("Huurbegeleiding: laatste dag voor beroep"),
            _("beslissing van de dienst"),
            _("ga in beroep, of spreek af dat jullie het laten"),
        ),
        "evaluation": (
            _("Huurbegeleiding: evaluatie"),
            _("afspraak met het gezin"),
            _("kijk samen hoe het gaat, en schrijf het op"),
        ),
        "payment": (
            _("Huurbegeleiding: laatste dag om te betalen"),
            _("huurbegeleiding"),
            _("kijk na of er betaald is"),
        ),
    }
    return [
        Term(
            due_on=due,
            label=words[what][0],
            source=words[what][1],
            holder=str(tracks[of].worker),
            case_id=tracks[of].case_id,
            url=tracks[of].get_absolute_url(),
            consequence=words[what][2],
        )
        for what, due, of in sorted(found, key=lambda row: (row[1], row[0], row[2]))
        if of in tracks
    ]


TERM_SOURCES = (TermSource("housing.tenancy", gettext_lazy("Huurbegeleiding"), tenancy_terms),)
