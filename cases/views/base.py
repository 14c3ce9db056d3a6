"""Finding the case that a page is about, within what the user may see."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.looks import Look, Subject
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.looks import case_look
from cases.models import Case
from cases.perms import can_work_on_case
from people.models.restriction import restricted_household


class CaseMixin(PermissionMixin):
    """A page of one case: 404 outside the user's scope."""

    permission = Permission.CASE_READ
    subject = Subject.CASE
    case: Case

    def load(self, **kwargs: Any) -> None:
        """Find the case by its number."""
        cases = (
            Case.objects.visible_to(self.request.user)
            .select_related("neighbourhood", "household", "lead", "parent", "radar_entry")
            .annotate(is_restricted=restricted_household("household"))
        )
        self.case = get_object_or_404(cases, number=kwargs["number"])

    def looks(self) -> Iterable[Look]:
        """Its case."""
        return [case_look(self.case)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its case."""
        return super().get_context_data(case=self.case, **kwargs)


class CaseActionView(CaseMixin, ActionFormView):
    """A form that writes in one case: 403 when the case is closed or the user may only read."""

    permission = Permission.CASE_WORK

    def load(self, **kwargs: Any) -> None:
        """Find the case and check that one may write in it."""
        super().load(**kwargs)
        if not self.may_act():
            raise PermissionDenied

    def may_act(self) -> bool:
        """Who may use this form; by default whoever may work on the case."""
        return can_work_on_case(self.request.user, self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the case."""
        return super().get_context_data(cancel_url=self.case.get_absolute_url(), **kwargs)
