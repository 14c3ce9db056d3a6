"""Stories of the demo: one that everybody reads, one to listen to, one that was taken back, one still being written."""

import datetime as dt
import io
import math
import struct
import wave

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from cohesion.actions.stories import (
    Told,
    approve_version,
    latest_version,
    publish_story,
    record_story_consent,
    tell_story,
    withdraw_story,
)
from cohesion.models import Story as ResidentStory
from reporting.demo.stage import Stage, Story

_MINA = """Ik kwam hier in 1974 wonen, met twee valiezen en een kind op mijn arm.

De buurvrouw van nummer twaalf kwam dezelfde avond nog met soep. Ze sprak geen woord van mijn taal en ik geen woord \
van de hare. We zaten aan tafel en lachten.

Nu breng ik soep naar wie hier komt wonen."""


def _bell() -> SimpleUploadedFile:
    """Three seconds of a bell, made here."""
    rate, kept = 8000, io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        for n in range(3 * rate):
            fading = math.exp(-2.5 * (n % rate) / rate)
            level = int(9000 * fading * math.sin(2 * math.pi * 660 * n / rate))
            sound.writeframesraw(struct.pack("<h", level))
    return SimpleUploadedFile("bel.wav", kept.getvalue(), "audio/wav")


def _agree(by: User, story: ResidentStory, today: dt.date, uses: tuple[str, ...], days: int = 365) -> None:
    until = today + dt.timedelta(days=days)
    record_story_consent(by=by, story=story, uses=uses, given_on=today, until_on=until)
    number = latest_version(story).number
    approve_version(by=by, story=story, number=number, approved_on=today, approved_how="together")
    publish_story(by=by, story=story, number=number)


def stories(stage: Stage) -> Story:
    """People tell, read it over, agree; one thinks again."""
    coach, here = stage.cast.cohesiecoach, stage.arsenaal
    yield stage.ago(60, "15:00")
    soup = tell_story(
        by=coach,
        neighbourhood=here,
        form="text",
        teller_name="Mina",
        told=Told("Soep van nummer twaalf", _MINA),
    )
    _agree(coach, soup, stage.clock.now().date(), ("public", "report"))
    yield stage.ago(40, "11:00")
    bell = tell_story(
        by=coach,
        neighbourhood=here,
        form="audio",
        teller_name="Gust",
        told=Told("De bel van de oude fabriek", "Gust laat de bel horen die hij bewaarde.", _bell()),
    )
    _agree(coach, bell, stage.clock.now().date(), ("public",))
    shop = tell_story(
        by=coach,
        neighbourhood=here,
        form="text",
        teller_name="een winkelier",
        told=Told("Mijn winkel", "Hoe ik hier begon."),
    )
    _agree(coach, shop, stage.clock.now().date(), ("public",))
    yield stage.ago(12, "9:30")
    withdraw_story(by=coach, story=shop)
    yield stage.ago(4, "16:30")
    tell_story(
        by=stage.cast.opbouwwerker,
        neighbourhood=here,
        form="text",
        teller_name="Souad",
        told=Told("Een plein vol stoelen", "Op een zomeravond droeg iedereen zijn stoel naar buiten."),
    )
