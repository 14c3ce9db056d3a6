"""What the form of a home visit saves while somebody types."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from cases.actions.drafts import DraftNotHere
from cases.actions.visit_drafts import drop_draft, move_draft, save_draft
from cases.models import VisitDraft
from cases.perms import can_work_on_case
from cases.views.base import CaseMixin
from cases.views.drafts import DraftSaveMixin


class CaseWorkMixin(CaseMixin):
    """Something that writes in one open case, without a form of its own."""

    permission = Permission.CASE_WORK

    def load(self, **kwargs: Any) -> None:
        """Find the case and check that one may write in it."""
        super().load(**kwargs)
        if not can_work_on_case(self.request.user, self.case):
            raise PermissionDenied


class VisitDraftView(DraftSaveMixin, CaseWorkMixin):
    """Keep what is typed about a home visit."""

    def keep(self, visit: uuids.UUID, fields: Any, revision: int) -> VisitDraft:
        """Keep it in the case."""
        return save_draft(
            by=self.request.user, case=self.case, visit_uuid=visit, payload=fields, revision=revision
        )

    def visit_url(self, visit: uuids.UUID) -> str:
        """Return where the visit stands once it is saved."""
        return reverse("cases:visit", args=[self.case.number, visit])


class VisitDraftDropView(CaseWorkMixin):
    """Throw one's own draft away."""

    def post(self, request: HttpRequest, number: str, visit: uuids.UUID) -> HttpResponse:
        """Throw it away and go back to the case."""
        drop_draft(by=request.user, case=self.case, visit_uuid=visit)
        messages.success(request, _("Je klad is weggegooid."))
        return HttpResponseRedirect(self.case.get_absolute_url())


class VisitDraftMoveView(CaseWorkMixin):
    """Make a visit of one's own from a draft about a visit that a colleague saved."""

    def post(self, request: HttpRequest, number: str, visit: uuids.UUID) -> HttpResponse:
        """Go on writing under a uuid of its own."""
        new = reverse("cases:visit-new", args=[self.case.number])
        try:
            moved = move_draft(by=request.user, case=self.case, visit_uuid=visit)
        except DraftNotHere as error:
            messages.warning(request, error.message)
            return HttpResponseRedirect(new)
        return HttpResponseRedirect(f"{new}?visit={moved}")
