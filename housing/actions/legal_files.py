"""One lawyer for many tenants: opening a legal file for a block in one action, and who takes part."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.locking import lock_case, lock_open_case
from cases.enums import CaseKind
from cases.models import Case
from cases.timeline import record
from housing.enums_legal import LegalState
from housing.models import LegalFile, LegalTenant


class CannotOpenLegalFile(ActionError):
    """No legal file can be opened for this case; the message says why."""


class CannotJoinLegalFile(ActionError):
    """This household can't take part; the message says why."""


class CannotChangeLegalFile(ActionError):
    """The legal file can't be changed like this; the message says why."""


def lock_legal_file(legal_file: LegalFile) -> LegalFile:
    """Return the file as it is now, its row locked. Raises CannotChangeLegalFile when it was closed."""
    locked = LegalFile.objects.select_for_update(of=("self",)).select_related("case").get(pk=legal_file.pk)
    if not locked.is_open:
        raise CannotChangeLegalFile(_("Dit juridisch dossier is afgesloten."))
    return locked


def check_lawyer(user: User, neighbourhood_id: int) -> None:
    """Raise CannotChangeLegalFile for somebody who doesn't do legal files in this neighbourhood."""
    lawyers = User.objects.with_permission(Permission.LEGAL_FILE_WORK, neighbourhood_id)
    if not lawyers.filter(pk=user.pk).exists():
        raise CannotChangeLegalFile(_("Deze collega is geen jurist in deze wijk."), field="lawyer")


def _refuse_if_elsewhere(case: Case, legal_file: LegalFile | None = None) -> None:
    """One household, one lawyer: it can't be in two files that run."""
    elsewhere = LegalTenant.objects.filter(
        case=case, left_at__isnull=True, legal_file__closed_at__isnull=True
    ).exclude(legal_file=legal_file)
    if elsewhere.exists():
        raise CannotJoinLegalFile(_("Dit gezin zit al in een ander juridisch dossier."), field="case")


def _tell_joined(case: Case, legal_file: LegalFile, *, by: User, now: dt.datetime) -> None:
    record(
        "housing.legal_file",
        case=case,
        by=by,
        title=_("Doet mee aan het juridisch dossier"),
        data={"chips": [_("jurist: %(name)s") % {"name": legal_file.lawyer}]},
        goal="housing",
        occurred_at=now,
    )


@transaction.atomic
def open_legal_file(
    *, by: User, case: Case, lawyer: User, title: str, now: dt.datetime | None = None
) -> LegalFile:
    """Open the file of a case: for a block, every open household case in it takes part at once, with one lawyer.

    A household that is in another file stays there. Raises CannotOpenLegalFile when this case has a file that runs,
    CannotChangeLegalFile for somebody who is no lawyer here, CannotJoinLegalFile for a household that is in another
    file, CaseIsClosed.
    """
    now = now or timezone.now()
    # Households before their block, as everywhere: see join_block.
    households = list(
        Case.objects.open().select_for_update(of=("self",)).filter(parent=case).order_by("pk")
        if case.kind == CaseKind.BUILDING
        else []
    )
    case = lock_open_case(case)
    check_lawyer(lawyer, case.neighbourhood_id)
    if LegalFile.objects.open().filter(case=case).exists():
        raise CannotOpenLegalFile(_("Dit dossier heeft al een juridisch dossier dat loopt."))
    title = " ".join(title.split())
    if not title:
        raise CannotOpenLegalFile(_("Geef het juridisch dossier een naam."), field="title")
    if case.kind == CaseKind.HOUSEHOLD:
        _refuse_if_elsewhere(case)
        households = [case]
    legal_file = LegalFile.objects.create(
        neighbourhood_id=case.neighbourhood_id,
        case=case,
        title=title,
        lawyer=lawyer,
        opened_at=now,
        opened_by=by,
    )
    elsewhere = set(
        LegalTenant.objects.filter(
            case__in=households, left_at__isnull=True, legal_file__closed_at__isnull=True
        ).values_list("case_id", flat=True)
    )
    for household in households:
        if household.pk not in elsewhere:
            LegalTenant.objects.create(legal_file=legal_file, case=household, joined_at=now, joined_by=by)
            _tell_joined(household, legal_file, by=by, now=now)
    if case.kind == CaseKind.BUILDING:
        record(
            "housing.legal_file",
            case=case,
            by=by,
            title=_("Juridisch dossier gestart"),
            data={"chips": [_("jurist: %(name)s") % {"name": lawyer}]},
            goal="housing",
            occurred_at=now,
        )
    return legal_file


