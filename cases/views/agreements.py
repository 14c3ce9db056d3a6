"""What was agreed with the family: setting and lifting boundaries, recording and withdrawing consents."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from cases.actions.boundaries import lift_boundary, set_boundary
from cases.actions.consents import record_consent, withdraw_consent
from cases.enums import CaseKind
from cases.forms.agreements import BoundaryForm, ConsentForm, LiftForm, WithdrawConsentForm
from cases.models import Boundary, Consent
from cases.views.base import CaseActionView


class AgreementView(CaseActionView):
    """A form about an agreement; afterwards back to the agreements of the case."""

    def after(self) -> str:
        """Return where the agreements stand."""
        return f"{self.case.get_absolute_url()}#agreements"


class BoundaryNewView(AgreementView):
    """Record what the family does not want yet."""

    form_class = BoundaryForm
    title = _("Grens vastleggen")
    submit_label = _("Grens vastleggen")
    done_message = _("De grens geldt vanaf nu. Wat ertegen ingaat, houden we tegen.")
    extra_context = {
        "intro": _("Wat wil het gezin nog niet? Het systeem houdt dit tegen, tot ze zelf akkoord gaan.")
    }

    def act(self, form: forms.Form) -> str:
        """Set it."""
        set_boundary(by=self.request.user, case=self.case, **form.cleaned_data)
        return self.after()


class BoundaryLiftView(AgreementView):
    """Lift a boundary with the family's recorded agreement."""

    form_class = LiftForm
    template_name = "cases/boundary_lift.html"
    title = _("Grens opheffen")
    submit_label = _("Grens opheffen")
    done_message = _("De grens is opgeheven, met het akkoord van het gezin.")

    def load(self, **kwargs: Any) -> None:
        """Find a boundary of this case."""
        super().load(**kwargs)
        boundaries = Boundary.objects.filter(case=self.case).select_related("organisation", "set_by", "case")
        self.boundary = get_object_or_404(boundaries, pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what is lifted."""
        return super().get_context_data(boundary=self.boundary, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Lift it."""
        lift_boundary(by=self.request.user, boundary=self.boundary, **form.cleaned_data)
        return self.after()


class ConsentNewView(AgreementView):
    """Record a consent of somebody of the household."""

    form_class = ConsentForm
    title = _("Toestemming vastleggen")
    submit_label = _("Toestemming bewaren")
    done_message = _("De toestemming is bewaard.")
    extra_context = {
        "intro": _("Vraag het in een taal die men begrijpt. Neen zeggen mag, en later intrekken ook.")
    }

    def may_act(self) -> bool:
        """Only a household can consent."""
        return super().may_act() and self.case.kind == CaseKind.HOUSEHOLD

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the people of the household whom this user may see."""
        return {**super().get_form_kwargs(), "user": self.request.user, "case": self.case}

    def act(self, form: forms.Form) -> str:
        """Record it."""
        record_consent(by=self.request.user, case=self.case, **form.cleaned_data)
        return self.after()


class ConsentWithdrawView(AgreementView):
    """Withdraw a consent: it works at once, also when the case is closed."""

    form_class = WithdrawConsentForm
    template_name = "cases/consent_withdraw.html"
    title = _("Toestemming intrekken")
    submit_label = _("Toestemming intrekken")
    done_message = _("De toestemming is ingetrokken. Vanaf nu delen we hierover niets meer.")

    def may_act(self) -> bool:
        """A family can take a consent back whatever the state of the case."""
        return self.request.user.access.can(Permission.CASE_WORK, self.case.neighbourhood_id)

    def load(self, **kwargs: Any) -> None:
        """Find a consent of this case."""
        super().load(**kwargs)
        mine = Consent.objects.visible_to(self.request.user)
        consents = mine.filter(case=self.case).prefetch_related("recipients")
        self.consent = get_object_or_404(consents.select_related("case"), pk=kwargs["pk"])
        if not self.may_act():
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what is withdrawn."""
        return super().get_context_data(consent=self.consent, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Withdraw it."""
        withdraw_consent(by=self.request.user, consent=self.consent, **form.cleaned_data)
        return self.after()
