"""The single numbers of the inspection norms: dated reference data, read here in one query."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from arsenaal.lib.registries import ReferenceCode
from cases.enums import Certainty, ReferenceKind
from cases.reference import values_on
from housing.inspection_rules import NormLine, Numbers
from housing.models import OccupancyNorm

_GROUP = _("woningkwaliteit: het technisch verslag")
_NORM = "vlaanderen.be, De bezettingsnorm; handboek CIB 2020"


def _code(name: str, label: str, default: str, unit: str, source: str, certainty: Certainty) -> ReferenceCode:
    return ReferenceCode(
        f"inspection.{name}",
        label,
        ReferenceKind.NUMBER,
        _GROUP,
        default=default,
        source=source,
        certainty=certainty,
        unit=unit,
    )


# By the name of the field in Numbers.
CODES = {
    "room_min_area": _code(
        "room_min_area", _("zo groot moet een woonlokaal minstens zijn"), "4", "m²", _NORM, Certainty.CERTAIN
    ),
    "room_min_height": _code(
        "room_min_height",
        _("zo hoog moet een woonlokaal minstens zijn"),
        "220",
        "cm",
        _NORM,
        Certainty.CERTAIN,
    ),
    "min_area_dwelling": _code(
        "min_area_dwelling",
        _("kleinste netto-vloeroppervlakte van een zelfstandige woning"),
        "18",
        "m²",
        _NORM,
        Certainty.CERTAIN,
    ),
    "min_area_room": _code(
        "min_area_room",
        _("kleinste netto-vloeroppervlakte van een kamer"),
        "12",
        "m²",
        _NORM,
        Certainty.CERTAIN,
    ),
    "bathroom_bonus": _code(
        "bathroom_bonus",
        _("zoveel van de badkamer mag meetellen als het gebouw van voor 1 oktober 2016 is"),
        "3",
        "m²",
        _NORM,
        Certainty.CERTAIN,
    ),
    "bed_tolerance": _code(
        "bed_tolerance",
        _("zoveel minder mag met een opklapbed of hoogslaper, in een gebouw van voor 1 oktober 2016"),
        "2",
        "m²",
        _NORM,
        Certainty.CERTAIN,
    ),
    "min_area_student_room": _code(
        "min_area_student_room",
        _("kleinste oppervlakte van een studentenkamer van voor 1 september 1998"),
        "8",
        "m²",
        _NORM,
        Certainty.CERTAIN,
    ),
    "category_one_limit": _code(
        "category_one_limit",
        _("zoveel gebreken van categorie I tellen als één van categorie II"),
        "7",
        "",
        "vlaanderen.be, technisch verslag sinds 2021",
        Certainty.CERTAIN,
    ),
}


def numbers_on(day: dt.date) -> Numbers:
    """Return the numbers as they hold on this day, in one query."""
    found = values_on([spec.code for spec in CODES.values()], day)
    return Numbers(
        **{name: found[spec.code].number or Decimal(0) for name, spec in CODES.items()},
        to_confirm=tuple(name for name, spec in CODES.items() if not found[spec.code].is_certain),
    )


def norm_table_on(day: dt.date) -> tuple[list[NormLine], bool]:
    """Return the occupancy table of this day, and whether all its lines are certain. Empty when nobody filled it in."""
    rows = list(OccupancyNorm.objects.filter(valid_from__lte=day))
    newest = {
        measure: max(row.valid_from for row in rows if row.measure == measure)
        for measure in {row.measure for row in rows}
    }
    used = [row for row in rows if row.valid_from == newest[row.measure]]
    return (
        [NormLine(row.measure, row.at_least, row.persons) for row in used],
        all(row.certainty == Certainty.CERTAIN for row in used),
    )
