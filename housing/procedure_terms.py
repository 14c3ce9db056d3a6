"""The terms that procedures, certificates and tracks bring to cases: shown on the case, on Vandaag and in the review.

Each source takes a fixed number of queries for all the cases it is asked about. A block case hears a term that several
of its dwellings share once. Who asks has already kept to the cases that the reader may see.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from arsenaal.lib.durations import add_months, anniversaries
from arsenaal.lib.registries import AttentionSignal, Signal, Term, TermSource
from cases.models import Case
from cases.reference import value_on, values_on
from housing.models import BuildingTrack, Certificate, DwellingProcedure, ProcedureTerm
from housing.procedure_cases import dwellings_of_cases
from housing.procedure_enums import Holder, ProcedureKind, TermCode

# What is known of one term before it is told to cases: (what it is the same as, dwelling, term without a case).
_Found = tuple[tuple[object, ...], int, Term]


def _numbers(case_ids: Iterable[int]) -> dict[int, str]:
    return dict(Case.objects.filter(pk__in=list(case_ids)).values_list("pk", "number"))


def _for_cases(found: Iterable[_Found], homes: Mapping[int, Sequence[int]]) -> list[Term]:
    """Give each case the terms of its dwellings; those of a block that are the same are told together."""
    grouped: dict[tuple[int, tuple[object, ...]], list[Term]] = defaultdict(list)
    for same, dwelling_id, term in found:
        for case_id in homes.get(dwelling_id, ()):
            grouped[(case_id, same)].append(term)
    numbers = _numbers({case_id for case_id, _same in grouped})
    terms = []
    for (case_id, _same), group in grouped.items():
        first, n = group[0], len(group)
        label = first.label
        if n > 1:
            label += " " + ngettext("(%(n)d woning)", "(%(n)d woningen)", n) % {"n": n}
        url = f"{reverse('cases:case', args=[numbers[case_id]])}#procedures"
        terms.append(replace(first, label=label, case_id=case_id, url=url))
    return sorted(terms, key=lambda term: (term.due_on, term.label, term.case_id or 0))


def term_label(term: ProcedureTerm) -> str:
    """Say what a term is about: "Besluit over het verzoek, ongeschikt of onbewoonbaar"."""
    return f"{capfirst(term.get_code_display())}, {term.part.get_kind_display()}"


def term_source(term: ProcedureTerm) -> str:
    """Say where a term comes from, and that nobody confirmed it when that is so."""
    return term.source if term.is_certain else _("%(source)s (te bevestigen)") % {"source": term.source}


def _as_term(term: ProcedureTerm) -> Term:
    return Term(
        due_on=term.due_on,
        label=term_label(term),
        source=term_source(term),
        holder=str(term.get_holder_display()),
        case_id=None,
        url="",
        consequence=str(term.consequence),
        in_calendar=term.code != TermCode.HEARING,
    )


def procedure_terms(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Terms of procedures that run: not those that are paused or met. What is overdue is included.

    The term to appeal against silence is left out until the decision is late: before, it says nothing.
    """
    homes = dwellings_of_cases(case_ids, timezone.localdate())
    if not homes:
        return []
    rows = (
        ProcedureTerm.objects.counting()
        .filter(part__dwelling__in=homes, part__closed_on__isnull=True, due_on__lte=until)
        .not_over(timezone.localdate())
        .select_related("part")
        .order_by("due_on", "pk")
    )
    return _for_cases(
        (
            ((term.part.procedure_id, term.code, term.due_on), term.part.dwelling_id, _as_term(term))
            for term in rows
        ),
        homes,
    )


def levy_dates(start: dt.date, today: dt.date, *, warning: int, levy: int) -> list[dt.date]:
    """Return the coming warning days of the levy: after `warning` and `levy` months, and each `levy` months after it.

    `start` is the day of the decision. What passed longer than a month ago was dealt with or not: it is no warning
    any more. The amount is never computed (handbook 5.1.3: municipalities differ).
    """
    days = [add_months(start, warning), *anniversaries(start, levy, add_months(today, levy))]
    return [day for day in sorted(days) if day >= today - dt.timedelta(days=31)]


