"""Changing what a case is called and where it is."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.locking import lock_open_case
from cases.models import Case
from cases.timeline import record


class NothingToEdit(ActionError):
    """A case needs a title."""


@transaction.atomic
def edit_case(
    *, by: User, case: Case, title: str, address_hint: str, version: int, now: dt.datetime | None = None
) -> Case:
    """Change title and address; the timeline tells what stood there before.

    `version` is the one the editor saw: when somebody saved since, ChangedMeanwhileError tells what stands
    there now. Saving what stands there already changes nothing. Raises NothingToEdit without a title;
    CaseIsClosed.
    """
    now = now or timezone.now()
    case = lock_open_case(case)
    title, address_hint = title.strip(), address_hint.strip()
    if not title:
        raise NothingToEdit(_("Geef het dossier een titel."), field="title")
    if version != case.version:
        raise ChangedMeanwhileError(
            _("Een collega heeft dit dossier net gewijzigd. Kijk na wat er nu staat en bewaar dan opnieuw."),
            current={_("Titel"): case.title, _("Adres"): case.address_hint},
        )
    changes = []
    if title != case.title:
        changes.append(_("Titel: %(new)s (was: %(old)s)") % {"new": title, "old": case.title})
    if address_hint != case.address_hint:
        changes.append(
            _("Adres: %(new)s (was: %(old)s)")
            % {"new": address_hint or _("leeg"), "old": case.address_hint or _("leeg")}
        )
    if not changes:
        return case
    case.title, case.address_hint, case.version = title, address_hint, case.version + 1
    case.save(update_fields=["title", "address_hint", "version"])
    record(
        "cases.edited",
        case=case,
        by=by,
        title=_("Gegevens van het dossier gewijzigd"),
        body="\n".join(changes),
        occurred_at=now,
    )
    return case
