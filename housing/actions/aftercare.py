"""Aftercare (nazorg): planned when a stay ends, done with a result; a relapse goes back to the radar."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.checks import check_due, check_past, day_of
from cases.actions.locking import lock_case
from cases.actions.radar_report import report_worry
from cases.enums import RadarReason, RadarSource
from cases.models import RadarEntry
from cases.timeline import record
from housing.actions.obligations import record_evidence
from housing.agreement_days import add_months
from housing.agreement_enums import AftercareResult, AftercareState
from housing.models import AftercareCheck, ObligationDue, Occupancy, Stay
from housing.stay_rules import AFTERCARE_MONTHS

# A relapse is looked at soon.
_RELAPSE_REVIEW_DAYS = 14
_TONES = {AftercareResult.WELL: "ok", AftercareResult.WORRY: "warn"}


class AftercareError(ActionError):
    """This can't be written down like this; the message says why."""


def plan_aftercare(*, stay: Stay, now: dt.datetime | None = None) -> list[AftercareCheck]:
    """Plan the checks of a stay that ended; called inside the action that ends it."""
    ended_on = stay.ended_on or day_of(now)
    return AftercareCheck.objects.bulk_create(
        AftercareCheck(case=stay.case, stay=stay, months=months, due_on=add_months(ended_on, months))
        for months in AFTERCARE_MONTHS
    )


@transaction.atomic
def do_aftercare(
    *,
    by: User,
    check: AftercareCheck,
    result: str,
    done_on: dt.date,
    note: str = "",
    is_relapse: bool = False,
    radar_words: str = "",
    again_on: dt.date | None = None,
    evidence_for: ObligationDue | None = None,
    circle: str | None = None,
    now: dt.datetime | None = None,
) -> AftercareCheck:
    """Write down how it is with the household. A worry needs words; they go in the writer's circle.

    With `is_relapse` the household is put back on the radar with `radar_words`, which all who decide there read.
    Nobody reached: `again_on` plans another try. With `evidence_for` the check counts as done for that obligation of
    the agreement. Raises AftercareError, BadDateError, DueStateError.
    """
    now = now or timezone.now()
    today = day_of(now)
    case = lock_case(check.case)
    check = AftercareCheck.objects.select_for_update(of=("self",)).select_related("case").get(pk=check.pk)
    if check.state != AftercareState.PLANNED:
        raise AftercareError(_("Deze nazorg is al gedaan."))
    check_past(done_on, today=today, field="done_on", not_before=check.stay.ended_on)
    if result == AftercareResult.WORRY and not note.strip():
        raise AftercareError(_("Schrijf op wat de zorg is."), field="note")
    if is_relapse and result != AftercareResult.WORRY:
        raise AftercareError(_("Hervallen hoort bij “er is een zorg”."), field="is_relapse")
    if is_relapse and not radar_words.strip():
        raise AftercareError(_("Schrijf op wat er op de radar mag staan."), field="radar_words")
    if evidence_for is not None and evidence_for.agreement.case_id != case.pk:
        raise AftercareError(_("Die verbintenis hoort niet bij dit dossier."), field="evidence_for")
    if evidence_for is not None and result == AftercareResult.NOT_REACHED:
        raise AftercareError(_("Niemand bereikt telt niet als bewijs."), field="evidence_for")
    check.state, check.result = AftercareState.DONE, result
    check.done_on, check.done_by, check.is_relapse = done_on, by, is_relapse
    if is_relapse:
        check.radar_entry = _back_on_radar(check, by=by, words=radar_words, today=today, now=now)
    check.save()
    if again_on is not None:
        _plan_again(check, again_on, result=result, today=today)
    _tell(check, by=by, note=note, circle=circle, now=now)
    if evidence_for is not None:
        record_evidence(
            by=by,
            due=evidence_for,
            on=done_on,
            text=_("Nazorg na %(n)d maanden: %(result)s.")
            % {"n": check.months, "result": AftercareResult(result).label},
            is_done=True,
            now=now,
        )
    return check


def _plan_again(check: AftercareCheck, again_on: dt.date, *, result: str, today: dt.date) -> None:
    if result != AftercareResult.NOT_REACHED:
        raise AftercareError(_("Opnieuw proberen hoort bij “niemand bereikt”."), field="again_on")
    check_due(again_on, today=today, field="again_on")
    if AftercareCheck.objects.filter(stay=check.stay, due_on=again_on).exists():
        raise AftercareError(_("Op die dag staat er al nazorg gepland."), field="again_on")
    AftercareCheck.objects.create(case=check.case, stay=check.stay, months=check.months, due_on=again_on)


def _back_on_radar(
    check: AftercareCheck, *, by: User, words: str, today: dt.date, now: dt.datetime
) -> RadarEntry:
    """Put the household back on the radar, with where it lives now."""
    household = check.case.household
    living = (
        Occupancy.objects.on(today).filter(household=household).select_related("dwelling__building").first()
    )
    building = living.dwelling.building if living else None
    entry = report_worry(
        by=by,
        neighbourhood=check.case.neighbourhood,
        worry={
            "source": RadarSource.HOME_VISIT,
            "source_organisation": by.organisation,
            "reason": RadarReason.DWELLING,
            "worry": _("Hervallen, gezien bij de nazorg na %(n)d maanden (dossier %(number)s). %(words)s")
            % {"n": check.months, "number": check.case.number, "words": words.strip()},
            "review_on": today + dt.timedelta(days=_RELAPSE_REVIEW_DAYS),
            "name": household.name if household else check.case.title[:120],
            "street": building.street if building else "",
            "house_number": building.house_number if building else "",
            "box": living.dwelling.box if living else "",
            "postcode": building.postcode if building else "",
        },
        now=now,
    )
    entry.household = household
    entry.save(update_fields=["household"])
    return entry


def _tell(check: AftercareCheck, *, by: User, note: str, circle: str | None, now: dt.datetime) -> None:
    result = AftercareResult(check.result)
    chips = [{"text": str(result.label), "tone": _TONES.get(result, ""), "icon": ""}]
    if check.is_relapse:
        chips.append({"text": _("terug op de radar"), "tone": "stop", "icon": "broadcast"})
    record(
        "housing.aftercare",
        case=check.case,
        by=by,
        title=_("Nazorg na %(n)d maanden") % {"n": check.months},
        body=note.strip(),
        data={"chips": chips, "saw_family": result != AftercareResult.NOT_REACHED},
        circle=circle,
        goal="housing",
        occurred_at=now,
    )
