"""Projects of the neighbourhood budget: who asks, what was weighed and decided, what was paid, what became of it."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.looks import Look, LookKind, Subject
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin, submission_token
from arsenaal.lib.exports import pdf_response
from arsenaal.lib.iban import show_iban
from arsenaal.lib.uploads import serve
from cohesion.actions.budget_money import pay, reverse_line, take_back
from cohesion.actions.budget_projects import (
    add_photo,
    advise,
    check_rules,
    decide,
    edit_project,
    finish_project,
    hand_in,
    lower_grant,
    paid_of,
    remove_photo,
    withdraw_project,
)
from cohesion.budget_enums import ProjectState, RoundState
from cohesion.budget_papers import letter_pdf
from cohesion.budget_reading import assessed_of
from cohesion.forms.budget import (
    AdviceForm,
    DecideForm,
    LowerForm,
    PayForm,
    PhotoForm,
    ProjectEditForm,
    ProjectForm,
    ReasonForm,
    RefundForm,
    ReportForm,
    RulesForm,
)
from cohesion.models import BudgetPhoto, BudgetProject, LedgerLine
from cohesion.perms import can_decide_on_budget, can_work_on_budget
from cohesion.views.budget_rounds import RoundFormView


class ProjectNewView(RoundFormView):
    """A project that came in on paper."""

    form_class = ProjectForm
    title = _("Project invoeren")
    submit_label = _("Project bewaren")
    done_message = _("Het project staat in de ronde.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the themes of the round."""
        return {**super().get_form_kwargs(), "budget_round": self.round}

    def act(self, form: forms.Form) -> str:
        """Take it in."""
        return hand_in(
            by=self.request.user,
            budget_round=self.round,
            submission=uuid.uuid5(submission_token(self.request), "budget"),
            **form.cleaned_data,
        ).get_absolute_url()


