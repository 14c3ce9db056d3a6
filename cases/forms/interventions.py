"""Interventions and the catalogue they come from."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import Neighbourhood, Organisation, User
from accounts.permissions import Permission
from accounts.search_pick import SearchPickField
from accounts.widgets import PickOne, Segments
from arsenaal.lib.registries import intervention_subjects
from cases.enums import INTERVENTION_TRANSITIONS, InterventionState, InterventionTarget, Reach
from cases.forms.choices import day_field, line, offer_neighbourhoods, organisation_field
from cases.models import Case, Instrument, Intervention, PlanStep
from people.models import Person

STATE_WORDS = {
    InterventionState.PLANNED: _("Het is gepland"),
    InterventionState.RUNNING: _("Het loopt"),
    InterventionState.DONE: _("Het is klaar"),
    InterventionState.STOPPED: _("We stoppen ermee"),
}
_OF_CASE = [target for target in InterventionTarget if target != InterventionTarget.NEIGHBOURHOOD]
_WITHOUT_CASE = [InterventionTarget.NEIGHBOURHOOD, InterventionTarget.DWELLING, InterventionTarget.LANDLORD]


def instrument_choices(goal: str = "") -> list[tuple[str, Any]]:
    """Return the instruments in use by goal and part, in one query."""
    rows = Instrument.objects.in_use().in_order()
    groups: dict[str, list[tuple[int, str]]] = {}
    for row in rows.filter(goal=goal) if goal else rows:
        groups.setdefault(f"{row.get_goal_display()} · {row.sub_goal}", []).append((row.pk, row.name))
    return [("", _("Kies een instrument")), *groups.items()]


def subject_of(intervention: Intervention) -> Any:
    """Return the dwelling or landlord that it is for, if it is for one that is registered."""
    if intervention.target not in intervention_subjects:
        return None
    return intervention_subjects.get(intervention.target).connected(intervention)


class _TargetForm(forms.Form):
    """For whom, by whom, what exactly and when."""

    target = forms.ChoiceField(label=_("Voor wie?"), widget=PickOne)
    person = forms.ModelChoiceField(
        label=_("Voor wie van het gezin?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("niet voor één persoon"),
    )
    target_note = line(
        _("Staat die niet in de lijst?"),
        160,
        required=False,
        help_text=_("Schrijf dan op waarover het gaat."),
    )
    provider = organisation_field(_("Door welke organisatie?"))
    description = line(_("Wat precies?"), 400, required=False)
    planned_on = day_field(_("Gepland op"), required=False)

    def offer_subjects(self, user: User, case: Case | None, chosen: Any = None) -> None:
        """Offer the dwellings and landlords: those of the case at once, others by typing."""
        for kind in intervention_subjects:
            of_case = list(kind.of_case(case)) if case is not None else []
            records = kind.records(user)
            records = records | records.model.objects.filter(pk__in=[record.pk for record in of_case])
            field = SearchPickField(
                label=kind.label,
                suggest_url=kind.suggest_url,
                placeholder=kind.placeholder,
                required=False,
                help_text=_("Alleen als het daarover gaat."),
            )
            field.connect(
                queryset=records,
                search=lambda text, kind=kind: kind.search(user, text),
                describe=kind.describe,
                chosen=str(self.data.get(kind.code, "") or (chosen.pk if chosen else "")),
            )
            known = {option.pk for option in field.widget.options}
            field.widget.options = [
                *field.widget.options,
                *(kind.describe(record) for record in of_case if record.pk not in known),
            ]
            self.fields[kind.code] = field

    def clean(self) -> dict[str, Any]:
        """One of them is the subject: that of the target."""
        cleaned = super().clean() or self.cleaned_data
        subjects = {kind.code: cleaned.pop(kind.code, None) for kind in intervention_subjects}
        return {**cleaned, "subject": subjects.get(cleaned.get("target", ""))}

    def offer_targets(self, user: User, case: Case | None) -> None:
        """Offer what makes sense for this case, or for a neighbourhood."""
        targets = _OF_CASE if case is not None else _WITHOUT_CASE
        if case is not None and case.household_id is None:
            gone = {InterventionTarget.HOUSEHOLD, InterventionTarget.PERSON}
            targets = [target for target in targets if target not in gone]
        self.fields["target"].choices = [(target.value, target.label) for target in targets]
        if case is None or case.household_id is None:
            del self.fields["person"]
            return
        self.fields["person"].queryset = (
            Person.objects.visible_to(user)
            .filter(memberships__household_id=case.household_id)
            .distinct()
            .order_by("given_name", "family_name", "pk")
        )


class InterventionForm(_TargetForm):
    """A new intervention, from the catalogue."""

    neighbourhood = forms.ModelChoiceField(
        label=_("In welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=_("Kies een wijk")
    )
    instrument = forms.ModelChoiceField(
        label=_("Wat zetten we in?"), queryset=Instrument.objects.filter(is_active=True)
    )
    state = forms.ChoiceField(
        label=_("Hoe staat het ermee?"),
        choices=[
            (InterventionState.PROPOSED.value, _("voorgesteld")),
            (InterventionState.PLANNED.value, _("gepland")),
            (InterventionState.RUNNING.value, _("loopt al")),
        ],
        initial=InterventionState.PROPOSED,
        widget=Segments,
    )
    started_on = day_field(_("Begonnen op"), required=False, help_text=_("Als het al loopt."))
    step = forms.ModelChoiceField(
        label=_("Hoort dit bij een stap van het plan?"),
        queryset=PlanStep.objects.none(),
        required=False,
        empty_label=_("geen stap"),
    )

    field_order = (
        "neighbourhood",
        "instrument",
        "provider",
        "target",
        "person",
        "dwelling",
        "landlord",
        "target_note",
        "description",
        "state",
        "planned_on",
        "started_on",
        "step",
    )

    def __init__(
        self, *args: Any, user: User, case: Case | None = None, goal: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer_targets(user, case)
        self.offer_subjects(user, case)
        self.order_fields(self.field_order)
        self.fields["instrument"].choices = instrument_choices(goal if goal in Goal.values else "")
        if case is not None:
            del self.fields["neighbourhood"]
            self.fields["step"].queryset = case.steps.open().order_by("position")
        else:
            del self.fields["step"]
            offer_neighbourhoods(self, user, Permission.CASE_READ_ALL)


class InterventionEditForm(_TargetForm):
    """What was planned, of an intervention that didn't end."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = (
        "provider",
        "target",
        "person",
        "dwelling",
        "landlord",
        "target_note",
        "description",
        "planned_on",
    )

    def __init__(self, *args: Any, user: User, intervention: Intervention, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_targets(user, intervention.case)
        subject = subject_of(intervention)
        self.offer_subjects(user, intervention.case, subject)
        if subject is not None:
            self.initial[intervention.target] = str(subject.pk)
        self.order_fields(self.field_order)
        offered = self.fields["provider"].queryset
        self.fields["provider"].queryset = offered | Organisation.objects.filter(
            pk=intervention.provider_id
        ).order_by("name")


class InterventionStateForm(forms.Form):
    """Where the intervention goes, on which day, and what it brought."""

    state = forms.ChoiceField(label=_("Hoe staat het ermee?"), widget=PickOne)
    on = day_field(_("Sinds of op welke dag?"))
    outcome = line(
        _("Wat leverde het op?"),
        400,
        required=False,
        help_text=_("Nodig als het klaar is of stopt. Ook wat niet lukte is nuttig."),
    )

    def __init__(self, *args: Any, intervention: Intervention, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = INTERVENTION_TRANSITIONS[InterventionState(intervention.state)]
        self.fields["state"].choices = [
            (state.value, words) for state, words in STATE_WORDS.items() if state in allowed
        ]
        self.fields["on"].initial = timezone.localdate


class InstrumentForm(forms.Form):
    """An instrument of the catalogue."""

    name = line(_("Naam"), 120)
    goal = forms.ChoiceField(label=_("Doelstelling"), choices=Goal.choices, widget=PickOne)
    sub_goal = line(_("Onderdeel"), 80, help_text=_("Kies een bekend onderdeel, of schrijf een nieuw."))
    description = line(_("Uitleg"), 400, required=False)
    reaches = forms.ChoiceField(
        label=_("Wie merkt hier iets van, buiten gezin en team?"),
        choices=Reach.choices,
        initial=Reach.NOBODY,
        widget=PickOne,
        help_text=_("Heeft een gezin daar een grens, dan wordt dit instrument tegengehouden."),
    )
    usual_provider = organisation_field(_("Meestal door"), required=False, empty_label=_("wisselt"))


class InstrumentEditForm(InstrumentForm):
    """The same, of an instrument that exists; it can go out of use."""

    is_active = forms.BooleanField(
        label=_("In gebruik"),
        required=False,
        help_text=_("Zonder vinkje kan niemand het nog kiezen. Wat liep, blijft staan."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
