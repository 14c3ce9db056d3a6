"""Living-room visits: written down once, corrected, struck out, their words taken away, a worry put on the radar."""

import datetime as dt
import uuid as uuids
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, Organisation, User
from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from arsenaal.lib.wall import beyond_wall
from cases.actions.checks import check_due, check_past, day_of
from cases.actions.drafts import DraftIsDone, DraftNotHere, forget_old_drafts, keep_draft
from cases.actions.radar_report import Worry, report_worry
from cases.actions.visit_lock import lock_visit_uuid, visit_with
from cases.enums import RadarSource
from cases.models import RadarEntry
from cohesion.enums import Theme
from cohesion.models import LivingRoomDraft, LivingRoomFollowUp, LivingRoomVisit
from cohesion.models.living_room import MOST_SPOKEN
from people.models import Household

WORDS = ("loves", "worries", "notes")
LONGEST = {"loves": 4000, "worries": 4000, "notes": 10000}


class LivingRoomError(ActionError):
    """This can't be done with the visit; the message says why."""


class LivingRoomTaken(LivingRoomError):
    """This uuid is somebody else's visit. Says nothing about whose or which."""


@dataclass(frozen=True)
class LoggedLivingRoom:
    """The visit, whether it was saved now, and whether what was sent again says something else."""

    visit: LivingRoomVisit
    is_new: bool
    differs: bool = False


@dataclass(frozen=True)
class Heard:
    """What was heard, and from whom."""

    visited_on: dt.date
    street: str
    house_number: str = ""
    name: str = ""
    household: Household | None = None
    people_count: int = 1
    themes: tuple[str, ...] = ()
    loves: str = ""
    worries: str = ""
    notes: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Heard":
        """Return what a form holds, without the spaces around it."""
        found = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        tidy: dict[str, Any] = {
            name: value.strip() if isinstance(value, str) else value for name, value in found.items()
        }
        tidy["themes"] = tuple(tidy.get("themes", ()))
        return cls(**tidy)

    def columns(self) -> dict[str, Any]:
        """Return what a visit holds of it. A family goes by its key: who reads the visit need not meet the family."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "household"}
        household_id = self.household.pk if self.household else None
        return {**values, "themes": list(self.themes), "household_id": household_id}

    def differs_from(self, visit: LivingRoomVisit) -> bool:
        """Tell whether what is stored says something else."""
        return any(getattr(visit, name) != value for name, value in self.columns().items())


def _check(heard: Heard, *, neighbourhood: Neighbourhood, today: dt.date) -> None:
    check_past(heard.visited_on, today=today, field="visited_on")
    if not heard.street:
        raise LivingRoomError(_("In welke straat was je?"), field="street")
    if not 1 <= heard.people_count <= MOST_SPOKEN:
        raise LivingRoomError(
            _("Van 1 tot %(max)d mensen. Was het een groep? Plan dan een activiteit.") % {"max": MOST_SPOKEN},
            field="people_count",
        )
    if not set(heard.themes) <= set(Theme.values):
        raise LivingRoomError(_("Kies thema's uit de lijst."), field="themes")
    for name in WORDS:
        if len(getattr(heard, name)) > LONGEST[name]:
            raise LivingRoomError(
                _("Dit is te lang: er passen %(max)d tekens.") % {"max": LONGEST[name]}, field=name
            )
    if heard.household is not None and heard.household.neighbourhood_id != neighbourhood.pk:
        raise LivingRoomError(_("Dit gezin hoort bij een andere wijk."), field="household")


def _stored(uuid: uuids.UUID) -> LivingRoomVisit | None:
    """Return the visit that has this uuid, whoever's it is."""
    with beyond_wall("whether the uuid of a living-room visit is taken"):
        return LivingRoomVisit.objects.filter(uuid=uuid).first()


@transaction.atomic
def log_living_room(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    uuid: uuids.UUID,
    heard: Heard,
    follow_what: str = "",
    follow_due_on: dt.date | None = None,
    now: dt.datetime | None = None,
) -> LoggedLivingRoom:
    """Save a visit, with the first thing that was promised.

    `uuid` is made by the device: sent twice by the same person, also at the same moment, it is stored once and the
    first result is returned. Raises LivingRoomError, LivingRoomTaken, BadDateError.
    """
    today = day_of(now)
    lock_visit_uuid(uuid)
    visit = _stored(uuid)
    if visit is not None and visit.logged_by_id != by.pk:
        raise LivingRoomTaken(
            _("Dit bezoek kan zo niet bewaard worden. Begin een nieuw bezoek; je tekst staat klaar.")
        )
    if visit is not None:
        return LoggedLivingRoom(visit, is_new=False, differs=heard.differs_from(visit))
    _check(heard, neighbourhood=neighbourhood, today=today)
    visit = LivingRoomVisit(uuid=uuid, neighbourhood=neighbourhood, logged_by=by, **heard.columns())
    visit.save()
    if follow_what.strip() or follow_due_on is not None:
        add_follow_up(by=by, visit=visit, what=follow_what, due_on=follow_due_on, now=now, prefix="follow_")
    LivingRoomDraft.objects.filter(user=by, visit_uuid=uuid).delete()
    return LoggedLivingRoom(visit, is_new=True)


