"""Voting in a round: slips with codes, one ballot per code, paper counted by two, and the result frozen."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cohesion.actions.budget_rounds import lock_round
from cohesion.budget_enums import RoundState
from cohesion.budget_votes import Candidate, checksum_of, hash_code, new_code, rank, rule_in_words
from cohesion.models import (
    Ballot,
    BallotChoice,
    BudgetProject,
    BudgetRound,
    CodeBatch,
    PaperCount,
    PaperVotes,
    VoteCode,
    VoteResult,
)
from cohesion.models.budget_vote import MOST_PAPER, MOST_SLIPS


class VoteError(ActionError):
    """This vote, count or result can't be; the message says why."""


class WrongCodeError(VoteError):
    """Nobody got a slip with this code, or it counts no more. The same answer for both: a guesser learns nothing."""


def _lock_voting(budget_round: BudgetRound) -> BudgetRound:
    budget_round = lock_round(budget_round)
    if budget_round.state != RoundState.VOTING:
        raise VoteError(_("Er kan nu niet gestemd worden."))
    return budget_round


@transaction.atomic
def print_codes(
    *, by: User, budget_round: BudgetRound, size: int, now: dt.datetime | None = None
) -> tuple[CodeBatch, list[str]]:
    """Make new codes and return them, this once: only their hashes are kept. Raises VoteError."""
    budget_round = lock_round(budget_round)
    if budget_round.state not in (RoundState.ASSESSING, RoundState.VOTING):
        raise VoteError(_("Stembriefjes maken kan als de ideeën nagekeken worden, of tijdens de stemming."))
    if not 1 <= size <= MOST_SLIPS:
        raise VoteError(_("Een getal van 1 tot %(most)d.") % {"most": MOST_SLIPS}, field="size")
    batch = CodeBatch.objects.create(
        round=budget_round, size=size, printed_by=by, printed_at=now or timezone.now()
    )
    codes: set[str] = set()
    while len(codes) < size:
        codes.add(new_code())
    found = sorted(codes)
    VoteCode.objects.bulk_create(
        VoteCode(round=budget_round, batch=batch, code_hash=hash_code(budget_round.pk, code))
        for code in found
    )
    return batch, found


@transaction.atomic
def void_batch(*, by: User, batch: CodeBatch, **_: Any) -> CodeBatch:
    """Let the slips of a printing that weren't used count no more: they got lost. Done before, it stays done."""
    lock_round(batch.round)
    CodeBatch.objects.filter(pk=batch.pk).update(is_void=True)
    batch.refresh_from_db()
    return batch


def cast_vote(*, by: User | None, budget_round: BudgetRound, code: str, projects: Collection[int]) -> Ballot:
    """Take one ballot with a code; who votes isn't known. Raises WrongCodeError, VoteError when it was used.

    The database takes one ballot per code, also when two come at the same moment.
    """
    with transaction.atomic():
        budget_round = _lock_voting(budget_round)
        chosen = set(projects)
        if not 1 <= len(chosen) <= budget_round.choices:
            raise VoteError(
                ngettext("Kies één project.", "Kies één tot %(n)d projecten.", budget_round.choices)
                % {"n": budget_round.choices},
                field="projects",
            )
        known = set(budget_round.projects.on_ballot().values_list("pk", flat=True))
        if chosen - known:
            raise VoteError(_("Kies een project van deze lijst."), field="projects")
        found = (
            VoteCode.objects.select_for_update(of=("self",))
            .filter(round=budget_round, code_hash=hash_code(budget_round.pk, code), batch__is_void=False)
            .first()
        )
        if found is None:
            raise WrongCodeError(
                _("Deze code kennen we niet. Kijk na of je ze juist overtypte van je briefje."), field="code"
            )
        try:
            with transaction.atomic():
                ballot = Ballot.objects.create(round=budget_round, code=found)
        except IntegrityError as error:
            raise VoteError(
                _("Met deze code is al gestemd. Elke code telt één keer."), field="code"
            ) from error
        BallotChoice.objects.bulk_create(BallotChoice(ballot=ballot, project_id=pk) for pk in sorted(chosen))
        return ballot


