"""The tracks of a building: opening, following up, closing."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Goal
from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.timeline import record
from housing.models import Building, BuildingTrack
from housing.procedure_cases import block_cases
from housing.procedure_enums import TrackState


class TrackError(ActionError):
    """The track can't be like this; the message says why."""


def _check_owner(owner: User, building: Building) -> None:
    may = User.objects.with_permission(Permission.PROCEDURE_READ, building.neighbourhood_id)
    if not may.filter(pk=owner.pk).exists():
        raise TrackError(_("Deze collega volgt in deze wijk geen panden op."), field="owner")


def _check_days(opened_on: dt.date, next_on: dt.date | None, *, now: dt.datetime) -> None:
    today = timezone.localtime(now).date()
    if opened_on > today:
        raise TrackError(_("Deze datum moet nog komen. Kies vandaag of vroeger."), field="opened_on")
    if opened_on < today - dt.timedelta(days=20 * 366):
        raise TrackError(_("Kijk het jaar na."), field="opened_on")
    if next_on is not None and not opened_on <= next_on <= today + dt.timedelta(days=5 * 366):
        raise TrackError(_("Kijk de datum na."), field="next_on")


def _tell(track: BuildingTrack, *, by: User, title: str, now: dt.datetime) -> None:
    """The block hears of it; a family has nothing to do with it."""
    words = [track.outcome or track.note]
    if track.next_on and track.state != TrackState.CLOSED:
        words.append(
            _("Volgende stap op %(day)s: %(what)s")
            % {
                "day": date_format(track.next_on, "j F Y"),
                "what": track.next_step or _("nog te bepalen"),
            }
        )
    for case in block_cases(track.building):
        record(
            "housing.procedure",
            case=case,
            by=by,
            title=title,
            body=" ".join(word for word in words if word),
            data={"chips": [str(track.get_kind_display()), str(track.get_state_display())]},
            goal=Goal.HOUSING,
            occurred_at=now,
        )


@transaction.atomic
def open_track(
    *,
    by: User,
    building: Building,
    kind: str,
    owner: User,
    opened_on: dt.date,
    next_on: dt.date | None = None,
    next_step: str = "",
    note: str = "",
    now: dt.datetime | None = None,
) -> BuildingTrack:
    """Open a track of a building. Raises TrackError when this kind runs already, or for a bad owner or day."""
    now = now or timezone.now()
    building = Building.objects.select_for_update().get(pk=building.pk)
    _check_owner(owner, building)
    _check_days(opened_on, next_on, now=now)
    try:
        with transaction.atomic():
            track = BuildingTrack.objects.create(
                building=building,
                kind=kind,
                owner=owner,
                opened_on=opened_on,
                next_on=next_on,
                next_step=next_step.strip(),
                note=note.strip(),
                created_by=by,
            )
    except IntegrityError as error:
        raise TrackError(_("Dit spoor loopt al voor dit pand."), field="kind") from error
    _tell(track, by=by, title=_("Spoor geopend: %(kind)s") % {"kind": track.get_kind_display()}, now=now)
    return track


@transaction.atomic
def edit_track(
    *,
    by: User,
    track: BuildingTrack,
    version: int,
    owner: User,
    state: str,
    next_on: dt.date | None = None,
    next_step: str = "",
    note: str = "",
    outcome: str = "",
    now: dt.datetime | None = None,
) -> BuildingTrack:
    """Follow a track up, or close it with how it went.

    Raises ChangedMeanwhileError when somebody saved since `version`, TrackError for a closed track or without outcome.
    """
    now = now or timezone.now()
    track = (
        BuildingTrack.objects.select_for_update(of=("self",))
        .select_related("building", "owner")
        .get(pk=track.pk)
    )
    if track.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("stand"): str(track.get_state_display()),
                _("wie volgt op"): str(track.owner),
                _("volgende datum"): date_format(track.next_on, "j F Y") if track.next_on else "",
                _("wat dan"): track.next_step,
                _("stand van zaken"): track.note,
            },
        )
    if track.state == TrackState.CLOSED:
        raise TrackError(_("Dit spoor is afgesloten. Open een nieuw."))
    _check_owner(owner, track.building)
    _check_days(track.opened_on, next_on, now=now)
    closes = state == TrackState.CLOSED
    if closes and not outcome.strip():
        raise TrackError(_("Schrijf op hoe het afliep."), field="outcome")
    track.owner, track.state, track.note = owner, state, note.strip()
    track.next_on, track.next_step = (None, "") if closes else (next_on, next_step.strip())
    track.outcome = outcome.strip() if closes else ""
    track.closed_on = timezone.localtime(now).date() if closes else None
    track.version += 1
    track.save()
    words = _("Spoor afgesloten: %(kind)s") if closes else _("Spoor opgevolgd: %(kind)s")
    _tell(track, by=by, title=words % {"kind": track.get_kind_display()}, now=now)
    return track
