"""What a partner on the team sees: the address without a consent; the team's work with one that covers the plan."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.actions.consents import withdraw_consent
from cases.actions.documents import add_document
from cases.actions.plan import add_step
from cases.actions.tasks import add_task
from cases.actions.write_note import write_note
from cases.models import HelpRequest, Intervention, PlanStep, Task
from cases.perms import readable_circles, sees_team_work
from tests.arsenaal.papers import ordinary_pdf, sent_file
from tests.cases.test_releases import consent
from tests.factories import World

WORDS = ("Gedeeld verhaal", "Brief over de huur", "Stap van het plan", "Taak van de trekker")


@pytest.fixture
def told(world: World) -> World:
    by, case = world.community_worker, world.case
    case.address_hint = "Kade 1"
    case.save(update_fields=["address_hint"])
    later = timezone.localdate() + dt.timedelta(days=5)
    write_note(by=by, case=case, body=WORDS[0], circle="shared")
    add_document(
        by=by, case=case, file=sent_file(ordinary_pdf()), title=WORDS[1], kind="letter", circle="shared"
    )
    add_step(by=by, case=case, title=WORDS[2], assignee=by, due_on=later)
    add_task(by=by, case=case, title=WORDS[3], assignee=by, due_on=later)
    return world


def page(client: Any, world: World) -> str:
    return client.get(world.case.get_absolute_url()).content.decode()


def test_partner_without_a_consent_sees_the_address_and_his_own(told: World, login: Any) -> None:
    write_note(by=told.partner, case=told.case, body="Zelf geschreven", circle="shared")
    client = login(told.partner)
    html = page(client, told)
    assert "Kade 1" in html
    assert "Zelf geschreven" in html
    assert "Je ziet het adres" in html
    for word in WORDS:
        assert word not in html, word
    assert not sees_team_work(told.partner, told.case)
    assert readable_circles(told.partner, told.case) == frozenset()
    for code in ("cases.plan", "cases.tasks", "cases.help", "cases.work-housing"):
        url = reverse("cases:case-panel", args=[told.case.number, code])
        assert client.get(url).status_code == 404, code
    step = PlanStep.objects.get()
    assert client.get(reverse("cases:step-edit", args=[told.case.number, step.pk])).status_code == 404
    assert not Task.objects.visible_to(told.partner).filter(title=WORDS[3]).exists()
    for address in ("/", "/tasks/?whose=team", "/search/?q=plan"):
        assert all(word not in client.get(address).content.decode() for word in WORDS), address


@pytest.mark.parametrize("category", ["contact", "dwelling", "family", "money", "health"])
def test_partner_with_a_consent_for_something_else_sees_no_story(
    told: World, login: Any, category: str
) -> None:
    consent(told, "partner", categories=[category])
    html = page(login(told.partner), told)
    assert not any(word in html for word in WORDS)


def test_partner_with_a_consent_for_another_service_sees_no_story(told: World) -> None:
    consent(told, "energy", categories=["plan"])
    assert not sees_team_work(told.partner, told.case)


def test_partner_with_a_consent_that_covers_the_plan_sees_the_work_until_it_is_withdrawn(
    told: World, login: Any
) -> None:
    given = consent(told, "partner", categories=["plan"])
    client = login(told.partner)
    html = page(client, told)
    for word in WORDS:
        assert word in html, word
    assert "Je ziet het adres" not in html
    withdraw_consent(by=told.lawyer, consent=given)
    html = page(client, told)
    for word in WORDS:
        assert word not in html, word


def test_partner_sees_what_is_his_to_do_without_a_consent(told: World) -> None:
    mine = add_task(
        by=told.community_worker, case=told.case, title="Voor de partner", assignee=told.partner,
        due_on=timezone.localdate(),
    )  # fmt: skip
    assert list(Task.objects.visible_to(told.partner)) == [mine]
    assert not HelpRequest.objects.visible_to(told.partner).exists()
    assert not Intervention.objects.visible_to(told.partner).exists()


def test_the_team_needs_no_consent_among_itself(told: World) -> None:
    for who in ("coordinator", "lawyer", "housing_inspector", "community_worker"):
        assert sees_team_work(told.users[who], told.case)
