"""What the lines of a renovation and of a tenant track share: filled in, compared, struck out and put back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from arsenaal.lib.errors import ActionError, ChangedMeanwhileError


def changed_meanwhile(current: dict[str, str]) -> ChangedMeanwhileError:
    """Return what is raised when somebody else saved first."""
    return ChangedMeanwhileError(
        _("Iemand anders heeft dit intussen gewijzigd. Vergelijk en bewaar opnieuw."), current=current
    )


def kind_among(lines: Mapping[str, type[models.Model]], line: Any) -> str:
    """Return the kind of a line."""
    return next(kind for kind, model in lines.items() if isinstance(line, model))


def set_values(line: Any, names: Iterable[str], values: Mapping[str, Any]) -> None:
    """Write what was filled in, texts without the spaces around them; what wasn't sent stays."""
    for name in names:
        if name in values:
            value = values[name]
            setattr(line, name, value.strip() if isinstance(value, str) else value)


def values_shown(line: Any, names: Iterable[str]) -> dict[str, str]:
    """Return what stands there, label -> words, for who compares."""
    found = {}
    for name in names:
        field = type(line)._meta.get_field(name)
        display = getattr(line, f"get_{name}_display", None)
        value = display() if display else getattr(line, name)
        found[str(field.verbose_name)] = "" if value is None else str(value)
    return found


def save_line(line: Any) -> None:
    """Save it as its next version."""
    line.version += 1
    line.save()


def refuse_struck(line: Any, refusal: type[ActionError]) -> None:
    """Raise `refusal` for what was struck out."""
    if line.is_struck:
        raise refusal(_("Deze lijn is geschrapt. Zet ze eerst terug."))


def check_strike(line: Any, reason: str, refusal: type[ActionError]) -> None:
    """Raise `refusal` for what is struck already, or without a reason."""
    if line.is_struck:
        raise refusal(_("Deze lijn is geschrapt."))
    if not reason.strip():
        raise refusal(_("Schrijf op waarom je deze lijn schrapt."), field="reason")


def mark_struck(line: Any, reason: str) -> None:
    """Strike it out and save it."""
    line.is_struck, line.strike_reason = True, reason.strip()
    save_line(line)


def unmark_struck(line: Any) -> None:
    """Let it count again; saving is for who checked it."""
    line.is_struck, line.strike_reason = False, ""
