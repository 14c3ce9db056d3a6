"""The form with which a report is asked for."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Neighbourhood
from accounts.widgets import DayInput, PickOne
from arsenaal.lib.registries import Period
from reporting.periods import quarter_key, quarter_name, quarter_of, recent_quarters

OWN_DATES = "dates"


class ReportForm(forms.Form):
    """Which neighbourhood, and a quarter or dates of one's own."""

    neighbourhood = forms.ModelChoiceField(
        label=gettext_lazy("Wijk"), queryset=Neighbourhood.objects.none(), empty_label=None
    )
    quarter = forms.ChoiceField(label=gettext_lazy("Over welke periode?"), widget=PickOne)
    period_start = forms.DateField(
        label=gettext_lazy("Van"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("Alleen als je zelf datums kiest."),
    )
    period_end = forms.DateField(
        label=gettext_lazy("Tot en met"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("Deze dag telt nog mee."),
    )

    def __init__(self, *args: Any, neighbourhoods: QuerySet[Neighbourhood], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.periods = {quarter_key(period): period for period in recent_quarters(today)}
        self.periods[quarter_key(quarter_of(today))] = Period(quarter_of(today).start, today)
        self.fields["neighbourhood"].queryset = neighbourhoods
        self.fields["neighbourhood"].initial = neighbourhoods.first()
        self.fields["quarter"].choices = self._choices(today)
        self.fields["quarter"].initial = next(iter(self.periods))
        if len(neighbourhoods) <= 1:
            self.fields["neighbourhood"].widget = forms.HiddenInput()
        self.helper = FormHelper()
        self.helper.form_tag = False
        dates = Div("period_start", "period_end", css_class="field-row")
        self.helper.layout = Layout("neighbourhood", "quarter", dates)

    def _choices(self, today: dt.date) -> list[tuple[str, str]]:
        running = quarter_key(quarter_of(today))
        choices = [
            (key, capfirst(quarter_name(period))) for key, period in self.periods.items() if key != running
        ]
        return [*choices, (running, _("Dit kwartaal tot vandaag")), (OWN_DATES, _("Zelf datums kiezen"))]

    def clean(self) -> dict[str, Any]:
        """Work out the period: a quarter, or both dates."""
        data = super().clean() or {}
        chosen = data.get("quarter")
        if chosen == OWN_DATES:
            for name in ("period_start", "period_end"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Vul een datum in, of kies hierboven een kwartaal."))
        elif chosen:
            period = self.periods[chosen]
            for name in ("period_start", "period_end"):
                self.errors.pop(name, None)  # a date typed before a quarter was picked after all
            data["period_start"], data["period_end"] = period.start, period.end
        return data
