"""The screens of the report: who may, what they show, bad input."""

import datetime as dt
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reporting.enums import ReportState
from reporting.models import Report
from tests.factories import World

READERS = ("coordinator", "manager", "lawyer", "housing_inspector", "tenancy_lead", "renovation_coach")
MAKERS = ("coordinator", "manager")
OTHERS = (
    "community_worker",
    "cohesion_coach",
    "youth_coach",
    "partner",
    "privacy_officer",
    "administrator",
)
LIST, NEW = "/reports/", "/reports/new/"


def _urls(report: Report) -> dict[str, str]:
    base = f"/reports/{report.uuid}/"
    return {"page": base, "pdf": f"{base}pdf/", "chart": f"{base}charts/housing.svg"}


@pytest.mark.parametrize("who", READERS)
def test_reader_sees_list_page_chart_and_pdf(login: Any, world: World, done: Report, who: str) -> None:
    client = login(world.users[who])
    for url in (LIST, *_urls(done).values()):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("who", OTHERS)
def test_reader_without_permission_is_refused(login: Any, world: World, report: Report, who: str) -> None:
    client = login(world.users[who])
    for url in (LIST, NEW, *_urls(report).values(), f"/reports/{report.uuid}/progress/"):
        assert client.get(url).status_code == 403
    assert client.post(f"/reports/{report.uuid}/retry/").status_code == 403


def test_report_of_another_neighbourhood_is_not_there(login: Any, world: World, done: Report) -> None:
    client = login(world.outsider)
    for url in (*_urls(done).values(), f"/reports/{done.uuid}/progress/", f"/reports/{done.uuid}/retry/"):
        assert client.get(url).status_code == 404
    assert done.title not in client.get(LIST).content.decode()


def test_report_without_login_leads_to_the_door(client: Client, report: Report) -> None:
    for url in (LIST, NEW, *_urls(report).values()):
        response = client.get(url)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("code", ["unknown", "families2"])
def test_report_or_chart_unknown_is_not_there(login: Any, world: World, done: Report, code: str) -> None:
    client = login(world.manager)
    assert client.get(f"/reports/{uuid.uuid4()}/").status_code == 404
    assert client.get("/reports/12/").status_code == 404
    assert client.get(f"/reports/{done.uuid}/charts/{code}.svg").status_code == 404


def test_report_page_shows_each_figure_chart_and_table(login: Any, world: World, done: Report) -> None:
    page = login(world.manager).get(done.get_absolute_url()).content.decode()
    for section in done.snapshot["sections"]:
        assert section["title"] in page
        assert f"/charts/{section['code']}.svg" in page
        for figure in section["figures"]:
            assert figure["name"] in page
            assert figure["shown"].replace("<", "&lt;") in page
    assert page.count("Als tabel") == 5
    assert "&lt;5" in page


def test_report_pdf_is_a_download_that_is_kept_nowhere(login: Any, world: World, done: Report) -> None:
    response = login(world.manager).get(_urls(done)["pdf"])
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert (
        'attachment; filename="voortgangsrapport-arsenaal-2026-04-01-2026-06-30.pdf"'
        in (response["Content-Disposition"])
    )
    assert b"".join(response.streaming_content) == done.pdf.read()


def test_report_chart_brings_its_font(login: Any, world: World, done: Report) -> None:
    response = login(world.manager).get(_urls(done)["chart"])
    assert response["Content-Type"] == "image/svg+xml"
    assert b"@font-face" in response.content
    assert b"<script" not in response.content


