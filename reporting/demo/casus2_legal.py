"""The civil track of casus 2: one lawyer for the tenants, their evidence, and who is behind the landlord."""

import datetime as dt
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from cases.models import Case
from housing.actions.buildings import create_building
from housing.actions.bundles import compute_bundle, request_bundle
from housing.actions.dwellings import create_dwelling
from housing.actions.evidence import add_evidence, add_rent_overview
from housing.actions.exhibits import add_exhibits, give_permission, withdraw_permission
from housing.actions.landlord_links import link_landlords
from housing.actions.landlords import create_landlord, edit_landlord
from housing.actions.legal_files import join_legal_file, open_legal_file
from housing.actions.legal_parts import add_party, save_claim, save_court_date
from housing.actions.ownerships import add_ownership
from housing.actions.rent import MonthEntry, add_charge_claim, add_indexation, record_months, save_lease
from housing.models import Evidence, Landlord, LegalFile
from housing.rent_reading import add_months
from reporting.demo.pictures import Picture, draw
from reporting.demo.stage import Stage, Story
from reporting.demo.telling import member

# Numbers that pass the check of the KBO and belong to nobody in this neighbourhood.
_BLOKKENDOOS, _STENEN = "0777.111.243", "0777.222.396"


def _year_of_rent(
    stage: Stage, case: Case, by: User, rent: str, *, gaps: dict[int, tuple[str, str]] | None = None
) -> None:
    """Write down the twelve months before this one; `gaps`: so many months back -> what was paid, and how."""
    this_month = stage.clock.moment.date().replace(day=1)
    entries = []
    for back in range(1, 13):
        paid, method = (gaps or {}).get(back, (rent, "transfer"))
        entries.append(MonthEntry(add_months(this_month, -back), Decimal(rent), Decimal(paid), method))
    record_months(by=by, case=case, entries=entries)


def _photo(case: Case, by: User, picture: Picture, title: str, on: dt.date) -> Evidence:
    upload = SimpleUploadedFile("foto.jpg", draw(picture))
    return add_evidence(by=by, case=case, kind="photo", title=title, about_on=on, upload=upload)


def _words(case: Case, by: User, kind: str, title: str, on: dt.date, body: str) -> Evidence:
    return add_evidence(by=by, case=case, kind=kind, title=title, about_on=on, body=body)


def _behind_the_landlord(stage: Stage) -> None:
    """A second company with the same telephone and the same man, and two buildings of its own."""
    by, year = stage.cast.inspecteur, stage.today.year
    landlord = Landlord.objects.get(name="Immo Blokkendoos bv")
    edit_landlord(
        by=by,
        landlord=landlord,
        version=landlord.version,
        kind=landlord.kind,
        name=landlord.name,
        phone=landlord.phone,
        email=landlord.email,
        contact_person=landlord.contact_person,
        company_number=_BLOKKENDOOS,
        address="Denkbeeldige Kaai 9, 2800 Mechelen",
    )
    second = create_landlord(
        by=by,
        neighbourhood=stage.arsenaal,
        kind="company",
        name="Stenen Toekomst nv",
        phone="0470 00 00 95",
        contact_person="Dirk Blokkendoos",
        company_number=_STENEN,
        address="Denkbeeldige kaai 9, 2800 Mechelen",
    )
    for street, number in (("Vlietmuur", "9031"), ("Zandpoortvest", "9012")):
        building = create_building(by=by, neighbourhood=stage.arsenaal, street=street, house_number=number)
        for box in ("1", "2", "3"):
            flat = create_dwelling(by=by, building=building, kind="apartment", box=box, floor=int(box) - 1)
            add_ownership(by=by, dwelling=flat, landlord=second, from_on=dt.date(year - 5, 9, 1))
    # A man of nearly the same name, about whom somebody looked: he is somebody else.
    namesake = create_landlord(
        by=by,
        neighbourhood=stage.arsenaal,
        kind="person",
        name="Dirk Blokkendoos-Proef",
        phone="0470 00 00 61",
        keep_anyway=True,
    )
    link_landlords(by=stage.cast.jurist, one=landlord, other=second)
    link_landlords(by=by, one=landlord, other=namesake, verdict="different")


