"""The list of legal grounds, kept by an administrator. Nothing is ever deleted: a release rests on it."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.legal_grounds import STARTING
from cases.models import LegalGround


class GroundExistsError(ActionError):
    """There is a ground with this name already."""


@transaction.atomic
def load_legal_grounds() -> int:
    """Add what is missing of the starting list, by name; return how many. What is there keeps its words."""
    known = set(LegalGround.objects.values_list("name", flat=True))
    missing = [LegalGround(name=name, explanation=why) for name, why in STARTING if name not in known]
    return len(LegalGround.objects.bulk_create(missing, ignore_conflicts=True))


def _refuse_known_name(name: str, *, but: int | None = None) -> None:
    if LegalGround.objects.filter(name__iexact=name.strip()).exclude(pk=but or 0).exists():
        raise GroundExistsError(_("Er is al een grond met deze naam."), field="name")


def _lock_all() -> None:
    """One writer at a time: two administrators can't take the same name."""
    list(LegalGround.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def add_legal_ground(*, by: User, name: str, explanation: str = "") -> LegalGround:
    """Add a ground to choose from. Raises GroundExistsError."""
    _lock_all()
    _refuse_known_name(name)
    return LegalGround.objects.create(name=name.strip(), explanation=explanation.strip())


@transaction.atomic
def edit_legal_ground(
    *, by: User, ground: LegalGround, version: int, name: str, explanation: str, is_active: bool
) -> LegalGround:
    """Change a ground or take it out of use. Raises ChangedMeanwhileError and GroundExistsError."""
    _lock_all()
    ground = LegalGround.objects.get(pk=ground.pk)
    if ground.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft deze grond intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("naam"): ground.name,
                _("uitleg"): ground.explanation,
                _("in gebruik"): _("ja") if ground.is_active else _("nee"),
            },
        )
    _refuse_known_name(name, but=ground.pk)
    ground.name, ground.explanation, ground.is_active = name.strip(), explanation.strip(), is_active
    ground.version += 1
    ground.save()
    return ground
