"""Starting a procedure, its steps, and suspending a term. One form per step, made of the fields that step needs."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.widgets import ClockInput, PickMany, PickOne, Segments
from cases.forms.choices import day_field, line
from cases.forms.fields import StoryField, moment_of
from cases.models import ReferenceValue
from housing.actions.procedure_steps import Details
from housing.models import Building, Dwelling, DwellingProcedure, Procedure
from housing.procedure_enums import (
    TRANSITIONS,
    HearingForm,
    Initiator,
    LiftReason,
    MinisterAnswer,
    ProcedureKind,
    Step,
    Verdict,
)

NO_MORE_WORDS = 4000


def _note_field() -> StoryField:
    return StoryField(
        label=_("Notitie voor handhaving"),
        longest=NO_MORE_WORDS,
        rows=3,
        required=False,
        help_text=_("Komt op de tijdlijn, enkel te lezen in de kring handhaving."),
    )


def _reference_field() -> forms.CharField:
    return line(_("Kenmerk of nummer van het stuk"), 120, required=False)


class DwellingsField(forms.ModelMultipleChoiceField):
    """Dwellings of one building, by their box."""

    def label_from_instance(self, obj: Dwelling) -> str:
        """Say the box, or the address of a house without boxes."""
        return _g("Bus %(box)s") % {"box": obj.box} if obj.box else str(obj)


class PartsField(forms.ModelMultipleChoiceField):
    """Dwellings of one procedure."""

    def label_from_instance(self, obj: DwellingProcedure) -> str:
        """Say the box, or the address."""
        box = obj.dwelling.box
        return _g("Bus %(box)s") % {"box": box} if box else str(obj.dwelling)


class StartForm(forms.Form):
    """Which procedure, for which dwellings, who asked."""

    kind = forms.ChoiceField(label=_("Welke procedure?"), choices=ProcedureKind.choices, widget=PickOne)
    dwellings = DwellingsField(
        label=_("Voor welke woningen?"), queryset=Dwelling.objects.none(), widget=PickMany
    )
    initiator = forms.ChoiceField(label=_("Op vraag van wie?"), choices=Initiator.choices, widget=PickOne)
    started_on = day_field(_("Dag van het verzoek"), help_text=_("Vanaf die dag lopen de termijnen."))
    reference = _reference_field()
    note = _note_field()

    def __init__(self, *args: Any, building: Building, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dwellings"]
        field.queryset = building.dwellings.select_related("building").order_by("floor", "box", "pk")
        self.fields["started_on"].initial = timezone.localdate


class StepForm(forms.Form):
    """One step: for which dwellings, when, and what this step needs beside that."""

    parts = PartsField(
        label=_("Voor welke woningen?"), queryset=DwellingProcedure.objects.none(), widget=PickMany
    )
    on = day_field(_("Op welke dag?"))

    def __init__(
        self,
        *args: Any,
        procedure: Procedure,
        step: Step,
        values: dict[str, ReferenceValue],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        allowed, _leads_to = TRANSITIONS[ProcedureKind(procedure.kind)][step]
        waiting = procedure.parts.filter(state__in=allowed).select_related("dwelling__building")
        if step == Step.SEND_INVENTORY:
            waiting = waiting.filter(inventory_on__isnull=True)
        field = self.fields["parts"]
        field.queryset = waiting.order_by("dwelling__floor", "dwelling__box", "pk")
        field.initial = [part.pk for part in field.queryset]
        self.fields["on"].initial = timezone.localdate
        for name, extra in _fields_of(step, procedure, values):
            self.fields[name] = extra
        self.fields["note"] = _note_field()

    def details(self) -> Details:
        """Return what the step needs, from what was filled in."""
        data = self.cleaned_data
        known = {name: value for name, value in data.items() if name in Details.__dataclass_fields__}
        if data.get("hearing_day") is not None:
            known["hearing_at"] = moment_of(data["hearing_day"], data.get("hearing_time") or dt.time(9))
        if "hearing_asked" in known:
            known["hearing_asked"] = known["hearing_asked"] == "yes"
        return Details(**known)


def _reason() -> forms.CharField:
    return line(_("Waarom?"), 400, help_text=_("Feiten over de woning, geen verhaal van het gezin."))


def _fields_of(
    step: Step, procedure: Procedure, values: dict[str, ReferenceValue]
) -> Iterable[tuple[str, forms.Field]]:
    """Yield the fields of this step, in the order in which they are asked."""
    if step in (Step.REJECT, Step.DECLINE, Step.STOP, Step.REFUSE):
        yield "reason", _reason()
    if step == Step.PLAN_HEARING:
        yield (
            "hearing_day",
            day_field(
                _("Wanneer is de hoorzitting?"),
                help_text=_("Kondig ze minstens %(notice)s vooraf aan (te bevestigen).")
                % {"notice": values["procedure.hearing_notice"].shown},
            ),
        )
        yield "hearing_time", forms.TimeField(label=_("Hoe laat?"), widget=ClockInput, required=False)
        yield (
            "hearing_form",
            forms.ChoiceField(
                label=_("Hoe?"), choices=HearingForm.choices, widget=Segments, initial=HearingForm.ORAL
            ),
        )
    if step == Step.MARK_READY:
        yield (
            "verdict",
            forms.ChoiceField(
                label=_("Wat zou de burgemeester besluiten?"), choices=Verdict.choices, widget=PickOne
            ),
        )
        yield (
            "overrule_reason",
            line(
                _("Toch, zonder plan voor iedereen? Waarom?"),
                400,
                required=False,
                help_text=_(
                    "Enkel nodig als niet voor elk gezinslid geweten is waarheen. Komt op de tijdlijn."
                ),
            ),
        )
    if step == Step.DECIDE:
        yield "leave_on", day_field(_("Wanneer stopt de bewoning?"), required=False)
        yield "repair_until", day_field(_("Herstel tegen wanneer?"), required=False)
        yield (
            "recovers_costs",
            forms.BooleanField(label=_("De stad vraagt de kosten van herhuisvesting terug"), required=False),
        )
    if step == Step.APPEAL:
        yield (
            "hearing_asked",
            forms.ChoiceField(
                label=_("Vraagt men een hoorzitting bij de minister?"),
                choices=[("no", _("nee")), ("yes", _("ja"))],
                widget=Segments,
                initial="no",
                help_text=_("Dan duurt de uitspraak langer."),
            ),
        )
    if step == Step.MINISTER:
        yield (
            "answer",
            forms.ChoiceField(
                label=_("Wat zegt de minister?"), choices=MinisterAnswer.choices, widget=PickOne
            ),
        )
    if step == Step.LIFT:
        yield (
            "lift_reason",
            forms.ChoiceField(label=_("Waarom houdt het op?"), choices=LiftReason.choices, widget=PickOne),
        )
    if step == Step.ISSUE:
        yield (
            "most_people",
            forms.IntegerField(label=_("Voor hoogstens hoeveel bewoners?"), min_value=1, max_value=50),
        )
        yield (
            "valid_until",
            day_field(
                _("Geldig tot en met"),
                required=False,
                help_text=_("Leeg is %(term)s.") % {"term": values["certificate.validity"].shown},
            ),
        )
    yield "reference", _reference_field()


class PauseForm(forms.Form):
    """From when a term is suspended, and why."""

    on = day_field(_("Sinds wanneer?"))
    reason = line(_("Waarom?"), 200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class ResumeForm(forms.Form):
    """From when a term runs again."""

    on = day_field(_("Vanaf wanneer?"), help_text=_("De termijn schuift op met de dagen dat hij stillag."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class LapseForm(forms.Form):
    """Since when a certificate doesn't hold any more, and why."""

    on = day_field(_("Op welke dag?"))
    reason = line(_("Waarom?"), 200, help_text=_("Zoals: een later onderzoek vond gebreken."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
