"""One's own profile: language, looks, password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from accounts.actions.profile import choose_language
from accounts.forms import OwnPasswordForm, ProfileForm
from accounts.views.security import end_others


class ProfileView(FormView):
    """Who am I here, and in which language."""

    template_name = "accounts/profile.html"
    form_class = ProfileForm
    success_url = reverse_lazy("accounts:profile")

    def get_initial(self) -> dict[str, Any]:
        """Start from what holds now."""
        return {"language": self.request.user.language}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the roles."""
        memberships = self.request.user.memberships.select_related("neighbourhood").order_by(
            "neighbourhood__name", "pk"
        )
        return super().get_context_data(memberships=memberships, **kwargs)

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        """Change the language; the confirmation is in the new one already."""
        language = form.cleaned_data["language"]
        choose_language(by=self.request.user, language=language)
        with translation.override(language):
            messages.success(self.request, _("Je scherm staat nu in het Nederlands."))
        return super().form_valid(form)

    def form_invalid(self, form: ProfileForm) -> HttpResponse:
        """Show the form again under the status that says so."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class PasswordView(views.PasswordChangeView):
    """Choose a new password; other sessions of the same user end."""

    template_name = "form.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("accounts:profile")
    title = gettext_lazy("Wachtwoord wijzigen")
    extra_context = {
        "submit_label": gettext_lazy("Wachtwoord bewaren"),
        "cancel_url": success_url,
        "submission_token": "",
    }

    def form_valid(self, form: OwnPasswordForm) -> HttpResponse:
        """Change it and say so."""
        messages.success(
            self.request,
            _("Je nieuwe wachtwoord geldt vanaf nu. Op andere toestellen meld je je opnieuw aan."),
        )
        response = super().form_valid(form)
        end_others(self.request)
        return response

    def form_invalid(self, form: OwnPasswordForm) -> HttpResponse:
        """Show the form again under the status that says so."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response
