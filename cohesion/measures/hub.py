"""Figures about the transition hub."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from arsenaal.lib.registries import Measure, MeasureValue, Period
from cohesion.hub_reading import HubFigures, figures
from cohesion.models import ActivityMoment


def _of(neighbourhood_id: int, period: Period) -> HubFigures:
    return figures(ActivityMoment.objects.filter(neighbourhood_id=neighbourhood_id), period.start, period.end)


def hub_visitors(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Visits to activities, by whether it was the first time."""
    found = _of(neighbourhood_id, period)
    return MeasureValue(
        value=found.visitors,
        count=found.visitors,
        parts={gettext("voor het eerst"): found.new, gettext("kwamen terug"): found.returning},
    )


def hub_activities(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Moments that went on and were counted."""
    found = _of(neighbourhood_id, period)
    return MeasureValue(value=found.held, count=found.held)


def helper_hours(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Hours that volunteers gave."""
    found = _of(neighbourhood_id, period)
    return MeasureValue(value=found.hours, count=found.helpers)


HUB_MEASURES = (
    Measure(
        "hub.visitors",
        _("Bezoekers van de transitiehub"),
        _(
            "Bezoeken aan activiteiten van de transitiehub in de periode, zoals geteld aan de deur. Wie twee keer "
            "komt, telt twee keer. Niemand wordt bij naam genoteerd."
        ),
        Goal.COHESION.value,
        "how_much",
        _("bezoeken"),
        _("activiteiten van de transitiehub die geteld zijn"),
        "up",
        hub_visitors,
        parts_label=_("eerste keer of niet"),
        headlines=("", _("voor het eerst")),
        source=_("transitiehub"),
    ),
    Measure(
        "hub.activities",
        _("Activiteiten in de transitiehub"),
        _("Momenten van activiteiten die in de periode doorgingen en geteld zijn."),
        Goal.COHESION.value,
        "how_much",
        _("activiteiten"),
        _("activiteiten van de transitiehub die geteld zijn"),
        "up",
        hub_activities,
        counts_people=False,
        source=_("transitiehub"),
    ),
    Measure(
        "hub.hours",
        _("Uren van vrijwilligers in de transitiehub"),
        _("Uren die vrijwilligers in de periode samen hielpen bij activiteiten van de transitiehub."),
        Goal.COHESION.value,
        "how_much",
        _("uren"),
        _("vrijwilligers bij activiteiten die geteld zijn"),
        "up",
        helper_hours,
        form="sum",
        source=_("transitiehub"),
    ),
)
