"""The catalogue as it starts: every instrument that the programme's founding document names, by goal and
part.

What stands here is loaded once (migration, and `load_catalogue` for a new database); afterwards an
administrator keeps the catalogue and his words win.
"""

from dataclasses import dataclass
from typing import Any

from accounts.enums import Goal
from cases.enums import Reach


@dataclass(frozen=True)
class Listed:
    """One instrument of the starting catalogue."""

    code: str
    name: str
    description: str
    reaches: Reach = Reach.NOBODY


# Goal and part, in the order of the document; what its three cases name stands under the made-to-measure
# part.
STARTING_CATALOGUE: tuple[tuple[Goal, str, tuple[Listed, ...]], ...] = (
    (
        Goal.HOUSING,
        "Op maat van het gezin",
        (
            Listed("gaskachel-nazien", "Gaskachel nazien", "Het energiepunt kijkt of de kachel veilig is."),
            Listed("co-meter", "CO-meter plaatsen", "Een meter die alarm geeft bij koolstofmonoxide."),
            Listed(
                "verhuurder-aanspreken",
                "Verhuurder aanspreken",
                "Met de verhuurder praten over gebreken, huur of kosten.",
                Reach.LANDLORD,
            ),
            Listed(
                "vast-aanspreekpunt",
                "Eén aanspreekpunt voor de verhuurder",
                "Alle contact met de verhuurder loopt via één dienst.",
                Reach.LANDLORD,
            ),
            Listed(
                "zelfde-advocaat",
                "Alle huurders bij dezelfde advocaat",
                "De huurders van een blok staan samen sterk.",
            ),
            Listed(
                "conformiteitsonderzoek",
                "Conformiteitsonderzoek",
                "De wooncontroleur kijkt de woning na en maakt een technisch verslag.",
                Reach.INSPECTION,
            ),
            Listed(
                "procedure-onbewoonbaar",
                "Procedure ongeschikt of onbewoonbaar",
                "De stap naar een besluit van de burgemeester.",
                Reach.INSPECTION,
            ),
            Listed(
                "herhuisvesting",
                "Herhuisvesting van een gezin",
                "Een gezin verhuist naar een betere woning, eerst wie er het ergst aan toe is.",
            ),
            Listed(
                "aanpak-leegstand",
                "Aanpak leegstand",
                "Nagaan wat leegstaat en de eigenaar ertoe brengen het weer te gebruiken.",
                Reach.LANDLORD,
            ),
            Listed(
                "check-vergunningen",
                "Stedenbouwkundige vergunningen nakijken",
                "Klopt wat er staat en hoe het wordt gebruikt met de vergunningen?",
            ),
            Listed(
                "driepartijenovereenkomst",
                "Driepartijenovereenkomst",
                "Verhuurder, huurder en OCMW of stad spreken af wie wat doet.",
                Reach.LANDLORD,
            ),
            Listed(
                "tijdelijke-herhuisvesting",
                "Tijdelijke herhuisvesting",
                "Een verblijf terwijl de eigen woning wordt gerenoveerd, met het oog op terugkeer.",
            ),
            Listed(
                "info-premies-leningen",
                "Informatie over premies en leningen",
                "Uitleg over steun bij renovatie.",
            ),
            Listed(
                "renovatiebegeleiding",
                "Renovatiebegeleiding",
                "Hulp van plan tot oplevering, zodat de huurders kunnen terugkeren.",
                Reach.LANDLORD,
            ),
            Listed(
                "conformiteitsattest",
                "Conformiteitsattest",
                "Het bewijs dat de woning in orde is.",
                Reach.INSPECTION,
            ),
            Listed(
                "nazorg-wooncontroleur",
                "Nazorg door de wooncontroleur",
                "Een bezoek na de werken.",
                Reach.INSPECTION,
            ),
        ),
    ),
    (
        Goal.HOUSING,
        "Ondersteunen eigenaars",
        (
            Listed(
                "renovatiecoach",
                "Renovatiecoach",
                "Iemand die met de eigenaar de renovatie voorbereidt en opvolgt.",
                Reach.LANDLORD,
            ),
            Listed("energiescan", "Energiescan", "Kijken waar in huis energie verloren gaat."),
            Listed(
                "noodkoopfonds",
                "Noodkoopfonds",
                "Renteloze steun aan eigenaars die niet zelf kunnen renoveren.",
                Reach.LANDLORD,
            ),
        ),
    ),
    (
        Goal.HOUSING,
        "Ondersteunen huurders",
        (
            Listed(
                "rechtenrealisatie",
                "Rechtenrealisatie",
                "Nagaan welke rechten niet benut zijn, en ze aanvragen.",
            ),
            Listed(
                "intensieve-huurbegeleiding",
                "Intensieve huurbegeleiding",
                "Vaak langsgaan, tot huren weer lukt.",
            ),
            Listed(
                "crisiswoning",
                "Inschakeling crisiswoning",
                "Een dak boven het hoofd als het niet anders kan.",
            ),
        ),
    ),
    (
        Goal.HOUSING,
        "Pistes tot innovatie",
        (
            Listed(
                "burgerrechtelijke-procedure",
                "Burgerrechtelijke procedure tegen een huisjesmelker",
                "Via de rechter opkomen voor de huurder.",
                Reach.LANDLORD,
            ),
            Listed(
                "hinderpalen-wegwerken",
                "Bureaucratische hinderpalen wegwerken",
                "Een regel of gewoonte die een gezin blokkeert bij de juiste persoon aankaarten.",
            ),
        ),
    ),
    (
        Goal.COHESION,
        "Sociale cohesiecoach",
        (
            Listed("sociale-cohesiecoach", "Sociale cohesiecoach", "Brengt bewoners met elkaar in contact."),
            Listed("huiskamerbezoek", "Huiskamerbezoek", "Bij bewoners thuis luisteren naar wat leeft."),
            Listed("behoefteonderzoek", "Behoefteonderzoek", "Vragen wat bewoners nodig hebben."),
            Listed(
                "sociaal-kapitaal",
                "Inventaris van sociaal kapitaal",
                "Opschrijven wat bewoners voor elkaar kunnen doen.",
            ),
            Listed("transitiehub", "Transitiehub", "Een plek in de wijk om elkaar en diensten te vinden."),
        ),
    ),
    (
        Goal.COHESION,
        "Wijkbudget als sociaal kapitaal",
        (
            Listed("cohesieproject", "Sociaal cohesieproject", "Een project dat mensen samenbrengt."),
            Listed(
                "wijkbudget-bewoners", "Wijkbudget: project van bewoners", "Bewoners voeren hun idee uit."
            ),
            Listed(
                "wijkbudget-middenveld",
                "Wijkbudget: project van een middenveldpartner",
                "Een vereniging of school voert een idee uit.",
            ),
            Listed("aanblik-buurt", "Aanblik van de buurt", "De straat mooier en aangenamer maken."),
            Listed("tegeltuintjes", "Tegeltuintjes", "Een paar tegels minder, planten aan de gevel."),
            Listed("groenslingers", "Groenslingers", "Groen dat over de straat hangt."),
            Listed("spelelementen", "Spelelementen", "Iets om mee te spelen op straat of plein."),
        ),
    ),
    (
        Goal.COHESION,
        "Mensen maken de wijk",
        (
            Listed("storytelling", "Storytelling", "Verhalen van bewoners die de wijk tonen."),
            Listed(
                "verbeelding-aanblik",
                "Verbeelding en aanblik",
                "Kunst en verbeelding in de straten van de wijk.",
            ),
            Listed("mechelen-muurt", "Mechelen Muurt 2.0", "Muurschilderingen."),
            Listed("dgdd", "DGDD", "Initiatief rond verbeelding en aanblik."),
            Listed("kor", "KOR", "Initiatief rond verbeelding en aanblik."),
        ),
    ),
    (
        Goal.SAFETY,
        "Tewerkstellingskansen voor kortgeschoolde jongeren",
        (
            Listed(
                "betaalde-stage", "Betaalde stage", "Werken en verdienen, voor wie kort naar school ging."
            ),
            Listed(
                "oao",
                "Overeenkomst alternerende opleiding (OAO)",
                "Leren en werken in één overeenkomst.",
            ),
            Listed(
                "extra-ploeg",
                "Extra ploeg ter plaatse",
                "Netheid, intimidatie, infrastructuur: zichtbaar aanwezig in de wijk.",
            ),
        ),
    ),
    (
        Goal.SAFETY,
        "Opleiding, coaching en buddywerking",
        (
            Listed("opleiding", "Opleiding", "Een vorming of cursus op maat."),
            Listed("individuele-coaching", "Individuele coaching", "Een vaste coach die meegaat."),
            Listed("buddywerking", "Buddywerking", "Een collega die de weg wijst."),
            Listed("gemeenschapswachten", "Gemeenschapswachten", "Ogen, oren en een praatje in de wijk."),
            Listed("training-on-the-job", "Training on the job", "Leren terwijl je werkt."),
        ),
    ),
    (
        Goal.SAFETY,
        "Beeldvorming veiligheidsberoep",
        (
            Listed(
                "wij-zij-denken",
                "Wij-zij-denken doorbreken",
                "Jongeren en veiligheidsdiensten leren elkaar kennen.",
            ),
            Listed(
                "doorstroming-veiligheidsberoep",
                "Beeldvorming en doorstroming naar opleiding of werk",
                "Van kennismaken naar een opleiding of job in de veiligheid.",
            ),
        ),
    ),
)


def starting_rows() -> list[dict[str, Any]]:
    """Return the starting catalogue as rows, in its order."""
    rows: list[dict[str, Any]] = []
    for goal, part, listed in STARTING_CATALOGUE:
        for item in listed:
            rows.append(
                {
                    "code": item.code,
                    "goal": goal.value,
                    "sub_goal": part,
                    "name": item.name,
                    "description": item.description,
                    "reaches": item.reaches.value,
                    "position": 10 * (len(rows) + 1),
                }
            )
    return rows
