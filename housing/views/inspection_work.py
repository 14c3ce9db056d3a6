"""Noting defects on the spot: one page, every tap saved by itself, with or without script."""

import uuid as uuids
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.actions.submissions import perform_once
from accounts.views.base import submission_token
from arsenaal.lib.errors import ActionError
from cases.views.drafts import is_someone_else, to_uuid, wants_json
from housing.actions.inspection_defects import (
    add_defect_photo,
    describe_defect,
    item_of,
    remove_defect,
    remove_defect_photo,
    set_defect,
)
from housing.actions.inspection_rooms import add_room, edit_room, remove_room, set_smoke_detectors
from housing.forms.inspections import RoomForm, SmokeForm
from housing.inspection_enums import Part, RoomKind
from housing.inspection_reading import assess, defects_of, outcome_tone, with_common
from housing.models import Defect, DefectPhoto, InspectionRoom, ReportItem
from housing.views.inspection_base import InspectionMixin, InspectionWorkMixin
from housing.views.inspection_steps import OpenInspectionFormView


class InspectionWorkView(InspectionWorkMixin, TemplateView):
    """The list of items with one tap per category."""

    template_name = "housing/inspections/work.html"
    status = 200

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A signed or cancelled inspection shows itself."""
        if not self.inspection.is_open:
            return HttpResponseRedirect(self.inspection.get_absolute_url())
        response = super().get(request, *args, **kwargs)
        response.status_code = self.status
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Items by part and group, each with what was found now and the time before. A fixed number of queries."""
        kwargs.pop("uuid", None)
        inspection = self.inspection
        found = list(defects_of(with_common(inspection)))
        own = {defect.item_id: defect for defect in found if defect.inspection_id == inspection.pk}
        rooms = list(inspection.rooms.order_by("position", "pk"))
        asked = to_uuid(self.request.GET.get("room"))
        return super().get_context_data(
            parts=self.parts(own),
            rooms=rooms,
            room=next((room for room in rooms if room.uuid == asked), None),
            room_kinds=RoomKind.choices,
            found_count=len(own),
            result=(result := assess(inspection, found)),
            tone=outcome_tone(result["outcome"]),
            **kwargs,
        )

    def parts(self, own: dict[int, Defect]) -> list[dict[str, Any]]:
        """Return the parts of the report with their groups and items."""
        inspection = self.inspection
        items = ReportItem.objects.filter(
            Q(is_active=True) | Q(pk__in=list(own)), report_version=inspection.report_version
        )
        if inspection.is_of_common_parts:
            items = items.filter(part=Part.BUILDING)
        elif inspection.common_id:  # part B stands in the report of the common parts
            items = items.filter(~Q(part=Part.BUILDING) | Q(pk__in=list(own)))
        before = {}
        if inspection.previous_id:
            rows = Defect.objects.filter(inspection_id=inspection.previous_id)
            before = dict(rows.values_list("item__code", "category"))
        rows = [
            {"item": item, "defect": own.get(item.pk), "before": before.get(item.code, "")}
            for item in items.order_by("part", "position", "code")
        ]
        return [
            {
                "label": Part(part).label,
                "groups": [
                    {"name": name, "rows": list(group)}
                    for name, group in groupby(list(of_part), lambda row: row["item"].group)
                ],
            }
            for part, of_part in groupby(rows, lambda row: row["item"].part)
        ]


