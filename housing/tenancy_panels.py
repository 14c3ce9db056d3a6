"""What the case page shows of the tenant track, to the circle of care."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.registries import CasePanel
from cases.models import Case
from housing.models import EvictionFundFile, TenancySupport, TenantTrack
from housing.models.tenancy import TenantTrackQuerySet
from housing.perms import can_support_tenants
from housing.tenancy_enums import FUND_OPEN, GuidanceState, RightState


def with_facts(rows: TenantTrackQuerySet) -> TenantTrackQuerySet:
    """Add what a row says: whether support runs, how many rights wait and are granted, whether a fund is asked."""
    support = TenancySupport.objects.filter(track=OuterRef("pk"), is_struck=False)
    files = EvictionFundFile.objects.filter(track=OuterRef("pk"), is_struck=False, state__in=FUND_OPEN)
    standing = Q(rights__is_struck=False)
    waiting = [RightState.EXPLORE, RightState.ASKED]
    return rows.annotate(
        is_supported=Exists(support.filter(state=GuidanceState.RUNNING)),
        supported_since=Subquery(support.filter(state=GuidanceState.RUNNING).values("from_on")[:1]),
        rights_waiting=Count("rights", filter=standing & Q(rights__state__in=waiting), distinct=True),
        rights_granted=Count("rights", filter=standing & Q(rights__state=RightState.GRANTED), distinct=True),
        is_at_fund=Exists(files),
    )


def tenancy_context(case: Case, user: User) -> dict[str, Any] | None:
    """The track of a case: one query. Nothing when there is none and this reader starts none."""
    rows = with_facts(TenantTrack.objects.visible_to(user).filter(case=case))
    track = rows.select_related("worker").first()
    may_start = track is None and case.household_id is not None and can_support_tenants(user, case)
    if track is None and not may_start:
        return None
    return {"track": track, "may_start": may_start}


def _reads_tenancies(user: User, case: Case) -> bool:
    return user.access.can(Permission.TENANCY_READ, case.neighbourhood_id)


PANEL = CasePanel(
    "housing.tenancy",
    _("Huurbegeleiding"),
    37,
    "housing/tenancy/panel.html",
    _reads_tenancies,
    tenancy_context,
    goal=Goal.HOUSING.value,
)
