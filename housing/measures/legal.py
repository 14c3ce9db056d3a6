"""What the civil track can count: what came of claims, for how many households, and which rules stood in the way."""

from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from arsenaal.lib.registries import Measure, MeasureValue, Period
from cases.measures import moments
from cases.models import Obstacle
from housing.enums_legal import CLAIM_DECIDED, ClaimState
from housing.models import Claim, LegalTenant


def _decided(neighbourhood_id: int, period: Period) -> Q:
    return Q(
        tenant__legal_file__neighbourhood_id=neighbourhood_id,
        state__in=CLAIM_DECIDED,
        decided_on__range=(period.start, period.end),
    )


def claims_decided(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Claims that were decided or settled in the period, by outcome."""
    found = dict(
        Claim.objects.filter(_decided(neighbourhood_id, period))
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    parts = {str(ClaimState(state).label): found.get(state, 0) for state in CLAIM_DECIDED}
    count = sum(parts.values())
    return MeasureValue(value=count, count=count, parts=parts)


def rent_recovered(neighbourhood_id: int, period: Period) -> MeasureValue:
    """What households got back or no longer have to pay, in euro; it rests on so many households."""
    totals = Claim.objects.filter(_decided(neighbourhood_id, period), recovered__gt=0).aggregate(
        total=Sum("recovered"), households=Count("tenant__case", distinct=True)
    )
    return MeasureValue(value=float(totals["total"] or Decimal(0)), count=totals["households"])


def households_with_file(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Households that took part in a legal file on some day of the period."""
    since, until = moments(period)
    tenants = LegalTenant.objects.filter(
        Q(left_at__isnull=True) | Q(left_at__gte=since),
        Q(legal_file__closed_at__isnull=True) | Q(legal_file__closed_at__gte=since),
        legal_file__neighbourhood_id=neighbourhood_id,
        joined_at__lt=until,
    )
    count = tenants.aggregate(n=Count("case__household", distinct=True))["n"]
    return MeasureValue(value=count, count=count)


def obstacles_met(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Different obstacles that blocked a case with a legal file in the period."""
    count = Obstacle.objects.filter(
        Q(blocked__until_on__isnull=True) | Q(blocked__until_on__gte=period.start),
        blocked__case__legal_tenancies__joined_at__lt=moments(period)[1],
        blocked__since_on__lte=period.end,
        neighbourhood_id=neighbourhood_id,
    ).aggregate(count=Count("pk", distinct=True))["count"]
    return MeasureValue(value=count, count=count)


LEGAL_MEASURES = (
    Measure(
        "legal.claims",
        _("Vorderingen beslist"),
        _(
            "Vorderingen van huurders waarover in de periode beslist is door de rechter, of die geregeld zijn in der "
            "minne, volgens uitkomst. Wie drie dingen vraagt, telt drie keer."
        ),
        Goal.HOUSING.value,
        "how_much",
        _("vorderingen"),
        _("vorderingen waarover beslist is"),
        "up",
        claims_decided,
        parts_label=_("uitkomst"),
        source=_("juridische dossiers"),
    ),
    Measure(
        "legal.recovered",
        _("Huur teruggekregen of verminderd"),
        _(
            "Wat gezinnen terugkregen, of niet meer moeten betalen, door vorderingen waarover in de periode beslist "
            "is. Alleen wat echt ontvangen of kwijtgescholden is, telt mee."
        ),
        Goal.HOUSING.value,
        "better_off",
        _("euro"),
        _("gezinnen"),
        "up",
        rent_recovered,
        form="sum",
        source=_("juridische dossiers"),
    ),
    Measure(
        "legal.households",
        _("Huurders met een juridisch dossier"),
        _(
            "Verschillende gezinnen die op minstens één dag van de periode meededen aan een juridisch dossier tegen "
            "hun verhuurder."
        ),
        Goal.HOUSING.value,
        "how_much",
        _("gezinnen"),
        _("gezinnen met een juridisch dossier"),
        "up",
        households_with_file,
        source=_("juridische dossiers"),
    ),
    Measure(
        "legal.obstacles",
        _("Hinderpalen in juridische dossiers"),
        _("Verschillende hinderpalen die in de periode een gezin met een juridisch dossier tegenhielden."),
        Goal.HOUSING.value,
        "how_well",
        _("hinderpalen"),
        _("hinderpalen bij gezinnen met een juridisch dossier"),
        "down",
        obstacles_met,
        counts_people=False,
        source=_("hinderpalen en juridische dossiers"),
    ),
)
