"""Interventions: proposing, planning, following and ending what an organisation does."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.looks import Look, Subject
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.actions.boundaries import standing_boundaries
from cases.actions.interventions import (
    add_intervention,
    change_intervention_state,
    edit_intervention,
    reach_of,
)
from cases.enums import INTERVENTION_TRANSITIONS, InterventionState
from cases.forms.interventions import (
    InterventionEditForm,
    InterventionForm,
    InterventionStateForm,
    subject_of,
)
from cases.looks import case_look, look_with_case
from cases.models import Case, Intervention
from cases.perms import can_work_on_case, can_work_on_intervention
from people.models import Person

_ENDED = frozenset({InterventionState.DONE, InterventionState.STOPPED})


class InterventionNewView(ActionFormView):
    """Something from the catalogue, for a case (its number in the address) or for a neighbourhood."""

    permission = Permission.CASE_WORK
    form_class = InterventionForm
    title = _("Actie toevoegen")
    submit_label = _("Actie bewaren")
    done_message = _("De actie is bewaard.")
    case: Case | None = None

    def load(self, **kwargs: Any) -> None:
        """Find the case, if there is one; without a case one needs the whole neighbourhood."""
        user = self.request.user
        if "number" in kwargs:
            cases = Case.objects.visible_to(user).select_related("neighbourhood", "household")
            self.case = get_object_or_404(cases, number=kwargs["number"])
            if not can_work_on_case(user, self.case):
                raise PermissionDenied
        elif not user.access.can_anywhere(Permission.CASE_READ_ALL):
            raise PermissionDenied

    def looks(self) -> Iterable[Look]:
        """The case, when the action is for one."""
        return [case_look(self.case)] if self.case is not None else []

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the instruments of one goal, or all."""
        return {
            **super().get_form_kwargs(),
            "user": self.request.user,
            "case": self.case,
            "goal": self.request.GET.get("goal", ""),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to where one came from."""
        back = self.case.get_absolute_url() if self.case else reverse("cases:home")
        return super().get_context_data(cancel_url=back, case=self.case, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Add it."""
        intervention = add_intervention(by=self.request.user, case=self.case, **form.cleaned_data)
        return reverse("cases:intervention", args=[intervention.pk])


class InterventionMixin(PermissionMixin):
    """One intervention: 404 outside the user's scope."""

    permission = Permission.CASE_READ
    intervention: Intervention

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        interventions = Intervention.objects.visible_to(self.request.user).select_related(
            "case__household", "instrument", "provider", "person", "household", "step", "created_by"
        )
        self.intervention = get_object_or_404(interventions, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The action, with its case."""
        where = self.intervention.neighbourhood_id
        return [look_with_case(Subject.OTHER, self.intervention, neighbourhood_id=where)]

    @property
    def own_url(self) -> str:
        """The page of this intervention."""
        return reverse("cases:intervention", args=[self.intervention.pk])

    @property
    def may_work(self) -> bool:
        """Tell whether this user may change it."""
        case = self.intervention.case
        is_open = case is None or case.is_open
        return is_open and can_work_on_intervention(self.request.user, self.intervention)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its intervention."""
        return super().get_context_data(intervention=self.intervention, **kwargs)


class InterventionView(InterventionMixin, TemplateView):
    """What it is, for whom, how it stands and what stops it."""

    template_name = "cases/intervention.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        intervention = self.intervention
        case, stopping = intervention.case, []
        if case is not None and intervention.state not in _ENDED:
            reach = reach_of(instrument=intervention.instrument, target=intervention.target)
            stopping = [b for b in standing_boundaries(case) if b.stops(reach, intervention.provider_id)]
        person = intervention.person
        sees_person = (
            person is None or Person.objects.visible_to(self.request.user).filter(pk=person.pk).exists()
        )
        return super().get_context_data(
            case=case,
            stopping=stopping,
            person=person if sees_person else None,
            subject=subject_of(intervention),
            may_open_subject=self.request.user.access.can(
                Permission.REGISTER_READ, intervention.neighbourhood_id
            ),
            may_edit=self.may_work and intervention.state not in _ENDED,
            may_move=self.may_work and bool(INTERVENTION_TRANSITIONS[InterventionState(intervention.state)]),
            **kwargs,
        )


class InterventionFormView(InterventionMixin, ActionFormView):
    """A form about one intervention: 403 when the case is closed."""

    permission = Permission.CASE_WORK

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one may change it."""
        super().load(**kwargs)
        if not self.may_work:
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form looks at the intervention."""
        return {**super().get_form_kwargs(), "intervention": self.intervention}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the intervention."""
        return super().get_context_data(cancel_url=self.own_url, **kwargs)


class InterventionEditView(InterventionFormView):
    """Change what was planned."""

    form_class = InterventionEditForm
    title = _("Actie wijzigen")
    submit_label = _("Actie bewaren")
    done_message = _("De actie is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer whom this user may see."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        row = self.intervention
        return {
            "provider": row.provider_id,
            "target": row.target,
            "person": row.person_id,
            "target_note": row.target_note,
            "description": row.description,
            "planned_on": row.planned_on,
            "version": row.version,
        }

    def latest_version(self) -> int:
        """The version as it stands now."""
        return Intervention.objects.get(pk=self.intervention.pk).version

    def act(self, form: forms.Form) -> str:
        """Save it."""
        fields = {"person": None, **form.cleaned_data}
        edit_intervention(by=self.request.user, intervention=self.intervention, **fields)
        return self.own_url


class InterventionStateView(InterventionFormView):
    """Plan, start, end or stop it."""

    form_class = InterventionStateForm
    title = _("Hoe staat het met deze actie?")
    submit_label = _("Bewaren")
    done_message = _("De actie is bijgewerkt.")

    def act(self, form: forms.Form) -> str:
        """Move it on."""
        change_intervention_state(by=self.request.user, intervention=self.intervention, **form.cleaned_data)
        return self.own_url
