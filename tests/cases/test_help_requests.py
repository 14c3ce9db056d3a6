"""Questions to services: asked on a mandate, answered, taken higher up, withdrawn; and who may see which."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.workdays import add_working_days
from cases.actions.boundaries import RefusedByBoundaryError, set_boundary
from cases.actions.checks import BadDateError
from cases.actions.help_requests import (
    HelpRequestIncompleteError,
    HelpRequestStateError,
    MandateMismatchError,
    TooEarlyToEscalateError,
    answer,
    ask_help,
    escalate,
    proposed_due,
    withdraw,
)
from cases.actions.mandates import add_mandate
from cases.actions.plan import add_step
from cases.enums import Reach
from cases.models import HelpRequest, Mandate, TimelineEntry
from tests.cases.test_releases import consent
from tests.factories import World


def url(name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=args)


def ask(world: World, **more: Any) -> HelpRequest:
    values = {
        "by": world.community_worker,
        "organisation": world.organisations["energy"],
        "question": "Kun je de kachel nazien?",
        "due_on": timezone.localdate() + dt.timedelta(days=5),
        "case": world.case,
        **more,
    }
    return ask_help(**values)


def mandate(world: World, **more: Any) -> Mandate:
    values = {
        "by": world.coordinator,
        "neighbourhood": world.neighbourhood,
        "organisation": world.organisations["energy"],
        "subject": "Kachels",
        "granted_by": "het college",
        "answer_within_days": 3,
        "from_on": timezone.localdate(),
        **more,
    }
    return add_mandate(**values)


def late(world: World, **more: Any) -> HelpRequest:
    long_ago = timezone.now() - dt.timedelta(days=20)
    return ask(world, now=long_ago, due_on=timezone.localdate() - dt.timedelta(days=10), **more)


def test_help_asked_and_answered_after_five_days_is_on_the_timeline(world: World) -> None:
    asked = ask(world, now=timezone.now() - dt.timedelta(days=5))
    done = answer(by=world.community_worker, help_request=asked, text="Donderdag komen we.")
    assert (done.state, done.answered_by) == ("answered", world.community_worker)
    titles = TimelineEntry.objects.filter(kind="cases.help_request").order_by("pk")
    assert [entry.title for entry in titles] == [
        "Gevraagd aan Organisatie energy",
        "Antwoord van Organisatie energy",
    ]
    assert titles[1].data["chips"][0]["text"] == "op tijd"
    with pytest.raises(HelpRequestStateError, match="al beantwoord"):
        answer(by=world.lawyer, help_request=asked, text="Nog eens")


def test_help_without_a_case_has_no_timeline(world: World) -> None:
    before = TimelineEntry.objects.count()
    ask(world, case=None, neighbourhood=world.neighbourhood)
    assert TimelineEntry.objects.count() == before
    with pytest.raises(HelpRequestIncompleteError):
        ask(world, case=None)


def test_help_is_proposed_within_the_working_days_of_the_mandate(world: World) -> None:
    monday = dt.date(2026, 11, 23)
    assert proposed_due(mandate(world), today=monday) == add_working_days(monday, 3) == dt.date(2026, 11, 26)
    assert proposed_due(None, today=monday) == dt.date(2026, 11, 30)


def test_help_on_a_mandate_that_does_not_cover_it_is_refused(world: World) -> None:
    with pytest.raises(MandateMismatchError, match="niet voor deze dienst"):
        ask(world, mandate=mandate(world, organisation=world.organisations["city"]))
    with pytest.raises(MandateMismatchError):
        ask(world, mandate=mandate(world, neighbourhood=world.elsewhere))
    with pytest.raises(MandateMismatchError, match="geldt vandaag niet"):
        ask(world, mandate=mandate(world, from_on=timezone.localdate() + dt.timedelta(days=2)))


def test_help_for_a_step_that_reaches_the_landlord_is_refused(world: World) -> None:
    set_boundary(by=world.lawyer, case=world.case, kind="no_landlord", reason="Bang.")
    step = add_step(by=world.lawyer, case=world.case, title="Brief", reaches=Reach.LANDLORD)
    with pytest.raises(RefusedByBoundaryError):
        ask(world, step=step)
    assert ask(world).state == "asked"


def test_help_for_a_step_of_another_case_is_refused(world: World) -> None:
    step = add_step(by=world.lawyer, case=world.other_case, title="elders")
    with pytest.raises(HelpRequestIncompleteError):
        ask(world, step=step)


def test_help_by_a_past_day_is_refused(world: World) -> None:
    with pytest.raises(BadDateError):
        ask(world, due_on=timezone.localdate() - dt.timedelta(days=1))


def test_escalate_before_the_due_date_needs_a_reason(world: World) -> None:
    asked = ask(world)
    with pytest.raises(TooEarlyToEscalateError) as refused:
        escalate(by=world.lawyer, help_request=asked, to="het diensthoofd")
    assert refused.value.field == "reason"
    up = escalate(by=world.lawyer, help_request=asked, to="het diensthoofd", reason="CO-gevaar")
    assert (up.state, up.escalation_reason) == ("escalated", "CO-gevaar")
    with pytest.raises(HelpRequestStateError):
        escalate(by=world.lawyer, help_request=asked, to="nog hoger", reason="x")
    assert answer(by=world.lawyer, help_request=asked, text="Ja").escalated_to == "het diensthoofd"


def test_escalate_after_the_due_date_needs_none(world: World) -> None:
    assert escalate(by=world.lawyer, help_request=late(world), to="het diensthoofd").state == "escalated"


def test_withdraw_ends_it(world: World) -> None:
    gone = withdraw(by=world.lawyer, help_request=ask(world), reason="Opgelost.")
    with pytest.raises(HelpRequestStateError, match="ingetrokken"):
        answer(by=world.lawyer, help_request=gone, text="Ja")


# On screen


def test_help_view_asks_with_the_day_of_the_mandate(world: World, login: Any) -> None:
    held = mandate(world)
    data = {
        "organisation": world.organisations["energy"].pk,
        "mandate": held.pk,
        "question": "Kun je komen?",
        "due_on": "",
    }
    client = login(world.community_worker)
    response = client.post(url("help-request-new", world.case.number), data)
    asked = HelpRequest.objects.get()
    assert response["Location"] == url("help-request", asked.pk)
    assert asked.due_on == add_working_days(timezone.localdate(), 3)
    assert asked.mandate == held
    assert "Kun je komen?" in client.get(url("help-request", asked.pk)).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"question": ""}, "question"),
        ({"question": "x" * 20000}, "question"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"due_on": "31/31/2026"}, "due_on"),
        ({"organisation": "1' or 1=1"}, "organisation"),
        ({"mandate": "999999"}, "mandate"),
    ],
)
def test_help_view_with_bad_input_loses_nothing(
    world: World, login: Any, changes: dict[str, str], field: str
) -> None:
    data = {"organisation": world.organisations["energy"].pk, "question": "Blijft staan", **changes}
    response = login(world.community_worker).post(url("help-request-new", world.case.number), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert response.context["form"]["question"].value() == data["question"]


def test_help_views_answer_escalate_and_withdraw(world: World, login: Any) -> None:
    client = login(world.community_worker)
    one, two, three = ask(world), ask(world), late(world)
    assert client.post(url("help-request-answer", one.pk), {"text": "Ja."}).status_code == 302
    assert client.post(url("help-request-escalate", two.pk), {"to": "hoofd"}).status_code == 422
    page = client.get(url("help-request", three.pk)).content.decode()
    assert "10 dagen te laat" in page
    assert client.post(url("help-request-escalate", three.pk), {"to": "hoofd"}).status_code == 302
    assert client.post(url("help-request-withdraw", two.pk), {"reason": "Niet nodig"}).status_code == 302
    states = HelpRequest.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["answered", "withdrawn", "escalated"]
    too_late = client.post(url("help-request-answer", two.pk), {"text": "Toch"})
    assert too_late.status_code == 422
    assert "ingetrokken" in too_late.content.decode()


def test_help_asked_of_a_partner_shows_him_the_question_alone(world: World, login: Any) -> None:
    partner = world.organisations["partner"]
    asked = ask(
        world, case=world.other_case, by=world.lawyer, organisation=partner, question="Kun je helpen?"
    )
    hidden = ask(world, case=world.other_case, by=world.lawyer, question="Niet voor jou")
    client = login(world.partner)
    page = client.get(url("help-request", asked.pk)).content.decode()
    assert "Kun je helpen?" in page
    assert world.other_case.number not in page
    assert world.other_case.title not in page
    listed = client.get(url("help-request-list")).content.decode()
    assert "Kun je helpen?" in listed
    assert world.other_case.number not in listed
    assert "Niet voor jou" not in listed
    assert client.get(url("help-request", hidden.pk)).status_code == 404
    exported = b"".join(client.get(url("help-request-export", "csv")).streaming_content).decode()
    assert world.other_case.number not in exported
    assert client.post(url("help-request-answer", asked.pk), {"text": "Ja hoor."}).status_code == 302
    assert client.get(url("help-request-escalate", asked.pk)).status_code == 403
    assert client.get(url("help-request-withdraw", asked.pk)).status_code == 403
    asked.refresh_from_db()
    assert asked.answered_by == world.partner
    # The case knows, though who answered may not read it.
    assert TimelineEntry.objects.filter(case_id=asked.case_id, title__startswith="Antwoord van").exists()


def test_help_on_the_partner_s_own_case_shows_its_number_but_not_everybody_s_to_answer(
    world: World, login: Any
) -> None:
    asked = ask(world)
    client = login(world.partner)
    assert client.get(url("help-request", asked.pk)).status_code == 404  # the family didn't agree to it yet
    consent(world, "partner", categories=["plan"])
    page = client.get(url("help-request", asked.pk)).content.decode()
    assert world.case.number in page
    assert client.get(url("help-request-answer", asked.pk)).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("manager", 403),
        ("administrator", 403),
        ("privacy_officer", 403),
        ("cohesion_coach", 404),
        ("outsider", 404),
    ],
)
@pytest.mark.parametrize(
    "name", ["help-request", "help-request-answer", "help-request-escalate", "help-request-withdraw"]
)
def test_help_out_of_sight(world: World, login: Any, name: str, who: str, status: int) -> None:
    assert login(world.users[who]).get(url(name, ask(world).pk)).status_code == status


def test_help_list_filters(world: World, login: Any) -> None:
    ask(world, question="op tijd gesteld")
    late(world, question="veel te laat")
    answer(by=world.lawyer, help_request=ask(world, question="al beantwoord"), text="ja")
    ask(world, question="van de jurist", by=world.lawyer, organisation=world.organisations["city"])
    client = login(world.community_worker)

    def shown(**query: Any) -> set[str]:
        return {row.question for row in client.get(url("help-request-list"), query).context["page"].rows}

    assert shown() == {"op tijd gesteld", "veel te laat", "van de jurist"}
    assert shown(late="on") == {"veel te laat"}
    assert shown(state="answered") == {"al beantwoord"}
    assert shown(organisation=world.organisations["city"].pk) == {"van de jurist"}
    assert shown(mine="on") == {"op tijd gesteld", "veel te laat"}
    assert len(shown(state="all")) == 4


@pytest.mark.parametrize(
    "query", ["state=zzz", "organisation=-1", "organisation=abc", "cursor=%00", "late=\ud83d"]
)
def test_help_list_with_nonsense_in_the_address_still_shows(world: World, login: Any, query: str) -> None:
    ask(world)
    query = query.encode("utf-8", "replace").decode()
    assert login(world.community_worker).get(f"{url('help-request-list')}?{query}").status_code == 200


def test_help_list_exports_what_it_shows_without_formulas(world: World, login: Any) -> None:
    ask(world, question="=HYPERLINK(1)")
    answer(by=world.lawyer, help_request=ask(world, question="klaar"), text="ja")
    client = login(world.community_worker)
    text = b"".join(client.get(url("help-request-export", "csv")).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][1] == world.case.number
    assert rows[1][2] == "'=HYPERLINK(1)"
    assert client.get(url("help-request-export", "xlsx")).status_code == 200


def test_help_list_costs_the_same_with_fifty(
    world: World, login: Any, django_assert_max_num_queries: Any
) -> None:
    client = login(world.community_worker)
    client.get(url("help-request-list"))
    counts = []
    for count in (5, 60):
        for _n in range(count):
            ask(world)
        with django_assert_max_num_queries(10) as captured:
            client.get(url("help-request-list"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_help_list_keeps_a_filter_as_a_tab(world: World, login: Any) -> None:
    client = login(world.community_worker)
    client.post(
        reverse("cases:saved-filter-save", args=["help-requests"]), {"name": "Van mij", "query": "mine=on"}
    )
    page = client.get(url("help-request-list")).content.decode()
    assert "Van mij" in page
    assert "Wacht op antwoord" in page