class ProjectMixin(PermissionMixin):
    """One project: 404 outside the user's scope, 403 for who may only read it."""

    permission = Permission.BUDGET_READ
    subject = Subject.OTHER
    project: BudgetProject

    def find(self, **kwargs: Any) -> BudgetProject:
        """Find the project that the address is about. Raises Http404."""
        rows = BudgetProject.objects.visible_to(self.request.user)
        return get_object_or_404(rows.select_related("round", "theme", "neighbourhood"), pk=kwargs["pk"])

    def load(self, **kwargs: Any) -> None:
        """Find it, and check what one may there."""
        self.project = self.find(**kwargs)
        where = self.project.neighbourhood_id
        self.may_work = can_work_on_budget(self.request.user, where)
        self.may_decide = can_decide_on_budget(self.request.user, where)
        if (self.permission == Permission.BUDGET_WORK and not self.may_work) or (
            self.permission == Permission.BUDGET_DECIDE and not self.may_decide
        ):
            raise PermissionDenied

    def looks(self) -> Iterable[Look]:
        """Who asks stands on the page."""
        yield Look(
            LookKind.OPENED,
            Subject.OTHER,
            subject_id=self.project.pk,
            label=self.project.reference,
            neighbourhood_id=self.project.neighbourhood_id,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its project, and tell what one may."""
        return super().get_context_data(
            project=self.project,
            round=self.project.round,
            may_work=self.may_work,
            may_decide=self.may_decide,
            **kwargs,
        )


class ProjectView(ProjectMixin, TemplateView):
    """A project on one page; who may only read gets it without who asks and what was weighed."""

    template_name = "cohesion/budget/project.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        project = self.project
        lines = list(project.lines.select_related("booked_by").order_by("pk"))
        reversed_ids = {line.reverses_id for line in lines}
        for line in lines:
            line.can_reverse = line.kind == "payment" and line.pk not in reversed_ids
        paid = sum((line.amount for line in lines), 0)
        context = super().get_context_data(
            lines=lines,
            paid=paid,
            to_pay=(project.granted or 0) - paid,
            photos=list(project.photos.order_by("pk")),
            is_received=project.state == ProjectState.RECEIVED,
            is_weighed=project.state == ProjectState.RECEIVED
            and project.round.state in (RoundState.IDEAS, RoundState.ASSESSING),
            can_be_decided=project.state == ProjectState.RECEIVED
            and project.round.state != RoundState.VOTING,
            is_open=project.round.state != RoundState.CLOSED,
            **kwargs,
        )
        if self.may_work:
            checks = {one.rule_id: one for one in project.checks.select_related("checked_by")}
            rules = list(project.round.rules.order_by("position", "pk"))
            context |= {
                "applicant": project.applicant,
                "iban": show_iban(project.applicant.iban) if project.applicant.iban else "",
                "checks": [(rule, checks.get(rule.pk)) for rule in rules],
                "assessed": assessed_of([project], len(rules))[project.pk],
                "advices": list(project.advices.select_related("advised_by").order_by("pk")),
                "decisions": list(project.decisions.select_related("decided_by").order_by("pk")),
            }
        return context


class ProjectFormView(ProjectMixin, ActionFormView):
    """A form about one project; going back leads to it."""

    permission = Permission.BUDGET_WORK

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the project."""
        return super().get_context_data(
            cancel_url=self.project.get_absolute_url(),
            intro=kwargs.pop("intro", self.project.title),
            **kwargs,
        )

    def latest_version(self) -> int:
        """The version as it stands now."""
        return BudgetProject.objects.get(pk=self.project.pk).version

    def perform(self, data: dict[str, Any]) -> Any:
        """Call one action with the cleaned data."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        """Do it and go back to the project."""
        self.perform(form.cleaned_data)
        return self.project.get_absolute_url()


class ProjectEditView(ProjectFormView):
    """What stands there, corrected; the account of the applicant."""

    form_class = ProjectEditForm
    title = _("Project wijzigen")
    submit_label = _("Project bewaren")
    done_message = _("Het project is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the themes of the round."""
        return {**super().get_form_kwargs(), "budget_round": self.project.round}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        project, applicant = self.project, self.project.applicant
        of_project = ("title", "summary", "place", "asked", "kind", "public_name", "version")
        of_applicant = (
            "motivation", "partner", "organisation", "name", "address", "email", "phone", "account_holder",
        )  # fmt: skip
        return {
            **{name: getattr(project, name) for name in of_project},
            **{name: getattr(applicant, name) for name in of_applicant},
            "theme": project.theme_id,
            "iban": show_iban(applicant.iban or ""),
        }

    def perform(self, data: dict[str, Any]) -> BudgetProject:
        """Save it."""
        return edit_project(by=self.request.user, project=self.project, **data)


class ProjectRulesView(ProjectFormView):
    """The project against each rule of the round."""

    form_class = RulesForm
    title = _("Past het in de regels?")
    submit_label = _("Toetsing bewaren")
    done_message = _("De toetsing is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """One question per rule."""
        return {**super().get_form_kwargs(), "project": self.project}

    def get_initial(self) -> dict[str, Any]:
        """The version that is read."""
        return {"version": self.project.version}

    def act(self, form: forms.Form) -> str:
        """Keep the assessment."""
        check_rules(
            by=self.request.user,
            project=self.project,
            version=form.cleaned_data["version"],
            verdicts=form.verdicts,  # type: ignore[attr-defined]
        )
        return self.project.get_absolute_url()


class ProjectAdviseView(ProjectFormView):
    """An advice; who writes it down can't decide."""

    form_class = AdviceForm
    title = _("Advies toevoegen")
    submit_label = _("Advies bewaren")
    done_message = _("Het advies is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """What is asked stands ready."""
        return {"amount": self.project.asked}

    def perform(self, data: dict[str, Any]) -> Any:
        """Keep it."""
        return advise(by=self.request.user, project=self.project, **data)


class ProjectDecideView(ProjectFormView):
    """Grant it or not."""

    permission = Permission.BUDGET_DECIDE
    form_class = DecideForm
    title = _("Beslissen")
    submit_label = _("Beslissing bewaren")
    done_message = _("De beslissing is bewaard. De brief staat klaar.")

    def get_initial(self) -> dict[str, Any]:
        """The most that is possible stands ready."""
        return {"amount": self.project.ballot_amount or self.project.asked}

    def perform(self, data: dict[str, Any]) -> Any:
        """Decide."""
        return decide(
            by=self.request.user,
            project=self.project,
            is_granted=data["is_granted"] == "yes",
            amount=data["amount"],
            reason=data["reason"],
        )


class ProjectLowerView(ProjectFormView):
    """Grant less than before."""

    permission = Permission.BUDGET_DECIDE
    form_class = LowerForm
    title = _("Toegekend bedrag verlagen")
    submit_label = _("Verlagen")
    done_message = _("Het bedrag is verlaagd. Wat vrijkomt kan naar een ander project.")

    def get_initial(self) -> dict[str, Any]:
        """What was paid is the least."""
        return {"amount": paid_of(self.project)}

    def perform(self, data: dict[str, Any]) -> Any:
        """Lower it."""
        return lower_grant(by=self.request.user, project=self.project, **data)


class ProjectWithdrawView(ProjectFormView):
    """The applicant doesn't want it any more."""

    form_class = forms.Form
    title = _("Wil de aanvrager niet verder?")
    submit_label = _("Project intrekken")
    done_message = _("Het project is ingetrokken.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Withdraw it."""
        return withdraw_project(by=self.request.user, project=self.project)


class ProjectPayView(ProjectFormView):
    """Pay it, or a part of it."""

    form_class = PayForm
    title = _("Betaling boeken")
    submit_label = _("Betaling boeken")
    done_message = _("De betaling staat in het kasboek.")

    def get_initial(self) -> dict[str, Any]:
        """What is left stands ready."""
        return {"amount": (self.project.granted or 0) - paid_of(self.project)}

    def perform(self, data: dict[str, Any]) -> Any:
        """Book it."""
        return pay(by=self.request.user, project=self.project, **data)


class ProjectRefundView(ProjectFormView):
    """Money that the applicant gave back."""

    form_class = RefundForm
    title = _("Teruggekregen geld boeken")
    submit_label = _("Boeken")
    done_message = _("Het teruggekregen geld staat in het kasboek.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Book it."""
        return take_back(by=self.request.user, project=self.project, **data)


class LineReverseView(ProjectFormView):
    """Turn a payment back that was booked by mistake."""

    form_class = ReasonForm
    title = _("Betaling terugdraaien")
    submit_label = _("Terugdraaien")
    done_message = _("De betaling is teruggedraaid, met een eigen lijn in het kasboek.")

    def find(self, **kwargs: Any) -> BudgetProject:
        """Find the project of the line."""
        line = LedgerLine.objects.filter(pk=kwargs["pk"]).first()
        if line is None:
            raise Http404
        self.line = line
        return super().find(pk=line.project_id)

    def perform(self, data: dict[str, Any]) -> Any:
        """Turn it back."""
        return reverse_line(by=self.request.user, line=self.line, **data)


class ProjectReportView(ProjectFormView):
    """How it went."""

    form_class = ReportForm
    title = _("Hoe is het gegaan?")
    submit_label = _("Verslag bewaren")
    done_message = _("Het verslag is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """The version that is read."""
        return {"version": self.project.version}

    def perform(self, data: dict[str, Any]) -> Any:
        """Keep it."""
        is_finished = data.pop("is_finished") == "yes"
        return finish_project(by=self.request.user, project=self.project, is_finished=is_finished, **data)


class PhotoNewView(ProjectFormView):
    """A photo of what it became."""

    form_class = PhotoForm
    title = _("Foto toevoegen")
    submit_label = _("Foto bewaren")
    done_message = _("De foto is bewaard.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Keep it."""
        return add_photo(by=self.request.user, project=self.project, upload=data.pop("file"), **data)


class PhotoMixin(ProjectMixin):
    """One photo of a project."""

    def find(self, **kwargs: Any) -> BudgetProject:
        """Find the photo and its project."""
        photo = BudgetPhoto.objects.filter(pk=kwargs["pk"]).first()
        if photo is None:
            raise Http404
        self.photo = photo
        return super().find(pk=photo.project_id)


class PhotoView(PhotoMixin, View):
    """The picture itself."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it."""
        return serve(self.photo.file, content_type="image/jpeg", filename=f"{self.project.reference}.jpg")


class PhotoRemoveView(PhotoMixin, ProjectFormView):
    """Take a photo away."""

    form_class = forms.Form
    title = _("Foto weghalen?")
    submit_label = _("Weghalen")
    done_message = _("De foto is weg, ook van de publieke pagina.")

    def perform(self, data: dict[str, Any]) -> None:
        """Take it away."""
        remove_photo(by=self.request.user, photo=self.photo)


class LetterView(ProjectMixin, View):
    """The letter with the latest decision."""

    permission = Permission.BUDGET_WORK

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it."""
        decision = self.project.decisions.order_by("pk").last()
        if decision is None:
            raise Http404
        content = letter_pdf(self.project, self.project.applicant, decision)
        return pdf_response(f"wijkbudget-{self.project.reference}", content)


class QuoteView(ProjectMixin, View):
    """The quote that came with the application."""

    permission = Permission.BUDGET_WORK

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it."""
        applicant = self.project.applicant
        if not applicant.quote:
            raise Http404
        extension = "pdf" if applicant.quote_type == "application/pdf" else "jpg"
        return serve(
            applicant.quote,
            content_type=applicant.quote_type,
            filename=f"offerte-{self.project.reference}.{extension}",
        )
