"""Beheer: who works here, with which role, for which organisation and neighbourhood."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.actions import users as actions
from accounts.actions.invitations import has_been_here
from accounts.enums import Role
from accounts.forms import NeighbourhoodForm, OrganisationForm, RoleForm, UserForm
from accounts.models import Membership, Neighbourhood, Organisation, User
from accounts.permissions import Permission
from accounts.perms import can_manage_user
from accounts.roles import ROLES
from accounts.signin import has_second_factor
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.encryption import CannotDecrypt, decrypt, encrypt
from arsenaal.lib.errors import ActionError
from arsenaal.lib.keyset import page_or_first

_LINK = "invitation_link"


def keep_link(request: HttpRequest, path: str) -> None:
    """Keep a link, encrypted, for the one page that shows it."""
    request.session[_LINK] = encrypt(request.build_absolute_uri(path))


def shown_link(request: HttpRequest) -> str:
    """Return the link that was just made, once; empty afterwards."""
    try:
        return decrypt(request.session.pop(_LINK))
    except (KeyError, CannotDecrypt):
        return ""


class SetupMixin(PermissionMixin):
    """Pages of the administrator."""

    permission = Permission.USERS_MANAGE

    def neighbourhoods(self) -> Any:
        """The neighbourhoods that this administrator sets up."""
        ids = self.request.user.access.where(Permission.USERS_MANAGE)
        return Neighbourhood.objects.filter(pk__in=ids).order_by("name")


class UserListView(SetupMixin, TemplateView):
    """Everybody who can log in, or could."""

    template_name = "accounts/user_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of users by name, searched by name or user name."""
        words = self.request.GET.get("q", "").replace("\x00", "").strip()[:60]
        users = User.objects.select_related("organisation").prefetch_related(
            Prefetch("memberships", Membership.objects.select_related("neighbourhood").order_by("pk"))
        )
        for word in words.split():
            users = users.filter(
                Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(username__icontains=word)
            )
        found = page_or_first(users, order="username", size=50, cursor=self.request.GET.get("cursor", ""))
        return super().get_context_data(
            title=_("Gebruikers"),
            says=_("Gebruikers met “%(q)s”") % {"q": words}
            if words
            else _("Alle gebruikers, op gebruikersnaam"),
            page=found,
            words=words,
            **kwargs,
        )


class UserMixin(SetupMixin):
    """A page about one user."""

    def load(self, **kwargs: Any) -> None:
        """Find him."""
        self.user = get_object_or_404(User.objects.select_related("organisation"), pk=kwargs["pk"])


class UserView(UserMixin, TemplateView):
    """One user: roles, invitation."""

    template_name = "accounts/user.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Roles now and before, and what each of them may do."""
        memberships = self.user.memberships.select_related("neighbourhood").order_by("-from_on", "pk")
        return super().get_context_data(
            person=self.user,
            memberships=memberships,
            today=timezone.localdate(),
            may_manage=can_manage_user(self.request.user, self.user),
            own_neighbourhoods=self.request.user.access.where(Permission.USERS_MANAGE),
            invitation=shown_link(self.request) if self.request.GET.get("link") else "",
            has_been_here=has_been_here(self.user),
            waiting=self.user.invitations.waiting().select_related("created_by").first(),
            has_second_factor=has_second_factor(self.user),
            **kwargs,
        )


class UserNewView(SetupMixin, ActionFormView):
    """Add a colleague."""

    form_class = UserForm
    title = gettext_lazy("Nieuwe gebruiker")
    submit_label = gettext_lazy("Gebruiker bewaren")
    done_message = gettext_lazy("Bewaard. Geef nu een rol, en maak een uitnodiging.")
    extra_context = {"cancel_url": reverse_lazy("accounts:user-list")}

    def act(self, form: forms.Form) -> str:
        """Create."""
        user = actions.create_user(by=self.request.user, **form.cleaned_data)
        return reverse("accounts:user", args=[user.pk])


class ManagedUserMixin(UserMixin):
    """What lets one into a user's account or keeps him out: 403 for who works in somebody else's neighbourhood."""

    def load(self, **kwargs: Any) -> None:
        """Find him, and check that he is one's own to set up."""
        super().load(**kwargs)
        if not can_manage_user(self.request.user, self.user):
            raise PermissionDenied


