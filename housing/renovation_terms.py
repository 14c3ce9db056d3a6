"""The next dates of renovations, as terms of the cases that they are about. One query."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arsenaal.lib.registries import Term, TermSource
from housing.models import Renovation


def next_dates(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Renovations that go on and have a next date up to a day; what has passed is included."""
    rows = (
        Renovation.objects.going_on()
        .filter(case__in=case_ids, next_on__lte=until)
        .select_related("coach")
        .order_by("next_on", "pk")
    )
    return [
        Term(
            due_on=renovation.next_on,
            label=renovation.next_step or _("Volgende stap van de renovatie"),
            source=_("renovatie"),
            holder=str(renovation.coach),
            case_id=renovation.case_id,
            url=renovation.get_absolute_url(),
            consequence=_("noteer hoe het staat, en kies een nieuwe datum"),
        )
        for renovation in rows
        if renovation.next_on
    ]


TERM_SOURCES = (
    TermSource(
        "housing.renovations",
        gettext_lazy("Renovaties"),
        next_dates,
        gettext_lazy("volgende stap van een renovatie"),
    ),
)
