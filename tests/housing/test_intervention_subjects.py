"""An intervention for a dwelling or a landlord of the registers."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases.actions.catalogue import load_catalogue
from cases.actions.interventions import InterventionIncompleteError, add_intervention, edit_intervention
from cases.models import Instrument, Intervention
from housing.actions.buildings import create_building
from housing.actions.dwellings import create_dwelling
from housing.actions.landlords import create_landlord
from housing.actions.occupancies import move_in
from housing.actions.ownerships import add_ownership
from housing.models import Dwelling, InterventionPlace, Landlord
from tests.factories import World


@pytest.fixture
def home(world: World) -> Dwelling:
    """Where the family of the case lives."""
    load_catalogue()
    building = create_building(
        by=world.coordinator, neighbourhood=world.neighbourhood, street="Aambeeldstraat", house_number="1"
    )
    dwelling = create_dwelling(by=world.coordinator, building=building, kind="studio", box="2")
    move_in(
        by=world.coordinator, dwelling=dwelling, household=world.case.household, from_on=dt.date(2020, 1, 1)
    )
    return dwelling


@pytest.fixture
def landlord(world: World, home: Dwelling) -> Landlord:
    """Who owns it."""
    owner = create_landlord(
        by=world.coordinator, neighbourhood=world.neighbourhood, kind="person", name="Huisbaas"
    )
    add_ownership(by=world.coordinator, dwelling=home, landlord=owner, from_on=dt.date(2015, 1, 1))
    return owner


def elsewhere(world: World) -> Dwelling:
    """A dwelling of another neighbourhood."""
    building = create_building(
        by=world.outsider, neighbourhood=world.elsewhere, street="Verreweg", house_number="9"
    )
    return create_dwelling(by=world.outsider, building=building, kind="house")


def add(world: World, **more: Any) -> Intervention:
    """Something from the catalogue for the case."""
    instrument = Instrument.objects.filter(reaches="nobody", is_active=True).order_by("pk")[0]
    given = {"by": world.community_worker, "case": world.case, "instrument": instrument, **more}
    return add_intervention(provider=world.organisations["city"], **given)


def test_intervention_for_the_dwelling_is_for_where_the_family_lives(world: World, home: Dwelling) -> None:
    assert add(world, target="dwelling").place.dwelling == home


def test_intervention_for_a_chosen_landlord_is_tied_to_him(world: World, landlord: Landlord) -> None:
    assert add(world, target="landlord", subject=landlord).place.landlord == landlord


def test_intervention_for_the_family_is_tied_to_no_dwelling(world: World, home: Dwelling) -> None:
    add(world, target="household", subject=home)
    assert not InterventionPlace.objects.exists()


def test_intervention_for_a_dwelling_of_elsewhere_is_refused(world: World, home: Dwelling) -> None:
    with pytest.raises(InterventionIncompleteError) as refused:
        add(world, target="dwelling", subject=elsewhere(world))
    assert refused.value.field == "dwelling"


def test_intervention_without_a_case_needs_the_dwelling_or_words(world: World, home: Dwelling) -> None:
    given = {
        "case": None,
        "neighbourhood": world.neighbourhood,
        "by": world.coordinator,
        "target": "dwelling",
    }
    with pytest.raises(InterventionIncompleteError):
        add(world, **given)
    assert add(world, **given, subject=home).place.dwelling == home
    assert not InterventionPlace.objects.filter(intervention=add(world, **given, target_note="Hoek")).exists()


def test_edit_intervention_moves_it_to_another_subject(
    world: World, home: Dwelling, landlord: Landlord
) -> None:
    made = add(world, target="dwelling")
    fields = {
        "provider": made.provider,
        "person": None,
        "target_note": "",
        "description": "",
        "planned_on": None,
    }
    edit_intervention(
        by=world.community_worker, intervention=made, version=1, target="landlord", subject=landlord, **fields
    )
    place = InterventionPlace.objects.get()
    assert (place.dwelling, place.landlord) == (None, landlord)
    edit_intervention(by=world.community_worker, intervention=made, version=2, target="case", **fields)
    assert not InterventionPlace.objects.exists()


def test_intervention_form_offers_the_dwelling_of_the_case_and_shows_it(
    world: World, home: Dwelling, landlord: Landlord, login: Any
) -> None:
    client = login(world.community_worker)
    url = f"/cases/{world.case.number}/interventions/new/"
    html = client.get(url).content.decode()
    assert "Aambeeldstraat 1 bus 2" in html
    assert "Huisbaas" in html
    sent = {
        "instrument": Instrument.objects.filter(reaches="nobody").order_by("pk")[0].pk,
        "provider": world.organisations["city"].pk,
        "target": "dwelling",
        "dwelling": home.pk,
        "state": "proposed",
    }
    response = client.post(url, sent, follow=True)
    assert home.get_absolute_url() in response.content.decode()
    assert "Acties" in client.get(home.get_absolute_url()).content.decode()
    assert "Acties" not in login(world.cohesion_coach).get(home.get_absolute_url()).content.decode()


def test_intervention_form_with_somebody_elses_dwelling_is_refused_beside_the_field(
    world: World, home: Dwelling, login: Any
) -> None:
    sent = {
        "instrument": Instrument.objects.filter(reaches="nobody").order_by("pk")[0].pk,
        "provider": world.organisations["city"].pk,
        "target": "dwelling",
        "dwelling": elsewhere(world).pk,
        "state": "proposed",
    }
    response = login(world.community_worker).post(f"/cases/{world.case.number}/interventions/new/", sent)
    assert response.status_code == 422
    assert "dwelling" in response.context["form"].errors


def test_interventionplace_is_one_of_both(world: World, home: Dwelling, landlord: Landlord) -> None:
    made = add(world, target="case")
    with pytest.raises(IntegrityError), transaction.atomic():
        InterventionPlace.objects.create(intervention=made, dwelling=home, landlord=landlord)
    with pytest.raises(IntegrityError), transaction.atomic():
        InterventionPlace.objects.create(intervention=made)
