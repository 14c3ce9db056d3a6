"""Who may do what with the rights of residents and with retention. Seen but not allowed is 403."""

from accounts.models import User
from accounts.permissions import Permission
from people.models import Person
from rights.enums import RequestKind, RequestState
from rights.models import DestructionList, RetentionRule, RightsRequest


def can_ask(user: User, person: Person) -> bool:
    """Write down what somebody asks about his own data."""
    return user.access.can(Permission.RIGHTS_ASK, person.neighbourhood_id)


def can_read_request(user: User, request: RightsRequest) -> bool:
    """Read the words of a request: who may see the person. Who oversees sees its number and state alone."""
    return (
        request.person_id is not None
        and user.access.can(Permission.RIGHTS_ASK, request.neighbourhood_id)
        and Person.objects.visible_to(user).filter(pk=request.person_id).exists()
    )


def can_decide(user: User, request: RightsRequest) -> bool:
    """Answer a request. Erasing is approved by who oversees, and by nobody who asked for it."""
    if request.kind == RequestKind.ERASE:
        return can_oversee(user, request) and request.recorded_by_id != user.pk
    return user.access.can(Permission.RIGHTS_DECIDE, request.neighbourhood_id)


def can_refuse(user: User, request: RightsRequest) -> bool:
    """Refuse on a ground in the law."""
    return user.access.can(Permission.RIGHTS_DECIDE, request.neighbourhood_id) or can_oversee(user, request)


def can_oversee(user: User, request: RightsRequest) -> bool:
    """Extend the term, approve erasing."""
    return user.access.can(Permission.RIGHTS_OVERSEE, request.neighbourhood_id)


def can_extend(user: User, request: RightsRequest) -> bool:
    """Tell the person that it takes longer."""
    return can_oversee(user, request) or user.access.can(Permission.RIGHTS_DECIDE, request.neighbourhood_id)


def can_retry(user: User, request: RightsRequest) -> bool:
    """Have tried again what a worker gave up on: who answers requests, and who oversees them."""
    return can_refuse(user, request)


def can_review(user: User, request: RightsRequest) -> bool:
    """Read over what would be handed over, in one's own circles."""
    return request.state == RequestState.REVIEW and can_read_request(user, request)


def can_manage_rules(user: User, rule: RetentionRule) -> bool:
    """Change a selection rule."""
    return user.access.can(Permission.RETENTION_MANAGE, rule.neighbourhood_id)


def can_approve_list(user: User, wanted: DestructionList) -> bool:
    """Approve as one of two, and take lines out."""
    return user.access.can(Permission.RETENTION_READ, wanted.neighbourhood_id)
