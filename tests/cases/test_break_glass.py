"""Emergency access: for whom, what it opens and what not, how it ends, who is told, and the verdict."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.looks import LookKind
from accounts.models import AccessEvent, Notice, User
from cases.actions.break_glass import (
    AlreadyReviewed,
    CannotBreakGlass,
    ReasonTooShort,
    break_glass,
    close_glass,
    review_glass,
)
from cases.actions.close_case import close_case
from cases.actions.review import add_case_to_agenda, start_review
from cases.actions.write_note import write_note
from cases.models import BreakGlass, Case, TimelineEntry
from cases.perms import breakable_circles, choosable_circles
from cases.reading import shared_rows_since, timeline_page
from tests.factories import World

Login = Callable[[User], Client]
SECRET = "Neemt insuline, de spuiten liggen in de koelkast"
REASON = "De ambulance staat er en vraagt naar medicatie."


@pytest.fixture
def note(world: World) -> TimelineEntry:
    """A note in the circle of care, in the case of the community worker."""
    return write_note(by=world.community_worker, case=world.case, body=SECRET, circle="care")


def shatter(by: User, case: Case, circle: str = "care", **more: Any) -> BreakGlass:
    """Open a circle in an emergency."""
    return break_glass(by=by, case=case, circle=circle, emergency="life", reason=REASON, **more)


def reads(user: User, case: Case) -> bool:
    """Tell whether the secret stands open on the timeline of this reader."""
    return any(SECRET in row.body for row in timeline_page(case, user).rows)


@pytest.mark.usefixtures("note")
def test_glass_opens_this_circle_of_this_case_for_this_user(world: World) -> None:
    assert not reads(world.housing_inspector, world.case)
    shatter(world.housing_inspector, world.case)
    assert reads(world.housing_inspector, world.case)
    assert not reads(world.lawyer, world.case)


def test_glass_opens_no_other_circle_and_no_other_case(world: World, note: TimelineEntry) -> None:
    write_note(by=world.lawyer, case=world.case, body=f"{SECRET} juridisch", circle="legal")
    write_note(by=world.tenancy_lead, case=world.other_case, body=SECRET, circle="care")
    shatter(world.housing_inspector, world.case)
    found = [row.pk for row in timeline_page(world.case, world.housing_inspector).rows if SECRET in row.body]
    assert found == [note.pk]
    assert not reads(world.housing_inspector, world.other_case)


@pytest.mark.usefixtures("note")
def test_glass_ends_by_the_clock(world: World) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        shatter(world.housing_inspector, world.case)
        clock.shift(dt.timedelta(minutes=59, seconds=59))
        assert reads(world.housing_inspector, world.case)
        clock.shift(dt.timedelta(seconds=1))
        assert not reads(world.housing_inspector, world.case)


@pytest.mark.usefixtures("note")
def test_glass_ends_when_it_is_closed(world: World, login: Login) -> None:
    glass = shatter(world.housing_inspector, world.case)
    client = login(world.housing_inspector)
    assert "Noodtoegang: je leest de kring zorg" in client.get(world.case.get_absolute_url()).content.decode()
    assert client.post(f"/cases/{world.case.number}/emergency/{glass.pk}/close/").status_code == 302
    assert not reads(world.housing_inspector, world.case)
    closed_at = BreakGlass.objects.get().closed_at
    close_glass(by=world.housing_inspector, glass=glass)
    assert BreakGlass.objects.get().closed_at == closed_at


def test_glass_of_a_colleague_can_not_be_closed(world: World, login: Login) -> None:
    glass = shatter(world.housing_inspector, world.case)
    url = f"/cases/{world.case.number}/emergency/{glass.pk}/close/"
    assert login(world.lawyer).post(url).status_code == 403
    with pytest.raises(BreakGlass.DoesNotExist):
        close_glass(by=world.lawyer, glass=glass)


@pytest.mark.usefixtures("note")
def test_glass_opens_for_reading_alone(world: World) -> None:
    """What the reader writes doesn't land in a circle that isn't his."""
    shatter(world.housing_inspector, world.case)
    assert "care" not in choosable_circles(world.housing_inspector, world.case)


@pytest.mark.parametrize("role", ["partner", "manager", "administrator", "privacy_officer", "outsider"])
def test_glass_is_for_who_works_on_cases_here(world: World, login: Login, role: str) -> None:
    user = world.users[role]
    assert breakable_circles(user, world.case) == []
    with pytest.raises(CannotBreakGlass):
        shatter(user, world.case)
    assert login(user).get(f"/cases/{world.case.number}/emergency/").status_code in (403, 404)
    assert not BreakGlass.objects.exists()


def test_glass_is_not_for_a_case_that_one_may_not_see(world: World, login: Login) -> None:
    url = f"/cases/{world.other_case.number}/emergency/"
    assert login(world.community_worker).get(url).status_code == 404


@pytest.mark.parametrize("circle", ["shared", "care", "nonsense"])
def test_glass_of_a_circle_that_is_open_already_is_refused(world: World, circle: str) -> None:
    with pytest.raises(CannotBreakGlass):
        shatter(world.community_worker, world.case, circle)


def test_glass_opens_in_a_closed_case_as_well(world: World, note: TimelineEntry) -> None:
    close_case(by=world.coordinator, case=world.case, outcome="goal_reached", summary="Klaar.")
    shatter(world.housing_inspector, world.case)
    assert reads(world.housing_inspector, world.case)


def test_glass_is_told_on_the_timeline_in_the_log_and_to_everyone_concerned(
    world: World, note: TimelineEntry
) -> None:
    glass = shatter(world.housing_inspector, world.case)
    entry = TimelineEntry.objects.get(kind="cases.break_glass")
    assert (entry.circle, entry.author, entry.body) == ("shared", world.housing_inspector, REASON)
    event = AccessEvent.objects.get(kind=LookKind.BROKE_GLASS)
    assert (event.user, event.case_id) == (world.housing_inspector, world.case.pk)
    assert "leven" in event.why
    assert REASON not in event.why
    told = {notice.user for notice in Notice.objects.all()}
    core = {
        world.lawyer,
        world.tenancy_lead,
        world.renovation_coach,
    }  # on every team; not who opened it himself
    assert told == {world.community_worker, world.partner} | core
    for notice in Notice.objects.all():
        assert world.case.number in notice.text
        assert world.case.title not in notice.text
    assert glass.expires_at - glass.opened_at == dt.timedelta(minutes=60)


def test_notice_stands_on_vandaag_until_it_was_seen(world: World, login: Login) -> None:
    shatter(world.housing_inspector, world.case)
    client = login(world.community_worker)
    notice = Notice.objects.get(user=world.community_worker)
    assert notice.text in client.get("/").content.decode()
    assert login(world.lawyer).post(f"/accounts/notices/{notice.pk}/seen/").status_code == 404
    client = login(world.community_worker)
    assert client.post(f"/accounts/notices/{notice.pk}/seen/").status_code == 302
    assert client.post(f"/accounts/notices/{notice.pk}/seen/").status_code == 302
    assert notice.text not in client.get("/").content.decode()


@pytest.mark.parametrize("reason", ["", "dringend", "- - - - - - - - -", "vijf woorden zijn te weinig"])
def test_reason_must_explain(world: World, login: Login, reason: str) -> None:
    response = login(world.housing_inspector).post(
        f"/cases/{world.case.number}/emergency/", {"circle": "care", "emergency": "life", "reason": reason}
    )
    assert response.status_code == 422
    assert response.context["form"].errors["reason"]
    assert not BreakGlass.objects.exists()
    if reason:
        with pytest.raises(ReasonTooShort):
            break_glass(
                by=world.housing_inspector, case=world.case, circle="care", emergency="life", reason=reason
            )


@pytest.mark.parametrize(
    "data",
    [
        {"circle": "shared"},
        {"circle": "x\0"},
        {"emergency": "party"},
        {"reason": "x" * 20_000},
        {"reason": "woord " * 200},
        {"reason": "\0 een twee drie vier vijf zes"},
        {"circle": "", "emergency": ""},
    ],
)
def test_bad_input_opens_nothing_and_is_told(world: World, login: Login, data: dict[str, str]) -> None:
    sent = {"circle": "care", "emergency": "life", "reason": REASON, **data}
    response = login(world.housing_inspector).post(f"/cases/{world.case.number}/emergency/", sent)
    assert response.status_code == 422
    assert not BreakGlass.objects.exists()


def test_reason_with_html_is_shown_as_it_was_typed(world: World, login: Login) -> None:
    reason = "<script>alert(1)</script> <b>een</b> twee drie vier vijf zes"
    client = login(world.housing_inspector)
    sent = {"circle": "care", "emergency": "life", "reason": reason}
    assert client.post(f"/cases/{world.case.number}/emergency/", sent).status_code == 302
    glass = BreakGlass.objects.get()
    officer = f"/emergency/{glass.pk}/"
    pages = [
        client.get(world.case.get_absolute_url()),
        client.get(f"/cases/{world.case.number}/emergency/{glass.pk}/"),
        login(world.privacy_officer).get(officer),
    ]
    for page in pages:
        text = page.content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_glass_that_runs_already_is_not_opened_twice(world: World, login: Login) -> None:
    first = shatter(world.housing_inspector, world.case)
    assert shatter(world.housing_inspector, world.case) == first
    assert TimelineEntry.objects.filter(kind="cases.break_glass").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakGlass.objects.create(
            case=world.case,
            user=world.housing_inspector,
            circle="care",
            emergency="life",
            reason="x",
            opened_at=timezone.now(),
            expires_at=timezone.now() + dt.timedelta(minutes=5),
        )
    shatter(world.housing_inspector, world.case, "legal")
    shatter(world.renovation_coach, world.case)
    assert BreakGlass.objects.count() == 3


def test_glass_never_lasts_longer_than_an_hour_in_the_database(world: World) -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakGlass.objects.create(
            case=world.case,
            user=world.lawyer,
            circle="care",
            emergency="life",
            reason="x",
            opened_at=now,
            expires_at=now + dt.timedelta(minutes=61),
        )


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_open_it_once() -> None:
    world = World.build()
    results: list[int] = []

    def once() -> None:
        try:
            results.append(shatter(User.objects.get(pk=world.housing_inspector.pk), world.case).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 2
    assert len(set(results)) == 1
    assert BreakGlass.objects.count() == 1


# --- what is shown to several people at once -----------------------------------------------------------------------


def test_review_shows_nothing_that_was_opened(world: World, login: Login, note: TimelineEntry) -> None:
    shatter(world.housing_inspector, world.case)
    review = start_review(by=world.housing_inspector, neighbourhood=world.neighbourhood)
    item = review.items.filter(case=world.case).first() or add_case_to_agenda(
        by=world.housing_inspector, review=review, case=world.case
    )
    page = login(world.housing_inspector).get(f"/review/{review.pk}/?punt={item.pk}")
    assert world.case.number in page.content.decode()
    assert SECRET not in page.content.decode()
    assert all(SECRET not in row.body for row in shared_rows_since(world.case, note.recorded_at))


def test_export_and_search_show_nothing_that_was_opened(
    world: World, login: Login, note: TimelineEntry
) -> None:
    shatter(world.housing_inspector, world.case)
    client = login(world.housing_inspector)
    exported = b"".join(client.get("/cases/export/csv/").streaming_content).decode()
    assert world.case.number in exported
    assert SECRET not in exported
    assert SECRET not in client.get("/search/?q=insuline").content.decode()


# --- the page ------------------------------------------------------------------------------------------------------


def test_case_page_offers_it_at_a_closed_entry_alone(world: World, login: Login, note: TimelineEntry) -> None:
    url = f"/cases/{world.case.number}/emergency/?circle=care"
    assert url in login(world.housing_inspector).get(world.case.get_absolute_url()).content.decode()
    assert url not in login(world.partner).get(world.case.get_absolute_url()).content.decode()
    assert url not in login(world.community_worker).get(world.case.get_absolute_url()).content.decode()


def test_look_while_it_runs_says_why(world: World, login: Login) -> None:
    client = login(world.housing_inspector)
    client.get(world.case.get_absolute_url())
    assert AccessEvent.objects.latest("pk").why == ""
    shatter(world.housing_inspector, world.case)
    client.get(world.case.get_absolute_url())
    assert AccessEvent.objects.latest("pk").why.startswith("noodtoegang")


def test_clock_has_the_page_closed_when_the_hour_is_over(world: World, login: Login) -> None:
    glass = shatter(world.housing_inspector, world.case)
    client = login(world.housing_inspector)
    url = f"/cases/{world.case.number}/emergency/clock/?open=1"
    assert "HX-Refresh" not in client.get(url)
    close_glass(by=world.housing_inspector, glass=glass)
    assert client.get(url)["HX-Refresh"] == "true"


# --- the verdict ---------------------------------------------------------------------------------------------------

WHY = "Er was geen andere weg om dit snel te weten."


def test_privacy_officer_reads_who_and_why_but_no_word_of_the_case(
    world: World, login: Login, note: TimelineEntry
) -> None:
    glass = shatter(world.housing_inspector, world.case)
    login(world.housing_inspector).get(world.case.get_absolute_url())
    officer = login(world.privacy_officer)
    assert f"/emergency/{glass.pk}/" in officer.get("/").content.decode()
    for path in (f"/emergency/{glass.pk}/", "/emergency/", "/"):
        text = officer.get(path).content.decode()
        assert world.case.number in text
        for word in (SECRET, world.case.title, "Proefman"):
            assert word not in text
    text = officer.get(f"/emergency/{glass.pk}/").content.decode()
    assert REASON in text
    assert "dossier (1×)" in text.replace("(2×)", "(1×)")
    assert officer.get(world.case.get_absolute_url()).status_code == 403


def test_verdict_is_seen_by_both(world: World, login: Login) -> None:
    glass = shatter(world.housing_inspector, world.case)
    response = login(world.privacy_officer).post(
        f"/emergency/{glass.pk}/", {"verdict": "justified", "verdict_note": WHY}
    )
    assert response.status_code == 302
    assert WHY in login(world.privacy_officer).get(f"/emergency/{glass.pk}/").content.decode()
    for user in (world.housing_inspector, world.community_worker):
        page = login(user).get(f"/cases/{world.case.number}/emergency/{glass.pk}/").content.decode()
        assert WHY in page
        assert Notice.objects.filter(user=user, text__contains="terecht").count() == 1


def test_verdict_needs_an_explanation_and_is_given_once(world: World, login: Login) -> None:
    glass = shatter(world.housing_inspector, world.case)
    officer = login(world.privacy_officer)
    sent = {"verdict": "justified", "verdict_note": "ok"}
    assert officer.post(f"/emergency/{glass.pk}/", sent).status_code == 422
    assert officer.post(f"/emergency/{glass.pk}/", {"verdict": "", "verdict_note": ""}).status_code == 422
    review_glass(by=world.privacy_officer, glass=glass, verdict="justified", verdict_note=WHY)
    with pytest.raises(AlreadyReviewed):
        review_glass(by=world.privacy_officer, glass=glass, verdict="unjustified", verdict_note=WHY)
    assert BreakGlass.objects.get().verdict == "justified"


def test_verdict_about_oneself_is_refused(world: World) -> None:
    glass = shatter(world.housing_inspector, world.case)
    with pytest.raises(AlreadyReviewed):
        review_glass(by=world.housing_inspector, glass=glass, verdict="justified", verdict_note=WHY)
