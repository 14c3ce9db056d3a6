"""The catalogue holds every instrument of the founding document, and an administrator keeps it."""

from typing import Any

import pytest
from django.urls import reverse

from arsenaal.lib.errors import ChangedMeanwhileError
from cases.actions.catalogue import InstrumentExistsError, add_instrument, edit_instrument, load_catalogue
from cases.actions.interventions import add_intervention
from cases.catalogue import starting_rows
from cases.models import Instrument
from tests.factories import World

# What the document names, goal by goal, with the instrument that stands for it.
NAMED = {
    "housing": {
        "renovatiecoach",
        "energiescan",
        "noodkoopfonds",
        "rechtenrealisatie",
        "intensieve-huurbegeleiding",
        "crisiswoning",
        "burgerrechtelijke-procedure",
        "hinderpalen-wegwerken",
        "gaskachel-nazien",
        "co-meter",
        "vast-aanspreekpunt",
        "zelfde-advocaat",
        "procedure-onbewoonbaar",
        "herhuisvesting",
        "aanpak-leegstand",
        "check-vergunningen",
        "driepartijenovereenkomst",
        "tijdelijke-herhuisvesting",
        "info-premies-leningen",
        "renovatiebegeleiding",
        "conformiteitsattest",
        "nazorg-wooncontroleur",
    },
    "cohesion": {
        "sociale-cohesiecoach",
        "huiskamerbezoek",
        "behoefteonderzoek",
        "sociaal-kapitaal",
        "transitiehub",
        "cohesieproject",
        "wijkbudget-bewoners",
        "wijkbudget-middenveld",
        "aanblik-buurt",
        "tegeltuintjes",
        "groenslingers",
        "spelelementen",
        "storytelling",
        "verbeelding-aanblik",
        "mechelen-muurt",
        "dgdd",
        "kor",
    },
    "safety": {
        "betaalde-stage",
        "oao",
        "extra-ploeg",
        "opleiding",
        "individuele-coaching",
        "buddywerking",
        "gemeenschapswachten",
        "training-on-the-job",
        "wij-zij-denken",
        "doorstroming-veiligheidsberoep",
    },
}


def url(name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=args)


FORM = {"name": "Buurtfeest", "goal": "cohesion", "sub_goal": "Mensen maken de wijk", "reaches": "nobody"}


@pytest.mark.parametrize("goal", NAMED)
def test_catalogue_holds_what_the_document_names(goal: str) -> None:
    listed = {row["code"] for row in starting_rows() if row["goal"] == goal}
    assert NAMED[goal] - listed == set()


def test_catalogue_loads_once_and_keeps_the_administrator_s_words(world: World) -> None:
    load_catalogue()
    assert Instrument.objects.count() == len(starting_rows())
    Instrument.objects.filter(code="oao").update(name="OAO", is_active=False)
    assert load_catalogue() == 0
    assert Instrument.objects.get(code="oao").name == "OAO"


def test_catalogue_names_are_unique_within_a_goal(world: World) -> None:
    load_catalogue()
    fields = {**FORM, "description": "", "usual_provider": None}
    added = add_instrument(by=world.administrator, **fields)
    assert added.code == "buurtfeest"
    with pytest.raises(InstrumentExistsError):
        add_instrument(by=world.administrator, **{**fields, "name": "BUURTFEEST"})
    assert add_instrument(by=world.administrator, **{**fields, "goal": "safety"}).code == "buurtfeest-2"
    with pytest.raises(ChangedMeanwhileError):
        edit_instrument(by=world.administrator, instrument=added, version=7, is_active=True, **fields)


def test_catalogue_view_takes_out_of_use_and_keeps_what_was_used(world: World, login: Any) -> None:
    load_catalogue()
    meter = Instrument.objects.get(code="co-meter")
    used = add_intervention(
        by=world.lawyer,
        case=world.case,
        instrument=meter,
        provider=world.organisations["city"],
        target="case",
    )
    client = login(world.administrator)
    page = client.get(url("catalogue")).content.decode()
    assert "1 keer ingezet" in page
    data = {**FORM, "name": meter.name, "goal": "housing", "version": "1"}
    assert client.post(url("catalogue-edit", meter.pk), data).status_code == 302
    meter.refresh_from_db()
    assert not meter.is_active
    used.refresh_from_db()
    assert used.instrument == meter
    offered = login(world.lawyer).get(url("intervention-new", world.case.number)).content.decode()
    assert "CO-meter plaatsen" not in offered


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 200}, "name"),
        ({"goal": "fun"}, "goal"),
        ({"reaches": "x"}, "reaches"),
    ],
)
def test_catalogue_view_with_bad_input(world: World, login: Any, changes: dict[str, str], field: str) -> None:
    response = login(world.administrator).post(url("catalogue-new"), {**FORM, **changes})
    assert response.status_code == 422
    assert field in response.context["form"].errors


@pytest.mark.parametrize("who", ["coordinator", "lawyer", "partner", "manager", "outsider"])
def test_catalogue_is_for_the_administrator(world: World, login: Any, who: str) -> None:
    client = login(world.users[who])
    assert client.get(url("catalogue")).status_code == 403
    assert client.get(url("catalogue-new")).status_code == 403
    assert client.get(url("catalogue-edit", 1)).status_code == 403


def test_catalogue_costs_the_same_however_long(
    world: World, login: Any, django_assert_max_num_queries: Any
) -> None:
    client = login(world.administrator)
    client.get(url("catalogue"))
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(8) as captured:
            client.get(url("catalogue"))
        counts.append(len(captured))
        load_catalogue()
    assert counts[0] == counts[1]
