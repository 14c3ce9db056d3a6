"""Where a family goes before its home is declared uninhabitable."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from accounts.views.base import ActionFormView
from cases.models import Case
from housing.actions.rehousing import save_rehousing_plan
from housing.forms.rehousing import RehousingForm
from housing.models import DwellingProcedure, RehousingPlan
from housing.perms import can_plan_rehousing
from housing.rehousing import family_plans
from people.models import Household


class RehousingView(ActionFormView):
    """The plan of one household. For who works on procedures, and for the team of the family's case."""

    permission = Permission.REGISTER_READ
    form_class = RehousingForm
    title = gettext_lazy("Herhuisvestingsplan")
    submit_label = gettext_lazy("Plan bewaren")
    done_message = gettext_lazy("Het plan is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find the family among those one may see (404), where it lives today, and check the rights (403)."""
        user = self.request.user
        self.household = get_object_or_404(Household.objects.visible_to(user), pk=kwargs["household"])
        parts = DwellingProcedure.objects.running().select_related(
            "procedure__building", "dwelling__building"
        )
        self.part = get_object_or_404(parts, pk=kwargs["part"])
        self.found = next(
            (
                found
                for found in family_plans([self.part], timezone.localdate())
                if found.household.pk == self.household.pk
            ),
            None,
        )
        if self.found is None:
            raise Http404
        self.case = (
            Case.objects.visible_to(user).open().filter(household=self.household).order_by("pk").first()
        )
        if not can_plan_rehousing(user, self.part, self.case):
            raise PermissionDenied

    @property
    def back_url(self) -> str:
        """To the procedure for who reads those, to the family's case for others."""
        where = self.part.procedure.building.neighbourhood_id
        if self.request.user.access.can(Permission.PROCEDURE_READ, where) or self.case is None:
            return self.part.procedure.get_absolute_url()
        return f"{self.case.get_absolute_url()}#procedures"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form has a part for each member."""
        return {**super().get_form_kwargs(), "found": self.found}

    def get_initial(self) -> dict[str, Any]:
        """Start from what was planned."""
        return RehousingForm.initial_of(self.found)

    def latest_version(self) -> int:
        """Return the version as it stands now."""
        plan = RehousingPlan.objects.filter(part=self.part, household=self.household).first()
        return plan.version if plan else 0

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whose plan it is, and what is still missing."""
        intro = _("%(family)s, %(dwelling)s. Wat je nog niet weet, mag leeg blijven.") % {
            "family": self.household,
            "dwelling": self.part.dwelling,
        }
        return super().get_context_data(intro=intro, cancel_url=self.back_url, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Save it."""
        save_rehousing_plan(
            by=self.request.user,
            part=self.part,
            household=self.household,
            members=form.member_plans(),
            **form.plan_fields(),
        )
        return self.back_url
