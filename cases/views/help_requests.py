"""Questions to services: the list, one question, asking, answering, taking it higher up, withdrawing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value, When
from django.db.models import Case as SqlCase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.looks import Look, Subject
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.actions.help_requests import answer, ask_help, escalate, withdraw
from cases.enums import HelpRequestState
from cases.filters.help_requests import HelpRequestFilter
from cases.forms.help_requests import AnswerForm, EscalateForm, HelpRequestForm, WithdrawForm
from cases.looks import case_look, look_with_case
from cases.models import Case, HelpRequest
from cases.perms import can_answer_help_request, can_ask_help, can_work_on_case
from cases.views.lists import ExportView, FilteredListView, FilteredQueryMixin, Sort
from cases.views.quick import number_of

WAITING = frozenset({HelpRequestState.ASKED, HelpRequestState.ESCALATED})


def with_case_in_sight(rows: QuerySet[HelpRequest], user: Any) -> QuerySet[HelpRequest]:
    """Say of each question whether this user may see its case: who only answers sees the question alone."""
    sees = Exists(Case.objects.visible_to(user).filter(pk=OuterRef("case_id")))
    return rows.annotate(
        sees_case=SqlCase(When(sees, then=Value(True)), default=Value(False), output_field=BooleanField())
    )


class HelpRequestRows(FilteredQueryMixin):
    """The questions that this user may see."""

    permission = Permission.HELP_REQUEST_READ
    filter_class = HelpRequestFilter
    sorts = {
        "date": Sort(
            "due_on",
            gettext_lazy("wat eerst antwoord moet krijgen eerst"),
            gettext_lazy("verste datum eerst"),
        ),
        "asked": Sort("asked_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
    }
    default_sort = "date"

    def visible(self) -> QuerySet[HelpRequest]:
        """Of one's cases, or asked of one's own organisation."""
        user = self.request.user
        return with_case_in_sight(HelpRequest.objects.visible_to(user), user)


class HelpRequestListView(HelpRequestRows, FilteredListView):
    """Questions to services."""

    template_name = "cases/help_request_list.html"
    title = gettext_lazy("Vragen aan diensten")
    export_url_name = "cases:help-request-export"
    list_code = "help-requests"
    first_tab = gettext_lazy("Wacht op antwoord")

    def enrich(self, rows: QuerySet[HelpRequest]) -> QuerySet[HelpRequest]:
        """With service, case and who asked."""
        return rows.select_related("organisation", "case", "asked_by", "mandate")

    def subject(self, count: str) -> str:
        """So many questions, in which state."""
        n = number_of(count)
        words = {
            "waiting": ngettext("%(n)s vraag wacht op antwoord", "%(n)s vragen wachten op antwoord", n),
            "asked": ngettext("%(n)s vraag gesteld", "%(n)s vragen gesteld", n),
            "answered": ngettext("%(n)s vraag beantwoord", "%(n)s vragen beantwoord", n),
            "escalated": ngettext("%(n)s vraag hogerop gevraagd", "%(n)s vragen hogerop gevraagd", n),
            "withdrawn": ngettext("%(n)s vraag ingetrokken", "%(n)s vragen ingetrokken", n),
            "all": ngettext("%(n)s vraag", "%(n)s vragen", n),
        }
        return words[self.chosen.get("state") or "waiting"] % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        if organisation := self.chosen.get("organisation"):
            yield _("aan %(who)s") % {"who": organisation}
        if self.chosen.get("late"):
            yield _("te laat")
        if self.chosen.get("mine"):
            yield _("door mij gevraagd")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who may ask gets the button."""
        access = self.request.user.access
        return super().get_context_data(
            may_ask=access.can_anywhere(Permission.HELP_REQUEST_ASK),
            today=timezone.localdate(),
            **kwargs,
        )


class HelpRequestExportView(HelpRequestRows, ExportView):
    """The same questions as a file; a case that one may not see has no number here either."""

    filename = "vragen-aan-diensten"
    case_field = "case_id"
    household = "case__household"

    def headers(self) -> Sequence[Any]:
        """The columns."""
        return [
            _("dienst"),
            _("dossier"),
            _("vraag"),
            _("mandaat"),
            _("gevraagd door"),
            _("gevraagd op"),
            _("antwoord tegen"),
            _("stand"),
            _("antwoord"),
            _("beantwoord op"),
        ]

    def lines(self, rows: QuerySet[HelpRequest]) -> Iterator[Sequence[Any]]:
        """One line for each question."""
        rows = rows.select_related("organisation", "case", "asked_by", "mandate")
        for row in rows.iterator(chunk_size=500):
            yield [
                row.organisation,
                row.case.number if row.case and row.sees_case else "",
                row.question,
                row.mandate.subject if row.mandate else "",
                row.asked_by,
                row.asked_at,
                row.due_on,
                row.get_state_display(),
                row.answer,
                row.answered_at,
            ]


