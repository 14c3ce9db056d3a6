"""Fixed lists of this package."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Goal(TextChoices):
    """The three goals of the programme (source document, "3 centrale doelstellingen")."""

    HOUSING = "housing", _("Woonkwaliteit")
    COHESION = "cohesion", _("Sociale cohesie en wijkimago")
    SAFETY = "safety", _("Veiligheid en leefbaarheid")


class Circle(TextChoices):
    """Who may read an entry or a document (kring). A role names its circles in roles.py."""

    SHARED = "shared", _("gedeeld")
    CARE = "care", _("zorg")
    LEGAL = "legal", _("juridisch")
    ENFORCEMENT = "enforcement", _("handhaving")


class OrganisationKind(TextChoices):
    """What sort of service an organisation is."""

    CITY = "city", _("stadsdienst")
    WELFARE = "welfare", _("OCMW / Sociaal Huis")
    COMMUNITY = "community", _("Samenlevingsopbouw")
    ENERGY = "energy", _("energiepunt")
    PARTNER = "partner", _("partnerorganisatie")


class Role(TextChoices):
    """What somebody does in a neighbourhood. What a role may do stands in roles.py, and only there."""

    COORDINATOR = "coordinator", _("coördinator")
    LAWYER = "lawyer", _("jurist")
    HOUSING_INSPECTOR = "housing_inspector", _("wooncontroleur")
    TENANCY_LEAD = "tenancy_lead", _("teamleider huurbegeleiding")
    RENOVATION_COACH = "renovation_coach", _("renovatiecoach")
    COMMUNITY_WORKER = "community_worker", _("opbouwwerker")
    COHESION_COACH = "cohesion_coach", _("coach sociale cohesie")
    YOUTH_COACH = "youth_coach", _("jongerencoach")
    MANAGER = "manager", _("manager")
    PARTNER = "partner", _("partner")
    PRIVACY_OFFICER = "privacy_officer", _("privacyverantwoordelijke")
    ADMINISTRATOR = "administrator", _("beheerder")
