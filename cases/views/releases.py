"""Releasing an entry, a document or everything since a day; ending that; the list of legal grounds."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.actions.legal_grounds import add_legal_ground, edit_legal_ground
from cases.actions.releases import end_release, release_entry, release_from_day
from cases.forms.releases import (
    EndReleaseForm,
    LegalGroundEditForm,
    LegalGroundForm,
    ReleaseEntryForm,
    ReleaseFromDayForm,
)
from cases.models import LegalGround
from cases.perms import can_end_release, can_release, can_work_on_case, releasable_circles, sees_team_work
from cases.releases import releases_of
from cases.views.base import CaseActionView
from cases.views.entries import EntryActionView, WriteView, entry_url


class EntryReleaseView(EntryActionView):
    """Open one entry, with its document or photos, to another circle."""

    form_class = ReleaseEntryForm
    template_name = "cases/release_form.html"
    title = _("Vrijgeven")
    submit_label = _("Vrijgeven")
    done_message = _("Het is vrijgegeven. Het hele team ziet dat, niet waarover het gaat.")

    def may_act_on_entry(self) -> bool:
        """Who reads it by himself and wrote it, leads the case or belongs to its circle."""
        return can_work_on_case(self.request.user, self.case) and can_release(self.request.user, self.entry)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the other circles and what it can rest on."""
        return {
            **super().get_form_kwargs(),
            "user": self.request.user,
            "case": self.case,
            "circle": self.entry.circle,
        }

    def act(self, form: forms.Form) -> str:
        """Release it."""
        release_entry(by=self.request.user, entry=self.entry, **form.cleaned_data)
        return entry_url(self.entry)


class ReleaseFromDayView(WriteView):
    """Open everything that one's own discipline wrote, from a day on."""

    form_class = ReleaseFromDayForm
    template_name = "cases/release_form.html"
    title = _("Alles vanaf een dag vrijgeven")
    submit_label = _("Vrijgeven")
    done_message = _("Het is vrijgegeven. Het hele team ziet dat, niet waarover het gaat.")

    def may_act(self) -> bool:
        """Who belongs to a closed circle."""
        return bool(releasable_circles(self.request.user, self.case))

    def act(self, form: forms.Form) -> str:
        """Release it."""
        release_from_day(by=self.request.user, case=self.case, **form.cleaned_data)
        return f"{self.case.get_absolute_url()}#documents"


class ReleaseEndView(CaseActionView):
    """End a release: what it opened closes at once, also in a closed case."""

    form_class = EndReleaseForm
    template_name = "cases/release_end.html"
    title = _("Vrijgave stoppen")
    submit_label = _("Vrijgave stoppen")
    done_message = _("De vrijgave is gestopt. Vanaf nu is het weer besloten.")

    def load(self, **kwargs: Any) -> None:
        """Find the release first: 404 comes before 403."""
        self.pk = kwargs["pk"]
        super().load(**kwargs)

    def may_act(self) -> bool:
        """Who made it, who leads the case, who belongs to its circle."""
        user = self.request.user
        if not sees_team_work(user, self.case):
            raise PermissionDenied
        self.release = get_object_or_404(releases_of(self.case).not_ended(), pk=self.pk)
        return can_end_release(user, self.release)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what closes."""
        return super().get_context_data(release=self.release, **kwargs)

    def act(self, form: forms.Form) -> str:
        """End it."""
        end_release(by=self.request.user, release=self.release, **form.cleaned_data)
        return f"{self.case.get_absolute_url()}#documents"


class LegalGroundListView(PermissionMixin, TemplateView):
    """Every legal ground, with how often it was used."""

    permission = Permission.CATALOGUE_MANAGE
    template_name = "cases/legal_grounds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather them in one query; how often is a number, of which case nobody learns here."""
        rows = LegalGround.objects.annotate(used=Count("releases")).order_by("-is_active", "name")
        return super().get_context_data(grounds=list(rows), **kwargs)


class LegalGroundNewView(ActionFormView):
    """Add a legal ground."""

    permission = Permission.CATALOGUE_MANAGE
    form_class = LegalGroundForm
    title = _("Wettelijke grond toevoegen")
    submit_label = _("Grond bewaren")
    done_message = _("De grond staat in de lijst.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the list."""
        return super().get_context_data(cancel_url=reverse("cases:legal-grounds"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Add it."""
        add_legal_ground(by=self.request.user, **form.cleaned_data)
        return reverse("cases:legal-grounds")


class LegalGroundEditView(ActionFormView):
    """Change a legal ground, or take it out of use."""

    permission = Permission.CATALOGUE_MANAGE
    form_class = LegalGroundEditForm
    title = _("Wettelijke grond wijzigen")
    submit_label = _("Grond bewaren")
    done_message = _("De grond is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        self.ground = get_object_or_404(LegalGround, pk=kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {name: getattr(self.ground, name) for name in LegalGroundEditForm.base_fields}

    def latest_version(self) -> int:
        """The version as it stands now."""
        return LegalGround.objects.get(pk=self.ground.pk).version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the list."""
        return super().get_context_data(cancel_url=reverse("cases:legal-grounds"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Save it."""
        edit_legal_ground(by=self.request.user, ground=self.ground, **form.cleaned_data)
        return reverse("cases:legal-grounds")
