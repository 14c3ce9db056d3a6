"""Fixed lists of this package, and the tables of allowed transitions."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class RadarReason(TextChoices):
    """Why somebody worries: what is counted, so no story."""

    DWELLING = "dwelling", _("de woning zelf")
    CO_GAS = "co_gas", _("gevaar van CO of gas")
    RENT = "rent", _("huur, kosten of verhuurder")
    EVICTION = "eviction", _("dreigende uithuiszetting")
    POVERTY = "poverty", _("armoede of schulden")
    CHILDREN = "children", _("kinderen in een slechte woning")
    ISOLATION = "isolation", _("eenzaam, niemand vertrouwen")
    SAFETY = "safety", _("onveilig in of rond het huis")
    OTHER = "other", _("iets anders")


class RadarSource(TextChoices):
    """How somebody came to us (toeleiding)."""

    COMMUNITY_WORK = "community_work", _("opbouwwerk")
    HOME_VISIT = "home_visit", _("huisbezoek bij iemand anders")
    SCHOOL = "school", _("school")
    WELFARE = "welfare", _("Sociaal Huis")
    RENT_SUBSIDY = "rent_subsidy", _("aanvraag huursubsidie")
    NEIGHBOUR = "neighbour", _("buur of familie")
    SELF = "self", _("kwam zelf")
    PARTNER = "partner", _("partnerorganisatie")
    CITY = "city", _("stadsdienst")


class RadarState(TextChoices):
    """What became of a signal on the radar."""

    NEW = "new", _("te beslissen")
    CASE = "case", _("dossier geopend")
    PASSED_ON = "passed_on", _("doorgegeven")
    CLOSED = "closed", _("afgesloten")


class CaseKind(TextChoices):
    """Of whom or what a case is."""

    HOUSEHOLD = "household", _("gezinsdossier")
    BUILDING = "building", _("blokdossier")


class CaseState(TextChoices):
    """Where a case stands."""

    EXPLORING = "exploring", _("verkennen")
    ACTIVE = "active", _("lopend")
    WAITING = "waiting", _("wachten")
    AFTERCARE = "aftercare", _("nazorg")
    CLOSED = "closed", _("afgesloten")


CASE_TRANSITIONS: dict[CaseState, frozenset[CaseState]] = {
    CaseState.EXPLORING: frozenset({CaseState.ACTIVE, CaseState.WAITING, CaseState.CLOSED}),
    CaseState.ACTIVE: frozenset({CaseState.WAITING, CaseState.AFTERCARE, CaseState.CLOSED}),
    CaseState.WAITING: frozenset({CaseState.ACTIVE, CaseState.AFTERCARE, CaseState.CLOSED}),
    CaseState.AFTERCARE: frozenset({CaseState.ACTIVE, CaseState.CLOSED}),
    CaseState.CLOSED: frozenset({CaseState.ACTIVE}),  # reopening, with a reason
}


class CaseOutcome(TextChoices):
    """How a case ended."""

    GOAL_REACHED = "goal_reached", _("doel bereikt")
    PARTLY = "partly", _("deels bereikt")
    HOUSED_ELSEWHERE = "housed_elsewhere", _("woont nu elders, beter")
    TAKEN_OVER = "taken_over", _("overgedragen aan een andere dienst")
    FAMILY_STOPPED = "family_stopped", _("gezin wil niet verder")
    NO_CONTACT = "no_contact", _("geen contact meer")
    MOVED_AWAY = "moved_away", _("verhuisd buiten de wijk")


class TrustStage(IntegerChoices):
    """How far the trust between family and team has grown (vertrouwen)."""

    KNOWS_US = 1, _("kent ons")
    LETS_US_IN = 2, _("laat ons binnen")
    STEP_BY_STEP = 3, _("doet mee, stap voor stap")
    TAKES_STEPS = 4, _("neemt zelf stappen")
    STANDS_ALONE = 5, _("staat er zelf")


class ContactChannel(TextChoices):
    """How a contact with the family went, other than a home visit."""

    PHONE = "phone", _("telefoon")
    MESSAGE = "message", _("bericht")
    EMAIL = "email", _("e-mail")
    OFFICE = "office", _("op kantoor")
    STREET = "street", _("op straat")


class ContactDirection(TextChoices):
    """Who began."""

    OUT = "out", _("wij")
    IN = "in", _("het gezin")


class ContactResult(TextChoices):
    """Whether somebody of the family was reached."""

    REACHED = "reached", _("contact gehad")
    LEFT_WORD = "left_word", _("bericht achtergelaten")
    NO_ANSWER = "no_answer", _("geen antwoord")


class VisitPurpose(TextChoices):
    """What a home visit was for."""

    GET_TO_KNOW = "get_to_know", _("kennismaken")
    FOLLOW_UP = "follow_up", _("opvolgen")
    LOOK_AT_DWELLING = "dwelling", _("woning bekijken")
    WITH_SERVICE = "with_service", _("samen met een dienst")
    PAPERS = "papers", _("papieren")
    URGENT = "urgent", _("dringend")


class VisitState(TextChoices):
    """Whether a visit still has to happen."""

    PLANNED = "planned", _("gepland")
    DONE = "done", _("gebeurd")
    CANCELLED = "cancelled", _("gaat niet door")


class VisitResult(TextChoices):
    """How a home visit went."""

    MET = "met", _("gesproken")
    NOBODY_HOME = "nobody_home", _("niemand thuis")
    REFUSED = "refused", _("geweigerd")
    CUT_SHORT = "cut_short", _("afgebroken")


class Sighting(TextChoices):
    """What a visitor can tick as seen (wat zagen we)."""

    CO_GAS = "co_gas", _("CO of gas")
    HEATING = "heating", _("verwarming")
    DAMP = "damp", _("vocht of schimmel")
    ELECTRICITY = "electricity", _("elektriciteit")
    WATER = "water", _("water of afvoer")
    CHILDREN = "children", _("veiligheid van kinderen")
    OVERCROWDED = "overcrowded", _("te klein voor zoveel mensen")
    LANDLORD_PRESSURE = "landlord_pressure", _("druk van de verhuurder")
    FIRE = "fire", _("brandgevaar, geen rookmelder")
    VERMIN = "vermin", _("ongedierte")
    LONELY = "lonely", _("eenzaam")
    MONEY = "money", _("geldzorgen")
    HEALTH = "health", _("gezondheid")


class Severity(IntegerChoices):
    """How bad it looked. A worker's impression, not the inspector's category."""

    LIGHT = 1, _("licht")
    CLEAR = 2, _("duidelijk")
    SERIOUS = 3, _("ernstig")


class Agreed(TextChoices):
    """Whether the family agreed with a step."""

    YES = "yes", _("akkoord")
    NO = "no", _("niet akkoord")
    NOT_ASKED = "not_asked", _("nog niet gevraagd")


class StepState(TextChoices):
    """Where a step of the plan stands."""

    TODO = "todo", _("te doen")
    BUSY = "busy", _("bezig")
    DONE = "done", _("gedaan")
    DROPPED = "dropped", _("geschrapt")


STEP_TRANSITIONS: dict[StepState, frozenset[StepState]] = {
    StepState.TODO: frozenset({StepState.BUSY, StepState.DONE, StepState.DROPPED}),
    StepState.BUSY: frozenset({StepState.TODO, StepState.DONE, StepState.DROPPED}),
    StepState.DONE: frozenset({StepState.BUSY}),
    StepState.DROPPED: frozenset({StepState.TODO}),
}


class Reach(TextChoices):
    """Whom an action reaches: what boundaries are checked against."""

    NOBODY = "nobody", _("niemand buiten het team")
    LANDLORD = "landlord", _("de verhuurder")
    INSPECTION = "inspection", _("de wooninspectie")
    ORGANISATION = "organisation", _("een andere dienst")


class BoundaryKind(TextChoices):
    """What a family does not want yet (grens)."""

    NO_LANDLORD = "no_landlord", _("geen contact met de verhuurder")
    NO_INSPECTION = "no_inspection", _("geen inspectie")
    NO_ORGANISATION = "no_organisation", _("niets naar deze dienst")
    OTHER = "other", _("iets anders")


# An inspection is announced to the landlord, so a family that wants no contact with him wants no inspection either.
BOUNDARY_STOPS: dict[BoundaryKind, frozenset[Reach]] = {
    BoundaryKind.NO_LANDLORD: frozenset({Reach.LANDLORD, Reach.INSPECTION}),
    BoundaryKind.NO_INSPECTION: frozenset({Reach.INSPECTION}),
    BoundaryKind.NO_ORGANISATION: frozenset({Reach.ORGANISATION}),
    BoundaryKind.OTHER: frozenset(),
}


class ConsentCategory(TextChoices):
    """What a consent lets others know."""

    CONTACT = "contact", _("naam en hoe te bereiken")
    DWELLING = "dwelling", _("de woning")
    FAMILY = "family", _("het gezin")
    MONEY = "money", _("inkomen en schulden")
    HEALTH = "health", _("gezondheid")
    PLAN = "plan", _("het plan en de afspraken")


class DocumentKind(TextChoices):
    """What sort of document it is."""

    LETTER = "letter", _("brief")
    REPORT = "report", _("verslag of attest")
    CHARGES = "charges", _("proces-verbaal")
    PHOTO = "photo", _("foto")
    AGREEMENT = "agreement", _("ondertekend akkoord")
    OTHER = "other", _("iets anders")


class ConsentState(TextChoices):
    """How a consent stands today; it follows from its dates, never stored."""

    VALID = "valid", _("geldig")
    ENDING = "ending", _("loopt binnen 30 dagen af")
    EXPIRED = "expired", _("voorbij")
    WITHDRAWN = "withdrawn", _("ingetrokken")
    REPLACED = "replaced", _("vervangen")


class TaskState(TextChoices):
    """Where a task stands."""

    OPEN = "open", _("te doen")
    DONE = "done", _("gedaan")
    DROPPED = "dropped", _("niet meer nodig")


class InterventionTarget(TextChoices):
    """For whom an intervention is."""

    CASE = "case", _("het dossier")
    HOUSEHOLD = "household", _("het gezin")
    PERSON = "person", _("één persoon")
    DWELLING = "dwelling", _("de woning")
    LANDLORD = "landlord", _("de verhuurder")
    NEIGHBOURHOOD = "neighbourhood", _("de wijk")


class InterventionState(TextChoices):
    """Where an intervention stands."""

    PROPOSED = "proposed", _("voorgesteld")
    PLANNED = "planned", _("gepland")
    RUNNING = "running", _("lopend")
    DONE = "done", _("afgerond")
    STOPPED = "stopped", _("stopgezet")


INTERVENTION_TRANSITIONS: dict[InterventionState, frozenset[InterventionState]] = {
    InterventionState.PROPOSED: frozenset(
        {InterventionState.PLANNED, InterventionState.RUNNING, InterventionState.STOPPED}
    ),
    InterventionState.PLANNED: frozenset(
        {InterventionState.RUNNING, InterventionState.DONE, InterventionState.STOPPED}
    ),
    InterventionState.RUNNING: frozenset({InterventionState.DONE, InterventionState.STOPPED}),
    InterventionState.DONE: frozenset(),
    InterventionState.STOPPED: frozenset({InterventionState.PLANNED}),
}


class HelpRequestState(TextChoices):
    """Where a question to a service stands."""

    ASKED = "asked", _("gevraagd")
    ANSWERED = "answered", _("beantwoord")
    ESCALATED = "escalated", _("hogerop gevraagd")
    WITHDRAWN = "withdrawn", _("ingetrokken")


class ObstacleKind(TextChoices):
    """Whether a written rule or a habit stands in the way."""

    RULE = "rule", _("regel")
    PRACTICE = "practice", _("gewoonte of werkwijze")


class ObstacleState(TextChoices):
    """Where an obstacle stands."""

    OPEN = "open", _("staat in de weg")
    RAISED = "raised", _("aangekaart")
    LIFTED = "lifted", _("opgeheven")
    ACCEPTED = "accepted", _("blijft zo")


class ReviewState(TextChoices):
    """Where a weekly review stands."""

    OPEN = "open", _("bezig")
    CLOSED = "closed", _("afgerond")


class AgendaState(TextChoices):
    """What became of an agenda item."""

    WAITING = "waiting", _("nog te bespreken")
    DISCUSSED = "discussed", _("besproken")
    CARRIED = "carried", _("verschoven")


class AgendaSubject(TextChoices):
    """What an agenda item is about."""

    CASE = "case", _("dossier")
    RADAR = "radar", _("signaal op de radar")
    HELP_REQUEST = "help_request", _("vraag aan een dienst")


class ReferenceKind(TextChoices):
    """What sort of value reference data holds; it says how it is entered and shown."""

    NUMBER = "number", _("getal")
    AMOUNT = "amount", _("bedrag in euro")
    DAYS = "days", _("dagen")
    WORKDAYS = "workdays", _("werkdagen")
    MONTHS = "months", _("maanden")
    YES_NO = "yes_no", _("ja of nee")
    TEXT = "text", _("tekst")


class Certainty(TextChoices):
    """How sure a value of the reference data is."""

    CERTAIN = "certain", _("zeker")
    TO_CONFIRM = "to_confirm", _("te bevestigen")
    PROVISIONAL = "provisional", _("voorlopig")
