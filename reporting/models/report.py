"""A progress report over one neighbourhood and one period."""

import datetime as dt
import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.registries import Period
from reporting.enums import UNFINISHED, ReportState


class ReportQuerySet(QuerySet["Report"]):
    """Questions about reports."""

    def visible_to(self, user: User) -> "ReportQuerySet":
        """Reports of the neighbourhoods of which one may read the figures."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.MEASURE_READ))

    def unfinished(self) -> "ReportQuerySet":
        """Asked for, and not there yet."""
        return self.filter(state__in=UNFINISHED)

    def waiting_since(self, moment: dt.datetime) -> "ReportQuerySet":
        """Unfinished, and not put in the queue after this moment: somebody must queue them again."""
        return self.unfinished().filter(Q(queued_at__isnull=True) | Q(queued_at__lt=moment))


class Report(models.Model):
    """A report. Once done it never changes: the database refuses it (migration 0002).

    `snapshot` holds everything that the page and the PDF show, small groups already hidden; no raw count is kept.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="reports", verbose_name=_("wijk")
    )
    period_start = models.DateField(_("van"))
    period_end = models.DateField(_("tot en met"))
    title = models.CharField(_("titel"), max_length=120)
    state = models.CharField(_("stand"), max_length=9, choices=ReportState, default=ReportState.REQUESTED)
    progress = models.PositiveSmallIntegerField(_("voortgang"), default=0)  # percent
    step = models.CharField(_("bezig met"), max_length=80, blank=True)
    # Empty when the program made it by itself.
    requested_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("aangevraagd door"),
    )
    requested_at = models.DateTimeField(_("aangevraagd op"))
    queued_at = models.DateTimeField(null=True, blank=True)  # empty: in nobody's queue
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("klaar op"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    schedule_key = models.CharField(max_length=20, unique=True, null=True, blank=True)  # "ARS-2026-Q3"
    snapshot = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    pdf = models.FileField(upload_to="reports/", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    error = models.CharField(_("wat er misging"), max_length=300, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("voortgangsrapport")
        verbose_name_plural = _("voortgangsrapporten")
        indexes = (
            models.Index(F("neighbourhood"), F("requested_at").desc(), F("id").desc(), name="report_newest"),
            models.Index(fields=["queued_at"], condition=Q(state__in=UNFINISHED), name="report_waiting"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")),
                name="report_period_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="report_progress_is_percent"),
            models.CheckConstraint(
                condition=(
                    Q(state=ReportState.DONE, finished_at__isnull=False, progress=100)
                    & ~Q(pdf="")
                    & ~Q(pdf_sha256="")
                    & ~Q(snapshot={})
                )
                | (~Q(state=ReportState.DONE) & Q(pdf="", pdf_sha256="", snapshot={})),
                name="report_done_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.FAILED) & ~Q(error="") | ~Q(state=ReportState.FAILED),
                name="report_failed_says_why",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the report's page."""
        return reverse("reporting:report", args=[self.uuid])

    @property
    def period(self) -> Period:
        """Return the period, both days included."""
        return Period(self.period_start, self.period_end)

    @property
    def is_unfinished(self) -> bool:
        """Tell whether somebody still works on it, or should."""
        return self.state in UNFINISHED
