"""Rent and charges: twelve months on one screen, sums, and checks that propose."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from arsenaal.lib.errors import ChangedMeanwhileError
from housing.actions.evidence import CannotAddEvidence, add_rent_overview, withdraw_line
from housing.actions.rent import (
    CannotSaveRent,
    MonthEntry,
    RentChanged,
    add_charge_claim,
    add_indexation,
    record_months,
    save_lease,
)
from housing.models import ChargeClaim, Indexation, Lease, RentPayment
from housing.rent_reading import RentSheet, add_months, rent_checks, rent_totals
from tests.housing.legal.scenery import LegalScene, month

TODAY = dt.date(2025, 6, 15)
amounts = st.decimals(0, 9_999_999, places=2)


@given(
    st.lists(st.tuples(amounts, amounts, st.booleans(), st.sampled_from(["cash", "transfer"])), max_size=30)
)
def test_totals_are_the_sum_of_what_stands(rows: list[tuple[Decimal, Decimal, bool, str]]) -> None:
    now = timezone.now()
    payments = [
        RentPayment(due=due, paid=paid, method=method, withdrawn_at=None if stands else now)
        for due, paid, stands, method in rows
    ]
    totals = rent_totals(payments)
    standing = [row for row in rows if row[2]]
    assert totals.due == sum((row[0] for row in standing), Decimal(0))
    assert totals.paid == sum((row[1] for row in standing), Decimal(0))
    assert totals.without_proof == sum((row[1] for row in standing if row[3] == "cash"), Decimal(0))
    assert totals.months == len(standing)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)), st.integers(-240, 240))
def test_months_are_added_as_people_count(day: dt.date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + dt.timedelta(days=1)).day == 1)


def test_months_are_written_once_and_a_change_keeps_the_old_line(scene: LegalScene) -> None:
    worker = scene.world.community_worker
    record_months(by=worker, case=scene.one, entries=[month(1), month(0)])
    assert record_months(by=worker, case=scene.one, entries=[month(1), month(0)]) == []
    with pytest.raises(RentChanged) as refused:
        record_months(by=worker, case=scene.one, entries=[month(0, paid="600")])
    assert refused.value.field == "reason"
    record_months(by=worker, case=scene.one, entries=[month(0, paid="600")], reason="Kwitantie gevonden.")
    lines = RentPayment.objects.filter(case=scene.one, month=month(0).month).order_by("pk")
    assert [(line.paid, line.withdrawn_reason) for line in lines] == [
        (Decimal("650"), "Kwitantie gevonden."),
        (Decimal("600"), ""),
    ]


def test_month_that_must_still_come_is_refused(scene: LegalScene) -> None:
    later = add_months(timezone.localdate().replace(day=1), 1)
    with pytest.raises(CannotSaveRent):
        record_months(
            by=scene.lawyer,
            case=scene.one,
            entries=[MonthEntry(later, Decimal(1), Decimal(1), "transfer")],
        )


def test_database_knows_one_line_per_month(scene: LegalScene) -> None:
    record_months(by=scene.lawyer, case=scene.one, entries=[month(0)])
    with pytest.raises(IntegrityError), transaction.atomic():
        RentPayment.objects.create(
            case=scene.one, month=month(0).month, due=1, paid=1, recorded_by=scene.lawyer
        )


def _post(scene: LegalScene, login: Any, data: dict[str, Any]) -> Any:
    client = login(scene.world.community_worker)
    return client.post(reverse("housing:rent-months", args=[scene.one.number]), data)


def test_screen_fills_twelve_months_in_one_go(scene: LegalScene, login: Any) -> None:
    key = f"{month(3).month:%Y_%m}"
    response = _post(
        scene,
        login,
        {
            "same_due": "650,00",
            "same_paid": "650,00",
            "same_method": "transfer",
            f"due_{key}": "650",
            f"paid_{key}": "0",
            f"method_{key}": "withheld",
        },
    )
    assert response.status_code == 302
    lines = RentPayment.objects.filter(case=scene.one)
    assert lines.count() == 12
    special = lines.get(month=month(3).month)
    assert (special.paid, special.method) == (Decimal(0), "withheld")
    page = login(scene.lawyer).get(reverse("housing:case-evidence", args=[scene.one.number])).content
    assert "7.150,00" in page.decode()


@pytest.mark.parametrize("wrong", ["-5", "99999999999", "1e400", "vijf", "١٢", "\0", "=1+1"])
def test_screen_keeps_what_was_typed_when_an_amount_is_wrong(
    scene: LegalScene, login: Any, wrong: str
) -> None:
    good, bad = f"{month(2).month:%Y_%m}", f"{month(3).month:%Y_%m}"
    response = _post(scene, login, {f"paid_{good}": "612,34", f"paid_{bad}": wrong})
    if wrong == "١٢":  # digits of another script are digits
        assert response.status_code == 302
        return
    assert response.status_code == 422
    assert "612,34" in response.content.decode()
    assert not RentPayment.objects.exists()


def test_screen_with_nothing_filled_in_says_so(scene: LegalScene, login: Any) -> None:
    response = _post(scene, login, {})
    assert response.status_code == 422
    assert "minstens één maand" in response.content.decode()


def test_screen_asks_why_a_month_changes(scene: LegalScene, login: Any) -> None:
    record_months(by=scene.lawyer, case=scene.one, entries=[month(0)])
    key = f"{month(0).month:%Y_%m}"
    response = _post(scene, login, {f"due_{key}": "650", f"paid_{key}": "500"})
    assert response.status_code == 422
    assert "Schrijf op waarom je dat verandert" in response.content.decode()


@pytest.mark.parametrize("until", ["2020-05", "onzin", "9999-12", "0001-01", "2024-13"])
def test_screen_goes_back_in_time_and_survives_nonsense(scene: LegalScene, login: Any, until: str) -> None:
    url = reverse("housing:rent-months", args=[scene.one.number])
    page = login(scene.lawyer).get(url, {"until": until})
    assert page.status_code == 200
    assert ("mei 2020" in page.content.decode().lower()) == (until == "2020-05")


def test_block_pays_no_rent(scene: LegalScene, login: Any) -> None:
    url = reverse("housing:rent-months", args=[scene.block.number])
    assert login(scene.lawyer).get(url).status_code == 404


def test_overview_needs_a_month(scene: LegalScene) -> None:
    with pytest.raises(CannotAddEvidence):
        add_rent_overview(by=scene.lawyer, case=scene.one)


def test_lease_that_two_fill_in_is_told(scene: LegalScene) -> None:
    fields: dict[str, Any] = dict.fromkeys(
        ("signed_on", "starts_on", "ends_on", "rent", "deposit", "registered_on")
    )
    fields |= {"is_registered": "no", "has_inventory": "unknown"}
    save_lease(by=scene.lawyer, case=scene.one, version=0, **fields)
    with pytest.raises(ChangedMeanwhileError):
        save_lease(by=scene.lawyer, case=scene.one, version=0, **fields)
    lease = save_lease(
        by=scene.lawyer, case=scene.one, version=1, **{**fields, "registered_on": dt.date(2024, 3, 1)}
    )
    assert (lease.version, lease.is_registered) == (2, "yes")


def sheet(lease: Lease | None = None, **lines: Any) -> RentSheet:
    return RentSheet(
        lease=lease, payments=[], charges=lines.get("charges", []), indexations=lines.get("indexations", [])
    )


def index(from_on: dt.date, notified_on: dt.date | None = None, in_writing: str = "yes") -> Indexation:
    return Indexation(
        from_on=from_on,
        notified_on=notified_on or from_on,
        old_rent=Decimal(600),
        new_rent=Decimal(620),
        in_writing=in_writing,
    )


def sources(found: RentSheet) -> list[str]:
    return [check.source.rpartition(" ")[2] for check in rent_checks(found, today=TODAY)]


START = dt.date(2023, 3, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lease", "articles"),
    [
        (Lease(signed_on=START, rent=Decimal(600), deposit=Decimal(1800)), []),
        (Lease(signed_on=START, rent=Decimal(600), deposit=Decimal("1800.01")), ["37"]),
        (Lease(signed_on=START, is_registered="yes", registered_on=dt.date(2023, 5, 1)), []),
        (Lease(signed_on=START, is_registered="yes", registered_on=dt.date(2023, 5, 2)), ["11"]),
        (Lease(signed_on=START, is_registered="no"), ["11"]),
        (Lease(signed_on=dt.date(2025, 5, 1), is_registered="no"), []),
        (Lease(signed_on=START, is_registered="unknown"), []),
        (Lease(signed_on=START, has_inventory="no"), ["9"]),
        # The decree doesn't hold for what was signed before it.
        (
            Lease(signed_on=dt.date(2018, 12, 31), rent=Decimal(1), deposit=Decimal(99), has_inventory="no"),
            [],
        ),
    ],
)
def test_checks_of_the_lease_cite_their_article(lease: Lease, articles: list[str]) -> None:
    assert sources(sheet(lease)) == articles


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "is_found"),
    [
        ([index(dt.date(2024, 3, 1))], False),
        ([index(dt.date(2024, 2, 29))], True),  # a day before the anniversary
        ([index(dt.date(2023, 9, 1))], True),  # in the first year
        ([index(dt.date(2024, 3, 1)), index(dt.date(2025, 3, 1))], False),
        ([index(dt.date(2024, 6, 1)), index(dt.date(2025, 3, 1))], True),  # twice within a year
        ([index(dt.date(2024, 3, 1), in_writing="no")], True),
        ([index(dt.date(2024, 3, 1), in_writing="unknown")], False),
        ([index(dt.date(2024, 3, 1), dt.date(2024, 6, 1))], False),
        ([index(dt.date(2024, 3, 1), dt.date(2024, 6, 2))], True),  # further back than three months
    ],
)
def test_check_of_indexations(rows: list[Indexation], is_found: bool) -> None:
    found = sources(sheet(Lease(signed_on=START, starts_on=START), indexations=rows))
    assert found == (["34"] if is_found else [])


def test_charges_without_a_statement_are_pointed_out_and_a_withdrawn_line_is_not(
    scene: LegalScene, login: Any
) -> None:
    claim = add_charge_claim(
        by=scene.lawyer,
        case=scene.one,
        from_on=dt.date(2024, 1, 1),
        until_on=dt.date(2024, 12, 31),
        amount=Decimal(1140),
        has_statement="no",
        note="diverse",
    )
    url = reverse("housing:case-evidence", args=[scene.one.number])
    page = login(scene.lawyer).get(url).content.decode()
    assert "Kijk dit na" in page
    assert "art. 36" in page
    assert "1.140,00" in page
    withdraw_line(by=scene.lawyer, line=claim, reason="Dubbel.")
    assert "art. 36" not in login(scene.lawyer).get(url).content.decode()


def test_forms_for_charges_and_indexation_refuse_days_back_to_front(scene: LegalScene, login: Any) -> None:
    client = login(scene.world.community_worker)
    response = client.post(
        reverse("housing:charges-new", args=[scene.one.number]),
        {"from_on": "2025-02-01", "until_on": "2025-01-01", "amount": "10", "has_statement": "no"},
    )
    assert response.status_code == 422
    assert not ChargeClaim.objects.exists()
    later = (timezone.localdate() + dt.timedelta(days=3)).isoformat()
    response = client.post(
        reverse("housing:indexation-new", args=[scene.one.number]),
        {"notified_on": later, "from_on": later, "old_rent": "1", "new_rent": "2", "in_writing": "no"},
    )
    assert response.status_code == 422
    with pytest.raises(CannotSaveRent):
        add_indexation(
            by=scene.lawyer,
            case=scene.one,
            notified_on=timezone.localdate() + dt.timedelta(days=3),
            from_on=timezone.localdate(),
            old_rent=Decimal(1),
            new_rent=Decimal(2),
        )


def test_lease_form_keeps_what_was_typed(scene: LegalScene, login: Any) -> None:
    client = login(scene.world.community_worker)
    url = reverse("housing:lease", args=[scene.one.number])
    data = {
        "starts_on": "2024-05-01",
        "ends_on": "2023-05-01",
        "rent": "650,50",
        "is_registered": "no",
        "has_inventory": "no",
        "version": 0,
    }
    response = client.post(url, data)
    assert response.status_code == 422
    assert "650,50" in response.content.decode()
    assert client.post(url, {**data, "ends_on": ""}).status_code == 302
    assert Lease.objects.get(case=scene.one).rent == Decimal("650.50")
