"""A term that a block tells for its dwellings isn't told again for each family."""

import datetime as dt

from arsenaal.lib.registries import Term
from cases.terms import told_once

BLOCK, FAMILY, STRANGER = 1, 2, 3
DAY = dt.date(2026, 9, 14)


def _term(case_id: int, label: str = "Besluit", due_on: dt.date = DAY) -> Term:
    return Term(
        due_on=due_on, label=label, source="de wet", holder="de burgemeester", case_id=case_id, url=""
    )


def _told(*terms: Term) -> list[tuple[int | None, str]]:
    return [(term.case_id, term.label) for term in told_once(terms, {FAMILY: BLOCK, BLOCK: None})]


def test_what_the_block_tells_is_left_out_for_its_families() -> None:
    assert _told(_term(BLOCK, "Besluit (3 woningen)"), _term(FAMILY), _term(STRANGER)) == [
        (BLOCK, "Besluit (3 woningen)"),
        (STRANGER, "Besluit"),
    ]


def test_another_day_or_other_words_are_told() -> None:
    rows = (_term(BLOCK), _term(FAMILY, "Besluiten"), _term(FAMILY, due_on=DAY + dt.timedelta(days=1)))
    assert len(_told(*rows)) == 3


def test_family_without_its_block_on_the_page_is_told() -> None:
    assert _told(_term(FAMILY)) == [(FAMILY, "Besluit")]
