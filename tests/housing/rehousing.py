"""Agreements and stays for tests, made through the real actions."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cases.models import Case
from housing.actions.agreement_templates import load_templates
from housing.actions.agreements import make_agreement, make_ready, sign_agreement
from housing.actions.crisis_dwellings import add_crisis_dwelling
from housing.actions.stays import plan_stay, start_stay
from housing.models import (
    Agreement,
    AgreementTemplate,
    CrisisDwelling,
    Landlord,
    ObligationDue,
    Stay,
)
from tests.factories import World
from tests.housing.factories import house, make_building, make_dwelling, make_landlord, own


def today() -> dt.date:
    """Return the day in local time."""
    return timezone.localdate()


def ago(days: int) -> dt.date:
    """Return the day so many days ago."""
    return today() - dt.timedelta(days=days)


def template(code: str = "driepartijen") -> AgreementTemplate:
    """Return the current version of a template."""
    load_templates()
    return AgreementTemplate.objects.current().get(code=code)


def landlord_of(world: World, case: Case) -> Landlord:
    """Let the family of a case live in a dwelling of a landlord; once."""
    known = Landlord.objects.filter(ownerships__dwelling__occupancies__household=case.household).first()
    if known is not None:
        return known
    dwelling = make_dwelling(world, make_building(world, street="Huurstraat", number=str(case.pk)))
    landlord = make_landlord(world, name=f"Verhuurder {case.number}")
    own(world, dwelling, landlord)
    house(world, case, dwelling, rent=Decimal("650"))
    return landlord


def drafted(world: World, case: Case, **kwargs: Any) -> Agreement:
    """Make a draft of the three-party agreement."""
    kwargs.setdefault("starts_on", ago(30))
    kwargs.setdefault("return_on", today() + dt.timedelta(days=62))
    return make_agreement(
        by=world.tenancy_lead,
        case=case,
        template=kwargs.pop("template", None) or template(),
        landlords=[landlord_of(world, case)],
        organisations=[world.organisations["welfare"]],
        **kwargs,
    )


def running(world: World, case: Case, **kwargs: Any) -> Agreement:
    """Make one that everybody signed and that runs."""
    agreement = make_ready(by=world.tenancy_lead, agreement=drafted(world, case, **kwargs))
    return sign_agreement(by=world.tenancy_lead, agreement=agreement, signed_on=agreement.starts_on)


def due_of(agreement: Agreement, words: str) -> ObligationDue:
    """Return the first due date of the obligation that has these words."""
    return (
        ObligationDue.objects.filter(agreement=agreement, obligation__text__icontains=words)
        .order_by("due_on", "pk")
        .first()
    )  # type: ignore[return-value]


def make_unit(world: World, number: str = "1", **kwargs: Any) -> CrisisDwelling:
    """Add a crisis dwelling for five people at 390 euro a month."""
    dwelling = make_dwelling(world, make_building(world, street="Noodstraat", number=number))
    values = {
        "operator": world.organisations["welfare"],
        "capacity": 5,
        "is_accessible": True,
        "allows_pets": False,
        "notes": "",
        "fee": Decimal("390"),
        "fee_from_on": dt.date(2020, 1, 1),
    }
    return add_crisis_dwelling(by=world.coordinator, dwelling=dwelling, **(values | kwargs))


def planned(world: World, case: Case, unit: CrisisDwelling | None = None, **kwargs: Any) -> Stay:
    """Plan a stay of three months that starts today."""
    kwargs.setdefault("from_on", today())
    kwargs.setdefault("until_on", today() + dt.timedelta(days=92))
    return plan_stay(by=world.tenancy_lead, case=case, unit=unit or make_unit(world), **kwargs)


def staying(world: World, case: Case, unit: CrisisDwelling | None = None, *, since: int = 40) -> Stay:
    """Let a family stay somewhere since some days."""
    landlord_of(world, case)
    stay = planned(world, case, unit, from_on=ago(since), until_on=ago(since) + dt.timedelta(days=92))
    return start_stay(by=world.tenancy_lead, stay=stay, arrived_on=ago(since))
