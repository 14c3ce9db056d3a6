"""The accounts of the demo neighbourhood: shown at the door, listed by the demo command, created by it alone."""

import unicodedata
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role

DEMO_PASSWORD = "arsenaal-demo"  # noqa: S105


@dataclass(frozen=True)
class DemoAccount:
    """Somebody invented. `remark` is shown instead of the role where the role says too little."""

    username: str
    first_name: str
    last_name: str
    role: Role
    organisation: str
    remark: str | Promise = ""
    is_elsewhere: bool = False  # works in the other neighbourhood

    @property
    def label(self) -> str:
        """Return what this person does, as it is shown beside the username; empty when that says it already."""
        label = str(self.remark or self.role.label)
        plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
        return "" if plain == self.username else label


DEMO_ACCOUNTS = (
    DemoAccount("coordinator", "Katrien", "Voorbeelt", Role.COORDINATOR, "Stad Mechelen – Wonen"),
    DemoAccount("jurist", "Hilde", "Rechtmans", Role.LAWYER, "Sociaal Huis Mechelen"),
    DemoAccount("inspecteur", "Bart", "Keurmans", Role.HOUSING_INSPECTOR, "Stad Mechelen – Wonen"),
    DemoAccount("huurbegeleider", "Samira", "Thuishaven", Role.TENANCY_LEAD, "Sociaal Huis Mechelen"),
    DemoAccount("renovatiecoach", "Wout", "Isolaers", Role.RENOVATION_COACH, "Stad Mechelen – Wonen"),
    DemoAccount("opbouwwerker", "Fatiha", "Straatgenoot", Role.COMMUNITY_WORKER, "Samenlevingsopbouw"),
    DemoAccount("cohesiecoach", "Lotte", "Samenspel", Role.COHESION_COACH, "Stad Mechelen – Samenleven"),
    DemoAccount("jongerencoach", "Kofi", "Opstap", Role.YOUTH_COACH, "Stad Mechelen – Preventie"),
    DemoAccount("manager", "Griet", "Overzicht", Role.MANAGER, "Stad Mechelen – Wonen"),
    DemoAccount("partner", "Jonas", "Stroomop", Role.PARTNER, "Energiepunt Mechelen"),
    DemoAccount("privacy", "Noor", "Zwijgers", Role.PRIVACY_OFFICER, "Stad Mechelen – Informatieveiligheid"),
    DemoAccount("beheerder", "Dries", "Sleutelaer", Role.ADMINISTRATOR, "Stad Mechelen – Wonen"),
    DemoAccount(
        "buitenstaander",
        "Anke",
        "Overdezenne",
        Role.COORDINATOR,
        "Stad Mechelen – Wonen",
        _("werkt in een andere wijk"),
        is_elsewhere=True,
    ),
)
