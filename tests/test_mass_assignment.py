"""A form changes what it asks for, whatever else is sent along with it."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from accounts.wall import PACKAGES
from tests.grid.policy import ANONYMOUS, GRID, IN, Row
from tests.grid.scene import Scene
from tests.grid.walk import Visitor

pytestmark = pytest.mark.slow

# Where something belongs and who made it: no form of the program changes these.
FIXED = frozenset(
    {
        "neighbourhood",
        "case",
        "created_by",
        "created_at",
        "author",
        "author_label",
        "recorded_at",
        "recorded_by",
        "reported_by",
        "reported_at",
        "opened_by",
        "opened_at",
        "number",
        "password",
        "visit_uuid",
        "uuid",
        "requested_by",
        "participants",
        "circle",
    }
)
# A role and an account have forms of their own, for administrators.
ACCOUNTS = {
    "Membership": frozenset({"role", "user", "neighbourhood"}),
    "User": frozenset({"is_active", "username"}),
}
# These are about accounts, or give a case another number of its own kind.
MAY = {
    "accounts:user-edit": {"User"},
    "accounts:invitation-make": {"User"},
    "accounts:password-change": {"User"},
}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Refusals needn't be logged one by one."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _models() -> list[type[models.Model]]:
    return [model for package in PACKAGES for model in apps.get_app_config(package).get_models()]


def _fixed(model: type[models.Model]) -> list[str]:
    wanted = FIXED | ACCOUNTS.get(model.__name__, frozenset())
    return [field.attname for field in model._meta.local_fields if field.name in wanted]


def _state() -> dict[tuple[str, Any], tuple[Any, ...]]:
    found = {}
    for model in _models():
        if names := _fixed(model):
            for pk, *values in model._default_manager.values_list("pk", *names):
                found[model.__name__, pk] = tuple(map(str, values))
    return found


def _smuggled(scene: Scene) -> dict[str, Any]:
    """A value for every field of every model: mostly something of the other neighbourhood."""
    elsewhere = scene.places["elsewhere"]
    values: dict[str, Any] = {}
    for model in _models():
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey):
                other = {"Case": elsewhere.case, "User": scene.world.outsider}.get(
                    field.related_model.__name__
                )
                other = other or field.related_model._default_manager.order_by("-pk").first()
                values[field.name] = values[field.attname] = other.pk if other is not None else 1
            elif isinstance(field, models.BooleanField):
                values[field.name] = "on"
            elif isinstance(field, models.IntegerField):
                values[field.name] = 5
            else:
                values[field.name] = "shared" if field.name == "circle" else "anders"
    return {**values, "is_superuser": "on", "is_staff": "on", "pk": 1, "id": 1, "role": "coordinator"}


def _who(row: Row) -> str | None:
    expected = [role for role in sorted(row.group.own) if row.group.expected("own", role) == IN]
    return next((role for role in expected if role != ANONYMOUS), None)


def test_form_changes_nothing_that_it_does_not_ask_for(db: None) -> None:
    scene = Scene.build(with_reports=False)
    smuggled, wrong, tried = _smuggled(scene), [], 0
    before = _state()
    for row in GRID:
        role = _who(row)
        if role is None or row.group.is_public or "report.uuid" in row.args.values():
            continue
        visitor = Visitor(scene, role)
        given: dict[str, Any] = dict(row.post or {})
        if row.post is None:
            context = getattr(visitor.ask(row, "own"), "context", None)
            form = context.get("form") if context else None
            if form is None or not hasattr(form, "fields"):
                continue
            given = {name: form[name].value() for name in form.fields}
            given = {name: value for name, value in given.items() if value not in (None, "", False)}
        tried += 1
        with transaction.atomic():
            visitor.client.post(visitor.url(row, "own"), {**smuggled, **given})
            after = _state()
            changed = {key for key, values in before.items() if key in after and after[key] != values}
            wrong += [
                f"{row.name} as {role}: {key[0]}" for key in changed if key[0] not in MAY.get(row.name, set())
            ]
            transaction.set_rollback(True)
    assert tried > 40
    assert not wrong, "\n".join(sorted(set(wrong)))
