"""One's own security page: password, second step, passkeys, recovery codes, devices."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from accounts import openid, signin, totp, webauthn
from accounts.actions.devices import end_all_sessions, end_device
from accounts.actions.passkeys import add_passkey, remove_passkey
from accounts.actions.second_factor import make_recovery_codes, remove_totp, set_up_totp
from accounts.models import DeviceSession, Invitation, Passkey, RecoveryCode, TotpDevice
from accounts.signin_forms import CodeForm, ConfirmForm, PasskeyNewForm
from accounts.webauthn import BadAnswer
from arsenaal.lib.encryption import CannotDecrypt, decrypt, encrypt
from arsenaal.lib.errors import ActionError

_SECRET, _CODES, _PASSKEY = "totp_setup", "recovery_codes", "passkey_setup"


class RecentMixin(View):
    """Asks for the password again before something changes in how one signs in, unless that was a moment ago."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Go and confirm first; a form that was sent is filled in again afterwards."""
        if not signin.is_recent(request):
            back = request.get_full_path() if request.method == "GET" else reverse("accounts:security")
            return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': back})}")
        return super().dispatch(request, *args, **kwargs)


class AgainMixin(FormView):
    """Shows a form with mistakes again under the status that says so."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """422, and nothing lost."""
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = 422
        return response


class SecurityView(TemplateView):
    """Everything about how I get in."""

    template_name = "accounts/security.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What I have, what is missing, and where I am signed in."""
        user = self.request.user
        app = TotpDevice.objects.filter(user=user).defer("secret").first()
        passkeys = list(Passkey.objects.filter(user=user).defer("credential").order_by("created_at", "pk"))
        must = signin.must_have_second_factor(user)
        return super().get_context_data(
            app=app,
            passkeys=passkeys,
            codes_left=RecoveryCode.objects.filter(user=user, used_at__isnull=True).count(),
            has_factor=bool(app or passkeys),
            must_have=must,
            is_kept_here=must and not signin.is_strong(self.request),
            devices=DeviceSession.objects.of(user).defer("session_data"),
            this_key=self.request.session.session_key,
            links=Invitation.objects.filter(user=user, used_at__isnull=False)
            .select_related("created_by", "approved_by")
            .order_by("-used_at")[:3],
            has_provider=openid.is_on(),
            identity=user.identities.first(),
            has_password=user.has_usable_password(),
            **kwargs,
        )


