"""The civil track of the three places: a legal file with one of everything, made through the real actions."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from housing.actions.bundles import compute_bundle, request_bundle
from housing.actions.dwellings import create_dwelling
from housing.actions.evidence import add_evidence
from housing.actions.exhibits import add_exhibits, give_permission
from housing.actions.landlord_links import dismiss_pattern, link_landlords
from housing.actions.landlords import create_landlord
from housing.actions.legal_files import join_legal_file, open_legal_file
from housing.actions.legal_parts import add_party, save_claim, save_court_date
from housing.actions.ownerships import add_ownership
from housing.actions.rent import MonthEntry, record_months
from housing.landlord_facts import DefectFound, DefectSource, defect_sources
from housing.models import Bundle, RentPayment
from tests.cases.visits import upload
from tests.factories import World, make_user

# Defects as a part of the program that inspects would find them: dwelling id -> codes.
DEFECTS: dict[int, list[str]] = {}
defect_sources.register(
    DefectSource(
        "tests",
        lambda ids, user: [
            DefectFound(pk, code, f"Gebrek {code}", "II", dt.date(2026, 1, 5))
            for pk in ids
            for code in DEFECTS.get(pk, [])
        ],
    )
)


def _flats(place: Any) -> None:
    """Two more dwellings of the same landlord, with the same two defects."""
    things = place.things
    flats = [things["dwelling"]]
    for box in ("L2", "L3"):
        flat = create_dwelling(
            by=place.opener, building=things["building"], kind="studio", box=box, keep_anyway=True
        )
        add_ownership(
            by=place.opener, dwelling=flat, landlord=things["landlord"], from_on=dt.date(2024, 1, 1)
        )
        flats.append(flat)
    DEFECTS.update({flat.pk: ["M12", "M13"] for flat in flats})


def add_legal(place: Any, world: World) -> None:
    """Fill a place. Its own case takes part in the file of its block."""
    _flats(place)
    case, things, today = place.case, place.things, timezone.localdate()
    lawyer: User = world.lawyer
    if place.name == "elsewhere":
        lawyer = make_user("elders-jurist", Role.LAWYER, case.neighbourhood, world.organisations["city"])
    adder = world.community_worker if place.name == "own" else lawyer
    legal_file = open_legal_file(by=lawyer, case=things["block"], lawyer=lawyer, title=f"Zaak {place.name}")
    tenant = join_legal_file(by=lawyer, legal_file=legal_file, case=case)
    evidence = add_evidence(
        by=adder,
        case=case,
        kind="photo",
        title="Schimmel in de slaapkamer",
        about_on=today,
        upload=upload(),
    )
    (exhibit,) = add_exhibits(by=lawyer, legal_file=legal_file, evidence=[evidence])
    (permission,) = give_permission(
        by=lawyer,
        exhibits=[exhibit],
        person=things["person"],
        scope="joint",
        how="oral",
        given_on=today,
    )
    bundle = request_bundle(by=lawyer, legal_file=legal_file)
    compute_bundle(bundle_id=bundle.pk)
    record_months(
        by=lawyer,
        case=case,
        entries=[MonthEntry(today.replace(day=1), Decimal(600), Decimal(600), "transfer")],
    )
    alike = create_landlord(
        by=place.opener,
        neighbourhood=case.neighbourhood,
        kind="company",
        name=f"Anders {place.name}",
        keep_anyway=True,
    )
    linked = create_landlord(
        by=place.opener,
        neighbourhood=case.neighbourhood,
        kind="person",
        name=f"Beheer {place.name}",
        keep_anyway=True,
    )
    place.things |= {
        "legal_file": legal_file,
        "legal_tenant": tenant,
        "evidence": evidence,
        "exhibit": exhibit,
        "exhibit_permission": permission,
        "bundle": Bundle.objects.get(pk=bundle.pk),
        "rent_payment": RentPayment.objects.get(case=case),
        "legal_party": add_party(
            by=lawyer, legal_file=legal_file, role="defendant", landlord=things["landlord"]
        ),
        "claim": save_claim(by=lawyer, tenant=tenant, kind="damages", amount=Decimal(1200)),
        "court_date": save_court_date(
            by=lawyer, legal_file=legal_file, kind="hearing", on=today + dt.timedelta(days=20)
        ),
        "alike": alike,
        "landlord_link": link_landlords(by=place.opener, one=things["landlord"], other=linked),
        "pattern": dismiss_pattern(
            by=place.opener, landlord=things["landlord"], item_code="M12", reason="Twee keer een ander dak."
        ),
    }
