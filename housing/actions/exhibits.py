"""Exhibits of a legal file: numbered without gaps, shown only with the permission of whose they are."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.models import Case
from cases.timeline import record
from housing.actions.legal_files import lock_legal_file
from housing.models import Bundle, Evidence, Exhibit, ExhibitPermission, LegalFile
from people.enums import MemberRole
from people.models import HouseholdMember, Person


class CannotAddExhibit(ActionError):
    """This can't become an exhibit; the message says why."""


class CannotPermit(ActionError):
    """This permission can't be recorded; the message says why."""


def _cases_of(legal_file: LegalFile) -> set[int]:
    taking_part = legal_file.tenants.filter(left_at__isnull=True).values_list("case_id", flat=True)
    return {legal_file.case_id, *taking_part}


@transaction.atomic
def add_exhibits(*, by: User, legal_file: LegalFile, evidence: Iterable[Evidence]) -> list[Exhibit]:
    """Give each piece of evidence the next number, oldest first; what is an exhibit already keeps its own.

    Two people who add at once wait for each other: no number is given twice, none is left out. Raises
    CannotAddExhibit for evidence of a household that takes no part, or that was withdrawn.
    """
    legal_file = lock_legal_file(legal_file)
    cases = _cases_of(legal_file)
    known = set(legal_file.exhibits.values_list("evidence_id", flat=True))
    made = []
    for piece in sorted(evidence, key=lambda piece: (piece.about_on, piece.pk)):
        if piece.pk in known:
            continue
        if piece.case_id not in cases:
            raise CannotAddExhibit(
                _("Dit bewijs is van een gezin dat niet meedoet aan dit juridisch dossier.")
            )
        if not Evidence.objects.standing().filter(pk=piece.pk).exists():
            raise CannotAddExhibit(_("Dit bewijs werd ingetrokken."))
        legal_file.last_exhibit += 1
        known.add(piece.pk)
        made.append(
            Exhibit.objects.create(
                legal_file=legal_file,
                number=legal_file.last_exhibit,
                evidence=piece,
                title=piece.title,
                added_by=by,
            )
        )
    if made:
        legal_file.save(update_fields=["last_exhibit"])
    return made


@transaction.atomic
def remove_exhibit(*, by: User, exhibit: Exhibit, reason: str) -> Exhibit:
    """Take an exhibit out: its number stays with it, and it is in no later bundle. Twice changes nothing.

    Raises CannotAddExhibit without a reason.
    """
    if not reason.strip():
        raise CannotAddExhibit(_("Schrijf op waarom dit stuk eruit gaat."), field="reason")
    lock_legal_file(exhibit.legal_file)
    exhibit = Exhibit.objects.select_for_update().get(pk=exhibit.pk)
    if exhibit.removed_at is None:
        exhibit.removed_at, exhibit.removed_by = timezone.now(), by
        exhibit.removed_reason = reason.strip()[:300]
        exhibit.save(update_fields=["removed_at", "removed_by", "removed_reason"])
    return exhibit


def members_of(case: Case) -> list[Person]:
    """Return the grown-ups of the household of a case today: they can give permission."""
    members = HouseholdMember.objects.on(timezone.localdate()).filter(household=case.household)
    grown = members.exclude(role__in=[MemberRole.CHILD, MemberRole.NEWBORN])
    return [member.person for member in grown.select_related("person").order_by("pk")]


def _tell(exhibits: Sequence[Exhibit], person: Person, *, by: User, title: str, chips: list[str]) -> None:
    case = exhibits[0].evidence.case
    if case.is_open:
        record(
            "housing.legal_work",
            case=case,
            by=by,
            title=title,
            data={"chips": [str(person), *chips]},
            goal="housing",
        )


@transaction.atomic
def give_permission(
    *,
    by: User,
    exhibits: Sequence[Exhibit],
    person: Person,
    scope: str,
    how: str,
    given_on: dt.date,
) -> list[ExhibitPermission]:
    """Record that somebody of the household permits to show these exhibits of his household.

    A permission that reaches as far already stays; one that reaches less or more is replaced. Raises CannotPermit for
    exhibits of different households, for somebody of another household, and for a day that still has to come.
    """
    if not exhibits:
        raise CannotPermit(_("Kies minstens één stuk."), field="exhibits")
    lock_legal_file(exhibits[0].legal_file)
    ids = [exhibit.pk for exhibit in exhibits]
    exhibits = list(
        Exhibit.objects.select_for_update(of=("self",))
        .select_related("evidence__case")
        .filter(pk__in=ids, removed_at__isnull=True)
        .order_by("number")
    )
    if not exhibits or len({exhibit.evidence.case_id for exhibit in exhibits}) != 1:
        raise CannotPermit(_("Kies stukken van één gezin."), field="exhibits")
    if given_on > timezone.localdate():
        raise CannotPermit(_("Deze dag moet nog komen."), field="given_on")
    if person.pk not in {member.pk for member in members_of(exhibits[0].evidence.case)}:
        raise CannotPermit(_("Deze persoon hoort niet bij dit gezin."), field="person")
    given = []
    for exhibit in exhibits:
        standing = ExhibitPermission.objects.standing().filter(exhibit=exhibit).first()
        if standing is not None:
            if standing.scope == scope:
                continue
            _take_back(standing, by=by, how=how)
        given.append(
            ExhibitPermission.objects.create(
                exhibit=exhibit, person=person, scope=scope, how=how, given_on=given_on, recorded_by=by
            )
        )
    if given:
        numbers = ", ".join(str(exhibit.number) for exhibit in exhibits)
        _tell(
            exhibits,
            person,
            by=by,
            title=_("Toestemming voor stuk %(numbers)s") % {"numbers": numbers},
            chips=[str(given[0].get_scope_display())],
        )
    return given


def _take_back(permission: ExhibitPermission, *, by: User, how: str) -> None:
    permission.withdrawn_at, permission.withdrawn_by, permission.withdrawn_how = timezone.now(), by, how
    permission.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_how"])


def bundles_holding(exhibit: Exhibit) -> list[Bundle]:
    """Return the finished bundles in which an exhibit already is: they exist, and may have left the house."""
    return list(
        Bundle.objects.filter(items__exhibit=exhibit)
        .select_related("tenant__case")
        .order_by("number")
        .defer("contents")
    )


@transaction.atomic
def withdraw_permission(*, by: User, permission: ExhibitPermission, how: str) -> list[Bundle]:
    """Take a permission back: from now on the exhibit is in no bundle. Returns the earlier bundles that hold it.

    A bundle that is being made at this moment waits for this, and starts again without the exhibit. Also possible in a
    file that was closed. Twice changes nothing.
    """
    LegalFile.objects.select_for_update().get(pk=permission.exhibit.legal_file_id)
    permission = (
        ExhibitPermission.objects.select_for_update(of=("self",))
        .select_related("exhibit__evidence__case", "person")
        .get(pk=permission.pk)
    )
    if permission.withdrawn_at is None:
        _take_back(permission, by=by, how=how)
        _tell(
            [permission.exhibit],
            permission.person,
            by=by,
            title=_("Toestemming ingetrokken voor stuk %(number)d") % {"number": permission.exhibit.number},
            chips=[],
        )
    return bundles_holding(permission.exhibit)
