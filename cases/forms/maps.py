"""The fields of a place on the map, and the form for its drawing."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arsenaal.lib.geo import EAST, NORTH, SOUTH, WEST
from cases.forms.choices import line


def _degrees(least: float, most: float) -> forms.DecimalField:
    return forms.DecimalField(
        required=False,
        min_value=Decimal(str(least)),
        max_value=Decimal(str(most)),
        widget=forms.HiddenInput,
    )


class PlaceForm(forms.Form):
    """Where it is: tapped on the map (`_map_pick.html` fills the hidden fields) or typed as street and number."""

    street = line(
        _("Straat"),
        80,
        required=False,
        help_text=_("Tik de plek aan op de kaart, of typ de straat."),
    )
    house_number = line(_("Huisnummer of hoek"), 20, required=False)
    lat = _degrees(SOUTH, NORTH)
    lng = _degrees(WEST, EAST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["street"].widget.attrs |= {"list": "map-streets", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        """Half a point is no point; what is wrong with a hidden field is said beside the street."""
        data = super().clean() or self.cleaned_data
        if {"lat", "lng"} & set(self.errors):
            for name in ("lat", "lng"):
                self.errors.pop(name, None)
                data[name] = None
            self.add_error("street", _("Die plek kunnen we niet lezen. Tik ze opnieuw aan op de kaart."))
        if (data.get("lat") is None) != (data.get("lng") is None):
            data["lat"] = data["lng"] = None
        for name in ("lat", "lng"):  # ten centimetres: no finger is more precise
            if data.get(name) is not None:
                data[name] = round(data[name], 6)
        return data


class DrawingForm(forms.Form):
    """A new drawing for a neighbourhood."""

    file = forms.FileField(
        label=_("GeoJSON-bestand"),
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
        help_text=_(
            "Grens en straten als lijnen en vlakken in lengte en breedte (WGS 84), hoogstens 1 MB. Zet bij elk "
            "onderdeel „kind” (border, street, rail, water, green, building, mark) en „name”."
        ),
    )
    source = line(
        _("Waar komt de tekening vandaan?"),
        160,
        help_text=_("Dit staat onder elke kaart: „Wegenregister, Digitaal Vlaanderen, 2026”."),
    )
    is_approximate = forms.BooleanField(label=_("Ze is bij benadering getekend"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
