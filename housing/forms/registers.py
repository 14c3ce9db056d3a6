"""Forms of the registers. What stands there already is pointed out before a second one is made."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from accounts.widgets import PickOne
from housing.enums import DwellingKind, LandlordKind
from housing.models import Building, Dwelling, Landlord

STREETS = "known-streets"  # id of the list of known streets in the page


def text_field(
    label: Any, length: int, *, required: bool = False, help_text: Any = "", **attrs: Any
) -> forms.CharField:
    """Return a field for a short text, in the direction in which it is written."""
    return forms.CharField(
        label=label,
        max_length=length,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto", **attrs}),
    )


class KeepAnywayMixin(forms.Form):
    """Adds `keep_anyway`: it appears when something like this stands in the register already."""

    keep_anyway = forms.BooleanField(
        label=_("Dit is iets anders: toch bewaren"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("keep_anyway"):
            self.ask()

    def ask(self) -> None:
        """Show the tick box."""
        self.fields["keep_anyway"].widget = forms.CheckboxInput()


class NeighbourhoodMixin(forms.Form):
    """Adds a choice of neighbourhood for who works in several."""

    neighbourhood = forms.ModelChoiceField(
        label=_("Welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, neighbourhoods: QuerySet[Neighbourhood], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.neighbourhoods = neighbourhoods
        if len(neighbourhoods) > 1:
            self.fields["neighbourhood"].queryset = neighbourhoods
        else:
            del self.fields["neighbourhood"]

    @property
    def chosen_neighbourhood(self) -> Neighbourhood:
        """Return where it belongs: what was chosen, or the one there is."""
        return self.cleaned_data.get("neighbourhood") or self.neighbourhoods[0]


class AddressFields(forms.Form):
    """Street, number and postcode, with help from the streets that are known."""

    street = text_field(_("Straat"), 120, required=True, list=STREETS)
    house_number = text_field(_("Nummer"), 10, required=True)
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=4,
        required=False,
        validators=Building._meta.get_field("postcode").validators,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "short"}),
        help_text=_("Leeg is de postcode van de wijk."),
    )


class BuildingFields(AddressFields):
    """The address of a building."""

    city = text_field(_("Gemeente"), 80, help_text=_("Leeg is de gemeente van de wijk."))
    address_uri = forms.URLField(
        label=_("Adres in het adressenregister"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("Het webadres uit het Vlaamse adressenregister, als je het kent."),
    )


class BuildingNewForm(KeepAnywayMixin, NeighbourhoodMixin, BuildingFields):
    """A new building."""

    field_order = (
        "neighbourhood",
        "street",
        "house_number",
        "postcode",
        "city",
        "address_uri",
        "keep_anyway",
    )


class BuildingEditForm(KeepAnywayMixin, BuildingFields):
    """Correcting a building."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("street", "house_number", "postcode", "city", "address_uri", "keep_anyway")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("postcode", "city"):
            self.fields[name].required, self.fields[name].help_text = True, ""

    @staticmethod
    def initial_of(building: Building) -> dict[str, Any]:
        """Return what stands there now."""
        names = ("street", "house_number", "postcode", "city", "address_uri", "version")
        return {name: getattr(building, name) for name in names}


def number_field(model_field: Any, **kwargs: Any) -> forms.Field:
    """Return the form field of a number column, without the browser's own idea of decimals."""
    field = model_field.formfield(**kwargs)
    field.localize = True
    field.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"})
    field.widget.is_localized = True
    return field


class DwellingFields(KeepAnywayMixin):
    """Box, kind, floor and area."""

    box = text_field(_("Bus"), 10, help_text=_("Leeg als het pand één woning is."))
    kind = forms.ChoiceField(label=_("Wat voor woning?"), choices=DwellingKind.choices, widget=PickOne)
    floor = number_field(Dwelling._meta.get_field("floor"))
    area = number_field(Dwelling._meta.get_field("area"))
    field_order = ("box", "kind", "floor", "area", "keep_anyway")


class DwellingEditForm(DwellingFields):
    """Correcting a dwelling."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(dwelling: Dwelling) -> dict[str, Any]:
        """Return what stands there now."""
        return {name: getattr(dwelling, name) for name in ("box", "kind", "floor", "area", "version")}


class LandlordFields(KeepAnywayMixin):
    """Who it is and how to reach him."""

    kind = forms.ChoiceField(
        label=_("Een persoon of een bedrijf?"), choices=LandlordKind.choices, widget=PickOne
    )
    name = text_field(_("Naam"), 120, required=True)
    phone = forms.CharField(
        label=_("Telefoon"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    contact_person = text_field(
        _("Wie spreken we daar aan?"),
        160,
        help_text=_("Bijvoorbeeld de syndicus, een zoon of een medewerker, met telefoon."),
    )
    company_number = forms.CharField(
        label=_("Ondernemingsnummer"),
        max_length=20,
        required=False,
        help_text=_("Tien cijfers, zoals 0403.170.701. Het staat op elke factuur en in de KBO."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )
    address = text_field(
        _("Adres"),
        200,
        help_text=_("Waar hij woont of de zetel heeft, zoals Stationsstraat 12, 2800 Mechelen."),
    )
    field_order = (
        "kind",
        "name",
        "phone",
        "email",
        "contact_person",
        "company_number",
        "address",
        "keep_anyway",
    )


class LandlordNewForm(NeighbourhoodMixin, LandlordFields):
    """A new landlord."""

    field_order = ("neighbourhood", *LandlordFields.field_order)


class LandlordEditForm(LandlordFields):
    """Correcting a landlord."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(landlord: Landlord) -> dict[str, Any]:
        """Return what stands there now."""
        names = ("kind", "name", "phone", "email", "contact_person", "address", "version")
        return {name: getattr(landlord, name) for name in names} | {
            "company_number": landlord.company_number_label
        }
