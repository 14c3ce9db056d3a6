"""Logging a contact."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.widgets import ClockInput, DayInput, Segments
from cases.enums import ContactChannel, ContactDirection, ContactResult
from cases.forms.fields import PlausibleDateField, StoryField, circle_field, moment_of
from cases.models import Case

CHANNEL_ICONS = {
    "phone": "telephone",
    "message": "chat-left-text",
    "email": "envelope",
    "office": "building",
    "street": "signpost",
}


class ContactForm(forms.Form):
    """In the order in which one tells it: how, who began, with whom, when, and what was said."""

    channel = forms.ChoiceField(
        label=_("Hoe?"),
        choices=ContactChannel.choices,
        initial=ContactChannel.PHONE,
        widget=Segments(icons=CHANNEL_ICONS),
    )
    direction = forms.ChoiceField(
        label=_("Wie nam contact op?"),
        choices=ContactDirection.choices,
        initial=ContactDirection.OUT,
        widget=Segments,
    )
    result = forms.ChoiceField(
        label=_("Hoe liep het?"),
        choices=ContactResult.choices,
        initial=ContactResult.REACHED,
        widget=Segments,
    )
    with_whom = forms.CharField(
        label=_("Met wie van het gezin?"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    day = PlausibleDateField(label=_("Dag"), widget=DayInput)
    time = forms.TimeField(label=_("Uur"), widget=ClockInput)
    body = StoryField(label=_("Wat is er gezegd?"), required=False)

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.localtime()
        self.fields["day"].initial, self.fields["time"].initial = now.date(), now.time()
        self.fields["day"].widget.attrs["max"] = now.date().isoformat()
        if field := circle_field(user, case, "cases.contact"):
            self.fields["circle"] = field

    def clean(self) -> dict[str, Any]:
        """Put day and time together."""
        data = super().clean() or {}
        if data.get("day") and data.get("time"):
            data["occurred_at"] = moment_of(data.pop("day"), data.pop("time"))
        return data
