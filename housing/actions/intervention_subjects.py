"""What an intervention is for: written in the transaction in which the intervention is."""

from cases.models import Intervention
from housing.models import Dwelling, InterventionPlace, Landlord


def connect_dwelling(intervention: Intervention, dwelling: Dwelling | None) -> None:
    """Say for which dwelling it is; None takes the link away."""
    _connect(intervention, {"dwelling": dwelling, "landlord": None})


def connect_landlord(intervention: Intervention, landlord: Landlord | None) -> None:
    """Say for which landlord it is; None takes the link away."""
    _connect(intervention, {"dwelling": None, "landlord": landlord})


def _connect(intervention: Intervention, subject: dict[str, Dwelling | Landlord | None]) -> None:
    if any(subject.values()):
        InterventionPlace.objects.update_or_create(intervention=intervention, defaults=subject)
    else:
        InterventionPlace.objects.filter(intervention=intervention).delete()
