"""The neighbourhood budget of the demo: a round from the first idea to a garden on the wall, and the next one, open."""

import uuid
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from cohesion.actions.budget_money import pay, reverse_line
from cohesion.actions.budget_projects import (
    add_photo,
    advise,
    check_rules,
    decide,
    finish_project,
    hand_in,
)
from cohesion.actions.budget_rounds import go_to, open_round
from cohesion.actions.budget_votes import cast_vote, check_paper, count_paper, freeze_result, print_codes
from cohesion.budget_enums import RoundState, Verdict
from cohesion.models import BudgetProject, BudgetRound
from reporting.demo.pictures import Picture, draw
from reporting.demo.stage import Stage, Story

_NAMES = uuid.UUID("6d0c1f7e-3a53-4a1c-9d0e-2b1f6f0f7a10")
_IBAN = "BE71 0961 2345 6769"


def _idea(
    stage: Stage, budget_round: BudgetRound, title: str, theme: int, asked: str, **told: str
) -> BudgetProject:
    """Somebody hands in, on the public page."""
    values = {"kind": "resident", "iban": _IBAN, "address": "Verzonnenkaai 9023"} | told
    return hand_in(
        by=None,
        budget_round=budget_round,
        submission=uuid.uuid5(_NAMES, title),
        theme=budget_round.themes.order_by("position")[theme],
        title=title,
        asked=Decimal(asked),
        now=stage.clock.now(),
        **values,
    )


def _assess(stage: Stage, *projects: BudgetProject) -> None:
    for one in projects:
        one.refresh_from_db()
        verdicts = {rule.pk: (Verdict.YES.value, "") for rule in one.round.rules.all()}
        check_rules(
            by=stage.cast.cohesiecoach,
            project=one,
            version=one.version,
            verdicts=verdicts,
            now=stage.clock.now(),
        )


