"""Activities of the hub and their moments."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cohesion.actions.activities import (
    cancel_moment,
    count_moment,
    edit_activity,
    move_moment,
    plan_activity,
    restore_moment,
)
from cohesion.forms.hub import ActivityEditForm, ActivityForm, CancelForm, CountForm, MoveForm
from cohesion.models import Activity, ActivityMoment, HubPlace
from cohesion.perms import can_work_on_hub

_SHOWN_PAST = 12  # moments that were, on the page of an activity


class ActivityNewView(ActionFormView):
    """Something to come to."""

    permission = Permission.HUB_WORK
    form_class = ActivityForm
    title = gettext_lazy("Activiteit plannen")
    submit_label = gettext_lazy("Activiteit bewaren")
    done_message = gettext_lazy("De activiteit staat in de hub.")

    def _places(self) -> QuerySet[HubPlace]:
        where = self.request.user.access.where(Permission.HUB_WORK)
        return HubPlace.objects.in_use().filter(neighbourhood_id__in=where).order_by("name", "pk")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the places in use."""
        return {**super().get_form_kwargs(), "places": self._places()}

    def get_initial(self) -> dict[str, Any]:
        """The page of a place can send one here; the first place stands ready."""
        first = self._places().first()
        asked = self.request.GET.get("place", "")
        return {
            "place": asked if asked.isdecimal() and len(asked) < 10 else first and first.pk,
            "is_public": True,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the hub."""
        return super().get_context_data(cancel_url=reverse("cohesion:hub"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Plan it."""
        return plan_activity(by=self.request.user, **form.cleaned_data).get_absolute_url()


class ActivityMixin(PermissionMixin):
    """One activity: 404 outside the user's scope."""

    permission = Permission.HUB_READ
    activity: Activity

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        rows = Activity.objects.visible_to(self.request.user).select_related(
            "place__neighbourhood", "created_by"
        )
        self.activity = get_object_or_404(rows, pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its activity."""
        return super().get_context_data(activity=self.activity, **kwargs)


class ActivityView(ActivityMixin, TemplateView):
    """An activity with what comes and how it went."""

    template_name = "cohesion/hub/activity.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        today = timezone.localdate()
        moments = self.activity.moments.order_by("on", "pk")
        return super().get_context_data(
            coming=list(moments.filter(on__gte=today)[:_SHOWN_PAST]),
            past=list(moments.filter(on__lt=today).reverse()[:_SHOWN_PAST]),
            photos=list(self.activity.photos.order_by("-added_at", "-pk")),
            may_work=can_work_on_hub(self.request.user, self.activity.place.neighbourhood_id),
            **kwargs,
        )


class ActivityEditView(ActivityMixin, ActionFormView):
    """What is said of it, its hours, how long it goes on."""

    permission = Permission.HUB_WORK
    form_class = ActivityEditForm
    title = gettext_lazy("Activiteit wijzigen")
    submit_label = gettext_lazy("Activiteit bewaren")
    done_message = gettext_lazy("De activiteit is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one works on it."""
        super().load(**kwargs)
        if not can_work_on_hub(self.request.user, self.activity.place.neighbourhood_id):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the places of the neighbourhood that are in use, and where it is now."""
        places = HubPlace.objects.filter(neighbourhood=self.activity.place.neighbourhood)
        places = places.in_use() | places.filter(pk=self.activity.place_id)
        return {
            **super().get_form_kwargs(),
            "places": places.order_by("name", "pk"),
            "activity": self.activity,
        }

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        names = [name for name in ActivityEditForm.base_fields if name != "place"]
        return {name: getattr(self.activity, name) for name in names} | {"place": self.activity.place_id}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the activity."""
        return super().get_context_data(cancel_url=self.activity.get_absolute_url(), **kwargs)

    def latest_version(self) -> int:
        """The version as it stands now."""
        return Activity.objects.get(pk=self.activity.pk).version

    def act(self, form: forms.Form) -> str:
        """Save it."""
        saved = edit_activity(by=self.request.user, activity=self.activity, **form.cleaned_data)
        return saved.get_absolute_url()


class MomentFormView(ActionFormView):
    """A form about one moment: 404 outside the user's scope, 403 for who may only read it."""

    permission = Permission.HUB_WORK
    moment: ActivityMoment

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one works on it."""
        rows = ActivityMoment.objects.visible_to(self.request.user).select_related("activity__place")
        self.moment = get_object_or_404(rows, pk=kwargs["pk"])
        if not can_work_on_hub(self.request.user, self.moment.neighbourhood_id):
            raise PermissionDenied

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {name: getattr(self.moment, name, None) for name in self.form_class.base_fields}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which moment; going back leads to the activity."""
        return super().get_context_data(
            moment=self.moment, cancel_url=self.moment.activity.get_absolute_url(), **kwargs
        )

    def latest_version(self) -> int:
        """The version as it stands now."""
        return ActivityMoment.objects.get(pk=self.moment.pk).version

    def perform(self, data: dict[str, Any]) -> Any:
        """Call one action with the cleaned data."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        """Do it and go back to the activity."""
        self.perform(form.cleaned_data)
        return self.moment.activity.get_absolute_url()


class CountView(MomentFormView):
    """How many came."""

    form_class = CountForm
    template_name = "cohesion/hub/moment_form.html"
    title = gettext_lazy("Hoeveel mensen kwamen er?")
    submit_label = gettext_lazy("Telling bewaren")
    done_message = gettext_lazy("De telling is bewaard.")

    def perform(self, data: dict[str, Any]) -> ActivityMoment:
        """Keep the count."""
        return count_moment(by=self.request.user, moment=self.moment, **data)


class MoveView(MomentFormView):
    """Another day or hour."""

    form_class = MoveForm
    template_name = "cohesion/hub/moment_form.html"
    title = gettext_lazy("Moment verplaatsen")
    submit_label = gettext_lazy("Verplaatsen")
    done_message = gettext_lazy("Het moment is verplaatst.")

    def perform(self, data: dict[str, Any]) -> ActivityMoment:
        """Move it."""
        return move_moment(by=self.request.user, moment=self.moment, **data)


class CancelView(MomentFormView):
    """It doesn't go on."""

    form_class = CancelForm
    template_name = "cohesion/hub/moment_form.html"
    title = gettext_lazy("Gaat niet door")
    submit_label = gettext_lazy("Afzeggen")
    done_message = gettext_lazy("Het staat als afgezegd op de affiche en de publieke pagina.")

    def perform(self, data: dict[str, Any]) -> ActivityMoment:
        """Call it off."""
        return cancel_moment(by=self.request.user, moment=self.moment, **data)


class RestoreView(MomentFormView):
    """It goes on after all."""

    form_class = forms.Form
    template_name = "cohesion/hub/moment_form.html"
    title = gettext_lazy("Gaat het toch door?")
    submit_label = gettext_lazy("Toch door")
    done_message = gettext_lazy("Het moment staat weer gepland.")

    def perform(self, data: dict[str, Any]) -> ActivityMoment:
        """Let it go on."""
        return restore_moment(by=self.request.user, moment=self.moment)
