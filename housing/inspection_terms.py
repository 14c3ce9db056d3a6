"""Planned inspections as terms of the cases that they are about. One query."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arsenaal.lib.addresses import address_line
from arsenaal.lib.registries import Period, Term, TermSource
from cases.measures import moments
from housing.models import Inspection


def planned(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Inspections that are planned or begun up to a day, of the dwellings and blocks of these cases."""
    today = timezone.localdate()
    before = moments(Period(today, until))[1]
    waiting = Inspection.objects.waiting().filter(scheduled_at__lt=before)
    occupied = "dwelling__occupancies__"
    here = Q(**{f"{occupied}from_on__lte": today}) & (
        Q(**{f"{occupied}until_on__isnull": True}) | Q(**{f"{occupied}until_on__gte": today})
    )
    names = (
        "scheduled_at",
        "uuid",
        "state",
        "inspector__first_name",
        "inspector__last_name",
        "building__street",
        "building__house_number",
    )
    own = waiting.filter(here, **{f"{occupied}household__cases__in": case_ids}).values_list(
        f"{occupied}household__cases", *names, "dwelling__box"
    )
    of_block = waiting.filter(dwelling=None, building__case_buildings__case__in=case_ids).values_list(
        "building__case_buildings__case", *names, "dwelling__box"
    )
    return [
        Term(
            due_on=timezone.localtime(moment).date(),
            label=_("Onderzoek van %(where)s") % {"where": address_line(street, number, box or "")},
            source=_("conformiteitsonderzoek"),
            holder=f"{first} {last}".strip(),
            case_id=case_id,
            url=reverse("housing:inspection", args=[uuid]),
            consequence=_("plan een nieuw moment, of teken het verslag"),
        )
        for case_id, moment, uuid, _state, first, last, street, number, box in own.union(of_block, all=True)
    ]


TERM_SOURCES = (TermSource("housing.inspections", gettext_lazy("Onderzoeken van woningen"), planned),)
