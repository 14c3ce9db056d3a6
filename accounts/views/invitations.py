"""Links to choose a password: made, asked, handed over, used."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from accounts import signin
from accounts.actions import invitations as actions
from accounts.enums import Role
from accounts.models import Invitation, Membership, Passkey, TotpDevice, User
from accounts.permissions import Permission
from accounts.perms import can_approve_invitation
from accounts.signin_forms import ChoosePasswordForm, NewLinkForm
from accounts.views.base import ActionFormView, PermissionMixin
from accounts.views.setup import ManagedUserMixin, SetupMixin, keep_link, shown_link
from arsenaal.lib.encryption import CannotDecrypt, decrypt, encrypt
from arsenaal.lib.errors import ActionError

_TOKEN = "invitation_token"  # noqa: S105  a name, no secret
OPENED = "open"


class InvitationMakeView(ManagedUserMixin, View):
    """Make the link with which a new colleague chooses a password."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Make it and show it once: it never stands in an address or a log."""
        try:
            keep_link(request, actions.invite(by=request.user, user=self.user))
        except ActionError as error:
            messages.error(request, error.message)
            return redirect("accounts:user", self.user.pk)
        return redirect(f"{reverse('accounts:user', args=[self.user.pk])}?link=1")


class LinkAskView(ManagedUserMixin, ActionFormView):
    """Ask for a new link for a colleague who has signed in before."""

    form_class = NewLinkForm
    title = gettext_lazy("Nieuwe link vragen")
    submit_label = gettext_lazy("Nieuwe link vragen")
    done_message = gettext_lazy("Gevraagd. Een andere beheerder of de privacyverantwoordelijke kijkt het na.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """For whom, and how it goes on."""
        intro = _(
            "%(person)s kiest met de link een nieuw wachtwoord. Omdat dit een account opent dat al in gebruik is, "
            "geeft iemand anders de link door."
        ) % {"person": self.user}
        return super().get_context_data(
            intro=intro, cancel_url=reverse("accounts:user", args=[self.user.pk]), **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Ask."""
        actions.ask_new_link(by=self.request.user, user=self.user, **form.cleaned_data)
        return reverse("accounts:user", args=[self.user.pk])


class LinkMixin(PermissionMixin):
    """The second pair of eyes: administrators and privacy officers."""

    permission = Permission.INVITATION_APPROVE


class LinkListView(LinkMixin, TemplateView):
    """Links that wait for a second pair of eyes."""

    template_name = "accounts/link_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Those that are for me to say, and those that I asked myself."""
        user = self.request.user
        waiting = list(
            Invitation.objects.waiting()
            .select_related("user__organisation", "created_by")
            .order_by("created_at")
        )
        return super().get_context_data(
            for_me=[row for row in waiting if can_approve_invitation(user, row)],
            mine=[row for row in waiting if row.created_by_id == user.pk],
            link=shown_link(self.request) if self.request.GET.get("link") else "",
            **kwargs,
        )


class LinkSettleView(LinkMixin, View):
    """Say yes or no, or take one's own question back."""

    http_method_names = ("post",)

    def load(self, **kwargs: Any) -> None:
        """Find it among what is for me to say, and what I asked."""
        self.invitation = get_object_or_404(Invitation.objects.select_related("user"), pk=kwargs["pk"])
        is_mine = self.invitation.created_by_id == self.request.user.pk
        if not is_mine and not can_approve_invitation(self.request.user, self.invitation):
            self.invitation = get_object_or_404(Invitation.objects.none())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Settle it."""
        try:
            if request.POST.get("answer") == "yes":
                keep_link(request, actions.hand_over(by=request.user, invitation=self.invitation))
                return redirect(f"{reverse('accounts:link-list')}?link=1")
            actions.call_off(by=request.user, invitation=self.invitation)
            messages.success(request, _("De vraag om een nieuwe link is gesloten."))
        except ActionError as error:
            messages.error(request, error.message)
        return redirect("accounts:link-list")


@method_decorator([login_not_required, never_cache], name="dispatch")
class InvitationView(FormView):
    """Choose a password with a link; open to whoever holds it."""

    template_name = "accounts/invitation.html"
    form_class = ChoosePasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take the secret out of the address at once, so that it stays in no history; then look whether it works."""
        token = kwargs["token"]
        if token != OPENED:
            request.session[_TOKEN] = encrypt(token)
            return redirect("accounts:invitation", OPENED)
        try:
            self.token = decrypt(request.session[_TOKEN])
        except (KeyError, CannotDecrypt):
            self.token = ""
        self.invitation = actions.find_open(self.token)
        if self.invitation is None:
            return self.render_to_response(
                {
                    "title": _("Deze link werkt niet meer"),
                    "validlink": False,
                    "days": settings.INVITATION_DAYS,
                },
                status=404,
            )
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """For whom: he sees that the link is his, and with which name he signs in."""
        return super().get_context_data(
            title=_("Kies je wachtwoord"), validlink=True, person=self.invitation.user, **kwargs
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keep it and go to the door."""
        try:
            actions.use_invitation(token=self.token, password=form.cleaned_data["new_password1"])
        except ActionError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            return self.form_invalid(form)
        self.request.session.flush()
        messages.success(self.request, _("Je wachtwoord is bewaard. Je kan nu aanmelden."))
        return redirect("accounts:login")

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again under the status that says so."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SignInRulesView(SetupMixin, TemplateView):
    """Which roles need a second step, and who of one's own neighbourhoods still has none."""

    template_name = "accounts/sign_in_rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Per role: asked or not, how many have one, and who doesn't yet."""
        ids = list(self.neighbourhoods().values_list("pk", flat=True))
        strong = set(TotpDevice.objects.values_list("user_id", flat=True)) | set(
            Passkey.objects.values_list("user_id", flat=True)
        )
        people: dict[str, dict[int, User]] = {}
        for row in (
            Membership.objects.current()
            .select_related("user")
            .filter(neighbourhood_id__in=ids, user__is_active=True)
        ):
            people.setdefault(row.role, {})[row.user_id] = row.user
        rows = []
        for role in Role:
            holders = people.get(role.value, {})
            rows.append(
                {
                    "role": role,
                    "is_asked": signin.asks_second_factor(role),
                    "count": len(holders),
                    "have": sum(pk in strong for pk in holders),
                    "lack": sorted((str(user) for pk, user in holders.items() if pk not in strong)),
                }
            )
        return super().get_context_data(rows=rows, **kwargs)
