"""A building: one address (pand)."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.addresses import address_line, number_key, street_key
from arsenaal.lib.trigrams import Searchable, SearchableQuerySet


class BuildingQuerySet(SearchableQuerySet):
    """Questions about buildings."""

    def visible_to(self, user: User) -> "BuildingQuerySet":
        """The buildings of the neighbourhoods where one may read the registers."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.REGISTER_READ))


class Building(Searchable):
    """A building. Its dwellings, also a single one, stand in Dwelling."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="+", verbose_name=_("wijk")
    )
    street = models.CharField(_("straat"), max_length=120)
    house_number = models.CharField(_("nummer"), max_length=10)
    postcode = models.CharField(
        _("postcode"),
        max_length=4,
        validators=[RegexValidator(r"^[1-9]\d{3}$", _("Een postcode heeft vier cijfers, zoals 2800."))],
    )
    city = models.CharField(_("gemeente"), max_length=80)
    address_uri = models.URLField(
        _("adres in het adressenregister"),
        max_length=200,
        blank=True,
        help_text=_("Het webadres uit het Vlaamse adressenregister, als je het kent."),
    )
    # How the address is recognised when it is spelled differently, and how a street is walked.
    street_key = models.CharField(max_length=160, editable=False)
    number_key = models.CharField(max_length=20, editable=False)
    sort_key = models.CharField(max_length=181, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BuildingQuerySet.as_manager()

    class Meta(Searchable.Meta):
        verbose_name = _("pand")
        verbose_name_plural = _("panden")
        indexes = (
            *Searchable.Meta.indexes,
            models.Index(fields=["neighbourhood", "sort_key", "id"], name="building_street_order"),
            models.Index(fields=["neighbourhood", "street_key", "number_key"], name="building_same_address"),
        )
        constraints = (
            models.UniqueConstraint(
                "neighbourhood",
                Lower("street"),
                Lower("house_number"),
                "postcode",
                name="building_unique_address",
                violation_error_message=_("Dit adres staat al in het register."),
            ),
        )

    def __str__(self) -> str:
        return address_line(self.street, self.house_number)

    def get_absolute_url(self) -> str:
        """Return the address of the building's page."""
        return reverse("housing:building", args=[self.pk])

    def search_text(self) -> str:
        """Found by street and number, also when the street is written as one word."""
        return f"{self.street} {street_key(self.street)} {self.house_number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keys in step with the address."""
        self.street_key = street_key(self.street)
        self.number_key = number_key(self.house_number)
        self.sort_key = f"{self.street_key} {self.number_key}"
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "street_key", "number_key", "sort_key"}
        super().save(*args, **kwargs)
