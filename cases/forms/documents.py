"""Documents: the file and what is written beside it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.widgets import PickOne
from cases.enums import DocumentKind
from cases.forms.choices import day_field, line
from cases.forms.fields import circle_field
from cases.models import Case, Document


class _DetailsForm(forms.Form):
    """What is written beside a file."""

    title = line(_("Wat is het?"), 140, help_text=_("Bijvoorbeeld: brief van de verhuurder over de huur."))
    kind = forms.ChoiceField(label=_("Soort"), choices=DocumentKind.choices, widget=PickOne)
    dated_on = day_field(_("Datum van het document"))
    description = line(_("Waarover gaat het?"), 400, required=False)


class DocumentForm(_DetailsForm):
    """A new document: the file first, then what it is and who may read it."""

    file = forms.FileField(
        label=_("Foto of pdf"),
        max_length=255,
        allow_empty_file=True,  # the action says it in words
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
        help_text=_("Neem een foto of kies een pdf, tot 25 MB. Plaats en toestel gaan er vanzelf uit."),
    )

    def __init__(self, *args: Any, user: User, case: Case, is_sheet: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := circle_field(user, case, "cases.document"):
            self.fields["circle"] = field
        self.fields["dated_on"].initial = timezone.localdate
        self.fields["kind"].initial = DocumentKind.AGREEMENT if is_sheet else DocumentKind.LETTER
        if is_sheet:
            self.fields["title"].initial = _("Ondertekend blad van de toestemming")
        self.order_fields(["file", "title", "kind", "circle", "dated_on", "description"])


class DocumentCorrectForm(_DetailsForm):
    """What stands beside a file, as it stands now."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            name: getattr(document, name) for name in ("title", "kind", "dated_on", "description", "version")
        }
