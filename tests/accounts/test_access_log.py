"""The access log: what is kept, that it stays, that it costs one write, and what its reader never sees."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions.looks import keep_looks
from accounts.looks import Look, LookKind, Subject
from accounts.models import AccessEvent, User
from cases.actions.visit_photos import add_photo
from cases.actions.write_note import write_note
from people.models import Person
from tests.cases.visits import log, upload
from tests.factories import World

Login = Callable[[User], Client]
SECRET = "Zeehondje slaapt in de badkuip"


def last() -> AccessEvent:
    """Return the last look."""
    return AccessEvent.objects.latest("pk")


def writes(client: Client, method: str, path: str, data: Any = None) -> list[str]:
    """Return the statements of one request that write in the log."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        getattr(client, method)(path, data or {})
    return [q["sql"] for q in queries if 'INSERT INTO "accounts_accessevent"' in q["sql"]]


def _statements(client: Client, path: str) -> list[str]:
    """Return every statement of one request."""
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return [q["sql"] for q in queries]


def test_log_of_a_case_page_tells_who_when_which_and_in_which_role(world: World, login: Login) -> None:
    before = timezone.now()
    assert login(world.lawyer).get(world.case.get_absolute_url()).status_code == 200
    event = AccessEvent.objects.get()
    assert (event.user, event.role, event.neighbourhood) == (world.lawyer, "lawyer", world.neighbourhood)
    assert (event.kind, event.subject, event.page) == ("opened", "case", "cases:case")
    assert (event.case_id, event.case_number, event.subject_id) == (
        world.case.pk,
        world.case.number,
        world.case.pk,
    )
    assert before <= event.looked_at <= timezone.now()


def test_log_takes_one_statement_for_a_page(world: World, login: Login) -> None:
    client = login(world.lawyer)
    assert len(writes(client, "get", world.case.get_absolute_url())) == 1
    assert len(writes(client, "get", f"/cases/{world.case.number}/timeline/")) == 1
    assert len(writes(client, "get", "/cases/export/csv/")) == 1
    assert len(writes(client, "get", "/search/?q=studio")) == 1
    assert len(writes(client, "get", "/cases/GEEN-2026-0001/")) == 1
    assert writes(client, "get", "/accounts/profile/") == []


def test_log_adds_one_statement_to_what_a_page_costs(world: World, login: Login, settings: Any) -> None:
    """The same page with and without the log: one statement more, nothing else."""
    client = login(world.lawyer)
    url = world.case.get_absolute_url()
    client.get(url)
    with_log = _statements(client, url)
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "AccessLog" not in name]
    other = Client()
    other.force_login(world.lawyer, backend="django.contrib.auth.backends.ModelBackend")
    other.get(url)
    without = _statements(other, url)
    assert [sql for sql in with_log if "accounts_accessevent" in sql] == with_log[-1:]
    assert len(with_log) == len(without) + 1


def test_log_keeps_a_refusal_with_the_number_that_was_tried(world: World, login: Login) -> None:
    client = login(world.community_worker)
    assert client.get(world.other_case.get_absolute_url()).status_code == 404
    event = last()
    assert (event.kind, event.case_number, event.case_id) == ("refused", world.other_case.number, None)
    assert client.get("/people/999999/").status_code == 404
    assert (last().kind, last().subject, last().subject_id) == ("refused", "person", 999999)


def test_log_never_keeps_what_somebody_typed_in_an_address(world: World, login: Login) -> None:
    client = login(world.community_worker)
    client.get("/cases/Familie%20Zeehond/")
    client.get("/search/?q=Zeehond")
    client.get("/search/?q=Proefman")
    client.post("/households/suggest/", {"field": "who", "who-q": "Proefman"})
    login(world.coordinator).get("/cases/export/csv/?q=Proefman")
    for event in AccessEvent.objects.all():
        words = " ".join(str(getattr(event, field.name)) for field in AccessEvent._meta.fields)
        assert "eehond" not in words
        assert "roefman" not in words


def test_log_of_an_export_keeps_which_cases_and_which_filters(world: World, login: Login) -> None:
    response = login(world.coordinator).get("/cases/export/csv/?q=studio")
    assert response.status_code == 200
    event = last()
    assert (event.kind, event.subject, event.label, event.row_count) == ("exported", "list", "dossiers", 1)
    assert event.case_ids == [world.case.pk]
    assert event.detail != ""
    assert "studio" not in event.detail
    assert AccessEvent.objects.of_cases([world.case.pk]).get() == event


def test_log_of_a_person_household_visit_and_photo(world: World, login: Login) -> None:
    client = login(world.coordinator)
    person = Person.objects.get(family_name="Proefman")
    import uuid

    done = uuid.uuid4()
    photo = add_photo(by=world.coordinator, case=world.case, visit_uuid=done, upload=upload())
    visit = log(world.coordinator, world.case, uuid=done, narrative="x", circle="shared").visit
    for path, subject, pk in (
        (f"/people/{person.pk}/", "person", person.pk),
        (f"/households/{world.case.household_id}/", "household", world.case.household_id),
        (f"/cases/{world.case.number}/visits/{done}/", "visit", visit.pk),
        (f"/visits/photos/{photo.uuid}/", "photo", photo.pk),
    ):
        assert client.get(path).status_code == 200
        assert (last().subject, last().subject_id) == (subject, pk), path


def test_log_keeps_nothing_of_a_page_that_went_on_or_of_somebody_unknown(
    world: World, client: Client
) -> None:
    assert client.get(world.case.get_absolute_url()).status_code == 302
    assert not AccessEvent.objects.exists()


