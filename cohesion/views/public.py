"""What everybody may read of the hub of a neighbourhood."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from arsenaal.lib.ical import calendar_bytes
from arsenaal.lib.wall import beyond_wall
from cohesion.hub_reading import (
    AHEAD,
    by_day,
    feed_events,
    moments_between,
    public_moments,
    public_places,
    shown_places,
)
from cohesion.place_reading import public_hub_photos
from cohesion.views.hub import poster_response
from cohesion.views.public_base import PublicMixin

SHOWN_PHOTOS = 12
POSTERS_A_MINUTE = "6/m"  # making one takes a second


class NeighbourhoodView(PublicMixin, TemplateView):
    """When the hub is open and what comes."""

    template_name = "cohesion/public/neighbourhood.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it: a fixed number of queries."""
        today = timezone.localdate()
        moments = public_moments(self.neighbourhood)
        with beyond_wall("photos of the hub that everybody may see today"):
            photos = list(public_hub_photos(self.neighbourhood)[:SHOWN_PHOTOS])
        if photos:
            self.cache_control = "no-store"  # a photo that is taken off is gone at once
        return super().get_context_data(
            photos=photos,
            places=shown_places(public_places(self.neighbourhood), today),
            days=by_day(moments_between(moments, today, today + AHEAD)),
            today=today,
            month=f"{today:%Y-%m}",
            **kwargs,
        )


class HubFeedView(PublicMixin):
    """The activities for a calendar program."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it; the same day, the same bytes."""
        today = timezone.localdate()
        now = timezone.make_aware(dt.datetime.combine(today, dt.time()))
        name = _("Transitiehub %(where)s") % {"where": self.neighbourhood.name}
        return HttpResponse(
            calendar_bytes(name, feed_events(self.neighbourhood), now=now),
            content_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": f'inline; filename="transitiehub-{self.neighbourhood.slug}.ics"'},
        )


class PublicPosterView(PublicMixin):
    """The poster of this month, of the one before and of the two that come."""

    rate = POSTERS_A_MINUTE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it."""
        today = timezone.localdate()
        distance = (kwargs["year"] - today.year) * 12 + kwargs["month"] - today.month
        if not 1 <= kwargs["month"] <= 12 or not -1 <= distance <= 2:
            raise Http404
        return poster_response(self.neighbourhood, dt.date(kwargs["year"], kwargs["month"], 1))