def lock_living_room(visit: LivingRoomVisit) -> LivingRoomVisit:
    """Return it as it is now, locked."""
    return LivingRoomVisit.objects.select_for_update(of=("self",)).get(pk=visit.pk)


def _refuse_redacted(visit: LivingRoomVisit) -> None:
    if visit.redacted_at is not None:
        raise LivingRoomError(_("De woorden van dit bezoek zijn weggehaald."))


@transaction.atomic
def correct_living_room(
    *,
    by: User,
    visit: LivingRoomVisit,
    version: int,
    heard: Heard,
    keeps_household: bool = False,
    now: dt.datetime | None = None,
) -> LivingRoomVisit:
    """Put other words in the place of what was written.

    `keeps_household` is for who may not meet the family that was named: it stays. Raises LivingRoomError, BadDateError,
    ChangedMeanwhileError.
    """
    visit = lock_living_room(visit)
    _refuse_redacted(visit)
    if visit.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit bezoek intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("dag"): date_format(visit.visited_on, "j F Y"),
                _("straat"): visit.street,
                _("wat hier goed is"): visit.loves,
                _("waar men mee zit"): visit.worries,
                _("wat je nog hoorde"): visit.notes,
            },
        )
    _check(heard, neighbourhood=visit.neighbourhood, today=day_of(now))
    columns = heard.columns()
    if keeps_household:
        del columns["household_id"]
    for name, value in columns.items():
        setattr(visit, name, value)
    visit.version += 1
    visit.save()
    LivingRoomDraft.objects.filter(user=by, visit_uuid=visit.uuid).delete()
    return visit


@transaction.atomic
def strike_living_room(*, by: User, visit: LivingRoomVisit, reason: str) -> LivingRoomVisit:
    """Strike out what was a mistake: it counts nowhere any more. Raises LivingRoomError."""
    visit = lock_living_room(visit)
    if visit.is_struck:
        raise LivingRoomError(_("Dit bezoek is al geschrapt."))
    if not reason.strip():
        raise LivingRoomError(_("Schrijf op waarom je dit schrapt."), field="reason")
    visit.is_struck, visit.strike_reason = True, reason.strip()
    visit.version += 1
    visit.save()
    return visit


@transaction.atomic
def put_back_living_room(*, by: User, visit: LivingRoomVisit) -> LivingRoomVisit:
    """It was no mistake: it counts again. Done before, it stays done."""
    visit = lock_living_room(visit)
    if visit.is_struck:
        visit.is_struck, visit.strike_reason = False, ""
        visit.version += 1
        visit.save()
    return visit


@transaction.atomic
def redact_living_room(
    *, by: User, visit: LivingRoomVisit, now: dt.datetime | None = None
) -> LivingRoomVisit:
    """Take away who it was and what was said; that somebody came by in this street stays. It can't be undone."""
    visit = lock_living_room(visit)
    if visit.redacted_at is not None:
        return visit
    visit.redacted_at, visit.redacted_by = now or timezone.now(), by
    visit.household = None
    visit.name = visit.house_number = visit.loves = visit.worries = visit.notes = ""
    visit.version += 1
    visit.save()
    visit.follow_ups.update(what=_("(weggehaald)"))
    LivingRoomDraft.objects.filter(visit_uuid=visit.uuid).delete()
    return visit


@transaction.atomic
def add_follow_up(
    *,
    by: User,
    visit: LivingRoomVisit,
    what: str,
    due_on: dt.date | None,
    now: dt.datetime | None = None,
    prefix: str = "",
) -> LivingRoomFollowUp:
    """Write down what was promised and by when. Raises LivingRoomError, BadDateError beside `prefix` and the field."""
    if not what.strip():
        raise LivingRoomError(_("Schrijf op wat je beloofde."), field=f"{prefix}what")
    if due_on is None:
        raise LivingRoomError(_("Kies tegen wanneer."), field=f"{prefix}due_on")
    check_due(due_on, today=day_of(now), field=f"{prefix}due_on")
    visit = lock_living_room(visit)
    _refuse_redacted(visit)
    return LivingRoomFollowUp.objects.create(visit=visit, what=what.strip(), due_on=due_on, added_by=by)


