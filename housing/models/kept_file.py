"""A file that belongs to a case: a signed copy, a piece of evidence, a receipt."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from arsenaal.lib.uploads import UnguessablePath
from cases.models import Case


class KeptFile(models.Model):
    """A photo or PDF as `arsenaal.lib.uploads` made it safe. The same file sent twice in one case is one."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to=UnguessablePath("rehousing"))
    content_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("bestand")
        verbose_name_plural = _("bestanden")
        constraints = (models.UniqueConstraint(fields=["case", "sha256"], name="keptfile_once_per_case"),)

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def download_name(self) -> str:
        """Return a name without anything about the family."""
        return f"bestand-{self.pk}.{'pdf' if self.content_type == 'application/pdf' else 'jpg'}"
