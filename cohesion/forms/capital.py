"""Forms of the social capital."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.search_pick import SearchPickField
from accounts.widgets import PickMany, PickOne, Segments
from cases.forms.choices import DIR_AUTO, day_field, line, offer_neighbourhoods
from cohesion.capital_enums import MATCH_OVER, CapitalKind, DayPart, MatchState, Side
from cohesion.models import CapitalMatch
from people.languages import COMMON
from people.models import Person
from people.search import person_option, persons_like

SIDE_ICONS = {Side.OFFER.value: "gift", Side.ASK.value: "hand-index"}


class _CapitalWords(forms.Form):
    kind = forms.ChoiceField(label=_("Wat voor iets is het?"), choices=CapitalKind.choices, widget=PickOne)
    what = line(
        _("Wat?"),
        120,
        help_text=_("Zoals je het zou zeggen: fietsen herstellen, oppas op woensdag, een boormachine."),
    )
    details = forms.CharField(
        label=_("Meer uitleg"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, **DIR_AUTO}),
        help_text=_("Dit leest alleen het team, nooit een andere bewoner."),
    )
    first_name = line(_("Voornaam"), 60)
    street = line(_("Straat"), 80, required=False)
    reach = line(_("Hoe te bereiken?"), 120, required=False, help_text=_("Telefoon, of waar je hem vindt."))
    languages = forms.MultipleChoiceField(
        label=_("Talen"), choices=[*COMMON.items()], required=False, widget=PickMany
    )
    day_parts = forms.MultipleChoiceField(
        label=_("Wanneer?"), choices=DayPart.choices, required=False, widget=PickMany
    )
    person = SearchPickField(
        label=_("Kennen we deze persoon al?"),
        suggest_url="cohesion:capital-persons",
        placeholder=_("Naam"),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.data.get("person", "") if self.is_bound else str(self.initial.get("person") or "")
        self.fields["person"].connect(  # type: ignore[attr-defined]
            queryset=Person.objects.visible_to(user),
            search=lambda text: [person_option(person) for person in persons_like(user, text)],
            describe=person_option,
            chosen=chosen,
        )


class CapitalForm(_CapitalWords):
    """Something that somebody offers or asks."""

    neighbourhood = forms.ModelChoiceField(
        label=_("In welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=_("Kies een wijk")
    )
    side = forms.ChoiceField(
        label=_("Biedt of vraagt deze persoon iets?"), choices=Side.choices, widget=Segments(icons=SIDE_ICONS)
    )
    field_order = ("neighbourhood", "side")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        offer_neighbourhoods(self, user, Permission.CAPITAL_WORK)


class CapitalEditForm(_CapitalWords):
    """The same of what is there."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ConsentForm(forms.Form):
    """Until when somebody may be brought together with a neighbour."""

    until_on = day_field(
        _("Tot en met wanneer?"), help_text=_("Hoogstens twee jaar. Daarna vraag je het opnieuw.")
    )
    shares_reach = forms.BooleanField(
        label=_("Ook vertellen hoe hij te bereiken is"),
        required=False,
        help_text=_("Anders krijgt de ander alleen de voornaam en waarover het gaat."),
    )


class StepForm(forms.Form):
    """How far two people came."""

    state = forms.ChoiceField(label=_("Hoe ver staan ze?"), widget=PickOne)
    outcome = forms.CharField(
        label=_("Wat kwam ervan?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, **DIR_AUTO}),
        help_text=_("Als het afgelopen is of niet lukte."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, match: CapitalMatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(state.value, state.label) for state in match.next_states]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What is over has an outcome."""
        data = super().clean() or self.cleaned_data
        state = data.get("state")
        if state and MatchState(state) in MATCH_OVER and not (data.get("outcome") or "").strip():
            self.add_error("outcome", _("Schrijf op wat ervan kwam."))
        return data
