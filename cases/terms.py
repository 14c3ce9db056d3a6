"""The terms (dates with consequences) that this package brings: steps, tasks, questions to services,
consents.

Each source does one query for all the cases it is asked about; what is overdue is included. Who asks has
already kept to the cases that the reader may see.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arsenaal.lib.registries import Term, TermSource
from cases.models import CONSENT_WARNING_DAYS, Consent, HelpRequest, PlanStep, Task


def told_once(terms: Iterable[Term], blocks: Mapping[int, int | None]) -> list[Term]:
    """Leave out what the case of a household says after its block: the same day in the same words.

    `blocks` gives the block case of each case. A block tells a term that its dwellings share once, with how many.
    """
    found = list(terms)
    told = defaultdict(list)
    for term in found:
        told[(term.case_id, term.due_on)].append(term.label)

    def is_told(term: Term) -> bool:
        block = blocks.get(term.case_id or 0)
        return block is not None and any(
            label == term.label or label.startswith(f"{term.label} (")
            for label in told.get((block, term.due_on), ())
        )

    return [term for term in found if not is_told(term)]


def _on_case(number: str, panel: str) -> str:
    return f"{reverse('cases:case', args=[number])}#{panel}"


def steps(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Steps of the plan that are open and have a date."""
    rows = (
        PlanStep.objects.open()
        .filter(case_id__in=case_ids, due_on__lte=until)
        .select_related("case", "assignee", "organisation")
        .order_by("due_on", "pk")
    )
    return [
        Term(
            due_on=step.due_on,
            label=step.title,
            source=_("plan op maat"),
            holder=str(step.assignee or step.organisation or _("nog niemand")),
            case_id=step.case_id,
            url=_on_case(step.case.number, "plan"),
            consequence=_("bespreek of de stap blijft, en tegen wanneer"),
        )
        for step in rows
        if step.due_on
    ]


def tasks(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Open tasks of a case."""
    rows = (
        Task.objects.open()
        .filter(case_id__in=case_ids, due_on__lte=until)
        .select_related("case", "assignee")
        .order_by("due_on", "pk")
    )
    return [
        Term(
            due_on=task.due_on,
            label=task.title,
            source=_("taak"),
            holder=str(task.assignee),
            case_id=task.case_id,
            url=_on_case(task.case.number, "tasks") if task.case else reverse("cases:task-list"),
        )
        for task in rows
    ]


def help_requests(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Questions to services that wait for an answer."""
    rows = (
        HelpRequest.objects.unanswered()
        .filter(case_id__in=case_ids, due_on__lte=until)
        .select_related("organisation", "mandate")
        .order_by("due_on", "pk")
    )
    return [
        Term(
            due_on=asked.due_on,
            label=_("Antwoord van %(who)s") % {"who": asked.organisation},
            source=asked.mandate.subject if asked.mandate else _("vraag aan een dienst"),
            holder=str(asked.organisation),
            case_id=asked.case_id,
            url=reverse("cases:help-request", args=[asked.pk]),
            consequence=_("vraag het hogerop"),
        )
        for asked in rows
    ]


def consents(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Consents that end within the warning time. What ended is over: no longer a term, nothing may be
    shared.
    """
    today = timezone.localdate()
    until = min(until, today + dt.timedelta(days=CONSENT_WARNING_DAYS))
    rows = (
        Consent.objects.valid_on(today)
        .filter(case_id__in=case_ids, until_on__lte=until)
        .select_related("case", "case__lead")
        .order_by("until_on", "pk")
    )
    return [
        Term(
            due_on=consent.until_on,
            label=_("Toestemming loopt af: %(purpose)s") % {"purpose": consent.purpose},
            source=_("toestemming van het gezin"),
            holder=str(consent.case.lead),
            case_id=consent.case_id,
            url=_on_case(consent.case.number, "agreements"),
            consequence=_("vraag ze opnieuw, of deel niets meer"),
        )
        for consent in rows
        if consent.until_on
    ]


TERM_SOURCES = (
    TermSource("cases.steps", gettext_lazy("Stappen van het plan"), steps, gettext_lazy("stap van het plan")),
    TermSource("cases.tasks", gettext_lazy("Taken"), tasks, gettext_lazy("taak")),
    TermSource(
        "cases.help_requests",
        gettext_lazy("Vragen aan diensten"),
        help_requests,
        gettext_lazy("antwoord van een dienst"),
    ),
    TermSource(
        "cases.consents", gettext_lazy("Toestemmingen"), consents, gettext_lazy("toestemming loopt af")
    ),
)
