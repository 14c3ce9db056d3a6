"""What somebody is typing about a visit of any kind: kept while he types, his alone, the newest words only."""

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from typing import TypeVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.models.draft import Draft

# A draft that nobody came back to is forgotten after this many days: it holds words about a family.
KEEP_DAYS = 30
MAX_CHARACTERS = 60_000  # twice the longest visit that can be saved
MAX_FIELDS = 80
MAX_REVISION = 2**31 - 1  # what the column holds
_AnyDraft = TypeVar("_AnyDraft", bound=Draft)
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


def oldest_kept(now: dt.datetime | None) -> dt.datetime:
    """Return the moment before which a draft that nobody came back to is forgotten."""
    return (now or timezone.now()) - dt.timedelta(days=KEEP_DAYS)


def keep_draft(
    kind: type[_AnyDraft],
    *,
    by: User,
    visit_uuid: uuid.UUID,
    payload: object,
    revision: int | None,
    about: Mapping[str, models.Model] | None = None,
) -> _AnyDraft:
    """Keep what `by` typed, the lock on the visit being held. Without a revision it comes after whatever is there.

    `about` is what this kind of draft hangs on; a draft of this visit about something else is none of ours.
    Raises OlderDraft when a newer save was there already, DraftNotHere, and BadDraft when the payload is no form.
    """
    fields, about = clean_payload(payload), about or {}
    if revision is not None and not 0 < revision <= MAX_REVISION:
        raise BadDraft(_("Dit kan niet als klad bewaard worden."))
    mine: models.QuerySet[_AnyDraft] = kind._default_manager.filter(user=by, visit_uuid=visit_uuid)
    draft = mine.select_for_update().first()
    if draft is None:
        return kind._default_manager.create(
            user=by, visit_uuid=visit_uuid, payload=fields, revision=revision or 1, **about
        )
    if any(getattr(draft, f"{name}_id") != thing.pk for name, thing in about.items()):
        raise DraftNotHere(_("Dit bezoek hoort niet bij dit dossier."))
    if revision == draft.revision and fields == draft.payload:
        return draft  # the same save once more
    if revision is not None and revision <= draft.revision:
        raise OlderDraft(draft.revision)
    draft.payload, draft.revision = fields, revision or draft.revision + 1
    draft.save(update_fields=["payload", "revision", "saved_at"])
    return draft


def forget_old_drafts(kind: type[Draft], *, now: dt.datetime | None = None) -> int:
    """Forget the drafts of a kind that nobody came back to; return how many. Safe to run twice."""
    gone, _per_model = kind._default_manager.filter(saved_at__lt=oldest_kept(now)).delete()
    return gone
