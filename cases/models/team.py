"""Who works on a case."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from arsenaal.lib.fields import days, one
from cases.models.case import Case


class CaseMemberQuerySet(models.QuerySet["CaseMember"]):
    """Questions about team members."""

    def current(self) -> "CaseMemberQuerySet":
        """Members today."""
        today = timezone.localdate()
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=today), from_on__lte=today)


class CaseMember(models.Model):
    """A colleague on the team of a case, over a period."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="case_memberships")
    from_on = models.DateField(_("vanaf"))
    until_on = models.DateField(_("tot en met"), null=True, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = CaseMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("teamlid")
        verbose_name_plural = _("teamleden")
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="casemember_dates_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            ExclusionConstraint(
                name="casemember_no_overlap",
                expressions=[(one("case_id"), "&&"), (one("user_id"), "&&"), (days(), "&&")],
                violation_error_message=_("Deze collega zit al in het team."),
            ),
        )

    def __str__(self) -> str:
        return str(self.user)
