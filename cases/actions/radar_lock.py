"""Deciding on a signal happens once: whoever comes second is told who was first."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from arsenaal.lib.errors import ActionError
from cases.enums import RadarState
from cases.models import RadarEntry


class AlreadyDecided(ActionError):
    """Somebody else decided first, or the signal lapsed and is gone."""


_WHAT_WAS_DECIDED = {
    RadarState.CASE: lambda: _("opende een dossier"),
    RadarState.PASSED_ON: lambda: _("gaf dit door"),
    RadarState.CLOSED: lambda: _("sloot dit af"),
}


def lock_undecided(entry: RadarEntry) -> RadarEntry:
    """Lock the signal until the end of the transaction and return it as it is now.

    Raises AlreadyDecided when it was decided meanwhile, with who, what and when; or when it was deleted.
    """
    current = RadarEntry.objects.select_for_update().filter(pk=entry.pk).first()
    if current is None:
        raise AlreadyDecided(_("Dit signaal is intussen vervallen en verwijderd."))
    if current.decided_by is not None and current.decided_at is not None:
        raise AlreadyDecided(
            _("%(who)s %(did)s al op %(when)s. Er is niets dubbel gebeurd.")
            % {
                "who": current.decided_by,
                "did": _WHAT_WAS_DECIDED[RadarState(current.state)](),
                "when": date_format(localtime(current.decided_at), "j F, H:i"),
            }
        )
    return current
