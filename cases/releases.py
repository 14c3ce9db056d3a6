"""What is released, for reading: which circles an entry is open to, and which releases a case knows."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from cases.models import Case, Release


def released_circles() -> ArraySubquery:
    """The circles for which an entry of the outer query is released today, in no more queries than its own."""
    by_name = Q(entry=OuterRef("pk"))
    in_general = Q(
        entry__isnull=True,
        discipline=OuterRef("discipline"),
        from_on__lte=OuterRef("occurred_at__date"),
    )
    rows = Release.objects.standing().filter(
        by_name | in_general, case=OuterRef("case_id"), from_circle=OuterRef("circle")
    )
    return ArraySubquery(rows.order_by("to_circle").values("to_circle").distinct())


def releases_of(case: Case) -> QuerySet[Release, Any]:
    """The releases of a case, newest first, with what a page tells of them."""
    return (
        Release.objects.filter(case=case)
        .select_related(
            "case", "entry", "document", "consent__replaced_by", "legal_ground", "released_by", "person"
        )
        .prefetch_related("consent__recipients")
        .order_by("-released_at", "-pk")
    )
