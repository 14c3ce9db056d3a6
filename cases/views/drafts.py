"""What the forms of every kind of visit share: words are kept while one types, for the one who typed them alone."""

import json
import uuid as uuids
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.http.request import RawPostDataException
from django.utils import timezone
from django.utils.translation import gettext as _

from arsenaal.lib.errors import ActionError
from cases.actions.drafts import BadDraft, DraftIsDone, DraftNotHere, OlderDraft
from cases.models.draft import Draft


def wants_json(request: HttpRequest) -> bool:
    """Tell whether our own script asks, that goes on by itself to the address in the answer."""
    return request.headers.get("X-Requested-With") == "fetch"


def is_someone_else(request: HttpRequest) -> bool:
    """Tell whether the page was made for another user than the one who is logged in by now."""
    sent_as = request.POST.get("as_user") or request.headers.get("X-As-User") or ""
    return bool(sent_as) and sent_as != str(request.user.pk)


def to_uuid(text: str | None) -> uuids.UUID | None:
    """Return a uuid, or None for anything else."""
    try:
        return uuids.UUID(text or "")
    except ValueError:
        return None


class DraftSaveMixin:
    """Keeps what is typed. Answers in JSON what was kept, or why not. Stands before the view that finds the place."""

    request: HttpRequest

    def keep(self, visit: uuids.UUID, fields: Any, revision: int) -> Draft:
        """Keep it."""
        raise NotImplementedError

    def visit_url(self, visit: uuids.UUID) -> str:
        """Return where the visit stands once it is saved."""
        raise NotImplementedError

    def post(self, request: HttpRequest, visit: uuids.UUID, **kwargs: Any) -> HttpResponse:
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
            draft = self.keep(visit, fields, revision)
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
            return JsonResponse({"state": "done", "url": self.visit_url(visit)}, status=410)
        if isinstance(error, DraftNotHere):
            return JsonResponse({"state": "not_here"}, status=404)
        status = 422 if isinstance(error, BadDraft) else 409
        return JsonResponse({"state": "bad", "message": error.message}, status=status)


class DraftFormMixin:
    """A form that keeps its words while one types: for the script on the device and for a bare browser alike."""

    request: HttpRequest
    left_url: str  # where to go when somebody else turns out to be logged in

    def before_judging(self, form: forms.Form) -> None:
        """Take in what came along apart from the words."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse another user's words; then as any form."""
        if is_someone_else(request):
            return self.refuse_other_user()
        form = self.get_form()  # type: ignore[attr-defined]
        self.before_judging(form)
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)  # type: ignore[attr-defined]

    def refuse_other_user(self) -> HttpResponse:
        """Somebody else logged in on this device: his name must not get under these words."""
        if wants_json(self.request):
            return JsonResponse({"state": "other_user"}, status=409)
        messages.warning(
            self.request,
            _("Iemand anders is intussen aangemeld op dit toestel. Er is niets bewaard onder die naam."),
        )
        return HttpResponseRedirect(self.left_url)

    def refused(self, form: forms.Form, error: ActionError) -> HttpResponse:
        """Show what an action refused beside its field."""
        error.after_rollback()
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return self.form_invalid(form)  # type: ignore[attr-defined,no-any-return]

    def sent_words(self) -> dict[str, list[str]]:
        """Return what was sent, without the files."""
        return {name: values for name, values in self.request.POST.lists() if name not in self.request.FILES}

    def go_to(self, url: str) -> HttpResponse:
        """Send the browser on; our script goes by itself."""
        if wants_json(self.request):
            return JsonResponse({"state": "saved", "url": url})
        return HttpResponseRedirect(url)
