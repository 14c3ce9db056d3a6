"""Who may do what in the registers: the only place that decides."""

from django.db.models import Q

from accounts.enums import Circle
from accounts.models import User
from accounts.permissions import Permission
from cases.models import Case
from cases.perms import can_work_on_case
from housing.models import (
    Agreement,
    DwellingProcedure,
    Evidence,
    LegalFile,
    ObligationDue,
    Renovation,
    Stay,
    TenantTrack,
)


def can_work_on_register(user: User, neighbourhood_id: int) -> bool:
    """Add and change buildings, dwellings, occupancies, landlords and ownerships."""
    return user.access.can(Permission.REGISTER_WORK, neighbourhood_id)


def can_log_landlord_contact(user: User, neighbourhood_id: int) -> bool:
    """Write down a contact with a landlord."""
    return user.access.can(Permission.LANDLORD_CONTACT, neighbourhood_id)


def can_set_point_of_contact(user: User, neighbourhood_id: int) -> bool:
    """Say who alone talks to a landlord."""
    return user.access.can(Permission.REGISTER_WORK, neighbourhood_id)


def can_house_case(user: User, case: Case) -> bool:
    """Record where the family of a case lives, or which building a block case is about.

    Also for who works at the door: the address is the first thing that a worker learns, long before a colleague
    with the registers open.
    """
    return can_work_on_case(user, case) and user.access.can(Permission.REGISTER_READ, case.neighbourhood_id)


def can_work_on_procedures(user: User, neighbourhood_id: int) -> bool:
    """Start procedures and take their steps, follow the tracks of a building."""
    return user.access.can(Permission.PROCEDURE_WORK, neighbourhood_id)


def can_plan_rehousing(user: User, part: DwellingProcedure, case: Case | None) -> bool:
    """Write where a family would go: who works on procedures, and the team of the family's case.

    That the family itself may be seen was checked before. Not for a partner: he learns of persons only with consent.
    """
    return can_work_on_procedures(user, part.procedure.building.neighbourhood_id) or (
        case is not None and can_house_case(user, case)
    )


def can_inspect(user: User, neighbourhood_id: int) -> bool:
    """Plan, make, sign and correct inspections."""
    return user.access.can(Permission.INSPECTION_WORK, neighbourhood_id)


def can_read_inspector_notes(user: User, neighbourhood_id: int) -> bool:
    """Read what an inspector noted for himself: the circle of enforcement."""
    return Circle.ENFORCEMENT in user.access.circles(neighbourhood_id)


def reads_inspection_outcomes(user: User, neighbourhood_id: int) -> bool:
    """Read outcomes and legal status of dwellings: who reads inspections, and in his own cases who reads registers."""
    return user.access.can(Permission.INSPECTION_READ, neighbourhood_id) or user.access.can(
        Permission.REGISTER_READ, neighbourhood_id
    )


def can_make_agreement(user: User, case: Case) -> bool:
    """Make an agreement in an open case that one may read."""
    return case.is_open and user.access.can(Permission.AGREEMENT_WORK, case.neighbourhood_id)


def can_work_on_agreement(user: User, agreement: Agreement) -> bool:
    """Write out, sign, amend and end an agreement that one may see, and decide on what is late."""
    return can_make_agreement(user, agreement.case)


def can_see_papers(user: User, agreement: Agreement) -> bool:
    """See the paper, the evidence and the signed copies of an agreement that one may see: the team, no partner."""
    return user.access.can(Permission.EVIDENCE_RECORD, agreement.case.neighbourhood_id)


def can_record_evidence(user: User, due: ObligationDue) -> bool:
    """Show that an obligation was kept: also who works at the door, as long as the agreement binds."""
    case = due.agreement.case
    return (
        case.is_open
        and due.agreement.is_live
        and user.access.can(Permission.EVIDENCE_RECORD, case.neighbourhood_id)
    )


def can_house_temporarily(user: User, case: Case) -> bool:
    """Put the family of an open case on the waiting list, and give it a crisis dwelling."""
    return case.is_open and user.access.can(Permission.STAY_WORK, case.neighbourhood_id)


def can_work_on_stay(user: User, stay: Stay) -> bool:
    """Begin, prolong and end a stay that one may see, and keep its ledger: bills come after the case closed too."""
    return user.access.can(Permission.STAY_WORK, stay.case.neighbourhood_id)


def can_manage_crisis_dwellings(user: User, neighbourhood_id: int) -> bool:
    """Say which dwellings are crisis dwellings, what they cost, and when works keep them closed."""
    return user.access.can(Permission.STAY_WORK, neighbourhood_id)


def can_do_aftercare(user: User, neighbourhood_id: int) -> bool:
    """Write down how it is some months later: whoever may record evidence."""
    return user.access.can(Permission.EVIDENCE_RECORD, neighbourhood_id)


def can_lead_renovations(user: User, case: Case) -> bool:
    """Follow the renovation of a dwelling in an open case that one may read."""
    return case.is_open and user.access.can(Permission.RENOVATION_WORK, case.neighbourhood_id)


def can_work_on_renovation(user: User, renovation: Renovation) -> bool:
    """Write with a renovation that one may see."""
    return can_lead_renovations(user, renovation.case)


def can_support_tenants(user: User, case: Case) -> bool:
    """Follow rights, arrears and support of the family of an open case that one may read."""
    return case.is_open and user.access.can(Permission.TENANCY_WORK, case.neighbourhood_id)


def can_work_on_tenancy(user: User, track: TenantTrack) -> bool:
    """Write with a tenant track that one may see."""
    return can_support_tenants(user, track.case)


def can_open_legal_file(user: User, case: Case) -> bool:
    """Start the legal file of a case, and let a household take part: the lawyer, and who opens cases."""
    is_allowed = user.access.can(Permission.LEGAL_FILE_WORK, case.neighbourhood_id) or user.access.can(
        Permission.CASE_OPEN, case.neighbourhood_id
    )
    return case.is_open and is_allowed


def can_join_legal_file(user: User, legal_file: LegalFile) -> bool:
    """Let a household take part in a file that runs."""
    return legal_file.is_open and can_open_legal_file(user, legal_file.case)


def can_read_legal_file(user: User, legal_file: LegalFile) -> bool:
    """Read what is in a legal file: the legal circle. Others see that it is there, its state and next date."""
    return user.access.can(Permission.LEGAL_FILE_WORK, legal_file.neighbourhood_id)


def can_work_on_legal_file(user: User, legal_file: LegalFile) -> bool:
    """Change what is in a legal file that runs."""
    return legal_file.is_open and can_read_legal_file(user, legal_file)


def can_add_evidence(user: User, case: Case) -> bool:
    """Add proof and rent paid to an open case that one may read (`visible_to` was applied before)."""
    return can_work_on_case(user, case) and user.access.can(Permission.EVIDENCE_ADD, case.neighbourhood_id)


def evidence_open_to(user: User, case: Case) -> Q:
    """The condition under which a piece of evidence of this case is open to this reader: as `can_read_evidence`."""
    if user.access.can(Permission.LEGAL_FILE_WORK, case.neighbourhood_id):
        return Q()
    return Q(recorded_by=user)


def can_read_evidence(user: User, evidence: Evidence) -> bool:
    """Read a piece of evidence: the legal circle, and who added it."""
    return evidence.recorded_by_id == user.pk or user.access.can(
        Permission.LEGAL_FILE_WORK, evidence.case.neighbourhood_id
    )
