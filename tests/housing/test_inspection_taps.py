"""Taps as a browser sends them: with and without script, twice, late, by somebody else."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from housing.actions.inspection_finish import finish_inspection
from housing.models import Defect, DefectPhoto, Inspection
from tests.cases.visits import picture, upload
from tests.factories import World
from tests.housing.factories import make_building, make_dwelling
from tests.housing.inspections import begin, item, note, plan, room

SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def inspection(world: World) -> Inspection:
    """One that is planned."""
    return plan(world.housing_inspector, make_dwelling(world, make_building(world), "1"))


@pytest.fixture
def tap(world: World, login: Any, inspection: Inspection) -> Any:
    """Return a function that presses a category of an item."""

    def _tap(code: str, category: str, *, user: Any = None, headers: Any = SCRIPT, **more: Any) -> Any:
        client = login(user or world.housing_inspector)
        url = reverse("housing:inspection-defect", args=[inspection.uuid, item(inspection, code).pk])
        return client.post(url, {"category": category, **more}, headers=headers)

    return _tap


def test_tap_is_kept_and_says_when(tap: Any, inspection: Inspection) -> None:
    answer = tap("C-co", "III").json()
    assert answer["state"] == "kept"
    assert len(answer["at"]) == 5
    assert answer["counts"] == "1× III"
    inspection.refresh_from_db()
    assert inspection.state == "busy"


def test_tap_without_script_leads_back_to_the_item(tap: Any, inspection: Inspection) -> None:
    answer = tap("C-co", "III", headers={})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"#item-{item(inspection, 'C-co').pk}")


def test_tap_sent_again_late_changes_nothing(tap: Any, inspection: Inspection) -> None:
    token = str(uuid.uuid4())
    tap("C-schimmel", "I", submission_token=token)
    tap("C-schimmel", "II")
    tap("C-schimmel", "I", submission_token=token)  # the network delivered it once more
    assert Defect.objects.get().category == "II"


@pytest.mark.parametrize("category", ["IV", "I\0", "'; DROP TABLE x", "🦔", "x" * 5000])
def test_tap_with_nonsense_is_refused_in_words(tap: Any, category: str) -> None:
    answer = tap("C-co", category)
    assert answer.status_code == 422
    assert "categorie" in answer.json()["message"]
    plain = tap("C-co", category, headers={})
    assert plain.status_code == 422
    assert "<h1" in plain.content.decode()
    assert not Defect.objects.exists()


def test_tap_on_an_item_of_another_list_is_refused(
    world: World, tap: Any, login: Any, inspection: Inspection
) -> None:
    other = begin(
        world.housing_inspector, make_dwelling(world, inspection.building, "9"), report_model="room"
    )
    url = reverse("housing:inspection-defect", args=[inspection.uuid, item(other, "D-wc").pk])
    client = login(world.housing_inspector)
    assert client.post(url, {"category": "I"}, headers=SCRIPT).status_code == 422
    url = reverse("housing:inspection-defect", args=[inspection.uuid, 999_999_999_999])
    assert client.post(url, {"category": "I"}, headers=SCRIPT).status_code == 422


def test_tap_of_a_page_made_for_somebody_else_is_kept_out(world: World, tap: Any) -> None:
    answer = tap("C-co", "III", as_user=str(world.lawyer.pk))
    assert answer.status_code == 409
    assert not Defect.objects.exists()


def test_tap_by_who_may_only_read_is_refused(world: World, tap: Any) -> None:
    assert tap("C-co", "III", user=world.coordinator).status_code == 403
    assert tap("C-co", "III", user=world.outsider).status_code == 403


def test_tap_in_a_signed_report_is_refused(world: World, tap: Any, inspection: Inspection) -> None:
    tap("C-co", "III")
    finish_inspection(by=world.housing_inspector, inspection=inspection, signed_name="W")
    answer = tap("C-glas", "I")
    assert answer.status_code == 422
    assert "getekend" in answer.json()["message"]
    assert tap("C-glas", "I", headers={}).status_code == 302


def test_room_made_on_the_device_is_one_and_takes_the_next_tap(
    world: World, login: Any, tap: Any, inspection: Inspection
) -> None:
    made, url = str(uuid.uuid4()), reverse("housing:inspection-room-add", args=[inspection.uuid])
    client = login(world.housing_inspector)
    for _time in range(2):
        sent = {"name": "Badkamer", "kind": "bathroom", "room": made}
        assert client.post(url, sent, headers=SCRIPT).status_code == 200
    tap("C-schimmel", "I", room=made)
    assert Defect.objects.get().rooms.get().name == "Badkamer"
    assert client.post(url, {"name": "", "kind": "x"}, headers=SCRIPT).status_code == 422


def test_words_need_a_defect_and_fit(world: World, login: Any, inspection: Inspection) -> None:
    client = login(world.housing_inspector)
    mould = item(inspection, "C-schimmel")
    url = reverse("housing:inspection-describe", args=[inspection.uuid, mould.pk])
    assert client.post(url, {"note": "x"}, headers=SCRIPT).status_code == 422
    note(world.housing_inspector, inspection, "C-schimmel", "I")
    assert client.post(url, {"note": "x" * 20_000}, headers=SCRIPT).status_code == 422
    cellar = room(world.housing_inspector, inspection, "Kelder", kind="cellar")
    assert (
        client.post(url, {"note": "nat\0 <b>", "rooms": [str(cellar.uuid), "x"]}, headers=SCRIPT).status_code
        == 200
    )
    defect = Defect.objects.get()
    assert (defect.note, defect.rooms.get()) == ("nat <b>", cellar)


def test_photo_goes_in_once_and_out_only_to_who_reads_inspections(
    world: World, login: Any, inspection: Inspection
) -> None:
    client = login(world.housing_inspector)
    pk = item(inspection, "C-co").pk
    url = reverse("housing:inspection-photo-add", args=[inspection.uuid, pk])
    assert client.post(url, {"photo": upload()}, headers=SCRIPT).status_code == 422  # no category yet
    note(world.housing_inspector, inspection, "C-co", "III")
    assert client.post(url, {"photo": upload(b"<html>")}, headers=SCRIPT).status_code == 422
    assert client.post(url, {}, headers=SCRIPT).status_code == 422
    for _time in range(2):
        kept = client.post(url, {"photo": upload(picture("PNG"), "x.svg")}, headers=SCRIPT).json()
    assert DefectPhoto.objects.count() == 1
    answer = client.get(kept["url"])
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert login(world.lawyer).get(kept["url"]).status_code == 200
    assert login(world.community_worker).get(kept["url"]).status_code == 403
    assert login(world.outsider).get(kept["url"]).status_code == 404
    assert login(world.housing_inspector).post(kept["remove"], headers=SCRIPT).status_code == 200
    assert not DefectPhoto.objects.exists()
