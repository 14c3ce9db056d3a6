"""State, trust, closing, reopening and the facts of a case."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.actions.change_state import change_state
from cases.actions.change_trust import change_trust
from cases.actions.close_case import close_case
from cases.actions.edit_case import edit_case
from cases.actions.reopen_case import reopen_case
from cases.forms.case_state import CaseEditForm, CloseForm, ReopenForm, StateForm, TrustForm
from cases.models import Case
from cases.open_work import OpenWork, open_work
from cases.perms import can_manage_case
from cases.views.base import CaseActionView


class ManageView(CaseActionView):
    """A form for whoever may manage this case, while it is open."""

    def may_act(self) -> bool:
        """Whoever opens cases, and the lead."""
        return self.case.is_open and can_manage_case(self.request.user, self.case)


class CaseStateView(ManageView):
    """Move the case to another state."""

    form_class = StateForm
    title = _("Stand wijzigen")
    done_message = _("De stand is gewijzigd.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers where this case can go."""
        return {**super().get_form_kwargs(), "case": self.case}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say where it stands."""
        intro = _("Nu: %(state)s.") % {"state": self.case.get_state_display()}
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Move it."""
        case = change_state(by=self.request.user, case=self.case, **form.cleaned_data)
        return case.get_absolute_url()


class CaseTrustView(CaseActionView):
    """Write down that trust grew or shrank."""

    form_class = TrustForm
    title = _("Vertrouwen")
    done_message = _("Het vertrouwen is bijgewerkt. Op de tijdlijn staat wat het verschil maakte.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form starts from where it stands."""
        return {**super().get_form_kwargs(), "case": self.case}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say that downwards is no failure."""
        intro = _("Vertrouwen groeit en krimpt. Omlaag zetten mag: zo ziet het team wat er speelt.")
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Change it."""
        change_trust(by=self.request.user, case=self.case, **form.cleaned_data)
        return self.case.get_absolute_url()


class CaseCloseView(ManageView):
    """Close the case."""

    form_class = CloseForm
    template_name = "cases/close.html"
    title = _("Dossier afsluiten")
    submit_label = _("Dossier afsluiten")
    done_message = _("Het dossier is afgesloten. Heropenen kan altijd.")

    @cached_property
    def work(self) -> OpenWork:
        """What still waits."""
        return open_work(self.case)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form asks about open work when there is some."""
        return {**super().get_form_kwargs(), "work": self.work}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what still waits."""
        return super().get_context_data(work=self.work, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Close it."""
        case = close_case(by=self.request.user, case=self.case, **form.cleaned_data)
        return case.get_absolute_url()


class CaseReopenView(CaseActionView):
    """Open a closed case again."""

    form_class = ReopenForm
    title = _("Dossier heropenen")
    submit_label = _("Dossier heropenen")
    done_message = _("Het dossier is weer open.")

    def may_act(self) -> bool:
        """Whoever may manage a case, when it is closed."""
        return not self.case.is_open and can_manage_case(self.request.user, self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what comes back."""
        intro = _(
            "Team, plan en tijdlijn gaan verder waar ze stopten. Wat bij het afsluiten stopte, blijft gestopt."
        )
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Reopen it."""
        case = reopen_case(by=self.request.user, case=self.case, **form.cleaned_data)
        return case.get_absolute_url()


class CaseEditView(ManageView):
    """Change title and address."""

    form_class = CaseEditForm
    title = _("Gegevens wijzigen")
    done_message = _("De gegevens zijn bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        case = self.case
        return {"title": case.title, "address_hint": case.address_hint, "version": case.version}

    def latest_version(self) -> int:
        """Return the version after the colleague's."""
        return Case.objects.values_list("version", flat=True).get(pk=self.case.pk)

    def act(self, form: forms.Form) -> str:
        """Save it."""
        case = edit_case(by=self.request.user, case=self.case, **form.cleaned_data)
        return case.get_absolute_url()
