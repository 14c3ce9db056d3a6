"""Signing a report, and correcting a signed one by a new version."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from housing.actions.inspections import (
    CannotInspect,
    copy_rooms,
    lock_inspection,
    lock_open_inspection,
    tell_cases,
)
from housing.inspection_enums import Category, InspectionState
from housing.inspection_reading import assess, defects_of, outcome_label, outcome_tone, with_common
from housing.models import AccessAttempt, Defect, DefectPhoto, Inspection, Repair

_MOST_IN_WORDS = 30


def _check_ready(inspection: Inspection) -> None:
    if inspection.state == InspectionState.PLANNED:
        raise CannotInspect(_("Dit onderzoek is nog niet begonnen."))
    common = inspection.common
    if common is not None and common.state != InspectionState.FINISHED:
        raise CannotInspect(
            _(
                "Het onderzoek van de gemene delen is nog niet getekend. Teken dat eerst, of neem het niet mee."
            )
        )


@transaction.atomic
def finish_inspection(
    *, by: User, inspection: Inspection, signed_name: str, now: dt.datetime | None = None
) -> Inspection:
    """Sign the report: outcome and reasons are computed and frozen with it, and the families' timelines tell it.

    Outcome and defects are facts of the dwelling, shared with the team (domain F1); the legal status doesn't change.
    Raises CannotInspect (signed_name) and InspectionIsFrozen, also for who signs as second.
    """
    now = now or timezone.now()
    inspection = lock_open_inspection(inspection)
    _check_ready(inspection)
    if not signed_name.strip():
        raise CannotInspect(_("Zet je naam onder het verslag."), field="signed_name")
    defects = list(defects_of(with_common(inspection)))
    inspection.result = assess(inspection, defects)
    inspection.outcome = inspection.result["outcome"]
    inspection.signed_by, inspection.signed_name = by, signed_name.strip()
    inspection.finished_at = now
    inspection.state = InspectionState.FINISHED
    inspection.version += 1
    _note_repairs(inspection, defects, day=timezone.localtime(inspection.started_at or now).date())
    inspection.save()
    tell_cases(
        inspection,
        by=by,
        title=_title(inspection),
        body=_in_words(inspection, defects),
        data={
            "chips": [
                {
                    "text": outcome_label(inspection.outcome),
                    "tone": outcome_tone(inspection.outcome),
                    "icon": "clipboard-check",
                },
                _("het verslag adviseert, een besluit beslist"),
            ]
        },
        now=now,
    )
    return inspection


def _title(inspection: Inspection) -> str:
    what = _("Onderzoek van de woning") if inspection.dwelling_id else _("Onderzoek van de gemene delen")
    if inspection.corrects_id:
        return _("%(what)s verbeterd: %(outcome)s") % {
            "what": what,
            "outcome": outcome_label(inspection.outcome),
        }
    return _("%(what)s: %(outcome)s") % {"what": what, "outcome": outcome_label(inspection.outcome)}


def _in_words(inspection: Inspection, defects: list[Defect]) -> str:
    """The reasons and the defects, worst first."""
    weight = {category: -number for number, category in enumerate(Category)}
    ordered = sorted(defects, key=lambda defect: weight[Category(defect.category)])
    lines = [f"{defect.category}: {defect.item.name}" for defect in ordered[:_MOST_IN_WORDS]]
    if len(ordered) > _MOST_IN_WORDS:
        lines.append(_("en nog %(n)d") % {"n": len(ordered) - _MOST_IN_WORDS})
    smoke = inspection.result["smoke"]
    if smoke and smoke["is_ok"] is False:
        lines.append(_("Geen werkende rookmelder: %(where)s") % {"where": ", ".join(smoke["missing"])})
    reason = [inspection.correction_reason] if inspection.correction_reason else []
    return "\n".join([*reason, *inspection.result["reasons"], *lines])


def _note_repairs(inspection: Inspection, defects: list[Defect], *, day: dt.date) -> None:
    """Keep which defects of the report before are gone; a corrected report says it anew."""
    if inspection.corrects_id:
        Repair.objects.filter(inspection_id=inspection.corrects_id).delete()
    if inspection.previous_id is None:
        return
    own = {defect.item.code for defect in defects if defect.inspection_id == inspection.pk}
    gone = Defect.objects.filter(inspection_id=inspection.previous_id, repair__isnull=True).exclude(
        item__code__in=own
    )
    Repair.objects.bulk_create(
        Repair(defect=defect, inspection=inspection, repaired_on=max(day, defect.first_seen_on))
        for defect in gone
    )


@transaction.atomic
def correct_inspection(
    *, by: User, inspection: Inspection, reason: str, now: dt.datetime | None = None
) -> Inspection:
    """Make the next version of a signed report, to be corrected and signed again; the signed one stays as it is.

    Raises CannotInspect without reason, for a report that isn't signed, and when a correction is being made.
    """
    now = now or timezone.now()
    old = lock_inspection(inspection)
    if old.state != InspectionState.FINISHED:
        raise CannotInspect(_("Enkel een getekend verslag wordt verbeterd. Dit kun je nog gewoon aanpassen."))
    if not reason.strip():
        raise CannotInspect(_("Schrijf op waarom het verslag verbeterd wordt."), field="reason")
    kept = {
        field.attname: getattr(old, field.attname)
        for field in Inspection._meta.concrete_fields
        if field.name not in _ANEW
    }
    new = Inspection(
        **kept,
        state=InspectionState.BUSY,
        corrects=old,
        correction_reason=reason.strip(),
        report_number=old.report_number + 1,
        created_by=by,
    )
    try:
        with transaction.atomic():
            new.save()
    except IntegrityError as error:
        raise CannotInspect(_("Er wordt al aan een verbetering gewerkt. Open die.")) from error
    _copy_findings(old, new)
    tell_cases(
        new,
        by=by,
        title=_("Het verslag van het onderzoek wordt verbeterd"),
        body=new.correction_reason,
        now=now,
    )
    return new


_ANEW = frozenset(
    {
        "id",
        "uuid",
        "state",
        "corrects",
        "correction_reason",
        "report_number",
        "outcome",
        "result",
        "finished_at",
        "signed_by",
        "signed_name",
        "created_by",
        "created_at",
        "version",
    }
)


def _copy_findings(old: Inspection, new: Inspection) -> None:
    """Copy rooms, detectors, attempts, defects and photos; the files are shared with the version that stays."""
    rooms = copy_rooms(old, new)
    for attempt in old.attempts.order_by("pk"):
        AccessAttempt.objects.create(
            inspection=new,
            **{
                name: getattr(attempt, name)
                for name in ("at", "result", "spoken_with", "note", "proposed_at", "by")
            },
        )
    for defect in defects_of([old]):
        made = Defect.objects.create(
            inspection=new,
            **{
                name: getattr(defect, name)
                for name in ("item", "category", "note", "first_seen_on", "changed_by", "changed_at")
            },
        )
        made.rooms.set([rooms[room.pk] for room in defect.rooms.all()])
        DefectPhoto.objects.bulk_create(
            DefectPhoto(
                inspection=new,
                defect=made,
                room=rooms.get(photo.room_id or 0),
                **{
                    name: getattr(photo, name)
                    for name in ("file", "thumbnail", "source_digest", "width", "height", "added_by")
                },
            )
            for photo in defect.photos.all()
        )


def signed_line(inspection: Inspection) -> str:
    """Write who signed and when."""
    if inspection.finished_at is None:
        return ""
    return _("Getekend door %(who)s op %(when)s") % {
        "who": inspection.signed_name,
        "when": date_format(timezone.localtime(inspection.finished_at), "j F Y"),
    }
