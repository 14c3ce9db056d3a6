"""What somebody is typing about a visit: saved while he types, his alone, gone once the visit is saved."""

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.visit_lock import lock_visit_uuid, visit_with
from cases.actions.visit_photos import delete_photos
from cases.enums import VisitState
from cases.models import Case, VisitDraft, VisitPhoto

# A draft that nobody came back to is forgotten after this many days: it holds words about a family.
KEEP_DAYS = 30
MAX_CHARACTERS = 60_000  # twice the longest visit that can be saved
MAX_FIELDS = 80
MAX_REVISION = 2**31 - 1  # what the column holds
_NAME = re.compile(r"[a-z][a-z_-]{0,40}")
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "submission_token", "as_user", "photos", "visit"})


class BadDraft(ActionError):
    """What the device sent is no draft of ours."""


class DraftIsDone(ActionError):
    """The visit itself was saved: there is nothing left to draft."""


class DraftNotHere(ActionError):
    """This visit doesn't belong to this case."""


class OlderDraft(ActionError):
    """A newer save of the same draft arrived before; nothing was changed."""

    def __init__(self, revision: int) -> None:
        super().__init__(_("Er staat al een nieuwere versie klaar."))
        self.revision = revision


def _plain_text(value: object) -> str:
    """Return what the database can hold: no NUL and no half of a character."""
    return str(value).replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def clean_payload(raw: object) -> dict[str, list[str]]:
    """Return the fields of a form as name -> list of words. Raises BadDraft for anything else, or for too
    much.
    """
    if not isinstance(raw, Mapping) or len(raw) > MAX_FIELDS:
        raise BadDraft(_("Dit kan niet als klad bewaard worden."))
    payload: dict[str, list[str]] = {}
    for name, values in raw.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise BadDraft(_("Dit kan niet als klad bewaard worden."))
        if name in _NOT_KEPT:
            continue
        values = values if isinstance(values, list) else [values]
        if not all(isinstance(value, str) for value in values):
            raise BadDraft(_("Dit kan niet als klad bewaard worden."))
        payload[name] = [_plain_text(value) for value in values]
    if sum(len(value) for values in payload.values() for value in values) > MAX_CHARACTERS:
        raise BadDraft(_("Je tekst is te lang om te bewaren. Kort hem in tot 20.000 tekens."))
    return payload


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
    fields = clean_payload(payload)
    if revision is not None and not 0 < revision <= MAX_REVISION:
        raise BadDraft(_("Dit kan niet als klad bewaard worden."))
    lock_visit_uuid(visit_uuid)
    visit = visit_with(visit_uuid)
    if visit is not None and visit.case_id != case.pk:
        raise DraftNotHere(_("Dit bezoek hoort niet bij dit dossier."))
    is_saved = visit is not None and visit.state == VisitState.DONE and visit.logged_by_id == by.pk
    if is_saved and not is_correction:
        raise DraftIsDone(_("Dit bezoek is al bewaard."))
    draft = VisitDraft.objects.select_for_update().filter(user=by, visit_uuid=visit_uuid).first()
    if draft is None:
        return VisitDraft.objects.create(
            case=case, user=by, visit_uuid=visit_uuid, payload=fields, revision=revision or 1
        )
    if draft.case_id != case.pk:
        raise DraftNotHere(_("Dit bezoek hoort niet bij dit dossier."))
    if revision == draft.revision and fields == draft.payload:
        return draft  # the same save once more
    if revision is not None and revision <= draft.revision:
        raise OlderDraft(draft.revision)
    draft.payload, draft.revision = fields, revision or draft.revision + 1
    draft.save(update_fields=["payload", "revision", "saved_at"])
    return draft


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
    oldest = (now or timezone.now()) - dt.timedelta(days=KEEP_DAYS)
    drafts, _per_model = VisitDraft.objects.filter(saved_at__lt=oldest).delete()
    in_draft = VisitDraft.objects.filter(user_id=OuterRef("added_by_id"), visit_uuid=OuterRef("visit_uuid"))
    orphans = VisitPhoto.objects.filter(~Exists(in_draft), visit=None, added_at__lt=oldest)
    with transaction.atomic():
        return drafts, delete_photos(orphans)
