"""Consents as a list, a sheet, a renewal, and as the privacy officer sees them."""

import csv
import datetime as dt
import io
from typing import Any

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from cases.actions.consents import ConsentReplacedError, ConsentWithdrawnError, withdraw_consent
from cases.models import Consent
from cases.signals import consents_ending
from cases.terms import consents as terms
from tests.cases.test_consents import form
from tests.cases.test_releases import consent
from tests.factories import World

LIST = "/consents/"


def on(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.fixture
def four(world: World) -> World:
    """One that is valid, one that ends soon, one that is over and one that was withdrawn."""
    consent(world, "city", purpose="Geldig")
    consent(world, "energy", purpose="Bijna", until_on=on(20))
    over = consent(world, "welfare", purpose="Voorbij")
    Consent.objects.filter(pk=over.pk).update(from_on=on(-9), until_on=on(-1))
    withdraw_consent(by=world.lawyer, consent=consent(world, "partner", purpose="Ingetrokken"))
    return world


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Geldig", "Bijna"}),
        ("?state=ending", {"Bijna"}),
        ("?state=expired", {"Voorbij"}),
        ("?state=withdrawn", {"Ingetrokken"}),
        ("?state=replaced", set()),
        ("?state=all", {"Geldig", "Bijna", "Voorbij", "Ingetrokken"}),
        ("?state=all&person=proefman", {"Geldig", "Bijna", "Voorbij", "Ingetrokken"}),
        ("?state=all&person=andersson", set()),
        ("?state=nonsense&person=%00&recipient=x&cursor=x&sort=x", {"Geldig", "Bijna"}),
    ],
)
def test_list_shows_what_is_asked(four: World, login: Any, query: str, shown: set[str]) -> None:
    page = login(four.lawyer).get(LIST + query).content.decode()
    assert {word for word in ("Geldig", "Bijna", "Voorbij", "Ingetrokken") if f">{word}<" in page} == shown


def test_list_by_recipient(four: World, login: Any) -> None:
    energy = four.organisations["energy"].pk
    page = login(four.lawyer).get(f"{LIST}?recipient={energy}").content.decode()
    assert ">Bijna<" in page
    assert ">Geldig<" not in page
    assert "om te delen met Organisatie energy" in page


@pytest.mark.parametrize(
    ("who", "shown"),
    [("community_worker", 4), ("coordinator", 4), ("partner", 1), ("youth_coach", 0), ("outsider", 0)],
)
def test_list_keeps_to_the_cases_and_the_service_of_the_reader(
    four: World, login: Any, who: str, shown: int
) -> None:
    rows = list(csv.reader(io.StringIO(_export(login(four.users[who]))), delimiter=";"))
    assert len(rows) - 1 == shown
    assert ("Jef" in str(rows)) == (who in ("community_worker", "coordinator"))


def _export(client: Any) -> str:
    response = client.get("/consents/export/csv/?state=all")
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_list_costs_the_same_for_many(four: World, login: Any, django_assert_max_num_queries: Any) -> None:
    client = login(four.lawyer)
    client.get(LIST)
    for number in range(6):
        consent(four, "city", purpose=f"Nog {number}")
    with django_assert_max_num_queries(14):
        client.get(f"{LIST}?state=all")


def test_list_goes_on_after_thirty(world: World, login: Any) -> None:
    for number in range(31):
        consent(world, "city", purpose=f"Nummer {number}")
    client = login(world.lawyer)
    page = client.get(LIST)
    assert len(page.context["lines"]) == 30
    rest = client.get(f"{LIST}?cursor={page.context['page'].next_cursor}")
    assert len(rest.context["lines"]) == 1


