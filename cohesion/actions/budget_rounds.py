"""Rounds of the neighbourhood budget: opened, changed, brought from one state to the next."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Neighbourhood, User
from arsenaal.lib.amounts import euro
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.checks import BadDateError, check_not_far, day_of
from cases.reference import value_on
from cohesion.budget_enums import ROUND_TRANSITIONS, ProjectState, RoundState, TieRule, Verdict
from cohesion.budget_rules import RULES, THEMES, parts_of
from cohesion.models import BudgetAdvice, BudgetProject, BudgetRound, BudgetRule, BudgetTheme
from cohesion.models.budget_round import LEAST_MONEY, MOST_CHOICES, MOST_MONEY

_CENT = Decimal("0.01")
ZERO = Decimal("0.00")


class BudgetRoundError(ActionError):
    """This can't be done with the round; the message says why."""


class BudgetAmountError(ActionError):
    """This amount can't be right."""


def check_amount(amount: Decimal, *, field: str = "amount", least: Decimal = LEAST_MONEY) -> Decimal:
    """Return it to the cent. Raises BudgetAmountError for what is no amount, too small, too large, or below a cent."""
    if not amount.is_finite():
        raise BudgetAmountError(_("Dit is geen bedrag."), field=field)
    if not least <= amount <= MOST_MONEY:
        raise BudgetAmountError(
            _("Een bedrag van %(least)s tot %(most)s.") % {"least": euro(least), "most": euro(MOST_MONEY)},
            field=field,
        )
    if amount != amount.quantize(_CENT):
        raise BudgetAmountError(_("Hoogstens twee cijfers na de komma."), field=field)
    return amount.quantize(_CENT)


def lock_round(found: BudgetRound) -> BudgetRound:
    """Return it as it is now, locked. Whoever moves money or votes of a round locks this first, so that two wait."""
    return (
        BudgetRound.objects.select_for_update(of=("self",)).select_related("neighbourhood").get(pk=found.pk)
    )


def promised_of(budget_round: BudgetRound) -> Decimal:
    """Return what was promised in all."""
    return budget_round.projects.promised().aggregate(total=Sum("granted"))["total"] or ZERO


def _check_days(from_on: dt.date, until_on: dt.date, today: dt.date) -> None:
    if until_on < from_on:
        raise BadDateError(_("De laatste dag ligt voor de eerste."), field="ideas_until_on")
    check_not_far(until_on, today=today, field="ideas_until_on")


def _save(budget_round: BudgetRound) -> None:
    try:
        with transaction.atomic():
            budget_round.save()
    except IntegrityError as error:
        raise BudgetRoundError(_("Er is in deze wijk al een ronde met deze naam."), field="title") from error


def _texts(texts: Sequence[str], *, field: str, longest: int) -> list[str]:
    found = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    if not found:
        raise BudgetRoundError(_("Zet er minstens één bij."), field=field)
    if len(found) > 15:
        raise BudgetRoundError(_("Hoogstens vijftien."), field=field)
    if any(len(text) > longest for text in found):
        raise BudgetRoundError(
            _("Een regel is te lang: hoogstens %(n)d tekens.") % {"n": longest}, field=field
        )
    return found


@transaction.atomic
def open_round(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    title: str,
    envelope: Decimal,
    ideas_from_on: dt.date,
    ideas_until_on: dt.date,
    intro: str = "",
    choices: int = 1,
    tie_rule: str = TieRule.SMALLEST,
    now: dt.datetime | None = None,
) -> BudgetRound:
    """Prepare a round, with the themes and rules of the one before it. Raises BudgetRoundError, BadDateError."""
    today = day_of(now)
    _check_days(ideas_from_on, ideas_until_on, today)
    last = BudgetRound.objects.filter(neighbourhood=neighbourhood).order_by("-pk").first()
    budget_round = BudgetRound(
        neighbourhood=neighbourhood,
        title=title.strip(),
        intro=intro.strip(),
        envelope=check_amount(envelope, field="envelope"),
        ideas_from_on=ideas_from_on,
        ideas_until_on=ideas_until_on,
        choices=choices,
        tie_rule=tie_rule,
        created_by=by,
    )
    _save(budget_round)
    themes = list(last.themes.order_by("position", "pk").values_list("name", flat=True)) if last else []
    rules = list(last.rules.order_by("position", "pk").values_list("text", flat=True)) if last else []
    _put_texts(
        budget_round,
        themes or parts_of(value_on(THEMES.code, today).text),
        rules or parts_of(value_on(RULES.code, today).text),
    )
    return budget_round


