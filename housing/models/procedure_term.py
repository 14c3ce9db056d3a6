"""A running term of a procedure: until when, who has the ball, where that is written."""

import datetime as dt

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from housing.models.procedure import DwellingProcedure
from housing.procedure_enums import RIGHTS, Holder, TermCode
from housing.procedure_rules import TERMS


class ProcedureTermQuerySet(QuerySet["ProcedureTerm"]):
    """Questions about terms."""

    def counting(self) -> "ProcedureTermQuerySet":
        """Those that run now: not met, not paused."""
        return self.filter(ended_on__isnull=True, paused_on__isnull=True)

    def not_over(self, day: dt.date) -> "ProcedureTermQuerySet":
        """Without the rights that passed before this day, and without appeals against a silence not yet there."""
        return self.exclude(code=TermCode.SILENCE).exclude(code__in=RIGHTS, due_on__lt=day)


class ProcedureTerm(models.Model):
    """A term, counted once with what the reference data said on the day it started.

    It warns and proposes; it never does anything by itself.
    """

    part = models.ForeignKey(DwellingProcedure, on_delete=models.PROTECT, related_name="terms")
    code = models.CharField(_("termijn"), max_length=11, choices=TermCode)
    holder = models.CharField(_("aan zet"), max_length=8, choices=Holder)
    starts_on = models.DateField(_("sinds"))
    due_on = models.DateField(_("tegen"))
    source = models.CharField(_("bron"), max_length=400)
    is_certain = models.BooleanField(_("is zeker"), default=True)
    paused_on = models.DateField(_("opgeschort sinds"), null=True, blank=True)
    pause_reason = models.CharField(_("waarom"), max_length=200, blank=True)
    paused_days = models.PositiveIntegerField(_("dagen opgeschort"), default=0)
    ended_on = models.DateField(_("gehaald op"), null=True, blank=True)

    objects = ProcedureTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("termijn van een procedure")
        verbose_name_plural = _("termijnen van procedures")
        indexes = (models.Index(fields=["due_on"], name="procedureterm_due"),)
        constraints = (
            models.UniqueConstraint(
                fields=["part", "code"],
                condition=Q(ended_on__isnull=True),
                name="procedureterm_one_of_each",
                violation_error_message=_("Deze termijn loopt al."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="procedureterm_days_in_order",
                violation_error_message=_("Een termijn eindigt niet voor hij begint."),
            ),
            models.CheckConstraint(
                condition=Q(paused_on__isnull=True, pause_reason="")
                | (Q(paused_on__isnull=False) & ~Q(pause_reason="")),
                name="procedureterm_paused_why",
                violation_error_message=_("Zeg waarom de termijn is opgeschort."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.due_on}"

    def run_again(self, day: dt.date) -> None:
        """Let a suspended term run again from this day: it ends as many days later as it lay still. Doesn't save."""
        days = (day - self.paused_on).days if self.paused_on else 0
        self.due_on += dt.timedelta(days=days)
        self.paused_days += days
        self.paused_on, self.pause_reason = None, ""

    @property
    def is_right(self) -> bool:
        """Whether somebody may do something until then: passed, it is over and nobody is late."""
        return self.code in RIGHTS

    @property
    def consequence(self) -> str | Promise:
        """What is proposed when it passes."""
        return TERMS[TermCode(self.code)].consequence
