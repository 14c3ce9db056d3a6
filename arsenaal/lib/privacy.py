"""What each field holds of people: who may read it, how long it is kept, and what the rights of a resident do to it.

Every package declares its own models in its `privacy.py`; a test fails on a field without a class. The resident's own
export, erasure, destruction and the register of processing are all driven from these declarations: a model that is
declared is covered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import Field, Model


class Kind(StrEnum):
    """How much a field says about people. Sensitive is what a family told or what was seen at their home."""

    PLAIN = "plain"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Own(StrEnum):
    """Whether somebody gets it when he asks for his own data (GDPR art. 15)."""

    YES = "yes"
    SUMMARY = "summarised"  # that there is something, not the words
    OTHERS = "no, it belongs to others"
    DOUBLE = "no, it stands elsewhere in the export"


class Erase(StrEnum):
    """What happens to it when somebody is erased (GDPR art. 17) and the record itself has to stay."""

    EMPTY = "emptied"
    PSEUDONYM = "replaced by a number"
    RENEW = "made again from what is left"
    NAMES_OUT = "kept, the names taken out"
    KEEP = "kept"


@dataclass(frozen=True)
class FieldClass:
    """One way to treat a field. What isn't plain says `own` and `erase`; what is kept or held back says `why`."""

    kind: Kind
    readers: str  # who may read it
    keep: str  # how long it is kept
    in_exports: bool  # whether it may stand in a list that is taken along as a file
    redaction: str  # what happens to it when words are taken away
    own: Own | None = None
    erase: Erase | None = None
    why: str = ""


# The terms for files of social services still need an approved selection rule; ten years is what is usual.
WITH_CASE = "ten years after the case closed, until the city has an approved selection rule"
WITH_REGISTER = "as long as the dwelling or the landlord is followed"
WITH_USER = "as long as somebody works here, then with what he wrote"

PLAIN = FieldClass(Kind.PLAIN, "who may see the record", "with its record", True, "stays")
FIGURES = FieldClass(
    Kind.PLAIN, "who may read the figures of the neighbourhood", "for good; it names nobody", True, "stays"
)
RULED = FieldClass(Kind.PLAIN, "who may see the record", "with its record", True, "stays")


@dataclass(frozen=True)
class Declaration:
    """What one model holds. `holds_stories`: its free text can tell of a family, so its rows need a guard.

    `leads_to`: how a row leads to a resident, as lookups that end at a case, a household or a person, with spaces
    between; "self" for these three themselves. `nobody`: why a row leads to no resident. `dated`: the field that
    says when it happened, for what belongs to somebody only while he was there. `circle`: who alone reads its rows,
    where that is narrower than who may see the person and the row has no circle of its own.
    """

    model: str
    holds_stories: bool
    fields: dict[str, FieldClass]
    leads_to: tuple[str, ...] = ()
    nobody: str = ""
    dated: str = ""
    circle: str = ""

    @property
    def is_about_people(self) -> bool:
        """Tell whether a field is personal or sensitive."""
        return any(found.kind != Kind.PLAIN for found in self.fields.values())

    def items(self) -> Iterable[tuple[str, FieldClass]]:
        """Yield ("Model.field", class) for each field that is named."""
        return ((f"{self.model}.{name}", found) for name, found in self.fields.items())


def model(
    name: str,
    fields: dict[FieldClass, str] | None = None,
    *,
    holds_stories: bool = False,
    leads_to: str = "",
    nobody: str = "",
    dated: str = "",
    circle: str = "",
) -> Declaration:
    """Declare a model: per class the names of its fields, with spaces between. Raises ValueError on one named twice."""
    found: dict[str, FieldClass] = {}
    for field_class, names in (fields or {}).items():
        for field_name in names.split():
            if field_name in found:
                raise ValueError(f"{name}.{field_name} has two classes")
            found[field_name] = field_class
    return Declaration(name, holds_stories, found, tuple(leads_to.split()), nobody, dated, circle)


@cache
def declarations() -> dict[type[Model], Declaration]:
    """Return what every package of the program declares, per model."""
    found: dict[type[Model], Declaration] = {}
    for config in apps.get_app_configs():
        if find_spec(config.name.partition(".")[0] + ".privacy") is None or not config.models_module:
            continue
        models = {model.__name__: model for model in config.get_models(include_auto_created=True)}
        for declared in import_module(f"{config.name}.privacy").PRIVACY:
            if declared.model in models:
                found[models[declared.model]] = declared
    return found


# A day in the life of a person is no date of the work.
_NEVER_BY_RULE = frozenset({"born_on"})
_BY_NAME = frozenset({"version", "position", "is_active"})


def class_by_rule(field: "Field[object, object]") -> FieldClass | None:
    """Return the class of what needs no declaration: keys, links to other records, and when something happened.

    Days and moments by the way they are named: `..._at` and `..._on`. Who did something is a link (`..._by`).
    """
    if field.name in _NEVER_BY_RULE:
        return None
    if field.primary_key or field.is_relation or field.name in _BY_NAME:
        return RULED
    is_moment = field.get_internal_type() in ("DateField", "DateTimeField")
    return RULED if is_moment and field.name.endswith(("_at", "_on")) else None


def class_of(field: "Field[object, object]", declared: dict[str, FieldClass]) -> FieldClass | None:
    """Return the class of a field: as declared, or by the rule; None when nobody said."""
    owner: type[Model] = field.model
    return declared.get(f"{owner.__name__}.{field.name}") or class_by_rule(field)
