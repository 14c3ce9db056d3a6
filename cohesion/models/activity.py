"""What goes on in the hub: an activity, and each of its moments with how many came. Nobody is named."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from cohesion.enums import ACTIVITY_ICONS, ActivityKind, MomentState, Repeat
from cohesion.models.hub_place import HubPlace

MOST_PEOPLE = 2000  # at one moment: beyond it, it is a slip of the finger
MOST_HELPERS = 200
MOST_HOURS = 1000


class ActivityQuerySet(QuerySet["Activity"]):
    """Questions about activities."""

    def visible_to(self, user: User) -> "ActivityQuerySet":
        """Those of the neighbourhoods where one may see the hub."""
        return self.filter(place__neighbourhood_id__in=user.access.where(Permission.HUB_READ))


class Activity(models.Model):
    """Something to come to, once or again and again. Its days are rows of their own, so that each can differ."""

    place = models.ForeignKey(
        HubPlace, on_delete=models.PROTECT, related_name="activities", verbose_name=_("plaats")
    )
    title = models.CharField(_("naam"), max_length=80)
    kind = models.CharField(_("soort"), max_length=9, choices=ActivityKind)
    description = models.CharField(_("uitleg"), max_length=600, blank=True)
    for_whom = models.CharField(_("voor wie"), max_length=120, blank=True)
    hosts = models.CharField(_("wie ontvangt"), max_length=160, blank=True)
    is_public = models.BooleanField(_("staat op de affiche en de publieke pagina"), default=True)
    repeat = models.CharField(_("hoe vaak"), max_length=9, choices=Repeat)
    starts_on = models.DateField(_("eerste keer"))
    until_on = models.DateField(_("laatste keer"))
    starts_at = models.TimeField(_("van"))
    ends_at = models.TimeField(_("tot"))
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activiteit")
        verbose_name_plural = _("activiteiten")
        constraints = (
            models.CheckConstraint(condition=Q(until_on__gte=F("starts_on")), name="activity_days_in_order"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="activity_hours_in_order"),
            models.CheckConstraint(
                condition=~Q(repeat=Repeat.ONCE) | Q(until_on=F("starts_on")), name="activity_once_is_one_day"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("cohesion:activity", args=[self.pk])

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return ACTIVITY_ICONS[ActivityKind(self.kind)]


class ActivityMomentQuerySet(QuerySet["ActivityMoment"]):
    """Questions about moments."""

    def visible_to(self, user: User) -> "ActivityMomentQuerySet":
        """Those of the neighbourhoods where one may see the hub."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.HUB_READ))

    def public(self) -> "ActivityMomentQuerySet":
        """What everybody may know: also that it doesn't go on."""
        return self.filter(activity__is_public=True, activity__place__is_active=True)

    def uncounted(self) -> "ActivityMomentQuerySet":
        """What is over and wasn't counted yet."""
        now = timezone.localtime()
        over = Q(on__lt=now.date()) | Q(on=now.date(), ends_at__lte=now.time())
        return self.filter(over, state=MomentState.PLANNED)


class ActivityMoment(models.Model):
    """One time that it is on: planned, held and counted, or called off."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="moments")
    # Of its place, for lists and figures: one index finds a month of a neighbourhood.
    neighbourhood = models.ForeignKey("accounts.Neighbourhood", on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("dag"))
    starts_at = models.TimeField(_("van"))
    ends_at = models.TimeField(_("tot"))
    is_moved = models.BooleanField(default=False)  # by hand: the rule of the activity leaves it alone
    state = models.CharField(_("stand"), max_length=9, choices=MomentState, default=MomentState.PLANNED)
    reason = models.CharField(_("waarom niet"), max_length=160, blank=True)
    new_count = models.PositiveSmallIntegerField(
        _("voor het eerst hier"), null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    returning_count = models.PositiveSmallIntegerField(
        _("kwamen terug"), null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    helper_count = models.PositiveSmallIntegerField(
        _("vrijwilligers"), null=True, blank=True, validators=[MaxValueValidator(MOST_HELPERS)]
    )
    helper_hours = models.DecimalField(
        _("uren van vrijwilligers samen"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS)],
    )
    counted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActivityMomentQuerySet.as_manager()

    class Meta:
        verbose_name = _("moment van een activiteit")
        verbose_name_plural = _("momenten van activiteiten")
        indexes = (models.Index(fields=["neighbourhood", "on", "id"], name="moment_in_order"),)
        constraints = (
            models.UniqueConstraint(
                fields=["activity", "on"],
                name="moment_once_a_day",
                violation_error_message=_("Deze activiteit staat al op die dag."),
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="moment_hours_in_order"),
            models.CheckConstraint(
                condition=Q(
                    state=MomentState.HELD,
                    new_count__isnull=False,
                    returning_count__isnull=False,
                    helper_count__isnull=False,
                    helper_hours__isnull=False,
                    counted_by__isnull=False,
                    counted_at__isnull=False,
                )
                | (
                    ~Q(state=MomentState.HELD)
                    & Q(new_count__isnull=True, counted_by__isnull=True, counted_at__isnull=True)
                ),
                name="moment_held_is_counted",
            ),
            models.CheckConstraint(
                condition=(Q(state=MomentState.CANCELLED) & ~Q(reason=""))
                | (~Q(state=MomentState.CANCELLED) & Q(reason="")),
                name="moment_cancelled_has_reason",
                violation_error_message=_("Schrijf op waarom het niet doorgaat."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.on} {self.starts_at:%H:%M}"

    def _moment(self, clock: dt.time) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(self.on, clock))

    @property
    def starts(self) -> dt.datetime:
        """When it begins."""
        return self._moment(self.starts_at)

    @property
    def ends(self) -> dt.datetime:
        """When it ends."""
        return self._moment(self.ends_at)

    @property
    def has_begun(self) -> bool:
        """Whether somebody can have come."""
        return self.starts <= timezone.now()

    @property
    def is_uncounted(self) -> bool:
        """Whether it is over and nobody counted yet."""
        return self.state == MomentState.PLANNED and self.ends <= timezone.now()

    @property
    def visitor_count(self) -> int:
        """How many came, when it was counted."""
        return (self.new_count or 0) + (self.returning_count or 0)
