"""Forms of living-room visits."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.search_pick import SearchPickField
from accounts.widgets import PickMany, PickOne
from cases.enums import RadarReason
from cases.forms.choices import day_field, line, offer_neighbourhoods, organisation_field
from cases.forms.fields import StoryField
from cases.forms.radar import ReviewDateField, usual_review_date
from cohesion.actions.living_room import LONGEST, Heard
from cohesion.enums import Theme
from cohesion.models import LivingRoomVisit
from cohesion.models.living_room import MOST_SPOKEN
from people.models import Household
from people.search import households_like
from people.views.suggest import household_option

_MANY = frozenset({"themes"})


class _HeardForm(forms.Form):
    street = forms.CharField(
        label=_("In welke straat?"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "known-streets", "autocomplete": "off", "dir": "auto"}),
        error_messages={"required": _("In welke straat was je?")},
    )
    house_number = line(_("Nummer"), 10, required=False)
    name = line(_("Voornaam"), 80, required=False, help_text=_("Een voornaam is genoeg; leeg mag ook."))
    household = SearchPickField(
        label=_("Kennen we dit gezin al?"),
        suggest_url="people:household-suggest",
        placeholder=_("Naam van het gezin of van iemand die erbij hoort"),
        required=False,
    )
    visited_on = day_field(_("Welke dag?"))
    people_count = forms.IntegerField(
        label=_("Met hoeveel mensen sprak je?"),
        initial=1,
        widget=forms.NumberInput(
            attrs={"inputmode": "numeric", "class": "short", "min": 1, "max": MOST_SPOKEN}
        ),
    )
    themes = forms.MultipleChoiceField(
        label=_("Waarover ging het?"), choices=Theme.choices, widget=PickMany, required=False
    )
    loves = StoryField(label=_("Wat is hier goed?"), longest=LONGEST["loves"], rows=3, required=False)
    worries = StoryField(
        label=_("Waar zit men mee?"),
        longest=LONGEST["worries"],
        rows=3,
        required=False,
        help_text=_("Op de radar komt dit enkel als de bewoner daar ja op zegt."),
    )
    notes = StoryField(label=_("Wat hoorde je nog?"), longest=LONGEST["notes"], rows=3, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        raw = self.data.get(self.add_prefix("household")) if self.is_bound else self.initial.get("household")
        self.fields["household"].connect(
            queryset=Household.objects.visible_to(user),
            search=lambda text: [household_option(found) for found in households_like(user, text)],
            describe=household_option,
            chosen=str(raw or ""),
        )

    def heard(self) -> Heard:
        """Return what was filled in."""
        return Heard.of(self.cleaned_data)


class LivingRoomForm(_HeardForm):
    """A visit, in the order in which one remembers it: where, who, what about, what was said, what was promised."""

    neighbourhood = forms.ModelChoiceField(
        label=_("In welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=None
    )
    follow_what = line(
        _("Wat beloofde je?"),
        200,
        required=False,
        help_text=_("Bijvoorbeeld: nagaan wanneer de straatlamp hersteld wordt."),
    )
    follow_due_on = day_field(_("Tegen wanneer?"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        offer_neighbourhoods(self, user, Permission.LIVING_ROOM_WORK)


class LivingRoomCorrectForm(_HeardForm):
    """The same visit in better words."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class FollowUpForm(forms.Form):
    """One more thing that was promised."""

    what = line(_("Wat beloofde je?"), 200)
    due_on = day_field(_("Tegen wanneer?"))


class StrikeForm(forms.Form):
    """Why it was a mistake."""

    reason = line(_("Waarom schrap je dit?"), 200, help_text=_("Bijvoorbeeld: twee keer opgeschreven."))


class RadarYesForm(forms.Form):
    """A worry for the radar, with the yes of whose worry it is."""

    resident_said_yes = forms.BooleanField(
        label=_("De bewoner zei ja: het kernteam mag dit lezen"),
        required=False,
        help_text=_("Zeg erbij wie het kernteam is: ook de woningcontroleur leest de radar."),
    )
    reason = forms.ChoiceField(
        label=_("Waarover gaat het?"),
        choices=RadarReason.choices,
        widget=PickOne,
        error_messages={"required": _("Kies waarover het gaat.")},
    )
    worry = StoryField(
        label=_("Wat is de zorg?"),
        longest=4000,
        rows=4,
        help_text=_("Enkel wat de bewoner wil dat het kernteam weet."),
    )
    name = line(_("Naam"), 120, required=False)
    phone = forms.CharField(
        label=_("Telefoon"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    source_organisation = organisation_field(_("Namens welke organisatie?"))
    review_on = ReviewDateField()


def radar_initial(visit: LivingRoomVisit, user: User) -> dict[str, Any]:
    """Return what stands ready when a worry goes to the radar."""
    return {
        "worry": visit.worries,
        "name": visit.name,
        "source_organisation": user.organisation_id,
        "review_on": usual_review_date(),
    }


def heard_initial(visit: LivingRoomVisit) -> dict[str, Any]:
    """Return what stands in a visit as the values of its form."""
    values = {name: getattr(visit, name) for name in Heard.__dataclass_fields__ if name != "household"}
    return values | {"household": visit.household_id, "version": visit.version}


def initial_from_draft(payload: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return what was typed as the initial values of the form."""
    return {
        name: values if name in _MANY else (values[-1] if values else "") for name, values in payload.items()
    }


def new_initial() -> dict[str, Any]:
    """Return what stands ready for a new visit."""
    return {"visited_on": timezone.localdate(), "people_count": 1}