def legal_file(stage: Stage) -> Story:
    """From one lawyer for all to the first bundle."""
    cast = stage.cast
    lawyer, worker = cast.jurist, cast.huurbegeleider

    yield stage.ago(150, "11:20")
    block, proef, dimova, ida = (stage.cases[key] for key in ("blok", "proef", "dimova", "ida"))
    file = open_legal_file(
        by=lawyer, case=block, lawyer=lawyer, title="Huurders blok 9140 tegen Immo Blokkendoos"
    )
    landlord = Landlord.objects.get(name="Immo Blokkendoos bv")
    add_party(by=lawyer, legal_file=file, role="defendant", landlord=landlord)

    yield stage.ago(140, "10:45")
    _behind_the_landlord(stage)

    yield stage.ago(130, "14:00")
    _year_of_rent(stage, proef, worker, "690", gaps={3: ("690", "cash"), 4: ("690", "cash")})
    _year_of_rent(stage, dimova, worker, "640", gaps={2: ("500", "transfer")})
    _year_of_rent(
        stage, ida, cast.opbouwwerker, "520", gaps=dict.fromkeys(range(1, 13), ("520", "cash_receipt"))
    )
    year = stage.today.year
    save_lease(
        by=worker,
        case=proef,
        version=0,
        signed_on=dt.date(year - 3, 3, 20),
        starts_on=dt.date(year - 3, 4, 1),
        ends_on=None,
        rent=Decimal("660"),
        deposit=Decimal("2640"),
        is_registered="no",
        registered_on=None,
        has_inventory="no",
    )
    add_charge_claim(
        by=worker,
        case=proef,
        from_on=dt.date(year - 1, 1, 1),
        until_on=dt.date(year - 1, 12, 31),
        amount=Decimal("1140"),
        has_statement="no",
        note="diverse kosten",
    )
    add_indexation(
        by=worker,
        case=proef,
        notified_on=dt.date(year - 1, 9, 15),
        from_on=dt.date(year - 1, 1, 1),
        old_rent=Decimal("660"),
        new_rent=Decimal("690"),
        in_writing="no",
    )

    yield stage.ago(120, "15:30")
    _exhibits(stage, file, {"blok": block, "proef": proef, "dimova": dimova, "ida": ida})

    yield stage.ago(118, "9:40")
    first = request_bundle(by=lawyer, legal_file=file)
    compute_bundle(bundle_id=first.pk)

    yield stage.ago(53, "10:20")
    mbemba = stage.cases["mbemba"]
    tenant = join_legal_file(by=lawyer, legal_file=file, case=mbemba)
    month = stage.clock.moment.date().replace(day=1)
    record_months(
        by=worker,
        case=mbemba,
        entries=[
            MonthEntry(add_months(month, -back), Decimal("760"), Decimal("760"), "cash") for back in (1, 2)
        ],
    )
    paper = _words(
        mbemba,
        worker,
        "statement",
        "Verklaring over betaling in handen",
        stage.on(-53),
        "Ik betaalde drie maanden vooruit, in handen. Ik kreeg geen kwitantie. De verhuurder zei dat papier niet "
        "nodig was tussen eerlijke mensen.",
    )
    add_exhibits(by=lawyer, legal_file=file, evidence=[paper])
    save_claim(by=lawyer, tenant=tenant, kind="damages", amount=Decimal("1500"), ground="Geen verwarming.")

    yield stage.ago(40, "11:10")
    _withdraw_one(file, lawyer)
    save_court_date(
        by=lawyer,
        legal_file=file,
        kind="hearing",
        on=stage.on(23),
        at=dt.time(9, 30),
        place="Vredegerecht Fictie, zaal 2",
        note="Bundel neerleggen, en de betaalbewijzen van bus 4.",
    )


def _exhibits(stage: Stage, file: LegalFile, cases: dict[str, Case]) -> None:
    """Number what there is; who permits what differs from one household to the next."""
    lawyer, worker = stage.cast.jurist, stage.cast.huurbegeleider
    day = stage.on(-122)
    proef, dimova, ida = cases["proef"], cases["dimova"], cases["ida"]
    pieces = [
        _photo(cases["blok"], stage.cast.jurist, Picture.DAMP, "Water in de kelder", day),
        _photo(proef, worker, Picture.WINDOW, "Slaapkamer, 14 graden", day),
        _words(
            proef,
            worker,
            "charges",
            "Afrekening: 1.140 euro diverse kosten",
            day,
            "Eén lijn, zonder bewijzen: diverse kosten 1.140 euro, te betalen binnen acht dagen.",
        ),
        add_rent_overview(by=worker, case=proef),
        add_rent_overview(by=worker, case=dimova),
        _words(
            dimova,
            worker,
            "letter",
            "Aangetekende brief over de verwarming",
            day,
            "Sinds november werkt de ketel niet meer. Gelieve dit te herstellen. Geen antwoord.",
        ),
        _words(
            ida,
            stage.cast.opbouwwerker,
            "statement",
            "Wat hij aan de deur zei",
            day,
            "Wie met de stad praat, kan vertrekken. Ik ben 79, waar moet ik naartoe?",
        ),
    ]
    exhibits = add_exhibits(by=lawyer, legal_file=file, evidence=pieces)
    own = {case.pk: [e for e in exhibits if e.evidence.case_id == case.pk] for case in (proef, dimova)}
    for case, name, how in ((proef, "Naïma", "signed"), (dimova, "Rositsa", "interpreter")):
        give_permission(
            by=lawyer,
            exhibits=own[case.pk],
            person=member(case, name),
            scope="joint",
            how=how,
            given_on=day,
        )
        save_claim(
            by=lawyer,
            tenant=file.tenants.get(case=case),
            kind="rent_reduction",
            amount=Decimal("4140") if case is proef else Decimal("3840"),
            ground="Drie winters zonder verwarming: de helft van de huur terug.",
            state="draft",
        )


def _withdraw_one(file: LegalFile, lawyer: User) -> None:
    """Rositsa doesn't want her letter to be shown any more."""
    letter = file.exhibits.get(title__startswith="Aangetekende brief")
    withdraw_permission(by=lawyer, permission=letter.permissions.get(), how="interpreter")
