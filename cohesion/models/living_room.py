"""A living-room visit (huiskamerbezoek): somebody comes by without a case, and hears how people live here."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from cases.models import RadarEntry
from cases.models.draft import Draft
from cohesion.enums import Theme
from people.models import Household

MOST_SPOKEN = 30  # in one living room: beyond it, it is a slip of the finger


class LivingRoomQuerySet(QuerySet["LivingRoomVisit"]):
    """Questions about living-room visits."""

    def visible_to(self, user: User) -> "LivingRoomQuerySet":
        """Those of the neighbourhoods where one may read what was heard."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.LIVING_ROOM_READ))

    def standing(self) -> "LivingRoomQuerySet":
        """Without what was struck out."""
        return self.filter(is_struck=False)

    def with_open_follow_up(self) -> "LivingRoomQuerySet":
        """Those after which something still has to be done."""
        return self.filter(Exists(LivingRoomFollowUp.objects.open().filter(visit=OuterRef("pk"))))


class LivingRoomVisit(models.Model):
    """One visit. The device makes the uuid, so that a visit sent twice is stored once."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="+", verbose_name=_("wijk")
    )
    visited_on = models.DateField(_("op welke dag"))
    household = models.ForeignKey(
        Household,
        on_delete=models.PROTECT,
        related_name="living_room_visits",
        verbose_name=_("bekend gezin"),
        null=True,
        blank=True,
    )
    name = models.CharField(_("voornaam"), max_length=80, blank=True)
    street = models.CharField(_("straat"), max_length=120)
    house_number = models.CharField(_("nummer"), max_length=10, blank=True)
    people_count = models.PositiveSmallIntegerField(
        _("hoeveel mensen"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_SPOKEN)]
    )
    themes = ArrayField(
        models.CharField(max_length=10, choices=Theme), verbose_name=_("thema's"), default=list, blank=True
    )
    loves = models.TextField(_("wat is hier goed"), max_length=4000, blank=True)
    worries = models.TextField(_("waar zit men mee"), max_length=4000, blank=True)
    notes = models.TextField(_("wat hoorde je nog"), max_length=10000, blank=True)
    logged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(auto_now_add=True)
    # A mistake: it stays to be put back, and counts nowhere.
    is_struck = models.BooleanField(default=False)
    strike_reason = models.CharField(_("waarom geschrapt"), max_length=200, blank=True)
    # Words that were taken away: that there was a visit stays, and counts.
    redacted_at = models.DateTimeField(null=True, blank=True)
    redacted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    # The resident said yes: only then does a worry become a signal, that lapses and is deleted by its own rules.
    radar_yes_at = models.DateTimeField(_("ja van de bewoner, voor de radar"), null=True, blank=True)
    radar_yes_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    radar_entry = models.ForeignKey(
        RadarEntry, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LivingRoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("huiskamerbezoek")
        verbose_name_plural = _("huiskamerbezoeken")
        indexes = (
            models.Index(fields=["neighbourhood", "visited_on", "id"], name="livingroom_in_order"),
            models.Index(fields=["visited_on", "id"], name="livingroom_newest"),
            GinIndex(fields=["themes"], name="livingroom_themes"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(street=""),
                name="livingroom_has_street",
                violation_error_message=_("In welke straat was je?"),
            ),
            models.CheckConstraint(
                condition=Q(people_count__gte=1, people_count__lte=MOST_SPOKEN), name="livingroom_people"
            ),
            models.CheckConstraint(
                condition=Q(is_struck=False, strike_reason="") | (Q(is_struck=True) & ~Q(strike_reason="")),
                name="livingroom_struck_has_reason",
                violation_error_message=_("Schrijf op waarom je dit schrapt."),
            ),
            models.CheckConstraint(
                condition=Q(redacted_at__isnull=True, redacted_by__isnull=True)
                | Q(
                    redacted_at__isnull=False,
                    redacted_by__isnull=False,
                    name="",
                    house_number="",
                    loves="",
                    worries="",
                    notes="",
                    household__isnull=True,
                ),
                name="livingroom_redacted_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(radar_yes_at__isnull=True, radar_yes_by__isnull=True, radar_entry__isnull=True)
                | Q(radar_yes_at__isnull=False, radar_yes_by__isnull=False),
                name="livingroom_radar_needs_yes",
                violation_error_message=_("Op de radar komt iemand enkel als hij ja zei."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.visited_on} {self.street}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("cohesion:living-room", args=[self.uuid])

    @property
    def theme_labels(self) -> list[str]:
        """What was talked about, in words."""
        return [str(Theme(theme).label) for theme in self.themes]


class FollowUpQuerySet(QuerySet["LivingRoomFollowUp"]):
    """Questions about what was promised."""

    def open(self) -> "FollowUpQuerySet":
        """What still has to be done, after visits that count."""
        return self.filter(done_at__isnull=True, visit__is_struck=False)


class LivingRoomFollowUp(models.Model):
    """One thing that was promised at a visit, by when, and whether it was done."""

    visit = models.ForeignKey(LivingRoomVisit, on_delete=models.CASCADE, related_name="follow_ups")
    what = models.CharField(_("wat beloofden we"), max_length=200)
    due_on = models.DateField(_("tegen wanneer"))
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("opvolging van een huiskamerbezoek")
        verbose_name_plural = _("opvolgingen van huiskamerbezoeken")
        indexes = (
            models.Index(
                fields=["due_on", "id"], condition=Q(done_at__isnull=True), name="livingroom_follow_up_due"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="livingroom_follow_up_done_paired",
            ),
        )

    def __str__(self) -> str:
        return self.what

    @property
    def is_late(self) -> bool:
        """Whether its day has passed without it."""
        return self.done_at is None and self.due_on < timezone.localdate()


class LivingRoomDraft(Draft):
    """What one person typed for one living-room visit and did not save yet. Nobody else ever sees it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="living_room_drafts")

    class Meta:
        verbose_name = _("klad van een huiskamerbezoek")
        verbose_name_plural = _("kladjes van huiskamerbezoeken")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "visit_uuid"], name="livingroomdraft_one_per_visit_and_user"
            ),
        )
