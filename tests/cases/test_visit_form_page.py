"""The form of a home visit as a page: who gets it, what it shows, what comes back."""

from django.urls import reverse

from cases.models import Case, Visit
from tests.cases.visits import sent
from tests.factories import World


def new_url(case: Case) -> str:
    return reverse("cases:visit-new", args=[case.number])


def test_visit_new_shows_boundary_team_and_circles(world: World, login) -> None:
    from django.utils import timezone

    from cases.models import Boundary

    Boundary.objects.create(
        case=world.case,
        kind="no_landlord",
        reason="Hij vreest zijn studio te verliezen.",
        set_by=world.community_worker,
        set_at=timezone.now(),
    )
    page = login(world.community_worker).get(new_url(world.case))
    assert page.status_code == 200
    html = page.content.decode()
    assert "een contact met de verhuurder" in html
    assert "Leesbaar voor teamleider huurbegeleiding, opbouwwerker en jongerencoach" in html
    assert str(world.lawyer) in html
    assert f'value="{world.community_worker.pk}"' in html


def test_visit_logged_leads_to_its_page(world: World, login) -> None:
    client = login(world.community_worker)
    data = sent(world.community_worker, narrative="Hij liet ons binnen.", **{"sightings-co_gas": "3"})
    answer = client.post(new_url(world.case), data)
    visit = Visit.objects.get()
    assert answer.headers["Location"] == reverse("cases:visit", args=[world.case.number, visit.uuid])
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Hij liet ons binnen." in page
    assert "ernstig" in page