@transaction.atomic
def join_legal_file(
    *, by: User, legal_file: LegalFile, case: Case, now: dt.datetime | None = None
) -> LegalTenant:
    """Let a household take part, also one that left before. Joining twice changes nothing.

    Raises CannotJoinLegalFile for a block, another neighbourhood, or a household in another file; CaseIsClosed.
    """
    now = now or timezone.now()
    case = lock_open_case(case)
    legal_file = lock_legal_file(legal_file)
    if case.kind != CaseKind.HOUSEHOLD or case.neighbourhood_id != legal_file.neighbourhood_id:
        raise CannotJoinLegalFile(_("Kies een gezinsdossier van deze wijk."), field="case")
    _refuse_if_elsewhere(case, legal_file)
    tenant, is_new = LegalTenant.objects.get_or_create(
        legal_file=legal_file, case=case, defaults={"joined_at": now, "joined_by": by}
    )
    if not is_new and tenant.takes_part:
        return tenant
    if not is_new:
        tenant.left_at, tenant.left_by, tenant.left_reason = None, None, ""
        tenant.save(update_fields=["left_at", "left_by", "left_reason"])
    _tell_joined(case, legal_file, by=by, now=now)
    return tenant


@transaction.atomic
def leave_legal_file(*, by: User, tenant: LegalTenant, reason: str) -> LegalTenant:
    """Let a household step out: what it brought is in no later bundle. Leaving twice changes nothing.

    Raises CannotJoinLegalFile without a reason.
    """
    if not reason.strip():
        raise CannotJoinLegalFile(_("Schrijf op waarom het gezin eruit stapt."), field="reason")
    case = lock_case(tenant.case)
    legal_file = lock_legal_file(tenant.legal_file)
    tenant = LegalTenant.objects.select_for_update().get(pk=tenant.pk)
    if not tenant.takes_part:
        return tenant
    tenant.left_at, tenant.left_by, tenant.left_reason = timezone.now(), by, reason.strip()
    tenant.save(update_fields=["left_at", "left_by", "left_reason"])
    if case.is_open:
        record(
            "housing.legal_file",
            case=case,
            by=by,
            title=_("Doet niet meer mee aan het juridisch dossier"),
            data={"chips": [_("jurist: %(name)s") % {"name": legal_file.lawyer}]},
            goal="housing",
        )
    return tenant


@transaction.atomic
def edit_legal_file(
    *,
    by: User,
    legal_file: LegalFile,
    version: int,
    title: str,
    lawyer: User,
    state: str,
    court: str = "",
    roll_number: str = "",
    strategy: str = "",
) -> LegalFile:
    """Change a file; the team sees its state change, never why. `closed` closes it.

    Raises ChangedMeanwhileError, CannotChangeLegalFile for a file that was closed or somebody who is no lawyer here.
    """
    legal_file = lock_legal_file(legal_file)
    if legal_file.version != version:
        raise ChangedMeanwhileError(
            _("Een collega paste dit juridisch dossier net aan."),
            current={
                _("Naam"): legal_file.title,
                _("Jurist"): str(legal_file.lawyer),
                _("Stand"): str(legal_file.get_state_display()),
                _("Vredegerecht"): legal_file.court,
                _("Rolnummer"): legal_file.roll_number,
                _("Aanpak"): legal_file.strategy,
            },
        )
    if lawyer.pk != legal_file.lawyer_id:
        check_lawyer(lawyer, legal_file.neighbourhood_id)
    before = legal_file.state
    legal_file.title = " ".join(title.split())
    legal_file.lawyer, legal_file.state = lawyer, state
    legal_file.court, legal_file.roll_number = court.strip(), roll_number.strip()
    legal_file.strategy = strategy.strip()
    if state == LegalState.CLOSED:
        legal_file.closed_at, legal_file.closed_by = timezone.now(), by
    legal_file.version += 1
    legal_file.save()
    if before != state and legal_file.case.is_open:
        record(
            "housing.legal_file",
            case=legal_file.case,
            by=by,
            title=_("Juridisch dossier: %(state)s") % {"state": LegalState(state).label},
            goal="housing",
        )
    return legal_file
