"""What every view shares: a permission before anything else, one action per form, done once."""

import hashlib
import json
import uuid
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.generic import FormView
from django.views.generic.base import View

from accounts.actions.submissions import perform_once
from accounts.looks import Look, Subject, note_look
from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError


def submission_token(request: HttpRequest) -> uuid.UUID:
    """Return what identifies this sent form: the page's token together with what was filled in.

    Sent again as it was, it is the same; gone back to and changed, it is another one. So nothing is done twice and
    nothing that was changed is silently dropped.
    """
    try:
        token = uuid.UUID(request.POST.get("submission_token", ""))
    except ValueError:
        return uuid.uuid4()
    fields = {
        key: values
        for key, values in sorted(request.POST.lists())
        if key not in ("csrfmiddlewaretoken", "submission_token")
    }
    files = {key: [(file.name, file.size) for file in group] for key, group in sorted(request.FILES.lists())}
    content = json.dumps([request.path, fields, files])
    return uuid.uuid5(token, hashlib.sha256(content.encode()).hexdigest())


class PermissionMixin(View):
    """Refuses with 403 whoever has the view's permission nowhere. Objects are then found with `visible_to`."""

    permission: Permission
    subject: Subject = Subject.OTHER  # what the address names, to tell of a refused attempt

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check the permission, then let the view look up its object and check that too."""
        if not request.user.access.can_anywhere(self.permission):
            raise PermissionDenied
        if any("\0" in str(part) for part in kwargs.values()):
            raise Http404  # the database knows no such text, so it can't be the number of anything
        if request.method in ("GET", "HEAD"):
            self.load(**kwargs)
            response = super().dispatch(request, *args, **kwargs)
            self._note_looks()
            return response
        # What is written is Dutch, whatever the language of the writer's screen: timelines and minutes are read by
        # all. Pages are rendered afterwards, in the language of the screen.
        with translation.override("nl"):
            self.load(**kwargs)
            response = super().dispatch(request, *args, **kwargs)
        if response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
            note_look(
                request, *self.looks()
            )  # the page is shown again; what was written stands on the timeline
        return response

    def load(self, **kwargs: Any) -> None:
        """Find the object (404 outside the user's scope) and check `can_*` (403). Override where there is one."""

    def _note_looks(self) -> None:
        # The log is Dutch, whoever looked: the privacy officer reads it, and the family on paper.
        with translation.override("nl"):
            note_look(self.request, *self.looks())

    def looks(self) -> Iterable[Look]:
        """Say what this page shows of people, for the access log. Override wherever there is an object."""
        return ()


class ActionFormView(PermissionMixin, FormView):
    """A form that leads to one action. Sent twice, the action is done once; refused, nothing typed is lost."""

    template_name = "form.html"
    title: str = ""
    submit_label: str = ""
    done_message: str = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add title, button and the token that makes this form a once-only."""
        context = super().get_context_data(**kwargs)
        context.setdefault("title", self.title)
        context.setdefault("submit_label", self.submit_label or _("Bewaren"))
        context["submission_token"] = self.request.POST.get("submission_token") or uuid.uuid4()
        return context

    def act(self, form: forms.Form) -> str:
        """Call one action with the cleaned data and return the address to go to."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Perform the action once; a refusal is shown beside its field."""
        token = submission_token(self.request)
        try:
            url, is_first = perform_once(by=self.request.user, token=token, work=lambda: self.act(form))
        except ActionError as error:
            error.after_rollback()
            if isinstance(error, ChangedMeanwhileError):
                self.show_current(form, error)
            form.add_error(error.field if error.field in form.fields else None, error.message)
            return self.form_invalid(form)
        if is_first and self.done_message:
            with translation.override(self.request.user.language):
                messages.success(self.request, str(self.done_message))
        return HttpResponseRedirect(url)

    def latest_version(self) -> int | None:
        """Return the version of the record as it stands now. Override where a form posts `version` back."""
        return None

    def show_current(self, form: forms.Form, error: ChangedMeanwhileError) -> None:
        """Show what a colleague saved; what was typed stays, and saving again goes on from the colleague's version."""
        self.extra_context = {**(self.extra_context or {}), "current_values": error.current}
        if (version := self.latest_version()) is not None:
            data = form.data.copy()
            data[form.add_prefix("version")] = str(version)
            form.data = data

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again, with the errors, under the status that says so."""
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = 422
        return response
