"""Which exhibits may be in a bundle now: the one place where that is decided."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from housing.enums_legal import PermissionScope
from housing.models import Exhibit, ExhibitPermission, LegalFile, LegalTenant


def showable_exhibits(legal_file: LegalFile, tenant: LegalTenant | None = None) -> Sequence[Exhibit]:
    """Return the exhibits that the joint bundle (or that of one tenant) may hold at this moment, by number.

    What is about the whole block belongs to nobody and is always in. A tenant's own exhibit is in when somebody of
    his household permits it, in the joint bundle only when the permission reaches that far; the bundle of one tenant
    never holds anything of another. Who stepped out, is out.
    """
    permitted = ExhibitPermission.objects.standing().filter(exhibit=OuterRef("pk"))
    taking_part = legal_file.tenants.filter(left_at__isnull=True)
    of_block = Q(evidence__case=legal_file.case) & Q(evidence__case__household__isnull=True)
    if tenant is None:
        of_tenants = Q(Exists(permitted.filter(scope=PermissionScope.JOINT))) & Q(
            evidence__case__in=taking_part.values("case")
        )
    else:
        of_tenants = Q(Exists(permitted)) & Q(
            evidence__case__in=taking_part.filter(pk=tenant.pk).values("case")
        )
    return list(
        Exhibit.objects.filter(
            of_block | of_tenants,
            legal_file=legal_file,
            removed_at__isnull=True,
            evidence__withdrawn_at__isnull=True,
        )
        .select_related("evidence__case")
        .order_by("number")
    )
