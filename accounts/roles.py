"""What each role may do, to be read as a policy.

The circles follow domain.md F1: the inspector supervises and enforces, so he is outside the joint secrecy of the
helping services; the lawyer keeps her own file; the coordinator is the backbone and needs no stories to coordinate.
A manager sees figures, an administrator configures, a privacy officer sees who looked: none of them reads a story.
"""

from dataclasses import dataclass

from accounts.enums import Circle, Role
from accounts.permissions import Permission as P

_CORE = frozenset(
    {
        P.CASE_READ,
        P.CASE_READ_ALL,
        P.CASE_WORK,
        P.RADAR_REPORT,
        P.RADAR_DECIDE,
        P.REVIEW_ATTEND,
        P.HELP_REQUEST_READ,
        P.HELP_REQUEST_ASK,
        P.OBSTACLE_MANAGE,
        P.REGISTER_READ,
        P.REGISTER_WORK,
        P.LANDLORD_CONTACT,
        P.INSPECTION_READ,
        P.AGREEMENT_READ,
        P.AGREEMENT_WORK,
        P.EVIDENCE_RECORD,
        P.STAY_READ,
        P.STAY_WORK,
        P.RENOVATION_READ,
        P.LEGAL_FILE_READ,
        P.PEOPLE_READ_ALL,
        P.PROCEDURE_READ,
        P.MEASURE_READ,
        P.GLASS_BREAK,
        P.RIGHTS_ASK,
        P.HUB_READ,
        P.PLACES_READ,
    }
)
_FRONT_LINE = frozenset(
    {
        P.CASE_READ,
        P.CASE_WORK,
        P.RADAR_REPORT,
        P.HELP_REQUEST_READ,
        P.HELP_REQUEST_ASK,
        P.REGISTER_READ,
        P.LANDLORD_CONTACT,
        P.AGREEMENT_READ,
        P.EVIDENCE_RECORD,
        P.STAY_READ,
        P.RENOVATION_READ,
        P.OBSTACLE_MANAGE,
        P.GLASS_BREAK,
        P.RIGHTS_ASK,
        P.HUB_READ,
        P.PLACES_READ,
    }
)
# What is told in living rooms stays with who goes there: no enforcement, no lawyer, no coordinator.
_NEIGHBOURS = frozenset({P.LIVING_ROOM_READ, P.LIVING_ROOM_WORK, P.STORY_READ, P.STORY_WORK})
# Connecting people: coaches and community workers ask the neighbourhood and bring neighbours together.
_COHESION = _NEIGHBOURS | {
    P.HUB_WORK,
    P.PLACES_WORK,
    P.SURVEY_READ,
    P.SURVEY_WORK,
    P.CAPITAL_READ,
    P.CAPITAL_WORK,
}


@dataclass(frozen=True)
class RoleSpec:
    """The permissions and circles of a role. `default_circle` is where its own writing lands."""

    permissions: frozenset[P]
    circles: frozenset[Circle]
    default_circle: Circle


ROLES: dict[Role, RoleSpec] = {
    Role.COORDINATOR: RoleSpec(
        _CORE
        | {
            P.CASE_OPEN,
            P.MANDATE_MANAGE,
            P.REVIEW_LEAD,
            P.REPORT_MAKE,
            P.RIGHTS_DECIDE,
            P.RETENTION_READ,
            P.PROCEDURE_WORK,
            P.RENOVATION_WORK,
            P.HUB_WORK,
            P.PLACES_WORK,
            P.BUDGET_READ,
            P.BUDGET_WORK,
            P.BUDGET_DECIDE,
        },
        frozenset({Circle.SHARED}),
        Circle.SHARED,
    ),
    Role.LAWYER: RoleSpec(
        _CORE | {P.REVIEW_LEAD, P.LEGAL_FILE_WORK, P.EVIDENCE_ADD},
        frozenset({Circle.SHARED, Circle.LEGAL}),
        Circle.LEGAL,
    ),
    Role.HOUSING_INSPECTOR: RoleSpec(
        _CORE | {P.REVIEW_LEAD, P.PROCEDURE_WORK, P.INSPECTION_WORK},
        frozenset({Circle.SHARED, Circle.ENFORCEMENT}),
        Circle.ENFORCEMENT,
    ),
    Role.TENANCY_LEAD: RoleSpec(
        _CORE | {P.REVIEW_LEAD, P.EVIDENCE_ADD, P.TENANCY_READ, P.TENANCY_WORK},
        frozenset({Circle.SHARED, Circle.CARE}),
        Circle.CARE,
    ),
    Role.RENOVATION_COACH: RoleSpec(
        _CORE | {P.REVIEW_LEAD, P.RENOVATION_WORK}, frozenset({Circle.SHARED}), Circle.SHARED
    ),
    Role.COMMUNITY_WORKER: RoleSpec(
        _FRONT_LINE | _COHESION | {P.EVIDENCE_ADD, P.TENANCY_READ, P.TENANCY_WORK},
        frozenset({Circle.SHARED, Circle.CARE}),
        Circle.CARE,
    ),
    Role.COHESION_COACH: RoleSpec(
        _FRONT_LINE | _COHESION | {P.BUDGET_READ, P.BUDGET_WORK}, frozenset({Circle.SHARED}), Circle.SHARED
    ),
    Role.YOUTH_COACH: RoleSpec(
        _FRONT_LINE | _COHESION | {P.TENANCY_READ}, frozenset({Circle.SHARED, Circle.CARE}), Circle.CARE
    ),
    Role.MANAGER: RoleSpec(
        frozenset({P.MEASURE_READ, P.REPORT_MAKE, P.HUB_READ, P.PLACES_READ, P.BUDGET_READ}),
        frozenset(),
        Circle.SHARED,
    ),
    Role.PARTNER: RoleSpec(
        frozenset(
            {
                P.CASE_READ,
                P.CASE_WORK,
                P.RADAR_REPORT,
                P.HELP_REQUEST_READ,
                P.HELP_REQUEST_ANSWER,
                P.AGREEMENT_READ,
            }
        ),
        frozenset({Circle.SHARED}),
        Circle.SHARED,
    ),
    Role.PRIVACY_OFFICER: RoleSpec(
        frozenset(
            {
                P.ACCESS_LOG_READ,
                P.INVITATION_APPROVE,
                P.RIGHTS_OVERSEE,
                P.RETENTION_READ,
                P.RETENTION_MANAGE,
            }
        ),
        frozenset(),
        Circle.SHARED,
    ),
    Role.ADMINISTRATOR: RoleSpec(
        frozenset({P.CATALOGUE_MANAGE, P.USERS_MANAGE, P.REFERENCE_MANAGE, P.INVITATION_APPROVE}),
        frozenset(),
        Circle.SHARED,
    ),
}

# The four who work every family on the radar together (source document, "Kernteam").
CORE_TEAM = (Role.LAWYER, Role.HOUSING_INSPECTOR, Role.TENANCY_LEAD, Role.RENOVATION_COACH)
