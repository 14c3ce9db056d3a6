"""The pages of inspections: who sees what, what they cost, and what they say."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Circle
from cases.models import TimelineEntry
from housing.actions.inspections import add_inspector_note, log_access_attempt
from housing.actions.legal_status import record_legal_status
from tests.factories import World
from tests.housing.factories import house, make_building, make_dwelling, make_landlord, own
from tests.housing.inspections import begin, note, plan, room, signed


@pytest.fixture
def dwelling(world: World) -> Any:
    """The dwelling where the family of the worker's case lives."""
    found = make_dwelling(world, make_building(world), "1")
    house(world, world.case, found)
    own(world, found, make_landlord(world))
    return found


def test_work_page_has_a_button_per_allowed_category(world: World, login: Any, dwelling: Any) -> None:
    inspection = begin(world.housing_inspector, dwelling)
    note(world.housing_inspector, inspection, "C-schimmel", "II", note="achter de kast")
    room(world.housing_inspector, inspection)
    body = (
        login(world.housing_inspector)
        .get(reverse("housing:inspection-work", args=[inspection.uuid]))
        .content.decode()
    )
    assert "achter de kast" in body
    assert 'value="II" aria-pressed="true"' in re.sub(r"\s+", " ", body)
    assert "Leefruimte" in body


def test_rooms_page_says_which_count(world: World, login: Any, dwelling: Any) -> None:
    inspection = begin(world.housing_inspector, dwelling)
    room(world.housing_inspector, inspection, "Hok", area=3)
    body = (
        login(world.housing_inspector)
        .get(reverse("housing:inspection-rooms", args=[inspection.uuid]))
        .content.decode()
    )
    assert "kleiner dan 4 m²" in body
    assert "norm niet gekend" in body


def test_case_page_shows_the_outcome_to_the_worker_without_a_link(
    world: World, login: Any, dwelling: Any
) -> None:
    inspection = signed(world.housing_inspector, dwelling, ("C-co", "III"))
    body = login(world.community_worker).get(world.case.get_absolute_url()).content.decode()
    assert "ongeschikt én onbewoonbaar" in body
    assert inspection.get_absolute_url() not in body
    assert login(world.community_worker).get(inspection.get_absolute_url()).status_code == 403


def test_partner_sees_no_panel_of_inspections(world: World, login: Any, dwelling: Any) -> None:
    signed(world.housing_inspector, dwelling, ("C-co", "III"))
    assert (
        'id="inspections-title"'
        not in login(world.partner).get(world.case.get_absolute_url()).content.decode()
    )


def test_inspection_of_another_neighbourhood_is_not_found(world: World, login: Any) -> None:
    other = make_dwelling(world, make_building(world, number="99"), "1")
    inspection = begin(world.housing_inspector, other)
    assert login(world.outsider).get(inspection.get_absolute_url()).status_code == 404


def test_inspector_notes_are_for_enforcement_alone(world: World, login: Any, dwelling: Any) -> None:
    inspection = signed(world.housing_inspector, dwelling, ("C-co", "III"))
    add_inspector_note(by=world.housing_inspector, inspection=inspection, text="Dreigde aan de deur.")
    url = inspection.get_absolute_url()
    assert "Dreigde aan de deur." in login(world.housing_inspector).get(url).content.decode()
    assert "Dreigde aan de deur." not in login(world.lawyer).get(url).content.decode()
    entry = TimelineEntry.objects.filter(case=world.case, body="Dreigde aan de deur.").get()
    assert entry.circle == Circle.ENFORCEMENT


def test_words_of_an_attempt_are_for_enforcement_alone(world: World, login: Any, dwelling: Any) -> None:
    inspection = plan(world.housing_inspector, dwelling)
    log_access_attempt(
        by=world.housing_inspector,
        inspection=inspection,
        at=timezone.now() - dt.timedelta(minutes=5),
        result="refused",
        spoken_with="de broer",
        note="Hij wou ons niet binnenlaten.",
    )
    body = login(world.coordinator).get(inspection.get_absolute_url()).content.decode()
    assert "geweigerd" in body
    assert "de broer" not in body
    assert "niet binnenlaten" not in body


def test_dwelling_shows_legal_status_beside_outcome(world: World, login: Any, dwelling: Any) -> None:
    signed(world.housing_inspector, dwelling, ("C-co", "III"))
    body = login(world.lawyer).get(dwelling.get_absolute_url()).content.decode()
    assert "Er is geen besluit over deze woning bekend." in body
    record_legal_status(
        by=world.lawyer,
        dwelling=dwelling,
        status="unfit",
        decided_on=timezone.localdate(),
        source="Besluit 12",
    )
    body = login(world.lawyer).get(dwelling.get_absolute_url()).content.decode()
    assert "Besluit 12" in body
    assert "ongeschikt én onbewoonbaar" in body


