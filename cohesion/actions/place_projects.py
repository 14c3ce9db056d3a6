"""The look of the neighbourhood: projects, their spots, and the steps they take."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.addresses import street_key
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.checks import check_past, day_of
from cases.maps import Placed, placed
from cohesion.enums import PLACE_TRANSITIONS, PlaceState
from cohesion.models import PlaceProject, PlaceSpot, PlaceStep

MOST_SPOTS = 200  # of one project: a garland through a whole street


class PlaceProjectError(ActionError):
    """This can't be done with the project; the message says why."""


def lock_project(project: PlaceProject) -> PlaceProject:
    """Return it as it is now, locked."""
    return (
        PlaceProject.objects.select_for_update(of=("self",))
        .select_related("neighbourhood")
        .get(pk=project.pk)
    )


@transaction.atomic
def start_project(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    title: str,
    kind: str,
    description: str = "",
    is_public: bool = False,
    state: str = PlaceState.IDEA,
    made_on: dt.date | None = None,
    street: str = "",
    house_number: str = "",
    note: str = "",
    lat: Decimal | None = None,
    lng: Decimal | None = None,
    now: dt.datetime | None = None,
) -> PlaceProject:
    """Begin a project with its first spot: an idea, a plan, or something that stands there already.

    Raises PlaceProjectError when it can't begin in that state, PointError, BadDateError.
    """
    now = now or timezone.now()
    if state not in (PlaceState.IDEA, PlaceState.PLANNED, PlaceState.MADE):
        raise PlaceProjectError(
            _("Een project begint als idee, als plan of als het gemaakt is."), field="state"
        )
    where = placed(neighbourhood, street=street, house_number=house_number, lat=lat, lng=lng)
    project = PlaceProject(
        neighbourhood=neighbourhood,
        title=title.strip(),
        kind=kind,
        description=description.strip(),
        is_public=is_public,
        created_by=by,
        created_at=now,
    )
    _to(project, PlaceState(state), on=made_on, today=day_of(now))
    project.save()
    _keep_spot(PlaceSpot(project=project), where, note)
    _step(project, by=by, on=made_on or day_of(now), note="", now=now)
    return project


@transaction.atomic
def edit_project(
    *,
    by: User,
    project: PlaceProject,
    version: int,
    title: str,
    kind: str,
    description: str,
    is_public: bool,
) -> PlaceProject:
    """Change what is said of it and who may read that. Raises ChangedMeanwhileError."""
    project = lock_project(project)
    if project.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit project intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("naam"): project.title,
                _("soort"): str(project.get_kind_display()),
                _("uitleg"): project.description,
                _("op de publieke pagina"): _("ja") if project.is_public else _("nee"),
            },
        )
    project.title, project.kind = title.strip(), kind
    project.description, project.is_public = description.strip(), is_public
    _save(project)
    return project


@transaction.atomic
def move_project(
    *,
    by: User,
    project: PlaceProject,
    to: str,
    on: dt.date | None = None,
    note: str = "",
    now: dt.datetime | None = None,
) -> PlaceProject:
    """Bring it to another state on a day. What is gone keeps its photos and its story.

    Raises PlaceProjectError for a step that isn't in the table or without its reason, BadDateError.
    """
    now = now or timezone.now()
    today = day_of(now)
    project = lock_project(project)
    old, new = PlaceState(project.state), PlaceState(to)
    if new not in PLACE_TRANSITIONS[old]:
        raise PlaceProjectError(
            _("Van „%(old)s” naar „%(new)s” gaat niet.") % {"old": old.label, "new": new.label}, field="to"
        )
    if new == PlaceState.CARED_FOR and not project.care.standing().exists():
        raise PlaceProjectError(_("Spreek eerst af wie ervoor zorgt."), field="to")
    if new == PlaceState.GONE and not note.strip():
        raise PlaceProjectError(_("Schrijf kort op waarom het verdwenen is."), field="note")
    if new == PlaceState.MADE and old == PlaceState.CARED_FOR and project.care.standing().exists():
        raise PlaceProjectError(_("Beëindig eerst de zorgafspraak."), field="to")
    _to(project, new, on=on, today=today, keep_day=old == PlaceState.CARED_FOR)
    _save(project)
    if new == PlaceState.GONE:
        project.care.standing().update(ended_at=now, ended_by=by)
    _step(project, by=by, on=on or today, note=note, now=now)
    return project