class TapView(InspectionWorkMixin):
    """One small save: done once, answered in JSON to our own script and with a page to a browser without it."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it once; what is wrong is said where it was pressed."""
        if is_someone_else(request):
            return JsonResponse({"state": "other_user"}, status=409)
        try:
            perform_once(by=request.user, token=submission_token(request), work=self.work)
        except ActionError as error:
            error.after_rollback()
            return self.refuse(error.message)
        if wants_json(request):
            at = date_format(timezone.localtime(), "H:i")
            return JsonResponse({"state": "kept", "at": at, **self.answer()})
        return HttpResponseRedirect(self.back())

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Reloaded or gone back to: show the list."""
        return HttpResponseRedirect(self.back())

    def work(self) -> str:
        """Call the action; return where to go."""
        raise NotImplementedError

    def answer(self) -> dict[str, Any]:
        """What our script needs to know besides that it is kept."""
        return {}

    def back(self) -> str:
        """Return the address of the list, at the same item and room."""
        url = reverse("housing:inspection-work", args=[self.inspection.uuid])
        room = to_uuid(self.request.POST.get("room"))
        item = self.kwargs.get("item")
        return f"{url}{f'?room={room}' if room else ''}{f'#item-{item}' if item else ''}"

    def refuse(self, message: str) -> HttpResponse:
        """Say what is wrong."""
        if wants_json(self.request):
            return JsonResponse({"state": "bad", "message": message}, status=422)
        messages.error(self.request, message)
        view = InspectionWorkView()
        view.setup(self.request, uuid=self.inspection.uuid)
        view.inspection, view.status = self.inspection, 422
        if not self.inspection.is_open:
            return HttpResponseRedirect(self.inspection.get_absolute_url())
        return view.get(self.request).render()  # type: ignore[attr-defined,no-any-return]

    def room(self) -> InspectionRoom | None:
        """Return the room that was sent along, if it is one of this inspection."""
        asked = to_uuid(self.request.POST.get("room") or self.request.GET.get("room"))
        return self.inspection.rooms.filter(uuid=asked).first() if asked else None


class DefectTapView(TapView):
    """A category for an item, or no defect after all."""

    def work(self) -> str:
        """Set or take away."""
        item = item_of(self.inspection, self.kwargs["item"])
        category = self.request.POST.get("category", "")
        if category == "":
            remove_defect(by=self.request.user, inspection=self.inspection, item=item)
        else:
            room = self.room()
            set_defect(
                by=self.request.user,
                inspection=self.inspection,
                item=item,
                category=category,
                rooms=[room] if room else [],
            )
        return self.back()

    def answer(self) -> dict[str, Any]:
        """What the report says by now."""
        self.inspection.refresh_from_db()
        result = assess(self.inspection)
        counts = ", ".join(f"{n}× {category}" for category, n in result["counts"].items() if n)
        return {"counts": counts}


class DefectDescribeView(TapView):
    """What was seen, and in which rooms."""

    def work(self) -> str:
        """Save the words."""
        item = item_of(self.inspection, self.kwargs["item"])
        defect = Defect.objects.filter(inspection=self.inspection, item=item).first()
        note = self.request.POST.get("note", "").replace("\r\n", "\n").replace("\0", "")
        if defect is None:
            raise ActionError(_("Kies eerst een categorie."))
        if len(note) > 2000:
            raise ActionError(_("Dit is te lang: hoogstens 2.000 tekens. Kort in."))
        asked = [room for text in self.request.POST.getlist("rooms") if (room := to_uuid(text))]
        rooms = list(self.inspection.rooms.filter(uuid__in=asked))
        describe_defect(by=self.request.user, defect=defect, note=note, rooms=rooms)
        return self.back()


class RoomAddView(TapView):
    """A room, named on the spot; measured now or later."""

    def work(self) -> str:
        """Add it."""
        form = RoomForm(self.request.POST)
        if not form.is_valid():
            raise ActionError(next(iter(form.errors.values()))[0])
        add_room(
            by=self.request.user,
            inspection=self.inspection,
            uuid=to_uuid(self.request.POST.get("room")),
            **form.cleaned_data,
        )
        return self.back()


class DefectPhotoAddView(InspectionWorkMixin):
    """Take in one photo of a defect."""

    def post(self, request: HttpRequest, uuid: uuids.UUID, item: int) -> HttpResponse:
        """Answer with where the photo can be seen, or with what is wrong with it."""
        if is_someone_else(request):
            return JsonResponse({"state": "other_user"}, status=409)
        upload = request.FILES.get("photo")
        defect = Defect.objects.select_related("inspection").filter(inspection=self.inspection, item_id=item)
        room = to_uuid(request.GET.get("room") or request.POST.get("room"))
        try:
            if upload is None:
                raise ActionError(_("Kies eerst een foto."))
            if (found := defect.first()) is None:
                raise ActionError(_("Kies eerst een categorie."))
            photo = add_defect_photo(
                by=request.user,
                defect=found,
                upload=upload,
                room=self.inspection.rooms.filter(uuid=room).first() if room else None,
            )
        except ActionError as error:
            if not wants_json(request):
                messages.error(request, error.message)
                return HttpResponseRedirect(self.back(item))
            return JsonResponse({"state": "bad", "message": error.message}, status=422)
        if not wants_json(request):
            return HttpResponseRedirect(self.back(item))
        return JsonResponse(
            {
                "state": "kept",
                "uuid": str(photo.uuid),
                "at": date_format(timezone.localtime(), "H:i"),
                "url": reverse("housing:inspection-photo", args=[photo.uuid]),
                "remove": reverse("housing:inspection-photo-remove", args=[self.inspection.uuid, photo.uuid]),
            }
        )

    def get(self, request: HttpRequest, uuid: uuids.UUID, item: int) -> HttpResponse:
        """Gone back to: show the list."""
        return HttpResponseRedirect(self.back(item))

    def back(self, item: int) -> str:
        """Return the address of the list at this item."""
        return f"{reverse('housing:inspection-work', args=[self.inspection.uuid])}#item-{item}"


class DefectPhotoRemoveView(TapView):
    """Take a photo away while the report isn't signed."""

    def work(self) -> str:
        """Remove it; gone already, nothing happens."""
        photo = DefectPhoto.objects.select_related("inspection").filter(
            uuid=self.kwargs["photo"], inspection=self.inspection
        )
        if found := photo.first():
            remove_defect_photo(by=self.request.user, photo=found)
        return self.back()


