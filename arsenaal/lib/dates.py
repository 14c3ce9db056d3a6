"""Dates that can be meant: not from before 1900 and not many years ahead."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

EARLIEST = dt.date(1900, 1, 1)


def validate_sensible_date(value: dt.date) -> None:
    """Refuse a date before 1900 or more than five years ahead: a slip of the keyboard."""
    if value < EARLIEST:
        raise ValidationError(_("Deze datum ligt voor 1900. Kijk het jaartal na."))
    if value > timezone.localdate() + dt.timedelta(days=5 * 366):
        raise ValidationError(_("Deze datum ligt meer dan vijf jaar vooruit. Kijk het jaartal na."))


def validate_not_future(value: dt.date) -> None:
    """Refuse a date that still has to come, or one from before 1900."""
    validate_sensible_date(value)
    if value > timezone.localdate():
        raise ValidationError(_("Deze datum moet nog komen. Kies vandaag of vroeger."))
