"""Forms of the tenant track, and of what is written with it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from accounts.widgets import PickOne, Segments
from cases.forms.choices import day_field, line
from cases.forms.fields import StoryField
from cases.models import Case
from housing.forms.renovations import amount_field
from housing.models import EvictionFundAnswer, EvictionFundFile, Inspection, RightClaim, TenantTrack
from housing.models.tenancy import MOST_CONTACTS
from housing.renovation_enums import Answer
from housing.tenancy_enums import (
    DebtKind,
    EvictionCondition,
    FundOutcome,
    GoalState,
    Pace,
    RightKind,
    SupportResult,
)
from housing.tenancy_rules import right_choices
from people.models import Person

_MORE = "more:"


class TrackForm(forms.Form):
    """Who follows the tenancy of a family, since when, and when we look again."""

    worker = forms.ModelChoiceField(
        label=_("Wie begeleidt het gezin?"),
        queryset=User.objects.none(),
        empty_label=_("Kies een collega"),
    )
    started_on = day_field(_("Sinds wanneer?"))
    next_on = day_field(_("Wanneer kijken we opnieuw?"), required=False)
    next_step = line(_("Wat doen we dan?"), 200, required=False)

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = User.objects.with_permission(Permission.TENANCY_WORK, case.neighbourhood_id)
        self.fields["worker"].queryset = may.order_by("first_name", "last_name", "pk")
        self.fields["worker"].initial = user.pk
        self.fields["started_on"].initial = timezone.localdate


class TrackEditForm(TrackForm):
    """The same, of one that is there."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class _InspectionChoice(forms.ModelChoiceField):
    def label_from_instance(self, inspection: Inspection) -> str:
        """Where and when, and what came of it."""
        day = date_format(timezone.localtime(inspection.scheduled_at), "j F Y")
        state = inspection.get_outcome_display() or inspection.get_state_display()
        return f"{inspection.dwelling}, {day}: {state}"


def inspections_of(case: Case) -> QuerySet[Inspection]:
    """The inspections of dwellings where the family of a case lives or lived, latest first."""
    return (
        Inspection.objects.current()
        .filter(dwelling__occupancies__household=case.household_id)
        .select_related("dwelling__building")
        .distinct()
        .order_by("-scheduled_at", "-pk")
    )


class LineForm(forms.Form):
    """What is written with a track. Editing adds the version."""

    def __init__(self, *args: Any, track: TenantTrack, user: User, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)


