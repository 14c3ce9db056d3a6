"""Reference data: the next value of a code, and confirming one."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.widgets import PickOne, Segments
from arsenaal.lib.registries import ReferenceCode
from cases.enums import Certainty, ReferenceKind
from cases.forms.choices import day_field, line
from cases.reference import TEXT_KINDS


class ReferenceValueForm(forms.Form):
    """The value that holds from a day on."""

    number = forms.DecimalField(
        label=_("Waarde"), max_digits=14, decimal_places=4, localize=True, min_value=0
    )
    text = line(_("Waarde"), 400)
    valid_from = day_field(_("Vanaf welke dag?"))
    source = line(_("Waar staat dat?"), 300, help_text=_("De wet, het besluit of de webpagina."))
    certainty = forms.ChoiceField(
        label=_("Hoe zeker is het?"),
        choices=Certainty.choices,
        initial=Certainty.CERTAIN,
        widget=PickOne,
        help_text=_("Wat niet zeker is, krijgt op elk scherm een teken."),
    )
    note = line(_("Opmerking"), 400, required=False)

    def __init__(self, *args: Any, spec: ReferenceCode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate
        if spec.kind in TEXT_KINDS:
            del self.fields["number"]
        else:
            del self.fields["text"]
            unit = spec.unit or ReferenceKind(spec.kind).label
            self.fields["number"].help_text = unit
        if spec.kind == ReferenceKind.YES_NO:
            self.fields["text"] = forms.ChoiceField(
                label=spec.label, choices=[("yes", _("ja")), ("no", _("nee"))], widget=Segments
            )
            self.order_fields(["text"])


class ReferenceConfirmForm(forms.Form):
    """Where one found that a doubtful value is right."""

    source = line(_("Waar staat dat?"), 300, help_text=_("De wet, het besluit of de webpagina."))
