"""Mandates: what the team may ask of which service."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.actions.mandates import add_mandate, end_mandate
from cases.forms.help_requests import MandateEndForm, MandateForm
from cases.models import Mandate
from cases.perms import can_manage_mandates


class MandateListView(PermissionMixin, TemplateView):
    """The mandates that hold, and those that ended."""

    permission = Permission.HELP_REQUEST_ASK
    template_name = "cases/mandate_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather them in one query."""
        user, today = self.request.user, timezone.localdate()
        rows = list(
            Mandate.objects.visible_to(user)
            .select_related("organisation", "neighbourhood")
            .annotate(asked=Count("help_requests"))
            .order_by("organisation__name", "subject", "pk")
        )
        managed = set(user.access.where(Permission.MANDATE_MANAGE))
        return super().get_context_data(
            current=[row for row in rows if row.until_on is None or row.until_on >= today],
            ended=[row for row in rows if row.until_on is not None and row.until_on < today],
            managed=managed,
            may_add=bool(managed),
            today=today,
            **kwargs,
        )


class MandateNewView(ActionFormView):
    """Record a mandate."""

    permission = Permission.MANDATE_MANAGE
    form_class = MandateForm
    title = _("Mandaat toevoegen")
    submit_label = _("Mandaat bewaren")
    done_message = _("Het mandaat is bewaard. Het team kan er vragen op stellen.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the neighbourhoods where one keeps the mandates."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the mandates."""
        return super().get_context_data(cancel_url=reverse("cases:mandate-list"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Record it."""
        add_mandate(by=self.request.user, **form.cleaned_data)
        return reverse("cases:mandate-list")


class MandateEndView(ActionFormView):
    """Let a mandate end."""

    permission = Permission.MANDATE_MANAGE
    form_class = MandateEndForm
    template_name = "cases/mandate_end.html"
    title = _("Mandaat beëindigen")
    submit_label = _("Mandaat beëindigen")
    done_message = _("Het mandaat eindigt op die dag. Vragen die al gesteld zijn, blijven.")

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        rows = Mandate.objects.visible_to(self.request.user).select_related("organisation")
        self.mandate = get_object_or_404(rows, pk=kwargs["pk"])
        if not can_manage_mandates(self.request.user, self.mandate.neighbourhood_id):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show which."""
        return super().get_context_data(
            mandate=self.mandate, cancel_url=reverse("cases:mandate-list"), **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """End it."""
        end_mandate(by=self.request.user, mandate=self.mandate, **form.cleaned_data)
        return reverse("cases:mandate-list")
