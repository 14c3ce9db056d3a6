"""Deciding whether two landlords are one portfolio, and whether a pattern of defects is one."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from housing.enums_legal import LandlordVerdict
from housing.links import reasons
from housing.models import Landlord, LandlordLink, RecurringVerdict


class CannotLinkLandlords(ActionError):
    """These two can't be linked; the message says why."""


class CannotJudgePattern(ActionError):
    """Nothing can be decided about this pattern; the message says why."""


@transaction.atomic
def link_landlords(
    *, by: User, one: Landlord, other: Landlord, verdict: str = LandlordVerdict.SAME
) -> LandlordLink:
    """Decide that two landlords are one portfolio, or are not. Deciding the same again changes nothing.

    Both stay as they are; only the verdict is kept, with why the system thought so. Another verdict replaces the
    standing one, which stays readable. Raises CannotLinkLandlords for one and the same record.
    """
    if one.pk == other.pk:
        raise CannotLinkLandlords(_("Dit is één en dezelfde verhuurder."))
    ids = sorted([one.pk, other.pk])
    # Both rows locked in one order: two people who decide at once wait for each other.
    first, second = Landlord.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    standing = LandlordLink.objects.standing().filter(first=first, second=second).first()
    if standing is not None:
        if standing.verdict == verdict:
            return standing
        unlink_landlords(by=by, link=standing)
    why = ", ".join(reason.text for reason in reasons(first, second))
    return LandlordLink.objects.create(
        first=first, second=second, verdict=verdict, reasons=why[:300], decided_by=by
    )


@transaction.atomic
def unlink_landlords(*, by: User, link: LandlordLink) -> LandlordLink:
    """Undo a verdict. Who decided and who undid it stays readable; undoing twice changes nothing."""
    link = LandlordLink.objects.select_for_update().get(pk=link.pk)
    if link.undone_at is None:
        link.undone_at, link.undone_by = timezone.now(), by
        link.save(update_fields=["undone_at", "undone_by"])
    return link


@transaction.atomic
def dismiss_pattern(*, by: User, landlord: Landlord, item_code: str, reason: str) -> RecurringVerdict:
    """Say that a defect that keeps coming back is not the same thing; from now on it isn't shown as a pattern.

    Deciding again changes nothing. Raises CannotJudgePattern without a reason.
    """
    if not reason.strip():
        raise CannotJudgePattern(_("Schrijf in een paar woorden op waarom."), field="reason")
    Landlord.objects.select_for_update().get(pk=landlord.pk)
    standing = RecurringVerdict.objects.filter(
        landlord=landlord, item_code=item_code, undone_at__isnull=True
    ).first()
    return standing or RecurringVerdict.objects.create(
        landlord=landlord, item_code=item_code, reason=reason.strip(), decided_by=by
    )


@transaction.atomic
def restore_pattern(*, by: User, verdict: RecurringVerdict) -> RecurringVerdict:
    """Show the pattern again. Undoing twice changes nothing."""
    verdict = RecurringVerdict.objects.select_for_update().get(pk=verdict.pk)
    if verdict.undone_at is None:
        verdict.undone_at, verdict.undone_by = timezone.now(), by
        verdict.save(update_fields=["undone_at", "undone_by"])
    return verdict