class DefectPhotoView(InspectionMixin):
    """The picture itself: never in a shared cache, never as anything but a JPEG."""

    def load(self, **kwargs: Any) -> None:
        """404 outside the inspections that one may see."""
        found = get_object_or_404(DefectPhoto.objects.select_related("inspection"), uuid=kwargs["photo"])
        super().load(uuid=found.inspection.uuid)
        self.photo = found

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


class RoomsView(InspectionWorkMixin, TemplateView):
    """The rooms with their measures, which of them count, and the smoke detectors."""

    template_name = "housing/inspections/rooms.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A signed inspection shows itself."""
        if not self.inspection.is_open:
            return HttpResponseRedirect(self.inspection.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Rooms beside what the norm makes of them."""
        kwargs.pop("uuid", None)
        rooms = list(self.inspection.rooms.order_by("position", "pk"))
        result = assess(self.inspection)
        judged = result["occupancy"]["rooms"] if result["occupancy"] else [None] * len(rooms)
        return super().get_context_data(
            rooms=list(zip(rooms, judged, strict=True)),
            result=result,
            tone=outcome_tone(result["outcome"]),
            **kwargs,
        )


class RoomNewView(OpenInspectionFormView):
    """Adding a room with its measures."""

    form_class = RoomForm
    title = gettext_lazy("Lokaal toevoegen")
    submit_label = gettext_lazy("Lokaal bewaren")
    done_message = gettext_lazy("Het lokaal is bewaard.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the rooms."""
        return super().get_context_data(cancel_url=self.rooms_url(), **kwargs)

    def rooms_url(self) -> str:
        """Return the address of the rooms."""
        return reverse("housing:inspection-rooms", args=[self.inspection.uuid])

    def act(self, form: forms.Form) -> str:
        """Add it."""
        add_room(by=self.request.user, inspection=self.inspection, **form.cleaned_data)
        return self.rooms_url()


class RoomEditView(RoomNewView):
    """Correcting a room."""

    title = gettext_lazy("Lokaal aanpassen")

    def load(self, **kwargs: Any) -> None:
        """Find the room in this inspection."""
        super().load(**kwargs)
        self.room = get_object_or_404(self.inspection.rooms.select_related("inspection"), uuid=kwargs["room"])

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return RoomForm.initial_of(self.room)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The room itself is no part of the page."""
        kwargs.pop("room", None)
        return super().get_context_data(**kwargs)

    def act(self, form: forms.Form) -> str:
        """Save it."""
        edit_room(by=self.request.user, room=self.room, **form.cleaned_data)
        return self.rooms_url()


class RoomRemoveView(InspectionWorkMixin):
    """Take a room away in which nothing was found."""

    def post(self, request: HttpRequest, uuid: Any, room: uuids.UUID) -> HttpResponse:
        """Remove it; a refusal is told on the page of the rooms."""
        found = self.inspection.rooms.select_related("inspection").filter(uuid=room).first()
        try:
            if found is not None:
                remove_room(by=request.user, room=found)
        except ActionError as error:
            messages.error(request, error.message)
        return HttpResponseRedirect(reverse("housing:inspection-rooms", args=[uuid]))

    def get(self, request: HttpRequest, uuid: Any, room: uuids.UUID) -> HttpResponse:
        """Gone back to: show the rooms."""
        return HttpResponseRedirect(reverse("housing:inspection-rooms", args=[uuid]))


class SmokeView(OpenInspectionFormView):
    """Smoke detectors per storey."""

    form_class = SmokeForm
    title = gettext_lazy("Rookmelders per verdieping")
    done_message = gettext_lazy("De rookmelders zijn bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return SmokeForm.initial_of(self.inspection)

    def act(self, form: forms.Form) -> str:
        """Save them."""
        set_smoke_detectors(
            by=self.request.user,
            inspection=self.inspection,
            storeys=form.storeys(),  # type: ignore[attr-defined]
        )
        return reverse("housing:inspection-rooms", args=[self.inspection.uuid])
