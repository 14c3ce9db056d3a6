"""Templates of agreements, for an administrator: versions, their words and obligations, putting one into use."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from housing.actions.agreement_templates import (
    add_template_obligation,
    edit_template,
    edit_template_obligation,
    publish_template,
    remove_template_obligation,
    start_version,
)
from housing.agreement_catalogue import LANGUAGES
from housing.agreement_enums import PartyKind
from housing.forms.agreements import TemplateForm, TemplateObligationForm
from housing.models import AgreementTemplate
from housing.views.agreements import NothingAskedForm


class TemplateListView(PermissionMixin, TemplateView):
    """Every template with its versions."""

    permission = Permission.CATALOGUE_MANAGE
    template_name = "housing/agreements/template_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather them in one query."""
        rows = AgreementTemplate.objects.select_related("made_by").order_by("code", "-number")
        found: dict[str, list[AgreementTemplate]] = {}
        for row in rows:
            found.setdefault(row.code, []).append(row)
        return super().get_context_data(templates=list(found.values()), **kwargs)


class TemplateMixin(PermissionMixin):
    """One version of a template."""

    permission = Permission.CATALOGUE_MANAGE
    template: AgreementTemplate

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        self.template = get_object_or_404(AgreementTemplate, pk=kwargs["pk"])

    @property
    def own_url(self) -> str:
        """The page of this version."""
        return reverse("housing:agreement-template", args=[self.template.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its template."""
        return super().get_context_data(template=self.template, **kwargs)


class TemplatePageView(TemplateMixin, TemplateView):
    """One version: its words, and what each kind of party takes on."""

    template_name = "housing/agreements/template.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in two queries."""
        rows: dict[str, list[Any]] = {kind: [] for kind in PartyKind.values}
        for row in self.template.obligations.order_by("position"):
            rows[row.party_kind].append(row)
        return super().get_context_data(
            kinds=[(PartyKind(kind), found) for kind, found in rows.items() if found],
            languages=len(LANGUAGES),
            **kwargs,
        )


class TemplateFormView(TemplateMixin, ActionFormView):
    """A form about a version that an administrator is writing: 403 once it is in use."""

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that it can still be changed."""
        super().load(**kwargs)
        if not self.template.is_draft:
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the version."""
        return super().get_context_data(cancel_url=self.own_url, **kwargs)

    def perform(self, data: dict[str, Any]) -> Any:
        """Call one action with the cleaned data."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        """Do it and go back to the version."""
        self.perform(form.cleaned_data)
        return self.own_url


class TemplateVersionView(TemplateMixin, ActionFormView):
    """Start the next version."""

    form_class = NothingAskedForm
    title = _("Nieuwe versie van dit sjabloon?")
    submit_label = _("Nieuwe versie beginnen")
    done_message = _("Dit is de nieuwe versie. Ze geldt pas als je ze in gebruik neemt.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the version."""
        return super().get_context_data(cancel_url=self.own_url, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Start it."""
        draft = start_version(by=self.request.user, template=self.template)
        return reverse("housing:agreement-template", args=[draft.pk])


class TemplateEditView(TemplateFormView):
    """The words around the obligations."""

    form_class = TemplateForm
    title = _("Sjabloon aanpassen")
    done_message = _("Het sjabloon is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        row = self.template
        told = {
            f"{name}_{code}": row.translations.get(code, {}).get(name, "")
            for code in LANGUAGES
            for name in ("title", "intro")
        }
        return told | {name: getattr(row, name) for name in ("title", "intro", "closing", "version")}

    def latest_version(self) -> int:
        """The version of the record as it stands now."""
        return AgreementTemplate.objects.get(pk=self.template.pk).version

    def perform(self, data: dict[str, Any]) -> Any:
        """Save it."""
        return edit_template(by=self.request.user, template=self.template, **data)


class TemplatePublishView(TemplateFormView):
    """Put the version into use. Sent twice it is done once, so the page opens for one that is in use already."""

    def load(self, **kwargs: Any) -> None:
        """Find it; the action refuses what is in use."""
        TemplateMixin.load(self, **kwargs)

    form_class = NothingAskedForm
    title = _("Deze versie in gebruik nemen?")
    submit_label = _("In gebruik nemen")
    done_message = _("Nieuwe overeenkomsten vertrekken vanaf nu van deze versie.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Publish it."""
        return publish_template(by=self.request.user, template=self.template)


class TemplateObligationNewView(TemplateFormView):
    """One more obligation."""

    form_class = TemplateObligationForm
    title = _("Verbintenis toevoegen")
    submit_label = _("Verbintenis bewaren")
    done_message = _("De verbintenis staat erbij.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Add it."""
        return add_template_obligation(by=self.request.user, template=self.template, **data)


class OneTemplateObligationView(TemplateFormView):
    """A form about one obligation of a template."""

    def load(self, **kwargs: Any) -> None:
        """Find the obligation."""
        super().load(**kwargs)
        rows = self.template.obligations.select_related("template")
        self.obligation = get_object_or_404(rows, pk=kwargs["obligation"])


class TemplateObligationEditView(OneTemplateObligationView):
    """Change an obligation."""

    form_class = TemplateObligationForm
    title = _("Verbintenis aanpassen")
    submit_label = _("Verbintenis bewaren")
    done_message = _("De verbintenis is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        row = self.obligation
        told = {f"text_{code}": row.translations.get(code, "") for code in LANGUAGES}
        names = (
            "party_kind",
            "text",
            "topic",
            "rule",
            "days",
            "warn_days",
            "breach_next",
            "breach_text",
        )
        return told | {name: getattr(row, name) for name in names}

    def perform(self, data: dict[str, Any]) -> Any:
        """Save it."""
        return edit_template_obligation(by=self.request.user, obligation=self.obligation, **data)


class TemplateObligationRemoveView(OneTemplateObligationView):
    """Take an obligation out."""

    form_class = NothingAskedForm
    title = _("Verbintenis weghalen?")
    submit_label = _("Verbintenis weghalen")
    done_message = _("De verbintenis is weg.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which."""
        return super().get_context_data(intro=self.obligation.text, **kwargs)

    def perform(self, data: dict[str, Any]) -> Any:
        """Take it out."""
        return remove_template_obligation(by=self.request.user, obligation=self.obligation)
