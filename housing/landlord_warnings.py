"""Which families don't want this landlord to be reached: what stands on his page before anybody rings him."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.wall import beyond_wall
from cases.enums import BOUNDARY_STOPS, Reach
from cases.models import Boundary, Case
from housing.links import linked_ids
from housing.models import Building, Landlord, Occupancy, Ownership

_KINDS = [kind for kind, stops in BOUNDARY_STOPS.items() if Reach.LANDLORD in stops]


@dataclass(frozen=True)
class LandlordWarning:
    """One family that doesn't want contact. `case` is empty when the reader may not see it."""

    case_id: int
    case: Case | None
    message: str
    detail: str  # who set the boundary, when and why; only with the case


def cases_touching(landlord: Landlord) -> QuerySet[Case]:
    """Open cases of households that live today in what he owns today, and of blocks where he owns something.

    What those own who are linked to him counts too: who rings one of them, rings them all.
    """
    today = timezone.localdate()
    owned = Ownership.objects.on(today).filter(landlord__in=linked_ids(landlord)).values("dwelling_id")
    living = Occupancy.objects.on(today).filter(dwelling_id__in=owned, household_id=OuterRef("household_id"))
    blocks = Building.objects.filter(dwellings__in=owned, case_buildings__case_id=OuterRef("pk"))
    return Case.objects.open().filter(Exists(living) | Exists(blocks))


def landlord_warnings(landlord: Landlord, user: User) -> list[LandlordWarning]:
    """Return what whoever is about to ring this landlord must know first, in three queries."""
    touching = cases_touching(landlord)
    boundaries = (
        Boundary.objects.standing()
        .filter(Q(case__in=touching.values("pk")), kind__in=_KINDS)
        .select_related("case__lead", "case__household", "set_by")
        .order_by("case_id", "set_at", "pk")
    )
    found: dict[int, Boundary] = {}
    # The wish of a family warns everybody; whose family it is stays for who may read its case.
    with beyond_wall("families that do not want their landlord to be reached"):
        for boundary in boundaries:
            found.setdefault(boundary.case_id, boundary)
    if not found:
        return []
    visible = set(Case.objects.visible_to(user).filter(pk__in=found).values_list("pk", flat=True))
    return [_warning(boundary, is_visible=pk in visible) for pk, boundary in found.items()]


def _warning(boundary: Boundary, *, is_visible: bool) -> LandlordWarning:
    case = boundary.case
    if not is_visible:
        return LandlordWarning(
            case.pk,
            None,
            _(
                "Een gezin in een van zijn woningen wil (nog) geen contact met hem. Overleg eerst met %(lead)s."
            )
            % {"lead": case.lead},
            "",
        )
    return LandlordWarning(
        case.pk,
        case,
        _("%(family)s wil (nog) geen contact met hem. Overleg eerst met %(lead)s.")
        % {"family": case.household or case.title, "lead": case.lead},
        _("Gezet door %(who)s op %(when)s: %(why)s")
        % {
            "who": boundary.set_by,
            "when": date_format(timezone.localtime(boundary.set_at), "j F Y"),
            "why": boundary.reason,
        },
    )


def warned_cases(warnings: Sequence[LandlordWarning], *, besides: Case | None) -> list[LandlordWarning]:
    """The warnings that are about other families than that of this case."""
    return [warning for warning in warnings if besides is None or warning.case_id != besides.pk]