def test_log_that_can_not_be_written_shows_nothing(
    world: World, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No look without a line."""

    def broken(**_kwargs: Any) -> None:
        raise DatabaseError("no disk")

    client = login(world.lawyer)
    client.raise_request_exception = False
    monkeypatch.setattr("accounts.middleware.keep_looks", broken)
    response = client.get(world.case.get_absolute_url())
    assert response.status_code == 500
    assert world.case.title not in response.content.decode()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_accessevent SET why = 'x'",
        "DELETE FROM accounts_accessevent",
        "TRUNCATE accounts_accessevent",
        "ALTER TABLE accounts_accessevent DISABLE TRIGGER ALL",
        "DROP TRIGGER accessevent_append_only ON accounts_accessevent",
    ],
)
def test_log_is_append_only_for_the_role_of_the_application(world: World, statement: str) -> None:
    keep_looks(by=world.lawyer, looks=[Look(LookKind.OPENED, Subject.CASE)], page="x")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AccessEvent.objects.get().why == ""


def test_log_refuses_update_and_delete_to_its_owner_as_well(world: World) -> None:
    """The trigger is there apart from the rights: it refuses whoever has them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'accounts_accessevent'::regclass"
            " AND NOT tgisinternal ORDER BY tgname"
        )
        assert cursor.fetchall() == [("accessevent_append_only", "O"), ("accessevent_never_emptied", "O")]
        cursor.execute(
            "SELECT has_table_privilege(current_user, 'accounts_accessevent', p)"
            " FROM unnest(ARRAY['INSERT','SELECT','UPDATE','DELETE','TRUNCATE']) p"
        )
        assert [row[0] for row in cursor.fetchall()] == [True, True, False, False, False]


# --- the page ----------------------------------------------------------------------------------------------------


def test_page_tells_looks_in_sentences(world: World, login: Login) -> None:
    login(world.community_worker).get(world.case.get_absolute_url())
    page = login(world.privacy_officer).get("/access-log/").content.decode()
    assert "Community_worker Test (opbouwwerker)" in page
    assert f"opende dossier {world.case.number}" in page


def test_page_shows_no_title_family_or_story(world: World, login: Login) -> None:
    write_note(by=world.lawyer, case=world.case, body=SECRET, circle="shared")
    client = login(world.lawyer)
    client.get(world.case.get_absolute_url())
    client.get(f"/households/{world.case.household_id}/")
    client.get("/cases/export/xlsx/")
    officer = login(world.privacy_officer)
    for path in (
        "/access-log/",
        f"/access-log/?case={world.case.number}",
        f"/access-log/cases/{world.case.number}/",
        "/access-log/unusual/",
        "/emergency/",
        "/",
    ):
        text = officer.get(path).content.decode()
        for word in ("Proefman", world.case.title, SECRET):
            assert word not in text, path
    text = b"".join(officer.get("/access-log/export/csv/").streaming_content).decode()
    assert world.case.number in text
    assert "Proefman" not in text
    assert world.case.title not in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=refused", ["refused"]),
        ("kind=opened", ["opened"]),
        ("case={number}", ["opened"]),
        ("case=ars-2026-9999", []),
        ("person=1", []),
        ("from_on=2099-01-01", ["opened", "refused"]),  # nonsense is left out
        ("person=99999999999999999999", ["opened", "refused"]),
        ("user=nobody", ["opened", "refused"]),
        ("cursor=onzin", ["opened", "refused"]),
        ("unusual=on", []),
    ],
)
def test_page_filters(world: World, login: Login, query: str, expected: list[str]) -> None:
    client = login(world.community_worker)
    client.get(world.case.get_absolute_url())
    client.get(world.other_case.get_absolute_url())
    response = login(world.privacy_officer).get(f"/access-log/?{query.format(number=world.case.number)}")
    assert response.status_code == 200
    kinds = sorted(
        event.kind for event, _who, _deed in response.context["looks_shown"] if event.subject == "case"
    )
    assert kinds == expected


def test_page_shows_only_ones_own_neighbourhood(world: World, login: Login) -> None:
    login(world.outsider).get(world.outside_case.get_absolute_url())
    page = login(world.privacy_officer).get("/access-log/").content.decode()
    assert world.outside_case.number not in page


def test_page_goes_on_after_the_last_row(world: World, login: Login) -> None:
    now = timezone.now()
    for n in range(60):
        keep_looks(
            by=world.lawyer,
            looks=[Look(LookKind.OPENED, Subject.CASE, case_number=f"ARS-2026-{n:04}", label="x")],
            page="x",
            now=now - dt.timedelta(minutes=n),
        )
    client = login(world.privacy_officer)
    first = client.get("/access-log/").context["page"]
    second = client.get(f"/access-log/?cursor={first.next_cursor}").context["page"]
    assert {event.pk for event in first.rows} & {event.pk for event in second.rows} == set()
    assert second.rows[-1].case_number == "ARS-2026-0059"


def test_page_takes_a_fixed_number_of_queries(
    world: World, login: Login, django_assert_num_queries: Any
) -> None:
    for _n in range(40):
        keep_looks(by=world.lawyer, looks=[Look(LookKind.OPENED, Subject.CASE)], page="x")
    client = login(world.privacy_officer)
    client.get("/access-log/")
    with django_assert_num_queries(8):
        client.get("/access-log/")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_is_a_look_itself(world: World, login: Login, kind: str) -> None:
    login(world.lawyer).get(world.case.get_absolute_url())
    response = login(world.privacy_officer).get(f"/access-log/export/{kind}/?kind=opened")
    assert response.status_code == 200
    event = last()
    assert (event.kind, event.subject, event.row_count, event.user) == (
        "exported",
        "log",
        1,
        world.privacy_officer,
    )
    assert login(world.privacy_officer).get("/access-log/export/exe/").status_code == 404
