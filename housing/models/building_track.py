"""What runs about a building beside the procedures: vacancy, planning permits."""

from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from housing.models.building import Building
from housing.procedure_enums import TrackKind, TrackState


class BuildingTrackQuerySet(QuerySet["BuildingTrack"]):
    """Questions about tracks."""

    def visible_to(self, user: User) -> "BuildingTrackQuerySet":
        """Those of the neighbourhoods where one may read procedures."""
        return self.filter(building__neighbourhood_id__in=user.access.where(Permission.PROCEDURE_READ))


class BuildingTrack(models.Model):
    """One track of a building: who owns it, where it stands, and when we look at it again."""

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="tracks")
    kind = models.CharField(_("waarover"), max_length=7, choices=TrackKind)
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("wie volgt op")
    )
    state = models.CharField(_("stand"), max_length=7, choices=TrackState, default=TrackState.OPEN)
    opened_on = models.DateField(_("sinds"))
    next_on = models.DateField(_("volgende datum"), null=True, blank=True)
    next_step = models.CharField(_("wat dan?"), max_length=200, blank=True)
    note = models.CharField(_("stand van zaken"), max_length=400, blank=True)
    outcome = models.CharField(_("hoe liep het af?"), max_length=400, blank=True)
    closed_on = models.DateField(_("afgesloten op"), null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BuildingTrackQuerySet.as_manager()

    class Meta:
        verbose_name = _("spoor van een pand")
        verbose_name_plural = _("sporen van panden")
        constraints = (
            models.UniqueConstraint(
                fields=["building", "kind"],
                condition=Q(closed_on__isnull=True),
                name="buildingtrack_one_of_each",
                violation_error_message=_("Dit spoor loopt al voor dit pand."),
            ),
            models.CheckConstraint(
                condition=Q(state=TrackState.CLOSED, closed_on__isnull=False, closed_on__gte=F("opened_on"))
                & ~Q(outcome="")
                | (~Q(state=TrackState.CLOSED) & Q(closed_on__isnull=True, outcome="")),
                name="buildingtrack_closed_whole",
                violation_error_message=_("Wie afsluit, zegt wanneer en hoe het afliep."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.building_id}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("housing:track", args=[self.pk])
