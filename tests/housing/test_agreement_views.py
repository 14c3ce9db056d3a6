"""The pages of agreements, crisis dwellings and stays: what they show, refuse and keep."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cases.actions.consents import record_consent
from cases.models import Case
from housing.actions.agreements import make_ready
from housing.actions.obligations import mark_breached
from housing.actions.rehousing_costs import add_cost
from housing.agreement_enums import AgreementState, DueState
from housing.agreement_reading import agreement_tracks
from housing.models import Agreement, ObligationDue, Stay, WaitingEntry
from people.models import HouseholdMember
from tests.factories import World
from tests.housing.factories import forbid_landlord
from tests.housing.rehousing import (
    ago,
    drafted,
    due_of,
    landlord_of,
    make_unit,
    planned,
    running,
    staying,
    template,
    today,
)


def share(world: World, case: Case, categories: list[str]) -> None:
    """The family lets the partner's organisation know these things."""
    member = HouseholdMember.objects.filter(household=case.household).select_related("person").first()
    assert member is not None
    record_consent(
        by=world.community_worker,
        case=case,
        person=member.person,
        recipients=[world.organisations["partner"]],
        categories=categories,
        purpose="De afspraken samen opvolgen.",
        language="nl",
    )


def test_partner_sees_the_list_only_when_the_family_consented(world: World, case: Case, login: Any) -> None:
    agreement = running(world, case)
    client = login(world.partner)
    url = agreement.get_absolute_url()
    assert client.get(url).status_code == 404
    share(world, case, ["dwelling"])
    assert client.get(url).status_code == 404
    share(world, case, ["plan"])
    page = client.get(url)
    assert page.status_code == 200
    assert "verblijfsvergoeding" in page.content.decode()
    assert "Papieren" not in page.content.decode()
    assert client.get(reverse("housing:agreement-pdf", args=[agreement.pk])).status_code == 403
    due = due_of(agreement, "premies")
    assert client.get(due.get_absolute_url()).status_code == 403
    assert "Driepartijenovereenkomst" in client.get(case.get_absolute_url()).content.decode()


def test_community_worker_records_evidence_but_decides_nothing(world: World, case: Case, login: Any) -> None:
    due = due_of(running(world, case), "premies")
    client = login(world.community_worker)
    assert client.get(due.get_absolute_url()).status_code == 200
    evidence = reverse("housing:due-evidence", args=[due.pk])
    answer = client.post(evidence, {"on": today(), "text": "Folder getekend.", "is_done": "on"})
    assert answer.status_code == 302
    due.refresh_from_db()
    assert due.state == DueState.DONE
    for name in ("due-breach", "due-waive", "due-reopen"):
        assert client.post(reverse(f"housing:{name}", args=[due.pk]), {"note": "x"}).status_code == 403


def test_new_agreement_page_makes_a_draft_and_shows_the_boundary(
    world: World, case: Case, login: Any
) -> None:
    template()
    landlord = landlord_of(world, case)
    client = login(world.tenancy_lead)
    url = reverse("housing:agreement-new", args=[case.number])
    data = {
        "template": template().pk,
        "landlords": [landlord.pk],
        "organisations": [world.organisations["welfare"].pk],
        "starts_on": today(),
        "return_on": today() + dt.timedelta(days=90),
    }
    forbid_landlord(case)
    assert "Hij vreest zijn studio" in client.get(url).content.decode()
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert "Deze grens is gezet door" in refused.content.decode()
    assert not Agreement.objects.exists()
    case.boundaries.all().delete()
    made = client.post(url, data)
    agreement = Agreement.objects.get()
    assert made.url == agreement.get_absolute_url()


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_on": "9999-99-99"},
        {"return_on": "0001-01-01"},
        {"template": "999999999999999999999"},
        {"organisations": ["niets", "2"]},
        {"dwelling": "-1"},
        {"starts_on": "\0"},
    ],
)
def test_new_agreement_with_nonsense_is_told_beside_the_field(
    world: World, case: Case, login: Any, wrong: dict[str, Any]
) -> None:
    data = {"template": template().pk, "starts_on": today(), "return_on": today()}
    url = reverse("housing:agreement-new", args=[case.number])
    answer = login(world.tenancy_lead).post(url, data | wrong)
    assert answer.status_code == 422


