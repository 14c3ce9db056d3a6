"""Where the family of a case lives, or which building a block case is about."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.widgets import DayInput, PickOne
from arsenaal.lib.dates import validate_sensible_date
from cases.models import Case
from housing.enums import DwellingKind
from housing.forms.living import MovedMixin, TenureFields
from housing.forms.registers import AddressFields, number_field, text_field
from housing.lookalikes import similar_buildings, similar_dwellings
from housing.models import Building, Dwelling

NEW = "new"


class CaseDwellingForm(MovedMixin, AddressFields, TenureFields):
    """An address as it was told. What stands in the register already can be chosen instead.

    `dwelling` and `building` appear as radios when the address looks like a known one; "new" says that it isn't.
    """

    dwelling = forms.ChoiceField(label=_("Is het een van deze woningen?"), required=False, widget=PickOne)
    building = forms.ChoiceField(label=_("Is het een van deze panden?"), required=False, widget=PickOne)
    box = text_field(_("Bus"), 10)
    kind = forms.ChoiceField(
        label=_("Wat voor woning?"),
        choices=DwellingKind.choices,
        initial=DwellingKind.APARTMENT,
        widget=PickOne,
    )
    floor = number_field(Dwelling._meta.get_field("floor"))
    area = number_field(Dwelling._meta.get_field("area"))
    from_on = forms.DateField(
        label=_("Wonen er sinds"),
        widget=DayInput(),
        initial=timezone.localdate,
        validators=[validate_sensible_date],
        help_text=_("Ongeveer is ook goed."),
    )
    field_order = (
        "street",
        "house_number",
        "box",
        "postcode",
        "building",
        "dwelling",
        "kind",
        "floor",
        "area",
        "from_on",
        "moved",
        "tenure",
        "rent",
        "charges",
    )

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.case = user, case
        given = self.data if self.is_bound else self.initial
        self.offer(str(given.get("street", "")), str(given.get("house_number", "")))

    def offer(self, street: str, house_number: str) -> None:
        """Offer the buildings and dwellings that look like this address; without any, don't ask."""
        self.known_buildings: dict[str, Building] = {}
        self.known_dwellings: dict[str, Dwelling] = {}
        if street.strip() and house_number.strip() and "\0" not in street + house_number:
            for building in similar_buildings(
                neighbourhood=self.case.neighbourhood, street=street[:120], house_number=house_number[:10]
            ):
                self.known_buildings[str(building.pk)] = building
                self.known_dwellings |= {
                    str(dwelling.pk): dwelling
                    for dwelling in building.dwellings.select_related("building").order_by("box", "pk")[:40]
                }
        if self.known_buildings:
            self.fields["building"].choices = [
                *((pk, str(building)) for pk, building in self.known_buildings.items()),
                (NEW, _("nee, een ander pand")),
            ]
        else:
            del self.fields["building"]
        if self.known_dwellings:
            self.fields["dwelling"].choices = [
                *(
                    (pk, f"{dwelling} ({dwelling.get_kind_display()})")
                    for pk, dwelling in self.known_dwellings.items()
                ),
                (NEW, _("nee, een andere woning")),
            ]
        else:
            del self.fields["dwelling"]

    @property
    def is_surely_new(self) -> bool:
        """Tell whether somebody said that it is another building or dwelling than those that look alike."""
        return NEW in (self.cleaned_data.get("building"), self.cleaned_data.get("dwelling"))

    def clean(self) -> dict[str, Any]:
        """Ask to choose when the address looks like a known one."""
        data = super().clean() or {}
        dwelling = self.known_dwellings.get(data.get("dwelling", ""))
        building = self.known_buildings.get(data.get("building", ""))
        must_choose = dwelling is None and building is None and "building" in self.fields
        if must_choose and data.get("building") != NEW and "building" not in self.errors:
            self.add_error(
                "building", _g("Dit pand staat er misschien al. Kies het, of zeg dat het een ander is.")
            )
        is_new_unit = building is not None and dwelling is None and data.get("dwelling") != NEW
        if is_new_unit and similar_dwellings(building=building, box=data.get("box") or ""):
            self.add_error("dwelling", _g("Deze woning staat er al. Kies ze, of zeg dat het een andere is."))
        data["the_dwelling"] = dwelling
        data["the_building"] = building
        return data


class CaseBuildingForm(AddressFields):
    """Which building a block case is about."""

    building = forms.ChoiceField(label=_("Is het een van deze panden?"), required=False, widget=PickOne)
    field_order = ("street", "house_number", "postcode", "building")

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data if self.is_bound else self.initial
        street, number = str(given.get("street", "")), str(given.get("house_number", ""))
        self.known: dict[str, Building] = {}
        if street.strip() and number.strip() and "\0" not in street + number:
            found = similar_buildings(
                neighbourhood=case.neighbourhood, street=street[:120], house_number=number[:10]
            )
            self.known = {str(building.pk): building for building in found}
        if self.known:
            self.fields["building"].choices = [
                *((pk, str(building)) for pk, building in self.known.items()),
                (NEW, _("nee, een ander pand")),
            ]
        else:
            del self.fields["building"]

    @property
    def is_surely_new(self) -> bool:
        """Tell whether somebody said that it is another building or dwelling than those that look alike."""
        return NEW in (self.cleaned_data.get("building"), self.cleaned_data.get("dwelling"))

    def clean(self) -> dict[str, Any]:
        """Ask to choose when the address looks like a known one."""
        data = super().clean() or {}
        data["the_building"] = self.known.get(data.get("building", ""))
        if self.known and not data.get("building") and "building" not in self.errors:
            self.add_error(
                "building",
                _g("Dit adres lijkt op een pand dat er al staat. Kies het, of zeg dat het een ander is."),
            )
        return data
