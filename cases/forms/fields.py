"""Fields that several forms of a case share."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.widgets import Segments
from cases.actions.write_note import LONGEST_TEXT
from cases.circles import CIRCLE_CHOICES
from cases.models import Case
from cases.perms import choosable_circles
from cases.timeline import default_circle

CIRCLE_ICONS = {"shared": "people", "care": "heart", "legal": "briefcase", "enforcement": "shield"}


class StoryField(forms.CharField):
    """A long text. The browser never cuts off what is pasted: too long is said, with everything still there."""

    def __init__(self, *, longest: int = LONGEST_TEXT, rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "dir": "auto"}))
        super().__init__(**kwargs)
        self.validators.append(
            MaxLengthValidator(
                longest,
                _(
                    "Dit is te lang: %(show_value)d tekens, en er passen er %(limit_value)d. Kort in of splits."
                ),
            )
        )

    def to_python(self, value: Any) -> str:
        """Count an end of line as one character, whatever the browser sends."""
        return super().to_python(value).replace("\r\n", "\n")


class CircleField(forms.ChoiceField):
    """Who may read it. Not answered means the circle that stands ready."""

    def clean(self, value: Any) -> str:
        """Fall back on the default of the writer's role."""
        return super().clean(value or self.initial)


def circle_field(user: User, case: Case, kind_code: str) -> CircleField | None:
    """Return the choice of who may read this, or None when there is only one answer."""
    circles = choosable_circles(user, case)
    if len(circles) == 1:
        return None
    return CircleField(
        label=_("Wie mag dit lezen?"),
        choices=[(circle.value, CIRCLE_CHOICES[circle]) for circle in circles],
        initial=default_circle(kind_code, by=user, case=case),
        widget=Segments(icons=CIRCLE_ICONS),
        help_text=_("Collega's buiten de kring zien dat er iets gebeurde en wanneer, niet wat."),
    )


def moment_of(day: dt.date, time: dt.time) -> dt.datetime:
    """Return the moment of a day and a time as typed here, in local time."""
    return timezone.make_aware(dt.datetime.combine(day, time))


class PlausibleDateField(forms.DateField):
    """A day that somebody who lives now could mean; the action says what is sensible for its own purpose."""

    def clean(self, value: Any) -> dt.date | None:
        """Refuse years that are a slip of the finger before anybody calculates with them."""
        day = super().clean(value)
        if day is not None and not 1900 <= day.year <= timezone.localdate().year + 50:
            raise forms.ValidationError(_("Kijk het jaar na."))
        return day