@transaction.atomic
def set_follow_up_done(
    *, by: User, follow_up: LivingRoomFollowUp, is_done: bool, now: dt.datetime | None = None
) -> LivingRoomFollowUp:
    """Say that it was done, or that it wasn't after all. Said twice, the first stays."""
    follow_up = LivingRoomFollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    if is_done == (follow_up.done_at is not None):
        return follow_up
    follow_up.done_by, follow_up.done_at = (by, now or timezone.now()) if is_done else (None, None)
    follow_up.save(update_fields=["done_by", "done_at"])
    return follow_up


@transaction.atomic
def put_on_radar(
    *,
    by: User,
    visit: LivingRoomVisit,
    resident_said_yes: bool,
    reason: str,
    worry: str,
    source_organisation: Organisation,
    review_on: dt.date,
    name: str = "",
    phone: str = "",
    now: dt.datetime | None = None,
) -> RadarEntry:
    """Make a signal of a worry, because the resident said yes to that; who said yes to whom stays with the visit.

    Raises LivingRoomError without the yes, when there is a signal already, for what was struck out or emptied, and for
    who gives no signals here; CannotReportWorry as for every signal.
    """
    visit = lock_living_room(visit)
    _refuse_redacted(visit)
    if visit.is_struck:
        raise LivingRoomError(_("Dit bezoek is geschrapt. Zet het eerst terug."))
    if not by.access.can(Permission.RADAR_REPORT, visit.neighbourhood_id):
        raise LivingRoomError(_("Jij kunt in deze wijk niemand op de radar zetten."))
    if not resident_said_yes:
        raise LivingRoomError(
            _(
                "Zonder ja van de bewoner komt dit niet op de radar. Vraag het eerst, en leg uit wie het dan leest."
            ),
            field="resident_said_yes",
        )
    if visit.radar_yes_at is not None:
        raise LivingRoomError(_("Van dit bezoek staat al een zorg op de radar."))
    now = now or timezone.now()
    entry = report_worry(
        by=by,
        neighbourhood=visit.neighbourhood,
        worry=Worry(
            source=RadarSource.SELF,
            source_organisation=source_organisation,
            reason=reason,
            worry=worry.strip(),
            review_on=review_on,
            name=name.strip() or visit.name,
            street=visit.street,
            house_number=visit.house_number,
            phone=phone.strip(),
        ),
        now=now,
    )
    visit.radar_yes_at, visit.radar_yes_by, visit.radar_entry = now, by, entry
    visit.version += 1
    visit.save()
    return entry


@transaction.atomic
def save_living_room_draft(
    *,
    by: User,
    visit_uuid: uuids.UUID,
    payload: Mapping[str, Any],
    revision: int | None = None,
    is_correction: bool = False,
) -> LivingRoomDraft:
    """Keep what `by` typed for this visit. `is_correction` keeps words that came in after he saved it.

    Raises OlderDraft, BadDraft, DraftIsDone when he saved it himself, DraftNotHere when it is another kind of visit.
    """
    lock_visit_uuid(visit_uuid)
    if visit_with(visit_uuid) is not None:
        raise DraftNotHere(_("Dit is een bezoek van een dossier."))
    visit = _stored(visit_uuid)
    if visit is not None and visit.logged_by_id == by.pk and not is_correction:
        raise DraftIsDone(_("Dit bezoek is al bewaard."))
    return keep_draft(LivingRoomDraft, by=by, visit_uuid=visit_uuid, payload=payload, revision=revision)


@transaction.atomic
def drop_living_room_draft(*, by: User, visit_uuid: uuids.UUID) -> None:
    """Throw away one's own draft. Nothing to throw away is fine."""
    lock_visit_uuid(visit_uuid)
    LivingRoomDraft.objects.filter(user=by, visit_uuid=visit_uuid).delete()


@transaction.atomic
def move_living_room_draft(*, by: User, visit_uuid: uuids.UUID) -> uuids.UUID:
    """Make one's own draft that of a new visit, for a uuid that turned out to be taken. Return the new uuid."""
    lock_visit_uuid(visit_uuid)
    new_uuid = uuids.uuid4()
    LivingRoomDraft.objects.filter(user=by, visit_uuid=visit_uuid).update(visit_uuid=new_uuid)
    return new_uuid


def tidy_living_room_drafts(*, now: dt.datetime | None = None) -> int:
    """Forget the drafts that nobody came back to; return how many. Safe to run twice."""
    return forget_old_drafts(LivingRoomDraft, now=now)