def _put_texts(budget_round: BudgetRound, themes: Sequence[str], rules: Sequence[str]) -> None:
    """Let exactly these stand there; what projects already hang on stays the same row."""
    for model, field, texts in ((BudgetTheme, "name", themes), (BudgetRule, "text", rules)):
        rows: Any = model._default_manager
        rows.filter(round=budget_round).exclude(**{f"{field}__in": texts}).delete()
        for position, text in enumerate(texts):
            rows.update_or_create(round=budget_round, **{field: text}, defaults={"position": position})


@transaction.atomic
def edit_round(
    *,
    by: User,
    budget_round: BudgetRound,
    version: int,
    title: str,
    envelope: Decimal,
    ideas_from_on: dt.date,
    ideas_until_on: dt.date,
    intro: str,
    choices: int,
    tie_rule: str,
    themes: Sequence[str],
    rules: Sequence[str],
    now: dt.datetime | None = None,
) -> BudgetRound:
    """Change a round. What voters were told stays from the moment they vote.

    Raises BudgetRoundError (also for an envelope below what was promised, or a theme that projects hang on),
    BadDateError, BudgetAmountError, ChangedMeanwhileError.
    """
    budget_round = lock_round(budget_round)
    if budget_round.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft deze ronde intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("naam"): budget_round.title,
                _("bedrag"): euro(budget_round.envelope),
                _("indienen tot en met"): date_format(budget_round.ideas_until_on, "j F Y"),
            },
        )
    if budget_round.state == RoundState.CLOSED:
        raise BudgetRoundError(_("Deze ronde is afgesloten."))
    if (ideas_from_on, ideas_until_on) != (budget_round.ideas_from_on, budget_round.ideas_until_on):
        _check_days(ideas_from_on, ideas_until_on, day_of(now))
    envelope = check_amount(envelope, field="envelope")
    _check_envelope(budget_round, envelope)
    is_told = budget_round.state in (RoundState.VOTING, RoundState.DECIDED)
    if is_told and (choices, tie_rule) != (budget_round.choices, budget_round.tie_rule):
        raise BudgetRoundError(_("De regels van de stemming veranderen niet meer."), field="tie_rule")
    if budget_round.state == RoundState.VOTING and envelope != budget_round.envelope:
        raise BudgetRoundError(_("Tijdens de stemming verandert het bedrag niet."), field="envelope")
    if not 1 <= choices <= MOST_CHOICES:
        raise BudgetRoundError(_("Van 1 tot %(n)d.") % {"n": MOST_CHOICES}, field="choices")
    themes = _texts(themes, field="themes", longest=80)
    rules = _texts(rules, field="rules", longest=200)
    if budget_round.themes.exclude(name__in=themes).filter(projects__isnull=False).exists():
        raise BudgetRoundError(
            _("Aan een thema dat je weglaat hangen al projecten. Laat het staan."), field="themes"
        )
    if budget_round.rules.exclude(text__in=rules).filter(checks__isnull=False).exists():
        raise BudgetRoundError(
            _("Aan een regel die je weglaat is al getoetst. Laat ze staan."), field="rules"
        )
    is_stricter = {*rules} - {*budget_round.rules.values_list("text", flat=True)}
    if is_stricter and budget_round.state not in (
        RoundState.DRAFT,
        RoundState.IDEAS,
        RoundState.ASSESSING,
    ):
        raise BudgetRoundError(_("Er kan nu geen regel meer bijkomen."), field="rules")
    budget_round.title, budget_round.intro = title.strip(), intro.strip()
    budget_round.envelope, budget_round.choices, budget_round.tie_rule = envelope, choices, tie_rule
    budget_round.ideas_from_on, budget_round.ideas_until_on = ideas_from_on, ideas_until_on
    budget_round.version += 1
    _save(budget_round)
    _put_texts(budget_round, themes, rules)
    return budget_round


