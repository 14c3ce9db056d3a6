"""Ten Mondays: the weekly review, held as in the room. The next agenda makes itself."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from arsenaal.lib.workdays import next_working_day
from cases.actions.review import (
    add_case_to_agenda,
    close_review,
    decide,
    set_attendance,
    set_item_state,
    start_review,
)
from cases.actions.tasks import finish_task
from cases.enums import AgendaState, TaskState
from cases.models import Case, Review, Task
from reporting.demo.stage import Stage, Story, at

_WEEKS = 10
_MINUTES = dt.timedelta(minutes=68)
_REACHED = 4  # new cases that are discussed without a decision; what comes after them is not reached


@dataclass(frozen=True)
class Said:
    """A decision: how many reviews ago, about which case; with a name it is a task. `stays`: not done yet."""

    weeks: int
    case: str
    text: str
    who: str = ""
    days: int = 7
    stays: bool = False


_SAID = (
    Said(10, "blok", "Offerte voor een tijdelijke verwarmingsploeg vragen", "renovatiecoach"),
    Said(10, "fons", "We wachten. Niemand spreekt de verhuurder aan."),
    Said(10, "oztest", "Werfverslag van de dakwerker opvragen", "renovatiecoach"),
    Said(10, "dawit", "Ploegbaas bellen over een plaats na de stage", "jongerencoach"),
    Said(10, "testaoui", "Attest van overbewoning opmaken", "inspecteur"),
    Said(9, "testaoui", "Samen de vraag aan de woonmaatschappij opstellen", "huurbegeleider"),
    Said(9, "blok", "Bewonersavond met tolken, in de hub", "opbouwwerker"),
    Said(8, "mbemba", "Contract van bus 4 nakijken", "jurist"),
    Said(8, "zondernaam", "Elke week samen de post, ook als het goed gaat", "huurbegeleider"),
    Said(7, "rosalie", "Noodkoopfonds vragen naar de datum van het comité", "renovatiecoach"),
    Said(6, "oztest", "Verlenging van het verblijf aanvragen", "huurbegeleider"),
    Said(6, "mbemba", "Volgend gesprek in de transitiehub, niet thuis", "huurbegeleider"),
    Said(5, "proefkowski", "Kaartje in het Pools in de bus, geen aanbellen", "opbouwwerker"),
    Said(5, "fons", "Vragen of hij wil weten wat een verhuurder mag en niet mag", "opbouwwerker"),
    Said(4, "modelescu", "Renovatiecoach kijkt waar het water vandaan komt", "renovatiecoach"),
    Said(4, "testaoui", "Hogerop: de coördinator spreekt de directeur opnieuw aan", "coordinator"),
    Said(3, "oztest", "Datum van de oplevering vastleggen met de eigenaars", "renovatiecoach"),
    Said(3, "blok", "Meterstanden van de kelder laten vaststellen", "inspecteur"),
    Said(2, "fons", "Een voormiddag vrijhouden voor het gesprek met de verhuurder", "huurbegeleider"),
    Said(2, "dawit", "Start van de opleiding voorbereiden met de school", "jongerencoach"),
    Said(2, "zondernaam", "Buur vragen of hij hem nog ziet", "huurbegeleider", stays=True),
    Said(1, "zondernaam", "Vrederechter vragen om uitstel, vóór de volgende zitting", "jurist", days=9),
    Said(1, "proefkowski", "Gezondheidscentrum zelf bellen, niet meer mailen", "opbouwwerker", days=4),
    Said(1, "oztest", "Gezin vertellen welke dag het verhuist", "huurbegeleider", days=8),
    Said(1, "rosalie", "Als het fonds niet antwoordt: hogerop", "coordinator", days=10),
)

# What is said in the room about a case when nothing has to be decided.
_REMARKS = {
    "fons": (
        "Op zijn tempo. Fatiha blijft de enige die belt.",
        "Goed bezig. Geen nieuwe gezichten aan zijn deur.",
        "Niets forceren voor de winter.",
    ),
    "ngoma": (
        "Nazorg loopt. We bellen op drie maanden, niet vroeger.",
        "Ze redt het zelf. Zo laten.",
        "Geen nieuws, en dat is goed nieuws.",
    ),
    "rosalie": (
        "Zij kiest de dakwerker, wij rekenen mee.",
        "Wachten op het fonds; Wout houdt de vinger aan de pols.",
        "Offertes blijven geldig tot het jaareinde.",
    ),
    "proef": (
        "Het gezin is goed geland. Nazorg houden.",
        "Naïma mag op de bewonersavond spreken als ze dat wil.",
        "Niets nodig deze week.",
    ),
    "dimova": (
        "Rositsa komt naar de bewonersavond. Tolk is geregeld.",
        "Brieven van de verhuurder gaan naar Samira, ook de volgende.",
        "Emil zit op school met een jas aan; verwarmingsploeg blijft staan.",
    ),
    "ida": (
        "De grens blijft. Haar naam valt nergens.",
        "Koffie één keer per maand, door Fatiha alleen.",
        "Niet meenemen in het verzoekschrift.",
    ),
    "testaoui": (
        "Wachtlijst is de sleutel; Samira belt elke week.",
        "Droger mag nog een maand blijven staan.",
        "Bilal niet vergeten: hij zoekt een stage.",
    ),
    "oztest": (
        "Werken liggen op schema, op de pleisteraar na.",
        "Verblijfsvergoeding wordt op tijd betaald.",
    ),
    "dawit": ("Loopt. Kofi houdt contact.", "Slot op de deur blijft een werkpunt."),
    "zondernaam": ("Dicht bij hem blijven, ook als hij niet antwoordt.", "Zijn post samen openmaken."),
    "demochenko": ("Wachten op een toewijzing. Gastgezin bedankt.", "Elke drie maanden de lijst opvragen."),
    "blok": ("Alles via Samira. Ook de buren weten het nu.", "Geen aparte afspraken met één huurder."),
    "modelescu": ("Deze keer gaan we zelf kijken.",),
    "mbemba": ("Afspreken in de hub zolang de verhuurder blijft langskomen.",),
}


def _mondays(stage: Stage) -> list[dt.date]:
    """Return the last review days, oldest first: Mondays, or the working day after a holiday."""
    monday = stage.today - dt.timedelta(days=stage.today.weekday())
    days = [next_working_day(monday - dt.timedelta(weeks=weeks)) for weeks in range(_WEEKS + 1)]
    return sorted(day for day in days if day < stage.today)[-_WEEKS:]


def weekly_reviews(stage: Stage) -> Story:
    """Every Monday: agenda, decisions, minutes; a week later most of what was promised is done."""
    cast = stage.cast
    days = _mondays(stage)
    promised: list[tuple[Task, User]] = []
    for weeks, day in zip(range(len(days), 0, -1), days, strict=True):
        yield at(day, "8:50")
        for task, user in promised:
            task.refresh_from_db()
            if task.state == TaskState.OPEN:
                finish_task(by=user, task=task)
        promised = []

        yield at(day, "9:30")
        review = start_review(by=cast.coordinator, neighbourhood=stage.arsenaal)
        _note_who_is_there(stage, review, weeks)
        spoken = _decide(stage, review, weeks, promised)

        yield at(day, "9:30") + _MINUTES
        _discuss_the_rest(stage, review, weeks, spoken)
        close_review(by=cast.coordinator, review=review)


def _note_who_is_there(stage: Stage, review: Review, weeks: int) -> None:
    cast = stage.cast
    there = {cast.coordinator, cast.jurist, cast.inspecteur, cast.huurbegeleider, cast.renovatiecoach}
    away = {3: cast.inspecteur, 7: cast.renovatiecoach, 10: cast.jurist}.get(weeks)
    set_attendance(by=cast.coordinator, review=review, present={user.pk for user in there if user != away})


def _decide(stage: Stage, review: Review, weeks: int, promised: list[tuple[Task, User]]) -> set[int]:
    """Speak about the cases of this week; return their ids."""
    spoken: set[int] = set()
    by = stage.cast.coordinator
    for said in _SAID:
        case = stage.cases.get(said.case)
        if said.weeks != weeks or case is None or not Case.objects.open().filter(pk=case.pk).exists():
            continue
        item = add_case_to_agenda(by=by, review=review, case=Case.objects.get(pk=case.pk))
        who: User | None = getattr(stage.cast, said.who) if said.who else None
        decision = decide(
            by=by, item=item, text=said.text, assignee=who, due_on=stage.due(said.days) if who else None
        )
        spoken.add(case.pk)
        if decision.task is not None and who is not None and not said.stays:
            promised.append((decision.task, who))
    return spoken


def _discuss_the_rest(stage: Stage, review: Review, weeks: int, spoken: set[int]) -> None:
    """Go through signals and questions, what waited since last week, and the first new cases.

    Every other week something is said about a case. What wasn't reached carries over by itself.
    """
    keys = {case.pk: key for key, case in stage.cases.items()}
    reached = 0
    for item in review.items.select_related("case").order_by("position"):
        is_new_case = item.case is not None and item.case_id not in spoken and item.carried_from_id is None
        reached += is_new_case
        if is_new_case and reached > _REACHED:
            continue
        set_item_state(by=review.started_by, item=item, state=AgendaState.DISCUSSED)
        if item.case is None or item.case_id in spoken:
            continue
        remarks = _REMARKS.get(keys.get(item.case.pk, ""), ())
        turn = (weeks + int(item.case.number[-2:])) % 2 * len(remarks) + (_WEEKS - weeks) // 2
        if turn < len(remarks):
            decide(by=review.started_by, item=item, text=remarks[turn])
