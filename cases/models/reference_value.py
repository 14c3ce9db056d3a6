"""A value that the law, the city or the team sets, from a day on (dated reference data)."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from arsenaal.lib.amounts import euro
from arsenaal.lib.registries import ReferenceCode, reference_codes
from cases.enums import Certainty, ReferenceKind


class ReferenceValueQuerySet(QuerySet["ReferenceValue"]):
    """Questions about reference data."""

    def on(self, day: dt.date, codes: Iterable[str]) -> "ReferenceValueQuerySet":
        """The value of each of these codes that holds on this day."""
        return (
            self.filter(code__in=list(codes), valid_from__lte=day)
            .order_by("code", "-valid_from")
            .distinct("code")
        )


class ReferenceValue(models.Model):
    """One value of one code, from a day on until the next one.

    A value never changes: what was true on a day stays readable (held by a trigger in the database). A newer value
    follows it; confirming a doubtful one says who found it in which source.
    """

    code = models.CharField(_("code"), max_length=60)
    number = models.DecimalField(_("waarde"), max_digits=14, decimal_places=4, null=True, blank=True)
    text = models.CharField(_("waarde"), max_length=400, blank=True)
    valid_from = models.DateField(_("geldig vanaf"))
    source = models.CharField(_("bron"), max_length=300)
    certainty = models.CharField(_("hoe zeker"), max_length=11, choices=Certainty)
    note = models.CharField(_("opmerking"), max_length=400, blank=True)
    # Empty for what came with the program.
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_source = models.CharField(_("bevestigd door"), max_length=300, blank=True)

    objects = ReferenceValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("vast gegeven")
        verbose_name_plural = _("vaste gegevens")
        constraints = (
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="referencevalue_one_a_day",
                violation_error_message=_("Er is al een waarde vanaf die dag."),
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False, text="") | (Q(number__isnull=True) & ~Q(text="")),
                name="referencevalue_number_or_text",
                violation_error_message=_("Vul een waarde in."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True, confirmed_source="")
                | (
                    Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                    & ~Q(confirmed_source="")
                    & ~Q(certainty=Certainty.CERTAIN)
                ),
                name="referencevalue_confirmed_whole",
                violation_error_message=_("Wie bevestigt, zegt ook waar het staat."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}: {self.shown}"

    def get_absolute_url(self) -> str:
        """Return where the history of this code stands."""
        return reverse("cases:reference-code", args=[self.code])

    @property
    def spec(self) -> ReferenceCode:
        """What this code is. Raises LookupError when no package knows it any more."""
        return reference_codes.get(self.code)

    @property
    def is_certain(self) -> bool:
        """Whether nobody needs to look it up any more."""
        return self.certainty == Certainty.CERTAIN or self.confirmed_at is not None

    @property
    def certainty_label(self) -> str | Promise:
        """Say how sure it is now."""
        return Certainty.CERTAIN.label if self.is_certain else self.get_certainty_display()

    @property
    def count(self) -> int:
        """The value as a whole number: of days, of months. Raises ValueError for a text."""
        if self.number is None:
            raise ValueError(f"{self.code} holds no number")
        return int(self.number)

    @property
    def is_yes(self) -> bool:
        """The answer to a question of yes or no."""
        return self.text == "yes"

    @property
    def shown(self) -> str:
        """Write the value as people read it: "3 maanden", "€ 62,50", "ja"."""
        return show(self.spec, self.number, self.text)


def show(spec: ReferenceCode, number: Decimal | None, text: str) -> str:
    """Write a value of this code as people read it."""
    if spec.kind == ReferenceKind.YES_NO:
        return _g("ja") if text == "yes" else _g("nee")
    if number is None:
        return text
    if spec.kind == ReferenceKind.AMOUNT:
        return euro(number)
    n = int(number)
    if spec.kind == ReferenceKind.DAYS:
        return ngettext("%(n)d dag", "%(n)d dagen", n) % {"n": n}
    if spec.kind == ReferenceKind.WORKDAYS:
        return ngettext("%(n)d werkdag", "%(n)d werkdagen", n) % {"n": n}
    if spec.kind == ReferenceKind.MONTHS:
        return ngettext("%(n)d maand", "%(n)d maanden", n) % {"n": n}
    plain = number_format(number.normalize() if number != number.to_integral() else n)
    return f"{plain} {spec.unit}".strip()
