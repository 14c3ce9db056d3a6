"""The calendar on the screen, the secret addresses for calendar programs, and the feed that those read."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.generic import TemplateView, View

from accounts.actions.feed_tokens import FeedGoneError, FeedTooOftenError, make_feed, revoke_feed, use_feed
from accounts.models import FeedToken
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from accounts.wall import acting_as
from arsenaal.lib.durations import add_months
from arsenaal.lib.ical import calendar_bytes
from arsenaal.lib.registries import calendar_scopes
from cases.calendar import OWN, TEAM, by_day, feed_events, items_of, scope_title, weeks_of
from cases.neighbourhoods import neighbourhoods_where

_NEW_ADDRESS = "new_feed"  # in the session, from making an address until it was shown
# What a calendar program gets: a month back, a year ahead.
BACK, AHEAD = dt.timedelta(days=31), dt.timedelta(days=366)


class CalendarMixin(PermissionMixin):
    """A page of one calendar: 404 for what isn't there or isn't one's to see."""

    permission = Permission.CASE_READ

    def load(self, **kwargs: Any) -> None:
        """Find which calendar."""
        self.scope, self.key = kwargs.get("scope", OWN), kwargs.get("key", 0)
        title = scope_title(self.request.user, self.scope, self.key)
        if title is None:
            raise Http404
        self.scope_title = title

    @property
    def own_url(self) -> str:
        """The address of this calendar."""
        if self.scope == OWN:
            return reverse("cases:calendar")
        return reverse("cases:calendar-of", args=[self.scope, self.key])


def month_asked(text: str, today: dt.date) -> dt.date:
    """Return the first day of the month in "2026-11", or of this month when that makes no sense."""
    try:
        month = dt.datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return today.replace(day=1)
    return month if abs(month.year - today.year) <= 10 else today.replace(day=1)


class CalendarView(CalendarMixin, TemplateView):
    """One month of a calendar: as a grid at a desk, as a list on a phone and for who prefers that."""

    template_name = "cases/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather what stands in the weeks of the month."""
        user, today = self.request.user, timezone.localdate()
        month = month_asked(self.request.GET.get("month", ""), today)
        first = month - dt.timedelta(days=month.weekday())
        last = add_months(month, 1) + dt.timedelta(days=6)
        items = items_of(user, self.scope, self.key, first, last)
        weeks = weeks_of(month, items, today)
        inside = [(day, found) for day, found in by_day(items) if day.month == month.month]
        places = neighbourhoods_where(user, Permission.CASE_READ)
        calendars = [
            {"label": _("Van mij"), "url": reverse("cases:calendar"), "is_current": self.scope == OWN},
            *(
                {
                    "label": str(place),
                    "url": reverse("cases:calendar-of", args=[TEAM, place.pk]),
                    "is_current": (self.scope, self.key) == (TEAM, place.pk),
                }
                for place in places
            ),
        ]
        if not any(one["is_current"] for one in calendars):
            calendars.append({"label": self.scope_title, "url": self.own_url, "is_current": True})
        return super().get_context_data(
            title=self.scope_title,
            month=month,
            before=f"{add_months(month, -1):%Y-%m}",
            after=f"{add_months(month, 1):%Y-%m}",
            is_this_month=month == today.replace(day=1),
            as_list=self.request.GET.get("view") == "list",
            weeks=weeks,
            days=inside,
            weekdays=[day.on for day in weeks[0]],
            today=today,
            calendars=calendars,
            calendar_scope=self.scope,
            calendar_key=self.key,
            **kwargs,
        )


class FeedListView(PermissionMixin, TemplateView):
    """One's own secret addresses. A new one is shown here once."""

    permission = Permission.CASE_READ
    template_name = "cases/calendar_feeds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List what runs, each with the name of its calendar as one may see it now."""
        user = self.request.user
        feeds = FeedToken.objects.filter(user=user, revoked_at__isnull=True).order_by("-created_at", "-pk")
        rows = [
            {"feed": feed, "title": scope_title(user, feed.scope, feed.key) or _("niet meer te zien")}
            for feed in feeds
        ]
        return super().get_context_data(
            rows=rows, secret_url=self.request.session.pop(_NEW_ADDRESS, ""), **kwargs
        )


class FeedNewView(CalendarMixin, ActionFormView):
    """Making a secret address for a calendar; the one before it stops."""

    form_class = forms.Form
    title = gettext_lazy("Kalender in je eigen agenda")
    submit_label = gettext_lazy("Adres maken")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it does."""
        return super().get_context_data(
            intro=_(
                "%(title)s. Je krijgt een geheim adres voor Outlook, Google of je telefoon. Er staan geen namen of "
                "verhalen in: enkel wat het is, wanneer, en het nummer van het dossier. Een vorig adres stopt meteen."
            )
            % {"title": self.scope_title},
            cancel_url=self.own_url,
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Make it; the secret waits in the session until the next page showed it."""
        _feed, secret = make_feed(by=self.request.user, scope=self.scope, key=self.key)
        path = reverse("cases:calendar-feed", args=[secret])
        self.request.session[_NEW_ADDRESS] = self.request.build_absolute_uri(path)
        return reverse("cases:calendar-feeds")


class FeedRevokeView(ActionFormView):
    """Stopping a secret address at once."""

    permission = Permission.CASE_READ
    form_class = forms.Form
    title = gettext_lazy("Adres stopzetten")
    submit_label = gettext_lazy("Stopzetten")
    done_message = gettext_lazy("Het adres werkt niet meer.")

    def load(self, **kwargs: Any) -> None:
        """Find it among one's own."""
        self.feed = get_object_or_404(self._own(), pk=kwargs["pk"])

    def _own(self) -> QuerySet[FeedToken]:
        return FeedToken.objects.filter(user=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what happens."""
        return super().get_context_data(
            intro=_("Een agenda die dit adres leest, krijgt dan niets meer."),
            cancel_url=reverse("cases:calendar-feeds"),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Stop it."""
        revoke_feed(by=self.request.user, feed=self.feed)
        return reverse("cases:calendar-feeds")


@method_decorator(login_not_required, name="dispatch")
class FeedView(View):
    """What a calendar program reads: no login, the secret is in the address.

    What isn't there, was revoked, or belongs to who doesn't work here any more, is a plain 404: a stranger learns
    nothing. What it shows is what its user may see now.
    """

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """Return the calendar as a file."""
        try:
            feed = use_feed(secret)
        except FeedGoneError as error:
            raise Http404 from error
        except FeedTooOftenError as error:
            return HttpResponse(error.message, status=429, headers={"Retry-After": "3600"})
        user, today = feed.user, timezone.localdate()
        with override(user.language), acting_as(user):  # nobody is logged in: the secret says for whom
            title = scope_title(user, feed.scope, feed.key)
            if title is None or not user.access.can_anywhere(Permission.CASE_READ):
                raise Http404
            items = items_of(user, feed.scope, feed.key, today - BACK, today + AHEAD)
            base = request.build_absolute_uri("/").rstrip("/")
            name = str(calendar_scopes.get(feed.scope).plain or title)
            content = calendar_bytes(name, feed_events(items, base_url=base), now=timezone.now())
        return HttpResponse(
            content,
            content_type="text/calendar; charset=utf-8",
            headers={
                "Content-Disposition": f'inline; filename="arsenaal-{date_format(today, "Y-m-d")}.ics"',
                "Cache-Control": "private, no-store",
                "X-Robots-Tag": "noindex",
            },
        )
