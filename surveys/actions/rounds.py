"""Rounds: begun, changed, closed; and the ways in: codes on paper, a tablet."""

import datetime as dt
import hashlib
import hmac
import secrets
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.checks import BadDateError, check_due, check_not_far, day_of
from surveys.models import QuestionnaireVersion, RoundCode, SurveyRound, TabletPass

LONGEST_ROUND = dt.timedelta(days=366)
MOST_STREETS = 60
MOST_CODES = 300  # of one sheet
TABLET_HOURS = 8
# Letters and digits that nobody takes for one another; 32 of them, so that five bits are one of them.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 12  # sixty bits


class RoundError(ActionError):
    """This can't be done with the round; the message says why."""


def lock_round(round_: SurveyRound) -> SurveyRound:
    """Return it as it is now, locked."""
    return (
        SurveyRound.objects.select_for_update(of=("self",))
        .select_related("questionnaire_version__questionnaire", "neighbourhood")
        .get(pk=round_.pk)
    )


def clean_streets(streets: Sequence[str]) -> list[str]:
    """Return the streets without empty or double lines. Raises RoundError when one is too long or they are too many."""
    found = list(dict.fromkeys(text.strip() for text in streets if text.strip()))
    if len(found) > MOST_STREETS:
        raise RoundError(_("Hoogstens %(most)d straten.") % {"most": MOST_STREETS}, field="streets")
    if any(len(text) > 80 for text in found):
        raise RoundError(_("Een straatnaam is hoogstens 80 tekens lang."), field="streets")
    return found


def _check_days(from_on: dt.date, until_on: dt.date, today: dt.date) -> None:
    if until_on < from_on:
        raise BadDateError(_("De laatste dag ligt voor de eerste."), field="until_on")
    if until_on - from_on > LONGEST_ROUND:
        raise BadDateError(_("Een ronde duurt hoogstens een jaar."), field="until_on")
    check_not_far(until_on, today=today, field="until_on")


@transaction.atomic
def begin_round(
    *,
    by: User,
    questionnaire_version: QuestionnaireVersion,
    name: str,
    from_on: dt.date,
    until_on: dt.date,
    audience: str = "",
    invited_count: int | None = None,
    streets: Sequence[str] = (),
    now: dt.datetime | None = None,
) -> SurveyRound:
    """Hold a published version for a while. Raises RoundError, BadDateError."""
    if questionnaire_version.is_draft:
        raise RoundError(_("Publiceer de vragenlijst eerst: dan verandert ze niet meer onderweg."))
    today = day_of(now)
    check_due(until_on, today=today, field="until_on")
    _check_days(from_on, until_on, today)
    questionnaire = questionnaire_version.questionnaire
    return SurveyRound.objects.create(
        questionnaire_version=questionnaire_version,
        neighbourhood_id=questionnaire.neighbourhood_id,
        purpose=questionnaire.purpose,
        name=name.strip(),
        from_on=from_on,
        until_on=until_on,
        audience=audience.strip(),
        invited_count=invited_count,
        streets=clean_streets(streets),
        created_by=by,
    )


@transaction.atomic
def edit_round(
    *,
    by: User,
    round_: SurveyRound,
    version: int,
    name: str,
    until_on: dt.date,
    audience: str = "",
    invited_count: int | None = None,
    now: dt.datetime | None = None,
) -> SurveyRound:
    """Change what is said of it, or how long it goes on; not once it has ended: its results were shown.

    Raises RoundError, BadDateError, ChangedMeanwhileError.
    """
    round_ = lock_round(round_)
    if round_.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft deze ronde intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("naam"): round_.name,
                _("voor wie"): round_.audience,
                _("tot en met"): date_format(round_.until_on, "j F Y"),
                _("aantal uitgenodigd"): str(round_.invited_count or ""),
            },
        )
    if until_on != round_.until_on:
        if round_.has_ended:
            raise RoundError(
                _("Deze ronde is afgelopen: de resultaten zijn getoond. Begin een nieuwe ronde."),
                field="until_on",
            )
        check_due(until_on, today=day_of(now), field="until_on")
        _check_days(round_.from_on, until_on, day_of(now))
    round_.name, round_.until_on, round_.audience = name.strip(), until_on, audience.strip()
    round_.invited_count = invited_count
    round_.version += 1
    round_.save()
    return round_


@transaction.atomic
def close_round(*, by: User, round_: SurveyRound, now: dt.datetime | None = None) -> SurveyRound:
    """End it now, for good: nothing comes in any more, results are shown. Done before, it stays done."""
    round_ = lock_round(round_)
    if round_.closed_at is None:
        round_.closed_by, round_.closed_at = by, now or timezone.now()
        round_.version += 1
        round_.save()
    return round_


def digest_of(code: str) -> str:
    """Return what is kept of a code or a pass: sixty random bits and more need no slow hash."""
    return hashlib.sha256(code.encode()).hexdigest()


def normalised(code: str) -> str:
    """Return a code as it was made, whatever somebody typed around it."""
    return "".join(letter for letter in code.upper() if letter in ALPHABET)[: CODE_LENGTH + 1]


def _code(seed: uuid.UUID, n: int) -> str:
    """Return the code at a place on a sheet; who doesn't know the seed of the sheet and our key can't work it out."""
    made = hmac.new(settings.SECRET_KEY.encode(), f"survey:{seed}:{n}".encode(), hashlib.sha256).digest()
    bits = int.from_bytes(made, "big")
    return "".join(ALPHABET[bits >> (5 * at) & 31] for at in range(CODE_LENGTH))


@transaction.atomic
def make_codes(*, by: User, round_: SurveyRound, count: int, seed: uuid.UUID) -> list[str]:
    """Return codes to hand out, each for one answer; they are shown now and never again.

    The page brings the seed: sent twice, the same sheet comes, and no code more. Raises RoundError.
    """
    round_ = lock_round(round_)
    if round_.has_ended:
        raise RoundError(_("Deze ronde is afgelopen."))
    if not 1 <= count <= MOST_CODES:
        raise RoundError(_("Een getal van 1 tot %(most)d.") % {"most": MOST_CODES}, field="count")
    codes = [_code(seed, n) for n in range(count)]
    RoundCode.objects.bulk_create(
        [RoundCode(round=round_, digest=digest_of(code)) for code in codes], ignore_conflicts=True
    )
    return codes


@transaction.atomic
def start_tablet(*, by: User, round_: SurveyRound, now: dt.datetime | None = None) -> tuple[TabletPass, str]:
    """Let one tablet take answers for some hours. Returns the pass with its secret. Raises RoundError."""
    now = now or timezone.now()
    round_ = lock_round(round_)
    if not round_.is_running:
        raise RoundError(_("Deze ronde loopt vandaag niet."))
    secret = secrets.token_urlsafe(24)
    made = TabletPass.objects.create(
        round=round_,
        digest=digest_of(secret),
        started_by=by,
        started_at=now,
        expires_at=now + dt.timedelta(hours=TABLET_HOURS),
    )
    return made, secret


@transaction.atomic
def stop_tablets(*, by: User, round_: SurveyRound, now: dt.datetime | None = None) -> int:
    """Stop every tablet of a round at once. Returns how many were on."""
    now = now or timezone.now()
    return round_.tablets.filter(expires_at__gt=now).update(expires_at=now)
