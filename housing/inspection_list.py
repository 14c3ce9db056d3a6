"""The list of items and the numbers as they start. Loaded once; afterwards an administrator keeps them.

The numbered official list wasn't found, so every item is provisional: a code of our own, no official code, indicative
categories (domain A3). The numbers come from the sources named beside them.
"""

from dataclasses import dataclass

from housing.inspection_enums import Part, ReportModel

VERSION = "202501"
VALID_FROM = "2025-01-01"
VERSION_SOURCE = "BVR 8 december 2023, art. 28-31; versies van de technische verslagen (VLOK-handleiding)"
ITEM_SOURCE = (
    "Eigen voorlopige lijst naar de thema's van art. 3.1 Vlaamse Codex Wonen; categorieën ter indicatie"
)


@dataclass(frozen=True)
class Listed:
    """One item: `categories` like "I II III"."""

    code: str
    name: str
    categories: str
    help: str = ""


_BUILDING: tuple[tuple[str, tuple[Listed, ...]], ...] = (
    (
        "Gebouwschil en stabiliteit",
        (
            Listed("B-dak", "Dak of goten lekken of zijn onstabiel", "I II III"),
            Listed("B-gevel", "Buitenmuren of schoorsteen beschadigd of onstabiel", "I II III"),
            Listed("B-draagvloer", "Dragende vloeren of muren aangetast", "I II III"),
        ),
    ),
    (
        "Gemene delen",
        (
            Listed("B-trap", "Trap, overloop of leuning onveilig", "I II III"),
            Listed("B-vocht", "Vocht in de gemene delen", "I II"),
            Listed("B-kelderwater", "Water in de kelder", "I II"),
            Listed(
                "B-elektriciteit",
                "Gemeenschappelijke elektriciteit onveilig",
                "II III",
                "Elektrocutie of brand.",
            ),
            Listed("B-gas", "Gasleiding onveilig", "III", "Ontploffing."),
            Listed("B-evacuatie", "Toegang of vluchtweg onveilig", "II III"),
        ),
    ),
)
_DWELLING: tuple[tuple[str, tuple[Listed, ...]], ...] = (
    (
        "Omhulsel en vocht",
        (
            Listed("C-vocht-dak", "Insijpelend vocht in dak of plafond", "I II III"),
            Listed("C-vocht-muur", "Doorslaand vocht in een muur", "I II III"),
            Listed("C-vocht-opstijgend", "Opstijgend vocht", "I II III"),
            Listed("C-schimmel", "Condensatie met schimmel", "I II III"),
            Listed("C-afwerking", "Afwerking van muur, plafond of vloer beschadigd", "I II"),
            Listed("C-ramen", "Ramen of deuren werken niet of sluiten niet", "I II"),
            Listed("C-glas", "Enkel glas", "I II"),
            Listed("C-dakisolatie", "Geen dakisolatie", "II"),
            Listed("C-stabiliteit", "Muur, vloer of plafond onstabiel", "III"),
        ),
    ),
    (
        "Elektriciteit, gas en verwarming",
        (
            Listed("C-elektriciteit", "Elektriciteit onveilig", "III", "Elektrocutie of brand."),
            Listed("C-stopcontacten", "Te weinig stopcontacten of verlichting", "I II"),
            Listed("C-gaslek", "Gas lekt", "III", "Ontploffing."),
            Listed("C-co", "Risico op CO-vergiftiging", "III", "Open toestel of slechte afvoer van rookgas."),
            Listed("C-verwarming", "Verwarming ontbreekt of is onvoldoende", "II"),
            Listed("C-warm-water", "Geen warm water voor het sanitair", "I II"),
        ),
    ),
    (
        "Wat een woning moet kunnen",
        (
            Listed("C-toilet", "Toilet ontbreekt of werkt niet", "I II"),
            Listed("C-bad", "Bad of douche ontbreekt of werkt niet", "I II"),
            Listed("C-keuken", "Keuken zonder gootsteen of kookmogelijkheid", "I II"),
            Listed("C-drinkwater", "Geen drinkwater", "I II"),
            Listed("C-afvoer", "Afvoer verstopt of met reukhinder", "I II"),
            Listed("C-verluchting", "Keuken, badkamer of wc niet te verluchten", "I II"),
            Listed("C-daglicht", "Te weinig daglicht", "I II"),
            Listed("C-plafondhoogte", "Plafond te laag", "I II"),
            Listed("C-privacy", "Geen privacy of niet afsluitbaar", "I II"),
            Listed("C-toegang", "Toegang tot de woning onveilig", "I II"),
        ),
    ),
)
# A room shares these with others; each is looked at in the report of the room (VLOK: Wc, Bad, Kook, Leefruimte).
_SHARED: tuple[tuple[str, tuple[Listed, ...]], ...] = (
    (
        "Gedeeld met andere kamers",
        (
            Listed("D-wc", "Gedeelde wc voldoet niet", "I II III"),
            Listed("D-bad", "Gedeeld bad of gedeelde douche voldoet niet", "I II III"),
            Listed("D-kook", "Gedeelde kookruimte voldoet niet", "I II III"),
            Listed("D-leefruimte", "Gedeelde leefruimte voldoet niet", "I II III"),
        ),
    ),
)

STARTING_LIST: dict[ReportModel, tuple[tuple[Part, tuple[tuple[str, tuple[Listed, ...]], ...]], ...]] = {
    ReportModel.DWELLING: ((Part.BUILDING, _BUILDING), (Part.DWELLING, _DWELLING)),
    ReportModel.ROOM: ((Part.BUILDING, _BUILDING), (Part.DWELLING, _DWELLING), (Part.SHARED, _SHARED)),
}
