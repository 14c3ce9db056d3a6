"""The look of the neighbourhood in the demo: fronts with plants, a mural, a hopscotch, and a garland that is gone."""

import datetime as dt
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from cohesion.actions.photos import add_activity_photo, add_place_photo
from cohesion.actions.place_care import agree_care
from cohesion.actions.place_projects import add_spot, move_project, start_project
from cohesion.models import Activity, PlaceProject
from reporting.demo.stage import Stage, Story
from reporting.demo.street_pictures import Street, draw_street

# Along the approximate drawing of the neighbourhood: a number and a point for each front.
_FRONTS = (
    ("Draaibankstraat", "4", "51.015630", "4.491250"),
    ("Draaibankstraat", "12", "51.015080", "4.490480"),
    ("Draaibankstraat", "15", "51.014420", "4.489620"),
    ("Draaibankstraat", "23", "51.013980", "4.489000"),
)
_CORNERS = (
    ("Aambeeldstraat", "7", "51.017350", "4.488000"),
    ("Aambeeldstraat", "hoek Postzegellaan", "51.015700", "4.486150"),
)


def _photo(picture: Street) -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", draw_street(picture), content_type="image/jpeg")


def _show(stage: Stage, project: PlaceProject, moment: str, picture: Street, alt: str) -> None:
    add_place_photo(
        by=stage.cast.cohesiecoach,
        project=project,
        file=_photo(picture),
        moment=moment,
        alt=alt,
        people="nobody",
        is_public=True,
        taken_on=stage.clock.now().date(),
    )


def places(stage: Stage) -> Story:
    """From a tile that comes out to somebody who waters; one project didn't last."""
    coach, worker, where = stage.cast.cohesiecoach, stage.cast.opbouwwerker, stage.arsenaal

    def start(
        title: str, kind: str, street: str, number: str, lat: str, lng: str, **kwargs: object
    ) -> PlaceProject:
        return start_project(
            by=coach,
            neighbourhood=where,
            title=title,
            kind=kind,
            street=street,
            house_number=number,
            lat=Decimal(lat),
            lng=Decimal(lng),
            is_public=True,
            **kwargs,  # type: ignore[arg-type]
        )

    yield stage.ago(150, "14:00")
    gardens = start(
        "Tegeltuinen in de Draaibankstraat",
        "tile_garden",
        *_FRONTS[0],
        description="Wie wil, krijgt hulp om een rij tegels aan de gevel uit te breken en planten te kiezen.",
        state="planned",
    )
    for street, number, lat, lng in _FRONTS[1:]:
        add_spot(
            by=coach, project=gardens, street=street, house_number=number, lat=Decimal(lat), lng=Decimal(lng)
        )
    _show(stage, gardens, "before", Street.FRONT_BEFORE, "Een bakstenen gevel met een stoep vol tegels")
    garland = start("Groenslinger over de straat", "garland", *_CORNERS[0], state="made")

    yield stage.ago(100, "10:30")
    move_project(by=coach, project=gardens, to="made")
    _show(
        stage,
        gardens,
        "after",
        Street.FRONT_AFTER,
        "Dezelfde gevel met bloemen en een klimplant naast het raam",
    )
    today = stage.clock.now().date()
    for carer, days in (("Noor en Luc", 300), ("Basisschool De Letterladder", 118)):
        agree_care(
            by=coach,
            project=gardens,
            carer=carer,
            what="Water geven als het drie dagen droog is",
            from_on=today,
            until_on=today + dt.timedelta(days=days),
        )

    yield stage.ago(60, "11:00")
    wall = start(
        "Vier kleuren op een blinde muur",
        "mural",
        *_CORNERS[1],
        description="Jongeren tekenden het ontwerp in de transitiehub. De eigenaar van de muur is akkoord.",
        state="planned",
    )
    _show(stage, wall, "before", Street.WALL_BEFORE, "Een grijze blinde muur")
    move_project(
        by=worker, project=garland, to="gone", note="De storm trok de kabel los; een nieuwe hangt te hoog."
    )

    yield stage.ago(25, "16:00")
    move_project(by=coach, project=wall, to="made")
    _show(stage, wall, "after", Street.WALL_AFTER, "Dezelfde muur met vier gekleurde figuren onder een boog")
    start(
        "Hinkelpad aan de schoolpoort",
        "play",
        "Leuvensesteenweg",
        "",
        "51.014300",
        "4.494600",
        description="Met verf die 's nachts licht geeft, vroegen de kinderen.",
    )
    start_project(
        by=coach,
        neighbourhood=where,
        title="Bank met bloembak",
        kind="other",
        street="Verzonnenkaai",
        description="Een plek om uit te rusten tussen de winkel en thuis.",
    )

    yield stage.ago(12, "12:00")
    coffee = Activity.objects.get(place__neighbourhood=where, title="Koffie op dinsdag")
    add_activity_photo(
        by=coach,
        activity=coffee,
        file=_photo(Street.TABLE),
        alt="Een lange tafel met vier koppen koffie en een vaas bloemen",
        people="nobody",
        is_public=True,
        taken_on=stage.clock.now().date(),
    )
