"""The lists behind the technical report, kept by an administrator: versions, items, the occupancy table, an import."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.errors import ActionError
from cases.reference import values_on
from housing.actions.inspection_import import apply_items, difference, list_digest, read_items
from housing.actions.inspection_lists import (
    add_item,
    add_norm,
    add_version,
    edit_item,
    edit_version,
    remove_norm,
)
from housing.forms.inspection_lists import (
    ItemEditForm,
    ItemForm,
    ItemImportForm,
    NormForm,
    VersionEditForm,
    VersionForm,
)
from housing.inspection_enums import Part
from housing.inspection_numbers import CODES
from housing.models import ItemImport, OccupancyNorm, ReportItem, ReportVersion


class ListsView(PermissionMixin, TemplateView):
    """Every version with how many items, the occupancy table, and the single numbers."""

    permission = Permission.CATALOGUE_MANAGE
    template_name = "housing/inspections/lists.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in three queries."""
        versions = ReportVersion.objects.annotate(
            count=Count("items", filter=Q(items__is_active=True)),
            official=Count("items", filter=Q(items__is_active=True) & ~Q(items__official_code="")),
        )
        numbers = values_on([spec.code for spec in CODES.values()], timezone.localdate())
        return super().get_context_data(
            versions=versions.order_by("report_model", "-valid_from", "-pk"),
            norms=OccupancyNorm.objects.order_by("measure", "-valid_from", "at_least"),
            numbers=list(numbers.values()),
            **kwargs,
        )


class _ListForm(ActionFormView):
    """A form about the lists; going back leads to them."""

    permission = Permission.CATALOGUE_MANAGE

    def back(self) -> str:
        """Where to go afterwards."""
        return reverse("housing:inspection-lists")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back."""
        return super().get_context_data(cancel_url=self.back(), **kwargs)


class VersionMixin(PermissionMixin):
    """A page of one version of the report."""

    permission = Permission.CATALOGUE_MANAGE
    report_version: ReportVersion

    def load(self, **kwargs: Any) -> None:
        """Find the version."""
        self.report_version = get_object_or_404(ReportVersion, pk=kwargs["pk"])


class VersionView(VersionMixin, TemplateView):
    """The items of a version by part and group."""

    template_name = "housing/inspections/version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather them in one query."""
        items = self.report_version.items.annotate(used=Count("defects")).order_by("part", "position", "code")
        parts = [
            {
                "label": Part(part).label,
                "groups": [
                    {"name": name, "rows": list(group)}
                    for name, group in groupby(list(of_part), lambda item: item.group)
                ],
            }
            for part, of_part in groupby(items, lambda item: item.part)
        ]
        return super().get_context_data(report_version=self.report_version, parts=parts, **kwargs)


class VersionNewView(_ListForm):
    """A new version, starting from the items of the newest one."""

    form_class = VersionForm
    title = gettext_lazy("Nieuwe versie van het verslag")
    submit_label = gettext_lazy("Versie maken")
    done_message = gettext_lazy(
        "De versie is gemaakt, met de gebreken van de vorige. Pas ze aan of lees ze in."
    )

    def act(self, form: forms.Form) -> str:
        """Add it."""
        version = add_version(by=self.request.user, **form.cleaned_data)
        return reverse("housing:inspection-version", args=[version.pk])


