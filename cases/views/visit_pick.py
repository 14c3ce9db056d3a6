"""For which case to log a visit: one tap when it was planned, one more when it wasn't."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from accounts.permissions import Permission
from accounts.views.base import PermissionMixin
from cases import home
from cases.facts import set_addresses
from cases.models import Case
from cases.views.search import clean_query

_FOUND_AT_MOST = 12


class VisitPickView(PermissionMixin, TemplateView):
    """My planned visits first, then my own cases; others can be looked up."""

    permission = Permission.CASE_WORK
    template_name = "cases/visit_pick.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather what can be picked, in a fixed number of queries."""
        user, query = self.request.user, clean_query(self.request.GET.get("q", ""))
        if query:
            found = self._found(query)
            set_addresses(found, user)
            return super().get_context_data(query=query, found=found, **kwargs)
        visits = home.planned_visits(user, today=timezone.localdate())
        planned = [*visits.missed, *visits.today]
        cases = home.visit_candidates(user, planned=planned)
        set_addresses([*cases, *(visit.case for visit in planned)], user)
        return super().get_context_data(
            query="",
            visits=visits,
            drafts=home.unfinished_drafts(user),
            cases=cases,
            **kwargs,
        )

    def _found(self, query: str) -> list[Case]:
        user = self.request.user
        cases = Case.objects.visible_to(user).open()
        workable = cases.filter(neighbourhood_id__in=user.access.where(Permission.CASE_WORK))
        by_number = workable.filter(number__startswith=query.upper()).order_by("-pk")[:_FOUND_AT_MOST]
        alike = workable.like_name(query)[:_FOUND_AT_MOST]
        families = workable.of_family(query)[:_FOUND_AT_MOST]
        found = {case.pk: case for case in (*by_number, *alike, *families)}
        return list(found.values())[:_FOUND_AT_MOST]
