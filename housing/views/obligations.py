"""One due date of an obligation: evidence, done, breached and what follows, waived, more time."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.looks import Look
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.looks import case_look
from housing.actions.obligations import (
    ask_more_time,
    decide_follow_up,
    decide_more_time,
    mark_breached,
    record_evidence,
    reopen_due,
    waive,
)
from housing.agreement_enums import DueState, RequestState
from housing.agreement_reading import day_words
from housing.forms.agreements import (
    DecisionForm,
    EvidenceForm,
    FollowUpForm,
    MoreTimeForm,
    NeededNoteForm,
    NoteForm,
)
from housing.models import ObligationDue
from housing.perms import can_record_evidence, can_see_papers, can_work_on_agreement


class DueMixin(PermissionMixin):
    """One due date: 404 outside the user's scope, 403 for who may see the list alone."""

    permission = Permission.EVIDENCE_RECORD
    due: ObligationDue

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        dues = ObligationDue.objects.visible_to(self.request.user).select_related(
            "agreement__case__household",
            "obligation__party",
            "decided_by",
            "followed_by",
            "follow_up_task__assignee",
        )
        self.due = get_object_or_404(dues, pk=kwargs["pk"])
        if not self.allowed():
            raise PermissionDenied

    def looks(self) -> Iterable[Look]:
        """The case of the agreement."""
        return [case_look(self.due.agreement.case)]

    def allowed(self) -> bool:
        """Who may open this page."""
        return can_see_papers(self.request.user, self.due.agreement)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its due date."""
        return super().get_context_data(due=self.due, case=self.due.agreement.case, **kwargs)


class DueView(DueMixin, TemplateView):
    """One due date: how it stands, what shows it, and what can be done now."""

    template_name = "housing/agreements/due.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        due, user = self.due, self.request.user
        works = can_work_on_agreement(user, due.agreement) and due.agreement.is_live
        is_open = due.state == DueState.OPEN
        extensions = list(
            due.extensions.select_related("asked_by", "decided_by").order_by("-asked_at", "-pk")
        )
        asked = next((one for one in extensions if one.state == RequestState.ASKED), None)
        return super().get_context_data(
            when=day_words(due),
            evidence=list(due.evidence.select_related("file", "added_by").order_by("-on", "-pk")),
            extensions=extensions,
            asked=asked,
            may_show=can_record_evidence(user, due),
            may_finish=is_open or due.state == DueState.BREACHED,
            may_breach=works and is_open and (due.is_late or due.due_on is None),
            may_follow=works and due.awaits_follow_up,
            may_waive=works and due.state in (DueState.OPEN, DueState.BREACHED),
            may_reopen=works and due.state in (DueState.DONE, DueState.BREACHED, DueState.WAIVED),
            may_ask=works and is_open and due.due_on is not None and asked is None,
            may_decide=works and asked is not None,
            **kwargs,
        )


class DueFormView(DueMixin, ActionFormView):
    """A form about one due date, for who works on agreements."""

    permission = Permission.AGREEMENT_WORK

    def allowed(self) -> bool:
        """Who works on the agreement."""
        return can_work_on_agreement(self.request.user, self.due.agreement)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it is about; going back leads to it."""
        kwargs.setdefault("intro", f"{self.due.obligation.text} ({self.due.obligation.party.name})")
        return super().get_context_data(cancel_url=self.due.get_absolute_url(), **kwargs)

    def perform(self, data: dict[str, Any]) -> Any:
        """Call one action with the cleaned data."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        """Do it and go back to the due date."""
        self.perform(form.cleaned_data)
        return self.due.get_absolute_url()


class EvidenceNewView(DueFormView):
    """What shows that it was done: also by who works at the door."""

    permission = Permission.EVIDENCE_RECORD
    form_class = EvidenceForm
    title = gettext_lazy("Bewijs toevoegen")
    submit_label = gettext_lazy("Bewijs bewaren")
    done_message = gettext_lazy("Het bewijs is bewaard.")

    def allowed(self) -> bool:
        """Who may show that an obligation was kept."""
        return can_record_evidence(self.request.user, self.due)

    def get_form_kwargs(self) -> dict[str, Any]:
        """What is done or given up can't be finished again."""
        may_finish = self.due.state in (DueState.OPEN, DueState.BREACHED)
        return {**super().get_form_kwargs(), "may_finish": may_finish}

    def perform(self, data: dict[str, Any]) -> Any:
        """Keep it."""
        return record_evidence(
            by=self.request.user,
            due=self.due,
            on=data["on"],
            text=data["text"],
            upload=data["file"],
            is_done=data.get("is_done", False),
        )


class DueBreachView(DueFormView):
    """It was not kept: the system proposes, a person decides."""

    form_class = NoteForm
    title = gettext_lazy("Niet nagekomen?")
    submit_label = gettext_lazy("Niet nagekomen")
    done_message = gettext_lazy("Dat is vastgelegd.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Decide."""
        return mark_breached(by=self.request.user, due=self.due, note=data["note"])


class DueFollowUpView(DueFormView):
    """What the agreement says comes next."""

    form_class = FollowUpForm
    title = gettext_lazy("Wat volgt er?")
    submit_label = gettext_lazy("Beslissing bewaren")
    done_message = gettext_lazy("De beslissing is bewaard.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the agreement says."""
        obligation = self.due.obligation
        intro = _("De overeenkomst zegt: %(words)s") % {
            "words": obligation.breach_text or obligation.get_breach_next_display()
        }
        return super().get_context_data(intro=intro, **kwargs)

    def perform(self, data: dict[str, Any]) -> Any:
        """Decide."""
        return decide_follow_up(by=self.request.user, due=self.due, **data)


class DueWaiveView(DueFormView):
    """No longer needed."""

    form_class = NeededNoteForm
    title = gettext_lazy("Niet meer nodig")
    done_message = gettext_lazy("Dat is vastgelegd.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Decide."""
        return waive(by=self.request.user, due=self.due, **data)


class DueReopenView(DueFormView):
    """Take a decision back."""

    form_class = NeededNoteForm
    title = gettext_lazy("Terug open zetten")
    submit_label = gettext_lazy("Terug open zetten")
    done_message = gettext_lazy("De verbintenis staat weer open.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Undo."""
        return reopen_due(by=self.request.user, due=self.due, **data)


class DueMoreTimeView(DueFormView):
    """More time is asked."""

    form_class = MoreTimeForm
    title = gettext_lazy("Uitstel vragen")
    submit_label = gettext_lazy("Uitstel vragen")
    done_message = gettext_lazy("Het uitstel is gevraagd. Beslis erover als iedereen gehoord is.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Ask."""
        return ask_more_time(by=self.request.user, due=self.due, **data)


class DueMoreTimeDecideView(DueFormView):
    """More time is granted or refused."""

    form_class = DecisionForm
    title = gettext_lazy("Beslissen over uitstel")
    submit_label = gettext_lazy("Beslissing bewaren")
    done_message = gettext_lazy("De beslissing is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find what was asked."""
        super().load(**kwargs)
        extensions = self.due.extensions.select_related("due__agreement__case")
        self.extension = get_object_or_404(extensions, pk=kwargs["extension"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what was asked."""
        return super().get_context_data(intro=self.extension.asked_label, **kwargs)

    def perform(self, data: dict[str, Any]) -> Any:
        """Decide."""
        return decide_more_time(
            by=self.request.user,
            extension=self.extension,
            is_granted=data["decision"] == "yes",
            note=data["note"],
        )
