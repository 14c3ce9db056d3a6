"""Asking every address of the program, as everybody, without leaving a trace."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from tests.grid.policy import DOOR, FORBIDDEN, IN, MISSING, Row
from tests.grid.scene import FILTER_OWNERS, Place, Scene


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Yield every named address of the program with the names of its parts; one name can have two forms."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, f"{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            parts = {**entry.pattern.converters, **entry.pattern.regex.groupindex}
            yield f"{prefix}{entry.name or entry.pattern}", frozenset(parts)


class Visitor:
    """A browser of one user. What a request writes is rolled back, so that each finds the scene as it was made."""

    def __init__(self, scene: Scene, role: str, **defaults: Any) -> None:
        self.scene, self.role = scene, role
        self.client = Client(raise_request_exception=False, **defaults)
        self.session = ""
        if role in scene.world.users:
            self.client.force_login(self.user, backend="django.contrib.auth.backends.ModelBackend")
            self.client.get("/accounts/profile/")  # the first click is written in the session
            self.session = self.client.cookies[settings.SESSION_COOKIE_NAME].value

    @property
    def user(self) -> User:
        """Who this is."""
        return self.scene.world.users[self.role]

    def url(self, row: Row, place: str) -> str:
        """Return the address of a row in a place."""
        parts = {name: self._part(part, self.scene.places[place]) for name, part in row.args.items()}
        return reverse(row.name, kwargs=parts)

    def _part(self, part: Any, place: Place) -> Any:
        if callable(part):
            return part(place)
        if part == "filter.pk":
            return self._filter(place).pk
        return attrgetter(part)(place)

    def _filter(self, place: Place) -> Any:
        """In one's own place one's own filter, elsewhere a colleague's."""
        mine = self.role if self.role in FILTER_OWNERS else "coordinator"
        others = "lawyer" if mine != "lawyer" else "coordinator"
        return self.scene.filters[mine if place.name == "own" else others]

    def ask(self, row: Row, place: str, method: str | None = None) -> HttpResponseBase:
        """Ask for an address as the program's own pages do; nothing stays."""
        method = method or ("get" if row.post is None else "post")
        headers = {"HX-Request": "true"} if row.is_htmx else {}
        return self.send(method, self.url(row, place), row.post if method == "post" else None, headers)

    def send(
        self, method: str, url: str, data: Any = None, headers: dict[str, str] | None = None, **extra: Any
    ) -> HttpResponseBase:
        """Send one request and undo what it wrote."""
        if self.session:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        with transaction.atomic():
            response = getattr(self.client, method)(url, data or {}, headers=headers or {}, **extra)
            if response.streaming:
                response.streamed = b"".join(response.streaming_content)
            transaction.set_rollback(True)
        return response


def answer(response: HttpResponseBase) -> str:
    """Return in one word what somebody got."""
    status = response.status_code
    if status == 302 and response.headers["Location"].startswith(f"{reverse(settings.LOGIN_URL)}?next="):
        return DOOR
    # 503 is how /healthz tells that there is no worker.
    return {403: FORBIDDEN, 404: MISSING}.get(status) or (
        IN if status < 500 or status == 503 else str(status)
    )
