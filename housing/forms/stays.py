"""Forms of crisis dwellings, the waiting list, stays, their ledger and aftercare."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.widgets import PickOne, Segments
from cases.forms.choices import day_field, line, organisation_field
from cases.forms.fields import StoryField, circle_field
from cases.models import Case
from housing.agreement_days import add_months
from housing.agreement_enums import AftercareResult, CostCategory, StayOutcome, Topic, WaitPriority
from housing.agreement_reading import day_words, live_dues
from housing.forms.agreements import DecisionForm, file_field
from housing.models import AftercareCheck, CrisisDwelling, Dwelling, ObligationDue, Stay
from housing.models.crisis_dwelling import MOST_PEOPLE
from housing.stay_rules import default_stay_months


def money_field(
    label: Any,
    *,
    least: str = "0",
    most_digits: int = 8,
    field: type[forms.DecimalField] = forms.DecimalField,
    **more: Any,
) -> forms.DecimalField:
    """An amount in euro, exact to the cent; `field` may read it more leniently."""
    return field(
        label=label,
        min_value=Decimal(least),
        max_digits=most_digits,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        **more,
    )


def people_field(label: Any) -> forms.IntegerField:
    """A number of people."""
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_PEOPLE)


class _UnitFields(forms.Form):
    """What is good to know of a crisis dwelling."""

    operator = organisation_field(_("Beheerd door"))
    capacity = people_field(_("Plaats voor hoeveel mensen?"))
    is_accessible = forms.BooleanField(label=_("Toegankelijk zonder trappen"), required=False)
    allows_pets = forms.BooleanField(label=_("Huisdieren mogen mee"), required=False)
    notes = line(_("Goed om te weten"), 400, required=False)


class UnitForm(_UnitFields):
    """A dwelling of the register becomes a crisis dwelling."""

    dwelling = forms.ModelChoiceField(
        label=_("Welke woning?"),
        queryset=Dwelling.objects.none(),
        empty_label=_("Kies een woning"),
        help_text=_("Staat ze er niet bij? Voeg ze eerst toe bij de woningen."),
    )
    fee = money_field(_("Verblijfsvergoeding per maand (euro)"))
    field_order = ("dwelling", "operator", "capacity", "fee")

    def __init__(self, *args: Any, neighbourhoods: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dwelling"].queryset = (
            Dwelling.objects.filter(building__neighbourhood__in=neighbourhoods, crisis__isnull=True)
            .select_related("building")
            .order_by("building__sort_key", "box", "pk")
        )


class UnitEditForm(_UnitFields):
    """The same, of a crisis dwelling that exists."""

    is_active = forms.BooleanField(
        label=_("In gebruik"), required=False, help_text=_("Zonder vinkje komt er niemand meer bij.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class FeeForm(forms.Form):
    """A stay fee from a day on."""

    from_on = day_field(_("Vanaf"))
    amount = money_field(
        _("Verblijfsvergoeding per maand (euro)"),
        help_text=_("Verblijven die al afgesproken zijn, houden hun bedrag."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = timezone.localdate


class BlockForm(forms.Form):
    """Works: from a day up to another."""

    from_on = day_field(_("Van"))
    until_on = day_field(_("Tot"), help_text=_("Vanaf die dag is de woning weer vrij."))
    reason = line(_("Welke werken?"), 200)


class WaitingForm(forms.Form):
    """What a household needs."""

    needed_on = day_field(_("Nodig vanaf"))
    people = people_field(_("Met hoeveel zijn ze?"))
    needs_access = forms.BooleanField(label=_("Iemand kan geen trappen doen"), required=False)
    has_pets = forms.BooleanField(label=_("Er zijn huisdieren"), required=False)
    reason = line(_("Waarom?"), 400)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needed_on"].initial = timezone.localdate
        if case.household is not None:
            self.fields["people"].initial = case.household.members.filter(until_on__isnull=True).count() or 1


class PriorityForm(forms.Form):
    """Who goes first and why."""

    priority = forms.TypedChoiceField(
        label=_("Welke voorrang?"), choices=WaitPriority.choices, coerce=int, widget=Segments
    )
    reason = line(
        _("Waarom?"),
        200,
        help_text=_("Iedereen die de wachtlijst ziet, leest dit: schrijf niets over gezondheid."),
    )


class StayForm(forms.Form):
    """Which dwelling, from when to when, for how much."""

    unit = forms.ModelChoiceField(
        label=_("Welke crisiswoning?"),
        queryset=CrisisDwelling.objects.none(),
        empty_label=_("Kies een crisiswoning"),
    )
    from_on = day_field(_("Van"))
    until_on = day_field(_("Terugkeer gepland op"), help_text=_("Standaard drie maanden later."))
    fee = money_field(
        _("Verblijfsvergoeding per maand (euro)"),
        required=False,
        help_text=_("Leeg: het bedrag van de crisiswoning."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = (
            CrisisDwelling.objects.in_use()
            .filter(dwelling__building__neighbourhood_id=case.neighbourhood_id)
            .select_related("dwelling__building")
            .order_by("pk")
        )
        today = timezone.localdate()
        self.fields["from_on"].initial = today
        self.fields["until_on"].initial = add_months(today, default_stay_months(today))


class ArrivalForm(forms.Form):
    """When they arrived."""

    arrived_on = day_field(_("Op welke dag kwamen ze aan?"))


class LeaveForm(forms.Form):
    """When they left, and where to."""

    ended_on = day_field(_("Op welke dag vertrokken ze?"))
    outcome = forms.ChoiceField(label=_("Waarheen?"), choices=StayOutcome.choices, widget=PickOne)
    note = line(_("Toelichting"), 400, required=False)

    def __init__(self, *args: Any, stay: Stay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].initial = timezone.localdate
        if stay.came_from_id is None:
            choices = [choice for choice in StayOutcome.choices if choice[0] != StayOutcome.RETURNED]
            self.fields["outcome"].choices = choices


class LongerForm(forms.Form):
    """Until when, and why."""

    until_on = day_field(_("Verlengen tot"))
    reason = line(_("Waarom?"), 400)


class LongerDecisionForm(DecisionForm):
    """Yes or no; the days of the agreement can go along."""

    moves_agreement = forms.BooleanField(
        label=_("De dagen in de overeenkomst schuiven mee"), required=False, initial=True
    )


class CostForm(forms.Form):
    """A line of the ledger."""

    spent_on = day_field(_("Datum"))
    category = forms.ChoiceField(label=_("Soort kost"), choices=CostCategory.choices, widget=PickOne)
    amount = money_field(_("Bedrag (euro)"), least="0.01", most_digits=9)
    description = line(_("Waarvoor?"), 200)
    is_recoverable = forms.BooleanField(label=_("Terug te vorderen van de verhuurder"), required=False)
    file = file_field(_("Bewijs"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spent_on"].initial = timezone.localdate


class RecoveredForm(forms.Form):
    """How much came back in all."""

    recovered = money_field(_("Hoeveel kwam er in totaal terug? (euro)"), most_digits=9)
    recovered_on = day_field(_("Wanneer?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recovered_on"].initial = timezone.localdate


class _DueChoice(forms.ModelChoiceField):
    """A due date, told in words."""

    def label_from_instance(self, due: ObligationDue) -> str:
        return f"{due.obligation.text} ({day_words(due)})"


class AftercareForm(forms.Form):
    """How it is with the family."""

    result = forms.ChoiceField(
        label=_("Hoe gaat het?"),
        choices=AftercareResult.choices,
        widget=Segments(
            icons={"well": "emoji-smile", "worry": "exclamation-triangle", "not_reached": "door-closed"}
        ),
    )
    done_on = day_field(_("Wanneer ging je langs of belde je?"))
    note = StoryField(label=_("Wat zag of hoorde je?"), longest=3000, rows=5, required=False)
    evidence_for = _DueChoice(
        label=_("Telt dit als bewijs voor de overeenkomst?"),
        queryset=ObligationDue.objects.none(),
        required=False,
        empty_label=_("nee"),
    )
    is_relapse = forms.BooleanField(
        label=_("Het gezin is hervallen: zet het terug op de radar"), required=False
    )
    radar_words = StoryField(
        label=_("Wat mag op de radar staan?"),
        longest=2000,
        rows=3,
        required=False,
        help_text=_("Het hele kernteam leest dit. Alleen nodig bij hervallen."),
    )
    again_on = day_field(
        _("Wanneer probeer je opnieuw?"), required=False, help_text=_("Als je niemand bereikte.")
    )

    def __init__(self, *args: Any, user: User, check: AftercareCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].initial = timezone.localdate
        if (circle := circle_field(user, check.case, "housing.aftercare")) is not None:
            self.fields["circle"] = circle
        dues = live_dues(check.case_id).filter(obligation__topic=Topic.AFTERCARE)
        if dues.exists():
            self.fields["evidence_for"].queryset = dues
        else:
            del self.fields["evidence_for"]
