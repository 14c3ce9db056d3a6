"""The catalogue of instruments: loaded once, then kept by an administrator. Nothing is ever deleted."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.catalogue import starting_rows
from cases.models import Instrument

_EDITABLE = ("goal", "sub_goal", "name", "description", "reaches", "usual_provider")


class InstrumentExistsError(ActionError):
    """There is an instrument with this name already."""


@transaction.atomic
def load_catalogue() -> int:
    """Add what is missing of the starting catalogue, by code; return how many. What is there keeps its
    words.
    """
    known = set(Instrument.objects.values_list("code", flat=True))
    missing = [Instrument(**row) for row in starting_rows() if row["code"] not in known]
    return len(Instrument.objects.bulk_create(missing, ignore_conflicts=True))


def _refuse_known_name(*, goal: str, name: str, but: int | None = None) -> None:
    same = Instrument.objects.filter(goal=goal, name__iexact=name.strip())
    if (same if but is None else same.exclude(pk=but)).exists():
        raise InstrumentExistsError(_("Er is al een instrument met deze naam."), field="name")


def _free_code(name: str) -> str:
    """Return a code made from the name that isn't taken."""
    stem = slugify(name)[:40] or "instrument"
    taken = set(Instrument.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(
        code for n in range(len(taken) + 1) if (code := f"{stem}-{n + 1}" if n else stem) not in taken
    )


@transaction.atomic
def add_instrument(*, by: User, **fields: Any) -> Instrument:
    """Add an instrument; `fields` holds all the names in `_EDITABLE`. Raises InstrumentExistsError."""
    # One writer at a time: two administrators can't take the same name or place.
    list(Instrument.objects.select_for_update().order_by("pk").values_list("pk", flat=True)[:1])
    _refuse_known_name(goal=fields["goal"], name=fields["name"])
    same_part = Instrument.objects.filter(goal=fields["goal"], sub_goal=fields["sub_goal"])
    last = (same_part if same_part.exists() else Instrument.objects).aggregate(last=Max("position"))["last"]
    return Instrument.objects.create(
        code=_free_code(fields["name"]),
        position=(last or 0) + 1,
        **{name: fields[name] for name in _EDITABLE},
    )


@transaction.atomic
def edit_instrument(
    *, by: User, instrument: Instrument, version: int, is_active: bool, **fields: Any
) -> Instrument:
    """Change an instrument, or take it out of use: interventions that used it keep it.

    Raises ChangedMeanwhileError when somebody saved it since `version`, and InstrumentExistsError.
    """
    instrument = Instrument.objects.select_for_update().get(pk=instrument.pk)
    if instrument.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit instrument intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("naam"): instrument.name,
                _("onderdeel"): instrument.sub_goal,
                _("uitleg"): instrument.description,
                _("bereikt"): instrument.get_reaches_display(),
                _("in gebruik"): _("ja") if instrument.is_active else _("nee"),
            },
        )
    _refuse_known_name(goal=fields["goal"], name=fields["name"], but=instrument.pk)
    for name in _EDITABLE:
        setattr(instrument, name, fields[name])
    instrument.is_active = is_active
    instrument.version += 1
    instrument.save()
    return instrument