class RightForm(LineForm):
    """A right to look into."""

    kind = forms.ChoiceField(label=_("Welk recht?"), widget=PickOne)
    other = line(_("Welk ander recht?"), 120, required=False, help_text=_("Enkel bij “iets anders”."))
    person = forms.ModelChoiceField(
        label=_("Voor wie?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("voor het gezin"),
    )
    note = line(_("Wat moeten we weten?"), 400, required=False)
    inspection = _InspectionChoice(
        label=_("Welk onderzoek van de woning hoort erbij?"),
        queryset=Inspection.objects.none(),
        required=False,
        empty_label=_("nog geen"),
        help_text=_("Enkel bij huursubsidie en huurpremie."),
    )

    def __init__(self, *args: Any, track: TenantTrack, user: User, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, track=track, user=user, is_new=is_new, **kwargs)
        self.fields["kind"].choices = right_choices(timezone.localdate())
        people = Person.objects.visible_to(user).filter(memberships__household=track.case.household_id)
        self.fields["person"].queryset = people.distinct().order_by("given_name", "pk")
        self.fields["inspection"].queryset = inspections_of(track.case)

    def clean(self) -> dict[str, Any]:
        """A right from the administrator's list is another one, by its name."""
        data: dict[str, Any] = super().clean() or {}
        kind = str(data.get("kind", ""))
        if kind.startswith(_MORE):
            data["kind"], data["other"] = RightKind.OTHER.value, kind.removeprefix(_MORE)
        return data


def right_initial(claim: RightClaim) -> str:
    """Return what is chosen for a right that stands there."""
    known = {value for value, _label in right_choices(timezone.localdate())}
    more = f"{_MORE}{claim.other}"
    return more if claim.kind == RightKind.OTHER and more in known else claim.kind


class SupportForm(LineForm):
    """A period of intensive support."""

    from_on = day_field(_("Vanaf wanneer?"))
    planned_until = day_field(_("Tot wanneer is het afgesproken?"), required=False)
    contacts = forms.IntegerField(
        label=_("Hoe vaak zien jullie elkaar?"),
        min_value=1,
        max_value=MOST_CONTACTS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    pace = forms.ChoiceField(label=_("Per week of per maand?"), choices=Pace.choices, widget=Segments)


class GoalForm(LineForm):
    """A goal."""

    what = line(_("Wat willen jullie samen bereiken?"), 300, help_text=_("In de woorden van het gezin."))
    state = forms.ChoiceField(
        label=_("Hoe staat het?"), choices=GoalState.choices, widget=Segments, initial=GoalState.OPEN.value
    )
    judged_on = day_field(
        _("Wanneer bekeken jullie dat?"), required=False, help_text=_("Leeg zolang jullie ermee bezig zijn.")
    )


class EvaluationForm(LineForm):
    """An evaluation."""

    planned_on = day_field(_("Wanneer kijken jullie samen?"))
    done_on = day_field(
        _("Wanneer is het gebeurd?"), required=False, help_text=_("Leeg zolang het moet komen.")
    )
    words = StoryField(label=_("Wat is besproken?"), longest=2000, rows=5, required=False)


class ArrearsForm(LineForm):
    """How much is owed."""

    read_on = day_field(_("Op welke dag?"))
    kind = forms.ChoiceField(label=_("Waarvoor?"), choices=DebtKind.choices, widget=Segments)
    creditor = line(_("Aan wie?"), 120, required=False)
    amount = amount_field(_("Hoeveel staat open? (euro)"))
    plan_amount = amount_field(_("Afbetaling per maand (euro)"), required=False)
    note = line(_("Opmerking"), 400, required=False)


class FundFileForm(LineForm):
    """A file for the fund against evictions."""

    rent = amount_field(_("Huur per maand (euro)"), least="0.01")
    arrears = amount_field(_("Huurachterstand (euro)"))


LINE_FORMS: dict[str, type[LineForm]] = {
    "right": RightForm,
    "support": SupportForm,
    "goal": GoalForm,
    "evaluation": EvaluationForm,
    "arrears": ArrearsForm,
    "fund": FundFileForm,
}
# Which day of a new line starts at today.
TODAY = {"support": "from_on", "arrears": "read_on"}


class StepForm(forms.Form):
    """A step. `undo` asks nothing but what `StepForm` itself has."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    today: str = ""  # the field that starts at today

    def __init__(self, *args: Any, line: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.today:
            self.fields[self.today].initial = timezone.localdate


class AskedForm(StepForm):
    """A right was asked."""

    today = "asked_on"
    asked_on = day_field(_("Wanneer gevraagd?"))
    asked_where = line(_("Waar?"), 120, help_text=_("Het loket, de website of de dienst."))


class GrantedForm(StepForm):
    """A right was granted."""

    today = "decided_on"
    decided_on = day_field(_("Wanneer beslist?"))
    amount = amount_field(
        _("Bedrag per maand (euro)"), required=False, help_text=_("Leeg als er geen maandbedrag is.")
    )
    granted_from = day_field(_("Vanaf wanneer?"))
    granted_until = day_field(_("Tot en met wanneer?"), required=False)


class RefusedForm(StepForm):
    """A right was refused."""

    today = "decided_on"
    decided_on = day_field(_("Wanneer beslist?"))
    reason = line(_("Waarom geweigerd?"), 400)
    appeal_until = day_field(
        _("Tot en met wanneer kan beroep?"), required=False, help_text=_("Het staat in de brief.")
    )


class DroppedForm(StepForm):
    """A right isn't asked after all."""

    reason = line(_("Waarom laten jullie het vallen?"), 400)


class EndedForm(StepForm):
    """A period of support is over."""

    today = "ended_on"
    ended_on = day_field(_("Wanneer afgerond?"))
    result = forms.ChoiceField(label=_("Hoe eindigde het?"), choices=SupportResult.choices, widget=PickOne)
    result_note = line(_("Wat kwam ervan?"), 600, required=False)


class SignedForm(StepForm):
    """The agreement was signed by the three."""

    today = "signed_on"
    signed_on = day_field(_("Wanneer tekenden de drie partijen?"))


class FundAskedForm(StepForm):
    """The fund was asked."""

    today = "asked_on"
    asked_on = day_field(_("Wanneer gevraagd aan het fonds?"))


class PaidForm(StepForm):
    """The landlord was paid."""

    today = "paid_on"
    paid_on = day_field(_("Wanneer kreeg de verhuurder het geld?"))
    paid = amount_field(_("Hoeveel? (euro)"), least="0.01")


class FollowedForm(StepForm):
    """Followed up to the end."""

    today = "ended_on"
    ended_on = day_field(_("Sinds wanneer is het rond?"))
    outcome = forms.ChoiceField(label=_("Wat werd het?"), choices=FundOutcome.choices, widget=PickOne)


class BrokenForm(StepForm):
    """It doesn't go on."""

    today = "ended_on"
    ended_on = day_field(_("Sinds wanneer?"))
    reason = line(_("Waarom stopt het?"), 400)


STEP_FORMS: dict[tuple[str, str], type[StepForm]] = {
    ("right", "asked"): AskedForm,
    ("right", "granted"): GrantedForm,
    ("right", "refused"): RefusedForm,
    ("right", "dropped"): DroppedForm,
    ("support", "ended"): EndedForm,
    ("fund", "signed"): SignedForm,
    ("fund", "asked"): FundAskedForm,
    ("fund", "paid"): PaidForm,
    ("fund", "followed"): FollowedForm,
    ("fund", "broken"): BrokenForm,
}


class InspectionAskForm(forms.Form):
    """Who looks at the dwelling, and by when."""

    inspector = forms.ModelChoiceField(
        label=_("Aan welke wooncontroleur?"),
        queryset=User.objects.none(),
        empty_label=_("Kies een collega"),
    )
    due_on = day_field(_("Tegen wanneer?"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = User.objects.with_permission(Permission.INSPECTION_WORK, case.neighbourhood_id)
        self.fields["inspector"].queryset = may.order_by("first_name", "last_name", "pk")


class ConditionsForm(forms.Form):
    """The conditions of the fund: each yes, no or unknown, with a note."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, fund_file: EvictionFundFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {row.condition: row for row in EvictionFundAnswer.objects.filter(fund_file=fund_file)}
        for value, label in EvictionCondition.choices:
            row = known.get(value)
            self.fields[value] = forms.ChoiceField(
                label=label,
                choices=Answer.choices,
                widget=Segments(icons={"yes": "check-lg", "no": "x-lg", "unknown": "question-lg"}),
                initial=row.answer if row else Answer.UNKNOWN.value,
            )
            self.fields[f"{value}_note"] = line(
                _("Toelichting"), 200, required=False, initial=row.note if row else ""
            )

    def answers(self) -> dict[str, tuple[str, str]]:
        """Return what was answered."""
        data = self.cleaned_data
        return {value: (data[value], data[f"{value}_note"]) for value in EvictionCondition.values}
