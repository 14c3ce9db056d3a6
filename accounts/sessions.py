"""The session engine (`SESSION_ENGINE`): Django's own in the database, with columns that say whose and on what device.

So the list of devices costs no query on any page: it is written along with the session itself.
"""

import datetime as dt
import uuid
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import DeviceSession

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


class SessionStore(DatabaseStore):
    """Keeps sessions in DeviceSession."""

    @classmethod
    def get_model_class(cls) -> type[DeviceSession]:
        """Where they are kept."""
        return DeviceSession

    def create_model_instance(self, data: dict[str, Any]) -> DeviceSession:
        """Make the row, with what stands in the session beside it in columns."""
        row: DeviceSession = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.uuid = data.get("device_uuid")
        row.device, row.place = data.get("device", ""), data.get("place", "")
        row.signed_in_at = _moment(data.get("signed_in_at"))
        row.seen_at = _moment(data.get("last_click")) or timezone.now()
        return row


def describe(request: HttpRequest, place: str) -> None:
    """Write in the session on what device and where this is."""
    session = request.session
    session.setdefault("device_uuid", str(uuid.uuid4()))
    session["device"] = device_in_words(request.headers.get("User-Agent", ""))
    session["place"] = place


def device_in_words(agent: str) -> str:
    """Return browser and sort of machine as people call them; empty when unknown. No version."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    machine = next((name for sign, name in _MACHINES if sign in agent), "")
    return " · ".join(part for part in (browser, machine) if part)


def _moment(seconds: float | None) -> dt.datetime | None:
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
