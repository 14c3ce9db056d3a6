"""What is handed to somebody who asked for his own data: collected, read over, then written."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import Circle
from accounts.models import User
from cases.models import Case
from rights.enums import PartState
from rights.models.request import RightsRequest


class Export(models.Model):
    """The file of one request. The parts and the files are gone once it expired; that it was handed over stays."""

    request = models.OneToOneField(RightsRequest, on_delete=models.PROTECT, related_name="export")
    collected_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    pdf = models.FileField(upload_to="rights/", blank=True)
    json = models.FileField(upload_to="rights/", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    json_sha256 = models.CharField(max_length=64, blank=True)
    expires_on = models.DateField(_("te downloaden tot en met"), null=True, blank=True)
    expired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("inzage")
        verbose_name_plural = _("inzages")
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="export_approved_paired",
            ),
            models.CheckConstraint(
                condition=Q(pdf="", json="") | Q(approved_at__isnull=False), name="export_written_if_approved"
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id}"


class ExportPartQuerySet(QuerySet["ExportPart"]):
    """Questions about parts."""

    def open_to(self, user: User, neighbourhood_id: int) -> "ExportPartQuerySet":
        """Parts whose words this user may read: of his circles, or without a circle."""
        circles = user.access.circles(neighbourhood_id)
        return self.filter(Q(circle="") | Q(circle__in=circles)) if circles else self.none()


class ExportPart(models.Model):
    """One thing that is known: what it says, whose circle it is, and whether it goes along."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    source = models.CharField(max_length=60)  # "cases.TimelineEntry"
    source_id = models.BigIntegerField()
    position = models.PositiveIntegerField()
    section = models.CharField(max_length=80)
    heading = models.CharField(max_length=300)
    content = models.JSONField(default=list, encoder=DjangoJSONEncoder)  # [[label, text], …]
    circle = models.CharField(max_length=11, choices=Circle, blank=True)
    names_hidden = models.PositiveSmallIntegerField(default=0)
    # Why it probably belongs to somebody else: whoever reads it over finds it left out, and decides.
    suggestion = models.CharField(max_length=300, blank=True)
    state = models.CharField(_("stand"), max_length=7, choices=PartState, default=PartState.PENDING)
    reason = models.CharField(_("waarom niet"), max_length=300, blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = ExportPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("deel van een inzage")
        verbose_name_plural = _("delen van inzages")
        constraints = (
            models.UniqueConstraint(fields=["export", "position"], name="exportpart_position_unique"),
            models.CheckConstraint(
                condition=Q(state=PartState.PENDING, reviewed_at__isnull=True, reviewed_by__isnull=True)
                | (~Q(state=PartState.PENDING) & Q(reviewed_at__isnull=False, reviewed_by__isnull=False)),
                name="exportpart_reviewed_paired",
            ),
            models.CheckConstraint(
                condition=(Q(state=PartState.OUT) & ~Q(reason="")) | (~Q(state=PartState.OUT) & Q(reason="")),
                name="exportpart_out_with_reason",
                violation_error_message=_("Schrijf op waarom je dit weglaat."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"
