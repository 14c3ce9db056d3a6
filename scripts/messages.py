"""The words on screen and their English twins: `make messages` collects, compiles and says what is missing.

It writes locale/en/LC_MESSAGES/django.po from the code and the templates, keeping what was translated, and the .mo
beside it. It needs no gettext tools.
"""

import ast
import datetime as dt
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
PACKAGES = (
    "accounts",
    "arsenaal",
    "people",
    "cases",
    "housing",
    "surveys",
    "cohesion",
    "safety",
    "rights",
    "reporting",
)
KEYWORDS = ("_", "_t", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy")

_TEXT = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
# What `templatize` makes of the tags of a template: calls among blanked-out text.
_CALL = re.compile(rf"\b(_|gettext|ngettext|pgettext)\({_TEXT}(?:\s*,\s*{_TEXT})?")


def _in_python(path: Path) -> Iterator[tuple[str, list[str | None]]]:
    code = io.BytesIO(path.read_bytes())
    for _line, function, found, _comments in extract_python(code, KEYWORDS, [], {"encoding": "utf-8"}):
        yield function, [found] if isinstance(found, str) else list(found)


def _in_template(path: Path) -> Iterator[tuple[str, list[str | None]]]:
    for call in _CALL.finditer(templatize(path.read_text(), origin=str(path))):
        yield call[1], [ast.literal_eval(text) for text in call.groups()[1:] if text]


def _uses() -> Iterator[tuple[Path, str, list[str | None]]]:
    for package in (*PACKAGES, "templates"):
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix == ".py" and not {"migrations", "demo"} & set(path.parts):
                found = _in_python(path)
            elif path.suffix in {".html", ".txt", ".js"} and "templates" in path.parts:
                found = _in_template(path)
            else:
                continue
            for function, words in found:
                yield path, function, words


def collect() -> Catalog:
    """Return every message of the program, with the files it stands in."""
    catalog = Catalog(locale="en", domain="django", project="Arsenaal", charset="utf-8", fuzzy=False)
    for path, function, words in _uses():
        context, size = None, 1
        if function.startswith("pgettext"):
            context, words = words[0], words[1:]
        elif function.startswith("ngettext"):
            size = 2
        if len(words) < size or not all(isinstance(word, str) and word for word in words[:size]):
            continue
        identifier = tuple(words[:2]) if size == 2 else words[0]
        flags = ["python-format"] if "%(" in str(identifier) else []
        place = (path.relative_to(ROOT).as_posix(), 1)
        catalog.add(identifier, locations=[place], flags=flags, context=context)
    return catalog


def known() -> Catalog:
    """Return the English catalog as it stands on disk; empty when there is none yet."""
    if not PO.exists():
        return Catalog(locale="en", domain="django")
    with PO.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def missing() -> list[str]:
    """Return what has no English yet, or differs in its %(placeholders)s, or is English without a source."""
    found, english = collect(), known()
    problems = []
    for message in found:
        if not message.id:
            continue
        twin = english.get(message.id, message.context)
        texts = twin.string if twin else ""
        texts = texts if isinstance(texts, tuple) else (texts,)
        if not all(texts):
            problems.append(f"no English for: {message.id!r}")
        elif twin is not None:
            problems += [f"{message.id!r}: {error}" for error in twin.check(english)]
    problems += [
        f"no longer in the program: {message.id!r}"
        for message in english
        if message.id and found.get(message.id, message.context) is None
    ]
    return problems


def compiled() -> bytes:
    """Return the .mo that belongs to the .po on disk."""
    target = io.BytesIO()
    write_mo(target, known())
    return target.getvalue()


def update() -> None:
    """Write the .po with every message, keeping translations that still fit."""
    fresh, english = collect(), known()
    for message in fresh:
        twin = english.get(message.id, message.context) if message.id else None
        if twin is not None:
            message.string = twin.string
    # Fixed moments: the file changes only when a text does.
    fresh.creation_date = fresh.revision_date = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    fresh.header_comment = "# English texts of Arsenaal. Source texts are Dutch."
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, fresh, width=110, sort_output=True, omit_header=False, include_lineno=False)


def main() -> int:
    """Bring both files up to date and say what has no English yet; return the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arsenaal.settings.test")
    django.setup()
    update()
    PO.with_suffix(".mo").write_bytes(compiled())
    problems = missing()
    print("\n".join(problems) or "Every text has its English twin.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
