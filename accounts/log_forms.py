"""Forms of the access log: what to look for, what came of asking, how strict it is, and one's own street."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms import SetupForm
from accounts.looks import LookKind
from accounts.models import LookRules, UnusualVerdict, User
from accounts.permissions import Permission
from accounts.widgets import ClockInput, DayInput, PickOne

_LARGEST = 2**63 - 1


class AccessLogForm(forms.Form):
    """Which looks to show. Nonsense in the address is left out, and said."""

    user = forms.ModelChoiceField(
        label=_("Collega"), queryset=User.objects.none(), required=False, empty_label=_("iedereen")
    )
    case = forms.CharField(label=_("Dossiernummer"), max_length=20, required=False)
    person = forms.IntegerField(
        label=_("Nummer van de persoon"), required=False, min_value=1, max_value=_LARGEST
    )
    kind = forms.ChoiceField(label=_("Soort inzage"), required=False)
    from_on = forms.DateField(label=_("Vanaf"), required=False, widget=DayInput)
    until_on = forms.DateField(label=_("Tot en met"), required=False, widget=DayInput)
    unusual = forms.BooleanField(label=_("Alleen ongewone inzages"), required=False)

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = reader.access.where(Permission.ACCESS_LOG_READ)
        colleagues = User.objects.filter(memberships__neighbourhood_id__in=where).distinct()
        self.fields["user"].queryset = colleagues.order_by("first_name", "last_name", "pk")
        self.fields["kind"].choices = [("", _("alles")), *LookKind.choices]

    def clean_case(self) -> str:
        """Numbers are written in capitals."""
        return str(self.cleaned_data["case"]).strip().upper()

    def _day(self, name: str) -> Any:
        day = self.cleaned_data[name]
        if day is not None and not 2000 <= day.year <= timezone.localdate().year + 1:
            raise forms.ValidationError(_("Kijk het jaar na."))
        return day

    def clean_from_on(self) -> Any:
        """A day of our time."""
        return self._day("from_on")

    def clean_until_on(self) -> Any:
        """A day of our time."""
        return self._day("until_on")


class UnusualForm(forms.Form):
    """What came of asking the colleague."""

    verdict = forms.ChoiceField(label=_("Wat kwam eruit?"), choices=UnusualVerdict.choices, widget=PickOne)
    note = forms.CharField(
        label=_("Notitie"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Kort: wie je sprak en wat je afsprak. Geen namen van gezinnen."),
    )


class LookRulesForm(SetupForm):
    """From when a look is unusual in one neighbourhood."""

    model = LookRules
    names = ("cases_per_hour", "refused_per_hour", "day_from", "day_until", "weekend_is_unusual")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("day_from", "day_until"):
            self.fields[name].widget = ClockInput()

    def clean(self) -> dict[str, Any]:
        """What the database would refuse is said beside the field."""
        data = super().clean() or {}
        for name in ("cases_per_hour", "refused_per_hour"):
            if name in data and not 2 <= data[name] <= 500:
                self.add_error(name, _("Kies een aantal tussen 2 en 500."))
        if data.get("day_from") and data.get("day_until") and data["day_from"] >= data["day_until"]:
            self.add_error("day_until", _("De werkdag eindigt nadat ze begint."))
        return data


class HomeStreetForm(forms.Form):
    """The street where a colleague lives. Left empty, it is forgotten."""

    street = forms.CharField(
        label=_("Straat"),
        max_length=120,
        required=False,
        help_text=_("Alleen de naam van de straat, zonder huisnummer. Leegmaken is vergeten."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
