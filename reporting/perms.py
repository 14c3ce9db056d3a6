"""Who may do what with reports. Seen but not allowed is 403."""

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from reporting.models import Report


def can_make_report(user: User, neighbourhood: Neighbourhood) -> bool:
    """Ask for a report over this neighbourhood."""
    return user.access.can(Permission.REPORT_MAKE, neighbourhood.pk)


def can_retry_report(user: User, report: Report) -> bool:
    """Have a report that failed made once more."""
    return user.access.can(Permission.REPORT_MAKE, report.neighbourhood_id)
