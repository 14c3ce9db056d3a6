"""Writing a note."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import User
from accounts.widgets import PickOne
from cases.forms.fields import StoryField, circle_field
from cases.models import Case


class NoteForm(forms.Form):
    """Text first; who may read it; then what may stay empty."""

    body = StoryField(label=_("Wat wil je onthouden?"), rows=7)
    title = forms.CharField(
        label=_("In enkele woorden"),
        max_length=120,
        required=False,
        help_text=_("Staat vet op de tijdlijn."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    goal = forms.ChoiceField(
        label=_("Bij welke doelstelling hoort dit?"),
        choices=[("", _("geen")), *Goal.choices],
        required=False,
        widget=PickOne,
    )

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := circle_field(user, case, "cases.note"):
            self.fields["circle"] = field
        self.order_fields(["body", "circle", "title", "goal"])
        self.fields["body"].widget.attrs["autofocus"] = True
