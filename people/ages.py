"""Saying how old somebody is."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _


def years_old(born_on: dt.date | None, birth_year: int | None) -> str:
    """Say how old somebody is, or about."""
    today = timezone.localdate()
    if born_on:
        years = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
        if years < 2:
            months = (
                (today.year - born_on.year) * 12 + today.month - born_on.month - (today.day < born_on.day)
            )
            return _("%(n)d maanden") % {"n": months} if months != 1 else _("1 maand")
        return _("%(n)d jaar") % {"n": years}
    if birth_year:
        return _("ongeveer %(n)d jaar") % {"n": today.year - birth_year}
    return ""
