"""Neighbourhoods, services, colleagues and mandates, as an administrator and the coordinator set them up."""

import datetime as dt

from accounts.actions.users import create_user, give_role, save_neighbourhood, save_organisation
from accounts.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from accounts.enums import OrganisationKind, Role
from accounts.models import Organisation, User
from cases.actions.legal_grounds import load_legal_grounds
from cases.actions.mandates import add_mandate
from cases.actions.reference import load_reference_values
from cases.map_starting import load_maps
from housing.actions.inspection_lists import load_inspection_lists
from reporting.demo.stage import Cast, Services, Stage, at

_STARTED = dt.timedelta(days=500)  # when the team began, so that everybody works here in every story

_SERVICES = {
    "sociaal_huis": ("Sociaal Huis Mechelen", OrganisationKind.WELFARE),
    "opbouw": ("Samenlevingsopbouw", OrganisationKind.COMMUNITY),
    "energiepunt": ("Energiepunt Mechelen", OrganisationKind.ENERGY),
    "stedenbouw": ("Stad Mechelen – Stedenbouw", OrganisationKind.CITY),
    "samenleven": ("Stad Mechelen – Samenleven", OrganisationKind.CITY),
    "preventie": ("Stad Mechelen – Preventie", OrganisationKind.CITY),
    "woonmaatschappij": ("Woonmaatschappij Het Proefdak", OrganisationKind.PARTNER),
    "gezondheid": ("Wijkgezondheidscentrum De Zorgboom", OrganisationKind.PARTNER),
    "school": ("Basisschool De Letterladder", OrganisationKind.PARTNER),
    "huurdersloket": ("Huurdersloket Voorbeeldrecht", OrganisationKind.PARTNER),
}
_MAIN = "Stad Mechelen – Wonen"


def set_up(stage: Stage) -> None:
    """Make everything that was there before the first story."""
    stage.clock.moment = at(stage.today - _STARTED, "9:00")
    # The very first administrator has nobody who could make him.
    main = Organisation.objects.create(name=_MAIN, kind=OrganisationKind.CITY, email="wonen@example.be")
    administrator = next(account for account in DEMO_ACCOUNTS if account.role == Role.ADMINISTRATOR)
    by = User.objects.create_user(
        administrator.username,
        DEMO_PASSWORD,
        first_name=administrator.first_name,
        last_name=administrator.last_name,
        email=f"{administrator.username}@example.be",
        organisation=main,
    )
    for code, slug, name in (("ARS", "arsenaal", "Arsenaal"), ("TIV", "tivoli", "Tivoli")):
        where = save_neighbourhood(by=by, neighbourhood=None, code=code, slug=slug, name=name)
        setattr(stage, slug, where)
    load_reference_values()
    load_legal_grounds()
    load_inspection_lists()
    load_maps()
    _services(stage, by, main)
    _colleagues(stage, by)
    _mandates(stage)


def _services(stage: Stage, by: User, main: Organisation) -> None:
    made = {"wonen": main}
    for number, (key, (name, kind)) in enumerate(_SERVICES.items(), 10):
        made[key] = save_organisation(
            by=by,
            organisation=None,
            name=name,
            kind=kind,
            email=f"{key.replace('_', '')}@example.be",
            phone=f"015 00 00 {number}",
        )
    stage.services = Services(**made)


def _colleagues(stage: Stage, by: User) -> None:
    organisations = {organisation.name: organisation for organisation in Organisation.objects.all()}
    made = {by.username: by}
    for number, account in enumerate(DEMO_ACCOUNTS, 10):
        if account.username in made:
            continue
        organisation = organisations.get(account.organisation) or save_organisation(
            by=by, organisation=None, name=account.organisation, kind=OrganisationKind.CITY
        )
        organisations[organisation.name] = organisation
        user = create_user(
            by=by,
            username=account.username,
            first_name=account.first_name,
            last_name=account.last_name,
            email=f"{account.username}@example.be",
            phone=f"0470 00 01 {number}",
            organisation=organisation,
        )
        user.password = by.password  # the same words; making the hash thirteen times takes seconds
        user.save(update_fields=["password"])
        give_role(
            by=by,
            user=user,
            neighbourhood=stage.tivoli if account.is_elsewhere else stage.arsenaal,
            role=account.role,
            from_on=stage.today - _STARTED,
            until_on=None,
        )
        made[account.username] = user
    stage.cast = Cast(**made)


def _mandates(stage: Stage) -> None:
    cast, services = stage.cast, stage.services
    start = stage.on(-330)
    for service, subject, granted_by, days in (
        (services.energiepunt, "Gaskachel en CO nazien bij gezinnen", "directeur van het Energiepunt", 5),
        (services.energiepunt, "Energiescan en advies", "directeur van het Energiepunt", 10),
        (services.stedenbouw, "Vergunningen op een adres nakijken", "schepen van Wonen", 10),
        (services.sociaal_huis, "Crisiswoning en referentieadres", "voorzitter van het Sociaal Huis", 3),
        (services.woonmaatschappij, "Stand op de wachtlijst, versnelde toewijzing", "directiecomité", 10),
        (
            services.gezondheid,
            "Nieuwe patiënt inschrijven zonder wachtlijst",
            "coördinator van het centrum",
            5,
        ),
    ):
        add_mandate(
            by=cast.coordinator,
            neighbourhood=stage.arsenaal,
            organisation=service,
            subject=subject,
            granted_by=granted_by,
            answer_within_days=days,
            from_on=start,
        )
    add_mandate(
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        organisation=services.huurdersloket,
        subject="Spreekuur in de transitiehub",
        granted_by="dagelijks bestuur (proefproject)",
        answer_within_days=5,
        from_on=start,
        until_on=stage.on(-95),
    )