class ConfirmView(AgainMixin):
    """Is it really you? The password, once more."""

    template_name = "accounts/confirm.html"
    form_class = ConfirmForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Checked as at the door: it counts, and locks."""
        user = authenticate(
            self.request, username=self.request.user.get_username(), password=form.cleaned_data["password"]
        )
        if user is None or user.pk != self.request.user.pk:
            form.add_error("password", _("Dit is niet je wachtwoord. Typ het opnieuw."))
            return self.form_invalid(form)
        signin.confirm(self.request)
        wanted = self.request.GET.get("next", "")
        is_own = url_has_allowed_host_and_scheme(
            wanted, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )
        return redirect(wanted if is_own else resolve_url("accounts:security"))


class TotpSetupView(RecentMixin, AgainMixin):
    """Set up an app that shows codes: scan, type the first code."""

    template_name = "accounts/totp_setup.html"
    form_class = CodeForm

    def _secret(self) -> str:
        """The secret that is being set up; it waits in the session, encrypted, until its first code is right."""
        try:
            return decrypt(self.request.session[_SECRET])
        except (KeyError, CannotDecrypt):
            secret = totp.new_secret()
            self.request.session[_SECRET] = encrypt(secret)
            return secret

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The square, and the same in letters."""
        secret = self._secret()
        return super().get_context_data(
            square=totp.square(totp.uri(secret, self.request.user.get_username(), "Arsenaal")),
            secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
            uri=totp.uri(secret, self.request.user.get_username(), "Arsenaal"),
            **kwargs,
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keep it; other sessions end, because they began without it."""
        try:
            set_up_totp(by=self.request.user, secret=self._secret(), code=form.cleaned_data["code"])
        except ActionError as error:
            form.add_error(error.field, error.message)
            return self.form_invalid(form)
        self.request.session.pop(_SECRET, None)
        return _factor_added(self.request, "totp", _("Je app werkt."))


class TotpRemoveView(RecentMixin, View):
    """Stop using the app."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take it away, or say why not."""
        try:
            remove_totp(by=request.user)
            messages.success(request, _("De app is losgemaakt. Haal ze nu ook op je telefoon weg."))
        except ActionError as error:
            messages.error(request, error.message)
        return redirect("accounts:security")


class PasskeyNewView(RecentMixin, AgainMixin):
    """Make a passkey on this device, or on a phone or a stick."""

    template_name = "accounts/passkey_new.html"
    form_class = PasskeyNewForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser is asked; each page has a question of its own."""
        user = self.request.user
        options, state = webauthn.registration(self.request, user, Passkey.objects.filter(user=user))
        self.request.session[_PASSKEY] = state
        return super().get_context_data(options=options, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keep the key that the browser made."""
        state = self.request.session.pop(_PASSKEY, None)
        try:
            if state is None:
                raise BadAnswer("nothing was asked")
            key = webauthn.registered(self.request, state, form.cleaned_data["answer"])
            add_passkey(by=self.request.user, name=form.cleaned_data["name"], key=key)
        except BadAnswer:
            form.add_error(None, _("Het maken van de passkey lukte niet. Probeer opnieuw."))
            return self.form_invalid(form)
        except ActionError as error:
            form.add_error(None, error.message)
            return self.form_invalid(form)
        return _factor_added(self.request, "passkey", _("Je passkey is bewaard."))


class PasskeyRemoveView(RecentMixin, View):
    """Forget a passkey."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Only one's own."""
        passkey = get_object_or_404(Passkey, pk=pk, user=request.user)
        try:
            remove_passkey(by=request.user, passkey=passkey)
            messages.success(request, _("De passkey is weg. Haal ze nu ook op je toestel weg."))
        except ActionError as error:
            messages.error(request, error.message)
        return redirect("accounts:security")


class RecoveryCodesView(RecentMixin, TemplateView):
    """Recovery codes: shown once, right after they were made."""

    template_name = "accounts/recovery_codes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The new codes, this one time."""
        try:
            codes = decrypt(self.request.session.pop(_CODES)).split()
        except (KeyError, CannotDecrypt):
            codes = []
        return super().get_context_data(
            codes=codes,
            codes_left=RecoveryCode.objects.filter(user=self.request.user, used_at__isnull=True).count(),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make new ones; the earlier ones stop working."""
        try:
            _show_codes(request)
        except ActionError as error:
            messages.error(request, error.message)
            return redirect("accounts:security")
        return redirect("accounts:recovery-codes")


class DeviceEndView(View):
    """Sign out one of my devices."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, device: uuid.UUID) -> HttpResponse:
        """End it; ending this very one is leaving."""
        if str(device) == request.session.get("device_uuid"):
            messages.info(request, _("Op dit toestel meld je af met Afmelden."))
        elif end_device(by=request.user, device=device):
            messages.success(request, _("Dat toestel is afgemeld."))
        else:
            messages.info(request, _("Dat toestel was al afgemeld."))
        return redirect("accounts:security")


class DevicesEndView(View):
    """Sign out everywhere but here."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """End them all."""
        end_others(request)
        messages.success(request, _("Je bent overal elders afgemeld."))
        return redirect("accounts:security")


def end_others(request: HttpRequest) -> None:
    """End every other session of this user; this one goes on, under a new key."""
    end_all_sessions(user=request.user, but=request.session.session_key)
    update_session_auth_hash(request, request.user)


def _factor_added(request: HttpRequest, method: str, done: str) -> HttpResponse:
    """A second step was set up: this session has shown it, the others end, the first time codes for on paper come."""
    signin.mark_strong(request, method)
    end_others(request)
    messages.success(request, done)
    if RecoveryCode.objects.filter(user=request.user, used_at__isnull=True).exists():
        return redirect("accounts:security")
    _show_codes(request)
    return redirect("accounts:recovery-codes")


def _show_codes(request: HttpRequest) -> None:
    """Make codes and keep them, encrypted, for the one page that shows them."""
    request.session[_CODES] = encrypt(" ".join(make_recovery_codes(by=request.user)))
