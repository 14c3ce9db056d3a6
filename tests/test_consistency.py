"""Rules that hold for the whole program; a new package, model or view is covered without touching this file."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.template import Context, Template
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.views.base import PermissionMixin
from arsenaal.celery import app as celery_app
from arsenaal.lib.registries import timeline_kinds

ROOT = Path(settings.BASE_DIR)
# A package may import from those named; arsenaal.lib and Django are free for all.
ARROWS = {
    "arsenaal": set(),
    "accounts": set(),
    "people": {"accounts"},
    "cases": {"accounts", "people"},
    "housing": {"accounts", "people", "cases"},
    "surveys": {"accounts", "people", "cases"},
    "cohesion": {"accounts", "people", "cases", "surveys"},
    "safety": {"accounts", "people", "cases", "surveys"},
    "rights": {"accounts", "people", "cases", "housing", "surveys", "cohesion", "safety"},
    "reporting": {"accounts", "people", "cases", "housing", "surveys", "cohesion", "safety", "rights"},
}
# The one command that fills the demo neighbourhood plays all packages.
DEMO = "reporting/demo"
OWN_MODELS = [model for model in apps.get_models() if model._meta.app_label in ARROWS]


def _modules(package: str) -> Iterator[Path]:
    yield from sorted((ROOT / package).rglob("*.py"))


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("package", ARROWS)
def test_imports_follow_the_arrows(package: str) -> None:
    wrong = []
    for path in _modules(package):
        for name in _imports(path):
            top = name.split(".")[0]
            if top not in ARROWS or top == package:
                continue
            is_lib = name.startswith("arsenaal.lib") or name in {"arsenaal.celery", "arsenaal.lib"}
            is_root = package == "arsenaal" and path.parent.name in {"arsenaal", "settings"}
            if not (is_lib or top in ARROWS[package] or (is_root and top == "arsenaal")):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_lib_knows_no_package() -> None:
    wrong = [
        f"{path.name} imports {name}"
        for path in _modules("arsenaal/lib")
        for name in _imports(path)
        if name.split(".")[0] in ARROWS and not name.startswith("arsenaal.lib")
    ]
    assert wrong == []


WRITES = re.compile(
    r"\.(?:objects|filter\([^)]*\))?\.?(?:create|bulk_create|get_or_create|update_or_create|bulk_update)\(|"
    r"\.save\(|\.delete\(\)|\.objects\.[^\n]*\.update\("
)


@pytest.mark.parametrize("package", [name for name in ARROWS if name != "arsenaal"])
def test_views_write_nothing_themselves(package: str) -> None:
    views = ROOT / package / "views"
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted(views.rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if WRITES.search(line)
    ]
    assert wrong == []


def test_every_recorded_kind_is_registered_and_every_kind_is_recorded() -> None:
    written: set[str] = set()
    for package in ARROWS:
        for path in _modules(package):
            if "migrations" in path.parts:
                continue
            written |= set(
                re.findall(r"""["']((?:cases|housing|cohesion|safety)\.[a-z_]+)["']""", path.read_text())
            )
    registered = {kind.code for kind in timeline_kinds}
    used_in_actions: set[str] = set()
    for package in ARROWS:
        for path in _modules(package):
            if "actions" in path.parts or path.name in {"models.py"}:
                used_in_actions |= {code for code in registered if f'"{code}"' in path.read_text()}
    assert registered - used_in_actions == set(), "registered but never recorded"
    recorded = {
        node.args[0].value
        for package in ARROWS
        for path in _modules(package)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "record"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert recorded - registered == set(), "recorded but not registered"


@pytest.mark.parametrize("kind", timeline_kinds, ids=lambda kind: kind.code)
def test_timeline_kind_is_complete(kind) -> None:  # type: ignore[no-untyped-def]
    assert str(kind.label)
    assert str(kind.closed_label)
    assert kind.icon
    get_template(kind.template)


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_who_and_when_come_in_pairs(model: type[models.Model]) -> None:
    fields = {field.name: field for field in model._meta.get_fields() if isinstance(field, models.Field)}
    for name, field in fields.items():
        partner = name.removesuffix("_by") + "_at"
        if not (name.endswith("_by") and partner in fields and field.null and fields[partner].null):
            continue
        rules = " ".join(
            str(rule.condition) for rule in model._meta.constraints if hasattr(rule, "condition")
        )
        assert name in rules, f"{model._meta.label}: no constraint ties {name} to {partner}"
        assert partner in rules, f"{model._meta.label}: no constraint ties {partner} to {name}"


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_model_orders_nothing_by_itself(model: type[models.Model]) -> None:
    assert not model._meta.ordering


def test_every_scheduled_task_resolves() -> None:
    celery_app.loader.import_default_modules()
    wanted = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert wanted <= set(celery_app.tasks)


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, f"{prefix}{entry.namespace + ':' if entry.namespace else ''}")
        else:
            yield prefix + str(entry.name), entry


