"""The timeline of a case: append-only, in the database as well (migration 0002)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Circle, Goal
from accounts.models import User
from cases.models.case import Case


class TimelineEntry(models.Model):
    """What happened, as it was told then: a display-ready snapshot.

    Entries are never changed or deleted. A correction is a new entry that supersedes an old one; redaction, which
    empties the words but leaves that something happened, is the only permitted change.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(_("soort"), max_length=40)
    circle = models.CharField(_("kring"), max_length=11, choices=Circle)
    goal = models.CharField(_("doelstelling"), max_length=8, choices=Goal, blank=True)
    occurred_at = models.DateTimeField(_("wanneer"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("auteur"))
    author_label = models.CharField(max_length=120)  # name and role as they were then
    discipline = models.CharField(max_length=60)  # what a reader without the circle sees
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    # Who was there may read it, whatever his circles: he heard it himself.
    participants = ArrayField(models.BigIntegerField(), default=list, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True, blank=True
    )
    redacted_at = models.DateTimeField(null=True, blank=True)
    redacted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    redaction_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("gebeurtenis")
        verbose_name_plural = _("gebeurtenissen")
        indexes = (
            models.Index(F("case"), F("occurred_at").desc(), F("id").desc(), name="timelineentry_newest"),
            GinIndex(fields=["participants"], name="timelineentry_participants"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(supersedes=F("id")), name="timelineentry_not_itself"),
            models.CheckConstraint(
                condition=Q(redacted_at__isnull=True, redacted_by__isnull=True, redaction_reason="")
                | (Q(redacted_at__isnull=False, redacted_by__isnull=False) & ~Q(redaction_reason="")),
                name="timelineentry_redaction_paired",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_at:%Y-%m-%d}"


class EntryEnvelope(models.Model):
    """The outside of an entry: that something happened, by which discipline and when. For the whole team.

    The entry itself, with its words, is behind the wall of its circle: who may not read it doesn't get its row from
    the database. The envelope is what remains to be shown then. The database alone writes it (migration 0010), with
    each entry, under the same id.
    """

    entry = models.OneToOneField(
        TimelineEntry, on_delete=models.CASCADE, related_name="envelope", null=True, editable=False
    )  # never empty: nullable so that a join keeps the envelope when the entry is closed to the reader
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="envelopes")
    kind = models.CharField(max_length=40)
    circle = models.CharField(max_length=11, choices=Circle)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    discipline = models.CharField(max_length=60)
    participants = ArrayField(models.BigIntegerField(), default=list)
    saw_family = models.BooleanField(default=False)  # somebody saw or spoke the family
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True
    )
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("omslag van een gebeurtenis")
        verbose_name_plural = _("omslagen van gebeurtenissen")
        indexes = (models.Index(F("case"), F("occurred_at").desc(), F("id").desc(), name="envelope_newest"),)
        constraints = (
            models.CheckConstraint(condition=Q(entry=F("id")), name="envelope_of_its_entry"),
            models.CheckConstraint(
                condition=Q(redacted_at__isnull=True, redacted_by__isnull=True)
                | Q(redacted_at__isnull=False, redacted_by__isnull=False),
                name="envelope_redaction_paired",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_at:%Y-%m-%d}"


class PinnedEntry(models.Model):
    """An entry that the team keeps on top."""

    entry = models.OneToOneField(TimelineEntry, on_delete=models.CASCADE, related_name="pin")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pins")
    pinned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    pinned_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"pin {self.entry_id}"
