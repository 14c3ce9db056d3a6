"""What the case page shows of agreements and of a stay, each in a fixed number of queries."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.registries import CasePanel
from cases.models import Case, RadarEntry
from housing.agreement_enums import AftercareState, RequestState, StayState, WaitState
from housing.agreement_reading import current, shown_agreements
from housing.models import AftercareCheck, Agreement, Stay, StayExtension, WaitingEntry
from housing.perms import can_do_aftercare, can_house_temporarily, can_make_agreement


def agreement_context(case: Case, user: User) -> dict[str, Any] | None:
    """The agreements of a case that this reader may see: three queries. Nothing when he may not and can't make one."""
    shown = shown_agreements(current(Agreement.objects.visible_to(user).filter(case=case)))
    may_make = can_make_agreement(user, case)
    if not shown and not may_make:
        return None
    return {
        "agreements": shown,
        "may_make": may_make,
        "may_see_papers": user.access.can(Permission.EVIDENCE_RECORD, case.neighbourhood_id),
    }


def stay_context(case: Case, user: User) -> dict[str, Any] | None:
    """Where the family stays or waits, and the aftercare: five queries."""
    stays = list(
        Stay.objects.visible_to(user)
        .filter(case=case)
        .exclude(state=StayState.CANCELLED)
        .select_related("period__crisis_dwelling__dwelling__building")
        .order_by("-period__from_on", "-pk")
    )
    waiting = WaitingEntry.objects.visible_to(user).filter(case=case, state=WaitState.WAITING).first()
    may_work = can_house_temporarily(user, case) and case.household_id is not None
    if not stays and waiting is None and not may_work:
        return None
    asked = {
        extension.stay_id: extension
        for extension in StayExtension.objects.filter(stay__in=stays, state=RequestState.ASKED)
    }
    checks = list(
        AftercareCheck.objects.filter(stay__in=stays).select_related("radar_entry").order_by("due_on", "pk")
    )
    seen = set(
        RadarEntry.objects.visible_to(user)
        .filter(pk__in=[check.radar_entry_id for check in checks if check.radar_entry_id])
        .values_list("pk", flat=True)
    )
    return {
        "stays": [{"stay": stay, "asked": asked.get(stay.pk)} for stay in stays],
        "waiting": waiting,
        "checks": [
            {
                "check": check,
                "is_late": check.state == AftercareState.PLANNED and check.due_on < timezone.localdate(),
                "sees_radar": check.radar_entry_id in seen,
            }
            for check in checks
        ],
        "may_work": may_work,
        "may_check": can_do_aftercare(user, case.neighbourhood_id),
        "is_placed": any(row.state in (StayState.PLANNED, StayState.RUNNING) for row in stays),
    }


def _reads_agreements(user: User, case: Case) -> bool:
    return user.access.can(Permission.AGREEMENT_READ, case.neighbourhood_id)


def _reads_stays(user: User, case: Case) -> bool:
    return user.access.can(Permission.STAY_READ, case.neighbourhood_id)


PANELS = (
    CasePanel(
        "housing.agreement",
        _("Overeenkomsten"),
        36,
        "housing/agreements/panel.html",
        _reads_agreements,
        agreement_context,
        goal=Goal.HOUSING.value,
    ),
    CasePanel(
        "housing.stay",
        _("Tijdelijk verblijf"),
        37,
        "housing/stays/panel.html",
        _reads_stays,
        stay_context,
        goal=Goal.HOUSING.value,
    ),
)
