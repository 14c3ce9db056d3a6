"""Forms about what a resident asks."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.widgets import PickOne
from cases.forms.choices import DIR_AUTO, day_field, line
from rights.enums import Identity, RefusalGround, RestrictionGround


def story(label: Any, longest: int, **more: Any) -> forms.CharField:
    """A text of a few lines, in any direction of writing."""
    return forms.CharField(
        label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": 3, **DIR_AUTO}), **more
    )


class AskForm(forms.Form):
    """Who asks, when, and how we know that it is him."""

    received_on = day_field(_("Wanneer werd het gevraagd?"))
    identity = forms.ChoiceField(
        label=_("Hoe weten we wie het vraagt?"), choices=Identity.choices, widget=PickOne
    )
    asked_by = line(
        _("Wie vraagt het?"),
        120,
        required=False,
        help_text=_("Alleen als iemand anders het vraagt. Bewaar geen kopie van een identiteitskaart."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate


class RectifyForm(AskForm):
    """What is wrong, and what it has to be."""

    subject = story(_("Wat is er fout?"), 1000)
    wanted = story(_("Wat moet het zijn?"), 1000)


class RestrictForm(AskForm):
    """Why the data may only be kept for now."""

    restriction_ground = forms.ChoiceField(
        label=_("Waarom beperken?"), choices=RestrictionGround.choices, widget=PickOne
    )


class EraseForm(AskForm):
    """How much goes, and the number of the case to be sure."""

    all_words = forms.BooleanField(
        label=_("Haal ook alle verhalen van de tijdlijn weg"),
        required=False,
        help_text=_("Anders gaan alleen de verhalen weg waarin deze persoon genoemd wordt."),
    )
    number = line(_("Typ het nummer over"), 20)


class AgreeForm(forms.Form):
    """What the person is told."""

    answer = story(_("Wat zeg je de bewoner?"), 1000, required=False)


class ApproveEraseForm(AgreeForm):
    """The number once more: this can't be undone."""

    number = line(_("Typ het nummer over"), 20)


class FinishForm(forms.Form):
    """What was put right."""

    answer = story(_("Wat veranderde je, en wat zei je de bewoner?"), 1000)


class RefuseForm(forms.Form):
    """On which ground, and what the person is told."""

    ground = forms.ChoiceField(label=_("Op welke grond?"), choices=RefusalGround.choices, widget=PickOne)
    answer = story(
        _("Wat zeg je de bewoner?"),
        1000,
        help_text=_("Zeg ook dat de bewoner klacht kan indienen bij de Vlaamse Toezichtcommissie."),
    )


class WithdrawForm(forms.Form):
    """What the person said."""

    answer = story(_("Wat zei de bewoner?"), 1000)


class ReasonForm(forms.Form):
    """A reason, for whoever reads this later."""

    reason = story(_("Waarom?"), 400)
