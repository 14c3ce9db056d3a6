"""Taking a notice from Vandaag."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import View

from accounts.actions.notices import put_away
from accounts.models import Notice


class NoticeSeenView(View):
    """The button "Gezien": one's own notice goes away. Another's is not found."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Put it away and go back to Vandaag."""
        notice = get_object_or_404(Notice, pk=kwargs["pk"], user=request.user)
        put_away(by=request.user, notice=notice)
        return redirect("cases:home")
