"""Drafts: one person, one visit, the newest words; never anybody else's."""

import datetime as dt
import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.drafts import BadDraft, DraftIsDone, DraftNotHere, OlderDraft, clean_payload
from cases.actions.visit_drafts import save_draft, tidy_drafts
from cases.actions.visit_photos import add_photo
from cases.models import Case, VisitDraft, VisitPhoto
from cases.tasks import tidy_visit_drafts
from tests.cases.visits import log, upload
from tests.factories import World


def url(case: Case, visit: uuid.UUID) -> str:
    return reverse("cases:visit-draft", args=[case.number, visit])


def keep(client: Client, case: Case, visit: uuid.UUID, words: Any, revision: Any = 1, **headers: str) -> Any:
    body = json.dumps({"revision": revision, "fields": {"narrative": [words], "result": ["met"]}})
    return client.post(url(case, visit), body, content_type="application/json", headers=headers)


def form_page(client: Client, case: Case, visit: uuid.UUID) -> str:
    address = reverse("cases:visit-new", args=[case.number])
    return client.get(f"{address}?visit={visit}").content.decode()


def test_draft_comes_back_in_the_form(world: World, login: Any) -> None:
    client, one = login(world.community_worker), uuid.uuid4()
    answer = keep(client, world.case, one, "Half verhaal")
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    page = form_page(client, world.case, one)
    assert "Half verhaal" in page
    assert 'data-revision="1"' in page


def test_older_save_that_arrives_late_changes_nothing(world: World, login: Any) -> None:
    client, one = login(world.community_worker), uuid.uuid4()
    keep(client, world.case, one, "Nieuw", 5)
    assert keep(client, world.case, one, "Nieuw", 5).status_code == 200  # the same save once more
    for late in (4, 5):
        answer = keep(client, world.case, one, "Oud", late)
        assert (answer.status_code, answer.json()) == (409, {"state": "older", "revision": 5})
    assert VisitDraft.objects.get().payload["narrative"] == ["Nieuw"]


def test_draft_never_appears_in_another_visit(world: World, login: Any) -> None:
    client, one = login(world.community_worker), uuid.uuid4()
    keep(client, world.case, one, "Geheim van bezoek een")
    assert "Geheim van bezoek een" not in form_page(client, world.case, uuid.uuid4())
    fresh = client.get(reverse("cases:visit-new", args=[world.case.number])).content.decode()
    assert "Geheim van bezoek een" not in fresh
    assert f"?visit={one}" in fresh  # but he is told that he began it


def test_draft_never_appears_to_another_user(world: World, login: Any) -> None:
    one = uuid.uuid4()
    keep(login(world.community_worker), world.case, one, "Geheim van de opbouwwerker")
    for other in (world.lawyer, world.tenancy_lead, world.coordinator):
        page = form_page(login(other), world.case, one)
        assert "Geheim van de opbouwwerker" not in page
        assert str(VisitDraft.objects.get().payload) not in page
    keep(login(world.lawyer), world.case, one, "Van de jurist")
    assert "Geheim van de opbouwwerker" in form_page(login(world.community_worker), world.case, one)
    assert VisitDraft.objects.count() == 2


def test_draft_never_appears_in_another_case(world: World, login: Any) -> None:
    client, one = login(world.tenancy_lead), uuid.uuid4()
    keep(client, world.case, one, "Van het eerste gezin")
    page = form_page(client, world.other_case, one)
    assert "Van het eerste gezin" not in page
    assert f'value="{one}"' not in page  # quietly another visit
    assert keep(client, world.other_case, one, "Van het tweede gezin", 9).status_code == 404
    assert VisitDraft.objects.get().payload["narrative"] == ["Van het eerste gezin"]


def test_draft_of_a_page_made_for_another_user_is_refused(world: World, login: Any) -> None:
    client = login(world.lawyer)
    answer = keep(
        client, world.case, uuid.uuid4(), "Van een collega", **{"X-As-User": str(world.community_worker.pk)}
    )
    assert (answer.status_code, answer.json()["state"]) == (409, "other_user")
    assert not VisitDraft.objects.exists()


def test_draft_after_the_visit_is_saved_is_gone(world: World, login: Any) -> None:
    one = uuid.uuid4()
    log(world.community_worker, world.case, uuid=one)
    answer = keep(login(world.community_worker), world.case, one, "Te laat")
    assert answer.status_code == 410
    assert not VisitDraft.objects.exists()


def test_draft_without_session_leads_to_the_login_page(world: World, client: Client) -> None:
    answer = keep(client, world.case, uuid.uuid4(), "x")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["Location"]


