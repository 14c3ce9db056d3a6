"""The evidence ledger of one tenant, or of the block as a whole (bewijs)."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arsenaal.lib.uploads import UnguessablePath
from housing.enums_legal import EvidenceKind
from housing.models.ledger import LedgerRow


class Evidence(LedgerRow):
    """A photo, a dated letter, a statement: hashed and time-stamped when it came in, never changed.

    `case` is that of the tenant; of the block case when it is about what all share (the cellar, the boiler).
    `data` holds the rows of a generated overview (rent paid per month), frozen at that moment.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("wat is het?"), max_length=10, choices=EvidenceKind)
    title = models.CharField(_("korte omschrijving"), max_length=140)
    about_on = models.DateField(_("van welke dag?"))
    body = models.TextField(_("wat staat erin?"), max_length=10000, blank=True)
    data = models.JSONField(default=dict, blank=True)
    file = models.FileField(upload_to=UnguessablePath("evidence"), blank=True)
    file_type = models.CharField(max_length=40, blank=True)
    file_size = models.PositiveIntegerField(default=0)
    file_sha256 = models.CharField(max_length=64, blank=True)

    class Meta(LedgerRow.Meta):
        abstract = False
        verbose_name = _("bewijs")
        verbose_name_plural = _("bewijzen")
        indexes = (models.Index(F("case"), F("about_on").desc(), F("id").desc(), name="evidence_of_case"),)
        constraints = (
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(file="", file_sha256="", file_type="", file_size=0)
                | (~Q(file="") & ~Q(file_sha256="") & ~Q(file_type="") & Q(file_size__gt=0)),
                name="evidence_file_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(body="") | ~Q(data={}),
                name="evidence_holds_something",
                violation_error_message=_("Voeg een bestand toe, of schrijf op wat je wilt bewaren."),
            ),
            models.UniqueConstraint(
                fields=["case", "file_sha256"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(file_sha256=""),
                name="evidence_same_file_once",
                violation_error_message=_("Dit bestand staat al bij dit dossier."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_picture(self) -> bool:
        """Tell whether the file is a photo."""
        return str(self.file_type).startswith("image/")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Take line breaks out of the title: it stands on one line of an index."""
        self.title = " ".join(self.title.split())
        super().save(*args, **kwargs)
