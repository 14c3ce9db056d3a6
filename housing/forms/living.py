"""Who lives somewhere and who owns it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.search_pick import SearchPickField
from accounts.widgets import DayInput, PickOne
from arsenaal.lib.dates import validate_sensible_date
from housing.enums import Tenure
from housing.forms.registers import number_field
from housing.models import Dwelling, Landlord, Occupancy
from housing.reading import (
    dwelling_option,
    find_dwellings,
    find_households,
    find_landlords,
    household_option,
    landlord_option,
)
from people.models import Household


def _day(label: Any, *, required: bool = True, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=DayInput(), validators=[validate_sensible_date], **kwargs
    )


class TenureFields(forms.Form):
    """On what ground, and what it costs a month."""

    tenure = forms.ChoiceField(
        label=_("Woont er als"), choices=Tenure.choices, initial=Tenure.TENANT, widget=PickOne
    )
    rent = number_field(Occupancy._meta.get_field("rent"))
    charges = number_field(Occupancy._meta.get_field("charges"))


class MovedMixin(forms.Form):
    """Adds `moved`: it appears when the household lives somewhere else already."""

    moved = forms.BooleanField(label=_("Ja, ze zijn verhuisd"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("moved"):
            self.ask_moved()

    def ask_moved(self) -> None:
        """Show the tick box."""
        self.fields["moved"].widget = forms.CheckboxInput()


class OccupancyNewForm(MovedMixin, TenureFields):
    """A household that lives in this dwelling."""

    household = SearchPickField(
        label=_("Welk gezin?"),
        suggest_url="people:household-suggest",
        placeholder=_("Naam van het gezin of van iemand die erbij hoort"),
    )
    from_on = _day(_("Woont er sinds"), initial=timezone.localdate)
    until_on = _day(_("Tot en met"), required=False, help_text=_("Alleen als ze er al weg zijn."))
    field_order = ("household", "from_on", "moved", "tenure", "rent", "charges", "until_on")

    def __init__(self, *args: Any, user: User, neighbourhood_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Household.objects.visible_to(user).filter(neighbourhood_id=neighbourhood_id)
        self.fields["household"].connect(
            queryset=visible,
            search=lambda text: [
                household_option(household)
                for household in find_households(user, text)
                if household.neighbourhood_id == neighbourhood_id
            ],
            describe=household_option,
            chosen=str(self.data.get("household", "")),
        )


class OccupancyEditForm(TenureFields):
    """Correcting who lives somewhere since when."""

    from_on = _day(_("Woont er sinds"))
    until_on = _day(_("Tot en met"), required=False, help_text=_("Leeg als ze er nog wonen."))
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("from_on", "until_on", "tenure", "rent", "charges")

    @staticmethod
    def initial_of(occupancy: Occupancy) -> dict[str, Any]:
        """Return what stands there now."""
        names = ("from_on", "until_on", "tenure", "rent", "charges", "version")
        return {name: getattr(occupancy, name) for name in names}


class EndForm(forms.Form):
    """The last day of an occupancy or an ownership."""

    until_on = _day(_("Laatste dag"), initial=timezone.localdate)


class ShareFields(forms.Form):
    """Which part, since when."""

    from_on = _day(_("Eigenaar sinds"), initial=timezone.localdate, help_text=_("Ongeveer is ook goed."))
    share_numerator = forms.IntegerField(
        label=_("Deel"),
        min_value=1,
        max_value=10_000,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    share_denominator = forms.IntegerField(
        label=_("Van de"),
        min_value=1,
        max_value=10_000,
        initial=1,
        help_text=_("1 van de 1 is het geheel, 1 van de 2 de helft."),
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    until_on = _day(_("Tot en met"), required=False, help_text=_("Alleen als dit voorbij is."))


class DwellingOwnerForm(ShareFields):
    """Who owns this dwelling."""

    landlord = SearchPickField(
        label=_("Wie is eigenaar?"),
        suggest_url="housing:landlord-suggest",
        placeholder=_("Naam van de eigenaar of verhuurder"),
    )
    field_order = ("landlord", "share_numerator", "share_denominator", "from_on", "until_on")

    def __init__(self, *args: Any, user: User, neighbourhood_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["landlord"].connect(
            queryset=Landlord.objects.visible_to(user).filter(neighbourhood_id=neighbourhood_id),
            search=lambda text: [landlord_option(landlord) for landlord in find_landlords(user, text)],
            describe=landlord_option,
            chosen=str(self.data.get("landlord", "")),
        )


class LandlordDwellingForm(ShareFields):
    """Which dwelling this landlord owns."""

    dwelling = SearchPickField(
        label=_("Welke woning?"),
        suggest_url="housing:dwelling-suggest",
        placeholder=_("Straat en nummer"),
    )
    field_order = ("dwelling", "share_numerator", "share_denominator", "from_on", "until_on")

    def __init__(self, *args: Any, user: User, neighbourhood_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dwelling"].connect(
            queryset=Dwelling.objects.visible_to(user)
            .filter(building__neighbourhood_id=neighbourhood_id)
            .select_related("building"),
            search=lambda text: [dwelling_option(dwelling) for dwelling in find_dwellings(user, text)],
            describe=dwelling_option,
            chosen=str(self.data.get("dwelling", "")),
        )
