"""What the pages of places and their maps show, each in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood
from cases.maps import MOST_POINTS, MapPoint, PointKind, points_data
from cohesion.enums import PLACE_ICONS, PhotoMoment, PlaceKind
from cohesion.models import ActivityPhoto, PlacePhoto, PlaceProject, PlaceSpot

KINDS = {kind.value: PointKind(kind.label, PLACE_ICONS[kind]) for kind in PlaceKind}


@dataclass(frozen=True)
class BeforeAfter:
    """Two photos beside each other; one of them can still be missing."""

    before: PlacePhoto | None
    after: PlacePhoto | None


def side_by_side(photos: Iterable[PlacePhoto]) -> list[BeforeAfter]:
    """Put the first photo from before beside the first from after, and so on."""
    photos = list(photos)
    before = [photo for photo in photos if photo.moment == PhotoMoment.BEFORE]
    after = [photo for photo in photos if photo.moment == PhotoMoment.AFTER]
    return [BeforeAfter(one, other) for one, other in zip_longest(before, after)]


def with_spots(rows: QuerySet[PlaceProject]) -> QuerySet[PlaceProject]:
    """Add the spots of each row: one more query."""
    spots = PlaceSpot.objects.order_by("street_key", "pk")
    return rows.prefetch_related(Prefetch("spots", queryset=spots, to_attr="shown_spots"))


def streets_of(project: PlaceProject) -> str:
    """Say in which streets a project of `with_spots` stands, each once."""
    spots: list[PlaceSpot] = project.shown_spots  # type: ignore[attr-defined]
    return ", ".join(dict.fromkeys(spot.street for spot in spots if spot.street))


def public_streets_of(project: PlaceProject) -> list[str]:
    """Say the same for everybody, where a spot without a street is a point on the map."""
    spots: list[PlaceSpot] = project.shown_spots  # type: ignore[attr-defined]
    return list(dict.fromkeys(spot.public_words for spot in spots))


def points_of(projects: QuerySet[PlaceProject], *, is_public: bool = False) -> dict[str, Any]:
    """Return the points of these projects for the map, the newest first: one query.

    On the public map a point leads to its place on the page; inside to the page of the project.
    """
    spots = (
        PlaceSpot.objects.filter(project__in=projects.order_by(), lat__isnull=False)
        .select_related("project")
        .order_by("-project__created_at", "pk")[:MOST_POINTS]
    )
    return points_data(
        KINDS,
        (
            MapPoint(
                lat=spot.lat,
                lng=spot.lng,
                kind=spot.project.kind,
                title=spot.project.title,
                detail=f"{spot.public_words if is_public else spot.words} · {spot.project.get_state_display()}",
                url=f"?plek={spot.project_id}#plek-{spot.project_id}"
                if is_public
                else spot.project.get_absolute_url(),
            )
            for spot in spots
            if spot.lat is not None and spot.lng is not None
        ),
    )


def public_projects(neighbourhood: Neighbourhood) -> QuerySet[PlaceProject]:
    """What everybody may know of a neighbourhood's places."""
    return PlaceProject.objects.filter(neighbourhood=neighbourhood).public()


def with_public_photos(rows: QuerySet[PlaceProject]) -> QuerySet[PlaceProject]:
    """Add the photos that everybody may see today: one more query."""
    photos = PlacePhoto.objects.public().order_by("added_at", "pk")
    return with_spots(rows).prefetch_related(Prefetch("photos", queryset=photos, to_attr="shown_photos"))


def public_hub_photos(neighbourhood: Neighbourhood) -> QuerySet[ActivityPhoto]:
    """The photos of the hub that everybody may see today, of public activities in places that are in use."""
    return (
        ActivityPhoto.objects.public()
        .filter(
            activity__is_public=True,
            activity__place__is_active=True,
            activity__place__neighbourhood=neighbourhood,
        )
        .select_related("activity")
        .order_by("-added_at", "-pk")
    )


def points_url(neighbourhood: Neighbourhood) -> str:
    """Return where the public map finds its points."""
    return reverse("wijk:places-points", args=[neighbourhood.slug])


def care_words(project: PlaceProject) -> str:
    """Say on the calendar what comes to an end."""
    return _("Zorgafspraak loopt af: %(title)s") % {"title": project.title}
