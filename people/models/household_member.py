"""Who belongs to a household, from when to when."""

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from arsenaal.lib.fields import days, one
from people.enums import JoinReason, LeaveReason, MemberRole
from people.models.household import Household
from people.models.person import Person


class HouseholdMemberQuerySet(QuerySet["HouseholdMember"]):
    """Questions about who belongs where."""

    def on(self, day: dt.date) -> "HouseholdMemberQuerySet":
        """Who belongs to a household on this day; who never really did is left out."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day).exclude(
            leave_reason=LeaveReason.MISTAKE
        )


class HouseholdMember(models.Model):
    """A person in a household over a period; somebody can come back later."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("persoon")
    )
    role = models.CharField(_("rol in het gezin"), max_length=8, choices=MemberRole)
    from_on = models.DateField(_("sinds"))
    until_on = models.DateField(_("tot en met"), null=True, blank=True)
    join_reason = models.CharField(
        _("hoe erbij gekomen"), max_length=8, choices=JoinReason, default=JoinReason.START
    )
    leave_reason = models.CharField(_("waarom vertrokken"), max_length=9, choices=LeaveReason, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = HouseholdMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("gezinslid")
        verbose_name_plural = _("gezinsleden")
        indexes = (models.Index(fields=["household", "-from_on"], name="householdmember_newest"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="householdmember_dates_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True, leave_reason="")
                | (Q(until_on__isnull=False) & ~Q(leave_reason="")),
                name="householdmember_left_with_reason",
                violation_error_message=_("Wie vertrekt, vertrekt op een dag en om een reden."),
            ),
            ExclusionConstraint(
                name="householdmember_no_overlap",
                expressions=[(one("household_id"), "&&"), (one("person_id"), "&&"), (days(), "&&")],
                violation_error_message=_("Deze persoon hoort in die periode al bij dit gezin."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
