"""Emergency access: why, and what the privacy officer says of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Circle
from accounts.models import User
from accounts.widgets import PickOne, Segments
from cases.forms.fields import CIRCLE_ICONS
from cases.models import Case, Emergency, GlassVerdict
from cases.perms import breakable_circles

_REASON_LENGTH = 500


class BreakGlassForm(forms.Form):
    """Which circle, what is the matter, and why it can't wait."""

    circle = forms.ChoiceField(label=_("Welke kring?"), widget=Segments(icons=CIRCLE_ICONS))
    emergency = forms.ChoiceField(
        label=_("Wat is er aan de hand?"), choices=Emergency.choices, widget=PickOne
    )
    reason = forms.CharField(
        label=_("Waarom kan het niet wachten?"),
        max_length=_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_(
            "Het hele team en de privacyverantwoordelijke lezen dit. Schrijf waarom je nu moet kijken, niet wat het"
            " gezin vertelde."
        ),
    )

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        circles = breakable_circles(user, case)
        self.fields["circle"].choices = [(circle.value, Circle(circle).label) for circle in circles]
        if len(circles) == 1:
            self.fields["circle"].initial = circles[0].value


class GlassVerdictForm(forms.Form):
    """Justified or not, and why."""

    verdict = forms.ChoiceField(
        label=_("Was dit terecht?"),
        choices=GlassVerdict.choices,
        widget=Segments(icons={"justified": "check-circle", "unjustified": "x-circle"}),
    )
    verdict_note = forms.CharField(
        label=_("Waarom vind je dat?"),
        max_length=_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Wie de kring opende en de trekker van het dossier lezen dit."),
    )
