"""The period over which a family is told who looked."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.widgets import DayInput
from cases.forms.fields import PlausibleDateField


def default_period() -> tuple[dt.date, dt.date]:
    """The last year up to and including today."""
    today = timezone.localdate()
    return today - dt.timedelta(days=365), today


class LooksForm(forms.Form):
    """From which day until which day."""

    from_on = PlausibleDateField(label=_("Vanaf"), widget=DayInput)
    until_on = PlausibleDateField(label=_("Tot en met"), widget=DayInput)

    def clean(self) -> dict[str, Any]:
        """The first day comes first."""
        data = super().clean() or {}
        start, end = data.get("from_on"), data.get("until_on")
        if start and end and end < start:
            self.add_error("until_on", _("De laatste dag ligt voor de eerste."))
        return data
