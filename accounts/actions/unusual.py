"""Finding unusual looks, asking about them, and how strict a neighbourhood is."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import HomeStreet, LookRules, Neighbourhood, UnusualLook, UnusualVerdict, User
from arsenaal.lib.errors import ActionError
from arsenaal.lib.registries import unusual_rules


class CannotReviewLook(ActionError):
    """This finding was looked at already, or it is about oneself."""


def find_unusual(*, now: dt.datetime | None = None) -> int:
    """Go over the looks since yesterday's midnight with every rule; return how many findings there are.

    Safe to run twice and beside itself: a finding is one row by its rule and key, and found again only its count and
    last look change. Days are local days.
    """
    now = now or timezone.now()
    yesterday = timezone.localtime(now).date() - dt.timedelta(days=1)
    since = timezone.make_aware(dt.datetime.combine(yesterday, dt.time.min))
    found = [
        UnusualLook(
            rule=rule.code,
            key=finding.key,
            user_id=finding.user_id,
            neighbourhood_id=finding.neighbourhood_id,
            case_id=finding.case_id,
            case_number=finding.case_number,
            looked_at=finding.looked_at,
            looked_until=finding.looked_until,
            look_count=finding.look_count,
            found_at=now,
        )
        for rule in unusual_rules
        for finding in rule.find(since, now)
    ]
    # In one order, so that two at once wait for each other instead of locking each other out.
    found.sort(key=lambda row: (row.rule, row.key))
    UnusualLook.objects.bulk_create(
        found,
        update_conflicts=True,
        unique_fields=["rule", "key"],
        update_fields=["looked_until", "look_count"],
    )
    return len(found)


@transaction.atomic
def review_unusual(
    *, by: User, unusual: UnusualLook, verdict: UnusualVerdict, note: str, now: dt.datetime | None = None
) -> UnusualLook:
    """Say what came of asking. The log itself stays as it is. Raises CannotReviewLook."""
    unusual = UnusualLook.objects.select_for_update().get(pk=unusual.pk)
    if unusual.user_id == by.pk:
        raise CannotReviewLook(_("Over je eigen inzage oordeel je niet zelf."))
    if unusual.reviewed_at is not None:
        raise CannotReviewLook(_("Een collega keek dit al na. Herlaad de bladzijde."))
    note = " ".join(note.split())
    if not note and verdict != UnusualVerdict.FINE:
        raise CannotReviewLook(_("Zeg kort wat er besproken is of wat erop volgt."), field="note")
    unusual.verdict, unusual.note = verdict, note
    unusual.reviewed_at, unusual.reviewed_by = now or timezone.now(), by
    unusual.save(update_fields=["verdict", "note", "reviewed_at", "reviewed_by"])
    return unusual


@transaction.atomic
def set_look_rules(*, by: User, neighbourhood: Neighbourhood, **fields: Any) -> LookRules:
    """Say from when a look is unusual in this neighbourhood; it holds for looks that are found from now on."""
    rules, _made = LookRules.objects.update_or_create(neighbourhood=neighbourhood, defaults=fields)
    return rules


@transaction.atomic
def set_home_street(*, by: User, user: User, street: str) -> None:
    """Keep the street where a colleague lives; an empty one is forgotten."""
    street = " ".join(street.split())
    if not street:
        HomeStreet.objects.filter(user=user).delete()
        return
    HomeStreet.objects.update_or_create(user=user, defaults={"street": street})
