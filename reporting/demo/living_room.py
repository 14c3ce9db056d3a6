"""Living-room visits of the demo: half a year of ringing at doors without a reason."""

import datetime as dt
import uuid
from dataclasses import dataclass

from cohesion.actions.living_room import Heard, log_living_room, put_on_radar, set_follow_up_done
from reporting.demo.stage import Stage, Story


@dataclass(frozen=True)
class _Visit:
    days_ago: int
    street: str
    name: str
    count: int
    themes: str
    loves: str
    worries: str = ""
    promised: str = ""


_VISITS = (
    _Visit(
        160,
        "Verzonnenkaai",
        "Halima",
        2,
        "neighbours language",
        "Iedereen groet elkaar.",
        "Ze durft geen Nederlands te spreken.",
        "Haar meenemen naar de taaltafel",
    ),
    _Visit(
        151,
        "Verzonnenkaai",
        "Gust",
        1,
        "lonely health",
        "De bank aan het water.",
        "Sinds zijn vrouw stierf ziet hij weinig mensen.",
        "Hem voorstellen bij de koffie op dinsdag",
    ),
    _Visit(
        139,
        "Fabelstraat",
        "",
        3,
        "children street",
        "Veel kinderen op straat.",
        "Auto's rijden te snel aan de school.",
        "",
    ),
    _Visit(
        126,
        "Fabelstraat",
        "Rachida",
        4,
        "green meeting",
        "Het pleintje, 's avonds.",
        "Er is geen schaduw.",
        "Ideeën voor groen meenemen naar het wijkbudget",
    ),
    _Visit(
        118,
        "Verzonnenkaai",
        "Wim",
        2,
        "litter safety",
        "De bakker kent iedereen.",
        "Zwerfvuil achter de garages.",
        "",
    ),
    _Visit(
        97,
        "Sprookjesstraat",
        "Ana",
        2,
        "work language",
        "Haar buren passen op de kinderen.",
        "Ze zoekt werk en weet niet waar te beginnen.",
        "Adres van de werkwinkel brengen",
    ),
    _Visit(
        83,
        "Sprookjesstraat",
        "",
        1,
        "housing",
        "Dicht bij alles.",
        "",
        "",
    ),
    _Visit(
        70,
        "Fabelstraat",
        "Jos en Lea",
        2,
        "neighbours meeting",
        "Vroeger was er een straatfeest.",
        "Ze kennen de nieuwe buren niet.",
        "Vragen wie een straatfeest wil mee trekken",
    ),
    _Visit(
        52,
        "Verzonnenkaai",
        "Souad",
        3,
        "youth meeting",
        "Het hub-café.",
        "Jongeren hangen rond omdat er niets is.",
        "",
    ),
    _Visit(
        33,
        "Sprookjesstraat",
        "Emiel",
        1,
        "lonely money",
        "De apotheker komt de pillen brengen.",
        "Hij zet de verwarming niet meer aan.",
        "Met het Energiepunt langsgaan",
    ),
    _Visit(
        19,
        "Fabelstraat",
        "Nadia",
        2,
        "green neighbours",
        "Ze geeft stekjes aan iedereen.",
        "",
        "Haar vragen voor de tegeltuintjes",
    ),
    _Visit(
        6,
        "Verzonnenkaai",
        "Pieter",
        1,
        "safety street",
        "Het is hier rustig.",
        "De lamp op de hoek is stuk.",
        "Nagaan wanneer de lamp hersteld wordt",
    ),
)


def visits(stage: Stage) -> Story:
    """Street by street; most promises are kept, and one man says yes to more help."""
    coach, worker = stage.cast.cohesiecoach, stage.cast.opbouwwerker
    for n, told in enumerate(_VISITS):
        yield stage.ago(told.days_ago, "14:30")
        by, today = (worker if n % 4 == 3 else coach), stage.clock.now().date()
        visit = log_living_room(
            by=by,
            neighbourhood=stage.arsenaal,
            uuid=uuid.uuid5(uuid.NAMESPACE_URL, f"living-room-{n}"),
            heard=Heard(
                visited_on=today,
                street=told.street,
                name=told.name,
                people_count=told.count,
                themes=tuple(told.themes.split()),
                loves=told.loves,
                worries=told.worries,
            ),
            follow_what=told.promised,
            follow_due_on=today + dt.timedelta(days=14) if told.promised else None,
        ).visit
        if told.promised and told.days_ago > 20:
            yield stage.ago(told.days_ago - 9, "16:00")
            set_follow_up_done(by=by, follow_up=visit.follow_ups.get(), is_done=True)
        if told.name == "Emiel":
            put_on_radar(
                by=by,
                visit=visit,
                resident_said_yes=True,
                reason="poverty",
                worry="Stookt niet meer omdat hij de rekening vreest. Vraagt of iemand mee naar de facturen kijkt.",
                source_organisation=stage.services.samenleven,
                review_on=stage.on(20),
            )
