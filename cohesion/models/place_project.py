"""The look of the neighbourhood (aanblik): a project, the spots where it stands, its steps, and who cares for it."""

import datetime as dt
from decimal import Decimal

from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.addresses import address_line
from cohesion.enums import PLACE_ICONS, PLACE_TONES, PlaceKind, PlaceState


class PlaceProjectQuerySet(QuerySet["PlaceProject"]):
    """Questions about projects."""

    def visible_to(self, user: User) -> "PlaceProjectQuerySet":
        """Those of the neighbourhoods where one may see the places."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.PLACES_READ))

    def public(self) -> "PlaceProjectQuerySet":
        """What everybody may know; what is gone only stands inside."""
        return self.filter(is_public=True).exclude(state=PlaceState.GONE)


class PlaceProject(models.Model):
    """A tile garden, a green garland, something to play on, a mural."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="place_projects", verbose_name=_("wijk")
    )
    title = models.CharField(_("naam"), max_length=80)
    kind = models.CharField(_("soort"), max_length=11, choices=PlaceKind)
    description = models.CharField(_("uitleg"), max_length=600, blank=True)
    state = models.CharField(_("stand"), max_length=9, choices=PlaceState, default=PlaceState.IDEA)
    made_on = models.DateField(_("gemaakt op"), null=True, blank=True)
    is_public = models.BooleanField(_("op de publieke pagina"), default=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlaceProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project voor de aanblik")
        verbose_name_plural = _("projecten voor de aanblik")
        indexes = (
            models.Index(fields=["neighbourhood", "created_at", "id"], name="place_project_new"),
            models.Index(fields=["neighbourhood", "title", "id"], name="place_project_title"),
            models.Index(fields=["neighbourhood", "made_on"], name="place_project_made"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=[PlaceState.MADE, PlaceState.CARED_FOR]) | Q(made_on__isnull=False),
                name="place_project_made_has_day",
                violation_error_message=_("Zeg op welke dag het gemaakt is."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("cohesion:place-project", args=[self.pk])

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return PLACE_ICONS[PlaceKind(self.kind)]

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return PLACE_TONES.get(PlaceState(self.state), "")

    @property
    def is_standing(self) -> bool:
        """Whether there is something to see and to water."""
        return self.state in (PlaceState.MADE, PlaceState.CARED_FOR)


class PlaceSpot(models.Model):
    """One spot of a project: a front, a corner, a wall. Without a point it stands in lists only."""

    project = models.ForeignKey(PlaceProject, on_delete=models.CASCADE, related_name="spots")
    street = models.CharField(_("straat"), max_length=80, blank=True)
    street_key = models.CharField(max_length=80, blank=True, editable=False)
    house_number = models.CharField(_("huisnummer of hoek"), max_length=20, blank=True)
    note = models.CharField(_("waar precies"), max_length=120, blank=True)
    lat = models.DecimalField(_("breedtegraad"), max_digits=8, decimal_places=6, null=True, blank=True)
    lng = models.DecimalField(_("lengtegraad"), max_digits=8, decimal_places=6, null=True, blank=True)
    is_exact = models.BooleanField(_("op de kaart aangeduid"), default=False)

    class Meta:
        verbose_name = _("plek")
        verbose_name_plural = _("plekken")
        indexes = (models.Index(fields=["street_key", "project"], name="place_spot_street"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lng__isnull=True)
                | Q(
                    lat__range=(Decimal("49.45"), Decimal("51.55")),
                    lng__range=(Decimal("2.5"), Decimal("6.45")),
                ),
                name="place_spot_in_belgium",
            ),
            models.CheckConstraint(
                condition=~Q(street="") | Q(lat__isnull=False), name="place_spot_is_somewhere"
            ),
        )

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """Where it is, for a list."""
        return address_line(self.street, self.house_number) or self.public_words

    @property
    def public_words(self) -> str:
        """Where it is, for everybody: whose front it is, is nobody's business."""
        return self.street or str(_("een punt op de kaart"))


class PlaceStep(models.Model):
    """That a project came to a state; never changed afterwards."""

    project = models.ForeignKey(PlaceProject, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(_("stand"), max_length=9, choices=PlaceState)
    on = models.DateField(_("dag"))
    note = models.CharField(_("uitleg"), max_length=200, blank=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("stap van een project")
        verbose_name_plural = _("stappen van projecten")

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.on}"


class CareAgreementQuerySet(QuerySet["CareAgreement"]):
    """Questions about care."""

    def visible_to(self, user: User) -> "CareAgreementQuerySet":
        """Those of the neighbourhoods where one may see the places."""
        return self.filter(project__neighbourhood_id__in=user.access.where(Permission.PLACES_READ))

    def standing(self) -> "CareAgreementQuerySet":
        """Those that weren't ended; they can be overdue."""
        return self.filter(ended_at__isnull=True)

    def to_remind(self, today: dt.date, ahead: dt.timedelta) -> "CareAgreementQuerySet":
        """Those that end soon or are over, and of which nobody was told yet."""
        return self.standing().filter(
            until_on__lte=today + ahead,
            reminded_at__isnull=True,
            project__state__in=[PlaceState.MADE, PlaceState.CARED_FOR],
        )


class CareAgreement(models.Model):
    """Who waters and sweeps, and until when. A first name or an organisation is enough."""

    project = models.ForeignKey(PlaceProject, on_delete=models.CASCADE, related_name="care")
    carer = models.CharField(_("wie zorgt ervoor"), max_length=80)
    what = models.CharField(_("wat is afgesproken"), max_length=160, blank=True)
    from_on = models.DateField(_("vanaf"))
    until_on = models.DateField(_("tot en met"))
    reminded_at = models.DateTimeField(_("herinnerd op"), null=True, blank=True)
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CareAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("zorgafspraak")
        verbose_name_plural = _("zorgafspraken")
        indexes = (
            models.Index(fields=["until_on", "id"], name="care_in_order", condition=Q(ended_at__isnull=True)),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="care_days_in_order",
                violation_error_message=_("De laatste dag ligt voor de eerste."),
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="care_ended_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return self.carer

    @property
    def is_overdue(self) -> bool:
        """Whether its last day is over and nobody ended or renewed it."""
        return self.ended_at is None and self.until_on < timezone.localdate()