def test_obligation_with_long_and_strange_words_is_kept_or_told(world: World, case: Case, login: Any) -> None:
    agreement, client = drafted(world, case), login(world.lawyer)
    party = agreement.parties.get(kind="landlord")
    data = {
        "party": party.pk,
        "text": '<b>مرحبا</b> 🏠 "quote"',
        "topic": "general",
        "rule": "after_start",
        "days": "3",
        "warn_days": "7",
        "breach_next": "nothing",
    }
    url = reverse("housing:obligation-new", args=[agreement.pk])
    long = client.post(url, data | {"text": "x" * 20_000})
    assert long.status_code == 422
    assert "x" * 20_000 in long.content.decode()
    for wrong in ({"days": "99999999999"}, {"rule": "soon"}, {"party": "77777"}, {"text": "a\0b"}):
        assert client.post(url, data | wrong).status_code == 422
    assert client.post(url, data).status_code == 302
    assert "&lt;b&gt;مرحبا&lt;/b&gt; 🏠" in client.get(agreement.get_absolute_url()).content.decode()


def test_late_obligation_is_shown_to_everybody_in_the_same_words(
    world: World, case: Case, login: Any
) -> None:
    agreement = running(world, case, dwelling=None)
    late = agreement.dues.filter(due_on__lt=today()).first()
    assert late is not None
    landlord = landlord_of(world, case)
    building = landlord.ownerships.get().dwelling.building
    pages = [
        case.get_absolute_url(),
        reverse("housing:building", args=[building.pk]),
        landlord.get_absolute_url(),
    ]
    for user in (world.community_worker, world.lawyer, world.coordinator):
        client = login(user)
        for url in pages:
            page = client.get(url).content.decode()
            assert late.obligation.text in page, (user, url)
            assert "te laat" in page


def test_landlord_page_hides_the_agreement_of_a_case_one_may_not_read(world: World, login: Any) -> None:
    agreement = running(world, world.other_case)
    landlord = landlord_of(world, world.other_case)
    page = login(world.community_worker).get(landlord.get_absolute_url()).content.decode()
    assert agreement.title not in page


def test_breach_and_what_follows_in_the_browser_of_a_colleague(world: World, case: Case, login: Any) -> None:
    due = due_of(running(world, case, starts_on=ago(80), return_on=ago(2)), "conformiteitsattest")
    client = login(world.lawyer)
    assert (
        "Is de verbintenis niet nagekomen? Jij beslist."
        in client.get(due.get_absolute_url()).content.decode()
    )
    assert client.post(reverse("housing:due-breach", args=[due.pk]), {"note": ""}).status_code == 302
    assert "Wat de overeenkomst zegt dat nu volgt" in client.get(due.get_absolute_url()).content.decode()
    url = reverse("housing:due-next", args=[due.pk])
    assert client.post(url, {"follow_up": "left", "note": ""}).status_code == 422
    assert client.post(url, {"follow_up": "taken"}).status_code == 302
    assert "Taak" in client.get(due.get_absolute_url()).content.decode()


def test_sent_twice_is_done_once(world: World, case: Case, login: Any) -> None:
    due = due_of(running(world, case), "premies")
    url = reverse("housing:due-evidence", args=[due.pk])
    client = login(world.lawyer)
    token = client.get(url).context["submission_token"]
    data = {"on": today(), "text": "Folder.", "is_done": "on", "submission_token": str(token)}
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert due.evidence.count() == 1