@transaction.atomic
def count_paper(
    *,
    by: User,
    budget_round: BudgetRound,
    where: str,
    ballots: int,
    votes: Mapping[int, int],
    now: dt.datetime | None = None,
) -> PaperCount:
    """Write down the ballots of one box: project -> votes. It counts once a colleague checked it. Raises VoteError."""
    budget_round = _lock_voting(budget_round)
    if not 1 <= ballots <= MOST_PAPER:
        raise VoteError(_("Een getal van 1 tot %(most)d.") % {"most": MOST_PAPER}, field="ballots")
    known = set(budget_round.projects.on_ballot().values_list("pk", flat=True))
    if set(votes) - known:
        raise VoteError(_("Kies een project van deze lijst."))
    for pk, number in votes.items():
        if not 0 <= number <= ballots:
            raise VoteError(
                _("Op %(n)d biljetten kan een project niet meer stemmen hebben dan dat.") % {"n": ballots},
                field=f"votes_{pk}",
            )
    together = sum(votes.values())
    if not ballots <= together <= ballots * budget_round.choices:
        raise VoteError(
            _(
                "Samen zijn het %(together)d stemmen op %(n)d geldige biljetten. Dat klopt niet: op elk geldig biljet "
                "staan één tot %(choices)d projecten."
            )
            % {"together": together, "n": ballots, "choices": budget_round.choices},
            field="ballots",
        )
    count = PaperCount.objects.create(
        round=budget_round,
        where=where.strip(),
        ballots=ballots,
        counted_by=by,
        counted_at=now or timezone.now(),
    )
    PaperVotes.objects.bulk_create(
        PaperVotes(count=count, project_id=pk, votes=votes.get(pk, 0)) for pk in sorted(known)
    )
    return count


@transaction.atomic
def check_paper(*, by: User, count: PaperCount, now: dt.datetime | None = None) -> PaperCount:
    """A second pair of eyes counted the same. Raises VoteError for who counted himself."""
    _lock_voting(count.round)
    count = PaperCount.objects.select_for_update(of=("self",)).get(pk=count.pk)
    if count.checked_by_id is not None:
        return count
    if count.counted_by_id == by.pk:
        raise VoteError(_("Wie telde, kan niet zelf nakijken. Vraag een collega."))
    count.checked_by, count.checked_at = by, now or timezone.now()
    count.save(update_fields=["checked_by", "checked_at"])
    return count


@transaction.atomic
def drop_paper(*, by: User, count: PaperCount) -> None:
    """Take a count away that nobody checked yet, to count again. Raises VoteError when it was checked."""
    _lock_voting(count.round)
    count = PaperCount.objects.select_for_update(of=("self",)).get(pk=count.pk)
    if count.checked_by_id is not None:
        raise VoteError(_("Deze telling is nagekeken en blijft staan."))
    count.delete()


def candidates_of(budget_round: BudgetRound) -> list[Candidate]:
    """Return the projects on the ballot with their votes: those with a code and those on checked paper."""
    online = Counter(
        BallotChoice.objects.filter(ballot__round=budget_round).values_list("project_id", flat=True)
    )
    paper = dict(
        PaperVotes.objects.filter(count__round=budget_round, count__checked_by__isnull=False)
        .order_by()
        .values_list("project_id")
        .annotate(n=Sum("votes"))
    )
    return [
        Candidate(one.pk, one.number, one.title, one.ballot_amount, online[one.pk], paper.get(one.pk, 0))
        for one in BudgetProject.objects.filter(round=budget_round, ballot_amount__isnull=False).order_by(
            "number"
        )
    ]


def count_again(budget_round: BudgetRound) -> str:
    """Return the mark of the result as it is counted now; it is that of the frozen one, or something was changed."""
    result = budget_round.result
    rows = rank(
        candidates_of(budget_round),
        envelope=result.envelope,
        tie_rule=budget_round.tie_rule,
    )
    return checksum_of(rows, result.rule)


@transaction.atomic
def freeze_result(*, by: User, budget_round: BudgetRound, now: dt.datetime | None = None) -> VoteResult:
    """End the vote, count, and keep the result with its rule for good. Raises VoteError while paper waits."""
    budget_round = _lock_voting(budget_round)
    waiting = budget_round.paper_counts.filter(checked_by__isnull=True).count()
    if waiting:
        raise VoteError(
            ngettext(
                "%(n)d telling op papier is nog niet nagekeken door iemand anders.",
                "%(n)d tellingen op papier zijn nog niet nagekeken door iemand anders.",
                waiting,
            )
            % {"n": waiting}
        )
    rows = rank(candidates_of(budget_round), envelope=budget_round.envelope, tie_rule=budget_round.tie_rule)
    rule = rule_in_words(
        envelope=budget_round.envelope, tie_rule=budget_round.tie_rule, choices=budget_round.choices
    )
    result = VoteResult.objects.create(
        round=budget_round,
        rule=rule,
        envelope=budget_round.envelope,
        rows=rows,
        ballots=budget_round.ballots.count(),
        paper_ballots=budget_round.paper_counts.aggregate(n=Sum("ballots"))["n"] or 0,
        checksum=checksum_of(rows, rule),
        frozen_by=by,
        frozen_at=now or timezone.now(),
    )
    budget_round.state = RoundState.DECIDED
    budget_round.version += 1
    budget_round.save(update_fields=["state", "version"])
    return result
