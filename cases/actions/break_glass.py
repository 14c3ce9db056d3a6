"""Opening a closed circle of one case in an emergency, closing it again, and what the privacy officer says of it."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actions.looks import keep_looks
from accounts.actions.notices import tell
from accounts.enums import Circle
from accounts.looks import LookKind
from accounts.models import User
from arsenaal.lib.errors import ActionError
from arsenaal.lib.wall import beyond_wall
from cases.actions.locking import lock_case
from cases.looks import case_look
from cases.models import BreakGlass, Case, CaseMember, Emergency, EntryEnvelope, GlassVerdict
from cases.perms import breakable_circles
from cases.timeline import record

# Long enough to read and to ring somebody, too short to be a way of working.
OPEN_FOR = dt.timedelta(minutes=60)
# "Het is dringend" explains nothing afterwards.
FEWEST_WORDS = 6


class CannotBreakGlass(ActionError):
    """This circle can't be opened by this colleague, or there is nothing to open."""


class ReasonTooShort(ActionError):
    """A reason that explains nothing afterwards."""


class AlreadyReviewed(ActionError):
    """Somebody gave a verdict already."""


def _word_count(text: str) -> int:
    return sum(any(char.isalnum() for char in word) for word in text.split())


def _check_reason(text: str, field: str) -> None:
    if _word_count(text) < FEWEST_WORDS:
        raise ReasonTooShort(
            ngettext("Zeg het in minstens %(n)d woord.", "Zeg het in minstens %(n)d woorden.", FEWEST_WORDS)
            % {"n": FEWEST_WORDS},
            field=field,
        )


def _concerned(case: Case, circle: Circle) -> list[User]:
    """The lead, the team of today, and whoever wrote in this circle."""
    authors = EntryEnvelope.objects.filter(case=case, circle=circle).order_by().values("author_id")
    team = CaseMember.objects.current().filter(case=case).values("user_id")
    return list(User.objects.filter(Q(pk=case.lead_id) | Q(pk__in=authors) | Q(pk__in=team)).order_by("pk"))


@transaction.atomic
def break_glass(
    *,
    by: User,
    case: Case,
    circle: Circle,
    emergency: Emergency,
    reason: str,
    now: dt.datetime | None = None,
) -> BreakGlass:
    """Open one closed circle of one case for this colleague, for an hour; also in a closed case.

    The timeline and the access log tell it, and everyone concerned is told. While it runs already, the running one is
    returned. Raises CannotBreakGlass for a circle that isn't closed to him, ReasonTooShort for fewer than six words.
    """
    now = now or timezone.now()
    case = lock_case(case)
    reason = " ".join(reason.split())
    if circle not in breakable_circles(by, case):
        raise CannotBreakGlass(
            _("Deze kring kun je hier niet met noodtoegang openen. Kies een andere."), field="circle"
        )
    _check_reason(reason, "reason")
    running = BreakGlass.objects.running().filter(case=case, user=by, circle=circle).first()
    if running is not None:
        return running
    role = by.access.role_label(case.neighbourhood_id)
    glass = BreakGlass.objects.create(
        case=case,
        case_number=case.number,
        neighbourhood_id=case.neighbourhood_id,
        user=by,
        role_label=role,
        circle=circle,
        emergency=emergency,
        reason=reason,
        opened_at=now,
        expires_at=now + OPEN_FOR,
    )
    words = {"circle": Circle(circle).label, "emergency": Emergency(emergency).label}
    record(
        "cases.break_glass",
        case=case,
        by=by,
        title=_("Noodtoegang tot de kring %(circle)s") % words,
        body=reason,
        data={"chips": [{"text": str(Emergency(emergency).label), "tone": "stop", "icon": "unlock"}]},
        occurred_at=now,
    )
    why = _("noodtoegang, kring %(circle)s: %(emergency)s") % words
    look = case_look(case, kind=LookKind.BROKE_GLASS, why=why)
    keep_looks(by=by, looks=[look], page="cases:break-glass", now=now)
    text = _("%(who)s (%(role)s) opende met noodtoegang de kring %(circle)s van dossier %(number)s.") % {
        "who": by,
        "role": role,
        "circle": Circle(circle).label,
        "number": case.number,
    }
    others = [user for user in _concerned(case, circle) if user.pk != by.pk]
    tell(users=others, text=text, url=reverse("cases:glass", args=[case.number, glass.pk]), now=now)
    return glass


@transaction.atomic
def close_glass(*, by: User, glass: BreakGlass, now: dt.datetime | None = None) -> BreakGlass:
    """Close one's own emergency access before its hour is over. Closed or over already, nothing changes."""
    now = now or timezone.now()
    glass = BreakGlass.objects.select_for_update().get(pk=glass.pk, user=by)
    if glass.closed_at is None and now < glass.expires_at:
        glass.closed_at = now
        glass.save(update_fields=["closed_at"])
    return glass


@transaction.atomic
def review_glass(
    *, by: User, glass: BreakGlass, verdict: GlassVerdict, verdict_note: str, now: dt.datetime | None = None
) -> BreakGlass:
    """Say whether it was justified, and why; once, and never about oneself. Who opened it and the lead are told.

    Raises AlreadyReviewed, ReasonTooShort without an explanation.
    """
    now = now or timezone.now()
    glass = BreakGlass.objects.select_for_update(of=("self",)).select_related("user").get(pk=glass.pk)
    if glass.reviewed_at is not None:
        raise AlreadyReviewed(_("Een collega gaf hierover al een oordeel. Herlaad de bladzijde."))
    if glass.user_id == by.pk:
        raise AlreadyReviewed(_("Over je eigen noodtoegang oordeel je niet zelf."))
    note = " ".join(verdict_note.split())
    _check_reason(note, "verdict_note")
    glass.verdict, glass.verdict_note, glass.reviewed_at, glass.reviewed_by = verdict, note, now, by
    glass.save(update_fields=["verdict", "verdict_note", "reviewed_at", "reviewed_by"])
    with beyond_wall("who must hear of a verdict"):
        lead = User.objects.get(led_cases=glass.case_id)
    number = {"number": glass.case_number, "verdict": GlassVerdict(verdict).label}
    url = reverse("cases:glass", args=[glass.case_number, glass.pk])
    text = _("Je noodtoegang in dossier %(number)s werd nagekeken: %(verdict)s.") % number
    tell(users=[glass.user], text=text, url=url, now=now)
    if lead.pk != glass.user_id:
        text = _("De noodtoegang in dossier %(number)s werd nagekeken: %(verdict)s.") % number
        tell(users=[lead], text=text, url=url, now=now)
    return glass
