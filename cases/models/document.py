"""Documents of a case: letters, reports, signed sheets. Within a circle, as what is written on the timeline."""

import uuid

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import Circle
from accounts.models import User
from arsenaal.lib.uploads import UnguessablePath
from cases.enums import DocumentKind
from cases.models.case import Case
from cases.models.timeline import TimelineEntry


class DocumentQuerySet(QuerySet["Document"]):
    """Questions about documents. Who may read one is told by `cases.perms.documents_open_to`."""

    def kept(self) -> "DocumentQuerySet":
        """Documents of which the content is still there."""
        return self.filter(removed_at__isnull=True)


class Document(models.Model):
    """A file of a case, rewritten by this program. Taken away, its content is deleted and the row stays."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    # Its place on the timeline; a correction of its title moves it to the newer entry.
    entry = models.OneToOneField(TimelineEntry, on_delete=models.PROTECT, related_name="document")
    kind = models.CharField(_("soort"), max_length=10, choices=DocumentKind)
    circle = models.CharField(_("kring"), max_length=11, choices=Circle)
    title = models.CharField(_("titel"), max_length=140)
    description = models.CharField(_("waarover"), max_length=400, blank=True)
    dated_on = models.DateField(_("datum van het document"))
    file = models.FileField(upload_to=UnguessablePath("documents"), blank=True)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()  # bytes
    source_digest = models.CharField(max_length=64)  # sha-256 of what was sent: the same file twice is one
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    author_label = models.CharField(max_length=120)  # name and role as they were then
    discipline = models.CharField(max_length=60)  # what a reader without the circle sees
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documenten")
        indexes = (models.Index(F("case"), F("dated_on").desc(), F("id").desc(), name="document_of_case"),)
        constraints = (
            models.UniqueConstraint(
                fields=["case", "circle", "source_digest"],
                condition=Q(removed_at__isnull=True),
                name="document_once_per_circle",
                violation_error_message=_("Dit document staat al in het dossier."),
            ),
            models.CheckConstraint(
                condition=(Q(removed_at__isnull=True) & ~Q(title="") & ~Q(file=""))
                | Q(removed_at__isnull=False, title="", description="", file=""),
                name="document_removed_is_empty",
            ),
        )

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())
