"""Vandaag: what waits for me today."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from accounts.desk import unseen_notices, unusual_to_review
from accounts.permissions import Permission
from cases import home
from cases.facts import set_addresses
from cases.glass import glass_to_review


class HomeView(TemplateView):
    """The first page after logging in. Each part is there for who has the permission it needs."""

    template_name = "cases/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the parts, each in a fixed number of queries."""
        access, today = self.request.user.access, timezone.localdate()
        parts: dict[str, Any] = {"today": today}
        if access.can_anywhere(Permission.CASE_READ):
            parts |= self._cases(today)
        if access.can_anywhere(Permission.CASE_WORK):
            user = self.request.user
            parts |= {
                "visits": home.planned_visits(user, today=today),
                "drafts": home.unfinished_drafts(user),
                "tasks": home.open_tasks(user),
            }
        if access.can_anywhere(Permission.RADAR_DECIDE):
            parts["radar"] = home.undecided_radar(self.request.user)
        if access.can_anywhere(Permission.HELP_REQUEST_ANSWER):
            parts["questions"] = home.unanswered_questions(self.request.user)
        if access.can_anywhere(Permission.ACCESS_LOG_READ):
            parts |= {
                "unusual": unusual_to_review(self.request.user),
                "glass": glass_to_review(self.request.user),
            }
        parts["notices"] = list(unseen_notices(self.request.user))
        visits = parts["visits"].all() if "visits" in parts else []
        set_addresses([*parts.get("own_cases", ()), *(visit.case for visit in visits)], self.request.user)
        return super().get_context_data(**parts, **kwargs)

    def _cases(self, today: Any) -> dict[str, Any]:
        cases = home.own_cases(self.request.user)
        known = home.of_which_the_work_is_known(self.request.user, cases)
        return {
            "own_cases": cases[:6],
            "terms": home.near_terms(known, today=today),
            "needy": home.needy_cases(self.request.user, known, today=today),
        }
