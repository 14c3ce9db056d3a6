"""Photos of places and of the hub: added, described, shown or not, removed, sent."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import View

from accounts.models import User
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.uploads import serve
from cohesion.actions.photos import add_activity_photo, add_place_photo, edit_photo, remove_photo
from cohesion.enums import PhotoMoment, PlaceState
from cohesion.forms.places import (
    ActivityPhotoEditForm,
    ActivityPhotoForm,
    PlacePhotoEditForm,
    PlacePhotoForm,
)
from cohesion.models import ActivityPhoto, DeclaredPhoto, PlacePhoto
from cohesion.perms import can_work_on_hub
from cohesion.views.activities import ActivityMixin
from cohesion.views.places import ProjectFormView

SIZES = ("klein", "groot")


def photo_response(photo: DeclaredPhoto, size: str) -> HttpResponse:
    """Send one of the two sizes; never kept by anybody in between."""
    if size not in SIZES:
        raise Http404
    file = photo.thumbnail if size == "klein" else photo.file
    return serve(file, content_type="image/jpeg", filename=f"{photo.uuid}.jpg")


class PhotoMixin(PermissionMixin):
    """One photo: 404 outside the user's scope."""

    photo: DeclaredPhoto

    def photos(self, user: User) -> QuerySet[Any]:
        """Those that this user may see."""
        raise NotImplementedError

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        self.photo = get_object_or_404(self.photos(self.request.user), uuid=kwargs["uuid"])


class PlacePhotos(PhotoMixin):
    """Photos of places."""

    permission = Permission.PLACES_READ

    def photos(self, user: User) -> QuerySet[PlacePhoto]:
        """Where one may see the places."""
        return PlacePhoto.objects.visible_to(user).select_related("project__neighbourhood")


class ActivityPhotos(PhotoMixin):
    """Photos of the hub."""

    permission = Permission.HUB_READ

    def photos(self, user: User) -> QuerySet[ActivityPhoto]:
        """Where one may see the hub."""
        return ActivityPhoto.objects.visible_to(user).select_related("activity__place__neighbourhood")


class _Image(View):
    photo: DeclaredPhoto

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it."""
        return photo_response(self.photo, kwargs["size"])


class PlacePhotoImageView(PlacePhotos, _Image):
    """The picture itself."""


class ActivityPhotoImageView(ActivityPhotos, _Image):
    """The picture itself."""


class PlacePhotoNewView(ProjectFormView):
    """Add a photo of a place."""

    form_class = PlacePhotoForm
    template_name = "cohesion/photo_form.html"
    title = gettext_lazy("Foto toevoegen")
    submit_label = gettext_lazy("Foto bewaren")
    done_message = gettext_lazy("De foto is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """What isn't made yet, is before."""
        is_before = self.project.state in (PlaceState.IDEA, PlaceState.PLANNED)
        return {
            "moment": PhotoMoment.BEFORE.value if is_before else PhotoMoment.AFTER.value,
            "taken_on": timezone.localdate(),
        }

    def perform(self, data: dict[str, Any]) -> PlacePhoto:
        """Keep it."""
        return add_place_photo(by=self.request.user, project=self.project, **data)


class ActivityPhotoNewView(ActivityMixin, ActionFormView):
    """Add a photo of an activity."""

    permission = Permission.HUB_WORK
    form_class = ActivityPhotoForm
    template_name = "cohesion/photo_form.html"
    title = gettext_lazy("Foto toevoegen")
    submit_label = gettext_lazy("Foto bewaren")
    done_message = gettext_lazy("De foto is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find the activity, and check that one works on it."""
        super().load(**kwargs)
        if not can_work_on_hub(self.request.user, self.activity.place.neighbourhood_id):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say of what; going back leads to the activity."""
        return super().get_context_data(
            intro=self.activity.title, cancel_url=self.activity.get_absolute_url(), **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Keep it."""
        add_activity_photo(by=self.request.user, activity=self.activity, **form.cleaned_data)
        return self.activity.get_absolute_url()


class _PhotoForm(PhotoMixin, ActionFormView):
    """A form about one photo: 403 for who may only see it."""

    template_name = "cohesion/photo_form.html"

    def owner(self) -> Any:
        """What the photo is of."""
        raise NotImplementedError

    def neighbourhood_id(self) -> int:
        """Where that lies."""
        raise NotImplementedError

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one works on it."""
        super().load(**kwargs)
        if not self.request.user.access.can(self.permission, self.neighbourhood_id()):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the photo; going back leads to what it is of."""
        return super().get_context_data(
            photo=self.photo, intro=str(self.owner()), cancel_url=self.owner().get_absolute_url(), **kwargs
        )


class _OfPlace(PlacePhotos, _PhotoForm):
    permission = Permission.PLACES_WORK
    photo: PlacePhoto

    def owner(self) -> Any:
        """Its project."""
        return self.photo.project

    def neighbourhood_id(self) -> int:
        """Where the project lies."""
        return self.photo.project.neighbourhood_id

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where the picture is found."""
        return super().get_context_data(image_name="cohesion:place-photo", **kwargs)


class _OfActivity(ActivityPhotos, _PhotoForm):
    permission = Permission.HUB_WORK
    photo: ActivityPhoto

    def owner(self) -> Any:
        """Its activity."""
        return self.photo.activity

    def neighbourhood_id(self) -> int:
        """Where the activity goes on."""
        return self.photo.activity.place.neighbourhood_id

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where the picture is found."""
        return super().get_context_data(image_name="cohesion:activity-photo", **kwargs)


class _Edit(_PhotoForm):
    title = gettext_lazy("Foto wijzigen")
    done_message = gettext_lazy("De foto is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {name: getattr(self.photo, name) for name in self.form_class.base_fields}

    def latest_version(self) -> int:
        """The version as it stands now."""
        return int(type(self.photo)._default_manager.get(pk=self.photo.pk).version)

    def act(self, form: forms.Form) -> str:
        """Save it."""
        edit_photo(by=self.request.user, photo=self.photo, **form.cleaned_data)
        return str(self.owner().get_absolute_url())


class _Remove(_PhotoForm):
    form_class = forms.Form
    title = gettext_lazy("Foto voorgoed verwijderen?")
    submit_label = gettext_lazy("Verwijderen")
    done_message = gettext_lazy("De foto is overal weg.")

    def act(self, form: forms.Form) -> str:
        """Remove it."""
        remove_photo(by=self.request.user, photo=self.photo)
        return str(self.owner().get_absolute_url())


class PlacePhotoEditView(_OfPlace, _Edit):
    """What is said of a photo of a place."""

    form_class = PlacePhotoEditForm


class PlacePhotoRemoveView(_OfPlace, _Remove):
    """Take a photo of a place away."""


class ActivityPhotoEditView(_OfActivity, _Edit):
    """What is said of a photo of an activity."""

    form_class = ActivityPhotoEditForm


class ActivityPhotoRemoveView(_OfActivity, _Remove):
    """Take a photo of an activity away."""
