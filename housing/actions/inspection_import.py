"""The official list of items from a file: first what would change, then, after a yes, the change itself."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.imports import Column, FileRefused, Problem, read_table
from housing.actions.inspection_lists import ListRefused, free_code, save_item
from housing.inspection_enums import Category, Part
from housing.models import ItemImport, ReportItem, ReportVersion

_COMPARED = ("official_code", "part", "group", "name", "help", "categories")


def _categories(text: str) -> list[str]:
    found = text.upper().replace(",", " ").replace("/", " ").replace("+", " ").replace("-", " ").split()
    named = {"1": "I", "2": "II", "3": "III"}
    wanted = {named.get(part, part) for part in found if part != "CAT"}
    if not wanted or wanted - set(Category.values):
        raise ValueError(_("schrijf I, II of III, met een komma ertussen"))
    return [category for category in Category.values if category in wanted]


def _part(text: str) -> str:
    letter = text.strip()[:1].upper()
    if letter not in Part.values:
        raise ValueError(_("begin met B, C of D"))
    return letter


COLUMNS = (
    Column("official_code", ("officiële code", "officiele code", "code", "rubriek nr", "nummer"), True, 40),
    Column("part", ("deel", "part"), True, 80, _part),
    Column("group", ("rubriek", "groep", "thema"), True, 80),
    Column("name", ("gebrek", "omschrijving", "naam"), True, 200),
    Column("categories", ("categorieën", "categorieen", "categorie"), True, 40, _categories),
    Column("help", ("uitleg", "toelichting"), False, 400),
    # Ours: which item of our provisional list gets this official code.
    Column("code", ("eigen code",), False, 40),
)


@dataclass(frozen=True)
class Changed:
    """An item that would change: field name in words -> (now, then)."""

    item: ReportItem
    changes: list[tuple[str, str, str]]


@dataclass
class Difference:
    """What a file would change in a list."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    gone: list[ReportItem] = field(default_factory=list)
    same: int = 0
    by_item: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would change."""
        return not (self.new or self.changed or self.gone)


@dataclass(frozen=True)
class DryRun:
    """What was read from a file and waits for a yes, with the lines that can't be used."""

    waiting: ItemImport | None
    problems: list[Problem]


def list_digest(version: ReportVersion) -> str:
    """Return a fingerprint of the list as it stands."""
    rows = version.items.order_by("pk").values_list("pk", "version", "is_active")
    return hashlib.sha256(json.dumps(list(rows)).encode()).hexdigest()


def difference(version: ReportVersion, rows: list[dict[str, Any]]) -> Difference:
    """Return what these rows would change: an item is found by official code, else by our own code."""
    items = list(version.items.filter(is_active=True).order_by("position", "pk"))
    by_official = {item.official_code: item for item in items if item.official_code}
    by_own = {item.code: item for item in items}
    fields = {field.name: field for field in ReportItem._meta.concrete_fields}
    labels = {name: str(fields[name].verbose_name) for name in _COMPARED}
    # What signed reports say keeps its name: another name is another item, and the old one goes out of use.
    signed = set(
        version.items.filter(defects__inspection__finished_at__isnull=False).values_list("pk", flat=True)
    )
    found = Difference()
    for row in rows:
        item = by_official.get(row["official_code"]) or by_own.get(row["code"])
        is_renamed = item is not None and item.pk in signed and item.name != row["name"]
        if item is None or is_renamed or item.pk in found.by_item:
            found.new.append(row)
            continue
        found.by_item[item.pk] = row
        changes = [
            (labels[name], _shown(getattr(item, name)), _shown(row[name]))
            for name in _COMPARED
            if getattr(item, name) != row[name]
        ]
        if changes:
            found.changed.append(Changed(item, changes))
        else:
            found.same += 1
    found.gone = [item for item in items if item.pk not in found.by_item]
    return found


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _twice(rows: list[Any]) -> list[Problem]:
    seen: dict[str, int] = {}
    problems = []
    for row in rows:
        for key in ("official_code", "code"):
            name = f"{key}:{row.values[key]}"
            if not row.values[key]:
                continue
            if name in seen:
                problems.append(
                    Problem(
                        row.line,
                        _("code %(code)s staat ook op regel %(line)d.")
                        % {"code": row.values[key], "line": seen[name]},
                    )
                )
            seen.setdefault(name, row.line)
    return problems


@transaction.atomic
def read_items(
    *, by: User, version: ReportVersion, upload: UploadedFile, source: str, certainty: str
) -> DryRun:
    """Read a file and keep what it says until somebody confirms it; with a mistake on any line nothing is kept.

    Raises FileRefused for a file that is no such table.
    """
    table = read_table(upload, size=upload.size or 0, columns=COLUMNS)
    problems = sorted([*table.problems, *_twice(table.rows)], key=lambda problem: problem.line)
    if not problems and not table.rows:
        raise FileRefused(_("Er staat geen enkele regel onder de namen van de kolommen."))
    ItemImport.objects.filter(report_version=version, uploaded_by=by, applied_at=None).delete()
    if problems:
        return DryRun(None, problems)
    waiting = ItemImport.objects.create(
        report_version=version,
        rows=[row.values for row in table.rows],
        list_digest=list_digest(version),
        filename=(upload.name or "")[:200].replace("\0", ""),
        source=source.strip(),
        certainty=certainty,
        uploaded_by=by,
    )
    return DryRun(waiting, [])


@transaction.atomic
def apply_items(*, by: User, waiting: ItemImport, now: dt.datetime | None = None) -> Difference:
    """Do what was shown: new items come, others change, those that are gone go out of use. Done already, nothing.

    Raises ListRefused when the list changed since it was shown.
    """
    version = ReportVersion.objects.select_for_update().get(pk=waiting.report_version_id)
    waiting = ItemImport.objects.select_for_update().get(pk=waiting.pk)
    if waiting.applied_at is not None:
        return Difference()
    if waiting.list_digest != list_digest(version):
        raise ListRefused(_("De lijst veranderde intussen. Lees het bestand opnieuw in en kijk nog eens."))
    found = difference(version, waiting.rows)
    # First what is gone, so that an official code that moves to another item is free.
    for item in found.gone:
        item.is_active, item.version = False, item.version + 1
        item.save(update_fields=["is_active", "version"])
    order = {id(row): 10 * number for number, row in enumerate(waiting.rows, 1)}
    used = set(found.by_item)
    for item in ReportItem.objects.select_for_update().filter(pk__in=used):
        row = found.by_item[item.pk]
        _put(item, row, waiting, order[id(row)])
        item.version += 1
        save_item(item)
    for row in found.new:
        code = row["code"] or free_code(version, row["part"], row["name"])
        if version.items.filter(code=code).exists():
            code = free_code(version, row["part"], row["name"])
        item = ReportItem(report_version=version, code=code)
        _put(item, row, waiting, order[id(row)])
        save_item(item)
    waiting.applied_at = now or timezone.now()
    waiting.save(update_fields=["applied_at"])
    return found


def _put(item: ReportItem, row: dict[str, Any], waiting: ItemImport, position: int) -> None:
    for name in _COMPARED:
        setattr(item, name, row[name])
    item.source, item.certainty, item.position = waiting.source, waiting.certainty, position
