"""Per request: the user's language, the end of an idle session, nothing left behind in a cache, two steps to get in,
who acts, and the access log.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.db import connection, transaction
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from accounts.actions.looks import keep_looks
from accounts.looks import Look, noted_looks, refused_look
from accounts.models import User
from accounts.signin import has_second_factor, is_strong, must_have_second_factor, touch
from accounts.wall import acting_as

# How often the time of the last click is written: once a minute is precise enough for an idle limit of hours.
_TOUCH_SECONDS = 60


class PersonalSettingsMiddleware:
    """Switches to the user's language, and ends a session in which nothing was done for a while.

    What somebody who is logged in gets to see is kept in no cache, also not on his own device: tablets are shared.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = int(time.time())
        last = request.session.get("last_click", now)
        if now - last > settings.SESSION_IDLE_SECONDS:
            logout(request)
            return self.get_response(request)
        if now - last >= _TOUCH_SECONDS or "last_click" not in request.session:
            touch(request)
        with translation.override(request.user.language):
            request.LANGUAGE_CODE = request.user.language
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


# Where somebody may go who still has to set up his second step: to do so, to leave, and what every page asks for.
_ON_THE_WAY = frozenset(
    {
        "accounts:security",
        "accounts:confirm",
        "accounts:totp-setup",
        "accounts:passkey-new",
        "accounts:logout",
        "accounts:login",
        "accounts:oidc-login",
        "accounts:oidc-return",
        "accounts:invitation",
        "cases:sw",
        "cases:offline",
        "healthz",
    }
)


class SecondFactorMiddleware:
    """Keeps who needs a second step (SECOND_FACTOR_ROLES) and took none at his own security page, until he has one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        """Let through, or lead to where the second step is set up."""
        match = request.resolver_match
        if match is None or match.view_name in _ON_THE_WAY or not request.user.is_authenticated:
            return None
        if is_strong(request) or not must_have_second_factor(request.user):
            return None
        # A session from before he had one: he shows it now, by signing in again.
        if has_second_factor(request.user):
            logout(request)
            url = reverse("accounts:login")
        else:
            url = reverse("accounts:security")
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=403)
            response.headers["HX-Redirect"] = url
            return response
        return redirect(url)


class SecondWallMiddleware:
    """Tells the database who acts: a request of somebody who is logged in is one transaction in his name.

    It sees an answer for everything, also for what went wrong, and then undoes it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        is_outermost = not connection.in_atomic_block
        with acting_as(request.user):
            response = self.get_response(request)
            if response.status_code >= 500 and is_outermost:
                transaction.set_rollback(True)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            # Rows are read while they are sent, after the transaction of the request.
            response.streaming_content = _read_as(request.user, response.streaming_content)
        return response


def _read_as(user: User, content: Iterable[bytes]) -> Iterator[bytes]:
    with acting_as(user):
        yield from content


class AccessLogMiddleware:
    """Keeps in the access log what an answer shows, before it is sent: once per request, in one statement.

    What can't be kept isn't shown: when the log can't be written, the request fails. A page that showed nothing (it
    went on to another one, or it broke) leaves nothing; a refusal at one thing leaves that it was tried.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        response = self.get_response(request)
        looks = self._looks(request, response.status_code) if request.user.is_authenticated else []
        if looks:
            match = request.resolver_match
            keep_looks(by=request.user, looks=looks, page=match.view_name if match else "")
        return response

    def _looks(self, request: HttpRequest, status: int) -> list[Look]:
        if status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
            return refused_look(request)
        is_shown = status < HTTPStatus.MULTIPLE_CHOICES or status == HTTPStatus.UNPROCESSABLE_ENTITY
        return noted_looks(request) if is_shown else []
