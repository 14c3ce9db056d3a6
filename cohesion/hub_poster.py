"""The month of the hub as a poster: one page to print and hang up."""

import datetime as dt

from django.utils import timezone

from accounts.models import Neighbourhood
from arsenaal.lib.pdf import render_pdf
from cohesion.hub_reading import (
    by_day,
    moments_between,
    month_of,
    public_moments,
    public_places,
    shown_places,
)


def poster_of(neighbourhood: Neighbourhood, month: dt.date) -> bytes:
    """Return the PDF of a month: public activities by day, what is called off, and when the places are open."""
    first, last = month_of(month)
    places = shown_places(public_places(neighbourhood), min(timezone.localdate(), first))
    for shown in places:
        shown.closed[:] = [row for row in shown.closed if row.from_on <= last and row.until_on >= first]
    return render_pdf(
        "cohesion/hub/poster.html",
        {
            "neighbourhood": neighbourhood,
            "month": first,
            "days": by_day(moments_between(public_moments(neighbourhood), first, last)),
            "places": places,
        },
        language="nl",
        styles=("pdf/poster.css",),
    )
