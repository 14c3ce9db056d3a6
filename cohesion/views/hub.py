"""The transition hub: the month, its places and their hours, the poster."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.models import Neighbourhood
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.durations import add_months
from cases.views.calendar import month_asked
from cases.views.neighbourhood import NeighbourhoodMixin
from cohesion.actions.hub_places import close_for, edit_place, open_again, open_place, set_opening_times
from cohesion.forms.hub import ClosedForm, HoursForm, PlaceEditForm, PlaceForm, hours_initial
from cohesion.hub_poster import poster_of
from cohesion.hub_reading import by_day, figures, moments_between, month_of, shown_places
from cohesion.models import ActivityMoment, ClosedPeriod, HubPlace
from cohesion.perms import can_work_on_hub


class HubMixin(NeighbourhoodMixin):
    """A page of the hub of one neighbourhood."""

    permission = Permission.HUB_READ

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell whether one works there."""
        return super().get_context_data(
            may_work=can_work_on_hub(self.request.user, self.neighbourhood.pk), **kwargs
        )


class CohesionView(HubMixin, TemplateView):
    """The wing of social cohesion: what comes this week, and how the year goes."""

    template_name = "cohesion/cohesion.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        today = timezone.localdate()
        moments = ActivityMoment.objects.filter(neighbourhood=self.neighbourhood)
        return super().get_context_data(
            days=by_day(moments_between(moments, today, today + dt.timedelta(days=6))),
            figures=figures(moments, today.replace(month=1, day=1), today),
            year=today.year,
            **kwargs,
        )


class HubView(HubMixin, TemplateView):
    """One month of the hub: what goes on, what still has to be counted, and its places."""

    template_name = "cohesion/hub/hub.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        today = timezone.localdate()
        month = month_asked(self.request.GET.get("month", ""), today)
        first, last = month_of(month)
        moments = ActivityMoment.objects.filter(neighbourhood=self.neighbourhood)
        places = HubPlace.objects.filter(neighbourhood=self.neighbourhood).order_by(
            "-is_active", "name", "pk"
        )
        return super().get_context_data(
            month=month,
            today=today,
            is_this_month=month == today.replace(day=1),
            before=f"{add_months(first, -1):%Y-%m}",
            after=f"{add_months(first, 1):%Y-%m}",
            this=f"{first:%Y-%m}",
            days=by_day(moments_between(moments, first, last)),
            figures=figures(moments, first, last),
            uncounted=list(
                moments.uncounted()
                .filter(on__gte=today - dt.timedelta(days=60))
                .select_related("activity__place")
                .order_by("on", "starts_at", "pk")[:10]
            ),
            places=shown_places(places, today),
            **kwargs,
        )


class PosterView(HubMixin, View):
    """The month as a poster, to print and hang up."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it."""
        month = month_asked(request.GET.get("month", ""), timezone.localdate())
        return poster_response(self.neighbourhood, month)


def poster_response(neighbourhood: Neighbourhood, month: dt.date) -> HttpResponse:
    """Return the poster of a month as a file that opens in the browser."""
    name = f"transitiehub-{neighbourhood.slug}-{month:%Y-%m}.pdf"
    return HttpResponse(
        poster_of(neighbourhood, month),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


class PlaceNewView(ActionFormView):
    """A place of the hub."""

    permission = Permission.HUB_WORK
    form_class = PlaceForm
    title = gettext_lazy("Plaats toevoegen")
    submit_label = gettext_lazy("Plaats bewaren")
    done_message = gettext_lazy("De plaats staat er. Zet er nu de openingsuren bij.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the neighbourhoods where one works on the hub."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the hub."""
        return super().get_context_data(cancel_url=reverse("cohesion:hub"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Keep it, and go on to its hours."""
        place = open_place(by=self.request.user, **form.cleaned_data)
        return reverse("cohesion:hub-hours", args=[place.pk])


class PlaceMixin(PermissionMixin):
    """One place: 404 outside the user's scope."""

    permission = Permission.HUB_READ
    place: HubPlace

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        rows = HubPlace.objects.visible_to(self.request.user).select_related("neighbourhood")
        self.place = get_object_or_404(rows, pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its place."""
        return super().get_context_data(place=self.place, **kwargs)


class PlaceView(PlaceMixin, TemplateView):
    """A place: when it is open, when it is closed, what comes."""

    template_name = "cohesion/hub/place.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        today = timezone.localdate()
        moments = ActivityMoment.objects.filter(activity__place=self.place)
        return super().get_context_data(
            shown=shown_places([self.place], today)[0],
            days=by_day(moments_between(moments, today, today + dt.timedelta(days=27))),
            may_work=can_work_on_hub(self.request.user, self.place.neighbourhood_id),
            **kwargs,
        )


class PlaceFormView(PlaceMixin, ActionFormView):
    """A form about one place: 403 for who may only read it."""

    permission = Permission.HUB_WORK

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one works on it."""
        super().load(**kwargs)
        if not can_work_on_hub(self.request.user, self.place.neighbourhood_id):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the place."""
        return super().get_context_data(cancel_url=self.place.get_absolute_url(), **kwargs)

    def latest_version(self) -> int:
        """The version as it stands now."""
        return HubPlace.objects.get(pk=self.place.pk).version


class PlaceEditView(PlaceFormView):
    """What is said of it."""

    form_class = PlaceEditForm
    title = gettext_lazy("Plaats wijzigen")
    submit_label = gettext_lazy("Plaats bewaren")
    done_message = gettext_lazy("De plaats is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {name: getattr(self.place, name) for name in PlaceEditForm.base_fields}

    def act(self, form: forms.Form) -> str:
        """Save it."""
        return edit_place(by=self.request.user, place=self.place, **form.cleaned_data).get_absolute_url()


class HoursView(PlaceFormView):
    """When it is open."""

    form_class = HoursForm
    title = gettext_lazy("Openingsuren")
    submit_label = gettext_lazy("Uren bewaren")
    done_message = gettext_lazy("De openingsuren zijn bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        rows = self.place.opening_times.order_by("weekday", "opens")
        return {**hours_initial(rows), "version": self.place.version}

    def act(self, form: HoursForm) -> str:  # type: ignore[override]
        """Save the week."""
        return set_opening_times(
            by=self.request.user,
            place=self.place,
            version=form.cleaned_data["version"],
            hours=form.hours(),
        ).get_absolute_url()


class CloseView(PlaceFormView):
    """Closed for some days."""

    form_class = ClosedForm
    title = gettext_lazy("Sluiting aankondigen")
    submit_label = gettext_lazy("Sluiting bewaren")
    done_message = gettext_lazy("De sluiting staat op de publieke pagina. Zeg ook af wat er dan gepland was.")

    def act(self, form: forms.Form) -> str:
        """Announce it."""
        close_for(by=self.request.user, place=self.place, **form.cleaned_data)
        return self.place.get_absolute_url()


class OpenAgainView(PlaceFormView):
    """A closing is taken back."""

    form_class = forms.Form
    title = gettext_lazy("Toch open?")
    submit_label = gettext_lazy("Toch open")
    done_message = gettext_lazy("De sluiting is weg.")

    def load(self, **kwargs: Any) -> None:
        """Find the closing of this place."""
        super().load(**kwargs)
        self.period = get_object_or_404(ClosedPeriod, pk=kwargs["period"], place=self.place)

    def act(self, form: forms.Form) -> str:
        """Take it back."""
        return open_again(by=self.request.user, period=self.period).get_absolute_url()
