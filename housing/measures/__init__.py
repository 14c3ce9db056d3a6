"""What this package can count, one file per subject."""

from housing.measures.inspections import INSPECTION_MEASURES
from housing.measures.legal import LEGAL_MEASURES
from housing.measures.procedures import MEASURES as PROCEDURE_MEASURES
from housing.measures.rehousing import MEASURES as REHOUSING_MEASURES
from housing.measures.renovations import MEASURES as RENOVATION_MEASURES
from housing.measures.tenancy import MEASURES as TENANCY_MEASURES

MEASURES = (
    *INSPECTION_MEASURES,
    *PROCEDURE_MEASURES,
    *REHOUSING_MEASURES,
    *LEGAL_MEASURES,
    *RENOVATION_MEASURES,
    *TENANCY_MEASURES,
)
