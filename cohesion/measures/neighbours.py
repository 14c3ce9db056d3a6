"""Figures about living-room visits and stories."""

from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from arsenaal.lib.registries import Measure, MeasureValue, Period
from cohesion.enums import StoryUse
from cohesion.models import LivingRoomVisit, Story
from cohesion.models.living_room import LivingRoomQuerySet


def _visits(neighbourhood_id: int, period: Period) -> LivingRoomQuerySet:
    return LivingRoomVisit.objects.standing().filter(
        neighbourhood_id=neighbourhood_id, visited_on__range=(period.start, period.end)
    )


def living_room_visits(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Visits, by month."""
    months: dict[str, int] = {}
    by_day = (
        _visits(neighbourhood_id, period).order_by("visited_on").values("visited_on").annotate(n=Count("pk"))
    )
    for row in by_day.values_list("visited_on", "n"):
        month = f"{row[0]:%Y-%m}"
        months[month] = months.get(month, 0) + row[1]
    count = sum(months.values())
    return MeasureValue(value=count, count=count, months=months)


def residents_reached(neighbourhood_id: int, period: Period) -> MeasureValue:
    """People spoken to, by street."""
    rows = (
        _visits(neighbourhood_id, period).order_by("street").values("street").annotate(n=Sum("people_count"))
    )
    streets: dict[str, int] = {}
    for street, count in rows.values_list("street", "n"):
        streets[street] = streets.get(street, 0) + count
    total = sum(streets.values())
    return MeasureValue(value=total, count=total, groups=streets)


def stories_told(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Stories told in the period that their tellers still let us tell."""
    today = timezone.localdate()
    told = Story.objects.filter(
        neighbourhood_id=neighbourhood_id, first_published_on__range=(period.start, period.end)
    )
    shown = Story.objects.shown(StoryUse.PUBLIC, today) | Story.objects.shown(StoryUse.REPORT, today)
    count = told.filter(pk__in=shown.values("pk")).count()
    return MeasureValue(value=count, count=count)


NEIGHBOUR_MEASURES = (
    Measure(
        "living_room.visits",
        _("Huiskamerbezoeken"),
        _("Bezoeken in de periode aan bewoners thuis, zonder dossier, om te horen hoe het hier wonen is."),
        Goal.COHESION.value,
        "how_much",
        _("bezoeken"),
        _("huiskamerbezoeken die niet geschrapt zijn"),
        "up",
        living_room_visits,
        source=_("huiskamerbezoeken"),
    ),
    Measure(
        "living_room.residents",
        _("Bewoners bereikt met huiskamerbezoeken"),
        _(
            "Mensen met wie in de periode gesproken werd bij een huiskamerbezoek, per straat. Wie twee keer "
            "bezocht werd, telt twee keer."
        ),
        Goal.COHESION.value,
        "how_much",
        _("bewoners"),
        _("mensen die thuis waren bij een huiskamerbezoek"),
        "up",
        residents_reached,
        groups_label=_("straat"),
        source=_("huiskamerbezoeken"),
    ),
    Measure(
        "stories.told",
        _("Verhalen van bewoners"),
        _(
            "Verhalen die in de periode voor het eerst verteld werden en die de vertellers nu nog laten zien. Wie zijn "
            "verhaal intrekt, telt niet meer mee."
        ),
        Goal.COHESION.value,
        "how_much",
        _("verhalen"),
        _("verhalen met een toestemming die geldt op de dag dat dit rapport gemaakt werd"),
        "up",
        stories_told,
        source=_("verhalen"),
    ),
)
