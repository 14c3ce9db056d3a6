"""A bundle of exhibits (stukkenbundel): frozen, numbered, as PDF and as ZIP."""

import uuid

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from arsenaal.lib.uploads import UnguessablePath
from housing.enums_legal import BUNDLE_UNFINISHED, BundleState
from housing.models.exhibit import Exhibit
from housing.models.legal_file import LegalFile, LegalTenant


class BundleQuerySet(QuerySet["Bundle"]):
    """Questions about bundles."""

    def unfinished(self) -> "BundleQuerySet":
        """Asked for, and not there yet."""
        return self.filter(state__in=BUNDLE_UNFINISHED)


class Bundle(models.Model):
    """Made once by a worker; done, it never changes (migration 0004). `tenant` empty: the joint bundle."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    legal_file = models.ForeignKey(LegalFile, on_delete=models.PROTECT, related_name="bundles")
    number = models.PositiveIntegerField(_("versie"))
    tenant = models.ForeignKey(
        LegalTenant,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("voor wie?"),
    )
    state = models.CharField(_("stand"), max_length=9, choices=BundleState, default=BundleState.REQUESTED)
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    step = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    contents = models.JSONField(default=dict, blank=True)  # what the cover and the index say, frozen
    page_count = models.PositiveIntegerField(default=0)
    pdf = models.FileField(upload_to=UnguessablePath("bundles"), blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    archive = models.FileField(upload_to=UnguessablePath("bundles"), blank=True)
    archive_sha256 = models.CharField(max_length=64, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("stukkenbundel")
        verbose_name_plural = _("stukkenbundels")
        constraints = (
            models.UniqueConstraint(fields=["legal_file", "number"], name="bundle_number_once"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="bundle_progress_is_percent"),
            models.CheckConstraint(
                condition=(
                    Q(state=BundleState.DONE, finished_at__isnull=False)
                    & ~Q(pdf="")
                    & ~Q(pdf_sha256="")
                    & ~Q(archive="")
                    & ~Q(archive_sha256="")
                )
                | (~Q(state=BundleState.DONE) & Q(pdf="", archive="")),
                name="bundle_done_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state=BundleState.FAILED) | ~Q(error=""), name="bundle_failed_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.legal_file_id} v{self.number}"

    def get_absolute_url(self) -> str:
        """Return the address of the bundle's page."""
        return reverse("housing:bundle", args=[self.uuid])

    @property
    def is_unfinished(self) -> bool:
        """Tell whether somebody still works on it, or should."""
        return self.state in BUNDLE_UNFINISHED


class BundleItem(models.Model):
    """One exhibit in a finished bundle, with the hash of its file and the page on which it starts."""

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="items")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="bundle_items")
    sha256 = models.CharField(max_length=64)
    first_page = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("stuk in een bundel")
        verbose_name_plural = _("stukken in bundels")
        constraints = (models.UniqueConstraint(fields=["bundle", "exhibit"], name="bundleitem_once"),)

    def __str__(self) -> str:
        return f"{self.bundle_id}: {self.exhibit_id}"
