"""The plan: adding, editing, moving and finishing steps."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError
from arsenaal.lib.registries import step_sources
from cases.actions.boundaries import standing_boundaries
from cases.actions.plan import StepNotHereError, add_step, change_step_state, edit_step, move_step
from cases.enums import StepState
from cases.forms.plan import StepEditForm, StepForm, StepStateForm
from cases.models import PlanStep
from cases.panels import plan_context
from cases.perms import can_work_on_case
from cases.views.base import CaseActionView, CaseMixin
from cases.views.quick import QuickActionView


class StepNewView(CaseActionView):
    """Add a step."""

    form_class = StepForm
    title = gettext_lazy("Stap toevoegen")
    submit_label = gettext_lazy("Stap bewaren")
    done_message = gettext_lazy("De stap staat in het plan.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the colleagues of this case."""
        return {**super().get_form_kwargs(), "case": self.case}

    def get_initial(self) -> dict[str, Any]:
        """Begin with the words of what the step comes from, where the address names it and it may be known."""
        code, number = self.request.GET.get("source", ""), self.request.GET.get("of", "")
        is_number = number.isdecimal() and len(number) < 19  # what was sent may be nonsense
        if code not in step_sources or not is_number:
            return super().get_initial()
        words = step_sources.get(code).words(self.case, self.request.user, int(number))
        return {**super().get_initial(), **(words or {})}

    def act(self, form: forms.Form) -> str:
        """Add it."""
        add_step(by=self.request.user, case=self.case, **form.cleaned_data)
        return f"{self.case.get_absolute_url()}#plan"


class StepMixin:
    """A step of this case; 404 for one of another case."""

    step: PlanStep

    def load(self, **kwargs: Any) -> None:
        """Find case and step."""
        super().load(**kwargs)  # type: ignore[misc]
        steps = self.case.steps.visible_to(self.request.user).select_related(
            "case__neighbourhood", "assignee", "organisation"
        )  # type: ignore[attr-defined]
        self.step = get_object_or_404(steps, pk=kwargs["pk"])


class StepEditView(StepMixin, CaseActionView):
    """Change what a step says."""

    form_class = StepEditForm
    title = gettext_lazy("Stap wijzigen")
    submit_label = gettext_lazy("Stap bewaren")
    done_message = gettext_lazy("De stap is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form looks at the step."""
        return {**super().get_form_kwargs(), "step": self.step}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {name: getattr(self.step, name) for name in StepEditForm.base_fields}

    def latest_version(self) -> int:
        """The version as it stands now."""
        return PlanStep.objects.get(pk=self.step.pk).version

    def act(self, form: forms.Form) -> str:
        """Save it."""
        edit_step(by=self.request.user, step=self.step, **form.cleaned_data)
        return f"{self.case.get_absolute_url()}#plan"


class StepStateView(StepMixin, CaseActionView):
    """Start, finish, drop or take up a step. The buttons in the plan post here too; a refusal is shown here."""

    form_class = StepStateForm
    template_name = "cases/step_state.html"
    submit_label = gettext_lazy("Bewaren")
    done_message = gettext_lazy("De stap is bijgewerkt.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only what can follow is offered."""
        return {**super().get_form_kwargs(), "step": self.step}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the step, and what stops it."""
        step = self.step
        stopping = [b for b in standing_boundaries(self.case) if b.stops(step.reaches, step.organisation_id)]
        return super().get_context_data(
            title=_("Hoe staat het met deze stap?"), step=step, stopping=stopping, **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Move it on."""
        change_step_state(by=self.request.user, step=self.step, **form.cleaned_data)
        return f"{self.case.get_absolute_url()}#plan"


class StepMoveView(StepMixin, CaseMixin, QuickActionView):
    """Put a step before another one: by its buttons, by keyboard or by dragging."""

    permission = Permission.CASE_WORK

    def load(self, **kwargs: Any) -> None:
        """Check that one may write in the case."""
        super().load(**kwargs)
        if not can_work_on_case(self.request.user, self.case):
            raise PermissionDenied

    def back_url(self) -> str:
        """Back to the plan."""
        return f"{self.case.get_absolute_url()}#plan"

    def act(self) -> None:
        """Move it."""
        wanted = self.request.POST.get("before", "")
        before = None
        if wanted:
            is_number = wanted.isdecimal() and len(wanted) < 19
            before = self.case.steps.filter(pk=int(wanted)).first() if is_number else None
            if before is None:
                raise StepNotHereError(_("Het plan is intussen veranderd. Kijk opnieuw en verplaats dan."))
        move_step(by=self.request.user, step=self.step, before=before)

    def told(self) -> str:
        """Say where it stands now, among the steps that are shown."""
        position = self.case.steps.get(pk=self.step.pk).position
        others = self.case.steps.exclude(state=StepState.DROPPED).exclude(pk=self.step.pk)
        place = others.filter(position__lt=position).count() + 1
        return _("“%(title)s” staat nu op plaats %(place)d.") % {"title": self.step.title, "place": place}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redraw only the plan when the page asks for that."""
        if not request.headers.get("HX-Request"):
            return super().post(request, *args, **kwargs)
        try:
            self.act()
        except ActionError as error:
            told = error.message
        else:
            with translation.override(request.user.language):
                told = self.told()
        context = {**plan_context(self.case, request.user), "told": told}
        return TemplateResponse(request, "cases/panels/_plan.html", context)