def test_landlord_page_counts_dwellings_by_last_outcome(world: World, login: Any, dwelling: Any) -> None:
    landlord = dwelling.ownerships.get().landlord
    first = signed(world.housing_inspector, dwelling, ("C-co", "III"))
    signed(world.housing_inspector, dwelling, previous=first)
    body = login(world.lawyer).get(landlord.get_absolute_url()).content.decode()
    assert "1× geen grond voor ongeschikt" in body
    assert "1× ongeschikt én onbewoonbaar" not in body


def test_pdf_is_tagged_and_has_outcome_rooms_and_no_notes(world: World, login: Any, dwelling: Any) -> None:
    import io

    from pypdf import PdfReader

    inspection = begin(world.housing_inspector, dwelling)
    note(
        world.housing_inspector, inspection, "C-co", "III", rooms=[room(world.housing_inspector, inspection)]
    )
    add_inspector_note(by=world.housing_inspector, inspection=inspection, text="Geheim woord.")
    answer = login(world.lawyer).get(reverse("housing:inspection-pdf", args=[inspection.uuid]))
    reader = PdfReader(io.BytesIO(answer.content))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "onbewoonbaar" in text
    assert "Leefruimte" in text
    assert "Klad" in text
    assert "Geheim" not in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_list_filters_and_costs_the_same_for_many(
    world: World, login: Any, django_assert_num_queries: Any
) -> None:
    client = login(world.lawyer)
    building = make_building(world)
    url = reverse("housing:inspection-list")
    client.get(url)
    counts = []
    for boxes in (range(3), range(3, 60)):
        for box in boxes:
            made = begin(world.housing_inspector, make_dwelling(world, building, str(box)))
            for code in (
                "C-co",
                "C-gaslek",
                "C-stabiliteit",
                "C-elektriciteit",
                "B-gas",
                "C-verwarming",
                "C-glas",
            ):
                note(
                    world.housing_inspector, made, code, "II" if code in ("C-verwarming", "C-glas") else "III"
                )
        with django_assert_num_queries(7) as seen:
            assert client.get(url).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert "Geen onderzoek past bij dit filter" in client.get(f"{url}?state=finished").content.decode()
    assert "meer dan" not in client.get(f"{url}?whose=mine").content.decode()
    assert client.get(f"{url}?cursor=onzin&sort=onzin&state=%00").status_code == 200
    page = client.get(url).context["page"]
    assert len(page.rows) == 30
    again = client.get(f"{url}?cursor={page.next_cursor}").context["page"]
    assert not {row.pk for row in page.rows} & {row.pk for row in again.rows}


def test_report_costs_the_same_for_many_defects(
    world: World, login: Any, dwelling: Any, django_assert_num_queries: Any
) -> None:
    client = login(world.housing_inspector)
    inspection = begin(world.housing_inspector, dwelling)
    seen_in = room(world.housing_inspector, inspection)
    codes = list(inspection.report_version.items.values_list("code", "categories"))
    url, work = inspection.get_absolute_url(), reverse("housing:inspection-work", args=[inspection.uuid])
    client.get(url)
    for part in (codes[:3], codes[3:]):
        for code, categories in part:
            note(world.housing_inspector, inspection, code, categories[0], rooms=[seen_in])
        with django_assert_num_queries(18):
            assert client.get(url).status_code == 200
        with django_assert_num_queries(14):
            assert client.get(work).status_code == 200


def test_plan_form_gives_errors_beside_the_field(world: World, login: Any, dwelling: Any) -> None:
    plan(world.housing_inspector, dwelling)
    client, url = (
        login(world.housing_inspector),
        reverse("housing:dwelling-inspection-new", args=[dwelling.pk]),
    )
    sent = {
        "day": "2099-01-01",
        "time": "10:00",
        "inspector": world.lawyer.pk,
        "trigger": "own\0",
        "report_model": "dwelling",
    }
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert {"inspector", "trigger", "day"} >= set(answer.context["form"].errors)
    sent |= {
        "day": f"{timezone.localdate():%Y-%m-%d}",
        "inspector": world.housing_inspector.pk,
        "trigger": "request",
    }
    assert client.post(url, sent).status_code == 302


def test_announcement_is_stopped_by_a_boundary_and_told(world: World, login: Any, dwelling: Any) -> None:
    from tests.housing.factories import forbid_landlord

    inspection = plan(world.housing_inspector, dwelling)  # the inspection itself is no matter of the landlord
    forbid_landlord(world.case)
    url = reverse("housing:inspection-announce", args=[inspection.uuid])
    landlord = dwelling.ownerships.get().landlord
    answer = login(world.housing_inspector).post(
        url, {"landlord": landlord.pk, "channel": "call", "summary": "Donderdag."}
    )
    assert answer.status_code == 422
    assert "Dit kan nu niet" in answer.content.decode()
    assert TimelineEntry.objects.filter(case=world.case, kind="cases.boundary_refusal").exists()
    assert not landlord.contacts.exists()


