"""What a page of this package shows, for the access log."""

from typing import Any

from accounts.looks import Look, LookKind, Subject, look_at
from cases.models import Case


def case_look(
    case: Case,
    *,
    kind: LookKind = LookKind.OPENED,
    subject: Subject = Subject.CASE,
    subject_id: int | None = None,
    why: str = "",
) -> Look:
    """Return the look at a case, or at something of it. No query: the case was read already."""
    return Look(
        kind,
        subject,
        subject_id=case.pk if subject == Subject.CASE else subject_id,
        label=case.number,
        neighbourhood_id=case.neighbourhood_id,
        case_id=case.pk,
        case_number=case.number,
        why=why,
    )


def look_with_case(
    subject: Subject, record: Any, *, neighbourhood_id: int, kind: LookKind = LookKind.OPENED
) -> Look:
    """Return the look at a record that may belong to a case and may not: a task, a question, an item of the agenda."""
    case: Case | None = record.case
    if case is not None:
        return case_look(case, kind=kind, subject=subject, subject_id=record.pk)
    return look_at(subject, record.pk, neighbourhood_id=neighbourhood_id, kind=kind)
