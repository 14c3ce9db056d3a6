"""Planning and beginning an inspection, what is asked besides the defects, and times that we did not get in."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Circle, Goal
from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.boundaries import refuse_if_boundary
from cases.enums import Reach
from cases.timeline import record
from housing.actions.landlord_contacts import log_landlord_contact
from housing.inspection_cases import cases_of_inspection, cases_that_may_mind
from housing.inspection_enums import AttemptResult, InspectionState, ReportModel, Trigger
from housing.inspection_reading import latest_version
from housing.models import (
    AccessAttempt,
    Building,
    Dwelling,
    Inspection,
    InspectionNote,
    InspectionRoom,
    Landlord,
    LandlordContact,
    Ownership,
    ReportVersion,
    SmokeDetector,
)

_ICON = "clipboard-check"
FACTS = (
    "present",
    "right_holder",
    "landlord_name",
    "is_before_2016",
    "has_folding_bed",
    "is_old_student_room",
    "persons_living",
    "common",
)


class CannotInspect(ActionError):
    """The inspection can't be planned or written like this; the message says why."""


class InspectionIsFrozen(CannotInspect):
    """It was signed or did not go ahead: nothing is written in it any more."""


def lock_inspection(inspection: Inspection) -> Inspection:
    """Return the inspection as it is now, its row locked until the transaction ends."""
    return (
        Inspection.objects.select_for_update(of=("self",))
        .select_related("building", "dwelling__building", "report_version", "previous", "inspector")
        .get(pk=inspection.pk)
    )


def lock_open_inspection(inspection: Inspection) -> Inspection:
    """Return it locked. Raises InspectionIsFrozen when it was signed or cancelled meanwhile."""
    locked = lock_inspection(inspection)
    if locked.state == InspectionState.FINISHED:
        raise InspectionIsFrozen(
            _("Dit verslag is getekend en ligt vast. Klopt er iets niet, maak dan een verbeterde versie.")
        )
    if locked.state == InspectionState.CANCELLED:
        raise InspectionIsFrozen(_("Dit onderzoek ging niet door. Plan een nieuw onderzoek."))
    return locked


def lock_begun_inspection(inspection: Inspection, *, now: dt.datetime) -> Inspection:
    """Return it locked and begun: whoever notes the first thing has begun."""
    locked = lock_open_inspection(inspection)
    if locked.state == InspectionState.PLANNED:
        locked.state, locked.started_at = InspectionState.BUSY, now
        locked.save(update_fields=["state", "started_at"])
    return locked


def moment_in_words(moment: dt.datetime) -> str:
    """Write a moment as maandag 23 november om 10:20."""
    local = timezone.localtime(moment)
    return _("%(day)s om %(time)s") % {
        "day": date_format(local, "l j F"),
        "time": date_format(local, "H:i"),
    }


def _check_moment(moment: dt.datetime, *, now: dt.datetime, field: str = "day") -> None:
    if moment > now + dt.timedelta(days=2 * 366):
        raise CannotInspect(_("Dit ligt meer dan twee jaar vooruit. Kijk het jaartal na."), field=field)
    if moment < now - dt.timedelta(days=366):
        raise CannotInspect(_("Dit ligt meer dan een jaar terug. Kijk het jaartal na."), field=field)


def _check_inspector(inspector: User, neighbourhood_id: int) -> None:
    if not inspector.access.can(Permission.INSPECTION_WORK, neighbourhood_id):
        raise CannotInspect(_("Kies een wooncontroleur van deze wijk."), field="inspector")


def _check_previous(previous: Inspection | None, building: Building, dwelling: Dwelling | None) -> None:
    if previous is None:
        return
    if previous.state != InspectionState.FINISHED:
        raise CannotInspect(_("Het vorige verslag is nog niet getekend."))
    if previous.building_id != building.pk or previous.dwelling_id != (dwelling and dwelling.pk):
        raise CannotInspect(_("Het vorige verslag gaat over een andere woning."))


