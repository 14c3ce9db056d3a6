"""Reading a legal file: for the lawyers all of it, for the team that it is there, its state and its next day."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from cases.models import Case
from housing.actions.bundles import home_names, whose_label
from housing.models import (
    Bundle,
    Claim,
    CourtDate,
    Exhibit,
    ExhibitPermission,
    LegalFile,
    LegalTenant,
    RentPayment,
)
from housing.rent_reading import RentTotals, rent_totals


@dataclass(frozen=True)
class TenantRow:
    """One household in a file, with what it paid and what is asked for it."""

    tenant: LegalTenant
    home: str
    claims: Sequence[Claim]
    rent: RentTotals
    exhibits: int
    permitted: int

    @property
    def waits(self) -> int:
        """How many exhibits still need a permission."""
        return self.exhibits - self.permitted


@dataclass(frozen=True)
class ExhibitRow:
    """One exhibit with of whom it is and whether it may be shown."""

    exhibit: Exhibit
    whose: str
    is_common: bool
    permission: ExhibitPermission | None

    @property
    def is_out(self) -> bool:
        """Tell whether it was taken out, or its evidence withdrawn."""
        return self.exhibit.removed_at is not None or not self.exhibit.evidence.is_standing


@dataclass(frozen=True)
class BundleRow:
    """One bundle, with the exhibits in it that may no longer be shown."""

    bundle: Bundle
    home: str
    stale: Sequence[int]


@dataclass(frozen=True)
class LegalContent:
    """Everything in a file, in a fixed number of queries whatever its size."""

    tenants: Sequence[TenantRow]
    left: Sequence[LegalTenant]
    exhibits: Sequence[ExhibitRow]
    bundles: Sequence[BundleRow]
    dates: Sequence[CourtDate]


def read_legal_file(legal_file: LegalFile) -> LegalContent:
    """Gather a file for its lawyer."""
    tenants = list(
        legal_file.tenants.select_related("case")
        .prefetch_related(Prefetch("claims", queryset=Claim.objects.order_by("kind", "pk")))
        .order_by("case__title", "pk")
    )
    case_ids = [tenant.case_id for tenant in tenants]
    homes = home_names(legal_file, case_ids)
    payments: dict[int, list[RentPayment]] = {}
    for payment in RentPayment.objects.standing().filter(case__in=case_ids):
        payments.setdefault(payment.case_id, []).append(payment)
    exhibits = _exhibits(legal_file, homes)
    return LegalContent(
        tenants=[
            _tenant_row(tenant, homes, payments.get(tenant.case_id, []), exhibits)
            for tenant in tenants
            if tenant.takes_part
        ],
        left=[tenant for tenant in tenants if not tenant.takes_part],
        exhibits=exhibits,
        bundles=_bundles(legal_file, homes, exhibits),
        dates=list(legal_file.dates.order_by("on", "at", "pk")),
    )


def _tenant_row(
    tenant: LegalTenant, homes: dict[int, str], payments: list[RentPayment], exhibits: Sequence[ExhibitRow]
) -> TenantRow:
    own = [row for row in exhibits if row.exhibit.evidence.case_id == tenant.case_id and not row.is_out]
    return TenantRow(
        tenant=tenant,
        home=homes.get(tenant.case_id, ""),
        claims=list(tenant.claims.all()),
        rent=rent_totals(payments),
        exhibits=len(own),
        permitted=sum(row.permission is not None for row in own),
    )


def _exhibits(legal_file: LegalFile, homes: dict[int, str]) -> list[ExhibitRow]:
    standing = ExhibitPermission.objects.standing().select_related("person")
    exhibits = (
        legal_file.exhibits.select_related("evidence__case")
        .prefetch_related(Prefetch("permissions", queryset=standing, to_attr="standing"))
        .order_by("number")
    )
    return [
        ExhibitRow(
            exhibit=exhibit,
            whose=whose_label(exhibit, homes),
            is_common=exhibit.evidence.case.household_id is None,
            permission=next(iter(exhibit.standing), None),
        )
        for exhibit in exhibits
    ]


def _bundles(legal_file: LegalFile, homes: dict[int, str], exhibits: Sequence[ExhibitRow]) -> list[BundleRow]:
    shown = {
        row.exhibit.pk for row in exhibits if not row.is_out and (row.is_common or row.permission is not None)
    }
    bundles = (
        legal_file.bundles.select_related("tenant__case", "requested_by")
        .prefetch_related("items__exhibit")
        .defer("contents")
        .order_by("-number")
    )
    return [
        BundleRow(
            bundle=bundle,
            home=(
                homes.get(bundle.tenant.case_id) or bundle.tenant.case.number
                if bundle.tenant
                else _("alle huurders samen")
            ),
            stale=sorted(item.exhibit.number for item in bundle.items.all() if item.exhibit_id not in shown),
        )
        for bundle in bundles
    ]


def legal_file_of(case: Case) -> LegalFile | None:
    """Return the file that runs for a case: its own as a block, or that in which its household takes part."""
    files = LegalFile.objects.open().with_next_date().select_related("lawyer")
    return (
        files.filter(case=case).first()
        or files.filter(tenants__case=case, tenants__left_at__isnull=True).first()
    )
