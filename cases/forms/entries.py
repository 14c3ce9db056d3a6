"""Correcting and redacting what stands on the timeline."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import StoryField
from cases.models import TimelineEntry


class CorrectForm(forms.Form):
    """The words of a note or a contact, as they stand now."""

    title = forms.CharField(
        label=_("In enkele woorden"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    with_whom = forms.CharField(
        label=_("Met wie van het gezin?"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    body = StoryField(label=_("Tekst"), required=False, rows=8)

    def __init__(self, *args: Any, entry: TimelineEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_contact = entry.kind == "cases.contact"
        self.fields.pop("title" if is_contact else "with_whom")
        self.initial = {
            "title": entry.title,
            "body": entry.body,
            "with_whom": entry.data.get("with_whom", ""),
        }


class RedactForm(forms.Form):
    """Why the words must go. The words themselves never stand in the reason."""

    reason = forms.CharField(
        label=_("Waarom haal je dit weg?"),
        max_length=300,
        help_text=_("Bijvoorbeeld: stond in het verkeerde dossier. Herhaal niet wat er stond."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