def tell_cases(
    inspection: Inspection,
    *,
    by: User,
    title: str,
    body: str = "",
    circle: str = Circle.SHARED,
    data: dict[str, Any] | None = None,
    now: dt.datetime,
) -> None:
    """Put one entry on the timeline of each open case that the inspection is about."""
    for case in cases_of_inspection(inspection, timezone.localtime(now).date()):
        record(
            "housing.inspection",
            case=case,
            by=by,
            title=title,
            body=body,
            data=data,
            circle=circle,
            goal=Goal.HOUSING,
            occurred_at=now,
        )


@transaction.atomic
def plan_inspection(
    *,
    by: User,
    building: Building,
    scheduled_at: dt.datetime,
    inspector: User,
    trigger: str,
    dwelling: Dwelling | None = None,
    report_model: str = ReportModel.DWELLING,
    previous: Inspection | None = None,
    now: dt.datetime | None = None,
) -> Inspection:
    """Plan the inspection of a dwelling, or of the common parts of a building when there is no dwelling.

    With `previous` it is a re-inspection: rooms and storeys are taken over, defects are looked at again one by one.
    Raises CannotInspect (fields day, inspector, report_model, trigger).
    """
    now = now or timezone.now()
    _check_moment(scheduled_at, now=now)
    if trigger not in Trigger.values:
        raise CannotInspect(_("Kies een aanleiding."), field="trigger")
    building = Building.objects.select_for_update().get(pk=building.pk)
    if dwelling is not None and dwelling.building_id != building.pk:
        raise CannotInspect(_("Deze woning hoort bij een ander pand."))
    _check_inspector(inspector, building.neighbourhood_id)
    _check_previous(previous, building, dwelling)
    if previous is not None:
        previous = latest_version(previous)
    report_version = ReportVersion.objects.on(report_model, timezone.localtime(scheduled_at).date())
    if report_version is None:
        raise CannotInspect(
            _(
                "Er is geen technisch verslag voor dit model op die dag. Vraag het aan wie de lijsten beheert."
            ),
            field="report_model",
        )
    inspection = Inspection.objects.create(
        neighbourhood_id=building.neighbourhood_id,
        building=building,
        dwelling=dwelling,
        report_version=report_version,
        trigger=trigger,
        scheduled_at=scheduled_at,
        inspector=inspector,
        previous=previous,
        landlord_name=_owners_in_words(dwelling, timezone.localtime(now).date()),
        created_by=by,
        **_taken_over(previous),
    )
    if previous is not None:
        copy_rooms(previous, inspection)
    tell_cases(
        inspection,
        by=by,
        title=_("Onderzoek van de woning gepland")
        if dwelling
        else _("Onderzoek van de gemene delen gepland"),
        body=_("%(moment)s, door %(who)s.") % {"moment": moment_in_words(scheduled_at), "who": inspector},
        data={"chips": [{"text": str(Trigger(trigger).label), "tone": "", "icon": _ICON}]},
        now=now,
    )
    return inspection


def _owners_in_words(dwelling: Dwelling | None, day: dt.date) -> str:
    if dwelling is None:
        return ""
    owners = Ownership.objects.on(day).filter(dwelling=dwelling).select_related("landlord").order_by("pk")
    return ", ".join(ownership.landlord.name for ownership in owners)[:200]


def _taken_over(previous: Inspection | None) -> dict[str, Any]:
    """What does not change between two looks at the same dwelling."""
    if previous is None:
        return {}
    names = ("is_before_2016", "has_folding_bed", "is_old_student_room", "right_holder")
    return {name: getattr(previous, name) for name in names}


def copy_rooms(source: Inspection, target: Inspection) -> dict[int, InspectionRoom]:
    """Copy rooms and storeys; return the new room by the key of the old one."""
    made = {}
    for room in source.rooms.order_by("position", "pk"):
        made[room.pk] = InspectionRoom.objects.create(
            inspection=target,
            **{name: getattr(room, name) for name in ("name", "kind", "area", "height", "position")},
        )
    SmokeDetector.objects.bulk_create(
        SmokeDetector(inspection=target, storey=row.storey, is_working=row.is_working, position=row.position)
        for row in source.smoke_detectors.all()
    )
    return made


