"""Photos of a visit: in one by one while somebody writes, out only to who may read the visit."""

import uuid as uuids
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.looks import Look, Subject
from accounts.permissions import Permission
from accounts.views.base import PermissionMixin
from arsenaal.lib.errors import ActionError
from arsenaal.lib.wall import beyond_wall
from cases.actions.visit_drafts import save_draft
from cases.actions.visit_photos import add_photo, remove_photo
from cases.looks import case_look
from cases.models import Case, VisitPhoto
from cases.perms import can_see_photo
from cases.views.drafts import is_someone_else, wants_json
from cases.views.visit_drafts import CaseWorkMixin


def photo_json(photo: VisitPhoto) -> dict[str, str]:
    """Return what the form needs to show a photo."""
    return {
        "uuid": str(photo.uuid),
        "url": reverse("cases:visit-photo", args=[photo.uuid]),
        "remove": reverse("cases:visit-photo-remove", args=[photo.case.number, photo.visit_uuid, photo.uuid]),
    }


class VisitPhotoAddView(CaseWorkMixin):
    """Take in one photo."""

    def post(self, request: HttpRequest, number: str, visit: uuids.UUID) -> HttpResponse:
        """Answer with where the photo can be seen, or with what is wrong with it."""
        if is_someone_else(request):
            return JsonResponse({"state": "other_user"}, status=409)
        upload = request.FILES.get("photo")
        if upload is None:
            return JsonResponse({"state": "bad", "message": _("Kies eerst een foto.")}, status=422)
        try:
            photo = add_photo(by=request.user, case=self.case, visit_uuid=visit, upload=upload)
        except ActionError as error:
            return JsonResponse({"state": "bad", "message": error.message}, status=422)
        return JsonResponse({"state": "kept", **photo_json(photo)})


class VisitPhotoRemoveView(CaseWorkMixin):
    """Take away one's own photo of a visit that isn't saved yet."""

    def load(self, **kwargs: Any) -> None:
        """Find the photo: one's own, of this visit, not yet part of a saved one."""
        super().load(**kwargs)
        self.photo = get_object_or_404(
            VisitPhoto,
            uuid=kwargs["photo"],
            case=self.case,
            visit_uuid=kwargs["visit"],
            added_by=self.request.user,
            visit=None,
        )

    def post(self, request: HttpRequest, number: str, visit: uuids.UUID, photo: uuids.UUID) -> HttpResponse:
        """Take it away and go back to the form."""
        remove_photo(by=request.user, photo=self.photo)
        if (
            "visit" in request.POST
        ):  # the whole form came along, from a browser without script: keep its words
            save_draft(by=request.user, case=self.case, visit_uuid=visit, payload=dict(request.POST.lists()))
        if wants_json(request):
            return JsonResponse({"state": "removed"})
        return HttpResponseRedirect(f"{reverse('cases:visit-new', args=[number])}?visit={visit}")


def _case_of_saved_photo(photo: uuids.UUID) -> int | None:
    """Return the case of a photo that the second wall keeps back: in one's own case that is told apart from none."""
    with beyond_wall("of which case a closed photo is"):
        return (
            VisitPhoto.objects.filter(uuid=photo, visit__isnull=False)
            .values_list("case_id", flat=True)
            .first()
        )


class VisitPhotoView(PermissionMixin):
    """The picture itself: never in a shared cache, never as anything but a JPEG."""

    permission = Permission.CASE_READ
    subject = Subject.PHOTO

    def load(self, **kwargs: Any) -> None:
        """404 outside one's cases, 403 outside the circle."""
        found = VisitPhoto.objects.select_related("case", "visit").filter(uuid=kwargs["photo"]).first()
        cases = Case.objects.visible_to(self.request.user)
        if found is None:
            if cases.filter(pk=_case_of_saved_photo(kwargs["photo"])).exists():
                raise PermissionDenied
            raise Http404
        in_scope = cases.filter(pk=found.case_id) | cases.filter(parent_id=found.case_id)
        is_others_draft = found.visit_id is None and found.added_by_id != self.request.user.pk
        if is_others_draft or not in_scope.exists():
            raise Http404
        if not can_see_photo(self.request.user, found):
            raise PermissionDenied
        self.photo = found

    def looks(self) -> Iterable[Look]:
        """The photo, with its case."""
        return [case_look(self.photo.case, subject=Subject.PHOTO, subject_id=self.photo.pk)]

    def get(self, request: HttpRequest, photo: uuids.UUID) -> HttpResponse:
        """Send the photo, or its thumbnail with ?size=small."""
        field = self.photo.thumbnail if request.GET.get("size") == "small" else self.photo.file
        try:
            with field.storage.open(field.name, "rb") as content:
                response = HttpResponse(content.read(), content_type="image/jpeg")
        except FileNotFoundError as error:
            raise Http404 from error
        response["Cache-Control"] = "private, no-store"
        response["Content-Disposition"] = 'inline; filename="foto.jpg"'
        response["X-Content-Type-Options"] = "nosniff"
        return response
