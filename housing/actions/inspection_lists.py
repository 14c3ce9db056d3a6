"""The lists that a report is made from: loaded once, then kept by an administrator. Nothing used is deleted."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.enums import Certainty
from housing.inspection_enums import Category
from housing.inspection_list import ITEM_SOURCE, STARTING_LIST, VALID_FROM, VERSION, VERSION_SOURCE
from housing.models import OccupancyNorm, ReportItem, ReportVersion

ITEM_FIELDS = (
    "official_code",
    "part",
    "group",
    "name",
    "help",
    "categories",
    "certainty",
    "source",
)
_EARLIEST = dt.date(1960, 1, 1)


class ListRefused(ActionError):
    """The list can't be changed like this; the message says why."""


@transaction.atomic
def load_inspection_lists() -> int:
    """Add the provisional version and its items where they are missing; return how many items. May run again."""
    made = 0
    for report_model, parts in STARTING_LIST.items():
        version, _is_new = ReportVersion.objects.get_or_create(
            report_model=report_model,
            code=VERSION,
            defaults={
                "valid_from": dt.date.fromisoformat(VALID_FROM),
                "source": VERSION_SOURCE,
                "certainty": Certainty.PROVISIONAL,
            },
        )
        known = set(version.items.values_list("code", flat=True))
        items = [
            ReportItem(
                report_version=version,
                code=item.code,
                part=part,
                group=group,
                name=item.name,
                help=item.help,
                categories=item.categories.split(),
                certainty=Certainty.PROVISIONAL,
                source=ITEM_SOURCE,
            )
            for part, groups in parts
            for group, listed in groups
            for item in listed
        ]
        for position, item in enumerate(items, 1):
            item.position = 10 * position
        missing = [item for item in items if item.code not in known]
        made += len(ReportItem.objects.bulk_create(missing, ignore_conflicts=True))
    return made


def _in_order(categories: list[str]) -> list[str]:
    return [category for category in Category.values if category in categories]


def free_code(version: ReportVersion, part: str, name: str) -> str:
    """Return a code of our own that isn't taken in this version."""
    stem = f"{part}-{slugify(name)[:30] or 'gebrek'}"
    taken = set(version.items.filter(code__startswith=stem).values_list("code", flat=True))
    return next(
        code for n in range(len(taken) + 1) if (code := f"{stem}-{n + 1}" if n else stem) not in taken
    )


def save_item(item: ReportItem) -> ReportItem:
    """Save an item. Raises ListRefused when its official code is taken."""
    item.categories = _in_order(item.categories)
    if not item.categories:
        raise ListRefused(_("Kies minstens één categorie: I, II of III."), field="categories")
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:
        raise ListRefused(_("Deze officiële code staat al in deze versie."), field="official_code") from error
    return item


@transaction.atomic
def add_item(*, by: User, version: ReportVersion, **fields: Any) -> ReportItem:
    """Add an item to a version; `fields` holds the names in ITEM_FIELDS. Raises ListRefused."""
    version = ReportVersion.objects.select_for_update().get(pk=version.pk)
    last = version.items.aggregate(last=Max("position"))["last"] or 0
    return save_item(
        ReportItem(
            report_version=version,
            code=free_code(version, fields["part"], fields["name"]),
            position=last + 10,
            **{name: fields[name] for name in ITEM_FIELDS},
        )
    )


@transaction.atomic
def edit_item(*, by: User, item: ReportItem, version: int, is_active: bool, **fields: Any) -> ReportItem:
    """Change an item or take it out of use; signed reports keep what they say, by the same item.

    Raises ChangedMeanwhileError and ListRefused.
    """
    item = ReportItem.objects.select_for_update().get(pk=item.pk)
    if item.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit gebrek intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("gebrek"): item.name,
                _("officiële code"): item.official_code,
                _("categorieën"): ", ".join(item.categories),
                _("in gebruik"): _("ja") if item.is_active else _("nee"),
            },
        )
    if item.name != fields["name"] and item.defects.filter(inspection__finished_at__isnull=False).exists():
        raise ListRefused(
            _(
                "Dit gebrek staat in getekende verslagen. Zet het uit gebruik en voeg het met de nieuwe naam toe, "
                "dan blijft kloppen wat er getekend is."
            ),
            field="name",
        )
    for name in ITEM_FIELDS:
        setattr(item, name, fields[name])
    item.is_active = is_active
    item.version += 1
    return save_item(item)


@transaction.atomic
def add_version(
    *, by: User, report_model: str, code: str, valid_from: dt.date, source: str, certainty: str
) -> ReportVersion:
    """Add a version of a model with the items of the newest one, to change from there. Raises ListRefused."""
    if valid_from < _EARLIEST:
        raise ListRefused(_("Kijk het jaar na."), field="valid_from")
    newest = ReportVersion.objects.filter(report_model=report_model).order_by("-valid_from", "-pk").first()
    try:
        with transaction.atomic():
            version = ReportVersion.objects.create(
                report_model=report_model,
                code=code.strip(),
                valid_from=valid_from,
                source=source.strip(),
                certainty=certainty,
            )
    except IntegrityError as error:
        raise ListRefused(_("Deze versie staat er al voor dit model."), field="code") from error
    if newest is not None:
        copies = list(newest.items.filter(is_active=True).order_by("position", "pk"))
        for item in copies:
            item.pk, item.report_version, item.version = None, version, 1
            item._state.adding = True
        ReportItem.objects.bulk_create(copies)
    return version


@transaction.atomic
def edit_version(
    *, by: User, report_version: ReportVersion, version: int, valid_from: dt.date, source: str, certainty: str
) -> ReportVersion:
    """Change from when a version holds, where that stands and how sure it is. Raises ChangedMeanwhileError."""
    row = ReportVersion.objects.select_for_update().get(pk=report_version.pk)
    if row.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft deze versie intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={_("bron"): row.source, _("zekerheid"): str(row.get_certainty_display())},
        )
    if valid_from < _EARLIEST:
        raise ListRefused(_("Kijk het jaar na."), field="valid_from")
    row.valid_from, row.source, row.certainty = valid_from, source.strip(), certainty
    row.version += 1
    row.save()
    return row


@transaction.atomic
def add_norm(
    *,
    by: User,
    measure: str,
    at_least: Decimal,
    persons: int,
    valid_from: dt.date,
    source: str,
    certainty: str,
) -> OccupancyNorm:
    """Add a line of the occupancy table. Raises ListRefused when that line is there for that day."""
    if valid_from < _EARLIEST:
        raise ListRefused(_("Kijk het jaar na."), field="valid_from")
    try:
        with transaction.atomic():
            return OccupancyNorm.objects.create(
                measure=measure,
                at_least=at_least,
                persons=persons,
                valid_from=valid_from,
                source=source.strip(),
                certainty=certainty,
            )
    except IntegrityError as error:
        raise ListRefused(_("Deze regel staat er al voor die dag."), field="at_least") from error


@transaction.atomic
def remove_norm(*, by: User, norm: OccupancyNorm) -> None:
    """Take a line away; signed reports keep what they say. Gone already, nothing happens."""
    OccupancyNorm.objects.filter(pk=norm.pk).delete()
