"""The agreement, the crisis dwelling and the stays of a place."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from housing.actions.agreement_templates import load_templates, start_version
from housing.actions.agreements import add_party, make_agreement, make_ready, sign_agreement
from housing.actions.crisis_dwellings import add_crisis_dwelling, block_for_works
from housing.actions.dwellings import create_dwelling
from housing.actions.obligations import ask_more_time, record_evidence
from housing.actions.rehousing_costs import add_cost
from housing.actions.stays import ask_longer, end_stay, plan_stay, start_stay
from housing.actions.waiting import put_on_list
from housing.models import AgreementTemplate, Occupancy
from tests.arsenaal.papers import ordinary_pdf, sent_file
from tests.factories import World


def _days(count: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=count)


def rehouse(place: Any, world: World) -> None:
    """Make one of everything about agreements and rehousing, through the real actions."""
    _agreements(place, world)
    _stays(place, world)


def _agreements(place: Any, world: World) -> None:
    by, case, things = place.opener, place.case, place.things
    load_templates()
    template = AgreementTemplate.objects.current().get(code="driepartijen")
    things["template"] = start_version(by=world.administrator, template=template)
    things["template_obligation"] = things["template"].obligations.order_by("position").first()

    def make() -> Any:
        return make_agreement(
            by=by,
            case=case,
            template=template,
            starts_on=_days(-20),
            return_on=_days(70),
            landlords=[things["landlord"]],
            organisations=[things["organisation"]],
            dwelling=things["dwelling"],
        )

    draft = make()
    things |= {
        "draft_agreement": draft,
        "party": add_party(by=by, agreement=draft, kind="other", name="Een neef"),
        "obligation": draft.obligations.order_by("position").first(),
    }
    ready = make_ready(by=by, agreement=make())
    things["agreement"] = sign_agreement(by=by, agreement=ready, signed_on=_days(-20))
    things["due"] = ready.dues.get(obligation__topic="certificate")
    things["due_extension"] = ask_more_time(
        by=by, due=things["due"], until_on=_days(90), reason="De pleisteraar is ziek."
    )
    evidence = record_evidence(
        by=by,
        due=things["due"],
        on=_days(-1),
        text="Het dak is dicht.",
        upload=sent_file(ordinary_pdf(words=f"Bewijs {place.name}")),
    )
    things["file"] = evidence.file


def _stays(place: Any, world: World) -> None:
    by, case, things = place.opener, place.case, place.things
    dwelling = create_dwelling(
        by=by, building=things["building"], kind="apartment", box="nood", keep_anyway=True
    )
    unit = add_crisis_dwelling(
        by=by,
        dwelling=dwelling,
        operator=things["organisation"],
        capacity=4,
        is_accessible=True,
        allows_pets=False,
        notes="Sleutels aan het onthaal.",
        fee=Decimal("390"),
        fee_from_on=dt.date(2020, 1, 1),
    )
    before = plan_stay(by=by, case=case, unit=unit, from_on=_days(-300), until_on=_days(-200))
    start_stay(by=by, stay=before, arrived_on=_days(-300))
    end_stay(by=by, stay=before, ended_on=_days(-200), outcome="returned")
    things["check"] = before.aftercare.order_by("due_on").first()
    stay = plan_stay(by=by, case=case, unit=unit, from_on=_days(-10), until_on=_days(80))
    start_stay(by=by, stay=stay, arrived_on=_days(-10))
    things |= {
        "unit": unit,
        "stay": stay,
        "stay_extension": ask_longer(by=by, stay=stay, until_on=_days(110), reason="De werken duren langer."),
        "works": block_for_works(
            by=by, unit=unit, from_on=_days(200), until_on=_days(220), reason="Nieuwe keuken"
        ),
        "waiting": put_on_list(
            by=by, case=case, needed_on=_days(5), people=3, reason="Het gezin heeft een grotere nodig."
        ),
        "cost": add_cost(
            by=by,
            stay=stay,
            spent_on=_days(-9),
            category="transport",
            amount=Decimal("120.55"),
            description="Bestelwagen",
            is_recoverable=True,
            upload=sent_file(ordinary_pdf(words=f"Factuur {place.name}")),
        ),
        "occupancy": Occupancy.objects.filter(dwelling=things["dwelling"]).order_by("-from_on").first(),
    }
