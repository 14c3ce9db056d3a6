"""Forms of renovations, and of what is written with them."""

import re
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from accounts.widgets import PickOne, Segments
from cases.forms.choices import day_field, line
from cases.forms.fields import StoryField
from cases.models import Case
from housing.forms.stays import money_field
from housing.models import Dwelling, FundAnswer, Renovation, WorksList
from housing.models.renovation import MOST_KWH
from housing.renovation_enums import (
    Answer,
    EnergyLabel,
    FundCondition,
    RenovationFor,
    ScanMoment,
    SupportKind,
    SupportState,
    WorkState,
)
from housing.renovation_rules import support_names

_LABELS = [("", _("niet geweten")), *EnergyLabel.choices]


def _dwellings(case: Case) -> QuerySet[Dwelling]:
    """Where the family lives or lived, and what is in the building of a block case; no crisis dwelling."""
    return (
        Dwelling.objects.filter(
            Q(occupancies__household=case.household_id, occupancies__household__isnull=False)
            | Q(building__case_buildings__case=case),
            crisis__isnull=True,
        )
        .select_related("building")
        .distinct()
        .order_by("pk")
    )


def label_field(label: Any, **more: Any) -> forms.ChoiceField:
    """An EPC label, or not known."""
    return forms.ChoiceField(label=label, choices=_LABELS, required=False, widget=PickOne, **more)


# Works cost thousands: people type the point between them, or a space.
_THOUSANDS = re.compile(r"\d{1,3}([. ]\d{3})+(,\d{1,2})?")


class AmountField(forms.DecimalField):
    """An amount in euro, exact to the cent, with or without points between the thousands."""

    def to_python(self, value: Any) -> Decimal | None:
        """Take the points out before it is read as a number."""
        if isinstance(value, str) and _THOUSANDS.fullmatch(value.strip()):
            value = re.sub("[. ]", "", value.strip())
        return super().to_python(value)


amount_field = partial(money_field, most_digits=10, field=AmountField)


class _LedForm(forms.Form):
    """Who leads it, what for, and when we look again."""

    coach = forms.ModelChoiceField(
        label=_("Wie begeleidt de renovatie?"),
        queryset=User.objects.none(),
        empty_label=_("Kies een collega"),
    )
    done_for = forms.ChoiceField(label=_("Wie verbouwt?"), choices=RenovationFor.choices, widget=Segments)
    goal = line(_("Wat wil de eigenaar bereiken?"), 400)
    next_on = day_field(_("Wanneer kijken we opnieuw?"), required=False)
    next_step = line(_("Wat doen we dan?"), 200, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coach"].queryset = User.objects.with_permission(
            Permission.RENOVATION_WORK, case.neighbourhood_id
        ).order_by("first_name", "last_name", "pk")


class RenovationForm(_LedForm):
    """A new renovation of a case."""

    dwelling = forms.ModelChoiceField(
        label=_("Welke woning?"),
        queryset=Dwelling.objects.none(),
        empty_label=_("Kies een woning"),
        help_text=_("Staat ze er niet bij? Leg eerst vast waar het gezin woont."),
    )
    started_on = day_field(_("Sinds wanneer?"))
    is_running = forms.BooleanField(label=_("De begeleiding loopt al"), required=False)

    field_order = (
        "dwelling",
        "done_for",
        "goal",
        "coach",
        "started_on",
        "is_running",
        "next_on",
        "next_step",
    )

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["dwelling"].queryset = _dwellings(case)
        self.fields["started_on"].initial = timezone.localdate
        self.fields["coach"].initial = user.pk