class _OfVersionForm(VersionMixin, _ListForm):
    """A form about one version."""

    def back(self) -> str:
        """Back to the version."""
        return reverse("housing:inspection-version", args=[self.report_version.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the version."""
        kwargs.setdefault("intro", str(self.report_version))
        return super().get_context_data(**kwargs)


class VersionEditView(_OfVersionForm):
    """From when it holds, its source, how sure it is."""

    form_class = VersionEditForm
    title = gettext_lazy("Versie aanpassen")
    done_message = gettext_lazy("De versie is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return VersionEditForm.initial_of(self.report_version)

    def latest_version(self) -> int:
        """Return the version as it stands now."""
        return ReportVersion.objects.get(pk=self.report_version.pk).version

    def act(self, form: forms.Form) -> str:
        """Save it."""
        edit_version(by=self.request.user, report_version=self.report_version, **form.cleaned_data)
        return self.back()


class ItemNewView(_OfVersionForm):
    """Adding an item."""

    form_class = ItemForm
    title = gettext_lazy("Gebrek toevoegen aan de lijst")
    submit_label = gettext_lazy("Gebrek bewaren")
    done_message = gettext_lazy("Het gebrek staat in de lijst.")

    def act(self, form: forms.Form) -> str:
        """Add it."""
        add_item(by=self.request.user, version=self.report_version, **form.cleaned_data)
        return self.back()


class ItemEditView(_OfVersionForm):
    """Changing an item, or taking it out of use."""

    form_class = ItemEditForm
    title = gettext_lazy("Gebrek in de lijst aanpassen")
    submit_label = gettext_lazy("Gebrek bewaren")
    done_message = gettext_lazy("Het gebrek is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find the item in the version."""
        super().load(**kwargs)
        self.item = get_object_or_404(ReportItem, pk=kwargs["item"], report_version=self.report_version)

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return ItemEditForm.initial_of(self.item)

    def latest_version(self) -> int:
        """Return the version as it stands now."""
        return ReportItem.objects.get(pk=self.item.pk).version

    def act(self, form: forms.Form) -> str:
        """Save it."""
        edit_item(by=self.request.user, item=self.item, **form.cleaned_data)
        return self.back()


class NormNewView(_ListForm):
    """A line of the occupancy table."""

    form_class = NormForm
    title = gettext_lazy("Regel van de bezettingsnorm")
    submit_label = gettext_lazy("Regel bewaren")
    done_message = gettext_lazy("De regel is bewaard.")

    def act(self, form: forms.Form) -> str:
        """Add it."""
        add_norm(by=self.request.user, **form.cleaned_data)
        return self.back()


class NormRemoveView(PermissionMixin):
    """Take a line of the occupancy table away."""

    permission = Permission.CATALOGUE_MANAGE

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove it; gone already, nothing happens."""
        if norm := OccupancyNorm.objects.filter(pk=pk).first():
            remove_norm(by=request.user, norm=norm)
            messages.success(request, _("De regel is weg: %(norm)s.") % {"norm": norm})
        return HttpResponseRedirect(reverse("housing:inspection-lists"))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Gone back to: show the lists."""
        return HttpResponseRedirect(reverse("housing:inspection-lists"))


class ItemImportView(_OfVersionForm):
    """Reading a file with the official list; nothing changes yet."""

    form_class = ItemImportForm
    template_name = "housing/inspections/import.html"
    title = gettext_lazy("Officiële lijst inlezen")
    submit_label = gettext_lazy("Inlezen en tonen wat er verandert")

    def act(self, form: forms.Form) -> str:
        """Read it, and show the difference or the mistakes."""
        data = form.cleaned_data
        run = read_items(
            by=self.request.user,
            version=self.report_version,
            upload=data["file"],
            source=data["source"],
            certainty=data["certainty"],
        )
        if run.waiting is None:
            self.extra_context = {"problems": run.problems[:200], "problem_count": len(run.problems)}
            raise ActionError(
                _("In dit bestand staan fouten. Er is niets veranderd. Verbeter het en lees het opnieuw in."),
                field="file",
            )
        return reverse("housing:inspection-import-check", args=[self.report_version.pk, run.waiting.pk])


class ItemImportCheckView(VersionMixin, TemplateView):
    """What the file would change, and saying yes to it."""

    template_name = "housing/inspections/import_check.html"

    def load(self, **kwargs: Any) -> None:
        """One's own file, for this version."""
        super().load(**kwargs)
        self.waiting = get_object_or_404(
            ItemImport, pk=kwargs["file"], report_version=self.report_version, uploaded_by=self.request.user
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it; done already, show the list."""
        if self.waiting.applied_at is not None:
            return HttpResponseRedirect(reverse("housing:inspection-version", args=[self.report_version.pk]))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The difference, as it is now."""
        return super().get_context_data(
            report_version=self.report_version,
            waiting=self.waiting,
            difference=difference(self.report_version, self.waiting.rows),
            is_stale=self.waiting.list_digest != list_digest(self.report_version),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what was shown."""
        try:
            done = apply_items(by=request.user, waiting=self.waiting)
        except ActionError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(reverse("housing:inspection-import", args=[self.report_version.pk]))
        messages.success(
            request,
            _("Ingelezen: %(new)d nieuw, %(changed)d gewijzigd, %(gone)d uit gebruik.")
            % {"new": len(done.new), "changed": len(done.changed), "gone": len(done.gone)},
        )
        return HttpResponseRedirect(reverse("housing:inspection-version", args=[self.report_version.pk]))