def test_report_unfinished_has_no_pdf_or_chart(login: Any, world: World, report: Report) -> None:
    client = login(world.manager)
    assert client.get(_urls(report)["pdf"]).status_code == 404
    assert client.get(_urls(report)["chart"]).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "We maken je rapport zodra de wachtrij weer werkt"),
        ({"queued_at": timezone.now()}, "Je rapport staat in de rij"),
        ({"state": "computing", "attempts": 1, "progress": 37, "step": "Woonkwaliteit"}, "Woonkwaliteit"),
        ({"attempts": 1}, "we proberen het opnieuw"),
    ],
)
def test_report_page_says_how_far_it_is(
    login: Any, world: World, report: Report, changes: dict[str, Any], words: str
) -> None:
    Report.objects.filter(pk=report.pk).update(**changes)
    client = login(world.manager)
    page = client.get(report.get_absolute_url()).content.decode()
    assert words in page
    assert f'value="{changes.get("progress", 0)}"' in page
    assert 'hx-trigger="every 2s"' in page
    assert "Vernieuwen" in page
    assert "http-equiv" not in page
    part = client.get(f"{report.get_absolute_url()}progress/", HTTP_HX_REQUEST="true")
    assert words in part.content.decode()
    assert "HX-Refresh" not in part


def test_report_progress_stops_when_done(login: Any, world: World, done: Report) -> None:
    client = login(world.manager)
    part = client.get(f"{done.get_absolute_url()}progress/", HTTP_HX_REQUEST="true")
    assert part["HX-Refresh"] == "true"
    assert "hx-trigger" not in part.content.decode()
    assert client.get(f"{done.get_absolute_url()}progress/").status_code == 404


def _fail(report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(
        state=ReportState.FAILED, error="Het is misgelopen.", attempts=3
    )


def test_report_failed_can_be_tried_again(login: Any, world: World, report: Report) -> None:
    _fail(report)
    client = login(world.manager)
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Het is misgelopen." in page
    assert "Opnieuw proberen" in page
    assert client.get(f"/reports/{report.uuid}/retry/").status_code == 200
    response = client.post(f"/reports/{report.uuid}/retry/")
    assert response["Location"] == report.get_absolute_url()
    report.refresh_from_db()
    assert (report.state, report.attempts) == (ReportState.REQUESTED, 0)
    assert client.post(f"/reports/{report.uuid}/retry/").status_code == 422  # it is already on its way


def test_report_failed_is_only_tried_again_by_who_makes_reports(
    login: Any, world: World, report: Report
) -> None:
    _fail(report)
    client = login(world.lawyer)
    assert "Opnieuw proberen" not in client.get(report.get_absolute_url()).content.decode()
    assert client.post(f"/reports/{report.uuid}/retry/").status_code == 403


@pytest.mark.parametrize("who", MAKERS)
def test_report_new_by_quarter(login: Any, world: World, who: str) -> None:
    client = login(world.users[who])
    assert client.get(NEW).status_code == 200
    response = client.post(NEW, _data(world, quarter=_quarter()))
    report = Report.objects.get()
    assert response["Location"] == report.get_absolute_url()
    assert report.requested_by == world.users[who]


def _quarter() -> str:
    from reporting.periods import quarter_before, quarter_key

    return quarter_key(quarter_before(timezone.localdate()))


def _data(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "neighbourhood": world.neighbourhood.pk,
        "quarter": "dates",
        "period_start": "2026-01-05",
        "period_end": "2026-02-06",
        "submission_token": str(uuid.uuid4()),
        **changes,
    }


def test_report_new_by_dates(login: Any, world: World) -> None:
    login(world.manager).post(NEW, _data(world))
    report = Report.objects.get()
    assert (report.period_start, report.period_end) == (dt.date(2026, 1, 5), dt.date(2026, 2, 6))


@pytest.mark.parametrize("who", ["lawyer", "renovation_coach"])
def test_report_new_by_a_reader_is_refused(login: Any, world: World, who: str) -> None:
    client = login(world.users[who])
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, _data(world)).status_code == 403
    assert NEW not in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"period_start": "2026-03-01"}, "De einddatum ligt voor de begindatum."),
        ({"period_end": "2999-01-01"}, "niet in de toekomst"),
        ({"period_start": "0001-01-01"}, "na 1900"),
        ({"period_start": "1950-01-01"}, "hoogstens 5 jaar"),
        ({"period_start": ""}, "Vul een datum in"),
        ({"period_end": "32 januari"}, "geldige datum"),
        ({"period_end": "2026-02-06\x00"}, "datum"),
        ({"quarter": "2026-Q9"}, "geldige keuze"),
        ({"quarter": ""}, "Vul dit nog in"),
        ({"neighbourhood": "999999"}, "keuze"),
        ({"neighbourhood": "<b>"}, "keuze"),
    ],
)
def test_report_new_with_bad_input_is_refused_and_nothing_is_lost(
    login: Any, world: World, changes: dict[str, str], words: str
) -> None:
    response = login(world.manager).post(NEW, _data(world, **changes))
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    if "period_end" not in changes:
        assert 'value="2026-02-06"' in page
    assert not Report.objects.exists()


