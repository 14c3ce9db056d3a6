"""One lawyer for many tenants: set for the block at once, joined with one press, read by the lawyer alone."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.errors import ChangedMeanwhileError
from arsenaal.lib.registries import term_sources
from cases.actions.block import join_block
from cases.actions.open_case import open_case
from cases.models import Case, TimelineEntry
from housing.actions.legal_files import (
    CannotChangeLegalFile,
    CannotJoinLegalFile,
    CannotOpenLegalFile,
    edit_legal_file,
    join_legal_file,
    leave_legal_file,
    open_legal_file,
)
from housing.actions.legal_parts import (
    CannotSaveClaim,
    CannotSaveCourtDate,
    CannotSaveParty,
    add_party,
    save_claim,
    save_court_date,
)
from housing.models import Claim, CourtDate, LegalFile
from tests.factories import World, make_household
from tests.housing.factories import make_landlord
from tests.housing.legal.scenery import LegalScene


def edit(scene: LegalScene, **changes: Any) -> LegalFile:
    fields = {
        "by": scene.lawyer,
        "version": scene.legal_file.version,
        "title": scene.legal_file.title,
        "lawyer": scene.lawyer,
        "state": "filed",
        **changes,
    }
    return edit_legal_file(legal_file=scene.legal_file, **fields)


def test_open_for_a_block_lets_every_household_case_take_part_in_one_action(scene: LegalScene) -> None:
    assert {tenant.case for tenant in scene.legal_file.tenants.all()} == {scene.one, scene.other}
    for case in (scene.block, scene.one, scene.other):
        entry = TimelineEntry.objects.get(case=case, kind="housing.legal_file")
        assert entry.circle == "shared"
    assert "Proefman" not in TimelineEntry.objects.get(case=scene.block, kind="housing.legal_file").title


def test_open_twice_for_one_case_is_refused(scene: LegalScene) -> None:
    with pytest.raises(CannotOpenLegalFile):
        open_legal_file(by=scene.lawyer, case=scene.block, lawyer=scene.lawyer, title="Nog een")


def test_open_with_somebody_who_is_no_lawyer_is_refused(world: World) -> None:
    with pytest.raises(CannotChangeLegalFile) as refused:
        open_legal_file(by=world.coordinator, case=world.case, lawyer=world.coordinator, title="Zaak")
    assert refused.value.field == "lawyer"


def test_household_is_in_one_running_file_at_a_time(scene: LegalScene) -> None:
    with pytest.raises(CannotJoinLegalFile):
        open_legal_file(by=scene.lawyer, case=scene.one, lawyer=scene.lawyer, title="Apart")


def test_new_tenant_joins_with_one_press_from_the_page_of_its_case(scene: LegalScene, login: Any) -> None:
    world = scene.world
    newcomer = open_case(
        by=world.coordinator,
        neighbourhood=world.neighbourhood,
        lead=world.tenancy_lead,
        title="Nieuw in het blok",
        household=make_household("Nieuw", world.coordinator, world.neighbourhood),
    )
    join_block(by=world.coordinator, case=newcomer, parent=scene.block)
    client = login(scene.lawyer)
    assert "Laten meedoen" in client.get(newcomer.get_absolute_url()).content.decode()
    url = reverse("housing:legal-tenant-join", args=[scene.legal_file.pk])
    assert client.post(url, {"case": newcomer.pk}).status_code == 302
    client.post(url, {"case": newcomer.pk})
    assert scene.legal_file.tenants.filter(case=newcomer, left_at__isnull=True).count() == 1


def test_join_of_a_case_of_another_neighbourhood_is_refused(scene: LegalScene) -> None:
    with pytest.raises(CannotJoinLegalFile):
        join_legal_file(by=scene.lawyer, legal_file=scene.legal_file, case=scene.world.outside_case)


def test_leaving_keeps_the_row_and_coming_back_takes_it_up_again(scene: LegalScene) -> None:
    tenant = leave_legal_file(by=scene.lawyer, tenant=scene.tenant(scene.one), reason="Ze verhuizen.")
    assert not tenant.takes_part
    again = join_legal_file(by=scene.lawyer, legal_file=scene.legal_file, case=scene.one)
    assert (again.pk, again.takes_part) == (tenant.pk, True)


def test_team_sees_state_and_next_day_and_nothing_of_the_content(scene: LegalScene, login: Any) -> None:
    edit(scene, strategy="Geheime aanpak", court="Vredegerecht Fictie")
    save_claim(
        by=scene.lawyer, tenant=scene.tenant(scene.one), kind="damages", amount=Decimal(4300), ground="Geheim"
    )
    save_court_date(
        by=scene.lawyer,
        legal_file=scene.legal_file,
        kind="hearing",
        on=timezone.localdate() + dt.timedelta(days=9),
        note="Geheime nota",
    )
    for role in ("coordinator", "tenancy_lead", "housing_inspector", "renovation_coach"):
        page = login(scene.world.users[role]).get(scene.legal_file.get_absolute_url()).content.decode()
        assert "bij de vrederechter" in page
        assert "nog 9 dagen" in page
        for secret in ("Geheim", "4.300", "Vredegerecht Fictie", scene.one.title):
            assert secret not in page, (role, secret)
    case_page = login(scene.world.community_worker).get(scene.one.get_absolute_url()).content.decode()
    assert "Bij de vrederechter" in case_page
    assert "4.300" not in case_page
    mine = login(scene.lawyer).get(scene.legal_file.get_absolute_url()).content.decode()
    for own in ("Geheime aanpak", "4.300", "Geheime nota", scene.one.title):
        assert own in mine


def test_court_date_is_a_term_that_tells_when_and_not_what(scene: LegalScene) -> None:
    on = timezone.localdate() + dt.timedelta(days=5)
    save_court_date(
        by=scene.lawyer, legal_file=scene.legal_file, kind="conclusions", on=on, note="Geheim over Jef"
    )
    (term,) = term_sources.get("housing.court_dates").fetch([scene.block.pk], on)
    assert (term.due_on, term.case_id) == (on, scene.block.pk)
    assert "Geheim" not in f"{term.label}{term.consequence}"
    assert not term_sources.get("housing.court_dates").fetch([scene.block.pk], on - dt.timedelta(days=1))


def test_court_date_that_must_still_come_cannot_be_done(scene: LegalScene) -> None:
    with pytest.raises(CannotSaveCourtDate):
        save_court_date(
            by=scene.lawyer,
            legal_file=scene.legal_file,
            kind="hearing",
            on=timezone.localdate() + dt.timedelta(days=1),
            state="done",
        )
    assert not CourtDate.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"state": "granted"}, "decided_on"),
        ({"state": "draft", "awarded": Decimal(10)}, "awarded"),
        ({"state": "granted", "decided_on": dt.date(2025, 1, 2), "recovered": Decimal(5)}, "recovered"),
        (
            {
                "state": "granted",
                "decided_on": dt.date(2025, 1, 2),
                "awarded": Decimal(5),
                "recovered": Decimal(6),
            },
            "recovered",
        ),
    ],
)
def test_claim_with_amounts_that_do_not_fit_is_refused(
    scene: LegalScene, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotSaveClaim) as refused:
        save_claim(by=scene.lawyer, tenant=scene.tenant(scene.one), kind="damages", **changes)
    assert refused.value.field == field


def test_claim_that_two_change_is_told(scene: LegalScene) -> None:
    tenant = scene.tenant(scene.one)
    claim = save_claim(by=scene.lawyer, tenant=tenant, kind="damages", amount=Decimal(100))
    save_claim(by=scene.lawyer, tenant=tenant, claim=claim, version=1, kind="nullity")
    with pytest.raises(ChangedMeanwhileError):
        save_claim(by=scene.lawyer, tenant=tenant, claim=claim, version=1, kind="damages")


def test_claim_decision_is_told_in_the_legal_circle(scene: LegalScene) -> None:
    save_claim(
        by=scene.lawyer,
        tenant=scene.tenant(scene.one),
        kind="rent_reduction",
        state="granted",
        amount=Decimal(900),
        awarded=Decimal(800),
        decided_on=timezone.localdate(),
    )
    entry = TimelineEntry.objects.get(case=scene.one, kind="housing.legal_work")
    assert entry.circle == "legal"


@pytest.mark.parametrize("amount", ["-1", "99999999999999999999", "1e9", "NaN", "abc", "\0"])
def test_claim_with_an_impossible_amount_comes_back_with_what_was_typed(
    scene: LegalScene, login: Any, amount: str
) -> None:
    response = login(scene.lawyer).post(
        reverse("housing:claim-new", args=[scene.legal_file.pk]),
        {
            "tenant": scene.tenant(scene.one).pk,
            "kind": "damages",
            "state": "draft",
            "amount": amount,
            "ground": "Drie winters zonder <b>verwarming</b>",
            "version": 1,
        },
    )
    assert response.status_code == 422
    assert "Drie winters zonder &lt;b&gt;verwarming" in response.content.decode()
    assert not Claim.objects.exists()


def test_claim_for_a_tenant_of_another_file_is_refused(scene: LegalScene, login: Any) -> None:
    world = scene.world
    case = open_case(
        by=world.coordinator,
        neighbourhood=world.neighbourhood,
        lead=world.lawyer,
        title="Apart",
        household=make_household("Apart", world.coordinator, world.neighbourhood),
    )
    apart = open_legal_file(by=scene.lawyer, case=case, lawyer=scene.lawyer, title="Aparte zaak")
    response = login(scene.lawyer).post(
        reverse("housing:claim-new", args=[scene.legal_file.pk]),
        {"tenant": apart.tenants.get().pk, "kind": "damages", "state": "draft", "version": 1},
    )
    assert response.status_code == 422
    assert not Claim.objects.exists()


def test_party_takes_name_and_address_of_the_landlord(scene: LegalScene) -> None:
    landlord = make_landlord(scene.world, "Immo Blok", address="Kaai 1, 2800 Mechelen")
    party = add_party(by=scene.lawyer, legal_file=scene.legal_file, role="defendant", landlord=landlord)
    assert (party.name, party.address) == ("Immo Blok", "Kaai 1, 2800 Mechelen")
    with pytest.raises(CannotSaveParty):
        add_party(by=scene.lawyer, legal_file=scene.legal_file, role="counsel")


def test_closed_file_takes_nothing_new(scene: LegalScene, login: Any) -> None:
    edit(scene, state="closed")
    with pytest.raises(CannotChangeLegalFile):
        save_claim(by=scene.lawyer, tenant=scene.tenant(scene.one), kind="damages")
    client = login(scene.lawyer)
    assert client.get(reverse("housing:claim-new", args=[scene.legal_file.pk])).status_code == 403
    assert client.get(scene.legal_file.get_absolute_url()).status_code == 200
    # A household can begin again elsewhere.
    again = open_legal_file(by=scene.lawyer, case=scene.one, lawyer=scene.lawyer, title="Opnieuw")
    assert again.tenants.get().case == scene.one


def test_edit_form_changes_the_state_and_tells_when_somebody_was_first(scene: LegalScene, login: Any) -> None:
    client, url = login(scene.lawyer), reverse("housing:legal-file-edit", args=[scene.legal_file.pk])
    assert "Alleen de juristen lezen dit" in client.get(url).content.decode()
    data = {
        "title": "Huurders tegen Immo",
        "lawyer": scene.lawyer.pk,
        "state": "notice",
        "strategy": "Eerst <b>verzoening</b>",
        "version": 1,
    }
    assert client.post(url, data).status_code == 302
    scene.legal_file.refresh_from_db()
    assert (scene.legal_file.state, scene.legal_file.version) == ("notice", 2)
    late = client.post(url, {**data, "state": "filed"})
    assert late.status_code == 422
    assert "Een collega paste dit juridisch dossier net aan" in late.content.decode()
    assert client.post(url, {**data, "lawyer": scene.world.coordinator.pk}).status_code == 422


def test_file_page_takes_a_fixed_number_of_queries(
    scene: LegalScene, login: Any, django_assert_num_queries: Any
) -> None:
    client, url = login(scene.lawyer), scene.legal_file.get_absolute_url()

    def fill(case: Case, *titles: str) -> None:
        for title in titles:
            scene.permit(scene.exhibit(case, title, body=title))
        save_claim(by=scene.lawyer, tenant=scene.tenant(case), kind="damages", amount=Decimal(5))

    fill(scene.one, "a")
    client.get(url)
    with django_assert_num_queries(FILE_QUERIES):
        client.get(url)
    fill(scene.other, "b", "c")
    fill(scene.one, "d", "e")
    with django_assert_num_queries(FILE_QUERIES):
        client.get(url)


FILE_QUERIES = 17  # one of them keeps the look