class RenovationEditForm(_LedForm):
    """The same, of one that is there."""

    started_on = day_field(_("Sinds wanneer?"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class FinishForm(forms.Form):
    """What came of it."""

    ended_on = day_field(_("Wanneer waren de werken klaar?"))
    label_after = label_field(_("Welk energielabel heeft de woning nu?"))
    final_cost = amount_field(_("Wat kostte het in totaal? (euro)"), required=False)
    reached = forms.CharField(
        label=_("Wat is er bereikt?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].initial = timezone.localdate


class StopForm(forms.Form):
    """Why it doesn't go on."""

    ended_on = day_field(_("Sinds wanneer ligt het stil?"))
    reason = line(_("Waarom stopt de renovatie?"), 400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].initial = timezone.localdate


class FundForm(forms.Form):
    """The conditions of the Noodkoopfonds: each yes, no or unknown, with a note."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, answers: dict[str, FundAnswer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value, label in FundCondition.choices:
            known = answers.get(value)
            self.fields[value] = forms.ChoiceField(
                label=label,
                choices=Answer.choices,
                widget=Segments(icons={"yes": "check-lg", "no": "x-lg", "unknown": "question-lg"}),
                initial=known.answer if known else Answer.UNKNOWN.value,
            )
            self.fields[f"{value}_note"] = line(
                _("Toelichting"), 200, required=False, initial=known.note if known else ""
            )

    def answers(self) -> dict[str, tuple[str, str]]:
        """Return what was answered."""
        data = self.cleaned_data
        return {value: (data[value], data[f"{value}_note"]) for value in FundCondition.values}


class LineForm(forms.Form):
    """What is written with a renovation. Editing adds the version."""

    def __init__(self, *args: Any, renovation: Renovation, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)


class ScanForm(LineForm):
    """An energy scan."""

    moment = forms.ChoiceField(label=_("Voor of na de werken?"), choices=ScanMoment.choices, widget=Segments)
    scanned_on = day_field(_("Wanneer?"))
    scanned_by = line(_("Door wie?"), 120)
    label = label_field(_("EPC-label"))
    kwh = forms.IntegerField(
        label=_("Verbruik in kWh per m² en per jaar"),
        min_value=0,
        max_value=MOST_KWH,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    findings = StoryField(label=_("Wat is vastgesteld?"), longest=2000, rows=4, required=False)


class ListForm(LineForm):
    """Works that belong together."""

    title = line(
        _("Welke werken?"),
        120,
        help_text=_("Wat je samen aan een aannemer vraagt: het dak, de ramen en deuren."),
    )


class _InListForm(LineForm):
    works_list = forms.ModelChoiceField(
        label=_("Bij welke werken?"), queryset=WorksList.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, renovation: Renovation, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, renovation=renovation, is_new=is_new, **kwargs)
        self.fields["works_list"].queryset = renovation.lists.filter(is_struck=False).order_by("pk")


class WorkForm(_InListForm):
    """One work."""

    what = line(_("Wat moet er gebeuren?"), 200)
    place = line(_("Waar in de woning?"), 120, required=False)
    estimate = amount_field(_("Raming (euro)"), required=False)
    state = forms.ChoiceField(
        label=_("Hoe staat het?"), choices=WorkState.choices, widget=Segments, initial=WorkState.PLANNED.value
    )
    done_on = day_field(_("Klaar op"), required=False, help_text=_("Enkel als het werk klaar is."))


class QuoteForm(_InListForm):
    """A quote."""

    contractor = line(_("Welke aannemer?"), 120)
    amount = amount_field(_("Bedrag met btw (euro)"), least="0.01")
    dated_on = day_field(_("Datum van de offerte"))
    valid_until_on = day_field(_("Geldig tot en met"), required=False)


class SupportForm(LineForm):
    """A premium or a loan that was asked."""

    kind = forms.ChoiceField(label=_("Wat is gevraagd?"), choices=SupportKind.choices, widget=PickOne)
    other = line(_("Welke steun?"), 120, required=False, help_text=_("Enkel bij “iets anders”."))
    asked_on = day_field(_("Gevraagd op"))
    asked = amount_field(_("Gevraagd bedrag (euro)"), required=False)

    def __init__(self, *args: Any, renovation: Renovation, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, renovation=renovation, is_new=is_new, **kwargs)
        names = support_names(timezone.localdate())
        self.fields["kind"].choices = [
            (value, names.get(value, label)) for value, label in SupportKind.choices
        ]


class _PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Any number of photos; what each really is, the action judges by its content."""

    widget = _PhotosInput(attrs={"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return all of them."""
        one = super().clean
        return [one(each, initial) for each in data or [] if each]


class ProgressForm(LineForm):
    """How the works go."""

    seen_on = day_field(_("Wanneer?"))
    words = StoryField(label=_("Wat zag of hoorde je?"), longest=2000, rows=5)
    photos = PhotosField(
        label=_("Foto’s"),
        required=False,
        help_text=_("Je kunt er meer tegelijk kiezen. Plaatsgegevens gaan eruit."),
    )


LINE_FORMS: dict[str, type[LineForm]] = {
    "scan": ScanForm,
    "list": ListForm,
    "work": WorkForm,
    "quote": QuoteForm,
    "support": SupportForm,
    "progress": ProgressForm,
}
# Which day of a new line starts at today.
TODAY = {"scan": "scanned_on", "quote": "dated_on", "support": "asked_on", "progress": "seen_on"}


class ReasonForm(forms.Form):
    """Why."""

    reason = line(_("Waarom?"), 200)


class SupportDecisionForm(forms.Form):
    """What was decided."""

    state = forms.ChoiceField(label=_("Wat is er beslist?"), choices=SupportState.choices, widget=PickOne)
    decided_on = day_field(_("Beslist op"), required=False, help_text=_("Leeg zolang er niet beslist is."))
    granted = amount_field(_("Toegekend bedrag (euro)"), required=False)
    note = line(_("Toelichting"), 400, required=False, help_text=_("Bij een weigering: waarom."))
    version = forms.IntegerField(widget=forms.HiddenInput)
