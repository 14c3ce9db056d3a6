"""The tracks of a building: opening one, following it up."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from accounts.widgets import PickOne, Segments
from cases.forms.choices import day_field, line
from housing.models import Building
from housing.procedure_enums import TrackKind, TrackState


class _TrackForm(forms.Form):
    owner = forms.ModelChoiceField(
        label=_("Wie volgt dit op?"), queryset=User.objects.none(), empty_label=_("Kies een collega")
    )
    next_on = day_field(_("Wanneer kijken we opnieuw?"), required=False)
    next_step = line(_("Wat doen we dan?"), 200, required=False)
    note = line(_("Hoe staat het ervoor?"), 400, required=False)

    def __init__(self, *args: Any, building: Building, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.with_permission(
            Permission.PROCEDURE_READ, building.neighbourhood_id
        ).order_by("first_name", "last_name", "pk")


class TrackNewForm(_TrackForm):
    """A new track."""

    kind = forms.ChoiceField(label=_("Waarover?"), choices=TrackKind.choices, widget=PickOne)
    opened_on = day_field(_("Sinds wanneer?"))

    field_order = ("kind", "opened_on", "owner", "note", "next_on", "next_step")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].initial = timezone.localdate


class TrackEditForm(_TrackForm):
    """Following a track up, or closing it."""

    state = forms.ChoiceField(label=_("Hoe staat het?"), choices=TrackState.choices, widget=Segments)
    outcome = line(_("Hoe liep het af?"), 400, required=False, help_text=_("Enkel als je afsluit."))
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("state", "owner", "note", "next_on", "next_step", "outcome")
