"""Selection rules: a change is a new version from a day on; what was decided before stays to be read."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError
from rights.enums import Category, Certainty, Destination
from rights.models import RetentionRule

# Placeholders until the selection committee approves rules: nothing goes by itself on the strength of these.
USUAL = (
    (
        Category.CASE,
        "Dossiers van gezinnen en panden",
        120,
        "gebruikelijk bij sociale diensten; Bestuursdecreet 7 december 2018",
    ),
    (Category.PERSON, "Personen zonder dossier", 24, "AVG artikel 5.1.e: niet langer dan nodig"),
    (Category.RADAR, "Signalen die nergens toe leidden", 12, "AVG artikel 5.1.e: niet langer dan nodig"),
    (
        Category.DRAFT,
        "Bezoekverslagen die niet bewaard werden",
        1,
        "AVG artikel 5.1.e: niet langer dan nodig",
    ),
)


class CannotChangeRule(ActionError):
    """The rule can't be changed like this; the message says why."""


@transaction.atomic
def load_usual_rules(*, by: User, neighbourhood: Neighbourhood, now: dt.datetime | None = None) -> int:
    """Give a neighbourhood the usual rules, to be confirmed, where it has none. Returns how many were made."""
    now = now or timezone.now()
    if not by.access.can(Permission.RETENTION_MANAGE, neighbourhood.pk):
        raise CannotChangeRule(_("Je beheert de selectieregels van deze wijk niet."))
    Neighbourhood.objects.select_for_update().get(pk=neighbourhood.pk)
    made = 0
    for category, name, months, ground in USUAL:
        if RetentionRule.objects.filter(neighbourhood=neighbourhood, category=category).exists():
            continue
        RetentionRule.objects.create(
            neighbourhood=neighbourhood,
            category=category,
            name=name,
            months=months,
            ground=ground,
            destination=Destination.DESTROY,
            certainty=Certainty.TO_CONFIRM,
            from_on=timezone.localtime(now).date(),
            decided_by=by,
            decided_at=now,
        )
        made += 1
    return made


@transaction.atomic
def change_rule(
    *, by: User, rule: RetentionRule, from_on: dt.date, now: dt.datetime | None = None, **fields: Any
) -> RetentionRule:
    """Write a new version of a rule that holds from a day on; the old one ends the day before.

    Raises CannotChangeRule for whoever may not, for a version that is no longer the newest, and for a day on or
    before which the newest version itself began.
    """
    now = now or timezone.now()
    rule = RetentionRule.objects.select_for_update().get(pk=rule.pk)
    if not by.access.can(Permission.RETENTION_MANAGE, rule.neighbourhood_id):
        raise CannotChangeRule(_("Je beheert de selectieregels van deze wijk niet."))
    if rule.until_on is not None:
        raise CannotChangeRule(_("Iemand veranderde deze regel intussen. Begin van de nieuwste."))
    if from_on <= rule.from_on:
        raise CannotChangeRule(
            _("Deze regel geldt al sinds %(day)s. Kies een latere dag.")
            % {"day": f"{rule.from_on:%d/%m/%Y}"},
            field="from_on",
        )
    rule.until_on = from_on - dt.timedelta(days=1)
    rule.save(update_fields=["until_on"])
    return RetentionRule.objects.create(
        neighbourhood_id=rule.neighbourhood_id,
        category=rule.category,
        from_on=from_on,
        decided_by=by,
        decided_at=now,
        **fields,
    )
