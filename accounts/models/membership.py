"""Who does what in which neighbourhood."""

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models.neighbourhood import Neighbourhood
from accounts.models.user import User


class MembershipQuerySet(QuerySet["Membership"]):
    """Questions about roles."""

    def current(self) -> "MembershipQuerySet":
        """The roles that hold today."""
        today = timezone.localdate()
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=today), from_on__lte=today)


class Membership(models.Model):
    """A role of a user in a neighbourhood, from a day on and possibly until a day."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("gebruiker")
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("wijk")
    )
    role = models.CharField(_("rol"), max_length=20, choices=Role)
    from_on = models.DateField(_("vanaf"), default=timezone.localdate)
    until_on = models.DateField(_("tot en met"), null=True, blank=True)
    # Given by the identity provider of the city: ends when it isn't told there any more.
    is_from_provider = models.BooleanField(_("komt van de stad"), default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("rol in een wijk")
        verbose_name_plural = _("rollen in een wijk")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "neighbourhood", "role"],
                name="membership_unique",
                violation_error_message=_("Deze persoon heeft die rol al in deze wijk."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="membership_dates_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} ({self.neighbourhood})"