def budget(stage: Stage) -> Story:
    """More is asked than there is, so people vote; a garden is finished, a classroom outside is on its way."""
    coach, boss = stage.cast.cohesiecoach, stage.cast.coordinator

    yield stage.ago(164, "9:30")
    spring = open_round(
        by=boss,
        neighbourhood=stage.arsenaal,
        title="Pro Arsenaal, voorjaar",
        intro="Heb je een idee voor jouw straat? Alleen, met buren of met je school: dien het in.",
        envelope=Decimal(40000),
        ideas_from_on=stage.clock.now().date(),
        ideas_until_on=stage.on(-134),
        choices=2,
        now=stage.clock.now(),
    )
    spring = go_to(by=boss, budget_round=spring, to=RoundState.IDEAS, now=stage.clock.now())

    yield stage.ago(155, "20:10")
    garden = _idea(
        stage,
        spring,
        "Een groene gevel voor de kaai",
        2,
        "3200",
        summary="Geveltuintjes en twee groenslingers over de straat, die we met acht gezinnen water geven.",
        place="Verzonnenkaai",
        name="Nadia Verzonnen",
        email="nadia@voorbeeld.example",
        motivation="In de zomer is het hier te heet. En wie samen water geeft, praat met elkaar.",
        public_name="Nadia en de buren van de kaai",
        partner="De buren van nummer 9019 tot 9031",
    )
    yield stage.ago(148, "15:30")
    school = _idea(
        stage,
        spring,
        "Een buitenklas die 's avonds open blijft",
        1,
        "9800",
        summary="Banken, schaduw en een poort op de speelplaats. Na school kan de buurt er zitten.",
        place="De speelplaats aan de Fictiestraat",
        kind="school",
        organisation="Basisschool De Verbeelding",
        name="Els Verbeeld",
        email="school@voorbeeld.example",
        public_name="Basisschool De Verbeelding",
        motivation="Kinderen van de wijk hebben geen tuin.",
    )
    yield stage.ago(140, "11:00")
    feast = _idea(
        stage,
        spring,
        "Drie straatfeesten met een podium",
        1,
        "32000",
        summary="Elk jaar een groot feest, drie jaar lang, met muziek van hier.",
        kind="association",
        organisation="Vereniging Samen Verzonnen",
        name="Amal Denkbeeldig",
        phone="0470 00 00 00",
        iban="",
    )

    yield stage.ago(130, "10:00")
    spring = go_to(by=boss, budget_round=spring, to=RoundState.ASSESSING, now=stage.clock.now())
    _assess(stage, garden, school, feast)
    for project, source, text, amount in (
        (
            garden,
            "Groendienst van de stad",
            "Kan op elke gevel behalve nummer 9025. Water is geregeld.",
            "3200",
        ),
        (feast, "Dienst evenementen", "Het podium kan van de stad komen: dan is er minder nodig.", "30000"),
    ):
        advise(
            by=coach, project=project, source=source, text=text, amount=Decimal(amount), now=stage.clock.now()
        )

    yield stage.ago(118, "9:00")
    spring = go_to(by=boss, budget_round=spring, to=RoundState.VOTING, now=stage.clock.now())
    _batch, codes = print_codes(by=coach, budget_round=spring, size=40, now=stage.clock.now())
    chosen = ([garden.pk, school.pk], [garden.pk], [school.pk, feast.pk], [garden.pk, feast.pk])
    for n, code in enumerate(codes[:26]):
        cast_vote(by=None, budget_round=spring, code=code, projects=chosen[n % 4])

    yield stage.ago(104, "17:00")
    count = count_paper(
        by=coach,
        budget_round=spring,
        where="De Draad",
        ballots=31,
        votes={garden.pk: 19, school.pk: 17, feast.pk: 12},
        now=stage.clock.now(),
    )
    check_paper(by=stage.cast.coordinator, count=count, now=stage.clock.now())
    freeze_result(by=boss, budget_round=spring, now=stage.clock.now())
    yield stage.ago(102, "14:00")
    for project, reason in (
        (garden, "De wijk koos dit project, en acht gezinnen beloven te zorgen voor het water."),
        (school, "De wijk koos dit project. De school houdt de poort open tot acht uur."),
    ):
        decide(
            by=boss,
            project=project,
            is_granted=True,
            amount=project.asked,
            reason=reason,
            now=stage.clock.now(),
        )
    decide(
        by=boss,
        project=feast,
        is_granted=False,
        amount=None,
        reason="Andere projecten kregen meer stemmen, en wat overblijft is te weinig voor de feesten.",
        now=stage.clock.now(),
    )

    yield stage.ago(98, "11:00")
    _pay(stage, garden, "2000", "Eerste deel: planten en bakken")
    wrong = _pay(stage, school, "4900", "Eerste deel")
    yield stage.ago(96, "9:15")
    reverse_line(by=coach, line=wrong, reason="Verkeerd bedrag", now=stage.clock.now())
    _pay(stage, school, "4000", "Eerste deel: banken")

    yield stage.ago(41, "16:00")
    _pay(stage, garden, "1200", "Laatste deel, na het bezoek")
    for picture, caption in (
        (Picture.GARDEN, "Groen langs de gevel, van de stoep tot het eerste raam"),
        (Picture.GARLANDS, "Groenslingers boven de straat"),
    ):
        add_photo(
            by=coach,
            project=garden,
            upload=SimpleUploadedFile("foto.jpg", draw(picture), content_type="image/jpeg"),
            caption=caption,
            is_public=True,
            now=stage.clock.now(),
        )
    garden.refresh_from_db()
    finish_project(
        by=coach,
        project=garden,
        version=garden.version,
        is_finished=True,
        finished_on=stage.clock.now().date(),
        participants=37,
        outcome="Acht gevels en twee slingers. Op woensdag geven de kinderen water, en er staat altijd iemand buiten.",
        now=stage.clock.now(),
    )

    yield stage.ago(12, "10:00")
    autumn = open_round(
        by=boss,
        neighbourhood=stage.arsenaal,
        title="Pro Arsenaal, najaar",
        intro="Er is weer geld voor ideeën in de wijk. Hulp nodig bij het schrijven? Kom naar De Draad.",
        envelope=Decimal(25000),
        ideas_from_on=stage.clock.now().date(),
        ideas_until_on=stage.on(30),
        now=stage.clock.now(),
    )
    autumn = go_to(by=boss, budget_round=autumn, to=RoundState.IDEAS, now=stage.clock.now())
    yield stage.ago(6, "19:45")
    _idea(
        stage,
        autumn,
        "Een fietspomp en een werkbank op straat",
        0,
        "1450",
        summary="Iedereen herstelt er zijn fiets, ook als de hub dicht is.",
        name="Twee buren",
        email="buren@voorbeeld.example",
        iban="",
    )
    yield stage.ago(2, "13:10")
    _idea(
        stage,
        autumn,
        "Een muurschildering met verhalen van hier",
        2,
        "5600",
        summary="Zeven verhalen van bewoners op de blinde muur bij het pleintje.",
        kind="association",
        organisation="Atelier Denkbeeldig",
        name="Het atelier",
        email="atelier@voorbeeld.example",
        public_name="Atelier Denkbeeldig",
    )


def _pay(stage: Stage, project: BudgetProject, amount: str, note: str) -> object:
    return pay(
        by=stage.cast.cohesiecoach,
        project=project,
        amount=Decimal(amount),
        moved_on=stage.clock.now().date(),
        note=note,
        now=stage.clock.now(),
    )
