"""When an answer to a resident is due: within one month, and two more when that is told with a reason."""

import calendar
import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arsenaal.lib.registries import Term, TermSource
from arsenaal.lib.workdays import next_working_day
from people.enums import LeaveReason
from rights.models import RightsRequest


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the day with the same number so many months later, or the last day of that month when it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def answer_due(received_on: dt.date, *, extended: bool = False) -> dt.date:
    """Return the last day to answer: a month after receipt, three when it was extended (GDPR art. 12.3).

    A term that ends on a day on which nobody works ends on the next working day (Regulation 1182/71, art. 3.4).
    """
    return next_working_day(months_later(received_on, 3 if extended else 1))


def requests(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Unanswered requests of whoever belongs, or belonged, to the household of these cases."""
    rows = (
        RightsRequest.objects.unanswered()
        .filter(person__memberships__household__cases__in=case_ids, due_on__lte=until)
        .exclude(person__memberships__leave_reason=LeaveReason.MISTAKE)
        .values_list("pk", "kind", "due_on", "person__memberships__household__cases")
        .order_by("due_on", "pk")
        .distinct()
    )
    return [
        Term(
            due_on=due_on,
            label=_("Antwoord op een verzoek van de bewoner"),
            source=_("AVG, artikel 12.3"),
            holder=_("de coördinator"),
            case_id=case_id,
            url=reverse("rights:request", args=[pk]),
            consequence=_("antwoord, of verleng met een reden"),
        )
        for pk, _kind, due_on, case_id in rows
        if case_id in case_ids
    ]


TERM_SOURCES = (TermSource("rights.requests", gettext_lazy("verzoeken van bewoners"), requests),)
