"""A dwelling: a unit with its own box (woning)."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.addresses import address_line
from housing.enums import DwellingKind
from housing.models.building import Building


class DwellingQuerySet(QuerySet["Dwelling"]):
    """Questions about dwellings."""

    def visible_to(self, user: User) -> "DwellingQuerySet":
        """The dwellings of the neighbourhoods where one may read the registers."""
        return self.filter(building__neighbourhood_id__in=user.access.where(Permission.REGISTER_READ))

    def with_is_occupied(self) -> "DwellingQuerySet":
        """Add `is_occupied`: whether a household lives there today."""
        from housing.models.occupancy import Occupancy

        living = Occupancy.objects.on(timezone.localdate()).filter(dwelling=OuterRef("pk"))
        return self.annotate(is_occupied=Exists(living))


class Dwelling(models.Model):
    """A dwelling in a building. A house that is one dwelling has no box."""

    building = models.ForeignKey(
        Building, on_delete=models.PROTECT, related_name="dwellings", verbose_name=_("pand")
    )
    box = models.CharField(_("bus"), max_length=10, blank=True)
    kind = models.CharField(_("soort"), max_length=9, choices=DwellingKind)
    floor = models.SmallIntegerField(
        _("verdieping"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-5), MaxValueValidator(60)],
        help_text=_("0 is het gelijkvloers, -1 de kelder."),
    )
    area = models.DecimalField(
        _("oppervlakte in m²"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("1"))],
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DwellingQuerySet.as_manager()

    class Meta:
        verbose_name = _("woning")
        verbose_name_plural = _("woningen")
        constraints = (
            models.UniqueConstraint(
                "building",
                Lower("box"),
                name="dwelling_unique_box",
                violation_error_message=_("Deze bus staat al bij dit pand."),
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=True) | Q(area__gt=0),
                name="dwelling_area_positive",
                violation_error_message=_("De oppervlakte moet groter zijn dan nul."),
            ),
        )

    def __str__(self) -> str:
        return address_line(self.building.street, self.building.house_number, self.box)

    def get_absolute_url(self) -> str:
        """Return the address of the dwelling's page."""
        return reverse("housing:dwelling", args=[self.pk])

    @property
    def area_label(self) -> str:
        """Return the area as 17,5 m², or nothing when it isn't known."""
        return f"{number_format(self.area.normalize())} m²" if self.area else ""

    @property
    def floor_label(self) -> str:
        """Return the floor as people say it."""
        if self.floor is None:
            return ""
        if self.floor == 0:
            return _g("gelijkvloers")
        if self.floor < 0:
            return _g("kelder") if self.floor == -1 else _g("kelder %(n)d") % {"n": -self.floor}
        return _g("%(n)de verdieping") % {"n": self.floor}
