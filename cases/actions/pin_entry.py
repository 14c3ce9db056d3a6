"""Keeping an entry on top of the timeline, for the whole team."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.locking import lock_open_case
from cases.models import Case, PinnedEntry, TimelineEntry
from cases.perms import open_to

# More than this and the top of the page is a second timeline.
MOST_PINS = 5


class CannotPin(ActionError):
    """This entry can't be kept on top."""


@transaction.atomic
def pin_entry(*, by: User, case: Case, entry: TimelineEntry) -> PinnedEntry:
    """Keep an entry on top. Pinning what is pinned already changes nothing.

    Raises CannotPin for an entry of another case, one that the user can't read, one that was corrected, and
    when five are pinned already; CaseIsClosed.
    """
    case = lock_open_case(case)
    current = TimelineEntry.objects.filter(
        open_to(by, case), case=case, pk=entry.pk, superseded_by__isnull=True
    ).first()
    if current is None:
        raise CannotPin(_("Deze gebeurtenis kun je niet vastzetten."))
    if pin := PinnedEntry.objects.filter(entry=current).first():
        return pin
    if PinnedEntry.objects.filter(case=case).count() >= MOST_PINS:
        raise CannotPin(
            _("Er staan al %(most)d gebeurtenissen bovenaan. Maak er eerst een los.") % {"most": MOST_PINS}
        )
    return PinnedEntry.objects.create(entry=current, case=case, pinned_by=by)


@transaction.atomic
def unpin_entry(*, by: User, case: Case, entry: TimelineEntry) -> None:
    """Let an entry go back to its own place. Raises CannotPin when the user can't read it; CaseIsClosed."""
    case = lock_open_case(case)
    if not TimelineEntry.objects.filter(open_to(by, case), case=case, pk=entry.pk).exists():
        raise CannotPin(_("Deze gebeurtenis kun je niet losmaken."))
    PinnedEntry.objects.filter(entry_id=entry.pk).delete()
