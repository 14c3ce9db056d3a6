"""Forms of the look of the neighbourhood, and of photos that everybody may see."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.widgets import PickOne, Segments
from cases.forms.choices import DIR_AUTO, day_field, line, offer_neighbourhoods
from cases.forms.maps import PlaceForm
from cohesion.enums import PLACE_TRANSITIONS, PhotoMoment, PhotoPeople, PlaceKind, PlaceState


def _explanation() -> forms.CharField:
    return forms.CharField(
        label=_("Wat is het idee?"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, **DIR_AUTO}),
    )


def _public(**more: Any) -> forms.BooleanField:
    return forms.BooleanField(label=_("Op de publieke pagina van de wijk"), required=False, **more)


_PUBLIC_HELP = _(
    "Iedereen leest dan naam, uitleg en straat, en ziet de plek op de kaart. Zet er geen namen van bewoners in."
)
_NOTE = _("Waar precies?")


class ProjectForm(PlaceForm):
    """A new project with its first spot."""

    neighbourhood = forms.ModelChoiceField(
        label=_("In welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=_("Kies een wijk")
    )
    title = line(_("Hoe heet het?"), 80)
    kind = forms.ChoiceField(label=_("Wat is het?"), choices=PlaceKind.choices, widget=PickOne)
    state = forms.ChoiceField(
        label=_("Hoe ver staat het?"),
        choices=[(one.value, one.label) for one in (PlaceState.IDEA, PlaceState.PLANNED, PlaceState.MADE)],
        widget=Segments,
        initial=PlaceState.IDEA.value,
    )
    made_on = day_field(
        _("Wanneer gemaakt?"), required=False, help_text=_("Enkel als het er al is; leeg is vandaag.")
    )
    note = line(_NOTE, 120, required=False)
    description = _explanation()
    is_public = _public(help_text=_PUBLIC_HELP)
    field_order = (
        "neighbourhood", "street", "house_number", "note", "title", "kind", "state", "made_on", "description",
        "is_public",
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_neighbourhoods(self, user, Permission.PLACES_WORK)

    def clean(self) -> dict[str, Any]:
        """A day belongs to what was made."""
        data = super().clean()
        if data.get("state") != PlaceState.MADE:
            data["made_on"] = None
        return data


class ProjectEditForm(forms.Form):
    """What is said of a project."""

    title = line(_("Hoe heet het?"), 80)
    kind = forms.ChoiceField(label=_("Wat is het?"), choices=PlaceKind.choices, widget=PickOne)
    description = _explanation()
    is_public = _public(help_text=_PUBLIC_HELP)
    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(forms.Form):
    """The next state of a project."""

    to = forms.ChoiceField(label=_("Hoe ver staat het nu?"), widget=PickOne)
    on = day_field(_("Sinds wanneer?"), required=False, help_text=_("Leeg is vandaag."))
    note = line(
        _("Uitleg"),
        200,
        required=False,
        help_text=_("Nodig als het verdwenen is: waarom? Geen namen van bewoners."),
    )

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reachable = PLACE_TRANSITIONS[PlaceState(state)] - {PlaceState.CARED_FOR}
        self.fields["to"].choices = [(one.value, one.label) for one in PlaceState if one in reachable]


class SpotForm(PlaceForm):
    """One more spot."""

    note = line(_NOTE, 120, required=False)


class SpotEditForm(SpotForm):
    """A spot that moves."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CareForm(forms.Form):
    """Who waters, and until when."""

    carer = line(_("Wie zorgt ervoor?"), 80, help_text=_("Een voornaam of een organisatie is genoeg."))
    what = line(_("Wat is afgesproken?"), 160, required=False, help_text=_("Water geven, vegen, snoeien."))
    from_on = day_field(_("Vanaf"))
    until_on = day_field(_("Tot en met"), help_text=_("Een maand vooraf krijg je een bericht op Vandaag."))


class _DeclarationForm(forms.Form):
    alt = line(
        _("Wat is er te zien?"),
        160,
        help_text=_("Eén zin voor wie de foto niet kan zien: „Een gevel met klimop naast de deur”."),
    )
    taken_on = day_field(_("Wanneer genomen?"), required=False)
    people = forms.ChoiceField(
        label=_("Is er iemand herkenbaar?"), choices=PhotoPeople.choices, widget=PickOne
    )
    asked_who = line(
        _("Wie heeft het gevraagd?"), 80, required=False, help_text=_("Enkel als er iemand herkenbaar is.")
    )
    asked_on = day_field(_("Wanneer gevraagd?"), required=False)
    agreed_until = day_field(
        _("Tot wanneer mag het?"),
        required=False,
        help_text=_("Daarna verdwijnt de foto vanzelf van de pagina."),
    )
    is_public = _public()


def _file() -> forms.FileField:
    return forms.FileField(
        label=_("Foto"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        help_text=_("Waar en wanneer de foto genomen is, bewaren we niet mee."),
    )


def _moment() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Voor of na?"), choices=PhotoMoment.choices, widget=Segments)


class PlacePhotoForm(_DeclarationForm):
    """A photo of a place."""

    file = _file()
    moment = _moment()
    field_order = ("file", "moment", "alt", "taken_on", "people")


class ActivityPhotoForm(_DeclarationForm):
    """A photo of an activity."""

    file = _file()
    field_order = ("file", "alt", "taken_on", "people")


class ActivityPhotoEditForm(_DeclarationForm):
    """What is said of a photo of an activity."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PlacePhotoEditForm(ActivityPhotoEditForm):
    """What is said of a photo of a place."""

    moment = _moment()
    field_order = ("moment", "alt", "taken_on", "people")
