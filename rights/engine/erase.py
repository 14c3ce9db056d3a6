"""Erasing a person: deleted where nothing has to remain, otherwise a number is left of him (GDPR art. 17)."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import CharField, Field, JSONField, Model, Q, TextField
from django.db.models.functions import Cast

from accounts.models import User
from arsenaal.lib.encryption import EncryptedTextField
from arsenaal.lib.privacy import Erase, declarations
from arsenaal.lib.trigrams import Searchable
from cases.actions.redact_entry import take_words_away
from cases.models import Case, RadarEntry, TimelineEntry
from people.models import Household, Person, PersonLink, Restriction
from rights.engine.names import NameTaker, companions, words_of
from rights.engine.paths import about_people, file_fields, paths, personal_fields, rows_of
from rights.models import Export

INSTEAD = "[gewist]"


def has_nothing_to_keep(person: Person) -> bool:
    """Tell whether nothing has to remain: no case, of any household he ever belonged to."""
    return not Case.objects.filter(household__members__person=person).exists()


def erase_person(*, person: Person, by: User, all_words: bool, reason: str, now: dt.datetime) -> None:
    """Erase a person, in one transaction. `all_words` takes every story of his cases, not only those that name him."""
    others = companions(person)
    words = words_of(person, others=[other for other in others if other.erased_at is None])
    households = list(Household.objects.filter(members__person=person).distinct())
    is_last = all(other.erased_at is not None for other in others)
    with transaction.atomic():
        _forget_exports(person)
        _redact(person, words, by=by, all_words=all_words, reason=reason, now=now)
        if has_nothing_to_keep(person):
            _take_names_out(words)
            delete_person(person)
            return
        _pseudonymise(person, now)
        for household in households:
            household.name = f"Gezin {household.pk}"
            household.save(update_fields=["name"])
        for case in Case.objects.filter(household__in=households):
            case.title = f"Dossier {case.number}"
            if is_last:
                case.address_hint = ""
            case.save(update_fields=["title", "address_hint"])
        if is_last:
            _empty_radar(person)
        _take_names_out(words)


def _forget_exports(person: Person) -> None:
    """What was collected or written of him before goes at once."""
    for export in Export.objects.filter(request__person=person):
        export.parts.all().delete()
        transaction.on_commit(
            partial(forget_files, [str(name) for name in (export.pdf, export.json) if name])
        )
        export.pdf, export.json = "", ""
        export.save(update_fields=["pdf", "json"])


def _redact(
    person: Person, words: Iterable[str], *, by: User, all_words: bool, reason: str, now: dt.datetime
) -> None:
    """Take the words of entries away by the existing redaction, which the database allows once for each."""
    names = NameTaker(words, INSTEAD)
    entries = rows_of(person, TimelineEntry).filter(redacted_at__isnull=True, superseded_by__isnull=True)
    for entry in TimelineEntry.objects.filter(pk__in=entries).select_related("case").order_by("pk"):
        if all_words or names.finds([entry.title, entry.body, entry.data]):
            take_words_away(entry, by=by, reason=reason, now=now, also_data=True)
    # What was corrected, or written in another case: wherever the name stands, it goes.
    for entry in _rows_with(TimelineEntry, ["title", "body", "data"], words).filter(redacted_at__isnull=True):
        if names.finds([entry.title, entry.body, entry.data]):
            take_words_away(entry, by=by, reason=reason, now=now, also_data=True)


def _pseudonymise(person: Person, now: dt.datetime) -> None:
    """Leave a number of the person, as every field of a person declares."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    for field, found in personal_fields(Person):
        if found.erase == Erase.EMPTY:
            setattr(person, field.attname, _empty(field))
    person.given_name, person.family_name = f"Persoon {person.pk}", ""
    person.erased_at, person.version = now, person.version + 1
    person.save()
    PersonLink.objects.filter(Q(first=person) | Q(second=person)).delete()


def _empty(field: "Field") -> Any:
    if field.null:
        return None
    return field.get_default() if field.has_default() else ""


def _empty_radar(person: Person) -> None:
    """A signal about a household of which nobody is left keeps that there was one."""
    for signal in RadarEntry.objects.filter(pk__in=rows_of(person, RadarEntry).values("pk")):
        for field, found in personal_fields(RadarEntry):
            if found.erase == Erase.EMPTY:
                setattr(signal, field.attname, "")
        signal.name = f"Signaal {signal.pk}"
        if signal.postponed_at:
            signal.postpone_reason = INSTEAD
        signal.worry = INSTEAD
        signal.save()


