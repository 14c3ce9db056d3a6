"""What neighbours of the demo do for each other: a bicycle that rides again, a language that is practised."""

import datetime as dt
from typing import Any

from cohesion.actions.capital import give_consent, note_capital, propose_match, step_match
from cohesion.models import CapitalEntry
from reporting.demo.stage import Stage, Story


def _noted(stage: Stage, side: str, kind: str, what: str, first_name: str, **more: Any) -> CapitalEntry:
    consents = more.pop("consents", True)
    by = stage.cast.cohesiecoach
    entry = note_capital(
        by=by,
        neighbourhood=stage.arsenaal,
        side=side,
        kind=kind,
        what=what,
        first_name=first_name,
        now=stage.clock.now(),
        **more,
    )
    if consents:
        until = stage.clock.now().date() + dt.timedelta(days=365)
        give_consent(by=by, entry=entry, until_on=until, now=stage.clock.now())
    return entry


def neighbours(stage: Stage) -> Story:
    """At the table people tell what they can; some weeks later two of them stand at a workbench."""
    coach = stage.cast.cohesiecoach

    yield stage.ago(100, "14:00")
    repairs = _noted(
        stage,
        "offer",
        "skill",
        "Fietsen herstellen",
        "Luc",
        street="Vekestraat",
        languages=["nl", "fr"],
        day_parts=["afternoon", "weekend"],
        details="Was veertig jaar fietsenmaker. Zit nu veel alleen.",
    )
    speaks = _noted(
        stage,
        "offer",
        "language",
        "Brieven vertalen uit het Nederlands",
        "Hatice",
        street="Milsenstraat",
        languages=["tr", "nl"],
        day_parts=["evening"],
    )
    _noted(stage, "offer", "tools", "Ladder en boormachine lenen", "Omar", street="Verzonnenkaai")
    _noted(stage, "offer", "place", "Voortuin waar kinderen mogen spelen", "Griet", consents=False)

    yield stage.ago(80, "15:00")
    bicycle = _noted(
        stage,
        "ask",
        "skill",
        "Mijn fiets is stuk, wie kan ze herstellen?",
        "Amina",
        street="Vekestraat",
        languages=["ar", "nl"],
        day_parts=["afternoon"],
        details="Zonder fiets raakt ze niet op haar werk.",
    )
    letters = _noted(
        stage,
        "ask",
        "language",
        "Brieven van de school begrijpen",
        "Emine",
        street="Milsenstraat",
        languages=["tr"],
        day_parts=["evening"],
    )

    yield stage.ago(70, "10:00")
    first = propose_match(by=coach, offer=repairs, ask=bicycle, now=stage.clock.now())
    second = propose_match(by=coach, offer=speaks, ask=letters, now=stage.clock.now())
    yield stage.ago(66, "10:00")
    first = step_match(by=coach, match=first, version=1, state="introduced", now=stage.clock.now())
    second = step_match(by=coach, match=second, version=1, state="introduced", now=stage.clock.now())
    yield stage.ago(50, "11:00")
    step_match(
        by=coach,
        match=first,
        version=2,
        state="ended",
        outcome="De fiets rijdt weer. Luc staat nu om de twee weken aan de werkbank van het herstelcafé.",
        now=stage.clock.now(),
    )
    step_match(by=coach, match=second, version=2, state="working", now=stage.clock.now())

    yield stage.ago(6, "14:30")
    _noted(
        stage,
        "ask",
        "skill",
        "Wie leert mijn zoon zijn fiets herstellen?",
        "Joke",
        street="Vekestraat",
        languages=["nl"],
        day_parts=["weekend"],
    )
    _noted(stage, "ask", "tools", "Een ladder lenen voor één middag", "Yusuf", street="Verzonnenkaai")
