"""The pages of releases and legal grounds: errors beside the field, nothing for who may not."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.actions.legal_grounds import load_legal_grounds
from cases.models import LegalGround, Release
from tests.cases.test_releases import care_note, consent, free, ground, jef
from tests.factories import World


def form(world: World, **more: Any) -> dict[str, Any]:
    return {
        "to_circle": "enforcement",
        "purpose": "Zodat de controleur snel komt",
        "reason": "CO-gevaar",
        "person": jef(world).pk,
        "legal_ground": ground().pk,
        **more,
    }


def test_release_page_shows_what_is_released_and_does_it(world: World, login: Any) -> None:
    entry = care_note(world)
    client = login(world.community_worker)
    url = reverse("cases:entry-release", args=[world.case.number, entry.pk])
    assert entry.body in client.get(url).content.decode()
    assert client.post(url, form(world)).status_code == 302
    assert Release.objects.standing().get().entry == entry
    again = client.post(url, form(world))
    assert again.status_code == 422
    assert "al vrijgegeven" in str(again.context["form"].errors["to_circle"])
    page = client.get(world.case.get_absolute_url()).content.decode()
    assert "vrijgegeven voor handhaving" in page
    assert "zorg → handhaving" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"legal_ground": ""}, "consent"),
        ({"legal_ground": "999999"}, "legal_ground"),
        ({"consent": "\0"}, "consent"),
        ({"purpose": "x" * 20000}, "purpose"),
        ({"reason": "\0"}, "reason"),
        ({"to_circle": "care"}, "to_circle"),
        ({"person": ""}, "person"),
        ({"until_on": "2020-01-01"}, "until_on"),
        ({"until_on": "9999-12-31"}, "until_on"),
    ],
)
def test_release_page_with_bad_input_loses_nothing(
    world: World, login: Any, changes: dict[str, Any], field: str
) -> None:
    entry = care_note(world)
    url = reverse("cases:entry-release", args=[world.case.number, entry.pk])
    response = login(world.community_worker).post(url, form(world, **changes))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert response.context["form"]["to_circle"].value() == {**form(world), **changes}["to_circle"]
    assert not Release.objects.exists()


def test_release_page_offers_the_consents_of_this_case_that_hold(world: World, login: Any) -> None:
    entry = care_note(world)
    given = consent(world, "energy")
    url = reverse("cases:entry-release", args=[world.case.number, entry.pk])
    offered = login(world.community_worker).get(url).context["form"].fields["consent"].queryset
    assert list(offered) == [given]


def test_release_page_from_a_day_offers_ones_own_closed_circles(world: World, login: Any) -> None:
    url = reverse("cases:release-new", args=[world.case.number])
    client = login(world.lawyer)
    assert [code for code, _label in client.get(url).context["form"].fields["from_circle"].choices] == [
        "legal"
    ]
    data = form(world, from_circle="legal", from_on=timezone.localdate().isoformat(), to_circle="shared")
    assert client.post(url, {**data, "from_circle": "care"}).status_code == 422
    assert client.post(url, data).status_code == 302
    assert Release.objects.get().discipline == "jurist"
    assert login(world.coordinator).get(url).status_code == 403


def test_release_end_page_asks_why(world: World, login: Any) -> None:
    release = free(world, care_note(world))
    url = reverse("cases:release-end", args=[world.case.number, release.pk])
    client = login(world.tenancy_lead)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Niet meer nodig"}).status_code == 302
    assert not Release.objects.standing().exists()
    assert client.get(url).status_code == 404
    page = client.get(world.case.get_absolute_url()).content.decode()
    assert "Vrijgave gestopt" in page


def test_legal_grounds_are_kept_by_an_administrator(world: World, login: Any) -> None:
    load_legal_grounds()
    client = login(world.administrator)
    assert "Strafwetboek" in client.get("/legal-grounds/").content.decode()
    assert client.post("/legal-grounds/new/", {"name": "Protocol"}).status_code == 302
    twice = client.post("/legal-grounds/new/", {"name": "PROTOCOL"})
    assert (twice.status_code, "name" in twice.context["form"].errors) == (422, True)
    row = LegalGround.objects.get(name="Protocol")
    data = {"name": "Protocol 2", "explanation": "", "version": "1"}
    assert client.post(f"/legal-grounds/{row.pk}/", data).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.is_active) == ("Protocol 2", False)
    stale = client.post(f"/legal-grounds/{row.pk}/", data)
    assert stale.status_code == 422
    assert "intussen" in stale.content.decode()


def test_legal_grounds_start_without_an_article_number(db: None) -> None:
    load_legal_grounds()
    for row in LegalGround.objects.all():
        assert "458" not in row.name + row.explanation
        assert "art." not in row.explanation.lower()
    assert LegalGround.objects.count() == 4