class HelpRequestNewView(ActionFormView):
    """Ask a service, for a case (its number in the address) or for a neighbourhood."""

    permission = Permission.HELP_REQUEST_ASK
    form_class = HelpRequestForm
    title = gettext_lazy("Vraag aan een dienst")
    submit_label = gettext_lazy("Vraag stellen")
    done_message = gettext_lazy("De vraag is gesteld. Je ziet hier tegen wanneer het antwoord komt.")
    case: Case | None = None

    def load(self, **kwargs: Any) -> None:
        """Find the case, if there is one."""
        if "number" in kwargs:
            user = self.request.user
            cases = Case.objects.visible_to(user).select_related("neighbourhood")
            self.case = get_object_or_404(cases, number=kwargs["number"])
            if not can_work_on_case(user, self.case) or not can_ask_help(user, self.case.neighbourhood_id):
                raise PermissionDenied

    def looks(self) -> Iterable[Look]:
        """The case, when the question is about one."""
        return [case_look(self.case)] if self.case is not None else []

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the mandates that hold."""
        return {**super().get_form_kwargs(), "user": self.request.user, "case": self.case}

    def get_initial(self) -> dict[str, Any]:
        """A step of the plan can send one here."""
        return {"step": self.request.GET.get("step", "")[:20]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to where one came from."""
        back = self.case.get_absolute_url() if self.case else reverse("cases:help-request-list")
        return super().get_context_data(cancel_url=back, case=self.case, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Ask."""
        asked = ask_help(by=self.request.user, case=self.case, **form.cleaned_data)
        return reverse("cases:help-request", args=[asked.pk])


class HelpRequestMixin(PermissionMixin):
    """One question: 404 outside the user's scope."""

    permission = Permission.HELP_REQUEST_READ
    help_request: HelpRequest

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        user = self.request.user
        rows = with_case_in_sight(HelpRequest.objects.visible_to(user), user).select_related(
            "organisation",
            "case",
            "mandate",
            "asked_by",
            "answered_by",
            "escalated_by",
            "withdrawn_by",
            "step",
        )
        self.help_request = get_object_or_404(rows, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The question, with its case."""
        where = self.help_request.neighbourhood_id
        return [look_with_case(Subject.HELP_REQUEST, self.help_request, neighbourhood_id=where)]

    @property
    def own_url(self) -> str:
        """The page of this question."""
        return reverse("cases:help-request", args=[self.help_request.pk])

    @property
    def may_answer(self) -> bool:
        """Tell whether this user may write down the answer."""
        return can_answer_help_request(self.request.user, self.help_request)

    @property
    def may_steer(self) -> bool:
        """Tell whether this user may take it higher up or withdraw it."""
        return can_ask_help(self.request.user, self.help_request.neighbourhood_id)


class HelpRequestView(HelpRequestMixin, TemplateView):
    """One question: what was asked, by when, what was answered."""

    template_name = "cases/help_request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What can be done with it now."""
        asked = self.help_request
        is_waiting = asked.state in WAITING
        today = timezone.localdate()
        return super().get_context_data(
            asked=asked,
            case=asked.case if asked.sees_case else None,
            is_waiting=is_waiting,
            is_late=is_waiting and asked.due_on < today,
            was_late=asked.answered_at is not None
            and timezone.localtime(asked.answered_at).date() > asked.due_on,
            may_answer=is_waiting and self.may_answer,
            may_escalate=asked.state == HelpRequestState.ASKED and self.may_steer,
            may_withdraw=is_waiting and self.may_steer,
            **kwargs,
        )


class HelpRequestFormView(HelpRequestMixin, ActionFormView):
    """A form about one question."""

    template_name = "cases/help_request_form.html"

    def allowed(self) -> bool:
        """Who may use this form."""
        return self.may_steer

    def load(self, **kwargs: Any) -> None:
        """Find it, and check who asks."""
        super().load(**kwargs)
        if not self.allowed():
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the question above the form."""
        return super().get_context_data(asked=self.help_request, cancel_url=self.own_url, **kwargs)


class HelpRequestAnswerView(HelpRequestFormView):
    """Write down the answer."""

    form_class = AnswerForm
    title = gettext_lazy("Antwoord")
    submit_label = gettext_lazy("Antwoord bewaren")
    done_message = gettext_lazy("Het antwoord is bewaard. Het team ziet het.")

    def allowed(self) -> bool:
        """The team, or the service that was asked."""
        return self.may_answer

    def act(self, form: forms.Form) -> str:
        """Save it."""
        answer(by=self.request.user, help_request=self.help_request, **form.cleaned_data)
        return self.own_url


class HelpRequestEscalateView(HelpRequestFormView):
    """Take it higher up."""

    form_class = EscalateForm
    title = gettext_lazy("Hogerop vragen")
    submit_label = gettext_lazy("Hogerop vragen")
    done_message = gettext_lazy("De vraag ligt nu hogerop.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """A reason is needed while the service has time."""
        return {**super().get_form_kwargs(), "help_request": self.help_request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say how much time there is."""
        due = date_format(self.help_request.due_on, "l j F")
        intro = _("Het antwoord werd verwacht tegen %(day)s.") % {"day": due}
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Escalate."""
        escalate(by=self.request.user, help_request=self.help_request, **form.cleaned_data)
        return self.own_url


class HelpRequestWithdrawView(HelpRequestFormView):
    """No longer needed."""

    form_class = WithdrawForm
    title = gettext_lazy("Vraag intrekken")
    submit_label = gettext_lazy("Vraag intrekken")
    done_message = gettext_lazy("De vraag is ingetrokken.")

    def act(self, form: forms.Form) -> str:
        """Withdraw."""
        withdraw(by=self.request.user, help_request=self.help_request, **form.cleaned_data)
        return self.own_url
