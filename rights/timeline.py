"""The kinds of timeline entry this package writes."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import Circle
from arsenaal.lib.registries import TimelineKind

_PLAIN = "cases/timeline/_entry.html"

KINDS = (
    TimelineKind(
        "rights.request",
        _("Recht van de bewoner"),
        "person-check",
        _PLAIN,
        _("Verzoek van de bewoner"),
        Circle.SHARED,
        (),
    ),
    TimelineKind("rights.hold", _("Bewaarplicht"), "lock", _PLAIN, _("Bewaarplicht"), Circle.SHARED, ()),
)
