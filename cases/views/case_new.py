"""Opening a case without the radar."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Neighbourhood
from accounts.permissions import Permission
from accounts.views.base import ActionFormView
from cases.actions.start_case import start_case
from cases.forms.open_case import OpenCaseForm
from cases.neighbourhoods import neighbourhoods_where


class CaseNewView(ActionFormView):
    """Open a case of a household that is known, of a new one, or of a building."""

    permission = Permission.CASE_OPEN
    form_class = OpenCaseForm
    title = gettext_lazy("Dossier openen")
    submit_label = gettext_lazy("Dossier openen")
    done_message = gettext_lazy("Het dossier is open. Het kernteam ziet het vanaf nu.")

    @cached_property
    def neighbourhoods(self) -> list[Neighbourhood]:
        """Where the user opens cases."""
        return list(neighbourhoods_where(self.request.user, Permission.CASE_OPEN))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say for whom, and where, the form is."""
        return {
            **super().get_form_kwargs(),
            "user": self.request.user,
            "neighbourhoods": self.neighbourhoods,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the list."""
        return super().get_context_data(
            intro=_(
                "Kwam er een signaal binnen? Open het dossier dan vanaf de radar: zo blijft het verhaal heel."
            ),
            cancel_url=reverse("cases:case-list"),
            **kwargs,
        )

    def act(self, form: OpenCaseForm) -> str:
        """Open it."""
        case = start_case(
            by=self.request.user,
            neighbourhood=form.cleaned_data.get("neighbourhood") or self.neighbourhoods[0],
            lead=form.cleaned_data["lead"],
            title=form.cleaned_data["title"],
            about=form.chosen_about(),
            address_hint=form.cleaned_data["address_hint"],
            parent=form.cleaned_data["parent"],
        )
        return case.get_absolute_url()
