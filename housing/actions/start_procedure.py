"""Starting a procedure about a building, for several of its dwellings at once."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from housing.actions.procedure_base import (
    ProcedureError,
    check_day,
    note_event,
    open_term,
    refuse_if_families_mind,
    tell_cases,
)
from housing.models import Building, Dwelling, DwellingProcedure, Procedure
from housing.procedure_enums import Initiator, ProcedureKind, TermCode
from housing.procedure_rules import START_REACHES


class AlreadyRunningError(ProcedureError):
    """One of the dwellings is in such a procedure already."""


@transaction.atomic
def start_procedure(
    *,
    by: User,
    building: Building,
    dwellings: Sequence[Dwelling],
    kind: str,
    initiator: str = Initiator.MUNICIPALITY,
    started_on: dt.date,
    reference: str = "",
    note: str = "",
    converted_from: Procedure | None = None,
    now: dt.datetime | None = None,
) -> Procedure:
    """Start one procedure for these dwellings of a building, each with its own state and terms from then on.

    Nothing asks that the landlord is told first: the law doesn't (handbook 3.3.2), and a family may not dare.
    Raises ProcedureError without dwellings or with one of another building, BadProcedureDayError for a day that can't
    be, AlreadyRunningError naming the dwellings that are in one, StoppedByBoundariesError when a family doesn't want
    whom starting it reaches.
    """
    now = now or timezone.now()
    check_day(started_on, now=now, field="started_on")
    wanted = {dwelling.pk for dwelling in dwellings}
    if not wanted:
        raise ProcedureError(_("Kies minstens één woning."), field="dwellings")
    locked = list(
        Dwelling.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=wanted, building=building)
        .select_related("building")
        .order_by("pk")
    )
    if len(locked) != len(wanted):
        raise ProcedureError(_("Kies woningen van dit pand."), field="dwellings")
    busy = DwellingProcedure.objects.running().filter(dwelling__in=locked, kind=kind)
    if taken := list(busy.select_related("dwelling__building").order_by("dwelling__box", "pk")):
        raise AlreadyRunningError(
            _("Hiervoor loopt al zo'n procedure: %(homes)s.")
            % {"homes": ", ".join(str(part.dwelling) for part in taken)},
            field="dwellings",
        )
    refuse_if_families_mind(by=by, dwellings=locked, reach=START_REACHES[ProcedureKind(kind)], now=now)
    procedure = Procedure.objects.create(
        building=building,
        kind=kind,
        initiator=initiator,
        reference=reference.strip(),
        started_on=started_on,
        converted_from=converted_from,
        created_by=by,
    )
    try:
        with transaction.atomic():
            parts = DwellingProcedure.objects.bulk_create(
                DwellingProcedure(procedure=procedure, dwelling=dwelling, kind=kind) for dwelling in locked
            )
    except IntegrityError as error:
        raise AlreadyRunningError(
            _("Een collega begon net zo'n procedure voor een van deze woningen. Laad de pagina opnieuw."),
            field="dwellings",
        ) from error
    for part in parts:
        _first_terms(part, started_on)
    title = _("Procedure gestart: %(kind)s") % {"kind": procedure.get_kind_display()}
    note_event(parts, by=by, step="start", title=title, on=started_on, reference=reference)
    tell_cases(
        procedure,
        locked,
        by=by,
        title=title,
        body=_("Verzoek van %(day)s, op vraag van %(who)s.")
        % {"day": date_format(started_on, "j F Y"), "who": procedure.get_initiator_display()},
        note=note,
        now=now,
    )
    return procedure


def _first_terms(part: DwellingProcedure, started_on: dt.date) -> None:
    """A request runs against the mayor from its first day (handbook 3.3.2)."""
    if part.kind == ProcedureKind.UNFIT:
        for code in (TermCode.FOUNDED, TermCode.DECISION, TermCode.SILENCE):
            open_term(part, code, starts_on=started_on)
