"""What the case page shows of the civil track: that there is a legal file, its state and its next day."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.registries import CasePanel
from arsenaal.lib.wall import beyond_wall
from cases.models import Case
from housing.legal_reading import legal_file_of
from housing.models import LegalFile
from housing.perms import can_add_evidence, can_join_legal_file, can_open_legal_file


def legal_context(case: Case, user: User) -> dict[str, Any] | None:
    """Return the outside of the file, and what this user may do; nothing for who has no part in it."""
    with beyond_wall("that there is a legal file, its state and its next day"):
        legal_file = legal_file_of(case)
    may_add = user.access.can(Permission.EVIDENCE_ADD, case.neighbourhood_id)
    may_open = legal_file is None and can_open_legal_file(user, case)
    # A household whose block has a file, and that isn't in it: joins with one press.
    of_block = None
    if legal_file is None and case.household_id and case.parent_id:
        of_block = LegalFile.objects.open().filter(case=case.parent_id).select_related("case").first()
    may_join = of_block is not None and can_join_legal_file(user, of_block)
    if legal_file is None and not (may_add or may_open):
        return None
    return {
        "legal_file": legal_file,
        "of_block": of_block if may_join else None,
        "may_open": may_open and of_block is None,
        "may_read": user.access.can(Permission.LEGAL_FILE_READ, case.neighbourhood_id),
        "may_add": may_add,
        "may_write": can_add_evidence(user, case),
    }


def _reads_case(user: User, case: Case) -> bool:
    """Whoever reads the case may know that there is a lawyer's file."""
    return user.access.can(Permission.CASE_READ, case.neighbourhood_id)


PANELS = (
    CasePanel(
        "housing.legal",
        _("Juridisch"),
        37,
        "housing/panels/legal.html",
        _reads_case,
        legal_context,
        goal=Goal.HOUSING.value,
    ),
)
