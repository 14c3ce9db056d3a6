"""Finding names that are nearly the same, without a database extension.

Names come from many languages and are typed by ear, so spelling, accents and word order must not matter. A name is
folded to plain letters and cut into trigrams per word; the database keeps them in an array under a GIN index, and
the share of trigrams two names have in common is their likeness (0 to 1).
"""

import re
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, FloatField, Func, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from text_unidecode import unidecode

_WORD = re.compile(r"[a-z0-9]+")
# Sounds that are written in several ways across the languages of the neighbourhood.
_SAME_SOUND = (
    ("tsch", "c"),
    ("ch", "c"),
    ("sch", "s"),
    ("sh", "s"),
    ("ck", "k"),
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dj", "j"),
    ("ou", "u"),
    ("oe", "u"),
    ("ij", "y"),
    ("ee", "i"),
    ("aa", "a"),
    ("oo", "o"),
    ("uu", "u"),
)


def fold(text: str) -> list[str]:
    """Return the words of `text` in plain lower-case letters and digits, sounds written one way."""
    words = _WORD.findall(unidecode(text).lower())
    folded = []
    for word in words:
        plain = word
        for written, sound in _SAME_SOUND:
            plain = plain.replace(written, sound)
        folded.append(re.sub(r"([a-z])\1+", r"\1", plain))
    return folded


def trigrams(text: str) -> list[str]:
    """Return the sorted, distinct trigrams of the words of `text`; a word's start and end count too."""
    found: set[str] = set()
    for word in fold(text):
        padded = f"  {word} "
        found.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return sorted(found)


class CommonTrigrams(Func):
    """How many trigrams of an array column stand in a given array."""

    def __init__(self, column: str, wanted: list[str]) -> None:
        super().__init__(F(column), output_field=IntegerField())
        self.wanted = wanted

    def as_sql(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        column_sql, params = compiler.compile(self.source_expressions[0])
        # The column comes from the compiler, what was typed goes along as a parameter.
        sql = f"(SELECT count(*) FROM unnest({column_sql}) AS piece WHERE piece = ANY(%s::text[]))"  # noqa: S608
        return sql, [*params, self.wanted]


class SearchableQuerySet(QuerySet):
    """Adds `like_name()` to models that are `Searchable`."""

    def like_name(self, text: str, *, at_least: float = 0.5) -> "SearchableQuerySet":
        """Rows of which the name holds at least this share of the trigrams of `text`, best first, as `likeness`."""
        wanted = trigrams(text)
        if not wanted:
            return self.none()
        return (
            self.filter(trigrams__overlap=wanted)
            .annotate(
                likeness=Cast(CommonTrigrams("trigrams", wanted), FloatField()) / Value(float(len(wanted)))
            )
            .filter(likeness__gte=at_least)
            .order_by("-likeness", "pk")
        )


class Searchable(models.Model):
    """A record that can be found by a name that is spelled differently."""

    trigrams = ArrayField(models.CharField(max_length=3), default=list, editable=False)

    class Meta:
        abstract = True
        indexes: ClassVar[tuple[models.Index, ...]] = (
            GinIndex(fields=["trigrams"], name="%(class)s_trigrams"),
        )

    def save(self, *args, **kwargs):  # type: ignore[no-untyped-def]
        """Keep the trigrams in step with the words."""
        self.trigrams = trigrams(self.search_text())
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "trigrams"}
        super().save(*args, **kwargs)

    def search_text(self) -> str:
        """Return the words by which this record is found."""
        raise NotImplementedError
