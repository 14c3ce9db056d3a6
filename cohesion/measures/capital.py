"""Figures about what neighbours do for each other."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from arsenaal.lib.registries import Measure, MeasureValue, Period
from cohesion.capital_enums import MATCH_OVER, MatchState, Side
from cohesion.models import CapitalEntry, CapitalMatch


def capital_noted(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Offers and asks that were written down in the period."""
    rows = CapitalEntry.objects.filter(
        neighbourhood_id=neighbourhood_id, noted_at__date__range=(period.start, period.end)
    )
    counted = dict(rows.values_list("side").annotate(Count("pk")).order_by())
    parts = {str(_("aanbod")): counted.get(Side.OFFER, 0), str(_("vragen")): counted.get(Side.ASK, 0)}
    total = sum(parts.values())
    return MeasureValue(value=total, count=total, parts=parts if total else {})


def matches_made(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Neighbours who were introduced to each other in the period."""
    count = CapitalMatch.objects.filter(
        neighbourhood_id=neighbourhood_id, introduced_on__range=(period.start, period.end)
    ).count()
    return MeasureValue(value=count, count=count)


def matches_worked(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Of the matches that were over in the period, those that worked; only between people who met."""
    rows = CapitalMatch.objects.filter(
        neighbourhood_id=neighbourhood_id,
        state__in=MATCH_OVER,
        introduced_on__isnull=False,
        ended_on__range=(period.start, period.end),
    )
    counted = dict(rows.values_list("state").annotate(Count("pk")).order_by())
    parts = {
        str(_("lukte")): counted.get(MatchState.ENDED, 0),
        str(_("lukte niet")): counted.get(MatchState.FAILED, 0),
    }
    total = sum(parts.values())
    return MeasureValue(value=None, count=total, parts=parts if total else {})


CAPITAL_MEASURES = (
    Measure(
        "capital.noted",
        _("Aanbod en vragen van buren"),
        _("Wat buren in de periode aanboden of vroegen: iets kunnen, tijd, plaats, materiaal of taal."),
        Goal.COHESION.value,
        "how_much",
        _("keer aanbod of vraag"),
        _("aanbiedingen en vragen die opgeschreven zijn"),
        "up",
        capital_noted,
        parts_label=_("aanbod of vraag"),
        source=_("aanbod en vragen"),
    ),
    Measure(
        "capital.matches",
        _("Buren die elkaar leerden kennen"),
        _(
            "Matches tussen een aanbod en een vraag waarbij beide buren in de periode met elkaar in contact kwamen."
        ),
        Goal.COHESION.value,
        "how_much",
        _("matches"),
        _("matches tussen buren"),
        "up",
        matches_made,
        source=_("aanbod en vragen"),
    ),
    Measure(
        "capital.worked",
        _("Matches die lukten"),
        _(
            "Van de matches die in de periode afliepen en waarbij beiden elkaar leerden kennen: hoeveel er lukten."
        ),
        Goal.COHESION.value,
        "better_off",
        _("van de matches"),
        _("matches die afgelopen zijn"),
        "up",
        matches_worked,
        form="share",
        share_of=_("lukte"),
        parts_label=_("afloop"),
        source=_("aanbod en vragen"),
    ),
)