class UserEditView(ManagedUserMixin, ActionFormView):
    """Change a colleague's data."""

    form_class = UserForm
    title = gettext_lazy("Gebruiker wijzigen")
    done_message = gettext_lazy("Bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from what is known; a copy, so that nothing is changed before the action does."""
        return {**super().get_form_kwargs(), "instance": User.objects.get(pk=self.user.pk)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Back to the user."""
        return super().get_context_data(cancel_url=reverse("accounts:user", args=[self.user.pk]), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Change."""
        actions.edit_user(by=self.request.user, user=self.user, **form.cleaned_data)
        return reverse("accounts:user", args=[self.user.pk])


class RoleGiveView(UserMixin, ActionFormView):
    """Give a role."""

    form_class = RoleForm
    title = gettext_lazy("Rol geven")
    submit_label = gettext_lazy("Rol geven")
    done_message = gettext_lazy("De rol geldt vanaf de gekozen dag.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only in one's own neighbourhoods."""
        return {**super().get_form_kwargs(), "neighbourhoods": self.neighbourhoods()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """For whom, and back to him."""
        return super().get_context_data(
            intro=str(self.user), cancel_url=reverse("accounts:user", args=[self.user.pk]), **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Give it."""
        data = form.cleaned_data
        actions.give_role(by=self.request.user, user=self.user, **{**data, "role": Role(data["role"])})
        return reverse("accounts:user", args=[self.user.pk])


class RoleEndView(UserMixin, View):
    """End a role at once."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int, membership: int) -> HttpResponseBase:
        """End it, or say why not."""
        found = get_object_or_404(
            Membership, pk=membership, user=self.user, neighbourhood__in=self.neighbourhoods()
        )
        try:
            actions.end_role(by=request.user, membership=found)
            messages.success(request, _("De rol is beëindigd. Vanaf nu geeft ze geen toegang meer."))
        except ActionError as error:
            messages.error(request, error.message)
        return redirect("accounts:user", self.user.pk)


class OrganisationListView(SetupMixin, TemplateView):
    """Services and partners."""

    template_name = "accounts/organisation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of them: there are a few dozen."""
        return super().get_context_data(
            organisations=Organisation.objects.order_by("-is_active", "name"), **kwargs
        )


class OrganisationEditView(SetupMixin, ActionFormView):
    """Add or change an organisation."""

    form_class = OrganisationForm
    done_message = gettext_lazy("Organisatie bewaard.")
    extra_context = {"cancel_url": reverse_lazy("accounts:organisation-list")}
    organisation: Organisation | None = None

    def load(self, **kwargs: Any) -> None:
        """Find it, or start a new one."""
        self.title = _("Nieuwe organisatie")
        if "pk" in kwargs:
            self.organisation = get_object_or_404(Organisation, pk=kwargs["pk"])
            self.title = _("Organisatie wijzigen")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from what is known."""
        known = Organisation.objects.get(pk=self.organisation.pk) if self.organisation else None
        return {**super().get_form_kwargs(), "instance": known}

    def act(self, form: forms.Form) -> str:
        """Save."""
        actions.save_organisation(by=self.request.user, organisation=self.organisation, **form.cleaned_data)
        return reverse("accounts:organisation-list")


class NeighbourhoodListView(SetupMixin, TemplateView):
    """The neighbourhoods, and what each role may do."""

    template_name = "accounts/neighbourhood_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All neighbourhoods and the table of roles."""
        roles = [
            (role, spec, sorted(circle.label for circle in spec.circles), spec.default_circle.label)
            for role, spec in ROLES.items()
        ]
        return super().get_context_data(
            neighbourhoods=Neighbourhood.objects.order_by("-is_active", "name"), roles=roles, **kwargs
        )


class NeighbourhoodEditView(SetupMixin, ActionFormView):
    """Add or change a neighbourhood."""

    form_class = NeighbourhoodForm
    done_message = gettext_lazy("Wijk bewaard.")
    extra_context = {"cancel_url": reverse_lazy("accounts:neighbourhood-list")}
    neighbourhood: Neighbourhood | None = None

    def load(self, **kwargs: Any) -> None:
        """Find it among one's own, or start a new one."""
        self.title = _("Nieuwe wijk")
        if "pk" in kwargs:
            self.neighbourhood = get_object_or_404(self.neighbourhoods(), pk=kwargs["pk"])
            self.title = _("Wijk wijzigen")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from what is known."""
        known = Neighbourhood.objects.get(pk=self.neighbourhood.pk) if self.neighbourhood else None
        return {**super().get_form_kwargs(), "instance": known}

    def act(self, form: forms.Form) -> str:
        """Save."""
        actions.save_neighbourhood(
            by=self.request.user, neighbourhood=self.neighbourhood, **form.cleaned_data
        )
        return reverse("accounts:neighbourhood-list")
