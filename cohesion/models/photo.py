"""A photo that may be shown to everybody: only with a declaration about who can be recognised on it."""

import datetime as dt
import uuid
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.uploads import UnguessablePath
from cohesion.enums import PhotoMoment, PhotoPeople
from cohesion.models.activity import Activity
from cohesion.models.place_project import PlaceProject


class DeclaredPhotoQuerySet(QuerySet[Any]):
    """Questions about photos."""

    def public(self, on: dt.date | None = None) -> "DeclaredPhotoQuerySet":
        """What everybody may see today: marked so, and nobody on it who didn't say yes or whose yes is over."""
        day = on or timezone.localdate()
        agreed = Q(people=PhotoPeople.AGREED) & Q(agreed_until__gte=day)
        return self.filter(Q(people=PhotoPeople.NOBODY) | agreed, is_public=True)


class DeclaredPhoto(models.Model):
    """The pixels and nothing else of what was sent, in two sizes, with what is said of it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("foto"), upload_to=UnguessablePath("wijk"))
    thumbnail = models.FileField(_("kleine foto"), upload_to=UnguessablePath("wijk"))
    width = models.PositiveIntegerField(_("breedte"))
    height = models.PositiveIntegerField(_("hoogte"))
    alt = models.CharField(_("wat is er te zien"), max_length=160)
    taken_on = models.DateField(_("genomen op"), null=True, blank=True)
    people = models.CharField(_("wie is herkenbaar"), max_length=7, choices=PhotoPeople)
    asked_who = models.CharField(_("wie vroeg het"), max_length=80, blank=True)
    asked_on = models.DateField(_("gevraagd op"), null=True, blank=True)
    agreed_until = models.DateField(_("mag tot en met"), null=True, blank=True)
    is_public = models.BooleanField(_("op de publieke pagina"), default=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=(
                    Q(people=PhotoPeople.AGREED, asked_on__isnull=False, agreed_until__isnull=False)
                    & ~Q(asked_who="")
                )
                | (
                    ~Q(people=PhotoPeople.AGREED)
                    & Q(asked_who="", asked_on__isnull=True, agreed_until__isnull=True)
                ),
                name="%(class)s_yes_is_complete",
                violation_error_message=_("Zeg wie het vroeg, wanneer, en tot wanneer het mag."),
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(people=PhotoPeople.UNASKED),
                name="%(class)s_public_only_with_a_yes",
                violation_error_message=_(
                    "Deze foto kan niet op de publieke pagina: er is iemand niet gevraagd."
                ),
            ),
            models.CheckConstraint(condition=~Q(alt=""), name="%(class)s_is_described"),
        )

    def __str__(self) -> str:
        return self.alt

    @property
    def is_shown_now(self) -> bool:
        """Whether everybody sees it today."""
        is_agreed = self.people == PhotoPeople.AGREED and bool(
            self.agreed_until and self.agreed_until >= timezone.localdate()
        )
        return self.is_public and (self.people == PhotoPeople.NOBODY or is_agreed)

    @property
    def is_lapsed(self) -> bool:
        """Whether the yes of who stands on it is over."""
        return bool(self.agreed_until and self.agreed_until < timezone.localdate())


class PlacePhotoQuerySet(DeclaredPhotoQuerySet):
    """Questions about photos of places."""

    def visible_to(self, user: User) -> "PlacePhotoQuerySet":
        """Those of the neighbourhoods where one may see the places."""
        return self.filter(project__neighbourhood_id__in=user.access.where(Permission.PLACES_READ))


class PlacePhoto(DeclaredPhoto):
    """A photo of a place, before or after."""

    project = models.ForeignKey(PlaceProject, on_delete=models.CASCADE, related_name="photos")
    moment = models.CharField(_("wanneer"), max_length=6, choices=PhotoMoment)

    objects = PlacePhotoQuerySet.as_manager()

    class Meta(DeclaredPhoto.Meta):
        verbose_name = _("foto van een plek")
        verbose_name_plural = _("foto's van plekken")


class ActivityPhotoQuerySet(DeclaredPhotoQuerySet):
    """Questions about photos of the hub."""

    def visible_to(self, user: User) -> "ActivityPhotoQuerySet":
        """Those of the neighbourhoods where one may see the hub."""
        return self.filter(activity__place__neighbourhood_id__in=user.access.where(Permission.HUB_READ))


class ActivityPhoto(DeclaredPhoto):
    """A photo of an activity of the transition hub."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="photos")

    objects = ActivityPhotoQuerySet.as_manager()

    class Meta(DeclaredPhoto.Meta):
        verbose_name = _("foto van een activiteit")
        verbose_name_plural = _("foto's van activiteiten")
