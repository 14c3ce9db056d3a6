"""Keeping, renaming and removing one's own filters of a list."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.models import SavedFilter
from cases.saved_lists import QUERY_LENGTH, SAVED_LISTS, normalised_query

# More tabs than this nobody finds his way in.
_MOST = 20


class CannotSaveFilter(ActionError):
    """The filter can't be kept; the message says why."""


def _check_name(*, by: User, list_code: str, name: str, but: int = 0) -> str:
    name = name.strip()
    if not name:
        raise CannotSaveFilter(_("Geef het filter een naam."), field="name")
    if len(name) > 60:
        raise CannotSaveFilter(_("Kies een kortere naam: hoogstens 60 tekens."), field="name")
    same = SavedFilter.objects.filter(user=by, list_code=list_code, name=name).exclude(pk=but)
    if same.exists():
        raise CannotSaveFilter(_("Je hebt al een filter met deze naam. Kies een andere naam."), field="name")
    return name


@transaction.atomic
def save_filter(*, by: User, list_code: str, name: str, query: str) -> SavedFilter:
    """Keep a filter of a list under a name; the page of the list that one is on is not part of it.

    Raises CannotSaveFilter when the name is empty or taken, when nothing was filtered, or when there are too many.
    """
    # The user's own row: two of his windows take turns.
    User.objects.select_for_update().get(pk=by.pk)
    if list_code not in SAVED_LISTS:
        raise CannotSaveFilter(_("Van deze lijst kun je geen filters bewaren."))
    name = _check_name(by=by, list_code=list_code, name=name)
    query = normalised_query(query)
    if not query:
        raise CannotSaveFilter(_("Kies eerst een filter; nu zou er niets te bewaren zijn."))
    if len(query) > QUERY_LENGTH:
        raise CannotSaveFilter(_("Dit filter is te lang om te bewaren. Kies minder voorwaarden."))
    if SavedFilter.objects.filter(user=by, list_code=list_code).count() >= _MOST:
        raise CannotSaveFilter(_("Je hebt al twintig filters bewaard. Verwijder er eerst een."))
    return SavedFilter.objects.create(user=by, list_code=list_code, name=name, query=query)


@transaction.atomic
def rename_filter(*, by: User, saved: SavedFilter, name: str) -> SavedFilter:
    """Give one of one's own filters another name. Raises CannotSaveFilter when the name is empty or taken."""
    User.objects.select_for_update().get(pk=by.pk)
    saved.name = _check_name(by=by, list_code=saved.list_code, name=name, but=saved.pk)
    saved.save(update_fields=["name"])
    return saved


@transaction.atomic
def delete_filter(*, by: User, saved: SavedFilter) -> None:
    """Remove one of one's own filters; the list itself doesn't change."""
    SavedFilter.objects.filter(pk=saved.pk, user=by).delete()
