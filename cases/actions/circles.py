"""Choosing the circle of what one writes."""

from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.models import Case
from cases.perms import choosable_circles
from cases.timeline import default_circle


class CircleNotYours(ActionError):
    """Somebody chose a circle that he doesn't belong to."""


def chosen_circle(kind_code: str, *, by: User, case: Case, circle: str | None) -> str:
    """Return the circle that was chosen, or the default of kind and role when none was.

    Raises CircleNotYours for a circle the author could not read himself.
    """
    if not circle:
        return default_circle(kind_code, by=by, case=case)
    if circle not in choosable_circles(by, case):
        raise CircleNotYours(_("Kies een kring waar je zelf bij hoort."), field="circle")
    return circle
