"""The door: logging in with a password, with a second step, with a passkey."""

import datetime as dt
import json
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings
from django.contrib.auth import user_login_failed, views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from accounts import openid, signin, webauthn
from accounts.actions.passkeys import use_passkey
from accounts.actions.second_factor import check_code
from accounts.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from accounts.forms import LoginForm
from accounts.models import Passkey, TotpDevice
from accounts.signin_forms import PasskeyAnswerForm, SecondStepForm
from accounts.webauthn import BadAnswer

_PASSKEY = "passkey_sign_in"


class LoginView(views.LoginView):
    """Log in, and go on to where one was going."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo accounts, in the demo only, and the other ways in."""
        context = super().get_context_data(**kwargs)
        context["has_provider"] = openid.is_on()
        context["demo_password"] = DEMO_PASSWORD
        context["demo_accounts"] = [
            {
                "name": account.username,
                "role": account.label,
                "fill": json.dumps({"id_username": account.username, "id_password": DEMO_PASSWORD}),
            }
            for account in (DEMO_ACCOUNTS if settings.IS_DEMO else ())
        ]
        return context

    def form_valid(self, form: LoginForm) -> HttpResponse:
        """The password is right: in, or on to the second step for who has one."""
        user = form.get_user()
        if signin.has_second_factor(user):
            signin.begin_second_step(self.request, user, self.get_redirect_url())
            return redirect("accounts:second-step")
        signin.sign_in(self.request, user)
        return HttpResponseRedirect(self.get_success_url())

    def form_invalid(self, form: LoginForm) -> HttpResponse:
        """Say what is wrong, under the status that says so."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response


@method_decorator([login_not_required, never_cache], name="dispatch")
class SecondStepView(FormView):
    """After the password: a code of the app, or from paper."""

    template_name = "accounts/second_step.html"
    form_class = SecondStepForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for who gave a right password a moment ago."""
        found = signin.pending(request)
        if found is None:
            return redirect("accounts:login")
        self.user, self.next_url = found
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask for what he has."""
        has_app = TotpDevice.objects.filter(user=self.user).exists()
        return {**super().get_form_kwargs(), "has_app": has_app}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether a passkey would do as well."""
        has_passkey = Passkey.objects.filter(user=self.user).exists()
        return super().get_context_data(has_passkey=has_passkey, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """In, when the code is right; counted when it isn't."""
        credentials = {"username": self.user.get_username()}
        if not AxesProxyHandler.is_allowed(self.request, credentials):
            return _locked(self.request)
        checked = check_code(user=self.user, code=form.cleaned_data["code"])
        if checked.method:
            signin.sign_in(self.request, self.user, method=checked.method)
            return HttpResponseRedirect(self.next_url or resolve_url(settings.LOGIN_REDIRECT_URL))
        user_login_failed.send(sender=__name__, credentials=credentials, request=self.request)
        if checked.locked_until is not None:
            return _locked(self.request, int((checked.locked_until - timezone.now()).total_seconds()))
        form.add_error("code", _("Deze code klopt niet, of ze werd al gebruikt. Wacht op de volgende."))
        return self.form_invalid(form)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again under the status that says so."""
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = 422
        return response


def _locked(request: HttpRequest, seconds: int | None = None) -> HttpResponse:
    """Say that the door stays shut for a while."""
    cooloff = (
        dt.timedelta(hours=settings.AXES_COOLOFF_TIME) if seconds is None else dt.timedelta(seconds=seconds)
    )
    return render(
        request,
        settings.AXES_LOCKOUT_TEMPLATE,
        {"failure_limit": settings.AXES_FAILURE_LIMIT, "cooloff_timedelta": cooloff},
        status=429,
    )


@method_decorator([login_not_required, never_cache], name="dispatch")
class PasskeyLoginView(FormView):
    """In with a passkey: after the password, or without one. Either way the device checks who holds it."""

    template_name = "accounts/passkey_login.html"
    form_class = PasskeyAnswerForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who is in, is in."""
        if request.user.is_authenticated:
            return redirect(settings.LOGIN_REDIRECT_URL)
        found = signin.pending(request)
        self.user, self.next_url = found or (None, "")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser is asked. Each page has a question of its own, to be answered once."""
        known = None if self.user is None else Passkey.objects.filter(user=self.user)
        options, self.request.session[_PASSKEY] = webauthn.question(self.request, known)
        return super().get_context_data(
            options=options,
            back_url="accounts:login" if self.user is None else "accounts:second-step",
            **kwargs,
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """In, when the answer holds."""
        state = self.request.session.pop(_PASSKEY, None)
        try:
            passkey = self._answered(state, form.cleaned_data["answer"])
        except BadAnswer:
            form.add_error(
                None, _("Dat lukte niet met deze passkey. Probeer opnieuw, of meld je anders aan.")
            )
            return self.form_invalid(form)
        signin.sign_in(self.request, passkey.user, method="passkey")
        return HttpResponseRedirect(self.next_url or resolve_url(settings.LOGIN_REDIRECT_URL))

    def _answered(self, state: Any, answer: str) -> Passkey:
        if state is None:
            raise BadAnswer("nothing was asked")
        keys = Passkey.objects.select_related("user").filter(user__is_active=True)
        if self.user is not None:
            keys = keys.filter(user=self.user)
        passkey = keys.filter(credential_id=webauthn.credential_id(answer)).first()
        if passkey is None:
            raise BadAnswer("unknown key")
        use_passkey(passkey=passkey, sign_count=webauthn.verified(self.request, state, answer, passkey))
        return passkey

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Ask again, under the status that says so."""
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = 422
        return response
