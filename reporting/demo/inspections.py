"""Inspections of the stories: the block of casus 2 with a second look, and the house of casus 3."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from housing.actions.inspection_defects import add_defect_photo, set_defect
from housing.actions.inspection_finish import finish_inspection
from housing.actions.inspection_rooms import add_room, set_smoke_detectors
from housing.actions.inspections import (
    FACTS,
    add_inspector_note,
    log_access_attempt,
    plan_inspection,
    set_facts,
    start_inspection,
)
from housing.actions.legal_status import record_legal_status
from housing.models import Building, Dwelling, Inspection, ReportItem
from reporting.demo.pictures import Picture, draw
from reporting.demo.stage import Stage, Story, at


@dataclass(frozen=True)
class Found:
    """A defect: our own code, category, what was seen, in which room, and a photo."""

    code: str
    category: str
    note: str = ""
    room: str = ""
    picture: Picture | None = None


_ROOMS = (
    ("Leefruimte", "living", "21.5", 246),
    ("Keuken", "kitchen", "7.2", 246),
    ("Slaapkamer", "sleeping", "12.4", 246),
    ("Badkamer", "bathroom", "4.1", 238),
    ("Berging", "storage", "2.2", 238),
)


def _begin(
    by: User,
    building: Building,
    dwelling: Dwelling | None,
    *,
    trigger: str = "own",
    previous: Inspection | None = None,
    present: str = "",
    common: Inspection | None = None,
    living: int | None = None,
) -> Inspection:
    """Plan and begin at the moment that is being told."""
    inspection = plan_inspection(
        by=by,
        building=building,
        dwelling=dwelling,
        scheduled_at=timezone.now(),
        inspector=by,
        trigger=trigger,
        previous=previous,
    )
    return _write(by, inspection, present=present, common=common, living=living)


def _write(
    by: User,
    inspection: Inspection,
    *,
    present: str = "",
    common: Inspection | None = None,
    living: int | None = None,
) -> Inspection:
    """Begin a planned one, measure the rooms and write part A."""
    inspection = start_inspection(by=by, inspection=inspection)
    if inspection.dwelling_id and not inspection.rooms.exists():
        for name, kind, area, height in _ROOMS:
            add_room(by=by, inspection=inspection, name=name, kind=kind, area=Decimal(area), height=height)
    facts = {name: getattr(inspection, name) for name in FACTS}
    facts |= {"present": present, "common": common, "persons_living": living}
    if inspection.dwelling_id:
        facts["is_before_2016"] = True
    return set_facts(by=by, inspection=inspection, version=inspection.version, **facts)


def _note(by: User, inspection: Inspection, found: Iterable[Found]) -> None:
    rooms = {room.name: room for room in inspection.rooms.all()}
    for number, one in enumerate(found, 1):
        room = rooms.get(one.room)
        defect = set_defect(
            by=by,
            inspection=inspection,
            item=ReportItem.objects.get(report_version=inspection.report_version, code=one.code),
            category=one.category,
            note=one.note,
            rooms=[room] if room else [],
        )
        if one.picture:
            upload = SimpleUploadedFile(f"foto-{number}.jpg", draw(one.picture), content_type="image/jpeg")
            add_defect_photo(by=by, defect=defect, upload=upload, room=room)


def _sign(by: User, inspection: Inspection, *, smoke: dict[str, bool] | None = None) -> Inspection:
    if smoke:
        set_smoke_detectors(by=by, inspection=inspection, storeys=smoke)
    return finish_inspection(by=by, inspection=inspection, signed_name=str(by))


_COLD = Found(
    "C-verwarming", "II", "Geen enkele radiator warm; de ketel in de kelder ligt stil.", "Leefruimte"
)
_MOULD = Found(
    "C-schimmel", "II", "Zwarte schimmel achter de kast, over twee meter.", "Slaapkamer", Picture.DAMP
)
_GLASS = Found("C-glas", "I", "Enkel glas in de hele flat.", "Leefruimte", Picture.WINDOW)
_AIR = Found("C-verluchting", "I", "Geen afvoer van damp in de badkamer.", "Badkamer")


def block(stage: Stage) -> Story:
    """The block: common parts once for all, each flat, times that nobody opened, and a second look."""
    by = stage.cast.inspecteur

    yield stage.ago(141, "8:50")
    building = stage.cases["blok"].case_building.building
    flats = {flat.box: flat for flat in building.dwellings.select_related("building")}
    common = _begin(by, building, None, trigger="request", present="Samira, drie huurders")
    _note(
        by,
        common,
        (
            Found(
                "B-kelderwater",
                "II",
                "Tien centimeter water in de kelder, tot aan de ketel.",
                "",
                Picture.DAMP,
            ),
            Found("B-elektriciteit", "III", "Verdeelkast open en vochtig. Gevaar voor elektrocutie."),
            Found("B-vocht", "II", "Traphal nat tot de eerste verdieping."),
            Found("B-trap", "I", "Losse leuning op de tweede."),
        ),
    )
    common = _sign(by, common)

    yield stage.ago(141, "10:10")
    second = _begin(by, building, flats["2"], trigger="request", present="Naïma", common=common, living=3)
    _note(by, second, (_COLD, _MOULD, _GLASS, _AIR))
    second = _sign(by, second, smoke={"1e verdieping": False})

    yield stage.ago(141, "11:40")
    first = _begin(
        by, building, flats["1"], trigger="request", present="Rositsa en Emil", common=common, living=2
    )
    _note(
        by, first, (_COLD, _GLASS, Found("C-vocht-muur", "II", "Buitenmuur nat.", "Slaapkamer", Picture.DAMP))
    )
    first = _sign(by, first, smoke={"gelijkvloers": True})

    yield stage.ago(140, "10:00")
    third = _begin(by, building, flats["3"], trigger="request", present="Ida", common=common, living=1)
    _note(by, third, (_COLD, _AIR, Found("C-ramen", "I", "Raam van de keuken sluit niet.", "Keuken")))
    third = _sign(by, third, smoke={"1e verdieping": True})
    add_inspector_note(
        by=by,
        inspection=third,
        text="Bewoonster is bang voor de verhuurder. Haar naam staat in geen enkele brief aan hem.",
    )

    yield stage.ago(139, "14:00")
    fourth = plan_inspection(
        by=by,
        building=building,
        dwelling=flats["4"],
        scheduled_at=timezone.now(),
        inspector=by,
        trigger="request",
    )
    log_access_attempt(
        by=by,
        inspection=fourth,
        at=timezone.now(),
        result="nobody",
        proposed_at=at(stage.on(-132), "17:30"),
    )
    for box in ("5", "6"):
        empty = _begin(by, building, flats[box], trigger="request", common=common, living=0)
        _note(by, empty, (_COLD, _GLASS))
        _sign(by, empty, smoke={"2e verdieping": False})

    yield stage.ago(132, "17:30")
    log_access_attempt(
        by=by,
        inspection=fourth,
        at=timezone.now(),
        result="refused",
        spoken_with="een man, wilde zijn naam niet geven",
        note="Hij zei dat hij geen gedoe wil met de eigenaar.",
        proposed_at=at(stage.on(-125), "9:30"),
    )

    yield stage.ago(125, "9:30")
    fourth = _write(by, fourth, present="de huurder, met een vriend die vertaalt", common=common, living=2)
    _note(
        by,
        fourth,
        (_COLD, _MOULD, Found("C-elektriciteit", "III", "Blote draden boven het aanrecht.", "Keuken")),
    )
    fourth = _sign(by, fourth, smoke={"1e verdieping": False})

    yield stage.ago(40, "9:00")
    common_again = _begin(
        by, building, None, trigger="aftercare", previous=common, present="de ketelhersteller"
    )
    _note(
        by,
        common_again,
        (
            Found("B-elektriciteit", "III", "Kast gesloten, maar nog altijd vochtig.", "", Picture.METER),
            Found("B-vocht", "I", "Droogt op, nog een vlek aan de deur."),
        ),
    )
    common_again = _sign(by, common_again)

    yield stage.ago(40, "10:20")
    again = _begin(
        by,
        building,
        flats["2"],
        trigger="aftercare",
        previous=second,
        present="Karim",
        common=common_again,
        living=4,
    )
    _note(
        by,
        again,
        (
            Found("C-schimmel", "I", "Behandeld, komt terug in één hoek.", "Slaapkamer", Picture.WINDOW),
            _GLASS,
        ),
    )
    _sign(by, again, smoke={"1e verdieping": True})

    yield stage.ago(2, "9:20")
    busy = _begin(by, building, flats["1"], trigger="aftercare", previous=first, present="Rositsa")
    _note(by, busy, (_GLASS,))
    plan_inspection(
        by=by,
        building=building,
        dwelling=flats["4"],
        scheduled_at=at(stage.on(6), "10:00"),
        inspector=by,
        trigger="aftercare",
        previous=fourth,
    )


def milsenstraat(stage: Stage) -> Story:
    """Casus 3: in through the rent subsidy, a decision apart from it, and aftercare to come."""
    by = stage.cast.inspecteur

    yield stage.ago(144, "10:00")
    home = stage.cases["oztest"].household.occupancies.select_related("dwelling__building").get().dwelling
    report = _begin(by, home.building, home, trigger="rent_subsidy", present="Elif en oma Hatice", living=6)
    _note(
        by,
        report,
        (
            Found("B-dak", "III", "Dak lekt op drie plaatsen, spanten rot.", "", Picture.DAMP),
            Found("C-elektriciteit", "III", "Geen aarding, stoppen zonder kap.", "Keuken", Picture.METER),
            Found("C-schimmel", "II", "Kamer van oma niet bruikbaar.", "Slaapkamer", Picture.DAMP),
        ),
    )
    report = _sign(by, report, smoke={"gelijkvloers": False, "1e verdieping": False})

    yield stage.ago(130, "10:40")
    record_legal_status(
        by=stage.cast.jurist,
        dwelling=home,
        status="uninhabitable",
        decided_on=timezone.localdate(),
        source="besluit van de burgemeester",
    )

    yield stage.ago(5, "11:20")
    plan_inspection(
        by=by,
        building=home.building,
        dwelling=home,
        scheduled_at=at(stage.on(13), "9:30"),
        inspector=by,
        trigger="aftercare",
        previous=report,
    )