def test_privacy_officer_sees_that_they_exist_and_none_of_their_words(four: World, login: Any) -> None:
    client = login(four.privacy_officer)
    page = client.get("/consents/counts/").content.decode()
    assert four.case.number in page
    assert "loopt binnen 30 dagen af" in page
    for word in ("Bijna", "Jef", "Proefman", "Organisatie energy", four.case.title):
        assert word not in page, word
    assert client.get(LIST).status_code == 403
    assert client.get("/consents/counts/?cursor=nonsense").status_code == 200
    for who in ("lawyer", "coordinator", "manager", "administrator"):
        assert login(four.users[who]).get("/consents/counts/").status_code == 403


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Traduction à titre d'information"),
        ("en", "Translation for information only"),
        ("tr", "Bilgi amaçlı çeviri"),
        ("ar", "Vertaling ter informatie"),
        ("nl", ""),
        ("xx", ""),
    ],
)
def test_sheet_is_dutch_to_sign_with_a_translation(
    world: World, login: Any, language: str, words: str
) -> None:
    url = reverse("cases:consent-sheet", args=[world.case.number])
    response = login(world.community_worker).get(f"{url}?language={language}")
    assert response["Content-Type"] == "application/pdf"
    pdf = pypdf.PdfReader(io.BytesIO(response.content))
    pages = [page.extract_text() for page in pdf.pages]
    assert "Toestemming om te delen" in pages[0]
    assert "Handtekening" in pages[0]
    assert len(pages) == (2 if words else 1)
    assert words in pages[-1]
    assert "Jef" not in "".join(pages)


def test_sheet_of_a_consent_is_filled_in_in_its_language(world: World, login: Any) -> None:
    given = consent(world, "energy", language="tr", purpose="Voor de ketel")
    url = reverse("cases:consent-sheet", args=[world.case.number])
    client = login(world.community_worker)
    pdf = pypdf.PdfReader(io.BytesIO(client.get(f"{url}?consent={given.pk}").content))
    text = "".join(page.extract_text() for page in pdf.pages)
    for word in ("Organisatie energy", "Voor de ketel", "Kiminle"):
        assert word in text
    for nonsense in ("0", "abc", "99999999999999999999"):
        assert client.get(f"{url}?consent={nonsense}").status_code == 404
    assert login(world.partner).get(f"{url}?consent={given.pk}").status_code == 404


def test_renewal_replaces_and_starts_from_what_stood_there(world: World, login: Any) -> None:
    old = consent(world, "energy", purpose="Voor de ketel", until_on=on(10))
    client = login(world.community_worker)
    url = reverse("cases:consent-renew", args=[world.case.number, old.pk])
    assert "Voor de ketel" in client.get(url).content.decode()
    assert client.post(url, form(world, purpose="Opnieuw")).status_code == 302
    new = Consent.objects.get(replaces=old)
    assert Consent.objects.valid_on().get() == new
    old.refresh_from_db()
    assert (old.state, old.holds) == ("replaced", False)
    assert client.get(url).status_code == 404
    with pytest.raises(ConsentReplacedError):
        withdraw_consent(by=world.lawyer, consent=old)
    with pytest.raises(ConsentReplacedError):
        consent(world, replaces=old)
    withdraw_consent(by=world.lawyer, consent=new)
    with pytest.raises(ConsentWithdrawnError):
        consent(world, replaces=new)


def test_ending_soon_is_signalled_everywhere(world: World, login: Any) -> None:
    consent(world, "energy", purpose="Voor de ketel", until_on=on(29))
    signals = consents_ending(world.neighbourhood.pk, on(0), on(-7))
    assert [signal.subject_id for signal in signals] == [world.case.pk]
    assert signals[0].reason.startswith("toestemming loopt af op")
    assert [term.due_on for term in terms([world.case.pk], on(60))] == [on(29)]
    page = login(world.lawyer).get(world.case.get_absolute_url()).content.decode()
    assert "chip-warn" in page
    assert "loopt af" in page
    Consent.objects.update(until_on=on(31))
    assert not consents_ending(world.neighbourhood.pk, on(0), on(-7))