def test_announcement_is_written_down_with_the_landlord(world: World, login: Any, dwelling: Any) -> None:
    inspection = plan(world.housing_inspector, dwelling)
    url = reverse("housing:inspection-announce", args=[inspection.uuid])
    landlord = dwelling.ownerships.get().landlord
    answer = login(world.housing_inspector).post(
        url, {"landlord": landlord.pk, "channel": "call", "summary": "Donderdag."}
    )
    assert answer.status_code == 302
    assert "Donderdag." in landlord.contacts.get().words.summary


def test_family_that_is_housed_elsewhere_still_sees_what_was_inspected(
    world: World, login: Any, dwelling: Any
) -> None:
    from housing.actions.occupancies import end_occupancy

    signed(world.housing_inspector, dwelling, ("C-co", "III"))
    occupancy = dwelling.occupancies.get()
    today = timezone.localdate()
    end_occupancy(by=world.coordinator, occupancy=occupancy, until_on=today - dt.timedelta(days=1))
    house(world, world.case, make_dwelling(world, make_building(world, number="50"), "1"), from_on=today)
    assert (
        "ongeschikt én onbewoonbaar"
        in login(world.lawyer).get(world.case.get_absolute_url()).content.decode()
    )


def test_inspection_is_found_by_address(world: World, login: Any, dwelling: Any) -> None:
    inspection = plan(world.housing_inspector, dwelling)
    body = login(world.lawyer).get(reverse("cases:search"), {"q": "leuvense steenweg 12"}).content.decode()
    assert inspection.get_absolute_url() in body
    body = (
        login(world.community_worker).get(reverse("cases:search"), {"q": "leuvensesteenweg"}).content.decode()
    )
    assert inspection.get_absolute_url() not in body


def test_lists_are_put_ready_by_starter_and_by_command(db: None, capsys: Any) -> None:
    from django.core.management import call_command

    from arsenaal.lib.registries import starters
    from housing.models import ReportItem

    starters.get("housing.inspection_lists").start()
    count = ReportItem.objects.count()
    assert count > 50
    assert not ReportItem.objects.exclude(official_code="").exists()
    call_command("load_inspection_lists")
    assert ReportItem.objects.count() == count


def test_steps_from_form_to_form(world: World, login: Any, dwelling: Any) -> None:
    """Attempt, facts, rooms, smoke detectors, note, move, cancel: each answers and is kept."""
    inspection = plan(world.housing_inspector, dwelling)
    client = login(world.housing_inspector)

    def send(name: str, data: dict[str, Any], status: int = 302) -> Any:
        answer = client.post(reverse(f"housing:inspection-{name}", args=[inspection.uuid]), data)
        assert answer.status_code == status, (name, answer.context and answer.context["form"].errors)
        inspection.refresh_from_db()
        return answer

    now = timezone.localtime()
    day, time = f"{now:%Y-%m-%d}", "00:01"
    send("attempt", {"day": day, "time": time, "result": "refused"}, 422)
    late = f"{now + dt.timedelta(days=3):%Y-%m-%d}"
    send("attempt", {"day": day, "time": time, "result": "nobody", "next_time": "10:00"}, 422)
    send("attempt", {"day": day, "time": time, "result": "nobody", "next_day": late, "next_time": "10:00"})
    assert timezone.localtime(inspection.scheduled_at).strftime("%Y-%m-%d %H:%M") == f"{late} 10:00"
    facts = {
        "present": "de huurder",
        "persons_living": "3",
        "is_before_2016": "yes",
        "version": inspection.version,
    }
    send("facts", {**facts, "persons_living": "9" * 30}, 422)
    send("facts", facts)
    assert (inspection.persons_living, inspection.is_before_2016, inspection.has_folding_bed) == (
        3,
        True,
        None,
    )
    send("room-new", {"name": "Living", "kind": "living", "area": "19,5", "height": "240"})
    send("room-new", {"name": "Living", "kind": "living"}, 422)
    send("smoke", {"storey_gelijkvloers": "no", "storey_1": "yes"})
    assert list(inspection.smoke_detectors.values_list("storey", "is_working")) == [
        ("gelijkvloers", False), ("1e verdieping", True)]  # fmt: skip
    send("note", {"text": "x" * 5000}, 422)
    send("note", {"text": "Hond in de gang."})
    move = {"day": late, "time": "11:00", "inspector": world.housing_inspector.pk}
    send("move", {**move, "version": "1"}, 422)
    send("move", {**move, "version": inspection.version})
    send("cancel", {"reason": ""}, 422)
    send("cancel", {"reason": "De huurder is ziek."})
    assert "De huurder is ziek." in client.get(inspection.get_absolute_url()).content.decode()
    assert client.get(reverse("housing:inspection-work", args=[inspection.uuid])).status_code == 302
