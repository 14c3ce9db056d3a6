"""The filters above the registers."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from arsenaal.lib.addresses import street_key
from cases.filters.neighbourhood import NeighbourhoodFilterSet, neighbourhood_choice
from housing.enums import DwellingKind, LandlordKind
from housing.models import Building, Ownership, SinglePointOfContact
from housing.models.building import BuildingQuerySet
from housing.models.dwelling import DwellingQuerySet
from housing.models.landlord import LandlordQuerySet

_LIKE_ADDRESS = 0.6


class RegisterFilter(NeighbourhoodFilterSet):
    """Adds a choice of neighbourhood for who works in several."""

    neighbourhood = neighbourhood_choice()


def like_address(rows: BuildingQuerySet, words: str) -> QuerySet[Any]:
    """Buildings whose address looks like these words, with the street as one word or as several."""
    alike = rows.like_name(words, at_least=_LIKE_ADDRESS)
    as_one = rows.like_name(street_key(words), at_least=_LIKE_ADDRESS)
    keys = {*alike.values_list("pk", flat=True)[:500], *as_one.values_list("pk", flat=True)[:500]}
    return rows.filter(pk__in=keys)


class BuildingFilter(RegisterFilter):
    """Which buildings: by address."""

    q = django_filters.CharFilter(label=_("Straat en nummer"), method="by_address", max_length=100)

    def by_address(self, rows: BuildingQuerySet, _name: str, words: str) -> QuerySet[Any]:
        """Find by address, forgiving of spelling."""
        return like_address(rows, words)


class DwellingFilter(RegisterFilter):
    """Which dwellings: by address, kind, and whether somebody lives there."""

    q = django_filters.CharFilter(label=_("Straat en nummer"), method="by_address", max_length=100)
    kind = django_filters.ChoiceFilter(
        label=_("Soort"), choices=DwellingKind.choices, empty_label=_("alle soorten")
    )
    lived_in = django_filters.ChoiceFilter(
        label=_("Bewoond"),
        choices=[("yes", _("bewoond")), ("no", _("niemand bekend"))],
        empty_label=_("maakt niet uit"),
        method="by_lived_in",
    )
    owner = django_filters.ChoiceFilter(
        label=_("Eigenaar"),
        choices=[("yes", _("bekend")), ("no", _("niet bekend"))],
        empty_label=_("maakt niet uit"),
        method="by_owner",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "neighbourhood" in self.filters:
            self.filters["neighbourhood"].field_name = "building__neighbourhood"

    def by_address(self, rows: DwellingQuerySet, _name: str, words: str) -> QuerySet[Any]:
        """Find by the address of the building, forgiving of spelling."""
        visible = Building.objects.filter(neighbourhood_id__in=self.request.user.access.roles)
        return rows.filter(building__in=like_address(visible, words))

    def by_lived_in(self, rows: DwellingQuerySet, _name: str, answer: str) -> QuerySet[Any]:
        """Where somebody lives today, or nobody that we know of."""
        return rows.with_is_occupied().filter(is_occupied=answer == "yes")

    def by_owner(self, rows: DwellingQuerySet, _name: str, answer: str) -> QuerySet[Any]:
        """Of which we know an owner today, or don't."""
        owned = Exists(Ownership.objects.on(timezone.localdate()).filter(dwelling=OuterRef("pk")))
        return rows.filter(owned if answer == "yes" else ~owned)


class LandlordFilter(RegisterFilter):
    """Which landlords: by name, kind, and whether one person alone talks to them."""

    q = django_filters.CharFilter(label=_("Naam"), method="by_name", max_length=100)
    kind = django_filters.ChoiceFilter(
        label=_("Soort"), choices=LandlordKind.choices, empty_label=_("alle soorten")
    )
    one_voice = django_filters.ChoiceFilter(
        label=_("Vast aanspreekpunt"),
        choices=[("yes", _("afgesproken")), ("no", _("nog niet"))],
        empty_label=_("maakt niet uit"),
        method="by_one_voice",
    )

    def by_name(self, rows: LandlordQuerySet, _name: str, words: str) -> QuerySet[Any]:
        """Find by name, forgiving of spelling and word order."""
        return rows.like_name(words)

    def by_one_voice(self, rows: LandlordQuerySet, _name: str, answer: str) -> QuerySet[Any]:
        """For whom a single point of contact is agreed today, or not."""
        set_now = Exists(
            SinglePointOfContact.objects.on(timezone.localdate()).filter(landlord=OuterRef("pk"))
        )
        return rows.filter(set_now if answer == "yes" else ~set_now)