def test_draft_outside_ones_cases_is_404_and_without_permission_403(world: World, login: Any) -> None:
    assert keep(login(world.outsider), world.case, uuid.uuid4(), "x").status_code == 404
    assert keep(login(world.community_worker), world.other_case, uuid.uuid4(), "x").status_code == 404
    assert keep(login(world.manager), world.case, uuid.uuid4(), "x").status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"geen json",
        b"[]",
        b"[" * 100_000,
        b'{"revision": "1", "fields": {}}',
        b'{"revision": 1.5, "fields": {}}',
        b'{"revision": true, "fields": {}}',
        b'{"revision": 0, "fields": {}}',
        b'{"revision": 99999999999999, "fields": {}}',
        b'{"revision": 1, "fields": {"<script>": ["x"]}}',
        b'{"revision": 1, "fields": {"narrative": [1]}}',
        b'{"revision": 1, "fields": {"narrative": {"a": "b"}}}',
    ],
)
def test_draft_that_is_no_form_is_refused(world: World, login: Any, body: bytes) -> None:
    client = login(world.community_worker)
    answer = client.post(url(world.case, uuid.uuid4()), body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert not VisitDraft.objects.exists()


def test_draft_keeps_any_words_that_the_database_can_hold(world: World, login: Any) -> None:
    client, one = login(world.community_worker), uuid.uuid4()
    assert keep(client, world.case, one, "a\x00b \ud83d مرحبا 😀 <b>").status_code == 200
    assert VisitDraft.objects.get().payload["narrative"] == ["ab  مرحبا 😀 <b>"]
    assert "&lt;b&gt;" in form_page(client, world.case, one)


def test_draft_that_is_far_too_long_is_refused() -> None:
    with pytest.raises(BadDraft):
        clean_payload({"narrative": ["a" * 60_001]})
    with pytest.raises(BadDraft):
        clean_payload({f"veld-{'a' * n}": "x" for n in range(1, 90)})


def test_draft_keeps_no_tokens(world: World) -> None:
    kept = clean_payload({"csrfmiddlewaretoken": "geheim", "as_user": "1", "narrative": "x"})
    assert kept == {"narrative": ["x"]}


def test_save_draft_refuses_what_is_older_done_or_elsewhere(world: World) -> None:
    by, one = world.tenancy_lead, uuid.uuid4()
    save_draft(by=by, case=world.case, visit_uuid=one, payload={}, revision=2)
    with pytest.raises(OlderDraft):
        save_draft(by=by, case=world.case, visit_uuid=one, payload={"narrative": "x"}, revision=2)
    with pytest.raises(DraftNotHere):
        save_draft(by=by, case=world.other_case, visit_uuid=one, payload={}, revision=3)
    log(by, world.case, uuid=one)
    with pytest.raises(DraftIsDone):
        save_draft(by=by, case=world.case, visit_uuid=one, payload={}, revision=9)


def test_draft_thrown_away_takes_its_photos_along(
    world: World, login: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client, one = login(world.community_worker), uuid.uuid4()
    keep(client, world.case, one, "Weg ermee")
    photo = add_photo(by=world.community_worker, case=world.case, visit_uuid=one, upload=upload())
    storage, names = photo.file.storage, [photo.file.name, photo.thumbnail.name]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("cases:visit-draft-drop", args=[world.case.number, one]))
    assert answer.status_code == 302
    assert not VisitDraft.objects.exists()
    assert not VisitPhoto.objects.exists()
    assert not any(storage.exists(name) for name in names)


def test_nobody_throws_away_the_draft_of_another(world: World, login: Any) -> None:
    one = uuid.uuid4()
    keep(login(world.community_worker), world.case, one, "Blijft")
    login(world.lawyer).post(reverse("cases:visit-draft-drop", args=[world.case.number, one]))
    login(world.lawyer).post(reverse("cases:visit-draft-move", args=[world.case.number, one]))
    assert VisitDraft.objects.get().visit_uuid == one


def test_tidy_forgets_old_drafts_and_orphan_photos_and_keeps_the_rest(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    by, case = world.community_worker, world.case
    long_ago = timezone.now() - dt.timedelta(days=31)
    old, busy, saved = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    for one in (old, busy):
        save_draft(by=by, case=case, visit_uuid=one, payload={"narrative": "x"})
    photos = {one: add_photo(by=by, case=case, visit_uuid=one, upload=upload()) for one in (old, busy, saved)}
    log(by, case, uuid=saved)
    VisitDraft.objects.filter(visit_uuid=old).update(saved_at=long_ago)
    VisitPhoto.objects.update(added_at=long_ago)
    storage, name = photos[old].file.storage, photos[old].file.name
    with django_capture_on_commit_callbacks(execute=True):
        tidy_visit_drafts()
        tidy_visit_drafts()
    assert list(VisitDraft.objects.values_list("visit_uuid", flat=True)) == [busy]
    assert set(VisitPhoto.objects.values_list("visit_uuid", flat=True)) == {busy, saved}
    assert not storage.exists(name)
    assert tidy_drafts() == (0, 0)


def test_visit_form_takes_a_fixed_number_of_queries(
    world: World, login: Any, django_assert_max_num_queries: Any
) -> None:
    client = login(world.community_worker)
    for n in range(5):
        save_draft(
            by=world.community_worker, case=world.case, visit_uuid=uuid.uuid4(), payload={"narrative": str(n)}
        )
        log(world.community_worker, world.case)
    address = reverse("cases:visit-new", args=[world.case.number])
    with django_assert_max_num_queries(18):
        client.get(address)
