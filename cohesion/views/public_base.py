"""What the public pages below /wijk/ share: no login, no cookies, counted per address, nothing of any case."""

import logging
from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View
from django_ratelimit.core import is_ratelimited
from redis.exceptions import RedisError

from accounts.models import Neighbourhood

log = logging.getLogger(__name__)

PAGES_A_MINUTE = "60/m"  # of one address: nobody clicks that fast
LANGUAGES = ("nl", "en")


def too_many(request: HttpRequest, group: str, rate: str, *, counts: bool = True) -> bool:
    """Tell whether this address asks more often than people do. Without Redis nobody is counted, and all go in.

    Without `counts` it only looks whether there were too many before.
    """
    try:
        return is_ratelimited(
            request,
            group=group,
            key=lambda _group, asked: get_client_ip_address(asked) or "",
            rate=rate,
            increment=counts,
        )
    except (RedisError, OSError):
        log.warning("Public pages are not counted: Redis doesn't answer.")
        return False


@method_decorator(login_not_required, name="dispatch")
class PublicMixin(View):
    """A public page of a neighbourhood that is in use."""

    rate = PAGES_A_MINUTE
    # For whoever stands in between: "no-store" where something can be withdrawn, or belongs to one visitor.
    cache_control = "public, max-age=300"
    neighbourhood: Neighbourhood

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Count, find the neighbourhood, and speak the language that was asked for."""
        if too_many(request, f"public.{type(self).__name__}", self.rate):
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
        if self.cache_control == "no-store" or not request.user.is_authenticated:
            # An answer that can renew a session is nobody else's.
            response.headers["Cache-Control"] = self.cache_control
        return response

    @property
    def in_language(self) -> str:
        """What an address needs at its end to stay in the language that is spoken."""
        return "" if self.language == LANGUAGES[0] else f"?taal={self.language}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where the page is about, and the languages it speaks."""
        shown = {
            "neighbourhood": self.neighbourhood,
            "language": self.language,
            "languages": LANGUAGES,
            "direction": "ltr",
            "in_language": self.in_language,
        }
        return super().get_context_data(**(shown | kwargs))  # type: ignore[misc]
