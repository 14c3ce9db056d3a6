"""Hanging a case under a block case, or taking it out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.block import join_block, leave_block
from cases.enums import CaseKind
from cases.forms.block import BlockForm
from cases.views.case_state import ManageView


class CaseBlockJoinView(ManageView):
    """Hang a household case under a block case."""

    form_class = BlockForm
    title = _("Bij een blok zetten")
    submit_label = _("Bij dit blok zetten")
    done_message = _("Het dossier hoort nu bij het blok. Wat het blok deelt, staat mee op deze tijdlijn.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers the blocks that this user may open."""
        return {**super().get_form_kwargs(), "user": self.request.user, "case": self.case}

    def get_initial(self) -> dict[str, Any]:
        """Start from the block it hangs under."""
        return {"parent": self.case.parent_id}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it means."""
        intro = _(
            "Wat in het blokdossier gedeeld wordt, lees je dan ook hier. Wat hier staat, blijft bij dit gezin."
        )
        return super().get_context_data(intro=intro, **kwargs)

    def may_act(self) -> bool:
        """A block case itself hangs under nothing."""
        return self.case.kind == CaseKind.HOUSEHOLD and super().may_act()

    def act(self, form: forms.Form) -> str:
        """Join it."""
        case = join_block(by=self.request.user, case=self.case, **form.cleaned_data)
        return case.get_absolute_url()


class CaseBlockLeaveView(ManageView):
    """Take a household case out of its block."""

    form_class = forms.Form
    title = _("Uit het blok halen")
    submit_label = _("Uit het blok halen")
    done_message = _("Het dossier hoort niet meer bij een blok.")

    def may_act(self) -> bool:
        """Only where there is a block to leave."""
        return self.case.parent_id is not None and super().may_act()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name what will happen."""
        intro = _(
            "Dit dossier hoort dan niet meer bij %(block)s. Wat dat blok deelt, staat dan niet meer op deze tijdlijn."
        ) % {"block": self.case.parent}
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Leave it."""
        return leave_block(by=self.request.user, case=self.case).get_absolute_url()