def text_fields(owner: type[Model]) -> list[str]:
    """Return the fields of a model in which somebody could have written a name."""
    return [
        field.name
        for field in owner._meta.local_fields
        if isinstance(field, CharField | TextField | JSONField)
        and not isinstance(field, EncryptedTextField)  # a number or a key, that can't be looked into
        and not field.choices
        and not field.unique
        and not field.primary_key
        and not field.name.endswith(("sha256", "digest"))
        and field.name not in file_fields(owner)
    ]


def _rows_with(owner: type[Model], fields: Iterable[str], words: Iterable[str]) -> Any:
    """Return the rows in which one of the words stands, found by the database."""
    rows, rule = owner._base_manager.all(), Q(pk__in=[])
    for name in fields:
        column = name
        if isinstance(owner._meta.get_field(name), JSONField):
            column = f"{name}_as_text"
            rows = rows.annotate(**{column: Cast(name, TextField())})
        for word in words:
            rule |= Q(**{f"{column}__icontains": word})
    return rows.filter(rule)


# What names colleagues is never touched: a resident can have the name of one of them.
_NOT_OURS = frozenset({"User", "Organisation", "Neighbourhood", "Instrument", "Mandate", "TimelineEntry"})
# Nor what the database lets nobody change: questions that were published, what was voted, and the ledger of public
# money, that has to be accounted for (GDPR art. 17.3.b). Their forms ask to write no names.
_FROZEN = frozenset({"QuestionnaireVersion", "Question", "QuestionOption", "VoteResult", "LedgerLine"})


def _take_names_out(words: list[str]) -> None:
    """Take the names out of every column of text, of every table, whoever wrote them there."""
    usable = [word for word in words if NameTaker([word], INSTEAD).pattern is not None]
    if not usable:
        return
    names = NameTaker(usable, INSTEAD)
    for owner in declarations():
        fields = text_fields(owner)
        if owner.__name__ in _NOT_OURS | _FROZEN or not fields or owner._meta.app_label == "accounts":
            continue
        for row in _rows_with(owner, fields, usable).iterator(chunk_size=200):
            changed = {}
            for name in fields:
                before = getattr(row, name)
                after = names.in_value(before)
                if after != before:
                    changed[name] = _fitting(owner, name, after)
            if changed:
                _save(row, changed)


def _fitting(owner: type[Model], name: str, value: Any) -> Any:
    longest = getattr(owner._meta.get_field(name), "max_length", None)
    return value[:longest] if longest and isinstance(value, str) else value


def _save(row: Model, changed: dict[str, Any]) -> None:
    """Write the changed words alone; what is found by them is found by the new ones."""
    for name, value in changed.items():
        setattr(row, name, value)
    if isinstance(row, Searchable):
        row.save(update_fields=list(changed))
        return
    type(row)._base_manager.filter(pk=row.pk).update(**changed)


def delete_person(person: Person) -> list[str]:
    """Delete a person of whom nothing has to remain, and his household when nobody is left in it.

    Returns the names of the files that went; they are deleted after commit.
    """
    households = list(Household.objects.filter(members__person=person).distinct())
    files = _delete_rows(Person, person.pk)
    for household in households:
        if not household.members.exists() and not Case.objects.filter(household=household).exists():
            files += _delete_rows(Household, household.pk)
            Household.objects.filter(pk=household.pk).delete()
    Restriction.objects.filter(person=person).delete()
    Person.objects.filter(pk=person.pk).delete()
    transaction.on_commit(partial(forget_files, files))
    return files


def _delete_rows(target: type[Model], pk: int) -> list[str]:
    """Delete the rows that lead straight to a person or a household, farthest first. Requests of the register stay."""
    files: list[str] = []
    straight = [
        (owner, path)
        for owner, _declared in about_people()
        for path in paths(owner)
        if path.end is target and path.lookup and owner.__name__ not in ("RightsRequest", "Export")
    ]
    for owner, path in sorted(straight, key=lambda found: -found[1].lookup.count("__")):
        rows = owner._base_manager.filter(**{path.lookup: pk})
        files += [
            str(name) for field in file_fields(owner) for name in rows.values_list(field, flat=True) if name
        ]
        rows._raw_delete(rows.db) if not _is_referred_to(owner) else rows.delete()
    return files


def _is_referred_to(owner: type[Model]) -> bool:
    return bool(owner._meta.related_objects)


def forget_files(names: Iterable[str]) -> None:
    """Delete files; one that is gone already is no trouble."""
    for name in names:
        default_storage.delete(name)
