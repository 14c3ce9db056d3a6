"""Forms of a round."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.choices import day_field, line
from surveys.actions.rounds import MOST_CODES
from surveys.forms.questionnaires import LinesField
from surveys.models.round import MOST_INVITED


class RoundEditForm(forms.Form):
    """What is said of a round that is there."""

    name = line(_("Hoe heet deze ronde?"), 80, help_text=_("Bijvoorbeeld: najaar 2026."))
    until_on = day_field(_("Tot en met"), help_text=_("De resultaten staan er als de ronde afgelopen is."))
    audience = line(
        _("Voor wie?"), 160, required=False, help_text=_("Bijvoorbeeld: elke voordeur in drie straten.")
    )
    invited_count = forms.IntegerField(
        label=_("Hoeveel mensen worden uitgenodigd?"),
        required=False,
        min_value=1,
        max_value=MOST_INVITED,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Dan kun je zien hoeveel er van hen antwoordden."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RoundForm(RoundEditForm):
    """A new round."""

    from_on = day_field(_("Vanaf"))
    streets = LinesField(
        label=_("Straten om uit te kiezen, elk op een regel"),
        required=False,
        help_text=_("Wie invult, mag een straat kiezen. Leeg: dan vragen we er niet naar."),
    )
    version = None  # type: ignore[assignment]
    field_order = ("name", "from_on", "until_on", "audience", "invited_count", "streets")


class CodesForm(forms.Form):
    """How many codes, and the seed of this sheet."""

    count = forms.IntegerField(
        label=_("Hoeveel codes?"),
        min_value=1,
        max_value=MOST_CODES,
        initial=40,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_(
            "Druk af, knip en deel uit. Elke code is voor één antwoord. We bewaren ze nergens leesbaar."
        ),
    )
    seed = forms.UUIDField(widget=forms.HiddenInput)
