"""Small tags of the case page."""

import datetime as dt
import re
from typing import Any, NamedTuple

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Circle
from accounts.models import User
from accounts.templatetags.arsenaal import day
from cases.actions.correct_entry import CORRECTABLE_KINDS
from cases.circles import CIRCLE_CHOICES
from cases.reading import TimelineRow

register = template.Library()

_TONES = ("", "stop", "warn", "ok")
_ICON = re.compile(r"[a-z0-9-]{1,40}")
_NO_ICON = {
    "stop": "exclamation-octagon-fill",
    "warn": "exclamation-triangle-fill",
    "ok": "check-circle-fill",
}


class EntryChip(NamedTuple):
    """A chip below an entry; a coloured one always has an icon beside its word."""

    text: str
    icon: str
    tone: str


@register.filter
def entry_chips(data: dict[str, Any]) -> list[EntryChip]:
    """Return the chips of a snapshot: strings, or {"text", "tone", "icon"} of which any part may be missing."""
    chips = []
    for chip in data.get("chips") or []:
        parts = chip if isinstance(chip, dict) else {"text": chip}
        tone = parts.get("tone") if parts.get("tone") in _TONES else ""
        icon = str(parts.get("icon") or _NO_ICON.get(tone or "", ""))
        if text := str(parts.get("text") or ""):
            chips.append(EntryChip(text, icon if _ICON.fullmatch(icon) else "", tone or ""))
    return chips


@register.filter
def day_heading(value: dt.date) -> str:
    """Write the heading of a day: "Vandaag · maandag 23 november"."""
    today = timezone.localdate()
    written = day(value)
    if value == today:
        return _("Vandaag · %(day)s") % {"day": written}
    if value == today - dt.timedelta(days=1):
        return _("Gisteren · %(day)s") % {"day": written}
    return written[:1].upper() + written[1:]


@register.filter
def within(circle: Circle) -> str:
    """Name a circle as in "besloten binnen …"."""
    return {
        Circle.SHARED: _("het team"),
        Circle.CARE: _("de zorg"),
        Circle.LEGAL: _("het juridisch dossier"),
        Circle.ENFORCEMENT: _("de handhaving"),
    }[circle]


@register.filter
def readers(circle: str) -> Any:
    """Name who reads a circle as in "vrijgegeven voor …"."""
    return CIRCLE_CHOICES[Circle(circle)]


@register.filter
def is_by(row: TimelineRow, user: User) -> bool:
    """Tell whether this user wrote it."""
    return row.author_id == user.pk


@register.filter
def is_correctable(row: TimelineRow) -> bool:
    """Tell whether these words were typed by somebody, so that he can correct them here."""
    return row.kind.code in CORRECTABLE_KINDS and not row.is_redacted
