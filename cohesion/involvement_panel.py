"""What the case page tells of what the family does in the neighbourhood: only what its person said yes to."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import User
from arsenaal.lib.registries import CasePanel, StepSource
from cases.enums import CaseKind
from cases.models import Case
from cohesion.models import Involvement
from cohesion.models.involvement import InvolvementQuerySet
from people.models import HouseholdMember

CODE = "cohesion.involvement"


def involvements_of(case: Case) -> InvolvementQuerySet:
    """What those who belong to the household today do in the neighbourhood today, as far as each of them said yes."""
    today = timezone.localdate()
    members = HouseholdMember.objects.on(today).filter(
        household_id=case.household_id, person_id=OuterRef("person_id")
    )
    return (
        Involvement.objects.agreed_on_day(today)
        .running_on(today)
        .filter(Exists(members), person__erased_at__isnull=True)
    )


def involvement_context(case: Case, user: User) -> dict[str, Any] | None:
    """Gather it in one query; nothing at all when nobody said yes."""
    rows = list(involvements_of(case).select_related("person").order_by("-since", "-pk"))
    return {"involvements": rows, "code": CODE} if rows else None


def _for_the_team(user: User, case: Case) -> bool:
    """Who works for the team itself: the yes is to the team of the case, and to nobody outside it."""
    return case.kind == CaseKind.HOUSEHOLD and user.organisation.is_of_team


def step_words(case: Case, user: User, pk: int) -> dict[str, Any] | None:
    """With what words a step of the plan begins that goes on from this; None when it may not be known."""
    if not _for_the_team(user, case):
        return None
    found = involvements_of(case).select_related("person").filter(pk=pk).first()
    if found is None:
        return None
    return {
        "title": _t("Verder bouwen op: %(what)s") % {"what": found.what},
        "why": _t("%(who)s is actief in de wijk. Dat is een kracht.") % {"who": found.person.given_name},
        "goal": Goal.COHESION.value,
    }


PANEL = CasePanel(
    CODE,
    _("Actief in de wijk"),
    45,
    "cohesion/panels/involvement.html",
    _for_the_team,
    involvement_context,
    goal=Goal.COHESION.value,
)
STEP_SOURCE = StepSource(CODE, step_words)
