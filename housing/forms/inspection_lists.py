"""Forms of the lists that an administrator keeps for inspections."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.widgets import DayInput, PickMany, PickOne, Segments
from cases.enums import Certainty
from cases.forms.fields import PlausibleDateField
from housing.actions.inspection_lists import ITEM_FIELDS
from housing.forms.registers import number_field, text_field
from housing.inspection_enums import Category, NormMeasure, Part, ReportModel
from housing.models import OccupancyNorm, ReportItem, ReportVersion


class _SourceFields(forms.Form):
    """Where it stands and how sure it is."""

    source = text_field(_("Bron"), 300, required=True, help_text=_("De wet, het besluit of de webpagina."))
    certainty = forms.ChoiceField(label=_("Hoe zeker?"), choices=Certainty.choices, widget=PickOne)


class ItemForm(_SourceFields):
    """An item of the report."""

    part = forms.ChoiceField(label=_("Deel"), choices=Part.choices, widget=PickOne)
    group = text_field(_("Rubriek"), 80, required=True)
    name = text_field(_("Gebrek"), 200, required=True)
    official_code = text_field(_("Officiële code"), 40)
    help = text_field(_("Uitleg"), 400)
    categories = forms.MultipleChoiceField(
        label=_("Welke categorieën kan het krijgen?"), choices=Category.choices, widget=PickMany
    )
    field_order = ("part", "group", "name", "official_code", "help", "categories", "source", "certainty")


class ItemEditForm(ItemForm):
    """Changing an item, or taking it out of use."""

    is_active = forms.BooleanField(label=_("In gebruik"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = (*ItemForm.field_order, "is_active", "version")

    @staticmethod
    def initial_of(item: ReportItem) -> dict[str, Any]:
        """Return what stands there now."""
        return {name: getattr(item, name) for name in (*ITEM_FIELDS, "is_active", "version")}


class VersionForm(_SourceFields):
    """A new version of a model."""

    report_model = forms.ChoiceField(label=_("Model"), choices=ReportModel.choices, widget=Segments)
    code = text_field(_("Versie"), 20, required=True, help_text=_("Zoals 202501."))
    valid_from = PlausibleDateField(label=_("Geldig vanaf"), widget=DayInput())
    field_order = ("report_model", "code", "valid_from", "source", "certainty")


class VersionEditForm(_SourceFields):
    """From when a version holds, where that stands, how sure it is."""

    valid_from = PlausibleDateField(label=_("Geldig vanaf"), widget=DayInput())
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("valid_from", "source", "certainty", "version")

    @staticmethod
    def initial_of(row: ReportVersion) -> dict[str, Any]:
        """Return what stands there now."""
        return {name: getattr(row, name) for name in ("valid_from", "source", "certainty", "version")}


class NormForm(_SourceFields):
    """A line of the occupancy table."""

    measure = forms.ChoiceField(label=_("Kijkt naar"), choices=NormMeasure.choices, widget=PickOne)
    at_least = number_field(OccupancyNorm._meta.get_field("at_least"))
    persons = number_field(OccupancyNorm._meta.get_field("persons"), max_value=50)
    valid_from = PlausibleDateField(label=_("Geldig vanaf"), widget=DayInput())
    field_order = ("measure", "at_least", "persons", "valid_from", "source", "certainty")


class ItemImportForm(_SourceFields):
    """A file with the official list."""

    file = forms.FileField(
        label=_("Bestand (CSV of XLSX)"),
        help_text=_(
            "Kolommen: officiële code, deel, rubriek, gebrek, categorieën. Mag ook: uitleg, eigen code. "
            "Er verandert niets voor je ja zegt."
        ),
        error_messages={"required": _("Kies een bestand.")},
    )
    field_order = ("file", "source", "certainty")