def test_report_new_over_another_neighbourhood_is_refused(login: Any, world: World) -> None:
    response = login(world.manager).post(NEW, _data(world, neighbourhood=world.elsewhere.pk))
    assert response.status_code == 422
    assert not Report.objects.exists()


def test_report_new_sent_twice_is_one(login: Any, world: World) -> None:
    client, data = login(world.manager), _data(world)
    first, second = client.post(NEW, data), client.post(NEW, data)
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


def test_report_new_while_redis_is_away_is_kept_and_says_so(
    client: Client, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from arsenaal.lib.queue import enqueue
    from reporting.tasks import compute_report

    world = World.build()
    monkeypatch.setattr("reporting.queueing.enqueue", enqueue)
    monkeypatch.setattr(compute_report.app.conf, "broker_url", "redis://127.0.0.1:1/0")
    client.force_login(world.manager, backend="django.contrib.auth.backends.ModelBackend")
    start = time.monotonic()
    response = client.post(NEW, _data(world), follow=True)
    assert time.monotonic() - start < 3
    assert response.status_code == 200
    assert "We maken je rapport zodra de wachtrij weer werkt" in response.content.decode()
    report = Report.objects.get()
    assert (report.state, report.queued_at) == (ReportState.REQUESTED, None)


def test_report_list_newest_first_with_its_filters(
    login: Any, world: World, ask: Callable[..., Report]
) -> None:
    old, new = ask(), ask(period_start=dt.date(2025, 1, 1), period_end=dt.date(2025, 12, 31))
    _fail(old)
    client = login(world.manager)
    page = client.get(LIST).content.decode()
    assert page.index(new.title) < page.index(old.title)
    assert "2 rapporten" in page
    only = client.get(f"{LIST}?state=failed").content.decode()
    assert old.title in only
    assert new.title not in only
    assert "Geen rapport past bij dit filter" in client.get(f"{LIST}?state=done").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?state=x",
        "?cursor=xx",
        "?cursor=W10",
        "?sort=-nonsense",
        "?neighbourhood=-1",
        "?state=%00",
        "?x=" + 200 * "y",
    ],
)
def test_report_list_with_a_nonsense_address_is_a_list(
    login: Any, world: World, report: Report, query: str
) -> None:
    response = login(world.manager).get(LIST + query)
    assert response.status_code == 200
    assert report.title in response.content.decode()


def test_report_list_empty_says_what_to_do(login: Any, world: World) -> None:
    assert "Er zijn nog geen rapporten" in login(world.manager).get(LIST).content.decode()
    page = login(world.lawyer).get(LIST).content.decode()
    assert "Er zijn nog geen rapporten" in page
    assert NEW not in page


def test_report_list_takes_the_same_queries_for_many(
    login: Any, world: World, ask: Callable[..., Report], django_assert_num_queries: Callable[..., Any]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = login(world.manager)
    for _n in range(5):
        ask()
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for _n in range(50):
        ask()
    with django_assert_num_queries(len(few)):
        page = client.get(LIST).content.decode()
    assert page.count("rowlink") == 30
    assert not any("snapshot" in query["sql"] for query in few)
    assert reverse("reporting:report-new") in page
