"""Answers: kept once, whichever way they came in, and words taken away."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from arsenaal.lib.wall import beyond_wall
from cases.actions.checks import day_of
from surveys.actions.rounds import digest_of, lock_round, normalised
from surveys.answering import Given
from surveys.enums import AnsweredHow
from surveys.models import Answer, AnswerSet, AnswerWords, RoundCode, SurveyRound, TabletPass


class NoWayInError(ActionError):
    """This code or tablet opens nothing: never made, used, of another place, or its round is over. All sound alike."""


class AnswerError(ActionError):
    """This can't be kept; the message says why."""


def _no_way_in() -> NoWayInError:
    return NoWayInError(_("Deze code werkt niet (meer)."))


def round_of_code(code: str, *, neighbourhood_id: int, today: dt.date) -> SurveyRound:
    """Return the round that a code of this neighbourhood opens. Raises NoWayInError."""
    found = (
        RoundCode.objects.filter(digest=digest_of(normalised(code)), is_used=False)
        .filter(round__in=SurveyRound.objects.running(today).filter(neighbourhood_id=neighbourhood_id))
        .select_related("round__questionnaire_version")
        .first()
    )
    if found is None:
        raise _no_way_in()
    return found.round


def pass_of_tablet(secret: str, *, neighbourhood_id: int, now: dt.datetime) -> TabletPass:
    """Return the pass of a tablet that is on. Raises NoWayInError."""
    running = SurveyRound.objects.running(day_of(now)).filter(neighbourhood_id=neighbourhood_id)
    found = (
        TabletPass.objects.filter(digest=digest_of(secret), expires_at__gt=now, round__in=running)
        .select_related("round__questionnaire_version", "started_by")
        .first()
    )
    if found is None:
        raise _no_way_in()
    return found


def _keep(
    round_: SurveyRound,
    given: Given,
    page: uuid.UUID,
    how: AnsweredHow,
    language: str,
    taken_by: User | None,
    today: dt.date,
) -> AnswerSet:
    if given.errors:
        raise AnswerError(next(iter(given.errors.values())))
    if given.is_empty:
        raise AnswerError(_("Er is nog niets ingevuld."))
    answer_set = AnswerSet(
        round=round_,
        uuid=page,
        how=how,
        language=language,
        street=given.street,
        given_name=given.given_name,
        taken_by=taken_by,
        received_on=today,
    )
    AnswerSet.objects.bulk_create([answer_set], ignore_conflicts=True)
    stored = AnswerSet.objects.select_for_update().get(uuid=page)
    if stored.answers.exists() or stored.words.exists():
        return stored  # the same page, sent again
    Answer.objects.bulk_create(
        [
            *(
                Answer(answer_set=stored, question_id=question, option_id=option)
                for question, options in given.choices.items()
                for option in options
            ),
            *(
                Answer(answer_set=stored, question_id=question, number=number)
                for question, number in given.numbers.items()
            ),
        ]
    )
    AnswerWords.objects.bulk_create(
        AnswerWords(answer_set=stored, question_id=question, words=words)
        for question, words in given.texts.items()
    )
    return stored


@transaction.atomic
def answer_with_code(
    *,
    code: str,
    neighbourhood_id: int,
    given: Given,
    page: uuid.UUID,
    language: str,
    now: dt.datetime | None = None,
) -> AnswerSet | None:
    """Keep one answer for one code. The same page sent again is kept once; the code then is used up.

    None: this page was kept before. Raises NoWayInError, AnswerError.
    """
    now = now or timezone.now()
    with beyond_wall("an answer with a code: nobody is signed in"):
        row = RoundCode.objects.select_for_update().filter(digest=digest_of(normalised(code))).first()
        if row is None:
            raise _no_way_in()
        if row.is_used:
            if AnswerSet.objects.filter(uuid=page, round_id=row.round_id).exists():
                return None
            raise _no_way_in()
        round_ = round_of_code(code, neighbourhood_id=neighbourhood_id, today=day_of(now))
        if AnswerSet.objects.filter(uuid=page).exists():
            raise _no_way_in()  # the page of somebody else, copied
        kept = _keep(round_, given, page, AnsweredHow.CODE, language, None, day_of(now))
        row.is_used = True
        row.save(update_fields=["is_used"])
        return kept


@transaction.atomic
def answer_on_tablet(
    *,
    secret: str,
    neighbourhood_id: int,
    given: Given,
    page: uuid.UUID,
    language: str,
    now: dt.datetime | None = None,
) -> AnswerSet:
    """Keep the answer of a resident on the coach's tablet. Raises NoWayInError, AnswerError."""
    now = now or timezone.now()
    with beyond_wall("an answer on a tablet: nobody is signed in"):
        tablet = pass_of_tablet(secret, neighbourhood_id=neighbourhood_id, now=now)
        return _keep(tablet.round, given, page, AnsweredHow.TABLET, language, tablet.started_by, day_of(now))


@transaction.atomic
def answer_during_visit(
    *,
    by: User,
    round_: SurveyRound,
    given: Given,
    page: uuid.UUID,
    language: str,
    now: dt.datetime | None = None,
) -> AnswerSet:
    """Keep what somebody told at his table. Raises AnswerError."""
    round_ = lock_round(round_)
    if not round_.is_running:
        raise AnswerError(_("Deze ronde loopt vandaag niet."))
    return _keep(round_, given, page, AnsweredHow.VISIT, language, by, day_of(now))


@transaction.atomic
def take_words_away(*, by: User, words: AnswerWords) -> None:
    """Take away what somebody wrote: it names a neighbour, or tells too much. Done before, it stays done."""
    AnswerWords.objects.filter(pk=words.pk).delete()
