"""The parallel tracks of a building, side by side on its page. Every part of housing can bring its own.

A track says who owns it, where it stands and what its next date is; working on it happens where it lives.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.registry import Registry
from housing.agreement_reading import agreement_tracks
from housing.models import Building, BuildingTrack, DwellingProcedure, Renovation
from housing.procedure_reading import lines_of, with_terms


@dataclass(frozen=True)
class Track:
    """One track of a building as its page shows it."""

    title: str
    icon: str
    state: str
    owner: str  # who has the ball: a colleague or a service
    next_on: dt.date | None = None
    next_what: str = ""
    url: str = ""
    tone: str = ""  # of the chip with its state: stop, warn, ok or nothing
    is_closed: bool = False

    @property
    def is_late(self) -> bool:
        """Whether its next date has passed."""
        return not self.is_closed and self.next_on is not None and self.next_on < timezone.localdate()


@dataclass(frozen=True)
class TrackSource:
    """A kind of track. `fetch(building, user)` does a fixed number of queries and shows only what `user` may read."""

    code: str
    label: str | Promise
    fetch: Callable[[Building, Any], Sequence[Track]]


track_sources: Registry[TrackSource] = Registry("tracks of a building")


def tracks_of(building: Building, user: User) -> list[Track]:
    """Return every track of a building that this user may see: what runs first, then by its next date."""
    found = [track for source in track_sources for track in source.fetch(building, user)]
    return sorted(
        found, key=lambda track: (track.is_closed, track.next_on is None, track.next_on or dt.date.max)
    )


def _procedures(building: Building, user: User) -> list[Track]:
    if not user.access.can(Permission.PROCEDURE_READ, building.neighbourhood_id):
        return []
    parts = (
        DwellingProcedure.objects.filter(procedure__building=building)
        .select_related("procedure")
        .prefetch_related(with_terms())
        .order_by("pk")
    )
    tracks = []
    for line in lines_of(list(parts)):
        line.procedure.building = building
        states = [f"{label} ({n})" if len(line.parts) > 1 else label for label, n in line.states]
        tracks.append(
            Track(
                title=str(capfirst(line.procedure.get_kind_display())),
                icon="signpost-2",
                state=", ".join(states),
                owner=", ".join(line.holders),
                next_on=line.next_term.due_on if line.next_term else None,
                next_what=str(line.next_term.get_code_display()) if line.next_term else "",
                url=line.procedure.get_absolute_url(),
                is_closed=not line.is_running,
            )
        )
    return tracks


_ICONS = {"vacancy": "moon", "permit": "rulers"}


def _own_tracks(building: Building, user: User) -> list[Track]:
    """Vacancy and planning permits."""
    rows = BuildingTrack.objects.visible_to(user).filter(building=building).select_related("owner")
    return [
        Track(
            title=str(capfirst(row.get_kind_display())),
            icon=_ICONS[row.kind],
            state=str(row.get_state_display()),
            owner=str(row.owner),
            next_on=row.next_on,
            next_what=row.outcome or row.next_step,
            url=reverse("housing:track", args=[row.pk]),
            is_closed=row.closed_on is not None,
        )
        for row in rows.order_by("pk")
    ]


def _agreements(building: Building, user: User) -> list[Track]:
    return [
        Track(
            title=found.title,
            icon="file-earmark-text",
            state=found.state_label,
            owner=found.holder,
            next_on=found.next_on,
            next_what=found.next_label,
            url=found.url,
            tone="stop" if found.late else "",
        )
        for found in agreement_tracks([building.pk], user)
    ]


def _renovations(building: Building, user: User) -> list[Track]:
    """The renovations of dwellings here, of the cases that this user may see."""
    rows = Renovation.objects.visible_to(user).filter(dwelling__building=building)
    found = []
    for row in rows.select_related("dwelling", "coach").order_by("pk"):
        row.dwelling.building = building
        found.append(
            Track(
                title=f"{_('Renovatie')}: {row.dwelling}",
                icon="hammer",
                state=str(row.get_state_display()),
                owner=str(row.coach),
                next_on=row.next_on,
                next_what=row.next_step,
                url=row.get_absolute_url(),
                is_closed=not row.is_going_on,
            )
        )
    return found


SOURCES = (
    TrackSource("housing.procedures", gettext_lazy("Procedures"), _procedures),
    TrackSource("housing.agreements", gettext_lazy("Overeenkomsten"), _agreements),
    TrackSource("housing.renovations", gettext_lazy("Renovaties"), _renovations),
    TrackSource("housing.building_tracks", gettext_lazy("Leegstand en vergunningen"), _own_tracks),
)
