"""The pages of renovations: what they show, refuse and keep."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from housing.actions.renovation_lines import strike_line
from housing.models import FundAnswer, Quote, Renovation, SupportRequest
from housing.renovation_panels import renovation_context
from tests.cases.visits import picture
from tests.factories import World
from tests.housing.factories import house, make_building, make_dwelling
from tests.housing.rehousing import ago, today
from tests.housing.renovations import (
    fund_answers,
    make_list,
    progress,
    quote,
    running,
    scan,
    support,
    work,
)


@pytest.fixture
def found(world: World, case: Case) -> Renovation:
    return running(world, case)


def _fill(world: World, found: Renovation, times: int = 1) -> None:
    coach = world.renovation_coach
    for n in range(times):
        scan(coach, found)
        works = make_list(coach, found, f"Deel {n}")
        work(coach, works)
        quote(coach, works)
        quote(coach, works, contractor="Oud", valid_until_on=ago(1), amount=Decimal("100"))
        support(coach, found)
        progress(coach, found, with_photo=True)


def test_page_shows_everything_and_costs_the_same_for_more(
    world: World, found: Renovation, login: Any, django_assert_num_queries: Any
) -> None:
    client, url = login(world.renovation_coach), found.get_absolute_url()
    client.get(url)
    _fill(world, found)
    fund_answers(world.renovation_coach, found)
    # session, user, his service, roles, renovation; rules; support; scans; three for works; fund; two for
    # progress; the messages; the look
    for times in (0, 3):
        _fill(world, found, times)
        with django_assert_num_queries(15):
            page = client.get(url)
    html = page.content.decode()
    for words in ("goedkoopste", "vervallen", "Geen dakisolatie.", "Het dak ligt open", "Mijn VerbouwPremie"):
        assert words in html
    assert "nog te bevestigen" in html or "te bevestigen" in html
    assert "1 voorwaarde is niet vervuld." in html
    assert "balken zijn droog" in html


def test_empty_page_says_what_comes_next(found: Renovation, world: World, login: Any) -> None:
    html = login(world.renovation_coach).get(found.get_absolute_url()).content.decode()
    for words in (
        "Nog geen energiescan",
        "Er staan nog geen werken",
        "Nog niets gevraagd",
        "Nog niet nagekeken",
    ):
        assert words in html


def test_partner_sees_nothing_of_it(world: World, found: Renovation, case: Case, login: Any) -> None:
    client = login(world.partner)
    assert client.get(found.get_absolute_url()).status_code == 403
    assert client.get(reverse("housing:renovation-list")).status_code == 403
    assert 'id="renovation-title"' not in client.get(case.get_absolute_url()).content.decode()
    assert not Renovation.objects.visible_to(world.partner).exists()


def test_worker_reads_along_and_changes_nothing(
    world: World, found: Renovation, case: Case, login: Any
) -> None:
    client = login(world.community_worker)
    html = client.get(found.get_absolute_url()).content.decode()
    assert "Werkenlijst" not in html
    assert client.get(reverse("housing:renovation-edit", args=[found.pk])).status_code == 403
    assert 'id="renovation-title"' in client.get(case.get_absolute_url()).content.decode()


def test_case_panel_takes_one_query(
    world: World, found: Renovation, case: Case, django_assert_num_queries: Any
) -> None:
    world.renovation_coach.access.where("renovation.read")
    with django_assert_num_queries(1):
        shown = renovation_context(case, world.renovation_coach)
    assert shown is not None
    assert shown["renovations"] == [found]
    assert renovation_context(world.other_case, world.lawyer) is None


def test_dwelling_and_building_show_it(world: World, found: Renovation, login: Any) -> None:
    client = login(world.coordinator)
    for place in (found.dwelling, found.dwelling.building):
        assert found.get_absolute_url() in client.get(place.get_absolute_url()).content.decode()


def test_list_filters_and_has_a_fixed_number_of_queries(
    world: World, found: Renovation, case: Case, login: Any, django_assert_num_queries: Any
) -> None:
    client, url = login(world.coordinator), reverse("housing:renovation-list")
    client.get(url)
    late = running(world, world.other_case, number="8", done_for="landlord", next_on=None)
    Renovation.objects.filter(pk=late.pk).update(next_on=ago(1), coach=world.coordinator)
    with django_assert_num_queries(6):
        page = client.get(url)
    assert set(page.context["page"].rows) == {found, late}
    assert page.context["says"].startswith("2 renovaties")
    for query in ({"late": "on"}, {"mine": "on"}, {"done_for": "landlord"}):
        assert list(client.get(url, query).context["page"].rows) == [late]
    assert not client.get(url, {"state": "done"}).context["page"].rows
    assert client.get(url, {"state": "onzin", "cursor": "x"}).context["misunderstood"]


def test_list_goes_on_page_by_page(world: World, case: Case, login: Any) -> None:
    building = make_building(world)
    dwellings = [make_dwelling(world, building, box=str(n)) for n in range(31)]
    house(world, case, dwellings[0])
    for dwelling in dwellings:
        Renovation.objects.create(
            case=case,
            dwelling=dwelling,
            coach=world.renovation_coach,
            done_for="owner",
            goal="Droog.",
            started_on=ago(1),
            made_by=world.renovation_coach,
        )
    client, url = login(world.coordinator), reverse("housing:renovation-list")
    first = client.get(url).context["page"]
    second = client.get(url, {"cursor": first.next_cursor}).context["page"]
    assert len(first.rows) + len(second.rows) == 31
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


def test_new_renovation_offers_the_dwellings_of_the_case_and_is_done_once(
    world: World, case: Case, login: Any
) -> None:
    dwelling = make_dwelling(world)
    strange = make_dwelling(world, dwelling.building, box="9")
    house(world, case, dwelling, tenure="owner")
    client, url = login(world.renovation_coach), reverse("housing:renovation-new", args=[case.number])
    page = client.get(url)
    assert list(page.context["form"].fields["dwelling"].queryset) == [dwelling]
    data = {
        "dwelling": dwelling.pk,
        "done_for": "owner",
        "goal": "Geen vocht meer.",
        "coach": world.renovation_coach.pk,
        "started_on": today(),
        "submission_token": str(page.context["submission_token"]),
    }
    assert client.post(url, {**data, "dwelling": strange.pk}).status_code == 422
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert Renovation.objects.get().state == "asked"
    again = client.post(url, {**data, "submission_token": ""})
    assert again.status_code == 422
    assert "al een renovatie" in again.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"started_on": "9999-99-99"}, {"coach": "99999999999999999999"}, {"goal": "\0"}, {"done_for": "niets"}],
)
def test_nonsense_is_told_beside_the_field(
    world: World, case: Case, login: Any, wrong: dict[str, Any]
) -> None:
    dwelling = make_dwelling(world)
    house(world, case, dwelling)
    url = reverse("housing:renovation-new", args=[case.number])
    data = {"dwelling": dwelling.pk, "done_for": "owner", "goal": "Droog.", "started_on": today()}
    page = login(world.renovation_coach).post(url, data | {"coach": world.renovation_coach.pk} | wrong)
    assert page.status_code == 422
    assert set(wrong) <= set(page.context["form"].errors)


def test_two_who_edit_at_once_see_what_the_colleague_saved(
    world: World, found: Renovation, login: Any
) -> None:
    client, url = login(world.renovation_coach), reverse("housing:renovation-edit", args=[found.pk])
    Renovation.objects.filter(pk=found.pk).update(version=7, goal="Haar doel")
    data = {
        "coach": found.coach_id,
        "done_for": "owner",
        "goal": "Mijn doel",
        "version": 1,
        "started_on": ago(9),
    }
    page = client.post(url, data)
    assert page.status_code == 422
    html = page.content.decode()
    assert "Haar doel" in html
    assert "Mijn doel" in html
    assert 'value="7"' in html
    assert client.post(url, data | {"version": 7}).status_code == 302


def test_lines_are_added_corrected_struck_and_put_back(world: World, found: Renovation, login: Any) -> None:
    client = login(world.renovation_coach)
    works = make_list(world.renovation_coach, found)
    new = reverse("housing:renovation-line-new", args=[found.pk, "quote"])
    assert client.get(new, {"list": works.pk}).context["form"].initial["works_list"] == str(works.pk)
    data = {"works_list": works.pk, "contractor": "Bouw BV", "amount": "9.250,50", "dated_on": ago(2)}
    assert client.post(new, data | {"amount": "0"}).status_code == 422
    done = client.post(new, data)
    assert done.url == f"{found.get_absolute_url()}#works"
    line = Quote.objects.get()
    assert line.amount == Decimal("9250.50")
    edit, strike, restore = (
        reverse(f"housing:renovation-line-{verb}", args=[found.pk, "quote", line.pk])
        for verb in ("edit", "strike", "restore")
    )
    assert "9250,50" in client.get(edit).content.decode()
    assert client.post(edit, data | {"version": 1, "contractor": "Bouw NV"}).status_code == 302
    assert client.post(edit, data | {"version": 1}).status_code == 422
    assert client.post(strike, {"reason": ""}).status_code == 422
    assert client.post(strike, {"reason": "Dubbel."}).status_code == 302
    assert client.post(edit, data | {"version": 3}).status_code == 422
    assert client.post(restore).status_code == 302
    line.refresh_from_db()
    assert (line.is_struck, line.contractor) == (False, "Bouw NV")
    choose = reverse("housing:quote-choose", args=[found.pk, line.pk])
    assert client.post(choose, {"reason": "Eerst vrij."}).status_code == 302
    assert client.post(strike, {"reason": "Fout."}).status_code == 422
    assert client.post(reverse("housing:quote-unchoose", args=[found.pk, line.pk])).status_code == 302


def test_line_of_another_renovation_and_an_unknown_kind_are_not_found(
    world: World, found: Renovation, login: Any
) -> None:
    other = running(world, world.other_case, number="8")
    line = scan(world.renovation_coach, other)
    client = login(world.renovation_coach)
    for kind, pk in (("scan", line.pk), ("niets", 1), ("quote", line.pk)):
        url = reverse("housing:renovation-line-edit", args=[found.pk, kind, pk])
        assert client.get(url).status_code == 404


def test_expired_quote_can_be_chosen_after_a_warning(world: World, found: Renovation, login: Any) -> None:
    line = quote(world.renovation_coach, make_list(world.renovation_coach, found), valid_until_on=ago(1))
    client, url = login(world.renovation_coach), reverse("housing:quote-choose", args=[found.pk, line.pk])
    assert "vervallen" in client.get(url).content.decode()
    assert client.post(url, {"reason": "De prijs geldt nog, zei hij."}).status_code == 302


def test_support_is_asked_and_decided_and_warned_about(world: World, found: Renovation, login: Any) -> None:
    client = login(world.renovation_coach)
    new = reverse("housing:renovation-line-new", args=[found.pk, "support"])
    closed = timezone.localdate().replace(year=timezone.localdate().year - 1, month=12, day=3)
    data = {"kind": "fund", "asked_on": closed, "asked": "60000"}
    assert client.post(new, data).status_code == 302
    html = client.get(found.get_absolute_url()).content.decode()
    assert "Gevraagd in december" in html
    assert "Meer gevraagd dan het hoogste bedrag: € 50.000,00." in html
    line = SupportRequest.objects.get()
    url = reverse("housing:support-decide", args=[found.pk, line.pk])
    decision = {"state": "granted", "decided_on": today(), "granted": "45000", "version": 1}
    page = client.post(url, decision | {"state": "refused", "granted": ""})
    assert "note" in page.context["form"].errors
    assert client.post(url, decision).status_code == 302
    line.refresh_from_db()
    assert line.granted == Decimal("45000")


def test_fund_form_keeps_each_answer(world: World, found: Renovation, login: Any) -> None:
    client, url = login(world.renovation_coach), reverse("housing:renovation-fund", args=[found.pk])
    form = client.get(url).context["form"]
    data = {name: field.initial or "" for name, field in form.fields.items()} | {"version": 1}
    data |= {"lives_in": "yes", "defects": "no", "defects_note": "Het dak is nieuw."}
    assert client.post(url, data).status_code == 302
    answers = dict(FundAnswer.objects.values_list("condition", "answer"))
    assert answers == {"lives_in": "yes", "defects": "no"}
    again = client.post(url, data)  # from the page of before
    assert again.status_code == 422
    assert "Het dak is nieuw." in again.content.decode()


def test_progress_takes_several_photos_and_shows_them(world: World, found: Renovation, login: Any) -> None:
    client = login(world.renovation_coach)
    new = reverse("housing:renovation-line-new", args=[found.pk, "progress"])
    photos = [
        SimpleUploadedFile(f"{colour}.jpg", picture(colour=colour), "image/jpeg")
        for colour in ("red", "blue")
    ]
    assert client.post(new, {"seen_on": today(), "words": "Dak open.", "photos": photos}).status_code == 302
    line = found.progress.get()
    first, _second = line.photos.order_by("pk")
    url = reverse("housing:renovation-photo", args=[found.pk, first.uuid])
    for size in ("", "?size=small"):
        answer = login(world.community_worker).get(url + size)
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Cache-Control"] == "private, no-store"
    other = running(world, world.other_case, number="8")
    assert client.get(reverse("housing:renovation-photo", args=[other.pk, first.uuid])).status_code == 404
    client = login(world.renovation_coach)
    remove = reverse("housing:renovation-photo-remove", args=[found.pk, first.uuid])
    assert client.post(remove).status_code == 302
    assert line.photos.count() == 1
    bad = SimpleUploadedFile("foto.jpg", b"<html>", "image/jpeg")
    page = client.post(new, {"seen_on": today(), "words": "Dit blijft staan.", "photos": [bad]})
    assert page.status_code == 422
    assert "Dit blijft staan." in page.content.decode()
    assert "photos" in page.context["form"].errors


def test_struck_progress_shows_why_and_not_what(world: World, found: Renovation, login: Any) -> None:
    line = progress(world.renovation_coach, found)
    strike_line(by=world.renovation_coach, line=line, reason="Verkeerd dossier.")
    html = login(world.renovation_coach).get(found.get_absolute_url()).content.decode()
    assert "Verkeerd dossier." in html
    assert "balken zijn droog" not in html


def test_finish_starts_from_the_last_scan_and_reopening_undoes_it(
    world: World, found: Renovation, login: Any
) -> None:
    scan(world.renovation_coach, found, label="B", moment="after", scanned_on=ago(1))
    client, url = login(world.renovation_coach), reverse("housing:renovation-finish", args=[found.pk])
    assert client.get(url).context["form"].initial["label_after"] == "B"
    data = {"ended_on": today(), "label_after": "B", "final_cost": "21.300,00", "reached": "Droog en warm."}
    assert client.post(url, data).status_code == 302
    html = client.get(found.get_absolute_url()).content.decode()
    assert "Resultaat" in html
    assert "€ 21.300,00" in html
    assert client.post(reverse("housing:renovation-begin", args=[found.pk])).status_code == 302
    found.refresh_from_db()
    assert found.state == "running"
    stop = reverse("housing:renovation-stop", args=[found.pk])
    assert client.post(stop, {"ended_on": today(), "reason": ""}).status_code == 422
    assert client.post(stop, {"ended_on": today(), "reason": "Verkocht."}).status_code == 302
    assert "Verkocht." in client.get(found.get_absolute_url()).content.decode()
