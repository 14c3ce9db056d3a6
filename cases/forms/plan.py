"""Steps of the plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.widgets import PickOne, Segments
from cases.colleagues import colleagues_of
from cases.enums import STEP_TRANSITIONS, Agreed, Reach, StepState
from cases.forms.choices import day_field, goal_field, line, organisation_field
from cases.models import Case, PlanStep

AGREED_ICONS = {"yes": "check-circle", "no": "x-circle", "not_asked": "question-circle"}
STATE_WORDS = {
    StepState.TODO: _("Terug naar te doen"),
    StepState.BUSY: _("We zijn bezig"),
    StepState.DONE: _("Gedaan"),
    StepState.DROPPED: _("Schrappen"),
}


class StepForm(forms.Form):
    """What, why, whether the family agrees, who and when."""

    title = line(_("Wat gaan we doen?"), 160)
    why = line(_("Waarom?"), 400, required=False, help_text=_("Wat heeft het gezin eraan?"))
    agreed = forms.ChoiceField(
        label=_("Is het gezin akkoord?"),
        choices=Agreed.choices,
        initial=Agreed.NOT_ASKED,
        widget=Segments(icons=AGREED_ICONS),
    )
    is_intermediate = forms.BooleanField(
        label=_("Dit is een tussenstap"),
        required=False,
        help_text=_("Een kleine stap die eerst vertrouwen opbouwt."),
    )
    due_on = day_field(_("Tegen wanneer?"), required=False)
    assignee = forms.ModelChoiceField(
        label=_("Wie van het team?"), queryset=None, required=False, empty_label=_("nog niemand")
    )
    organisation = organisation_field(
        _("Welke dienst doet dit?"), required=False, empty_label=_("geen dienst")
    )
    reaches = forms.ChoiceField(
        label=_("Wie merkt hier iets van, buiten gezin en team?"),
        choices=Reach.choices,
        initial=Reach.NOBODY,
        widget=PickOne,
        help_text=_("Wil het gezin dat niet, dan wacht de stap tot ze akkoord zijn."),
    )
    goal = goal_field()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = colleagues_of(case)


class StepEditForm(StepForm):
    """The same, of a step that exists."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, step: PlanStep, **kwargs: Any) -> None:
        super().__init__(*args, case=step.case, **kwargs)
        if step.organisation_id:
            # A service that is no longer in use stays with the step that names it.
            offered = self.fields["organisation"].queryset
            self.fields["organisation"].queryset = offered | Organisation.objects.filter(
                pk=step.organisation_id
            ).order_by("name")


class StepStateForm(forms.Form):
    """Where the step goes from here."""

    state = forms.ChoiceField(label=_("Hoe staat het ermee?"), widget=PickOne)
    note = line(
        _("Wil je er iets bij schrijven?"),
        400,
        required=False,
        help_text=_("Het hele team leest dit op de tijdlijn."),
    )

    def __init__(self, *args: Any, step: PlanStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The state it has already is accepted too: pressed twice, it is done once.
        current = StepState(step.state)
        allowed = [state for state in StepState if state in STEP_TRANSITIONS[current]]
        self.fields["state"].choices = [(state.value, STATE_WORDS[state]) for state in allowed]
        self.also_accepted = current.value

    def clean(self) -> dict[str, Any]:
        """Forgive a button that was pressed twice."""
        cleaned = super().clean() or {}
        if "state" in self.errors and self.data.get(self.add_prefix("state")) == self.also_accepted:
            del self.errors["state"]
            cleaned["state"] = self.also_accepted
        return cleaned