@transaction.atomic
def start_inspection(*, by: User, inspection: Inspection, now: dt.datetime | None = None) -> Inspection:
    """Begin. Begun already, nothing happens. Raises InspectionIsFrozen."""
    return lock_begun_inspection(inspection, now=now or timezone.now())


def _check_version(inspection: Inspection, version: int) -> None:
    if inspection.version != version:
        raise ChangedMeanwhileError(
            _("Een collega paste dit onderzoek net aan. Vergelijk en bewaar opnieuw."),
            current={
                _("wanneer"): moment_in_words(inspection.scheduled_at),
                _("wooncontroleur"): str(inspection.inspector),
                _("wie was erbij"): inspection.present,
                _("houder van het zakelijk recht"): inspection.right_holder,
            },
        )


@transaction.atomic
def move_inspection(
    *,
    by: User,
    inspection: Inspection,
    scheduled_at: dt.datetime,
    inspector: User,
    version: int,
    now: dt.datetime | None = None,
) -> Inspection:
    """Plan it at another moment or for another inspector. Raises CannotInspect and ChangedMeanwhileError."""
    now = now or timezone.now()
    inspection = lock_open_inspection(inspection)
    _check_version(inspection, version)
    _check_moment(scheduled_at, now=now)
    _check_inspector(inspector, inspection.neighbourhood_id)
    has_moved = inspection.scheduled_at != scheduled_at
    inspection.scheduled_at, inspection.inspector = scheduled_at, inspector
    inspection.version += 1
    inspection.save(update_fields=["scheduled_at", "inspector", "version"])
    if has_moved:
        tell_cases(
            inspection,
            by=by,
            title=_("Onderzoek verplaatst"),
            body=_("Naar %(moment)s.") % {"moment": moment_in_words(scheduled_at)},
            now=now,
        )
    return inspection


@transaction.atomic
def cancel_inspection(
    *, by: User, inspection: Inspection, reason: str, now: dt.datetime | None = None
) -> Inspection:
    """Say that it does not go ahead, and why. What was noted stays to be read. Raises CannotInspect."""
    inspection = lock_open_inspection(inspection)
    if not reason.strip():
        raise CannotInspect(_("Schrijf op waarom het niet doorgaat."), field="reason")
    inspection.state, inspection.cancelled_reason = InspectionState.CANCELLED, reason.strip()
    inspection.version += 1
    inspection.save(update_fields=["state", "cancelled_reason", "version"])
    tell_cases(
        inspection,
        by=by,
        title=_("Onderzoek gaat niet door"),
        body=reason.strip(),
        now=now or timezone.now(),
    )
    return inspection


@transaction.atomic
def set_facts(*, by: User, inspection: Inspection, version: int, **facts: Any) -> Inspection:
    """Save part A and what the occupancy part asks besides the rooms; `facts` holds all the names in FACTS.

    Raises ChangedMeanwhileError, InspectionIsFrozen, and CannotInspect for common parts of another building.
    """
    inspection = lock_open_inspection(inspection)
    _check_version(inspection, version)
    check_common(inspection, facts["common"])
    for name in FACTS:
        setattr(inspection, name, facts[name])
    inspection.version += 1
    inspection.save(update_fields=[*FACTS, "version"])
    return inspection


def check_common(inspection: Inspection, common: Inspection | None) -> None:
    """Refuse the common parts of another building, or to take along anything in a report of common parts."""
    if common is None:
        return
    is_fitting = common.building_id == inspection.building_id and common.dwelling_id is None
    if not is_fitting or inspection.dwelling_id is None or common.state == InspectionState.CANCELLED:
        raise CannotInspect(_("Kies het onderzoek van de gemene delen van dit pand."), field="common")


