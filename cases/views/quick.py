"""Small buttons that do one thing at once: no page in between, and pressed twice is done once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.views.base import PermissionMixin
from arsenaal.lib.errors import ActionError


def number_of(count: str) -> int:
    """Return the number that decides between singular and plural; "meer dan 100" is plural."""
    return int(count) if count.isdecimal() else 2


def safe_next(request: HttpRequest, fallback: str) -> str:
    """Return where the button said to go back to, when that is a page of ours."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and is_ours else fallback


class QuickActionView(PermissionMixin):
    """A button. Its action has to give the same result when it is done twice."""

    http_method_names = ("post",)

    def back_url(self) -> str:
        """Return the page to go to afterwards."""
        raise NotImplementedError

    def act(self) -> None:
        """Do one action."""
        raise NotImplementedError

    def told(self) -> str:
        """Return what to tell afterwards."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say why not, and go back."""
        try:
            self.act()
        except ActionError as error:
            error.after_rollback()
            messages.error(request, error.message)
        else:
            with translation.override(request.user.language):
                messages.success(request, self.told())
        return HttpResponseRedirect(safe_next(request, self.back_url()))
