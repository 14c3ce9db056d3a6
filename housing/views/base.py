"""What the pages of the registers share: scope, rights, and pointing out what stands there already."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.functional import cached_property

from accounts.models import Neighbourhood
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.neighbourhoods import neighbourhoods_where
from housing.actions.occupancies import LivesElsewhere
from housing.lookalikes import LooksLikeExisting
from housing.perms import can_work_on_register
from housing.reading import streets_known


class RegisterPage(PermissionMixin):
    """A page of the registers, for who may read them."""

    permission = Permission.REGISTER_READ


class RegisterFormView(ActionFormView):
    """A form that writes in the registers. Lookalikes are shown above it, with a way to save all the same."""

    permission = Permission.REGISTER_WORK
    template_name = "housing/register_form.html"
    has_streets = False

    def check_work(self, neighbourhood_id: int) -> None:
        """Refuse who may not write in the registers of this neighbourhood."""
        if not can_work_on_register(self.request.user, neighbourhood_id):
            raise PermissionDenied

    @cached_property
    def neighbourhoods(self) -> QuerySet[Neighbourhood]:
        """Where this user writes in the registers."""
        return neighbourhoods_where(self.request.user, Permission.REGISTER_WORK)

    def perform(self, form: forms.Form) -> str:
        """Call one action and return the address to go to."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        """Save; when something like it stands there already, show what and ask."""
        try:
            return self.perform(form)
        except LooksLikeExisting as error:
            self.matches = error.matches
            form.ask()
            raise
        except LivesElsewhere:
            form.ask_moved()
            raise

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what looks alike, and the streets to pick from."""
        return super().get_context_data(
            matches=getattr(self, "matches", []),
            streets=streets_known(self.request.user) if self.has_streets else [],
            **kwargs,
        )