def test_agreement_edited_by_two_at_once_shows_what_the_colleague_saved(
    world: World, case: Case, login: Any
) -> None:
    agreement = drafted(world, case)
    client = login(world.lawyer)
    url = reverse("housing:agreement-edit", args=[agreement.pk])
    data = {
        "title": "Mijn titel",
        "starts_on": agreement.starts_on,
        "return_on": agreement.return_on,
        "version": agreement.version,
    }
    Agreement.objects.filter(pk=agreement.pk).update(version=9, title="Haar titel")
    page = client.post(url, data)
    assert page.status_code == 422
    assert "Haar titel" in page.content.decode()
    assert "Mijn titel" in page.content.decode()


def test_list_of_agreements_has_a_fixed_number_of_queries(
    world: World, case: Case, login: Any, django_assert_max_num_queries: Any
) -> None:
    running(world, case)
    client = login(world.coordinator)
    client.get(reverse("housing:agreement-list"))
    drafted(world, world.other_case)
    drafted(world, case)
    with django_assert_max_num_queries(14):
        page = client.get(reverse("housing:agreement-list"))
    assert len(page.context["shown"]) == 3
    late = client.get(reverse("housing:agreement-list"), {"late": "on"})
    assert [row.agreement.case for row in late.context["shown"]] == [case]
    assert client.get(reverse("housing:agreement-list"), {"state": "onzin", "late": "x"}).status_code == 200


def test_page_of_an_agreement_has_a_fixed_number_of_queries(
    world: World, case: Case, login: Any, django_assert_max_num_queries: Any
) -> None:
    agreement = running(world, case)
    client = login(world.coordinator)
    client.get(agreement.get_absolute_url())
    with django_assert_max_num_queries(16):
        client.get(agreement.get_absolute_url())


def test_tracks_take_few_queries_and_only_what_one_may_see(
    world: World, case: Case, django_assert_num_queries: Any
) -> None:
    landlord_of(world, case)
    dwelling = case.household.occupancies.get().dwelling
    agreement = running(world, case, dwelling=dwelling)
    world.coordinator.access.where("agreement.read")
    with django_assert_num_queries(3):
        tracks = agreement_tracks([dwelling.building_id], world.coordinator)
    assert [(track.agreement_id, track.building_id) for track in tracks] == [
        (agreement.pk, dwelling.building_id)
    ]
    assert tracks[0].late >= 1
    assert agreement_tracks([dwelling.building_id], world.outsider) == []


def test_waiting_family_gets_the_dwelling_that_fits(world: World, case: Case, login: Any) -> None:
    unit = make_unit(world)
    client = login(world.tenancy_lead)
    asked = client.post(
        reverse("housing:waiting-new", args=[case.number]),
        {"needed_on": today(), "people": "3", "reason": "Onbewoonbaar."},
    )
    entry = WaitingEntry.objects.get()
    assert asked.url == reverse("housing:waiting", args=[entry.pk])
    page = client.get(asked.url).content.decode()
    assert "plaats voor 5 mensen" in page
    given = reverse("housing:stay-new", args=[case.number])
    assert f"{given}?unit={unit.pk}&amp;from=" in page or f"{given}?unit={unit.pk}&from=" in page
    for nonsense in ("?unit=abc&from=9999-12-31", "?unit=&from=x"):
        assert client.get(given + nonsense).status_code == 200
    data = {"unit": unit.pk, "from_on": today(), "until_on": today() + dt.timedelta(days=92), "fee": ""}
    assert client.post(given, data).status_code == 302
    assert Stay.objects.get().fee == Decimal("390")
    entry.refresh_from_db()
    assert entry.state == "placed"


def test_second_who_presses_is_told_and_nothing_typed_is_lost(world: World, case: Case, login: Any) -> None:
    unit = make_unit(world)
    planned(world, world.other_case, unit)
    url = reverse("housing:stay-new", args=[case.number])
    data = {"unit": unit.pk, "from_on": today(), "until_on": today() + dt.timedelta(days=60), "fee": "123,45"}
    page = login(world.tenancy_lead).post(url, data)
    assert page.status_code == 422
    assert "Deze crisiswoning is bezet van" in page.content.decode()
    assert "123,45" in page.content.decode()


