"""The terms that agreements, stays and aftercare bring. Each source does one query for all the cases."""

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arsenaal.lib.registries import Term, TermSource
from housing.agreement_enums import AftercareState, BreachNext, RequestState, StayState
from housing.models import AftercareCheck, ObligationDue, Stay, StayExtension


def obligations(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Obligations of agreements that bind, which are still to be done by a day."""
    rows = (
        ObligationDue.objects.open()
        .filter(agreement__case__in=case_ids, due_on__lte=until)
        .select_related("obligation__party", "agreement")
        .order_by("due_on", "pk")
    )
    return [
        Term(
            due_on=due.due_on,
            label=due.obligation.text,
            source=due.agreement.title,
            holder=due.obligation.party.name,
            case_id=due.agreement.case_id,
            url=due.get_absolute_url(),
            consequence=due.obligation.breach_text
            or (
                str(due.obligation.get_breach_next_display())
                if due.obligation.breach_next != BreachNext.NOTHING
                else _("beslis of de verbintenis is nagekomen")
            ),
        )
        for due in rows
        if due.due_on
    ]


def returns(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """The day on which a stay ends."""
    rows = (
        Stay.objects.filter(
            case__in=case_ids,
            state__in=[StayState.PLANNED, StayState.RUNNING],
            period__until_on__lte=until,
        )
        .select_related("period", "case__lead")
        .order_by("period__until_on", "pk")
    )
    return [
        Term(
            due_on=stay.period.until_on,
            label=_("Verblijf in de crisiswoning loopt af"),
            source=_("verblijf in een crisiswoning"),
            holder=str(stay.case.lead),
            case_id=stay.case_id,
            url=stay.get_absolute_url(),
            consequence=_("laat het gezin terugkeren, of vraag een verlenging"),
        )
        for stay in rows
    ]


def longer_stays(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Longer stays that were asked and wait for a decision, due on the day that the stay would end."""
    rows = (
        StayExtension.objects.filter(
            stay__case__in=case_ids, state=RequestState.ASKED, old_until_on__lte=until
        )
        .select_related("stay__period__crisis_dwelling__operator")
        .order_by("old_until_on", "pk")
    )
    return [
        Term(
            due_on=extension.old_until_on,
            label=_("Beslissen over een langer verblijf"),
            source=_("verblijf in een crisiswoning"),
            holder=str(extension.stay.period.crisis_dwelling.operator),
            case_id=extension.stay.case_id,
            url=extension.stay.get_absolute_url(),
            consequence=_("beslis voor het verblijf afloopt"),
        )
        for extension in rows
    ]


def aftercare(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Aftercare that is still to be done."""
    rows = (
        AftercareCheck.objects.filter(case__in=case_ids, state=AftercareState.PLANNED, due_on__lte=until)
        .select_related("case__lead")
        .order_by("due_on", "pk")
    )
    return [
        Term(
            due_on=check.due_on,
            label=_("Nazorg na %(n)d maanden") % {"n": check.months},
            source=_("nazorg na een verblijf"),
            holder=str(check.case.lead),
            case_id=check.case_id,
            url=reverse("housing:aftercare-done", args=[check.pk]),
            consequence=_("ga langs of bel, en schrijf op hoe het gaat"),
        )
        for check in rows
    ]


TERM_SOURCES = (
    TermSource("housing.obligations", gettext_lazy("Verbintenissen"), obligations),
    TermSource("housing.returns", gettext_lazy("Einde van een verblijf"), returns),
    TermSource("housing.longer_stays", gettext_lazy("Verlengingen van een verblijf"), longer_stays),
    TermSource("housing.aftercare", gettext_lazy("Nazorg"), aftercare),
)
