"""The pages: bad input beside its field, nothing lost, and the privacy officer reads no story."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from rights.actions.lists import make_list
from rights.actions.work import work_on_request
from rights.enums import PartState
from rights.models import DestructionList, ExportPart, RetentionRule, RightsRequest
from tests.factories import World
from tests.rights.conftest import Family, asked, close, note

STORY = "Mijn ex staat nog altijd op de fiche."


def _form(**more: Any) -> dict[str, Any]:
    return {"received_on": timezone.localdate().isoformat(), "identity": "known", **more}


def test_ask_writes_it_down_once_however_often_it_is_sent(family: Family, login: Any) -> None:
    client = login(family.by)
    address = reverse("rights:ask", args=[family.first.pk, "rectify"])
    token = client.get(address).context["submission_token"]
    data = _form(subject="Fout", wanted="Juist", submission_token=token)
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 302
    assert RightsRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("received_on", "3026-01-01"),
        ("received_on", "gisteren"),
        ("identity", "zomaar"),
        ("subject", ""),
        ("subject", "x" * 20_000),
        ("wanted", "nul\0byte"),
    ],
)
def test_ask_with_bad_input_says_so_beside_the_field_and_loses_nothing(
    family: Family, login: Any, field: str, value: str
) -> None:
    data = _form(subject="<b>Fout</b> 🦔", wanted="שלום", **{}) | {field: value}
    response = login(family.by).post(reverse("rights:ask", args=[family.first.pk, "rectify"]), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    if field != "subject":
        assert "&lt;b&gt;Fout&lt;/b&gt; 🦔" in response.content.decode()


def test_ask_of_an_unknown_kind_or_person_is_not_found(family: Family, login: Any) -> None:
    client = login(family.by)
    assert client.get(reverse("rights:ask", args=[family.first.pk, "onzin"])).status_code == 404
    assert client.get(reverse("rights:ask", args=[10**15, "export"])).status_code == 404


def test_privacy_officer_sees_state_and_term_and_no_story(world: World, family: Family, login: Any) -> None:
    request = asked(family.by, family.first, "rectify", subject=STORY, wanted="Haal weg", asked_by="de zus")
    client = login(world.privacy_officer)
    for address in (reverse("rights:overview"), request.get_absolute_url()):
        text = client.get(address).content.decode()
        assert "te beslissen" in text
        for hidden in (STORY, "Haal weg", "de zus"):
            assert hidden not in text
    assert client.get(reverse("rights:review", args=[request.pk])).status_code == 403
    assert STORY in login(world.lawyer).get(request.get_absolute_url()).content.decode()


def test_review_shows_ones_own_circles_alone_and_keeps_what_was_unticked(
    world: World, family: Family, login: Any
) -> None:
    note(world.lawyer, family.case, "alleen-voor-de-jurist", "legal")
    note(family.by, family.case, "Ottoline zegt dat de buur lawaai maakt.")
    request = asked(family.by, family.first, "export")
    work_on_request(request_id=request.pk)
    client: Client = login(world.coordinator)
    address = reverse("rights:review", args=[request.pk])
    page = client.get(address)
    assert "alleen-voor-de-jurist" not in page.content.decode()
    parts = [part for _title, group in page.context["sections"] for part in group]
    doubtful = [part for part in parts if not part.goes]
    assert [part.suggestion for part in doubtful] == ["gaat over iemand anders in het gezin"]
    data = {f"seen-{part.pk}": "1" for part in parts}
    ticked = {f"in-{part.pk}": "on" for part in parts if part.goes}
    assert client.post(address, data | ticked).status_code == 422  # unticked without a reason
    legal = ExportPart.objects.get(export__request=request, circle="legal")
    sneaky = {f"seen-{legal.pk}": "1", f"in-{legal.pk}": "on"}
    reasons = {f"reason-{part.pk}": "van een ander" for part in doubtful}
    assert client.post(address, data | ticked | reasons | sneaky).status_code == 302
    legal.refresh_from_db()
    assert legal.state == PartState.PENDING
    out = ExportPart.objects.get(pk=doubtful[0].pk)
    assert (out.state, out.reason) == (PartState.OUT, "van een ander")
    approving = client.post(reverse("rights:approve-export", args=[request.pk]))
    assert approving.status_code == 422


def test_file_of_an_export_that_was_not_written_is_not_found(
    world: World, family: Family, login: Any
) -> None:
    request = asked(family.by, family.first, "export")
    client = login(world.coordinator)
    for kind in ("pdf", "json", "exe"):
        assert client.get(reverse("rights:file", args=[request.pk, kind])).status_code == 404


def test_erase_is_approved_on_the_page_with_the_number(world: World, family: Family, login: Any) -> None:
    request = asked(family.by, family.first, "erase")
    client = login(world.privacy_officer)
    address = reverse("rights:agree", args=[request.pk])
    wrong = client.post(address, {"answer": "Goed", "number": "X"})
    assert wrong.status_code == 422
    assert "number" in wrong.context["form"].errors
    assert client.post(address, {"answer": "Goed", "number": family.case.number}).status_code == 302
    assert login(world.coordinator).get(address).status_code == 403


def test_restricted_case_shows_a_banner_to_its_lead(world: World, family: Family, login: Any) -> None:
    from rights.actions.decide import agree

    client = login(world.community_worker)
    assert 'id="restricted"' not in client.get(family.case.get_absolute_url()).content.decode()
    agree(by=world.coordinator, request=asked(family.by, family.first, "restrict"))
    assert 'id="restricted"' in client.get(family.case.get_absolute_url()).content.decode()
    assert login(world.lawyer).get(family.case.get_absolute_url()).status_code == 404


def test_list_is_approved_as_it_was_shown(
    world: World, family: Family, rules: list[RetentionRule], login: Any
) -> None:
    close(family.case, world.coordinator)
    wanted = make_list(by=world.privacy_officer, neighbourhood=world.neighbourhood)
    address = reverse("rights:list-approve", args=[wanted.pk])
    client = login(world.coordinator)
    shown = client.get(address).context["form"].initial["version"]
    DestructionList.objects.filter(pk=wanted.pk).update(version=shown + 1)
    for version in (shown, "onzin", 10**30):
        assert client.post(address, {"version": version}).status_code == 422
    text = client.get(wanted.get_absolute_url()).content.decode()
    assert family.case.number in text
    assert "Kwikstaart" not in text


def test_rule_with_nonsense_says_so_beside_the_field(
    world: World, rules: list[RetentionRule], login: Any
) -> None:
    client = login(world.privacy_officer)
    address = reverse("rights:rule-edit", args=[rules[0].pk])
    data = {
        "name": "X",
        "months": "99999999999",
        "ground": "Y",
        "destination": "destroy",
        "certainty": "approved",
        "from_on": timezone.localdate().isoformat(),
    }
    assert "months" in client.post(address, data).context["form"].errors
    response = client.post(address, data | {"months": "12"})
    assert response.status_code == 422
    assert "from_on" in response.context["form"].errors


def test_overview_costs_the_same_for_many_requests(
    world: World, family: Family, login: Any, django_assert_num_queries: Any
) -> None:
    client = login(world.privacy_officer)
    address = reverse("rights:overview")
    asked(family.by, family.first, "rectify")
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)
    for number in range(8):
        person = Person.objects.create(
            neighbourhood=world.neighbourhood, given_name=f"Nr {number}", created_by=world.coordinator
        )
        asked(family.by, person, "rectify")
    with django_assert_num_queries(QUERIES):
        client.get(address)


QUERIES = 5
