"""A place of the transition hub (transitiehub): where it is, when it is open, when it is closed."""

from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from cohesion.enums import Weekday


class HubPlaceQuerySet(QuerySet["HubPlace"]):
    """Questions about places."""

    def visible_to(self, user: User) -> "HubPlaceQuerySet":
        """Those of the neighbourhoods where one may see the hub."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.HUB_READ))

    def in_use(self) -> "HubPlaceQuerySet":
        """Those where something can be planned, and that everybody may know."""
        return self.filter(is_active=True)


class HubPlace(models.Model):
    """A room, a square, a shop window: somewhere residents can walk in."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="hub_places", verbose_name=_("wijk")
    )
    name = models.CharField(_("naam"), max_length=80)
    address = models.CharField(_("adres"), max_length=160)
    description = models.CharField(_("wat kun je er doen"), max_length=600, blank=True)
    is_active = models.BooleanField(_("in gebruik"), default=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = HubPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("plaats van de transitiehub")
        verbose_name_plural = _("plaatsen van de transitiehub")
        constraints = (
            models.UniqueConstraint(
                fields=["neighbourhood", "name"],
                name="hub_place_name_once",
                violation_error_message=_("Er is al een plaats met deze naam."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("cohesion:hub-place", args=[self.pk])


class OpeningTime(models.Model):
    """Open on this day of the week, between these hours."""

    place = models.ForeignKey(HubPlace, on_delete=models.CASCADE, related_name="opening_times")
    weekday = models.PositiveSmallIntegerField(_("dag"), choices=Weekday)
    opens = models.TimeField(_("van"))
    closes = models.TimeField(_("tot"))

    class Meta:
        verbose_name = _("openingsuur")
        verbose_name_plural = _("openingsuren")
        constraints = (
            models.UniqueConstraint(fields=["place", "weekday", "opens"], name="opening_time_once"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="opening_time_order"),
        )

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}-{self.closes:%H:%M}"


class ClosedPeriod(models.Model):
    """Closed on these days, both included; activities that were planned still have to be called off."""

    place = models.ForeignKey(HubPlace, on_delete=models.CASCADE, related_name="closed_periods")
    from_on = models.DateField(_("van"))
    until_on = models.DateField(_("tot en met"))
    reason = models.CharField(_("waarom"), max_length=120)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sluiting")
        verbose_name_plural = _("sluitingen")
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="closed_period_order",
                violation_error_message=_("De laatste dag ligt voor de eerste."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_on}-{self.until_on}"