def test_list_of_crisis_dwellings_names_only_families_one_may_see(
    world: World, case: Case, login: Any, django_assert_max_num_queries: Any
) -> None:
    make_unit(world, "1")
    unit = make_unit(world, "2")
    planned(world, world.other_case, unit)
    client = login(world.community_worker)
    url = reverse("housing:crisis-dwelling-list")
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)
    page = client.get(unit.get_absolute_url()).content.decode()
    assert "een gezin" in page
    assert world.other_case.household.name not in page
    assert (
        world.other_case.household.name in login(world.lawyer).get(unit.get_absolute_url()).content.decode()
    )


def test_ledger_as_a_spreadsheet_adds_up(world: World, case: Case, login: Any) -> None:
    stay = staying(world, case)
    for amount, words in (("0.10", "=1+1"), ("0.20", "Bus"), ("99999.99", "Opslag")):
        add_cost(
            by=world.lawyer,
            stay=stay,
            spent_on=today(),
            category="storage",
            amount=Decimal(amount),
            description=words,
            is_recoverable=True,
        )
    url = reverse("housing:cost-export", args=[stay.pk, "xlsx"])
    answer = login(world.lawyer).get(url)
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][2] == "=1+1"
    assert Decimal(str(rows[4][3])) == Decimal("100000.29")
    assert login(world.lawyer).get(reverse("housing:cost-export", args=[stay.pk, "pdf"])).status_code == 404


def test_stay_page_has_a_fixed_number_of_queries(
    world: World, case: Case, login: Any, django_assert_max_num_queries: Any
) -> None:
    stay = staying(world, case)
    client = login(world.coordinator)
    client.get(stay.get_absolute_url())
    with django_assert_max_num_queries(14):
        assert client.get(stay.get_absolute_url()).status_code == 200


def test_other_neighbourhood_finds_nothing(world: World, case: Case, login: Any) -> None:
    agreement, stay = running(world, case), staying(world, case)
    client = login(world.outsider)
    for url in (
        agreement.get_absolute_url(),
        stay.get_absolute_url(),
        stay.period.crisis_dwelling.get_absolute_url(),
        ObligationDue.objects.first().get_absolute_url(),  # type: ignore[union-attr]
    ):
        assert client.get(url).status_code == 404


def test_breached_obligation_asks_for_a_decision_on_the_case(world: World, case: Case, login: Any) -> None:
    due = due_of(running(world, case, starts_on=ago(80), return_on=ago(2)), "conformiteitsattest")
    mark_breached(by=world.lawyer, due=due)
    page = login(world.lawyer).get(case.get_absolute_url()).content.decode()
    assert "Niet nagekomen: beslis wat er volgt." in page


def test_template_pages_are_for_the_administrator(world: World, login: Any) -> None:
    current = template()
    client = login(world.administrator)
    version = reverse("housing:agreement-template-version", args=[current.pk])
    draft = client.post(version).url
    assert client.get(draft).status_code == 200
    assert client.get(reverse("housing:agreement-template-edit", args=[current.pk])).status_code == 403
    assert client.post(f"{draft}publish/").status_code == 302
    assert template().number == 2


def test_ready_agreement_signed_from_its_page(world: World, case: Case, login: Any) -> None:
    agreement = make_ready(by=world.lawyer, agreement=drafted(world, case))
    client = login(world.lawyer)
    url = reverse("housing:agreement-sign", args=[agreement.pk])
    assert client.post(url, {"signed_on": today() + dt.timedelta(days=1)}).status_code == 422
    assert client.post(url, {"signed_on": today()}).status_code == 302
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.RUNNING
