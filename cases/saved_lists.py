"""The lists of which filters can be kept. Names only: the lists of higher packages stand here by their address."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission

# What belongs to one look at a list, not to its filter.
_NOT_KEPT = ("cursor", "csrfmiddlewaretoken", "submission_token")
QUERY_LENGTH = 1000


@dataclass(frozen=True)
class SavedList:
    """A list with filters that can be kept."""

    label: Any
    url_name: str
    permission: Permission


SAVED_LISTS: dict[str, SavedList] = {
    "cases": SavedList(_("Dossiers"), "cases:case-list", Permission.CASE_READ),
    "help-requests": SavedList(_("Vragen aan diensten"), "cases:help-request-list", Permission.CASE_READ),
    "obstacles": SavedList(_("Hinderpalen"), "cases:obstacle-list", Permission.OBSTACLE_MANAGE),
    "buildings": SavedList(_("Panden"), "housing:building-list", Permission.REGISTER_READ),
    "dwellings": SavedList(_("Woningen"), "housing:dwelling-list", Permission.REGISTER_READ),
    "landlords": SavedList(_("Verhuurders"), "housing:landlord-list", Permission.REGISTER_READ),
}


def normalised_query(query: str) -> str:
    """Return the query string without empty keys and without what isn't a filter, always in the same order."""
    params = QueryDict(query, mutable=True)
    for key in _NOT_KEPT:
        params.pop(key, None)
    kept = QueryDict(mutable=True)
    for key in sorted(params):
        values = sorted(value for value in params.getlist(key) if value)
        if values:
            kept.setlist(key, values)
    return kept.urlencode()
