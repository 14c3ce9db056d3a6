"""State, trust, closing, reopening and the facts of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.widgets import PickOne
from cases.actions.change_state import next_states
from cases.enums import CaseOutcome, TrustStage
from cases.forms.fields import StoryField
from cases.models import Case
from cases.open_work import OpenWork


class StateForm(forms.Form):
    """Where the case goes, and why."""

    to_state = forms.ChoiceField(label=_("Naar welke stand?"), widget=PickOne)
    reason = forms.CharField(
        label=_("Waarom?"), max_length=400, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_state"].choices = [(state.value, state.label) for state in next_states(case)]


class TrustForm(forms.Form):
    """How far the trust is, and what moved it."""

    to_stage = forms.TypedChoiceField(label=_("Hoe ver is het vertrouwen nu?"), coerce=int, widget=PickOne)
    event = forms.CharField(
        label=_("Wat maakte het verschil?"),
        max_length=300,
        help_text=_("Eén gebeurtenis is genoeg. Het hele team leest dit."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_stage"].choices = [
            (stage.value, f"{stage.value} · {stage.label}") for stage in TrustStage
        ]
        self.fields["to_stage"].initial = case.trust_stage


class CloseForm(forms.Form):
    """How it ended, and what may stop with it."""

    outcome = forms.ChoiceField(label=_("Hoe liep het af?"), choices=CaseOutcome.choices, widget=PickOne)
    summary = StoryField(
        label=_("In het kort"),
        longest=2000,
        rows=4,
        help_text=_("Voor wie dit dossier later opent. Het hele team leest dit."),
    )
    stop_open_work = forms.BooleanField(label=_("Wat nog openstaat, stopt mee"), required=False)

    def __init__(self, *args: Any, work: OpenWork, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not work.count:
            del self.fields["stop_open_work"]


class ReopenForm(forms.Form):
    """Why the case opens again."""

    reason = forms.CharField(
        label=_("Waarom gaat het dossier weer open?"),
        max_length=400,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class CaseEditForm(forms.Form):
    """What the case is called and where it is."""

    title = forms.CharField(
        label=_("Titel"),
        max_length=140,
        help_text=_("Zo herkent het team dit dossier. Zonder familienaam."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    address_hint = forms.CharField(
        label=_("Adres"),
        max_length=200,
        required=False,
        help_text=_("Zoals het verteld werd. Is de woning gekend, dan staat dat adres op het dossier."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
