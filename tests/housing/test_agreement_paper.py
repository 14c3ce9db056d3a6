"""The papers of an agreement: tagged, in Dutch to sign, and explained in four languages."""

import io
import unicodedata

import pikepdf
import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from cases.models import Case
from housing.actions.agreements import edit_obligation, make_ready
from housing.agreement_catalogue import LANGUAGES, starting_templates
from housing.agreement_enums import PartyKind
from housing.agreement_paper import SHEET_WORDS, agreement_pdf, file_name, sheet_context, translation_pdf
from tests.factories import World
from tests.housing.rehousing import drafted


def text_of(pdf: bytes) -> str:
    """Return the words of a PDF, on one line, with Arabic letters as they are typed."""
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(unicodedata.normalize("NFKC", words).split())


def test_paper_in_dutch_has_parties_obligations_and_signatures(world: World, case: Case) -> None:
    agreement = make_ready(by=world.lawyer, agreement=drafted(world, case))
    pdf = agreement_pdf(agreement)
    text = text_of(pdf)
    for party in agreement.parties.all():
        assert party.name in text
    assert "tot er een conformiteitsattest is" in text
    assert "handtekening" in text
    assert "Gebeurt dit niet?" in text
    assert "Ontwerp: nog niet" not in text
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang) == "nl"
    assert pdf == agreement_pdf(agreement)


def test_paper_of_a_draft_says_so(world: World, case: Case) -> None:
    assert "Ontwerp: nog niet om te tekenen" in text_of(agreement_pdf(drafted(world, case)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheet_explains_and_says_that_it_binds_nobody(world: World, case: Case, language: str) -> None:
    agreement = drafted(world, case)
    pdf = translation_pdf(agreement, language)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == language
    text = text_of(pdf)
    assert "Vertaling ter informatie" in text
    if language != "ar":
        assert SHEET_WORDS[language]["for_information"] in text
        assert agreement.obligations.get(topic="fee").translations[language] in text


def _place_of(pdf: bytes, words: str) -> float:
    """Return how far from the left of the page these words begin, as a share of its width."""
    found: list[float] = []
    for page in PdfReader(io.BytesIO(pdf)).pages:

        def visit(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
            if words in text:
                found.append((cm[0] * tm[4] + cm[4]) / float(page.mediabox.width))  # noqa: B023

        page.extract_text(visitor_text=visit)
    return found[0]


def test_arabic_sheet_runs_from_right_to_left(world: World, case: Case) -> None:
    """Numbers stand at the right edge there and at the left one elsewhere; its letters come from our own font."""
    agreement = drafted(world, case)
    arabic, french = translation_pdf(agreement, "ar"), translation_pdf(agreement, "fr")
    assert _place_of(arabic, "1.1") > 0.8
    assert _place_of(french, "1.1") < 0.2
    letters = text_of(arabic)
    word = SHEET_WORDS["ar"][PartyKind.LANDLORD]
    assert word in letters or word[::-1] in letters
    with pikepdf.open(io.BytesIO(arabic)) as document:
        fonts = {str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()}
    assert any("Arabic" in name for name in fonts)


def test_sheet_of_changed_words_shows_dutch_and_asks_to_explain(world: World, case: Case) -> None:
    agreement = drafted(world, case)
    fee = agreement.obligations.get(topic="fee")
    edit_obligation(
        by=world.lawyer,
        obligation=fee,
        party=fee.party,
        text="Het gezin betaalt 390 euro.",
        topic="fee",
        rule="monthly",
        days=5,
        warn_days=5,
        breach_next="talk",
        breach_text="",
    )
    text = text_of(translation_pdf(agreement, "fr"))
    assert SHEET_WORDS["fr"]["untranslated"].replace("\u00a0", " ") in text
    assert "Het gezin betaalt 390 euro." in text


def test_arabic_sheet_says_its_direction(world: World, case: Case) -> None:
    context = sheet_context(drafted(world, case), "ar")
    html = render_to_string("housing/agreements/sheet.html", {**context, "language": "ar"})
    assert '<html lang="ar" dir="rtl">' in html
    assert '<span lang="nl" dir="ltr">Vertaling ter informatie</span>' in html


def test_every_starting_obligation_is_translated_into_every_language() -> None:
    for code, words, obligations in starting_templates():
        for language in LANGUAGES:
            assert words["translations"][language]["title"], (code, language)
            assert set(SHEET_WORDS[language]) == set(SHEET_WORDS["fr"])
        for row in obligations:
            assert set(row["translations"]) == set(LANGUAGES), row["text"]
    assert set(PartyKind.values) <= set(SHEET_WORDS["ar"])


def test_file_name_names_nobody(world: World, case: Case) -> None:
    assert "proefman" not in file_name(drafted(world, case), language="ar").lower()
