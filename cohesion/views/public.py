"""What everybody may read of a neighbourhood, without logging in: no cookies, nothing of any case."""

import datetime as dt
import logging
from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from django_ratelimit.core import is_ratelimited
from redis.exceptions import RedisError

from accounts.models import Neighbourhood
from arsenaal.lib.ical import calendar_bytes
from cohesion.hub_reading import (
    AHEAD,
    by_day,
    feed_events,
    moments_between,
    public_moments,
    public_places,
    shown_places,
)
from cohesion.views.hub import poster_response

log = logging.getLogger(__name__)

PAGES_A_MINUTE = "60/m"  # of one address: nobody clicks that fast
POSTERS_A_MINUTE = "6/m"  # making one takes a second
LANGUAGES = ("nl", "en")


def _too_many(request: HttpRequest, group: str, rate: str) -> bool:
    """Tell whether this address asks more often than people do. Without Redis nobody is counted, and all go in."""
    try:
        return is_ratelimited(
            request,
            group=group,
            key=lambda _group, asked: get_client_ip_address(asked) or "",
            rate=rate,
            increment=True,
        )
    except (RedisError, OSError):
        log.warning("Public pages are not counted: Redis doesn't answer.")
        return False


@method_decorator(login_not_required, name="dispatch")
class PublicMixin(View):
    """A public page of a neighbourhood that is in use."""

    rate = PAGES_A_MINUTE
    neighbourhood: Neighbourhood

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Count, find the neighbourhood, and speak the language that was asked for."""
        if _too_many(request, f"public.{type(self).__name__}", self.rate):
            return HttpResponse(
                _("Dat gaat te snel. Wacht een minuut en probeer opnieuw."),
                status=429,
                content_type="text/plain; charset=utf-8",
                headers={"Retry-After": "60"},
            )
        self.neighbourhood = get_object_or_404(Neighbourhood, slug=kwargs["slug"], is_active=True)
        asked = request.GET.get("taal", "")
        self.language = asked if asked in LANGUAGES else LANGUAGES[0]
        with translation.override(self.language):
            response = super().dispatch(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        response.headers["Content-Language"] = self.language
        if not request.user.is_authenticated:  # an answer that can renew a session is nobody else's
            response.headers["Cache-Control"] = "public, max-age=300"
        return response


class NeighbourhoodView(PublicMixin, TemplateView):
    """When the hub is open and what comes."""

    template_name = "cohesion/public/neighbourhood.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it: a fixed number of queries."""
        today = timezone.localdate()
        moments = public_moments(self.neighbourhood)
        return super().get_context_data(
            neighbourhood=self.neighbourhood,
            places=shown_places(public_places(self.neighbourhood), today),
            days=by_day(moments_between(moments, today, today + AHEAD)),
            today=today,
            month=f"{today:%Y-%m}",
            language=self.language,
            languages=LANGUAGES,
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
