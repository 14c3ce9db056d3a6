"""The street where a colleague lives: his own to tell, or the administrator's."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from accounts.actions.unusual import set_home_street
from accounts.log_forms import HomeStreetForm
from accounts.models import HomeStreet, User
from accounts.views.base import ActionFormView
from accounts.views.setup import ManagedUserMixin

_WHY = gettext_lazy(
    "Wie een dossier uit de eigen straat opent zonder er de trekker van te zijn, valt op bij de"
    " privacyverantwoordelijke. Die ziet alleen “eigen straat”, niet welke."
)


def _street_of(user: User) -> str:
    return str(HomeStreet.objects.filter(user=user).values_list("street", flat=True).first() or "")


class OwnStreetView(FormView):
    """One's own street."""

    template_name = "form.html"
    form_class = HomeStreetForm

    def get_initial(self) -> dict[str, Any]:
        """What stands there."""
        return {"street": _street_of(self.request.user)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it is for."""
        return super().get_context_data(
            title=_("Mijn straat"),
            intro=_WHY,
            submit_label=_("Bewaren"),
            cancel_url=reverse("accounts:profile"),
            submission_token="",
            **kwargs,
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keep it."""
        set_home_street(by=self.request.user, user=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Bewaard."))
        return redirect("accounts:profile")

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again under the status that says so."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class UserStreetView(ManagedUserMixin, ActionFormView):
    """The street of a colleague, told by him to the administrator."""

    form_class = HomeStreetForm
    done_message = gettext_lazy("Bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """What stands there."""
        return {"street": _street_of(self.user)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say of whom, and what it is for."""
        title = _("Straat van %(who)s") % {"who": self.user}
        url = reverse("accounts:user", args=[self.user.pk])
        return super().get_context_data(title=title, intro=_WHY, cancel_url=url, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Keep it."""
        set_home_street(by=self.request.user, user=self.user, **form.cleaned_data)
        return reverse("accounts:user", args=[self.user.pk])
