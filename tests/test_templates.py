"""What holds for every template: it parses, somebody uses it, nothing inline, every word can be translated."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

ROOT = Path(settings.BASE_DIR)
PACKAGES = (
    "accounts",
    "people",
    "cases",
    "housing",
    "surveys",
    "cohesion",
    "safety",
    "reporting",
    "arsenaal",
)
FOLDERS = [ROOT / "templates", *(ROOT / package / "templates" for package in PACKAGES)]
TEMPLATES = sorted(
    path for folder in FOLDERS for path in folder.rglob("*") if path.suffix in {".html", ".txt", ".svg"}
)
HTML = [path for path in TEMPLATES if path.suffix == ".html"]
# Django, axes and crispy-forms ask for these by name.
BY_NAME = {
    "400.html",
    "403.html",
    "404.html",
    "500.html",
    "bootstrap5/errors.html",
    "bootstrap5/field.html",
}
# Words that are the same in every language.
NAMES = {"Arsenaal", "Ctrl", "Enter", "Esc", "CSV", "XLSX", "PDF"}
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title", "data-key-label", "data-label"}

_COMMENT = re.compile(r"{#.*?#}|{% comment.*?{% endcomment %}", re.DOTALL)
_TRANSLATED = re.compile(r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", re.DOTALL)
# Blocks that fill an attribute of a parent template.
_ATTRIBUTE_BLOCK = re.compile(r"{% block \w+_(?:class|url) %}.*?{% endblock(?: \w+)? %}", re.DOTALL)
_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")


def _name(path: Path) -> str:
    return next(str(path.relative_to(folder)) for folder in FOLDERS if path.is_relative_to(folder))


def _ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


class _Page(HTMLParser):
    """Gathers visible text, spoken attributes and whatever is inline."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inline: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or (name.startswith("on") and name.isalpha()) or name.startswith("hx-on"):
                self.inline.append(name)
            if (value or "").strip().lower().startswith("javascript:"):
                self.inline.append(f"{name}=javascript:")
            if name in SPOKEN_ATTRIBUTES and value:
                self.texts.append(value)
        if tag in {"script", "style", "code"}:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.texts.append(data)


def _page(source: str) -> _Page:
    # Template tags become nothing, so that what is left is what stands on the page in every language.
    bare = source
    for silent in (_COMMENT, _TRANSLATED, _ATTRIBUTE_BLOCK, _TAG):
        bare = silent.sub("", bare)
    page = _Page()
    page.feed(bare)
    page.close()
    return page


def _untranslated(source: str) -> Iterator[str]:
    for text in _page(source).texts:
        yield from (word for word in _WORD.findall(text) if word not in NAMES)


def test_there_are_templates() -> None:
    assert len(HTML) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=_ids)
def test_template_parses(path: Path) -> None:
    engines["django"].get_template(_name(path))


@pytest.mark.parametrize("path", HTML, ids=_ids)
def test_template_has_nothing_inline(path: Path) -> None:
    # A PDF is made by our own worker and isn't under the browser's policy, but it has no reason to be different.
    assert _page(path.read_text()).inline == []


@pytest.mark.parametrize("path", HTML, ids=_ids)
def test_template_has_no_untranslated_text(path: Path) -> None:
    assert list(_untranslated(path.read_text())) == []


def test_every_template_is_used() -> None:
    sources = [path.read_text() for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    sources += [_COMMENT.sub("", path.read_text()) for path in TEMPLATES]
    mentioned = "\n".join(sources)
    unused = [
        name
        for name in map(_name, TEMPLATES)
        if name not in BY_NAME and not re.search(rf"""["']{re.escape(name)}["']""", mentioned)
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Dag</p>", ["Dag"]),
        ('<p>{% translate "Dag" %}</p>', []),
        ("<p>{% blocktranslate %}Dag {{ name }}{% endblocktranslate %}</p>", []),
        ('<input placeholder="Naam">', ["Naam"]),
        ("{# Een opmerking #}<b>Arsenaal</b> · 3", []),
        ('<a href="{% url "cases:home" %}" class="btn">x</a>', []),
    ],
)
def test_untranslated_text_is_found(source: str, words: list[str]) -> None:
    assert list(_untranslated(source)) == words


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color: red">',
        '<a onclick="x()">',
        "<script>x()</script>",
        '<a href="javascript:x()">',
        '<b hx-on:click="x()">',
    ],
)
def test_inline_code_is_found(source: str) -> None:
    assert _page(source).inline
