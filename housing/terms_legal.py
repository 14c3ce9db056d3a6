"""Days with consequences in legal files: when, never what about."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arsenaal.lib.registries import Term, TermSource
from housing.enums_legal import CourtDateKind, CourtDateState
from housing.models import CourtDate

_OURS = frozenset({CourtDateKind.CONCLUSIONS, CourtDateKind.APPEAL})


def court_dates(case_ids: Sequence[int], until: dt.date) -> Sequence[Term]:
    """Open days of the files of these cases; what passed without an answer is included. One query."""
    rows = (
        CourtDate.objects.filter(
            legal_file__case__in=case_ids,
            legal_file__closed_at__isnull=True,
            state=CourtDateState.OPEN,
            on__lte=until,
        )
        .select_related("legal_file__lawyer", "legal_file__case")
        .order_by("on", "pk")
    )
    return [
        Term(
            due_on=row.on,
            label=str(row.get_kind_display()).capitalize(),
            source=_("juridisch dossier"),
            holder=str(row.legal_file.lawyer),
            case_id=row.legal_file.case_id,
            url=f"{row.legal_file.case.get_absolute_url()}#legal",
            consequence=(
                _("te laat is niet meer in te halen: leg neer of vraag uitstel")
                if row.kind in _OURS
                else _("noteer hoe het ging")
            ),
        )
        for row in rows
    ]


TERM_SOURCES = (TermSource("housing.court_dates", gettext_lazy("Juridische dossiers"), court_dates),)
