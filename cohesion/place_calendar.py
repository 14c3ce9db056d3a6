"""The calendar of the places of a neighbourhood: on which days somebody's care comes to an end."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Neighbourhood
from accounts.permissions import Permission
from arsenaal.lib.registries import CalendarItem, CalendarScope
from cohesion.models import CareAgreement
from cohesion.place_reading import care_words

CODE = "places"


def _title(user: Any, key: int) -> str | None:
    if key not in user.access.where(Permission.PLACES_READ):
        return None
    return _("Zorg voor de plekken in %(where)s") % {"where": Neighbourhood.objects.get(pk=key)}


def _no_cases(user: Any, key: int) -> list[int]:
    return []


def _care(user: Any, key: int, start: dt.date, end: dt.date) -> list[CalendarItem]:
    """One query; a feed that leaves the program names nobody."""
    rows = (
        CareAgreement.objects.visible_to(user)
        .standing()
        .filter(project__neighbourhood_id=key, until_on__range=(start, end))
        .select_related("project")
        .order_by("until_on", "pk")
    )
    return [
        CalendarItem(
            uid=f"care-{row.pk}",
            starts=row.until_on,
            what=care_words(row.project),
            plain=gettext_lazy("zorgafspraak van een plek"),
            icon="droplet",
            url=row.project.get_absolute_url(),
            who=row.carer,
        )
        for row in rows
    ]


SCOPE = CalendarScope(CODE, _title, _no_cases, _care, plain=gettext_lazy("Zorg voor de plekken"))
