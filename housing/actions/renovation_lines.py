"""What one writes with a renovation: scans, works, quotes, support, progress. Corrected, or struck out and put back."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from arsenaal.lib.images import Photo, PhotoRefused, prepare_photo, save_photo
from arsenaal.lib.uploads import forget_files
from cases.actions.checks import check_past, day_of
from housing.actions.correctable_lines import (
    changed_meanwhile,
    check_strike,
    kind_among,
    mark_struck,
    refuse_struck,
    save_line,
    set_values,
    unmark_struck,
    values_shown,
)
from housing.actions.renovations import RenovationError, lock_renovation, tell
from housing.models import (
    EnergyScan,
    ProgressLine,
    ProgressPhoto,
    Quote,
    Renovation,
    RenovationWork,
    SupportRequest,
    WorksList,
)
from housing.renovation_enums import SupportKind, SupportState, WorkState

MOST_PHOTOS = 12  # of one progress line

LINES: dict[str, type[models.Model]] = {
    "scan": EnergyScan,
    "list": WorksList,
    "work": RenovationWork,
    "quote": Quote,
    "support": SupportRequest,
    "progress": ProgressLine,
}
_IN_LIST = frozenset({"work", "quote"})  # these hang on a list of works, the others on the renovation itself
# What one may write of each.
FIELDS = {
    "scan": ("moment", "scanned_on", "scanned_by", "label", "kwh", "findings"),
    "list": ("title",),
    "work": ("works_list", "what", "place", "estimate", "state", "done_on"),
    "quote": ("works_list", "contractor", "amount", "dated_on", "valid_until_on"),
    "support": ("kind", "other", "asked_on", "asked"),
    "progress": ("seen_on", "words"),
}
# What the timeline says when one is added. Works and their lists are too many for it.
_ADDED = {
    "scan": gettext_lazy("Energiescan genoteerd"),
    "quote": gettext_lazy("Offerte ontvangen"),
    "support": gettext_lazy("Premie of lening gevraagd"),
    "progress": gettext_lazy("Vordering van de werken genoteerd"),
}
_STRUCK = {
    "scan": gettext_lazy("Energiescan geschrapt"),
    "list": gettext_lazy("Werkenlijst geschrapt"),
    "work": gettext_lazy("Werk geschrapt"),
    "quote": gettext_lazy("Offerte geschrapt"),
    "support": gettext_lazy("Aanvraag geschrapt"),
    "progress": gettext_lazy("Vordering geschrapt"),
}


def kind_of(line: Any) -> str:
    """Return the kind of a line."""
    return kind_among(LINES, line)


def renovation_of(line: Any) -> Renovation:
    """Return the renovation that a line belongs to."""
    found: Renovation = line.works_list.renovation if hasattr(line, "works_list_id") else line.renovation
    return found


def lines_of(renovation: Renovation, kind: str) -> Any:
    """Return the lines of one kind of a renovation with its case, struck ones too."""
    path = "works_list__renovation" if kind in _IN_LIST else "renovation"
    lines = LINES[kind].objects.filter(**{path: renovation})  # type: ignore[attr-defined]
    return lines.select_related(f"{path}__case")


def _check_scan(scan: EnergyScan, today: dt.date) -> None:
    check_past(scan.scanned_on, today=today, field="scanned_on")
    if not (scan.label or scan.kwh is not None or scan.findings):
        raise RenovationError(_("Vul het label, het verbruik of de vaststellingen in."), field="label")


def _check_list(works_list: WorksList, today: dt.date) -> None:
    if not works_list.title:
        raise RenovationError(_("Schrijf op welke werken."), field="title")


def _check_work(work: RenovationWork, today: dt.date) -> None:
    if work.state != WorkState.DONE and work.done_on is not None:
        raise RenovationError(_("Een dag hoort bij een werk dat klaar is."), field="done_on")
    if work.state == WorkState.DONE and work.done_on is None:
        raise RenovationError(_("Vul in wanneer het werk klaar was."), field="done_on")
    check_past(work.done_on, today=today, field="done_on")
    if work.estimate is not None and work.estimate < 0:
        raise RenovationError(_("Een bedrag kan niet onder nul liggen."), field="estimate")


def _check_quote(quote: Quote, today: dt.date) -> None:
    check_past(quote.dated_on, today=today, field="dated_on")
    if quote.amount <= 0:
        raise RenovationError(_("Vul een bedrag boven nul in."), field="amount")
    if quote.valid_until_on is not None and quote.valid_until_on < quote.dated_on:
        raise RenovationError(_("Een offerte vervalt niet voor haar eigen datum."), field="valid_until_on")
    others = Quote.objects.filter(works_list=quote.works_list_id, is_chosen=True).exclude(pk=quote.pk)
    if quote.is_chosen and others.exists():
        raise RenovationError(_("Er is al een offerte gekozen voor deze werken."), field="works_list")


def _check_support(support: SupportRequest, today: dt.date) -> None:
    check_past(support.asked_on, today=today, field="asked_on")
    if (support.kind == SupportKind.OTHER) != bool(support.other):
        raise RenovationError(
            _("Schrijf op welke steun het is.")
            if not support.other
            else _("Een naam hoort bij “iets anders”."),
            field="other",
        )
    if support.asked is not None and support.asked < 0:
        raise RenovationError(_("Een bedrag kan niet onder nul liggen."), field="asked")
    if support.decided_on is not None and support.decided_on < support.asked_on:
        raise RenovationError(_("Er werd al beslist voor deze dag. Kies een vroegere."), field="asked_on")


def _check_progress(line: ProgressLine, today: dt.date) -> None:
    check_past(line.seen_on, today=today, field="seen_on")
    if not line.words:
        raise RenovationError(_("Schrijf op wat je zag of hoorde."), field="words")


_CHECKS: dict[str, Callable[[Any, dt.date], None]] = {
    "scan": _check_scan,
    "list": _check_list,
    "work": _check_work,
    "quote": _check_quote,
    "support": _check_support,
    "progress": _check_progress,
}


def _fill(line: Any, kind: str, values: dict[str, Any], *, renovation: Renovation, now: dt.datetime) -> None:
    set_values(line, FIELDS[kind], values)
    if kind in _IN_LIST and (line.works_list.renovation_id != renovation.pk or line.works_list.is_struck):
        raise RenovationError(_("Deze werkenlijst hoort niet bij deze renovatie."), field="works_list")
    _CHECKS[kind](line, day_of(now))


def _prepared(uploads: Iterable[UploadedFile]) -> list[Photo]:
    return [
        prepare_photo(upload, size=upload.size or 0, max_bytes=settings.PHOTO_MAX_BYTES) for upload in uploads
    ]


def _keep_photos(line: ProgressLine, photos: list[Photo], *, by: User) -> None:
    known = set(line.photos.values_list("source_digest", flat=True))
    for photo in photos:
        if photo.source_digest in known:
            continue
        if len(known) >= MOST_PHOTOS:
            raise PhotoRefused(
                _("Er passen %(max)d foto's bij. Haal er eerst een weg.") % {"max": MOST_PHOTOS}
            )
        known.add(photo.source_digest)
        row = ProgressPhoto(
            uuid=uuid.uuid4(),
            line=line,
            source_digest=photo.source_digest,
            width=photo.width,
            height=photo.height,
            added_by=by,
        )
        save_photo(row, photo)


@transaction.atomic
def add_line(
    *,
    by: User,
    renovation: Renovation,
    kind: str,
    values: dict[str, Any],
    uploads: Iterable[UploadedFile] = (),
    now: dt.datetime | None = None,
) -> Any:
    """Add a scan, a list of works, a work, a quote, a request for support or progress (with photos in `uploads`).

    Raises RenovationError or BadDateError beside the field, PhotoRefused, CaseIsClosed.
    """
    now = now or timezone.now()
    photos = _prepared(uploads)
    renovation = lock_renovation(renovation)
    line: Any = LINES[kind](added_by=by)
    if kind not in _IN_LIST:
        line.renovation = renovation
    _fill(line, kind, values, renovation=renovation, now=now)
    line.save()
    if photos:
        _keep_photos(line, photos, by=by)
    if kind in _ADDED:
        tell(renovation, by=by, title=str(_ADDED[kind]), now=now)
    return line


def _lock_line(line: Any, *, version: int | None = None) -> tuple[Any, Renovation]:
    renovation = lock_renovation(renovation_of(line))
    line = type(line).objects.select_for_update(of=("self",)).get(pk=line.pk)
    if version is not None and line.version != version:
        raise changed_meanwhile(values_shown(line, FIELDS[kind_of(line)]))
    return line, renovation


@transaction.atomic
def edit_line(
    *,
    by: User,
    line: Any,
    version: int,
    values: dict[str, Any],
    uploads: Iterable[UploadedFile] = (),
    now: dt.datetime | None = None,
) -> Any:
    """Correct a line, or say how far a work is. Raises ChangedMeanwhileError, and what `add_line` raises."""
    now = now or timezone.now()
    photos = _prepared(uploads)
    line, renovation = _lock_line(line, version=version)
    kind = kind_of(line)
    refuse_struck(line, RenovationError)
    was = getattr(line, "state", None)
    _fill(line, kind, values, renovation=renovation, now=now)
    save_line(line)
    if photos:
        _keep_photos(line, photos, by=by)
    if kind == "work" and line.state == WorkState.DONE != was:
        tell(renovation, by=by, title=_("Werk klaar: %(what)s") % {"what": line.what}, now=now)
    return line


@transaction.atomic
def strike_line(*, by: User, line: Any, reason: str, now: dt.datetime | None = None) -> Any:
    """Strike out a mistake: it stays readable and no longer counts. Raises RenovationError, CaseIsClosed."""
    now = now or timezone.now()
    line, renovation = _lock_line(line)
    check_strike(line, reason, RenovationError)
    if getattr(line, "is_chosen", False):
        raise RenovationError(_("Deze offerte is gekozen. Maak de keuze eerst ongedaan."))
    mark_struck(line, reason)
    tell(renovation, by=by, title=str(_STRUCK[kind_of(line)]), now=now)
    return line


@transaction.atomic
def restore_line(*, by: User, line: Any, now: dt.datetime | None = None) -> Any:
    """Put back what was struck out; not struck, nothing happens. Raises CaseIsClosed."""
    now = now or timezone.now()
    line, renovation = _lock_line(line)
    if line.is_struck:
        unmark_struck(line)
        save_line(line)
        tell(renovation, by=by, title=_("Geschrapte lijn teruggezet"), now=now)
    return line


@transaction.atomic
def choose_quote(*, by: User, quote: Quote, reason: str, now: dt.datetime | None = None) -> Quote:
    """Choose a quote for its list of works, with the reason; another that was chosen no longer is.

    Raises RenovationError, CaseIsClosed.
    """
    now = now or timezone.now()
    quote, renovation = _lock_line(quote)
    refuse_struck(quote, RenovationError)
    if not reason.strip():
        raise RenovationError(_("Schrijf op waarom deze offerte."), field="reason")
    for other in Quote.objects.select_for_update().filter(works_list=quote.works_list_id, is_chosen=True):
        if other.pk != quote.pk:
            other.is_chosen, other.choice_reason = False, ""
            save_line(other)
    quote.is_chosen, quote.choice_reason = True, reason.strip()
    save_line(quote)
    tell(renovation, by=by, title=_("Offerte gekozen: %(who)s") % {"who": quote.contractor}, now=now)
    return quote


@transaction.atomic
def unchoose_quote(*, by: User, quote: Quote, now: dt.datetime | None = None) -> Quote:
    """Take the choice back. Raises CaseIsClosed."""
    now = now or timezone.now()
    quote, renovation = _lock_line(quote)
    if quote.is_chosen:
        quote.is_chosen, quote.choice_reason = False, ""
        save_line(quote)
        tell(renovation, by=by, title=_("Keuze van een offerte ongedaan gemaakt"), now=now)
    return quote


@transaction.atomic
def decide_support(
    *,
    by: User,
    support: SupportRequest,
    version: int,
    state: str,
    decided_on: dt.date | None = None,
    granted: Decimal | None = None,
    note: str = "",
    now: dt.datetime | None = None,
) -> SupportRequest:
    """Write down what was decided about a premium or a loan, amounts in euro; "not decided yet" takes it back.

    Raises ChangedMeanwhileError, RenovationError, BadDateError, CaseIsClosed.
    """
    now = now or timezone.now()
    support, renovation = _lock_line(support, version=version)
    refuse_struck(support, RenovationError)
    if state == SupportState.ASKED:
        decided_on = granted = None
    elif decided_on is None:
        raise RenovationError(_("Vul in wanneer beslist is."), field="decided_on")
    check_past(decided_on, today=day_of(now), field="decided_on", not_before=support.asked_on)
    if state != SupportState.GRANTED and granted is not None:
        raise RenovationError(_("Een toegekend bedrag hoort bij “toegekend”."), field="granted")
    if state == SupportState.REFUSED and not note.strip():
        raise RenovationError(_("Schrijf op waarom het geweigerd is."), field="note")
    support.state, support.decided_on, support.granted = state, decided_on, granted
    support.decision_note = note.strip()
    save_line(support)
    title = _("Premie of lening: %(state)s") % {"state": SupportState(state).label}
    tell(renovation, by=by, title=title, now=now)
    return support


@transaction.atomic
def remove_progress_photo(*, by: User, photo: ProgressPhoto, now: dt.datetime | None = None) -> None:
    """Take a photo away, with its files once that holds. Raises CaseIsClosed."""
    lock_renovation(photo.line.renovation)
    names = [str(photo.file.name), str(photo.thumbnail.name)]
    photo.delete()
    transaction.on_commit(partial(forget_files, names))
