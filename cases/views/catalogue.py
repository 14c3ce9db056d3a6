"""The catalogue of instruments, kept by an administrator."""

from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.enums import Goal
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.wall import beyond_wall
from cases.actions.catalogue import add_instrument, edit_instrument
from cases.forms.interventions import InstrumentEditForm, InstrumentForm
from cases.models import Instrument


class CatalogueView(PermissionMixin, TemplateView):
    """Every instrument by goal and part, with how often it was used."""

    permission = Permission.CATALOGUE_MANAGE
    template_name = "cases/catalogue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in one query."""
        with beyond_wall("how often each instrument was used"):
            rows = list(
                Instrument.objects.in_order()
                .select_related("usual_provider")
                .annotate(used=Count("interventions"))
            )
        by_goal: dict[str, list[Instrument]] = {goal: [] for goal in Goal.values}
        for row in rows:
            by_goal[row.goal].append(row)
        goals = [
            {
                "goal": goal,
                "parts": [
                    {"name": name, "rows": list(part)}
                    for name, part in groupby(
                        sorted(found, key=lambda row: _first_of_part(found, row)), lambda row: row.sub_goal
                    )
                ],
            }
            for goal, found in ((Goal(code), found) for code, found in by_goal.items())
        ]
        return super().get_context_data(goals=goals, **kwargs)


def _first_of_part(rows: list[Instrument], row: Instrument) -> tuple[int, str, int]:
    """Keep a part together, where its first instrument stands."""
    first = min(other.position for other in rows if other.sub_goal == row.sub_goal)
    return first, row.sub_goal, row.position


class InstrumentNewView(ActionFormView):
    """Add an instrument."""

    permission = Permission.CATALOGUE_MANAGE
    form_class = InstrumentForm
    title = _("Instrument toevoegen")
    submit_label = _("Instrument bewaren")
    done_message = _("Het instrument staat in de catalogus.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the catalogue."""
        return super().get_context_data(cancel_url=reverse("cases:catalogue"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Add it."""
        add_instrument(by=self.request.user, **form.cleaned_data)
        return reverse("cases:catalogue")


class InstrumentEditView(ActionFormView):
    """Change an instrument, or take it out of use."""

    permission = Permission.CATALOGUE_MANAGE
    form_class = InstrumentEditForm
    title = _("Instrument wijzigen")
    submit_label = _("Instrument bewaren")
    done_message = _("Het instrument is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        self.instrument = get_object_or_404(Instrument, pk=kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {name: getattr(self.instrument, name) for name in InstrumentEditForm.base_fields}

    def latest_version(self) -> int:
        """The version as it stands now."""
        return Instrument.objects.get(pk=self.instrument.pk).version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the catalogue."""
        return super().get_context_data(cancel_url=reverse("cases:catalogue"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Save it."""
        edit_instrument(by=self.request.user, instrument=self.instrument, **form.cleaned_data)
        return reverse("cases:catalogue")
