"""The pages of the tenant track: what they show, refuse and keep."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from cases.actions.boundaries import set_boundary
from cases.actions.set_team import set_team
from cases.models import Case, Task
from housing.actions.tenancy_lines import strike_line
from housing.models import ArrearsReading, EvictionFundAnswer, RightClaim, TenantTrack
from housing.tenancy_panels import tenancy_context
from tests.factories import World
from tests.housing import inspections
from tests.housing.factories import house, make_dwelling
from tests.housing.rehousing import ago, today
from tests.housing.tenancy import (
    arrears,
    asked,
    conditions,
    evaluation,
    fund_file,
    goal,
    granted,
    right,
    step,
    support,
    track,
)


@pytest.fixture
def found(world: World, case: Case) -> TenantTrack:
    return track(world.tenancy_lead, case)


def _fill(world: World, found: TenantTrack, times: int = 1) -> None:
    lead = world.tenancy_lead
    person = found.case.household.members.earliest("pk").person
    for n in range(times):
        asked(lead, found, person=person)
        granted(lead, found, kind="tariff")
        goal(lead, found)
        evaluation(lead, found)
        arrears(lead, found, days=50 - n)


def test_page_shows_everything_and_costs_the_same_for_more(
    world: World, found: TenantTrack, case: Case, login: Any, django_assert_num_queries: Any
) -> None:
    lead = world.tenancy_lead
    client, url = login(lead), found.get_absolute_url()
    client.get(url)
    support(lead, found)
    conditions(lead, fund_file(lead, found, owed="5000"))
    dwelling = make_dwelling(world)
    house(world, case, dwelling)
    failing = inspections.signed(world.housing_inspector, dwelling, ("C-co", "III"))
    granted(lead, found, kind="premium", inspection=failing)
    right(lead, found, kind="subsidy")
    arrears(lead, found, "2000", 70)
    # session, user, his service, roles, track; rules; support, goals, evaluations, contacts; answers, files; rights,
    # people, conformity twice; arrears; the messages; the look
    for times in (1, 3):
        _fill(world, found, times)
        with django_assert_num_queries(18):
            page = client.get(url)
    html = page.content.decode()
    for words in (
        "De premie ligt stil",
        "wonenvlaanderen.be",
        "Grenzen die we kennen",
        "€ 25.850,00",
        "De achterstand ligt niet tussen 2 en 6 maanden huur.",
        "1 voorwaarde is niet vervuld.",
        "minder dan afgesproken",
        "Elke maand de huur op tijd",
        "voor Jef",
    ):
        assert words in html
    assert "te bevestigen" in html


def test_empty_page_says_what_comes_next(found: TenantTrack, world: World, login: Any) -> None:
    html = login(world.tenancy_lead).get(found.get_absolute_url()).content.decode()
    for words in (
        "Nog geen intensieve begeleiding",
        "Nog geen rechten bekeken",
        "Nog geen achterstand",
        "Geen dossier",
    ):
        assert words in html
    assert (
        login(world.tenancy_lead).get(reverse("housing:tenancy-arrears", args=[found.pk])).status_code == 404
    )


def test_arrears_are_drawn_as_a_picture(found: TenantTrack, world: World, login: Any) -> None:
    lead = world.tenancy_lead
    arrears(lead, found)
    arrears(lead, found, "1234", 5)
    answer = login(lead).get(reverse("housing:tenancy-arrears", args=[found.pk]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "private, no-store"
    assert "€ 1.234" in answer.content.decode()
    assert "Immo" not in answer.content.decode()


@pytest.mark.parametrize(
    "who", ["coordinator", "lawyer", "housing_inspector", "renovation_coach", "partner", "manager"]
)
def test_outside_the_circle_of_care_nobody_opens_it(
    world: World, found: TenantTrack, case: Case, login: Any, who: str
) -> None:
    client = login(world.users[who])
    assert client.get(found.get_absolute_url()).status_code == 403
    assert client.get(reverse("housing:tenancy-list")).status_code == 403
    page = client.get(case.get_absolute_url())
    assert b'id="tenancy-title"' not in page.content


def test_youth_coach_reads_along_and_changes_nothing(world: World, found: TenantTrack, login: Any) -> None:
    set_team(by=world.coordinator, case=found.case, add=[world.youth_coach])
    client = login(world.youth_coach)
    assert b"Stand noteren" not in client.get(found.get_absolute_url()).content
    assert client.get(reverse("housing:tenancy-edit", args=[found.pk])).status_code == 403


def test_case_panel_takes_one_query(
    world: World, found: TenantTrack, case: Case, django_assert_num_queries: Any
) -> None:
    lead = world.tenancy_lead
    support(lead, found)
    granted(lead, found)
    right(lead, found)
    fund_file(lead, found)
    lead.access.where("tenancy.read")
    with django_assert_num_queries(1):
        shown = tenancy_context(case, lead)
    assert shown is not None
    row = shown["track"]
    assert (row.is_supported, row.rights_waiting, row.rights_granted, row.is_at_fund) == (True, 1, 1, True)
    assert tenancy_context(world.other_case, world.youth_coach) is None


def test_panel_offers_to_begin_and_shows_what_runs(world: World, case: Case, login: Any) -> None:
    client = login(world.community_worker)
    assert (
        reverse("housing:tenancy-new", args=[case.number])
        in client.get(case.get_absolute_url()).content.decode()
    )
    found = track(world.community_worker, case)
    assert found.get_absolute_url() in client.get(case.get_absolute_url()).content.decode()


def test_list_filters_and_has_a_fixed_number_of_queries(
    world: World, found: TenantTrack, login: Any, django_assert_num_queries: Any
) -> None:
    lead = world.tenancy_lead
    client, url = login(lead), reverse("housing:tenancy-list")
    client.get(url)
    other = track(lead, world.other_case, started_on=ago(10))
    TenantTrack.objects.filter(pk=other.pk).update(next_on=ago(1))
    TenantTrack.objects.filter(pk=found.pk).update(worker=world.community_worker)
    support(lead, other, from_on=ago(9))
    asked(lead, other)
    arrears(lead, other)
    fund_file(lead, other)
    with django_assert_num_queries(6):
        page = client.get(url)
    assert list(page.context["page"].rows) == [other, found]
    assert page.context["says"].startswith("2 gezinnen in begeleiding")
    for query in (
        {"late": "on"},
        {"mine": "on"},
        *({"what": what} for what in ("support", "rights", "arrears", "fund")),
    ):
        assert list(client.get(url, query).context["page"].rows) == [other]
    assert client.get(url, {"what": "onzin", "cursor": "x"}).context["misunderstood"]
    assert len(client.get(url, {"closed": "on", "sort": "start"}).context["page"].rows) == 2


def test_new_track_is_made_once(world: World, case: Case, login: Any) -> None:
    client, url = login(world.tenancy_lead), reverse("housing:tenancy-new", args=[case.number])
    page = client.get(url)
    data = {
        "worker": world.tenancy_lead.pk,
        "started_on": today(),
        "submission_token": str(page.context["submission_token"]),
    }
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    again = client.post(url, {**data, "submission_token": ""})
    assert again.status_code == 422
    assert "al huurbegeleiding" in again.content.decode()


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("arrears", {"amount": "-1"}),
        ("arrears", {"amount": "1e9"}),
        ("arrears", {"read_on": "9999-99-99"}),
        ("arrears", {"creditor": "\0"}),
        ("right", {"kind": "more:Onzin"}),
        ("right", {"person": "99999999999999999999"}),
        ("support", {"contacts": "99"}),
        ("fund", {"rent": "0"}),
        ("fund", {"arrears": "nul"}),
    ],
)
def test_nonsense_is_told_beside_the_field(
    world: World, found: TenantTrack, login: Any, kind: str, wrong: dict[str, Any]
) -> None:
    good = {
        "arrears": {"read_on": today(), "kind": "rent", "amount": "1.950,50"},
        "right": {"kind": "wage"},
        "support": {"from_on": today(), "contacts": "2", "pace": "week"},
        "fund": {"rent": "650", "arrears": "1950"},
    }[kind]
    url = reverse("housing:tenancy-line-new", args=[found.pk, kind])
    client = login(world.tenancy_lead)
    page = client.post(url, good | wrong)
    assert page.status_code == 422
    assert set(wrong) <= set(page.context["form"].errors)
    assert client.post(url, good).status_code == 302


def test_lines_are_added_corrected_struck_and_put_back(world: World, found: TenantTrack, login: Any) -> None:
    client = login(world.tenancy_lead)
    new = reverse("housing:tenancy-line-new", args=[found.pk, "arrears"])
    data = {"read_on": today(), "kind": "rent", "amount": "1.950,50", "plan_amount": "75"}
    assert client.post(new, data).url == f"{found.get_absolute_url()}#arrears"
    line = ArrearsReading.objects.get()
    assert line.amount == Decimal("1950.50")
    edit, strike, restore = (
        reverse(f"housing:tenancy-line-{verb}", args=[found.pk, "arrears", line.pk])
        for verb in ("edit", "strike", "restore")
    )
    assert "1950,50" in client.get(edit).content.decode()
    assert client.post(edit, data | {"version": 1, "amount": "1900"}).status_code == 302
    late = client.post(edit, data | {"version": 1})
    assert late.status_code == 422
    assert "1900,00" in late.content.decode() or "1900.00" in late.content.decode()
    assert client.post(strike, {"reason": ""}).status_code == 422
    assert client.post(strike, {"reason": "Dubbel."}).status_code == 302
    assert client.post(edit, data | {"version": 3}).status_code == 422
    assert client.post(restore).status_code == 302
    line.refresh_from_db()
    assert (line.is_struck, line.amount) == (False, Decimal(1900))


def test_line_of_another_track_and_an_unknown_kind_or_state_are_not_found(
    world: World, found: TenantTrack, login: Any
) -> None:
    lead = world.tenancy_lead
    line = right(lead, track(lead, world.other_case))
    own = right(lead, found)
    client = login(lead)
    for kind, pk in (("right", line.pk), ("niets", 1), ("goal", line.pk)):
        assert client.get(reverse("housing:tenancy-line-edit", args=[found.pk, kind, pk])).status_code == 404
    for kind, to in (("right", "paid"), ("arrears", "asked"), ("right", "x")):
        assert (
            client.get(reverse("housing:tenancy-step", args=[found.pk, kind, own.pk, to])).status_code == 404
        )
    assert client.get(reverse("housing:tenancy-inspection", args=[found.pk, own.pk])).status_code == 404


def test_right_of_the_list_of_more_is_chosen_and_found_again(
    world: World, found: TenantTrack, login: Any
) -> None:
    client = login(world.tenancy_lead)
    new = reverse("housing:tenancy-line-new", args=[found.pk, "right"])
    assert client.post(new, {"kind": "more:Kansenpas"}).status_code == 302
    claim = RightClaim.objects.get()
    assert (claim.kind, claim.other) == ("other", "Kansenpas")
    edit = reverse("housing:tenancy-line-edit", args=[found.pk, "right", claim.pk])
    assert client.get(edit).context["form"].initial["kind"] == "more:Kansenpas"


def test_right_goes_step_by_step_and_a_step_back_asks_nothing(
    world: World, found: TenantTrack, login: Any
) -> None:
    client, claim = login(world.tenancy_lead), right(world.tenancy_lead, found)

    def url(to: str) -> str:
        return reverse("housing:tenancy-step", args=[found.pk, "right", claim.pk, to])

    assert (
        client.post(
            url("granted"), {"version": 1, "decided_on": today(), "granted_from": today()}
        ).status_code
        == 422
    )
    assert (
        client.post(url("asked"), {"version": 1, "asked_on": ago(3), "asked_where": "Loket"}).status_code
        == 302
    )
    page = client.post(
        url("granted"), {"version": 2, "decided_on": ago(9), "granted_from": today(), "amount": "62,50"}
    )
    assert "decided_on" in page.context["form"].errors
    data = {"version": 2, "decided_on": today(), "granted_from": today(), "amount": "62,50"}
    assert client.post(url("granted"), data).status_code == 302
    assert "€ 62,50 per maand" in client.get(found.get_absolute_url()).content.decode()
    assert set(client.get(url("asked")).context["form"].fields) == {"version"}
    assert client.post(url("asked"), {"version": 3}).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.amount, claim.asked_where) == ("asked", None, "Loket")


def test_boundary_refuses_the_agreement_with_the_landlord_and_says_whose_wish(
    world: World, found: TenantTrack, login: Any
) -> None:
    lead = world.tenancy_lead
    line = fund_file(lead, found)
    set_boundary(by=lead, case=found.case, kind="no_landlord", reason="Ze zijn bang hun huis te verliezen.")
    url = reverse("housing:tenancy-step", args=[found.pk, "fund", line.pk, "signed"])
    page = login(lead).post(url, {"version": 1, "signed_on": today()})
    assert page.status_code == 422
    assert "Ze zijn bang hun huis te verliezen." in page.content.decode()


def test_paid_form_starts_from_what_the_fund_pays(world: World, found: TenantTrack, login: Any) -> None:
    lead = world.tenancy_lead
    arrears(lead, found, "2100")
    client = login(lead)
    new = client.get(reverse("housing:tenancy-line-new", args=[found.pk, "fund"]))
    assert new.context["form"].initial["arrears"] == Decimal(2100)
    line = step(
        lead, step(lead, fund_file(lead, found), "signed", signed_on=ago(5)), "asked", asked_on=ago(4)
    )
    page = client.get(reverse("housing:tenancy-step", args=[found.pk, "fund", line.pk, "paid"]))
    assert page.context["form"].initial["paid"] == Decimal(975)


def test_conditions_keep_each_answer(world: World, found: TenantTrack, login: Any) -> None:
    client, line = login(world.tenancy_lead), fund_file(world.tenancy_lead, found)
    url = reverse("housing:tenancy-conditions", args=[found.pk, line.pk])
    form = client.get(url).context["form"]
    data = {name: field.initial or "" for name, field in form.fields.items()} | {"version": 1}
    data |= {"tenant": "yes", "landlord": "no", "landlord_note": "Hij wil eerst geld zien."}
    assert client.post(url, data).status_code == 302
    assert dict(EvictionFundAnswer.objects.values_list("condition", "answer")) == {
        "tenant": "yes",
        "landlord": "no",
    }
    again = client.post(url, data)  # from the page of before
    assert again.status_code == 422
    assert "Hij wil eerst geld zien." in again.content.decode()


def test_inspection_is_asked_from_the_right(world: World, found: TenantTrack, login: Any) -> None:
    claim = right(world.tenancy_lead, found, kind="premium")
    client, url = login(world.tenancy_lead), reverse("housing:tenancy-inspection", args=[found.pk, claim.pk])
    assert list(client.get(url).context["form"].fields["inspector"].queryset) == [world.housing_inspector]
    assert client.post(url, {"inspector": world.housing_inspector.pk, "due_on": ago(-9)}).status_code == 302
    assert Task.objects.get().assignee == world.housing_inspector


def test_struck_evaluation_shows_why_and_not_what(world: World, found: TenantTrack, login: Any) -> None:
    lead = world.tenancy_lead
    support(lead, found)
    line = evaluation(lead, found, planned_on=ago(1), done_on=ago(1), words="Hij was boos op zijn broer.")
    strike_line(by=lead, line=line, reason="Verkeerd dossier.")
    html = login(lead).get(found.get_absolute_url()).content.decode()
    assert "Verkeerd dossier." in html
    assert "boos op zijn broer" not in html