def _to(
    project: PlaceProject, state: PlaceState, *, on: dt.date | None, today: dt.date, keep_day: bool = False
) -> None:
    field = "made_on" if project.pk is None else "on"
    check_past(on, today=today, field=field)
    if state == PlaceState.MADE and not (keep_day and project.made_on):
        project.made_on = on or today
    project.state = state


def _save(project: PlaceProject) -> None:
    project.version += 1
    project.save()


def _step(project: PlaceProject, *, by: User, on: dt.date, note: str, now: dt.datetime) -> None:
    PlaceStep.objects.create(
        project=project, state=project.state, on=on, note=note.strip(), taken_by=by, taken_at=now
    )


# --- spots -----------------------------------------------------------------------------------------------------------
def _keep_spot(spot: PlaceSpot, where: Placed, note: str) -> PlaceSpot:
    spot.street, spot.house_number, spot.note = where.street, where.house_number, note.strip()
    spot.street_key = street_key(where.street)[:80]
    spot.lat, spot.lng, spot.is_exact = where.lat, where.lng, where.is_exact
    spot.save()
    return spot


def _lock_standing(project: PlaceProject) -> PlaceProject:
    project = lock_project(project)
    if project.state == PlaceState.GONE:
        raise PlaceProjectError(_("Dit project is verdwenen. Plan het eerst opnieuw."))
    return project


@transaction.atomic
def add_spot(
    *,
    by: User,
    project: PlaceProject,
    street: str = "",
    house_number: str = "",
    note: str = "",
    lat: Decimal | None = None,
    lng: Decimal | None = None,
) -> PlaceSpot:
    """Add a spot to a project. Raises PointError, PlaceProjectError when it is gone or has too many."""
    project = _lock_standing(project)
    if project.spots.count() >= MOST_SPOTS:
        raise PlaceProjectError(
            _("Een project heeft hoogstens %(most)d plekken. Maak er een tweede van.") % {"most": MOST_SPOTS}
        )
    where = placed(project.neighbourhood, street=street, house_number=house_number, lat=lat, lng=lng)
    _save(project)
    return _keep_spot(PlaceSpot(project=project), where, note)


@transaction.atomic
def edit_spot(
    *,
    by: User,
    spot: PlaceSpot,
    version: int,
    street: str = "",
    house_number: str = "",
    note: str = "",
    lat: Decimal | None = None,
    lng: Decimal | None = None,
) -> PlaceSpot:
    """Put a spot elsewhere. `version` is the project's. Raises ChangedMeanwhileError, PointError, PlaceProjectError."""
    project = _lock_standing(spot.project)
    found = PlaceSpot.objects.filter(pk=spot.pk).first()
    if found is None:
        raise PlaceProjectError(_("Deze plek is intussen weggehaald."))
    spot = found
    if project.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit project intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={_("plek"): spot.words, _("waar precies"): spot.note},
        )
    where = placed(project.neighbourhood, street=street, house_number=house_number, lat=lat, lng=lng)
    _save(project)
    return _keep_spot(spot, where, note)


@transaction.atomic
def remove_spot(*, by: User, spot: PlaceSpot) -> PlaceProject:
    """Take a spot away. Raises PlaceProjectError for the last one: a project is somewhere."""
    project = lock_project(spot.project)
    if not project.spots.exclude(pk=spot.pk).exists():
        raise PlaceProjectError(
            _("Dit is de enige plek. Zet ze ergens anders, of zet het project op verdwenen.")
        )
    PlaceSpot.objects.filter(pk=spot.pk).delete()
    _save(project)
    return project
