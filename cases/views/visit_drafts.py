"""What the visit form saves while somebody types."""

import json
import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.request import RawPostDataException
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError
from cases.actions.visit_drafts import (
    BadDraft,
    DraftIsDone,
    DraftNotHere,
    OlderDraft,
    drop_draft,
    move_draft,
    save_draft,
)
from cases.perms import can_work_on_case
from cases.views.base import CaseMixin
from cases.views.visit_form import is_someone_else


class CaseWorkMixin(CaseMixin):
    """Something that writes in one open case, without a form of its own."""

    permission = Permission.CASE_WORK

    def load(self, **kwargs: Any) -> None:
        """Find the case and check that one may write in it."""
        super().load(**kwargs)
        if not can_work_on_case(self.request.user, self.case):
            raise PermissionDenied


class VisitDraftView(CaseWorkMixin):
    """Keep what is typed. Answers in JSON what was kept, or why not."""

    def post(self, request: HttpRequest, number: str, visit: uuids.UUID) -> HttpResponse:
        """Save {"revision": n, "fields": {name: [words]}}."""
        if is_someone_else(request):
            return JsonResponse({"state": "other_user"}, status=409)
        try:
            sent = json.loads(request.body)
            fields, revision = sent["fields"], sent["revision"]
            if type(revision) is not int:
                raise TypeError
        except (ValueError, TypeError, KeyError, RecursionError, RawPostDataException):
            return JsonResponse({"state": "bad"}, status=400)
        try:
            draft = save_draft(
                by=request.user, case=self.case, visit_uuid=visit, payload=fields, revision=revision
            )
        except ActionError as error:
            return self.refuse(error, visit)
        return JsonResponse(
            {
                "state": "kept",
                "revision": draft.revision,
                "at": timezone.localtime(draft.saved_at).strftime("%H:%M"),
            }
        )

    def refuse(self, error: ActionError, visit: uuids.UUID) -> JsonResponse:
        """Say in one word what is the matter, so that the device knows whether to keep its copy."""
        if isinstance(error, OlderDraft):
            return JsonResponse({"state": "older", "revision": error.revision}, status=409)
        if isinstance(error, DraftIsDone):
            url = reverse("cases:visit", args=[self.case.number, visit])
            return JsonResponse({"state": "done", "url": url}, status=410)
        if isinstance(error, DraftNotHere):
            return JsonResponse({"state": "not_here"}, status=404)
        status = 422 if isinstance(error, BadDraft) else 409
        return JsonResponse({"state": "bad", "message": error.message}, status=status)


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