def _check_envelope(budget_round: BudgetRound, envelope: Decimal) -> None:
    promised = promised_of(budget_round)
    if envelope < promised:
        raise BudgetRoundError(
            _("Er is al %(promised)s toegekend. Minder dan dat kan de ronde niet worden.")
            % {"promised": euro(promised)},
            field="envelope",
        )


def _unassessed(budget_round: BudgetRound) -> int:
    """Return how many projects still have a rule without a clear answer."""
    rules = budget_round.rules.count()
    return (
        budget_round.projects.filter(state=ProjectState.RECEIVED)
        .annotate(clear=Count("checks", filter=~Q(checks__verdict=Verdict.UNCLEAR)))
        .filter(clear__lt=rules)
        .count()
    )


def eligible_of(budget_round: BudgetRound) -> list[BudgetProject]:
    """Return the projects that keep to every rule and weren't decided on."""
    rules = budget_round.rules.count()
    return list(
        budget_round.projects.filter(state=ProjectState.RECEIVED)
        .annotate(kept=Count("checks", filter=Q(checks__verdict=Verdict.YES)))
        .filter(kept=rules)
        .order_by("number")
    )


def ballot_amounts(projects: Sequence[BudgetProject]) -> dict[int, Decimal]:
    """Return per project what the ballot says: the latest amount that was advised, else what is asked."""
    latest: dict[int, Decimal] = {}
    rows = BudgetAdvice.objects.filter(project__in=projects).order_by("advised_at", "pk")
    for pk, amount in rows.values_list("project_id", "amount"):
        latest[pk] = amount
    return {one.pk: min(latest.get(one.pk) or one.asked, one.asked) for one in projects}


@transaction.atomic
def go_to(
    *, by: User, budget_round: BudgetRound, to: RoundState, now: dt.datetime | None = None
) -> BudgetRound:
    """Bring a round to its next state. Raises BudgetRoundError when that can't be yet, and says what is missing.

    From voting to decided goes `freeze_result`, which counts.
    """
    budget_round = lock_round(budget_round)
    old = RoundState(budget_round.state)
    if to not in ROUND_TRANSITIONS[old] or old == RoundState.VOTING:
        raise BudgetRoundError(_("Deze ronde is nu: %(state)s. Deze stap kan niet.") % {"state": old.label})
    if to in (RoundState.VOTING, RoundState.DECIDED):
        _check_assessed(budget_round, to)
    if to == RoundState.CLOSED:
        _check_done(budget_round)
        budget_round.closed_on = day_of(now)
    budget_round.state = to
    budget_round.version += 1
    budget_round.save()
    return budget_round


def _check_assessed(budget_round: BudgetRound, to: RoundState) -> None:
    if missing := _unassessed(budget_round):
        raise BudgetRoundError(
            ngettext(
                "Van %(n)d project is nog niet elke regel beoordeeld met ja of nee.",
                "Van %(n)d projecten is nog niet elke regel beoordeeld met ja of nee.",
                missing,
            )
            % {"n": missing}
        )
    projects = eligible_of(budget_round)
    amounts = ballot_amounts(projects)
    together = sum(amounts.values(), ZERO)
    says = {"asked": euro(together), "envelope": euro(budget_round.envelope)}
    if to == RoundState.DECIDED and together > budget_round.envelope:
        raise BudgetRoundError(
            _("Er is %(asked)s gevraagd en er is %(envelope)s. Laat de wijk eerst stemmen.") % says
        )
    if to == RoundState.VOTING:
        if together <= budget_round.envelope:
            raise BudgetRoundError(
                _("Er is %(asked)s gevraagd en er is %(envelope)s: een stemming is niet nodig.") % says
            )
        for one in projects:
            one.ballot_amount = amounts[one.pk]
            one.version = F("version") + 1
            one.save(update_fields=["ballot_amount", "version"])


def _check_done(budget_round: BudgetRound) -> None:
    going = budget_round.projects.filter(state__in=[ProjectState.RECEIVED, ProjectState.GRANTED]).count()
    if going:
        raise BudgetRoundError(
            ngettext(
                "Er is nog %(n)d project zonder beslissing of zonder verslag.",
                "Er zijn nog %(n)d projecten zonder beslissing of zonder verslag.",
                going,
            )
            % {"n": going}
        )
