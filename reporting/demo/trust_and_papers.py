"""Papers, consents that came and went, and what one circle opened to another."""

import io
from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from accounts.models import User
from cases.actions.consents import record_consent, withdraw_consent
from cases.actions.documents import add_document
from cases.actions.releases import release_entry, release_from_day
from cases.consent_sheet import sheet_pdf
from cases.models import Case, Consent, Document, LegalGround
from reporting.demo.pictures import Picture, draw
from reporting.demo.stage import Stage, Story
from reporting.demo.telling import member, note


def _letter(*lines: str) -> SimpleUploadedFile:
    """A letter as a photo of paper: the same each time."""
    page = Image.new("RGB", (1240, 1754), (250, 248, 243))
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(34)
    for number, line in enumerate(lines):
        pen.text((140, 220 + number * 64), line, fill=(40, 40, 48), font=font)
    out = io.BytesIO()
    page.save(out, "JPEG", quality=85)
    return SimpleUploadedFile("brief.jpg", out.getvalue(), "image/jpeg")


def _sheet(case: Case, consent: Consent, stage: Stage) -> SimpleUploadedFile:
    content = sheet_pdf(number=case.number, language="", consent=consent, today=stage.today)
    return SimpleUploadedFile("blad.pdf", content, "application/pdf")


def _photo(picture: Picture) -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", draw(picture), "image/jpeg")


def _paper(case: Case, by: User, file: SimpleUploadedFile, title: str, kind: str, circle: str) -> Document:
    return add_document(by=by, case=case, file=file, title=title, kind=kind, circle=circle)


def stories(stage: Stage) -> Iterator[Story]:
    """Two stories, of weeks in which the cases themselves are known already."""
    yield _fons(stage)
    yield _oztest(stage)


def _fons(stage: Stage) -> Story:
    """Fons: his care file opens for the inspector alone, on a consent, and once on a legal ground."""
    cast, services = stage.cast, stage.services
    yield stage.ago(16, "15:20")
    case = stage.cases["fons"]
    fons = member(case, "Fons")
    _paper(
        case,
        cast.huurbegeleider,
        _letter(
            "Aan de heer Voorbeeldmans", "", "De kachel in uw studio is nagekeken.",
            "Ze mag niet meer branden zonder afvoer.", "", "Met vriendelijke groet,", "de onderhoudsfirma",
        ),
        "Brief van de onderhoudsfirma over de kachel",
        "letter",
        "shared",
    )  # fmt: skip
    doctor = _paper(
        case, cast.opbouwwerker, _letter("Attest", "", "Hoofdpijn, elke ochtend. Te volgen."),
        "Attest van de huisarts", "report", "care",
    )  # fmt: skip
    yield stage.ago(15, "10:05")
    given = record_consent(
        by=cast.opbouwwerker,
        case=case,
        person=fons,
        recipients=[services.wonen],
        categories=["health", "dwelling"],
        purpose="de wooncontroleur laten weten hoe dringend het is",
        language="nl",
        until_on=stage.on(21),
    )
    add_document(
        by=cast.opbouwwerker,
        case=case,
        file=_sheet(case, given, stage),
        title="Ondertekend blad van de toestemming",
        kind="agreement",
        circle="shared",
        consent=given,
    )
    release_entry(
        by=cast.opbouwwerker,
        entry=doctor.entry,
        to_circle="enforcement",
        purpose="zodat de controle niet wacht",
        reason="Hij vroeg het zelf: dan moet ik het niet nog eens uitleggen.",
        person=fons,
        consent=given,
    )
    yield stage.ago(12, "17:40")
    danger = note(
        case,
        cast.opbouwwerker,
        "De kachel brandde weer, het raam dicht. Hij was suf. Ik heb het raam opengezet en ben gebleven tot hij "
        "zich beter voelde.",
        "CO-gevaar, vandaag",
        circle="care",
    )
    release_entry(
        by=cast.opbouwwerker,
        entry=danger,
        to_circle="shared",
        purpose="iedereen die aan de deur komt moet dit weten",
        reason="Levensgevaar, en hij kon het zelf niet meer zeggen.",
        person=fons,
        legal_ground=LegalGround.objects.get(name__startswith="Schuldig hulpverzuim"),
    )


def _oztest(stage: Stage) -> Story:
    """Elif: a consent that she took back, with what rested on it, and photos of the works."""
    cast, services = stage.cast, stage.services
    yield stage.ago(14, "11:15")
    case = stage.cases["oztest"]
    elif_ = member(case, "Elif")
    _paper(case, cast.renovatiecoach, _photo(Picture.WINDOW), "Nieuw raam, achterkamer", "photo", "shared")
    given = record_consent(
        by=cast.huurbegeleider,
        case=case,
        person=elif_,
        recipients=[services.gezondheid],
        categories=["health", "family"],
        purpose="een gesprek met de verpleegkundige voorbereiden",
        language="tr",
        with_interpreter=True,
    )
    release_from_day(
        by=cast.huurbegeleider,
        case=case,
        from_circle="care",
        from_on=stage.on(-14),
        to_circle="legal",
        purpose="de jurist bereidt de terugkeer voor",
        reason="Ze wil dat de jurist weet hoe zwaar het wachten is.",
        person=elif_,
        consent=given,
    )
    yield stage.ago(6, "13:30")
    withdraw_consent(
        by=cast.huurbegeleider, consent=given, note="Ze regelt het liever zelf met haar eigen huisarts."
    )
