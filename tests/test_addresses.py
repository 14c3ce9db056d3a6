"""One address, spelled by different people."""

import pytest

from arsenaal.lib.addresses import address_line, box_key, number_key, street_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Leuvense stwg", "leuvensesteenweg"),
        ("Leuvensestwg.", "LEUVENSESTEENWEG"),
        ("St. Katelijnestr", "Sint-Katelijnestraat"),
        ("O.L.V.-straat", "Onze-Lieve-Vrouwestraat"),
        ("Kerkstr.", "kerk straat"),
    ],
)
def test_street_key_is_the_same_for_another_spelling(one: str, other: str) -> None:
    assert street_key(one) == street_key(other)


def test_street_key_differs_for_another_street() -> None:
    assert street_key("Kerkstraat") != street_key("Kerklaan")


def test_number_key_sorts_as_people_count() -> None:
    numbers = ["100", "12", "2", "12a", "12 B", "2/1", "12-14"]
    assert sorted(numbers, key=number_key) == ["2", "2/1", "12", "12-14", "12a", "12 B", "100"]
    assert number_key("12 A") == number_key("012a")


@pytest.mark.parametrize(("one", "other"), [("bus 03", "3"), ("b2", "2"), ("A", "a"), ("bte. 7", "7")])
def test_box_key_is_the_same_for_another_spelling(one: str, other: str) -> None:
    assert box_key(one) == box_key(other)


def test_address_line_leaves_out_what_is_empty() -> None:
    assert address_line("Kerkstraat", "1") == "Kerkstraat 1"
    assert address_line("Kerkstraat", "1", "2") == "Kerkstraat 1 bus 2"