@transaction.atomic
def log_access_attempt(
    *,
    by: User,
    inspection: Inspection,
    at: dt.datetime,
    result: str,
    spoken_with: str = "",
    note: str = "",
    proposed_at: dt.datetime | None = None,
    now: dt.datetime | None = None,
) -> AccessAttempt:
    """Write down that we did not get in: why, who said so, and the moment proposed instead.

    A proposed moment becomes the moment of the inspection. Raises CannotInspect (at, result, spoken_with, proposed_at).
    """
    now = now or timezone.now()
    inspection = lock_open_inspection(inspection)
    if at > now + dt.timedelta(minutes=5):
        raise CannotInspect(_("Dit moment moet nog komen."), field="at")
    if at < now - dt.timedelta(days=366):
        raise CannotInspect(_("Dit ligt meer dan een jaar terug. Kijk het jaartal na."), field="at")
    if result not in AttemptResult.values:
        raise CannotInspect(_("Kies wat er gebeurde."), field="result")
    if result == AttemptResult.REFUSED and not spoken_with.strip():
        raise CannotInspect(_("Schrijf op wie weigerde."), field="spoken_with")
    if proposed_at is not None:
        if proposed_at <= at:
            raise CannotInspect(_("Het volgende moment ligt na deze poging."), field="proposed_at")
        _check_moment(proposed_at, now=now, field="proposed_at")
    attempt = AccessAttempt.objects.create(
        inspection=inspection,
        at=at,
        result=result,
        spoken_with=spoken_with.strip(),
        note=note.strip(),
        proposed_at=proposed_at,
        by=by,
    )
    if proposed_at is not None and inspection.state == InspectionState.PLANNED:
        inspection.scheduled_at = proposed_at
        inspection.version += 1
        inspection.save(update_fields=["scheduled_at", "version"])
    proposed = (
        _("Volgend moment voorgesteld: %(moment)s.") % {"moment": moment_in_words(proposed_at)}
        if proposed_at
        else _("Er is nog geen volgend moment.")
    )
    tell_cases(
        inspection,
        by=by,
        title=_("Onderzoek: niet binnengeraakt"),
        body="\n".join(filter(None, [attempt.note, proposed])),
        circle=Circle.ENFORCEMENT,
        data={"chips": [{"text": str(attempt.get_result_display()), "tone": "warn", "icon": "door-closed"}]},
        now=now,
    )
    return attempt


@transaction.atomic
def add_inspector_note(
    *, by: User, inspection: Inspection, text: str, now: dt.datetime | None = None
) -> InspectionNote:
    """Keep a note in the circle of enforcement; it stands in no report. Also possible once the report is signed."""
    if not text.strip():
        raise CannotInspect(_("Schrijf eerst iets op."), field="text")
    now = now or timezone.now()
    note = InspectionNote.objects.create(inspection=inspection, text=text.strip(), by=by, written_at=now)
    tell_cases(
        lock_inspection(inspection),
        by=by,
        title=_("Notitie van de wooncontroleur"),
        body=note.text,
        circle=Circle.ENFORCEMENT,
        now=now,
    )
    return note


@transaction.atomic
def announce_inspection(
    *,
    by: User,
    inspection: Inspection,
    landlord: Landlord,
    channel: str,
    summary: str,
    via_contact_person: bool | None = None,
    now: dt.datetime | None = None,
) -> LandlordContact:
    """Write down that the landlord was told of the inspection.

    It reaches the landlord: when a family that lives there wants no contact with him, RefusedByBoundaryError. The
    inspection itself, with the tenant, needs no such leave. Raises InspectionIsFrozen and what
    `log_landlord_contact` raises.
    """
    now = now or timezone.now()
    inspection = lock_open_inspection(inspection)
    for case in cases_that_may_mind(inspection, timezone.localtime(now).date()):
        refuse_if_boundary(case=case, by=by, reach=Reach.LANDLORD, now=now)
    contact = log_landlord_contact(
        by=by,
        landlord=landlord,
        direction="outgoing",
        channel=channel,
        summary=_("Aankondiging van het onderzoek in %(where)s op %(moment)s. %(words)s")
        % {
            "where": inspection,
            "moment": moment_in_words(inspection.scheduled_at),
            "words": summary.strip(),
        },
        via_contact_person=via_contact_person,
        # Whoever lives in this dwelling was asked about just now; others are not spoken of in an announcement.
        not_about_family=True,
    )
    tell_cases(
        inspection,
        by=by,
        title=_("Onderzoek aangekondigd aan de verhuurder"),
        body=_("%(who)s, voor %(moment)s.")
        % {"who": landlord, "moment": moment_in_words(inspection.scheduled_at)},
        now=now,
    )
    return contact
