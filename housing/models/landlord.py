"""Whoever lets or owns dwellings (verhuurder, eigenaar)."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.enterprise import format_enterprise_number, validate_enterprise_number
from arsenaal.lib.trigrams import Searchable, SearchableQuerySet
from housing.enums import LandlordKind
from housing.match_keys import match_keys


class LandlordQuerySet(SearchableQuerySet):
    """Questions about landlords."""

    def visible_to(self, user: User) -> "LandlordQuerySet":
        """The landlords of the neighbourhoods where one may read the registers."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.REGISTER_READ))


class Landlord(Searchable):
    """A person or company that owns or lets dwellings. What he owns stands in Ownership."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="+", verbose_name=_("wijk")
    )
    kind = models.CharField(_("soort"), max_length=7, choices=LandlordKind)
    name = models.CharField(_("naam"), max_length=120)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    contact_person = models.CharField(
        _("wie spreken we daar aan?"),
        max_length=160,
        blank=True,
        help_text=_("Bijvoorbeeld de syndicus, een zoon of een medewerker, met telefoon."),
    )
    company_number = models.CharField(
        _("ondernemingsnummer"),
        max_length=10,
        blank=True,
        validators=[validate_enterprise_number],
        help_text=_("Tien cijfers, zoals 0403.170.701. Het staat op elke factuur en in de KBO."),
    )
    address = models.CharField(
        _("adres"),
        max_length=200,
        blank=True,
        help_text=_("Waar hij woont of de zetel heeft, zoals Stationsstraat 12, 2800 Mechelen."),
    )
    # What may connect him with another landlord; see housing/match_keys.py.
    match_keys = ArrayField(models.CharField(max_length=220), default=list, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LandlordQuerySet.as_manager()

    class Meta(Searchable.Meta):
        verbose_name = _("verhuurder")
        verbose_name_plural = _("verhuurders")
        indexes = (
            *Searchable.Meta.indexes,
            models.Index(fields=["neighbourhood", "name", "id"], name="landlord_name_order"),
            GinIndex(fields=["match_keys"], name="landlord_match_keys"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["neighbourhood", "company_number"],
                condition=~Q(company_number=""),
                name="landlord_one_per_company_number",
                violation_error_message=_(
                    "Er staat al een verhuurder met dit ondernemingsnummer in het register."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the landlord's page."""
        return reverse("housing:landlord", args=[self.pk])

    def search_text(self) -> str:
        """Found by name and by the name of who speaks for him."""
        return f"{self.name} {self.contact_person}"

    @property
    def company_number_label(self) -> str:
        """Write the number as 0403.170.701."""
        return format_enterprise_number(self.company_number)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keys in step with what is known of him."""
        self.match_keys = match_keys(
            company_number=self.company_number, address=self.address, phone=self.phone, email=self.email
        )
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "match_keys"}
        super().save(*args, **kwargs)
