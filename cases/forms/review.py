"""Forms of the weekly review."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.widgets import DayInput
from cases.models import Review


class DecisionForm(forms.Form):
    """A decision; with a name and a date it becomes a task."""

    text = forms.CharField(
        label=_("Wat beslissen we?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "data-key": "b", "dir": "auto"}),
    )
    assignee = forms.ModelChoiceField(
        label=_("Wie doet dit?"), queryset=User.objects.none(), required=False, empty_label=_("niemand")
    )
    due_on = forms.DateField(label=_("Tegen wanneer?"), required=False, widget=DayInput)

    def __init__(self, *args, colleagues, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = colleagues

    def clean_due_on(self) -> dt.date | None:
        """A task is for today or later, and not further than a year away."""
        due_on = self.cleaned_data["due_on"]
        today = timezone.localdate()
        if due_on is not None and not today <= due_on <= today + dt.timedelta(days=366):
            raise forms.ValidationError(_("Kies een dag tussen vandaag en volgend jaar."))
        return due_on


class AttendanceForm(forms.Form):
    """Who is in the room."""

    present = forms.MultipleChoiceField(
        label=_("Wie is er?"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"data-key": "a"})
    )

    def __init__(self, *args, review: Review, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        rows = list(review.attendance.select_related("user").order_by("pk"))
        self.fields["present"].choices = [
            (str(row.user_id), f"{row.user} · {row.role_label}") for row in rows
        ]
        self.fields["present"].initial = [str(row.user_id) for row in rows if row.is_present]
