"""The registers: buildings, dwellings, who lives there, who owns them, and who talks to the owners."""

from housing.models.agreement import (
    Agreement,
    AgreementParty,
    DueExtension,
    Obligation,
    ObligationDue,
    ObligationEvidence,
    SignedCopy,
)
from housing.models.agreement_template import AgreementTemplate, TemplateObligation
from housing.models.building import Building
from housing.models.building_track import BuildingTrack
from housing.models.bundle import Bundle, BundleItem
from housing.models.case_building import CaseBuilding
from housing.models.certificate import Certificate
from housing.models.crisis_dwelling import CrisisDwelling, CrisisFee, UnitPeriod
from housing.models.dwelling import Dwelling
from housing.models.evidence import Evidence
from housing.models.exhibit import Exhibit, ExhibitPermission
from housing.models.inspection import (
    AccessAttempt,
    Defect,
    DefectPhoto,
    Inspection,
    InspectionNote,
    InspectionRoom,
    Repair,
    SmokeDetector,
)
from housing.models.intervention_subject import InterventionPlace
from housing.models.kept_file import KeptFile
from housing.models.landlord import Landlord
from housing.models.landlord_contact import ContactWords, LandlordContact
from housing.models.landlord_link import LandlordLink
from housing.models.ledger import LedgerRow
from housing.models.legal_file import Claim, CourtDate, LegalFile, LegalParty, LegalTenant
from housing.models.legal_status import LegalStatus
from housing.models.occupancy import Occupancy
from housing.models.ownership import Ownership
from housing.models.point_of_contact import SinglePointOfContact
from housing.models.procedure import DwellingProcedure, Procedure
from housing.models.procedure_event import ProcedureEvent
from housing.models.procedure_term import ProcedureTerm
from housing.models.recurring_verdict import RecurringVerdict
from housing.models.rehousing_plan import RehousingMember, RehousingPlan
from housing.models.renovation import (
    EnergyScan,
    FundAnswer,
    ProgressLine,
    ProgressPhoto,
    Quote,
    Renovation,
    RenovationWork,
    SupportRequest,
    WorksList,
)
from housing.models.rent import ChargeClaim, Indexation, Lease, RentPayment
from housing.models.report_item import ItemImport, OccupancyNorm, ReportItem, ReportVersion
from housing.models.stay import AftercareCheck, RehousingCost, Stay, StayExtension, WaitingEntry
from housing.models.tenancy import (
    ArrearsReading,
    EvictionFundAnswer,
    EvictionFundFile,
    RightClaim,
    SupportEvaluation,
    SupportGoal,
    TenancySupport,
    TenantTrack,
)

__all__ = [
    "AccessAttempt",
    "AftercareCheck",
    "Agreement",
    "AgreementParty",
    "AgreementTemplate",
    "ArrearsReading",
    "Building",
    "BuildingTrack",
    "Bundle",
    "BundleItem",
    "CaseBuilding",
    "Certificate",
    "ChargeClaim",
    "Claim",
    "ContactWords",
    "CourtDate",
    "CrisisDwelling",
    "CrisisFee",
    "Defect",
    "DefectPhoto",
    "DueExtension",
    "Dwelling",
    "DwellingProcedure",
    "EnergyScan",
    "EvictionFundAnswer",
    "EvictionFundFile",
    "Evidence",
    "Exhibit",
    "ExhibitPermission",
    "FundAnswer",
    "Indexation",
    "Inspection",
    "InspectionNote",
    "InspectionRoom",
    "InterventionPlace",
    "ItemImport",
    "KeptFile",
    "Landlord",
    "LandlordContact",
    "LandlordLink",
    "Lease",
    "LedgerRow",
    "LegalFile",
    "LegalParty",
    "LegalStatus",
    "LegalTenant",
    "Obligation",
    "ObligationDue",
    "ObligationEvidence",
    "Occupancy",
    "OccupancyNorm",
    "Ownership",
    "Procedure",
    "ProcedureEvent",
    "ProcedureTerm",
    "ProgressLine",
    "ProgressPhoto",
    "Quote",
    "RecurringVerdict",
    "RehousingCost",
    "RehousingMember",
    "RehousingPlan",
    "Renovation",
    "RenovationWork",
    "RentPayment",
    "Repair",
    "ReportItem",
    "ReportVersion",
    "RightClaim",
    "SignedCopy",
    "SinglePointOfContact",
    "SmokeDetector",
    "Stay",
    "StayExtension",
    "SupportEvaluation",
    "SupportGoal",
    "SupportRequest",
    "TemplateObligation",
    "TenancySupport",
    "TenantTrack",
    "UnitPeriod",
    "WaitingEntry",
    "WorksList",
]
