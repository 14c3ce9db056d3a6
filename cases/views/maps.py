"""The drawings of the neighbourhoods: for every map, and for the administrator who replaces them."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.models import Neighbourhood
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.actions.neighbourhood_maps import read_drawing, set_map
from cases.forms.maps import DrawingForm
from cases.maps import map_box, map_of
from cases.models import NeighbourhoodMap
from cases.neighbourhoods import neighbourhoods_where


def drawing_response(neighbourhood: Neighbourhood) -> JsonResponse:
    """Return the drawing of a neighbourhood. Raises Http404 when there is none."""
    found = map_of(neighbourhood)
    if found is None:
        raise Http404
    return JsonResponse(found.drawing, content_type="application/geo+json")


class MapDrawingView(View):
    """Border and streets, for whoever is logged in."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """Send it; the address holds its version, so the browser may keep it."""
        response = drawing_response(get_object_or_404(Neighbourhood, slug=kwargs["slug"]))
        response.headers["Cache-Control"] = "private, max-age=86400"
        return response


class MapListView(PermissionMixin, TemplateView):
    """Which neighbourhoods are drawn, and from what."""

    permission = Permission.REFERENCE_MANAGE
    template_name = "cases/map_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather them in two queries."""
        areas = list(neighbourhoods_where(self.request.user, self.permission))
        found = {
            row.neighbourhood_id: row for row in NeighbourhoodMap.objects.filter(neighbourhood__in=areas)
        }
        return super().get_context_data(rows=[(area, found.get(area.pk)) for area in areas], **kwargs)


class MapEditView(ActionFormView):
    """Replace the drawing of a neighbourhood by a file."""

    permission = Permission.REFERENCE_MANAGE
    form_class = DrawingForm
    template_name = "cases/map_form.html"
    submit_label = _("Tekening gebruiken")
    done_message = _("De kaart is vervangen.")
    neighbourhood: Neighbourhood

    def load(self, **kwargs: Any) -> None:
        """Find the neighbourhood: 404 outside one's scope."""
        areas = neighbourhoods_where(self.request.user, self.permission)
        self.neighbourhood = get_object_or_404(areas, slug=kwargs["slug"])

    def get_initial(self) -> dict[str, Any]:
        """The form knows which drawing it replaces."""
        return {"version": self.latest_version()}

    def latest_version(self) -> int:
        """The version as it stands now; 0 where there is no drawing."""
        found = map_of(self.neighbourhood)
        return found.version if found else 0

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what is there now; going back leads to the list."""
        return super().get_context_data(
            title=_("Kaart van %(where)s") % {"where": self.neighbourhood},
            map=map_box(self.neighbourhood),
            cancel_url=reverse("cases:map-list"),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Take it in."""
        data = form.cleaned_data
        set_map(
            by=self.request.user,
            neighbourhood=self.neighbourhood,
            content=read_drawing(data["file"]),
            source=data["source"],
            is_approximate=data["is_approximate"],
            version=data["version"],
        )
        return reverse("cases:map-edit", args=[self.neighbourhood.slug])
