"""One box for everything: each kind of thing searches within what the user may find."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import TemplateView

from accounts.looks import Look, LookKind, Subject, note_look
from accounts.permissions import Permission
from arsenaal.lib.registries import SearchHit, SearchKind, search_kinds

SHORTEST, LONGEST = 2, 100
PER_KIND = 8
PER_KIND_WHILE_TYPING = 3
_CAN_FIND_SOMETHING = (Permission.CASE_READ, Permission.RADAR_REPORT, Permission.REGISTER_READ)


@dataclass(frozen=True)
class Group:
    """What was found of one kind, best first."""

    kind: SearchKind
    hits: list[SearchHit]
    has_more: bool


def clean_query(text: str) -> str:
    """Return the query without control characters and double spaces, cut to what can be looked for."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:LONGEST].strip()


class SearchView(TemplateView):
    """The search page. Everybody may open it; each kind of hit checks by itself what this user may find."""

    template_name = "cases/search.html"
    per_kind = PER_KIND

    def query(self) -> str:
        """Return what was typed."""
        return self.request.GET.get("q", "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask each kind, one query each; the kind with the best hit stands first."""
        query = clean_query(self.query())
        access = self.request.user.access
        can_find = any(access.can_anywhere(permission) for permission in _CAN_FIND_SOMETHING)
        groups = self._groups(query) if can_find and len(query) >= SHORTEST else []
        if groups:
            # That somebody searched and how much he found; not for what: that would be a list of names.
            count = sum(len(group.hits) for group in groups)
            note_look(self.request, Look(LookKind.SEARCHED, Subject.SEARCH, row_count=count))
        return super().get_context_data(
            query=query,
            groups=groups,
            can_find=can_find,
            is_too_short=0 < len(query) < SHORTEST,
            hit_count=sum(len(group.hits) for group in groups),
            **kwargs,
        )

    def _groups(self, query: str) -> list[Group]:
        groups = []
        for kind in search_kinds:
            hits = list(kind.search(self.request.user, query, self.per_kind + 1))
            if hits:
                groups.append(Group(kind, hits[: self.per_kind], len(hits) > self.per_kind))
        return sorted(groups, key=lambda group: -group.hits[0].score)


class SearchSuggestView(SearchView):
    """The first hits while one types in the search box: a piece of a page, for htmx. Reads only.

    What is typed travels in the body: a name that is still being typed needn't stand in a log for every letter.
    """

    template_name = "cases/_search_suggest.html"
    per_kind = PER_KIND_WHILE_TYPING
    http_method_names = ["post"]

    def query(self) -> str:
        """Return what was typed so far."""
        return self.request.POST.get("q", "")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw the hits."""
        return self.render_to_response(self.get_context_data())
