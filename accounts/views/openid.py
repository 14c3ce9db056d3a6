"""In with the account of the city: there and back."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from accounts import openid, signin
from accounts.actions.external_sign_in import NotKnownHere, link_account, sign_in_external, unlink_account
from accounts.models import User
from accounts.openid import ProviderAway, SignInRefused
from accounts.views.security import RecentMixin

_NEXT = "provider_next"
_LINKS = "provider_links"


@method_decorator([login_not_required, never_cache], name="dispatch")
class ProviderLoginView(View):
    """Off to the provider."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Remember where one was going, and send."""
        if not openid.is_on() or request.user.is_authenticated:
            return redirect(
                settings.LOGIN_REDIRECT_URL if request.user.is_authenticated else "accounts:login"
            )
        wanted = request.GET.get("next", "")
        is_own = url_has_allowed_host_and_scheme(
            wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        request.session[_NEXT] = wanted if is_own else ""
        request.session.pop(_LINKS, None)
        return _off(request)


class ProviderLinkView(RecentMixin, View):
    """Off to the provider, to link one's own account; or forget the link."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Remember whose link this is to be."""
        if "forget" in request.POST:
            try:
                unlink_account(by=request.user)
                messages.success(request, _("De koppeling met je account van de stad is weg."))
            except NotKnownHere as error:
                messages.error(request, error.message)
            return redirect("accounts:security")
        if not openid.is_on():
            return redirect("accounts:security")
        request.session[_LINKS] = request.user.pk
        # A page that leads on, not a redirect: the policy lets no form lead to another site.
        return render(request, "accounts/provider_off.html")


class ProviderLinkGoView(View):
    """The last step of linking: a link one follows."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Only right after the form."""
        if not openid.is_on() or request.session.get(_LINKS) != request.user.pk:
            return redirect("accounts:security")
        return _off(request)


def _off(request: HttpRequest) -> HttpResponse:
    try:
        return openid.send(request, request.build_absolute_uri(reverse("accounts:oidc-return")))
    except ProviderAway:
        return _refused(request, _away(), status=503)


def _away() -> str:
    return _("De aanmelding van de stad antwoordt niet. Probeer het over enkele minuten opnieuw.")


def _refused(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render(request, "accounts/provider_refused.html", {"why": why}, status=status)


@method_decorator([login_not_required, never_cache], name="dispatch")
class ProviderReturnView(View):
    """Back from the provider: in, linked, or told kindly why not."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Check what came back, then do what this session set out to do."""
        if not openid.is_on():
            return redirect("accounts:login")
        links, next_url = request.session.pop(_LINKS, None), request.session.pop(_NEXT, "")
        try:
            claims = openid.claims(request)
            if request.user.is_authenticated:
                return self._link(request, links, claims)
            user: User = sign_in_external(claims=claims)
        except ProviderAway:
            return _refused(request, _away(), status=503)
        except SignInRefused:
            return _refused(
                request, _("Dat aanmelden lukte niet of duurde te lang. Begin opnieuw."), status=400
            )
        except NotKnownHere as error:
            return _refused(request, error.message, status=403)
        # The city checks a second step itself (OIDC_ACR_VALUES says which).
        signin.sign_in(request, user, method="provider")
        return HttpResponseRedirect(next_url or resolve_url(settings.LOGIN_REDIRECT_URL))

    def _link(self, request: HttpRequest, links: object, claims: dict[str, object]) -> HttpResponse:
        if links != request.user.pk:
            return redirect(settings.LOGIN_REDIRECT_URL)
        link_account(by=request.user, claims=claims)
        messages.success(request, _("Gekoppeld. Voortaan kan je ook met je account van de stad aanmelden."))
        return redirect("accounts:security")
