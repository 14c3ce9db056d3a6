"""Collecting everything that is known about one person, across all packages, from what they declare."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, CharField, Field, Model, Q, TextField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from arsenaal.lib.privacy import Kind, Own, declarations
from arsenaal.lib.registries import timeline_kinds
from cases.models import Case, TimelineEntry
from people.languages import language_names
from people.models import Household, Person
from rights.engine.names import NameTaker, companions, words_of
from rights.engine.paths import about_people, declared_fields, paths, rows_of
from rights.models import Export, ExportPart

LONGEST_HEADING = 300
SENTENCE = 12  # what is shorter than this stands in any text

# What fields of a snapshot are called for a reader: on the screen they need no name.
_LABELS = {
    "title": gettext_lazy("Wat"),
    "body": gettext_lazy("Wat er gezegd of gezien werd"),
    "data": gettext_lazy("Bijzonderheden"),
    "from_stage": gettext_lazy("Van"),
    "to_stage": gettext_lazy("Naar"),
    "redaction_reason": gettext_lazy("Weggehaald omdat"),
}
_SECTIONS = {
    "TrustChange": gettext_lazy("Vertrouwen"),
    "VisitPhoto": gettext_lazy("Foto's"),
    "VisitDraft": gettext_lazy("Bezoekverslagen die nog niet bewaard zijn"),
}


@dataclass
class Part:
    """One thing that is known, before it is kept for reading over."""

    source: str
    source_id: int
    section: str
    heading: str
    content: list[list[str]]
    circle: str
    case_id: int | None


def _shown(field: "Field", row: Model) -> str:
    """Return a value in plain words, empty for what was never filled in."""
    value = getattr(row, field.attname)
    if value in (None, "", [], {}):
        return ""
    if getattr(field, "choices", None):
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(field, BooleanField):
        return _("ja") if value else _("nee")
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, dt.date):
        return date_format(value, "j F Y")
    if field.name == "languages":
        return ", ".join(language_names(value))
    if field.name == "birth_year":
        return str(value)
    return "\n".join(_leaves(value))


def _leaves(value: Any) -> Iterator[str]:
    """Yield the words in whatever a snapshot holds, without its keys and without what only the program reads."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in ("icon", "tone", "uuid", "photos", "url"):
                yield from _leaves(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _leaves(part)
    elif isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def _is_told(field: "Field", kind: Kind, own: Own | None) -> bool:
    """Personal fields as they are declared; of the plain ones what happened when, and how it stands."""
    if kind != Kind.PLAIN:
        return own == Own.YES
    if field.primary_key or field.is_relation:
        return False
    if str(field.verbose_name) == field.name.replace("_", " "):
        return False  # without a Dutch name it is the program's own
    return bool(field.choices) or field.get_internal_type() in ("DateField", "DateTimeField")


def _content(row: Model) -> list[list[str]]:
    content, is_summary = [], False
    for field, found in declared_fields(type(row)):
        is_summary |= found.own == Own.SUMMARY
        if _is_told(field, found.kind, found.own) and (text := _shown(field, row)):
            content.append([_label(field), text])
    if is_summary:
        content.append(
            [
                _("De woorden zelf"),
                _("staan hier niet: ze komen van iemand anders, of zijn nog geen deel van het dossier."),
            ]
        )
    return content


def _label(field: "Field") -> str:
    return capfirst(str(_LABELS.get(field.name, field.verbose_name)))


def _heading(row: Model) -> str:
    if isinstance(row, TimelineEntry):
        day = date_format(timezone.localtime(row.occurred_at), "j F Y")
        return f"{day}: {timeline_kinds.get(row.kind).label}, {row.discipline or _('het team')}"
    if isinstance(row, Case):
        return row.number
    if isinstance(row, Person | Household):
        return str(row)
    return capfirst(str(_SECTIONS.get(type(row).__name__, row._meta.verbose_name)))


def _section(owner: type[Model]) -> str:
    return capfirst(str(_SECTIONS.get(owner.__name__, owner._meta.verbose_name_plural)))


def _case_of(row: Model) -> int | None:
    for path in paths(type(row)):
        if path.end is Case:
            value: Any = row
            for step in path.lookup.split("__") if path.lookup else ():
                value = getattr(value, step, None) if value is not None else None
            if value is not None:
                return value.pk
    return None


def _circle_of(row: Model) -> str:
    """The circle in which something was written decides who reads it over; else the one that its package declares."""
    entry = row if hasattr(row, "circle") else getattr(row, "entry", None)
    return getattr(entry, "circle", "") or declarations()[type(row)].circle


def parts_of(person: Person) -> Iterator[Part]:
    """Yield everything that is known about a person, names of others and of colleagues taken out of the words.

    What is about somebody else is not in it: rows that name another person, and what happened in a household while
    he didn't belong to it.
    """
    for owner, _declared in about_people():
        told = [found for _field, found in declared_fields(owner) if found.own in (Own.YES, Own.SUMMARY)]
        if not told or (owner._meta.app_label == "rights" and owner.__name__ != "RightsRequest"):
            continue
        for row in rows_of(person, owner).order_by("pk"):
            content = _content(row)
            if content:
                yield Part(
                    source=owner._meta.label,
                    source_id=row.pk,
                    section=_section(owner),
                    heading=_heading(row)[:LONGEST_HEADING],
                    content=content,
                    circle=_circle_of(row),
                    case_id=_case_of(row),
                )


def _sentences_of(others: list[Person]) -> Iterator[str]:
    """Yield what was written in records of the others themselves: their consents, how to reach them.

    The timeline of the family tells some of it again, without saying whose it is.
    """
    for owner, _declared in about_people():
        own_paths = [path.to(Person) for path in paths(owner) if path.end is Person]
        fields = [
            field.name
            for field, found in declared_fields(owner)
            if found.kind != Kind.PLAIN and isinstance(field, CharField | TextField) and not field.choices
        ]
        if not own_paths or not fields or owner._meta.app_label == "rights":
            continue
        rule = Q(pk__in=[])
        for lookup in own_paths:
            rule |= Q(**{f"{lookup}__in": [other.pk for other in others]})
        for values in owner._base_manager.filter(rule).values_list(*fields):
            yield from (value.strip().rstrip(".") for value in values if len(value or "") >= SENTENCE)


def _takers(person: Person) -> list[NameTaker]:
    others = companions(person)
    theirs = [word for other in others for word in words_of(other, others=[person])]
    # A child can carry a part of a parent's name: what is in his own name, hides nobody.
    mine = f"{person} {' '.join(person.memberships.values_list('household__name', flat=True))}".casefold()
    theirs = [word for word in theirs if word.casefold() not in mine]
    theirs += list(_sentences_of(others))
    staff = User.objects.values_list("first_name", "last_name")
    own = {person.given_name.casefold(), person.family_name.casefold()}
    colleagues = [
        word
        for first, last in staff
        for word in (f"{first} {last}".strip(), last)
        if word and word.casefold() not in own
    ]
    return [
        NameTaker(theirs, _("[iemand anders]")),
        NameTaker(colleagues, _("[een medewerker]")),
    ]


def collect(export: Export, person: Person) -> int:
    """Write down the parts of an export, to be read over. Returns how many. Made again, it replaces what was there."""
    takers = _takers(person)
    himself = NameTaker(words_of(person, others=[]), "")
    export.parts.all().delete()
    rows = []
    for position, part in enumerate(parts_of(person)):
        before = sum(taker.count for taker in takers)
        content = part.content
        is_of_other = takers[0].finds(content) and not himself.finds([content, part.heading])
        for taker in takers:
            content = taker.in_value(content)
        rows.append(
            ExportPart(
                export=export,
                case_id=part.case_id,
                source=part.source,
                source_id=part.source_id,
                position=position,
                section=part.section[:80],
                heading=part.heading,
                content=content,
                circle=part.circle,
                suggestion=_("gaat over iemand anders in het gezin") if is_of_other else "",
                names_hidden=min(sum(taker.count for taker in takers) - before, 999),
            )
        )
    ExportPart.objects.bulk_create(rows, batch_size=500)
    return len(rows)
