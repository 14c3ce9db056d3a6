"""The access log in sentences. No names of families: a look is told by the number of what was looked at."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.looks import LookKind, Subject
from accounts.models import AccessEvent
from accounts.templatetags.arsenaal import clock, day

_OF_A_CASE = {Subject.CASE, Subject.OTHER}


def what(event: AccessEvent) -> str:
    """Name what was looked at: "dossier ARS-2026-0001", "foto in dossier ARS-2026-0001", "persoon 12"."""
    subject = Subject(event.subject)
    label = str(subject.label)
    if event.case_number:
        case = _("dossier %(number)s") % {"number": event.case_number}
        if subject == Subject.LOG:
            return _("de inzages van %(case)s") % {"case": case}
        return case if subject in _OF_A_CASE else _("%(what)s in %(case)s") % {"what": label, "case": case}
    name = event.label or (str(event.subject_id) if event.subject_id else "")
    if subject == Subject.REVIEW and name:
        return _("teamoverleg van %(day)s") % {"day": name}
    return f"{label} {name}" if name else label


def _rows(count: int | None) -> str:
    return ngettext("%(n)d rij", "%(n)d rijen", count or 0) % {"n": count or 0}


def deed(event: AccessEvent) -> str:
    """Say what somebody did, to follow his name: "opende dossier ARS-2026-0001"."""
    kind = LookKind(event.kind)
    words = {"what": what(event), "rows": _rows(event.row_count)}
    if kind == LookKind.SEARCHED:
        found = event.row_count or 0
        return ngettext("zocht en zag %(n)d resultaat", "zocht en zag %(n)d resultaten", found) % {"n": found}
    if kind == LookKind.EXPORTED:
        told = _("voerde %(what)s uit (%(rows)s)") % words
        return (
            _("%(told)s, gefilterd op: %(filters)s") % {"told": told, "filters": event.detail}
            if event.detail
            else told
        )
    if kind == LookKind.PRINTED:
        return _("maakte een PDF van %(what)s") % words
    if kind == LookKind.BROKE_GLASS:
        return _("opende een gesloten kring van %(what)s") % words
    if kind == LookKind.REFUSED:
        return _("probeerde %(what)s te openen, maar mag dat niet") % words
    return _("opende %(what)s") % words


def who(event: AccessEvent) -> str:
    """Name a colleague with the role he had: "Fatiha Straatgenoot (opbouwwerker)"."""
    role = event.get_role_display()
    return f"{event.user} ({role})" if role else str(event.user)


def sentence(event: AccessEvent) -> str:
    """Tell one look: "Fatiha (opbouwwerker) opende dossier ARS-2026-0001, maandag 23 november 10:20"."""
    return f"{who(event)} {deed(event)}, {day(event.looked_at)} {clock(event.looked_at)}"
