"""Drafts of home visits: in one case, with photos, gone once the visit is saved (see drafts.py)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from cases.actions.drafts import DraftIsDone, DraftNotHere, forget_old_drafts, keep_draft, oldest_kept
from cases.actions.visit_lock import lock_visit_uuid, visit_with
from cases.actions.visit_photos import delete_photos
from cases.enums import VisitState
from cases.models import Case, VisitDraft, VisitPhoto


@transaction.atomic
def save_draft(
    *,
    by: User,
    case: Case,
    visit_uuid: uuid.UUID,
    payload: Mapping[str, Any],
    revision: int | None = None,
    is_correction: bool = False,
) -> VisitDraft:
    """Keep what `by` typed for this visit. Without a revision it comes after whatever is there.

    `is_correction` keeps words that came in after he saved the visit, to correct it with.

    Raises OlderDraft when a newer save was there already, DraftIsDone when he saved the visit itself,
    DraftNotHere when the visit belongs to another case, BadDraft when the payload is no form.
    """
    lock_visit_uuid(visit_uuid)
    visit = visit_with(visit_uuid)
    if visit is not None and visit.case_id != case.pk:
        raise DraftNotHere(_("Dit bezoek hoort niet bij dit dossier."))
    is_saved = visit is not None and visit.state == VisitState.DONE and visit.logged_by_id == by.pk
    if is_saved and not is_correction:
        raise DraftIsDone(_("Dit bezoek is al bewaard."))
    return keep_draft(
        VisitDraft,
        by=by,
        visit_uuid=visit_uuid,
        payload=payload,
        revision=revision,
        about={"case": case},
    )


@transaction.atomic
def drop_draft(*, by: User, case: Case, visit_uuid: uuid.UUID) -> None:
    """Throw away one's own draft with its photos. Nothing to throw away is fine."""
    lock_visit_uuid(visit_uuid)
    VisitDraft.objects.filter(user=by, case=case, visit_uuid=visit_uuid).delete()
    delete_photos(VisitPhoto.objects.filter(added_by=by, case=case, visit_uuid=visit_uuid, visit=None))


@transaction.atomic
def move_draft(*, by: User, case: Case, visit_uuid: uuid.UUID) -> uuid.UUID:
    """Make one's own draft, with its photos, the draft of a new visit; return the new visit's uuid.

    For who wrote about a planned visit that a colleague saved first. Raises DraftNotHere when there is no
    draft.
    """
    lock_visit_uuid(visit_uuid)
    new_uuid = uuid.uuid4()
    moved = VisitDraft.objects.filter(user=by, case=case, visit_uuid=visit_uuid).update(visit_uuid=new_uuid)
    if not moved:
        raise DraftNotHere(_("Dit klad is er niet meer."))
    VisitPhoto.objects.filter(added_by=by, case=case, visit_uuid=visit_uuid, visit=None).update(
        visit_uuid=new_uuid
    )
    return new_uuid


def tidy_drafts(*, now: dt.datetime | None = None) -> tuple[int, int]:
    """Forget drafts of KEEP_DAYS and older, and photos of that age that no visit or draft holds.

    Return how many drafts and photos went. Safe to run twice and to be stopped half-way.
    """
    drafts, oldest = forget_old_drafts(VisitDraft, now=now), oldest_kept(now)
    in_draft = VisitDraft.objects.filter(user_id=OuterRef("added_by_id"), visit_uuid=OuterRef("visit_uuid"))
    orphans = VisitPhoto.objects.filter(~Exists(in_draft), visit=None, added_at__lt=oldest)
    with transaction.atomic():
        return drafts, delete_photos(orphans)