def levies(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Warnings that a dwelling is in the inventory for nine months, a year, and each year after that."""
    today = timezone.localdate()
    homes = dwellings_of_cases(case_ids, today)
    if not homes:
        return []
    parts = list(
        DwellingProcedure.objects.running()
        .filter(dwelling__in=homes, inventory_on__isnull=False)
        .exclude(state="appealed")
        .order_by("pk")
    )
    if not parts:
        return []
    values = values_on(["procedure.levy_warning", "procedure.levy"], today)
    warning, levy = values["procedure.levy_warning"], values["procedure.levy"]
    found: list[_Found] = []
    for part in parts:
        if part.levy_from is None:
            continue
        for day in levy_dates(part.levy_from, today, warning=warning.count, levy=levy.count):
            if day <= until:
                term = Term(
                    due_on=day,
                    label=_("In de inventaris: heffing"),
                    source=levy.source,
                    holder=str(Holder.OWNER.label),
                    case_id=None,
                    url="",
                    consequence=_("kijk na of het herstel en het attest er komen voor de heffing valt"),
                )
                found.append(((part.procedure_id, day), part.dwelling_id, term))
    return _for_cases(found, homes)


def certificates(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Certificates that run out within the warning time, and those that ran out this quarter."""
    today = timezone.localdate()
    homes = dwellings_of_cases(case_ids, today)
    if not homes:
        return []
    rows = Certificate.objects.filter(
        dwelling__in=homes, lapsed_on__isnull=True, valid_until__gte=today - dt.timedelta(days=92)
    )
    newest: dict[int, Certificate] = {}
    for certificate in rows.order_by("valid_until", "pk"):
        newest[certificate.dwelling_id] = certificate
    if not newest:
        return []
    last = min(until, add_months(today, value_on("certificate.expiry_warning", today).count))
    return _for_cases(
        (
            (
                ("certificate", certificate.valid_until),
                certificate.dwelling_id,
                Term(
                    due_on=certificate.valid_until,
                    label=_("Conformiteitsattest loopt af"),
                    source=_("conformiteitsattest"),
                    holder=str(Holder.OWNER.label),
                    case_id=None,
                    url="",
                    consequence=_("vraag of de eigenaar een nieuw attest aanvraagt"),
                ),
            )
            for certificate in newest.values()
            if certificate.valid_until <= last
        ),
        homes,
    )


def tracks(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """The next dates of the tracks of a building, for its block case."""
    rows = (
        BuildingTrack.objects.filter(
            closed_on__isnull=True, next_on__lte=until, building__case_buildings__case__in=case_ids
        )
        .select_related("owner")
        .order_by("next_on", "pk")
        .values_list(
            "next_on",
            "kind",
            "next_step",
            "owner__first_name",
            "owner__last_name",
            "building__case_buildings__case_id",
            "building__case_buildings__case__number",
        )
    )
    labels = dict(BuildingTrack._meta.get_field("kind").choices or [])
    return [
        Term(
            due_on=next_on,
            label=f"{str(labels[kind]).capitalize()}: {step}" if step else str(labels[kind]).capitalize(),
            source=_("spoor van het pand"),
            holder=f"{first} {last}",
            case_id=case_id,
            url=f"{reverse('cases:case', args=[number])}#procedures",
        )
        for next_on, kind, step, first, last, case_id, number in rows
        if next_on
    ]


TERM_SOURCES = (
    TermSource(
        "housing.procedures",
        gettext_lazy("Procedures"),
        procedure_terms,
        gettext_lazy("termijn van een procedure"),
    ),
    TermSource(
        "housing.levies", gettext_lazy("Inventaris en heffing"), levies, gettext_lazy("inventaris en heffing")
    ),
    TermSource(
        "housing.certificates",
        gettext_lazy("Conformiteitsattesten"),
        certificates,
        gettext_lazy("conformiteitsattest loopt af"),
    ),
    TermSource(
        "housing.tracks", gettext_lazy("Sporen van panden"), tracks, gettext_lazy("spoor van een pand")
    ),
)


def overdue(neighbourhood_id: int, today: dt.date, since: dt.date) -> Sequence[Signal]:
    """Cases with a term of a procedure that passed: somebody must decide. The oldest one is told."""
    cases = Case.objects.open().filter(neighbourhood_id=neighbourhood_id)
    case_ids = list(cases.values_list("pk", flat=True))
    homes = dwellings_of_cases(case_ids, today)
    rows = (
        ProcedureTerm.objects.counting()
        .filter(part__dwelling__in=homes, part__closed_on__isnull=True, due_on__lt=today)
        .not_over(today)
        .select_related("part")
        .order_by("due_on", "pk")
    )
    first: dict[int, ProcedureTerm] = {}
    for term in rows:
        for case_id in homes[term.part.dwelling_id]:
            first.setdefault(case_id, term)
    return [
        Signal(
            "case",
            case_id,
            _("herstel niet op tijd: omzetten naar ongeschikt/onbewoonbaar?")
            if term.code == TermCode.REPAIR and term.part.kind == ProcedureKind.WARNING
            else _("termijn verlopen: %(term)s") % {"term": term.get_code_display()},
            7,
        )
        for case_id, term in first.items()
    ]


SIGNALS = (
    AttentionSignal("housing.procedure_overdue", gettext_lazy("Termijn van een procedure verlopen"), overdue),
)
