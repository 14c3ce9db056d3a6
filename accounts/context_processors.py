"""What the frame around every page needs."""

from typing import Any

from django.http import HttpRequest

from accounts.permissions import Permission


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give templates `can`: the names of the permissions the user has anywhere, for menus and buttons."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"can": {}}
    return {"can": {p.name.lower(): user.access.can_anywhere(p) for p in Permission}}
