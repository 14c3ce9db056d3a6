"""The tracks of a building: vacancy and planning permits."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.looks import Look, Subject, look_at
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from housing.actions.tracks import edit_track, open_track
from housing.forms.tracks import TrackEditForm, TrackNewForm
from housing.models import BuildingTrack
from housing.perms import can_work_on_procedures
from housing.views.procedures import BuildingWorkView


class TrackMixin(PermissionMixin):
    """A page of one track: 404 outside the user's scope."""

    permission = Permission.PROCEDURE_READ
    track: BuildingTrack

    def load(self, **kwargs: Any) -> None:
        """Find the track."""
        rows = BuildingTrack.objects.visible_to(self.request.user).select_related(
            "building__neighbourhood", "owner", "created_by"
        )
        self.track = get_object_or_404(rows, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The building."""
        building = self.track.building
        return [look_at(Subject.BUILDING, building.pk, neighbourhood_id=building.neighbourhood_id)]


class TrackView(TrackMixin, TemplateView):
    """One track, to read."""

    template_name = "housing/procedures/track.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say also whether one may follow it up."""
        may = can_work_on_procedures(self.request.user, self.track.building.neighbourhood_id)
        return super().get_context_data(
            track=self.track, may_work=may and self.track.closed_on is None, **kwargs
        )


class TrackNewView(BuildingWorkView):
    """Opening a track of a building."""

    form_class = TrackNewForm
    title = _("Spoor openen")
    submit_label = _("Spoor openen")
    done_message = _("Het spoor staat bij het pand.")

    def get_initial(self) -> dict[str, Any]:
        """Whoever opens it follows it up, unless he says otherwise."""
        return {"owner": self.request.user.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which building; going back leads to it."""
        return super().get_context_data(
            intro=str(self.building), cancel_url=self.building.get_absolute_url(), **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Open it."""
        open_track(by=self.request.user, building=self.building, **form.cleaned_data)
        return self.building.get_absolute_url()


class TrackEditView(TrackMixin, ActionFormView):
    """Following a track up, or closing it."""

    permission = Permission.PROCEDURE_WORK
    form_class = TrackEditForm
    done_message = _("Het spoor is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find the track and check that one may follow it up."""
        super().load(**kwargs)
        if not can_work_on_procedures(self.request.user, self.track.building.neighbourhood_id):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers the colleagues of this neighbourhood."""
        return {**super().get_form_kwargs(), "building": self.track.building}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        names = ("state", "next_on", "next_step", "note", "outcome", "version")
        return {**{name: getattr(self.track, name) for name in names}, "owner": self.track.owner_id}

    def latest_version(self) -> int:
        """Return the version as it stands now."""
        return BuildingTrack.objects.get(pk=self.track.pk).version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which track."""
        return super().get_context_data(
            title=str(self.track.get_kind_display()).capitalize(),
            intro=str(self.track.building),
            cancel_url=self.track.building.get_absolute_url(),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Save it."""
        edit_track(by=self.request.user, track=self.track, **form.cleaned_data)
        return self.track.building.get_absolute_url()