# Pages that need no permission: what everybody may see, or what checks by itself.
OPEN_PAGES = {
    "healthz": "for the machine that watches over the program",
    "accounts:login": "the door",
    "accounts:logout": "leaving is always allowed",
    "accounts:profile": "one's own settings",
    "accounts:password-change": "one's own password",
    "accounts:own-street": "one's own settings",
    "accounts:notice-seen": "one's own message",
    "accounts:invitation": "for whoever holds the link",
    "accounts:second-step": "the door, after a right password",
    "accounts:passkey-login": "the door",
    "accounts:oidc-login": "the door",
    "accounts:oidc-return": "the door",
    "wijk:neighbourhood": "for everybody: what is on in the hub",
    "wijk:feed": "for everybody: what is on in the hub",
    "wijk:poster": "for everybody: what is on in the hub",
    "wijk:stories": "for everybody: stories that their tellers agreed to show",
    "wijk:story": "for everybody: stories that their tellers agreed to show",
    "wijk:story-file": "for everybody: stories that their tellers agreed to show",
    "wijk:questions": "for everybody: where a code is typed",
    "wijk:answer": "for who holds the code of a slip",
    "wijk:tablet": "for the tablet that a coach handed over",
    "wijk:budget": "for everybody: projects that were granted, and what one can do now",
    "wijk:budget-project": "for everybody: a project that was granted",
    "wijk:budget-photo": "for everybody: a photo whose people agreed",
    "wijk:budget-result": "for everybody: the result of a vote",
    "wijk:budget-apply": "for everybody: handing in an idea",
    "wijk:budget-vote": "for whoever holds a slip with a code",
    "wijk:budget-voted": "for everybody: thank you",
    "wijk:budget-receipt": "for whoever holds the address: that it came in, and its state",
    "wijk:places": "for everybody: what makes the neighbourhood look better",
    "wijk:places-points": "for everybody: what makes the neighbourhood look better",
    "wijk:drawing": "for everybody: border and streets",
    "wijk:photo": "for everybody: photos on which nobody is recognised, or everybody said yes",
    "cases:map-drawing": "border and streets, for whoever is logged in",
    "accounts:security": "how one gets in oneself",
    "accounts:confirm": "how one gets in oneself",
    "accounts:totp-setup": "how one gets in oneself",
    "accounts:totp-remove": "how one gets in oneself",
    "accounts:passkey-new": "how one gets in oneself",
    "accounts:passkey-remove": "how one gets in oneself: only one's own are found",
    "accounts:recovery-codes": "how one gets in oneself",
    "accounts:device-end": "how one gets in oneself: only one's own are found",
    "accounts:devices-end": "how one gets in oneself",
    "accounts:oidc-link": "how one gets in oneself",
    "accounts:oidc-link-go": "how one gets in oneself",
    "cases:home": "shows only what one's permissions give",
    "cases:search": "each kind of hit checks by itself",
    "cases:search-suggest": "each kind of hit checks by itself",
    "cases:calendar-feed": "for the calendar program of whoever holds the secret",
    "cases:offline": "holds nothing of anybody",
    "cases:sw": "the service worker holds nothing of anybody",
}


def test_every_view_asks_for_a_permission() -> None:
    wrong = []
    for name, pattern in _patterns(get_resolver()):
        view = getattr(pattern.callback, "view_class", None)
        has_permission = (
            view is not None and issubclass(view, PermissionMixin) and hasattr(view, "permission")
        )
        if not has_permission and name not in OPEN_PAGES:
            wrong.append(name)
    assert wrong == []


def test_every_url_has_a_name() -> None:
    assert [str(p.pattern) for _name, p in _patterns(get_resolver()) if not p.name] == []


def test_ids_are_written_without_a_thousands_dot() -> None:
    assert Template("{{ pk }}").render(Context({"pk": 1234})) == "1234"
