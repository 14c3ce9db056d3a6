"""Processing of somebody's data is restricted: kept, and used for nothing but what he allows (GDPR art. 18)."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.enums import LeaveReason
from people.models.person import Person


class RestrictionQuerySet(QuerySet["Restriction"]):
    """Questions about restrictions."""

    def standing(self) -> "RestrictionQuerySet":
        """Restrictions that were not lifted."""
        return self.filter(lifted_at__isnull=True)


class Restriction(models.Model):
    """From when to when, why, and who lifted it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="restrictions")
    reason = models.CharField(_("waarom"), max_length=400)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lift_reason = models.CharField(_("waarom opgeheven"), max_length=400, blank=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("beperking")
        verbose_name_plural = _("beperkingen")
        constraints = (
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(lifted_at__isnull=True),
                name="restriction_one_standing",
                violation_error_message=_("De gegevens van deze persoon zijn al beperkt."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lift_reason="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason="")),
                name="restriction_lifted_with_reason",
                violation_error_message=_("Schrijf op waarom de beperking niet meer geldt."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.set_at:%Y-%m-%d}"


def restricted_household(household: str) -> Exists:
    """Tell of the outer row whether somebody who ever belonged to its household is restricted now."""
    members = (
        Restriction.objects.standing()
        .filter(person__memberships__household=OuterRef(household))
        .exclude(person__memberships__leave_reason=LeaveReason.MISTAKE)
    )
    return Exists(members)
