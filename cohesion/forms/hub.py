"""Forms of the transition hub."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.widgets import ClockInput, PickOne
from cases.forms.choices import day_field, line, offer_neighbourhoods
from cohesion.actions.hub_places import Hours
from cohesion.enums import ActivityKind, Repeat, Weekday
from cohesion.models import Activity, HubPlace
from cohesion.models.activity import MOST_HELPERS, MOST_HOURS, MOST_PEOPLE

TIMES_A_DAY = 2  # open in the morning and again in the evening


def clock_field(label: Any, **more: Any) -> forms.TimeField:
    """A time of day."""
    return forms.TimeField(label=label, widget=ClockInput, **more)


def count_field(label: Any, most: int, **more: Any) -> forms.IntegerField:
    """A number of people; empty is nobody."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        **more,
    )


def _explanation(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        **more,
    )


class _PlaceWords(forms.Form):
    name = line(_("Hoe heet de plaats?"), 80)
    address = line(_("Adres"), 160, help_text=_("Straat en nummer, zoals het op de affiche moet staan."))
    description = _explanation(_("Wat kun je er doen?"))


class PlaceForm(_PlaceWords):
    """A new place."""

    neighbourhood = forms.ModelChoiceField(
        label=_("In welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=_("Kies een wijk")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_neighbourhoods(self, user, Permission.HUB_WORK)


class PlaceEditForm(_PlaceWords):
    """What is said of a place, and whether it is in use."""

    is_active = forms.BooleanField(
        label=_("In gebruik"),
        required=False,
        help_text=_(
            "Uit gebruik: er kan niets meer gepland worden, en ze staat niet meer op de publieke pagina."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class HoursForm(forms.Form):
    """When it is open: for each day two times that may stay empty."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in Weekday:
            for n in range(TIMES_A_DAY):
                words = {"day": str(day.label).capitalize()}
                opens = _("%(day)s van") if n == 0 else _("%(day)s ook van")
                self.fields[f"opens_{day.value}_{n}"] = clock_field(opens % words, required=False)
                self.fields[f"closes_{day.value}_{n}"] = clock_field(_("%(day)s tot") % words, required=False)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        rows = [
            Div(f"opens_{day.value}_{n}", f"closes_{day.value}_{n}", css_class="field-row all-optional")
            for day in Weekday
            for n in range(TIMES_A_DAY)
        ]
        self.helper.layout = Layout(*rows, "version")

    def clean(self) -> dict[str, Any]:
        """A time that opens also closes."""
        data = super().clean() or self.cleaned_data
        for day in Weekday:
            for n in range(TIMES_A_DAY):
                opens, closes = f"opens_{day.value}_{n}", f"closes_{day.value}_{n}"
                if opens in self.errors or closes in self.errors:
                    continue
                if (data.get(opens) is None) != (data.get(closes) is None):
                    self.add_error(
                        closes if data.get(closes) is None else opens, _("Vul van en tot allebei in.")
                    )
                elif data.get(opens) and data[closes] <= data[opens]:
                    self.add_error(closes, _("Het einde ligt voor het begin."))
        return data

    def hours(self) -> list[Hours]:
        """Return what was filled in."""
        data = self.cleaned_data
        return [
            (day.value, data[f"opens_{day.value}_{n}"], data[f"closes_{day.value}_{n}"])
            for day in Weekday
            for n in range(TIMES_A_DAY)
            if data.get(f"opens_{day.value}_{n}")
        ]


class ClosedForm(forms.Form):
    """On which days it is closed, and why."""

    from_on = day_field(_("Gesloten van"))
    until_on = day_field(_("Tot en met"))
    reason = line(_("Waarom?"), 120, help_text=_("Dit lezen bezoekers: verlof, werken, feestdag."))


class _ActivityWords(forms.Form):
    title = line(_("Hoe heet de activiteit?"), 80)
    kind = forms.ChoiceField(label=_("Wat is het?"), choices=ActivityKind.choices, widget=PickOne)
    place = forms.ModelChoiceField(label=_("Waar?"), queryset=HubPlace.objects.none(), empty_label=None)


class _ActivityMore(forms.Form):
    description = _explanation(_("Wat gebeurt er?"))
    for_whom = line(_("Voor wie?"), 120, required=False)
    hosts = line(
        _("Wie ontvangt?"),
        160,
        required=False,
        help_text=_("Voornamen of een organisatie. Dit komt op de affiche: vraag of het mag."),
    )
    is_public = forms.BooleanField(
        label=_("Op de affiche en op de publieke pagina"), required=False, initial=True
    )


class ActivityForm(_ActivityMore, _ActivityWords):
    """A new activity, once or returning."""

    starts_on = day_field(_("Op welke dag?"))
    starts_at = clock_field(_("Van"))
    ends_at = clock_field(_("Tot"))
    repeat = forms.ChoiceField(
        label=_("Hoe vaak?"), choices=Repeat.choices, widget=PickOne, initial=Repeat.ONCE.value
    )
    until_on = day_field(
        _("Tot en met welke dag?"),
        required=False,
        help_text=_("Enkel als ze terugkomt; hoogstens een jaar ver."),
    )
    field_order = (
        "title", "kind", "place", "starts_on", "starts_at", "ends_at", "repeat", "until_on",
        "description", "for_whom", "hosts", "is_public",
    )  # fmt: skip

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places


class ActivityEditForm(_ActivityMore, _ActivityWords):
    """What is said of an activity, its hours, and how long it goes on."""

    starts_at = clock_field(_("Van"))
    ends_at = clock_field(_("Tot"), help_text=_("Geldt voor wat nog komt en niet apart verplaatst is."))
    until_on = day_field(_("Laatste keer"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = (
        "title", "kind", "place", "starts_at", "ends_at", "until_on", "description", "for_whom", "hosts", "is_public",
    )  # fmt: skip

    def __init__(self, *args: Any, places: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        if activity.repeat == Repeat.ONCE:
            del self.fields["until_on"]


class MoveForm(forms.Form):
    """Another day or hour for one moment."""

    on = day_field(_("Op welke dag?"))
    starts_at = clock_field(_("Van"))
    ends_at = clock_field(_("Tot"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class CancelForm(forms.Form):
    """Why it doesn't go on."""

    reason = line(
        _("Waarom gaat het niet door?"), 160, help_text=_("Dit komt op de affiche en op de publieke pagina.")
    )


class CountForm(forms.Form):
    """How many came; nobody's name."""

    new_count = count_field(_("Hoeveel mensen kwamen voor het eerst?"), MOST_PEOPLE)
    returning_count = count_field(_("Hoeveel kwamen er terug?"), MOST_PEOPLE)
    helper_count = count_field(_("Hoeveel vrijwilligers hielpen?"), MOST_HELPERS)
    helper_hours = forms.DecimalField(
        label=_("Hoeveel uren samen?"),
        required=False,
        max_digits=6,
        decimal_places=2,
        localize=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS)],
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Drie mensen die elk twee uur hielpen: 6."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Empty is nobody, but one of the first two says that somebody counted."""
        data = super().clean() or self.cleaned_data
        counted = ("new_count", "returning_count")
        if all(data.get(name) is None and name not in self.errors for name in counted):
            self.add_error("new_count", _("Vul in hoeveel mensen er kwamen. Niemand? Zet dan 0."))
        for name in (*counted, "helper_count"):
            if name in data and data[name] is None:
                data[name] = 0
        if "helper_hours" in data and data["helper_hours"] is None:
            data["helper_hours"] = Decimal(0)
        return data


def hours_initial(rows: Any) -> dict[str, dt.time]:
    """Return the values of HoursForm for what stands there."""
    found: dict[str, dt.time] = {}
    seen: dict[int, int] = {}
    for row in rows:
        n = seen.get(row.weekday, 0)
        if n < TIMES_A_DAY:
            found[f"opens_{row.weekday}_{n}"], found[f"closes_{row.weekday}_{n}"] = row.opens, row.closes
        seen[row.weekday] = n + 1
    return found
