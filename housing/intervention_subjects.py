"""Dwellings and landlords as what an intervention is for."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from arsenaal.lib.registries import InterventionSubject
from cases.models import Case, Intervention
from housing.actions.intervention_subjects import connect_dwelling, connect_landlord
from housing.models import CaseBuilding, Dwelling, InterventionPlace, Landlord, Occupancy, Ownership
from housing.reading import dwelling_option, find_dwellings, find_landlords, landlord_option

MOST = 30  # a block has more dwellings than one picks from without typing


def dwellings_of_case(case: Case) -> list[Dwelling]:
    """Return where the household lives today, or the dwellings of the block."""
    living = Occupancy.objects.on(timezone.localdate()).filter(household_id=case.household_id or 0)
    buildings = CaseBuilding.objects.filter(case=case).values("building_id")
    dwellings = Dwelling.objects.select_related("building").order_by("building__sort_key", "box", "pk")
    found = dwellings.filter(pk__in=living.values("dwelling_id")) | dwellings.filter(
        building_id__in=buildings
    )
    return list(found[:MOST])


def landlords_of_case(case: Case) -> list[Landlord]:
    """Return who owns these dwellings today."""
    dwellings = [dwelling.pk for dwelling in dwellings_of_case(case)]
    owned = Ownership.objects.on(timezone.localdate()).filter(dwelling_id__in=dwellings)
    return list(Landlord.objects.filter(pk__in=owned.values("landlord_id")).order_by("name", "pk")[:MOST])


def _dwelling_of(intervention: Intervention) -> Dwelling | None:
    place = InterventionPlace.objects.filter(intervention=intervention).select_related("dwelling__building")
    found = place.first()
    return found.dwelling if found else None


def _landlord_of(intervention: Intervention) -> Landlord | None:
    found = InterventionPlace.objects.filter(intervention=intervention).select_related("landlord").first()
    return found.landlord if found else None


SUBJECTS = (
    InterventionSubject(
        "dwelling",
        _("Welke woning?"),
        _("Straat en nummer"),
        "housing:dwelling-suggest",
        lambda user: Dwelling.objects.visible_to(user).select_related("building"),
        lambda user, text: [dwelling_option(dwelling) for dwelling in find_dwellings(user, text)],
        dwelling_option,
        dwellings_of_case,
        connect_dwelling,
        _dwelling_of,
    ),
    InterventionSubject(
        "landlord",
        _("Welke verhuurder?"),
        _("Naam van de eigenaar of verhuurder"),
        "housing:landlord-suggest",
        Landlord.objects.visible_to,
        lambda user, text: [landlord_option(landlord) for landlord in find_landlords(user, text)],
        landlord_option,
        landlords_of_case,
        connect_landlord,
        _landlord_of,
    ),
)
