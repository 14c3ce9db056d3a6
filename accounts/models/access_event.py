"""The access log: who looked at what, when, in which role. Append-only, in the database as well (see the migration)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.looks import LookKind, Subject
from accounts.models.neighbourhood import Neighbourhood
from accounts.models.user import User
from accounts.permissions import Permission


class AccessEventQuerySet(models.QuerySet["AccessEvent"]):
    """Questions about looks."""

    def visible_to(self, user: User) -> "AccessEventQuerySet":
        """The looks in the neighbourhoods of which this user reads the log, and those that belong to none."""
        where = user.access.where(Permission.ACCESS_LOG_READ)
        nowhere = Q(neighbourhood__isnull=True) if where else Q(pk__in=[])
        return self.filter(Q(neighbourhood_id__in=where) | nowhere)

    def of_cases(self, case_ids: list[int]) -> "AccessEventQuerySet":
        """Looks at these cases, also as a line in a list that was taken along."""
        return self.filter(Q(case_id__in=case_ids) | Q(case_ids__overlap=case_ids))

    def granted(self) -> "AccessEventQuerySet":
        """Looks at which something was seen."""
        return self.exclude(kind=LookKind.REFUSED)


class AccessEvent(models.Model):
    """One look. It refers to cases and people by id and number alone, so this package needn't know them.

    Nothing refers back to a case: the log outlives what was looked at.
    """

    looked_at = models.DateTimeField(_("wanneer"), default=timezone.now)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("wie"))
    role = models.CharField(_("rol"), max_length=20, choices=Role, blank=True)  # as it was at that moment
    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("wijk")
    )
    kind = models.CharField(_("soort inzage"), max_length=11, choices=LookKind)
    subject = models.CharField(_("wat"), max_length=12, choices=Subject)
    subject_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=40, blank=True)
    case_id = models.BigIntegerField(null=True)
    case_number = models.CharField(_("dossiernummer"), max_length=20, blank=True)
    case_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    row_count = models.PositiveIntegerField(null=True)
    page = models.CharField(max_length=60)  # the name of the address: "cases:case"
    detail = models.CharField(max_length=200, blank=True)
    why = models.CharField(_("waarom"), max_length=200, blank=True)

    objects = AccessEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("inzage")
        verbose_name_plural = _("inzages")
        indexes = (
            models.Index(F("looked_at").desc(), F("id").desc(), name="accessevent_newest"),
            models.Index(F("user"), F("looked_at").desc(), F("id").desc(), name="accessevent_user"),
            models.Index(
                F("case_id"),
                F("looked_at").desc(),
                F("id").desc(),
                name="accessevent_case",
                condition=Q(case_id__isnull=False),
            ),
            models.Index(F("case_number"), F("looked_at").desc(), name="accessevent_number"),
            models.Index(F("subject"), F("subject_id"), F("looked_at").desc(), name="accessevent_subject"),
            GinIndex(fields=["case_ids"], name="accessevent_cases", condition=~Q(case_ids=[])),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.looked_at:%Y-%m-%d %H:%M}"
