"""What everybody may see of the places of a neighbourhood: the map, before and after, photos that may be shown."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from arsenaal.lib.keyset import page_or_first
from arsenaal.lib.wall import beyond_wall
from cases.maps import map_box
from cases.views.maps import drawing_response
from cohesion.models import PlacePhoto
from cohesion.place_reading import (
    points_of,
    points_url,
    public_hub_photos,
    public_projects,
    public_streets_of,
    side_by_side,
    with_public_photos,
)
from cohesion.views.photos import photo_response
from cohesion.views.public_base import PublicMixin

PAGE_SIZE = 12
PHOTOS_A_MINUTE = "600/m"  # a page has dozens of them
FOR_ALL = "photos that everybody may see today"


class PublicPlacesView(PublicMixin, TemplateView):
    """The places with their map."""

    template_name = "cohesion/public/places.html"
    cache_control = "no-store"  # a photo that is taken off is gone at once

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it: a fixed number of queries."""
        rows = with_public_photos(public_projects(self.neighbourhood))
        # A point of the map leads here, also when its place stands on a later page: then it comes first.
        asked = self.request.GET.get("plek", "")
        pk = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
        cursor = self.request.GET.get("cursor", "")
        with beyond_wall(FOR_ALL):
            page = page_or_first(rows, order="-created_at", size=PAGE_SIZE, cursor=cursor)
            first = [] if not pk or pk in {row.pk for row in page.rows} else list(rows.filter(pk=pk))
        return super().get_context_data(
            page=page,
            rows=[
                (row, public_streets_of(row), side_by_side(row.shown_photos)) for row in [*first, *page.rows]
            ],
            map=map_box(
                self.neighbourhood,
                points_url=points_url(self.neighbourhood) + f"?taal={self.language}",
                label=_("Kaart met de plekken van %(where)s") % {"where": self.neighbourhood},
                drawing_name="wijk:drawing",
            ),
            **kwargs,
        )


class PublicPointsView(PublicMixin):
    """The points of that map."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send them."""
        return JsonResponse(points_of(public_projects(self.neighbourhood), is_public=True))


class PublicDrawingView(PublicMixin):
    """Border and streets."""

    cache_control = "public, max-age=86400"  # its address holds its version

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send them."""
        return drawing_response(self.neighbourhood)


class PublicPhotoView(PublicMixin):
    """A photo that everybody may see today; any other isn't there."""

    rate = PHOTOS_A_MINUTE
    cache_control = "no-store"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it."""
        with beyond_wall(FOR_ALL):
            photo = get_object_or_404(self._photos(kwargs["kind"]), uuid=kwargs["uuid"])
        return photo_response(photo, kwargs["size"])

    def _photos(self, kind: str) -> QuerySet[Any]:
        if kind == "hub":
            return public_hub_photos(self.neighbourhood)
        if kind == "plek":
            return PlacePhoto.objects.public().filter(project__in=public_projects(self.neighbourhood))
        raise Http404
