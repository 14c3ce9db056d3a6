"""What a request leaves on the timelines of the family: that there was one, and what became of it."""

from django.utils import timezone

from accounts.models import User
from arsenaal.lib.wall import beyond_wall
from cases.models import Case
from cases.timeline import record
from people.models import HouseholdMember
from rights.models import RightsRequest


def tell_cases(request: RightsRequest, *, by: User, title: str, body: str = "") -> None:
    """Record it in the open cases of the household to which this person belongs today. Never a name."""
    if request.person_id is None:
        return
    today = timezone.localdate()
    members = HouseholdMember.objects.on(today).filter(person=request.person_id)
    with beyond_wall("the cases of who asked"):
        cases = list(Case.objects.open().filter(household__members__in=members).distinct().order_by("pk"))
    for case in cases:
        record("rights.request", case=case, by=by, title=title, body=body)
