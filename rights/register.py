"""The record of processing (GDPR art. 30), written in Dutch from what every package declares of its fields."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils import translation
from django.utils.text import capfirst

from arsenaal.lib.privacy import Erase, FieldClass, Kind, Own, declarations
from rights.engine.paths import personal_fields

FILE = Path(settings.BASE_DIR) / "docs" / "register-of-processing.md"
BEGIN, END = "<!-- begin: gemaakt met `make register` -->", "<!-- einde: gemaakt met `make register` -->"

_KIND = {Kind.PERSONAL: "persoonlijk", Kind.SENSITIVE: "gevoelig", Kind.PLAIN: "gewoon"}
_OWN = {
    Own.YES: "ja",
    Own.SUMMARY: "samengevat",
    Own.OTHERS: "nee, van iemand anders",
    Own.DOUBLE: "nee, staat elders in de inzage",
}
_ERASE = {
    Erase.EMPTY: "leeggemaakt",
    Erase.PSEUDONYM: "vervangen door een nummer",
    Erase.RENEW: "opnieuw gemaakt",
    Erase.NAMES_OUT: "namen eruit",
    Erase.KEEP: "blijft",
}


def _rows(owner: type[Model]) -> Iterator[tuple[FieldClass, list[str]]]:
    """Yield the personal fields of a model, together with those that are treated the same."""
    grouped: dict[FieldClass, list[str]] = {}
    for field, found in personal_fields(owner):
        grouped.setdefault(found, []).append(str(field.verbose_name))
    yield from grouped.items()


def generated() -> str:
    """Return the generated part: per package and model, how each kind of field is treated."""
    lines = [BEGIN, ""]
    with translation.override("nl"):
        for config in apps.get_app_configs():
            owners = [
                owner
                for owner, declared in declarations().items()
                if owner._meta.app_config is config and declared.is_about_people
            ]
            if not owners:
                continue
            lines += [f"### {config.verbose_name}", ""]
            for owner in sorted(owners, key=lambda owner: owner.__name__):
                declared = declarations()[owner]
                way = ", ".join(f"`{path}`" for path in declared.leads_to) or declared.nobody
                name = capfirst(str(owner._meta.verbose_name_plural))
                lines += [
                    f"**{name}** (`{owner._meta.label}`; leidt naar een bewoner langs: {way})",
                    "",
                    "| gegevens | soort | wie het leest | hoelang | in de eigen inzage | bij wissen |",
                    "|---|---|---|---|---|---|",
                ]
                for found, names in _rows(owner):
                    cells = (
                        ", ".join(names),
                        _KIND[found.kind],
                        found.readers,
                        found.keep,
                        _OWN.get(found.own, "?") if found.own else "?",
                        _ERASE.get(found.erase, "?") if found.erase else "?",
                    )
                    lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
                lines.append("")
    return "\n".join([*lines, END])


def renewed(text: str) -> str:
    """Return the document with its generated part made again. Raises ValueError when its marks are gone."""
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{FILE.name} has no place for the generated part")
    return before + generated() + after
