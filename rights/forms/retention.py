"""Forms about how long things are kept."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.widgets import PickOne
from cases.forms.choices import day_field, line
from rights.enums import Certainty, Destination
from rights.models import RetentionRule


class RuleForm(forms.Form):
    """A new version of a selection rule."""

    name = line(_("Naam"), 120)
    months = forms.IntegerField(
        label=_("Termijn in maanden"), min_value=1, max_value=600, help_text=_("Tien jaar is 120 maanden.")
    )
    ground = line(_("Grond"), 300, help_text=_("De wet, of de beslissing van de selectiecommissie."))
    destination = forms.ChoiceField(label=_("Bestemming"), choices=Destination.choices, widget=PickOne)
    certainty = forms.ChoiceField(label=_("Zekerheid"), choices=Certainty.choices, widget=PickOne)
    from_on = day_field(_("Geldt vanaf"))

    @staticmethod
    def initial_of(rule: RetentionRule) -> dict[str, Any]:
        """Start from what holds now, from tomorrow on."""
        fields = ("name", "months", "ground", "destination", "certainty")
        return {
            **{name: getattr(rule, name) for name in fields},
            "from_on": timezone.localdate() + dt.timedelta(days=1),
        }


class ApproveForm(forms.Form):
    """The version of the list as it was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
