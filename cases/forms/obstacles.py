"""Obstacles: what stands in the way, who can lift it, which cases it blocks."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.widgets import PickOne, Segments
from cases.enums import ObstacleKind, ObstacleState
from cases.forms.choices import day_field, line, offer_neighbourhoods
from cases.forms.fields import StoryField
from cases.models import Case, Obstacle

STATE_WORDS = {
    ObstacleState.OPEN: _("staat in de weg"),
    ObstacleState.RAISED: _("is aangekaart"),
    ObstacleState.LIFTED: _("is opgeheven"),
    ObstacleState.ACCEPTED: _("blijft zo"),
}


class _WordsForm(forms.Form):
    title = line(_("Wat staat in de weg?"), 160)
    kind = forms.ChoiceField(label=_("Wat is het?"), choices=ObstacleKind.choices, widget=Segments)
    description = StoryField(
        label=_("Leg uit hoe het een gezin tegenhoudt"),
        longest=4000,
        rows=5,
        help_text=_("Zonder namen van gezinnen: dit gaat naar wie het kan oplossen."),
    )
    who_can_lift = line(_("Wie kan dit oplossen?"), 200)


class ObstacleForm(_WordsForm):
    """A new obstacle."""

    neighbourhood = forms.ModelChoiceField(
        label=_("In welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=_("Kies een wijk")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_neighbourhoods(self, user, Permission.OBSTACLE_MANAGE)


class ObstacleEditForm(_WordsForm):
    """The words of an obstacle that exists."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ObstacleStateForm(forms.Form):
    """Where it stands now, and how it ended."""

    state = forms.ChoiceField(label=_("Hoe staat het ermee?"), widget=PickOne)
    resolution = line(
        _("Hoe liep het af?"), 400, required=False, help_text=_("Nodig bij “is opgeheven” en “blijft zo”.")
    )
    on = day_field(_("Op welke dag?"))

    def __init__(self, *args: Any, obstacle: Obstacle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [
            (state.value, words) for state, words in STATE_WORDS.items() if state != obstacle.state
        ]
        self.fields["on"].initial = timezone.localdate


class ObstacleLinkForm(forms.Form):
    """Which case it blocks, since when."""

    case = forms.CharField(
        label=_("Welk dossier wordt tegengehouden?"),
        max_length=20,
        help_text=_("Het nummer van het dossier, zoals ARS-2026-0001."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    since_on = day_field(_("Sinds"))

    def __init__(self, *args: Any, user: User, obstacle: Obstacle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.obstacle = user, obstacle
        self.fields["since_on"].initial = timezone.localdate

    def clean_case(self) -> Case:
        """Find the case by its number, within what this user may see."""
        number = self.cleaned_data["case"].strip()
        cases = Case.objects.visible_to(self.user).filter(neighbourhood_id=self.obstacle.neighbourhood_id)
        case = cases.open().filter(number__iexact=number).first()
        if case is None:
            raise forms.ValidationError(
                _("We vinden geen open dossier met dit nummer dat jij mag zien. Kijk het nummer na.")
            )
        return case


class ObstacleUnlinkForm(forms.Form):
    """The last day that it blocked the case."""

    until_on = day_field(_("Vrij sinds"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_on"].initial = timezone.localdate
