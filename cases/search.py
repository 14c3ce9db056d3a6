"""What this package lets people find: cases by number, title, address or family, and signals on the radar."""

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Case as SqlCase
from django.db.models import FloatField, Q, Value, When
from django.db.models.functions import Cast, Greatest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.registries import SearchHit, SearchKind
from arsenaal.lib.trigrams import CommonTrigrams, trigrams
from cases.enums import CaseState
from cases.models import Case, RadarEntry
from people.models import Household

_ALIKE = 0.5
_BY_NUMBER = 2.0  # above every likeness: who types a number means that number
_NUMBER = re.compile(r"[A-Z]{1,5}-\d{0,4}(-\d{0,6})?")
_SERIAL = re.compile(r"\d{1,6}")


def _number_condition(query: str) -> Q | None:
    """Return the condition on the number when the query looks like one: all of it, its start, or its last part."""
    plain = query.upper().replace(" ", "-")
    if _NUMBER.fullmatch(plain):
        return Q(number__startswith=plain)
    return None


def search_cases(user: User, query: str, limit: int) -> Sequence[SearchHit]:
    """Find cases by number first, then by title, address or the name of the family. One query."""
    cases = Case.objects.visible_to(user).select_related("household")
    by_number = _number_condition(query)
    wanted = trigrams(query)
    if by_number is not None:
        found = cases.filter(by_number).annotate(score=Value(_BY_NUMBER, output_field=FloatField()))
    elif wanted:
        # Two conditions that each have their index, rather than one over both tables that has none.
        titles = Case.objects.filter(trigrams__overlap=wanted).order_by().values("pk")
        families = Household.objects.filter(trigrams__overlap=wanted).order_by().values("pk")
        serial = Q(number__endswith=f"-{int(query):04d}") if _SERIAL.fullmatch(query) else Q(pk__in=[])
        found = (
            cases.filter(Q(pk__in=titles) | Q(household__in=families) | serial)
            .annotate(
                likeness=Greatest(
                    Cast(CommonTrigrams("trigrams", wanted), FloatField()) / Value(float(len(wanted))),
                    Cast(CommonTrigrams("household__trigrams", wanted), FloatField())
                    / Value(float(len(wanted))),
                )
            )
            .annotate(
                score=SqlCase(
                    When(serial, then=Value(_BY_NUMBER)), default="likeness", output_field=FloatField()
                )
            )
            .filter(score__gte=_ALIKE)
        )
    else:
        return []
    is_closed = SqlCase(When(state=CaseState.CLOSED, then=Value(1)), default=Value(0))
    return [
        SearchHit(
            title=case.title,
            subtitle=" · ".join(
                str(part)
                for part in (case.number, case.household, case.address_hint, case.get_state_display())
                if part
            ),
            url=case.get_absolute_url(),
            score=case.score,
        )
        for case in found.order_by("-score", is_closed, "-opened_at", "-pk")[:limit]
    ]


def search_radar(user: User, query: str, limit: int) -> Sequence[SearchHit]:
    """Find signals on the radar by name or address. One query."""
    if not user.access.can_anywhere(Permission.RADAR_REPORT):
        return []
    found: Any = RadarEntry.objects.visible_to(user).like_name(query, at_least=_ALIKE)
    return [
        SearchHit(
            title=str(entry),
            subtitle=_("%(reason)s · %(state)s · gemeld op %(day)s")
            % {
                "reason": entry.get_reason_display(),
                "state": entry.get_state_display(),
                "day": date_format(localtime(entry.reported_at), "j F Y"),
            },
            url=reverse("cases:radar-entry", args=[entry.pk]),
            score=entry.likeness,
        )
        for entry in found[:limit]
    ]


KINDS = (
    SearchKind("cases.case", gettext_lazy("Dossiers"), "folder2-open", search_cases),
    SearchKind("cases.radar", gettext_lazy("Radar"), "broadcast", search_radar),
)
