"""Correcting a visit that one logged oneself: the old words stay readable, the new ones take their place."""

import datetime as dt
import uuid as uuids
from collections.abc import Collection, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ChangedMeanwhileError
from arsenaal.lib.registries import timeline_kinds
from cases.actions.correct_entry import supersede_entry
from cases.actions.locking import lock_open_case
from cases.actions.visit_lock import lock_visit_uuid
from cases.actions.visit_photos import delete_photos
from cases.actions.visit_record import (
    VisitRefused,
    check_words,
    clean_observations,
    set_observations,
    set_words,
    snapshot,
)
from cases.enums import VisitResult, VisitState
from cases.models import Case, EntryEnvelope, Visit, VisitDraft
from cases.perms import can_correct_entry


class CannotCorrectVisit(VisitRefused):
    """The visit can't be corrected like this; the message says why."""


def _find_last_seen(case: Case) -> None:
    """Work out again when the family was last seen: the correction may have taken that visit away."""
    contact_kinds = [kind.code for kind in timeline_kinds if kind.is_contact]
    seen = EntryEnvelope.objects.filter(
        case=case, kind__in=contact_kinds, superseded_by__isnull=True, saw_family=True
    ).aggregate(last=Max("occurred_at"))
    Case.objects.filter(pk=case.pk).update(last_seen_at=seen["last"])


@transaction.atomic
def correct_visit(
    *,
    by: User,
    visit: Visit,
    entry_id: int,
    reason: str,
    result: str,
    present: str = "",
    narrative: str = "",
    agreed: str = "",
    observations: Mapping[str, int] | None = None,
    remove_photos: Collection[uuids.UUID] = (),
    now: dt.datetime | None = None,
) -> Visit:
    """Put other words in the place of what was logged; a new entry supersedes the old one, in the same
    circle.

    `entry_id` is the entry that the author had before him. Raises ChangedMeanwhileError when the visit was
    corrected since, CannotCorrectVisit without a reason, VisitRefused, CaseIsClosed, and PermissionDenied
    for who didn't write it.
    """
    lock_visit_uuid(visit.uuid)
    case = lock_open_case(visit.case)
    visit = Visit.objects.select_for_update(of=("self",)).select_related("entry__case").get(pk=visit.pk)
    old = visit.entry
    if visit.state != VisitState.DONE or old is None or not can_correct_entry(by, old):
        raise PermissionDenied
    if old.pk != entry_id:
        raise ChangedMeanwhileError(
            _("Je hebt dit bezoek intussen al verbeterd, op een ander scherm. Vergelijk en bewaar opnieuw."),
            current={
                _("hoe het liep"): visit.get_result_display(),
                _("wat er gezegd is"): visit.words.narrative,
                _("wat jullie afspraken"): visit.words.agreed,
            },
        )
    if not reason.strip():
        raise CannotCorrectVisit(_("Schrijf kort op waarom je dit verbetert."), field="reason")
    if result not in VisitResult.values:
        raise CannotCorrectVisit(_("Kies hoe het bezoek liep."), field="result")
    check_words(narrative=narrative, agreed=agreed, present=present)
    seen = clean_observations(observations or {})
    visit.result = result
    visit.save(update_fields=["result"])
    set_words(visit, present=present, narrative=narrative, agreed=agreed)
    set_observations(visit, seen)
    delete_photos(visit.photos.filter(uuid__in=remove_photos))
    kept = {key: old.data[key] for key in ("trust_change", "trust_event") if key in old.data}
    visit.entry = supersede_entry(
        by=by,
        entry=old,
        **snapshot(
            visit,
            observations=seen,
            chips=list(old.data.get("chips", [])),
            more={**kept, "reason": reason.strip()},
        ),
    )
    visit.save(update_fields=["entry"])
    _find_last_seen(case)
    VisitDraft.objects.filter(user=by, visit_uuid=visit.uuid).delete()
    return visit
