"""The circles in words: who can read what somebody is about to write."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Circle, Role
from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import ROLES
from cases.models import Case
from cases.perms import choosable_circles

# Who reads a circle, as in "vrijgegeven voor …".
CIRCLE_CHOICES = {
    Circle.SHARED: gettext_lazy("het hele team"),
    Circle.CARE: gettext_lazy("de zorg"),
    Circle.LEGAL: gettext_lazy("de jurist"),
    Circle.ENFORCEMENT: gettext_lazy("handhaving"),
}


def readers_in_words(circle: Circle) -> str:
    """Return which roles read this circle, from the roles table itself."""
    if circle == Circle.SHARED:
        return _("iedereen van het team")
    readers = [
        str(role.label)
        for role in Role
        if circle in ROLES[role].circles and Permission.CASE_READ in ROLES[role].permissions
    ]
    if len(readers) == 1:
        return readers[0]
    return _("%(most)s en %(last)s") % {"most": ", ".join(readers[:-1]), "last": readers[-1]}


def circle_choices(user: User, case: Case) -> list[tuple[str, str, str]]:
    """Return (value, label, readers in words) of the circles in which this user may put what he writes."""
    return [
        (circle.value, str(circle.label), readers_in_words(circle))
        for circle in choosable_circles(user, case)
    ]
