"""What works without network: the page that says what is safe, and the worker that shows it."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView
from django.views.generic.base import View

from cases.enums import VisitResult

# What the page without network is made of. Everything else that is static is kept when it is first used.
_KEPT = (
    "css/tokens.css",
    "css/frame.css",
    "css/forms.css",
    "css/parts.css",
    "css/case.css",
    "css/print.css",
    "css/visit.css",
    "vendor/bootstrap/css/bootstrap.min.css",
    "vendor/bootstrap-icons/bootstrap-icons.min.css",
    "vendor/source-sans-3/index.css",
    "vendor/noto-sans-arabic/arabic.css",
    "vendor/htmx/htmx.min.js",
    "img/icon.svg",
    "img/logo.svg",
    "js/theme.js",
    "js/keys.js",
    "js/forms.js",
    "js/menus.js",
    "js/requests.js",
    "js/outbox.js",
    "js/visit.js",
    "js/visit-net.js",
    "js/visit-offline.js",
    "js/visit-photos.js",
    "js/visit-queue.js",
    "js/visit-store.js",
)


@method_decorator(login_not_required, name="dispatch")
class OfflineView(TemplateView):
    """The page without network. It holds nothing of anybody; what is shown comes from the device itself."""

    template_name = "cases/visit_offline.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same for everybody, so a device may keep it."""
        kwargs["results"] = VisitResult.choices
        response = super().get(request, *args, **kwargs)
        response["Cache-Control"] = "no-cache"
        return response


@method_decorator(login_not_required, name="dispatch")
class ServiceWorkerView(View):
    """The service worker, from the root of the site so that it may speak for every page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A script with the addresses of what it keeps."""
        # A module names the module it needs as it is called in the source, so that address is kept as well.
        modules = [settings.STATIC_URL + path for path in _KEPT if path.startswith(("js/visit", "js/outbox"))]
        keep = list(dict.fromkeys([*(static(path) for path in _KEPT), *modules]))
        context = {
            "keep": keep,
            "static_url": settings.STATIC_URL,
            "offline_url": reverse("cases:offline"),
            # Another release has other addresses, so another version: the worker then fills a new cache.
            "version": hashlib.sha256("".join(keep).encode()).hexdigest()[:12],
        }
        response = render(request, "cases/visit_sw.js", context, content_type="text/javascript")
        response["Cache-Control"] = "no-cache"
        response["Service-Worker-Allowed"] = "/"
        return response
