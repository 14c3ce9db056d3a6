"""Projects of the neighbourhood budget: handed in, corrected, weighed, decided, told how it went."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.amounts import euro
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from arsenaal.lib.iban import NoIban, read_iban
from arsenaal.lib.uploads import UploadRefused, forget_files, receive
from arsenaal.lib.wall import beyond_wall
from cases.actions.checks import check_past, day_of
from cohesion.actions.budget_rounds import ZERO, check_amount, lock_round, promised_of
from cohesion.budget_enums import PROJECT_TRANSITIONS, ApplicantKind, ProjectState, RoundState, Verdict
from cohesion.models import (
    BudgetAdvice,
    BudgetApplicant,
    BudgetDecision,
    BudgetPhoto,
    BudgetProject,
    BudgetRound,
    BudgetTheme,
    RuleCheck,
)
from cohesion.models.budget_project import MOST_PEOPLE

MOST_PHOTOS = 12  # of one project
_APPLICANT = ("name", "organisation", "address", "email", "phone", "motivation", "partner", "account_holder")


class BudgetProjectError(ActionError):
    """This can't be done with the project; the message says why."""


def receipt_token(submission: uuid.UUID) -> str:
    """Return what an applicant gets to see later that it came in; it follows from what was sent, and names nobody."""
    return salted_hmac("cohesion.budget.receipt", str(submission), algorithm="sha256").hexdigest()[:40]


def receipt_hash(token: str) -> str:
    """Return what is kept of a receipt."""
    return hashlib.sha256(token.encode()).hexdigest()


def lock_project(project: BudgetProject) -> BudgetProject:
    """Return it as it is now, with its round; first the round is locked, then the project."""
    budget_round = lock_round(project.round)
    locked = BudgetProject.objects.select_for_update(of=("self",)).select_related("theme").get(pk=project.pk)
    locked.round = budget_round
    return locked


def _go(project: BudgetProject, to: ProjectState) -> None:
    old = ProjectState(project.state)
    if to not in PROJECT_TRANSITIONS[old]:
        raise BudgetProjectError(
            _("Dit project is nu: %(state)s. Deze stap kan niet meer.") % {"state": old.label}
        )
    project.state = to


def _save(project: BudgetProject) -> BudgetProject:
    project.version += 1
    project.save()
    return project


def _check_version(project: BudgetProject, version: int) -> None:
    if project.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit project intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("naam van het project"): project.title,
                _("gevraagd"): euro(project.asked),
                _("stand"): str(project.get_state_display()),
            },
        )


def _read_account(iban: str) -> str | None:
    if not iban.strip():
        return None
    try:
        return read_iban(iban)
    except NoIban as error:
        raise BudgetProjectError(
            _("Dit rekeningnummer klopt niet. Kijk het na: het begint met BE en heeft 16 tekens."),
            field="iban",
        ) from error


def _check_reach(applicant: Mapping[str, str], kind: str) -> None:
    if not (applicant.get("email") or applicant.get("phone")):
        raise BudgetProjectError(
            _("Vul een e-mailadres of een telefoonnummer in, zodat we je iets kunnen laten weten."),
            field="email",
        )
    if kind != ApplicantKind.RESIDENT and not applicant.get("organisation"):
        raise BudgetProjectError(_("Welke vereniging of school is het?"), field="organisation")


def _take_quote(applicant: BudgetApplicant, upload: UploadedFile) -> None:
    try:
        received = receive(upload, max_bytes=settings.DOCUMENT_MAX_BYTES)
    except UploadRefused as error:
        error.field = "quote"
        raise
    name = f"{uuid.uuid4()}.{received.extension}"
    applicant.quote.save(name, ContentFile(received.content), save=False)
    applicant.quote_type, applicant.quote_size = received.content_type, received.size
    applicant.quote_sha256 = received.sha256


def hand_in(
    *,
    by: User | None,
    budget_round: BudgetRound,
    submission: uuid.UUID,
    theme: BudgetTheme,
    title: str,
    summary: str,
    kind: str,
    asked: Decimal,
    place: str = "",
    public_name: str = "",
    iban: str = "",
    quote: UploadedFile | None = None,
    now: dt.datetime | None = None,
    **applicant: str,
) -> BudgetProject:
    """Take in a project: from somebody who isn't logged in (`by` is None) or through the coach. Sent twice, it is one.

    Raises BudgetProjectError, BudgetAmountError, UploadRefused.
    """
    now = now or timezone.now()
    # Nobody who hands in may read the rows of applicants, his own neither.
    with transaction.atomic(), beyond_wall("an idea for the neighbourhood budget is handed in"):
        budget_round = lock_round(budget_round)
        if (known := BudgetProject.objects.filter(submission=submission).first()) is not None:
            return known
        _check_open(budget_round, by, day_of(now))
        if theme.round_id != budget_round.pk:
            raise BudgetProjectError(_("Kies een thema van deze ronde."), field="theme")
        asked = check_amount(asked, field="asked")
        if asked > budget_round.envelope:
            raise BudgetProjectError(
                _("Er is in deze ronde %(envelope)s voor alle projecten samen.")
                % {"envelope": euro(budget_round.envelope)},
                field="asked",
            )
        _check_reach(applicant, kind)
        account = _read_account(iban)
        last = budget_round.projects.order_by("-number").values_list("number", flat=True).first() or 0
        row = BudgetApplicant(iban=account, **{name: applicant.get(name, "").strip() for name in _APPLICANT})
        if quote is not None:
            _take_quote(row, quote)
        try:
            with transaction.atomic():
                row.project = BudgetProject.objects.create(
                    round=budget_round,
                    neighbourhood_id=budget_round.neighbourhood_id,
                    number=last + 1,
                    theme=theme,
                    title=title.strip(),
                    summary=summary.strip(),
                    place=place.strip(),
                    kind=kind,
                    public_name=public_name.strip(),
                    asked=asked,
                    handed_in_at=now,
                    handed_in_on=day_of(now),
                    entered_by=by,
                    submission=submission,
                    receipt_hash=receipt_hash(receipt_token(submission)),
                )
                row.save()
        except IntegrityError:
            if row.quote:
                forget_files([str(row.quote.name)])
            raise
        return row.project


def _check_open(budget_round: BudgetRound, by: User | None, today: dt.date) -> None:
    if budget_round.state != RoundState.IDEAS:
        raise BudgetProjectError(_("Je kunt nu geen idee indienen. Kijk later nog eens op deze pagina."))
    # The coach types in what came on paper in time, also a few days later.
    if by is None and not budget_round.ideas_from_on <= today <= budget_round.ideas_until_on:
        raise BudgetProjectError(_("De tijd om een idee in te dienen is voorbij, of moet nog beginnen."))


@transaction.atomic
def edit_project(
    *,
    by: User,
    project: BudgetProject,
    version: int,
    theme: BudgetTheme,
    title: str,
    summary: str,
    kind: str,
    asked: Decimal,
    place: str = "",
    public_name: str = "",
    iban: str = "",
    quote: UploadedFile | None = None,
    **applicant: str,
) -> BudgetProject:
    """Correct what stands there. The amount, theme and title stay once people vote or it was decided.

    Raises BudgetProjectError, BudgetAmountError, UploadRefused, ChangedMeanwhileError.
    """
    project = lock_project(project)
    _check_version(project, version)
    row = BudgetApplicant.objects.select_for_update().get(project=project)
    if row.emptied_on:
        raise BudgetProjectError(
            _("De gegevens van deze aanvrager zijn gewist. Er is niets meer te wijzigen.")
        )
    if theme.round_id != project.round_id:
        raise BudgetProjectError(_("Kies een thema van deze ronde."), field="theme")
    asked = check_amount(asked, field="asked")
    told = (project.theme_id, project.title, project.asked)
    is_fixed = project.state != ProjectState.RECEIVED or project.ballot_amount is not None
    if is_fixed and (theme.pk, title.strip(), asked) != told:
        raise BudgetProjectError(
            _("Naam, thema en bedrag veranderen niet meer: er is over gestemd of beslist."), field="asked"
        )
    if asked > project.round.envelope:
        raise BudgetProjectError(_("Dat is meer dan er in deze ronde is."), field="asked")
    _check_reach(applicant, kind)
    row.iban = _read_account(iban)
    for name in _APPLICANT:
        setattr(row, name, applicant.get(name, "").strip())
    if quote is not None:
        old = str(row.quote.name or "")
        _take_quote(row, quote)
        if old:
            transaction.on_commit(lambda: forget_files([old]))
    row.version += 1
    row.save()
    project.theme, project.title, project.asked = theme, title.strip(), asked
    project.summary, project.place, project.kind = summary.strip(), place.strip(), kind
    project.public_name = public_name.strip()
    return _save(project)


@transaction.atomic
def withdraw_project(*, by: User, project: BudgetProject) -> BudgetProject:
    """The applicant doesn't want it any more. Raises BudgetProjectError once it was decided or is on the ballot."""
    project = lock_project(project)
    if project.round.state == RoundState.VOTING:
        raise BudgetProjectError(_("Er wordt over dit project gestemd. Wacht tot de stemming voorbij is."))
    _go(project, ProjectState.WITHDRAWN)
    return _save(project)


@transaction.atomic
def check_rules(
    *,
    by: User,
    project: BudgetProject,
    version: int,
    verdicts: Mapping[int, tuple[str, str]],
    now: dt.datetime | None = None,
) -> BudgetProject:
    """Say of each rule whether the project keeps to it: rule -> (verdict, reason). What isn't yes has a reason.

    Raises BudgetProjectError, ChangedMeanwhileError.
    """
    now = now or timezone.now()
    project = lock_project(project)
    _check_version(project, version)
    if project.state != ProjectState.RECEIVED or project.round.state not in (
        RoundState.IDEAS,
        RoundState.ASSESSING,
    ):
        raise BudgetProjectError(
            _("Dit project wordt niet meer getoetst: er wordt gestemd of er is beslist.")
        )
    known = {check.rule_id: check for check in project.checks.all()}
    for rule in project.round.rules.order_by("position", "pk"):
        verdict, reason = verdicts.get(rule.pk, ("", ""))
        if not verdict:
            continue
        reason = reason.strip()
        if verdict != Verdict.YES and not reason:
            raise BudgetProjectError(_("Schrijf op waarom."), field=f"reason_{rule.pk}")
        check = known.get(rule.pk) or RuleCheck(project=project, rule=rule)
        if (check.verdict, check.reason) == (verdict, reason):
            continue
        check.verdict, check.reason, check.checked_by, check.checked_at = verdict, reason, by, now
        check.save()
    return _save(project)


@transaction.atomic
def advise(
    *,
    by: User,
    project: BudgetProject,
    source: str,
    text: str,
    amount: Decimal,
    now: dt.datetime | None = None,
) -> BudgetAdvice:
    """Write down an advice. Who does can't decide on this project any more. Raises BudgetProjectError."""
    project = lock_project(project)
    if project.state != ProjectState.RECEIVED or project.round.state not in (
        RoundState.IDEAS,
        RoundState.ASSESSING,
    ):
        raise BudgetProjectError(_("Er wordt al gestemd of er is beslist: een advies komt te laat."))
    amount = check_amount(amount, least=ZERO)
    if amount > project.asked:
        raise BudgetProjectError(
            _("Gevraagd is %(asked)s: meer adviseren kan niet.") % {"asked": euro(project.asked)},
            field="amount",
        )
    return BudgetAdvice.objects.create(
        project=project,
        source=source.strip(),
        text=text.strip(),
        amount=amount,
        advised_by=by,
        advised_at=now or timezone.now(),
    )


def _check_four_eyes(project: BudgetProject, by: User) -> None:
    if project.advices.filter(advised_by=by).exists():
        raise BudgetProjectError(_("Je gaf zelf advies over dit project. Laat een collega beslissen."))


def _check_grantable(project: BudgetProject, amount: Decimal) -> None:
    budget_round = project.round
    if budget_round.state != RoundState.DECIDED:
        raise BudgetProjectError(
            _("Toekennen kan als de ronde nagekeken is, en er gestemd is als dat moest.")
        )
    kept = project.checks.filter(verdict=Verdict.YES).count()
    if kept < budget_round.rules.count():
        raise BudgetProjectError(
            _("Dit project houdt zich niet aan elke regel. Het kan niet toegekend worden.")
        )
    most = project.ballot_amount or project.asked
    if amount > most:
        raise BudgetProjectError(
            _("Meer dan %(most)s kan niet toegekend worden.") % {"most": euro(most)}, field="amount"
        )
    if project.ballot_amount is not None:
        rows = budget_round.result.rows
        if not any(row["project"] == project.pk and row["is_funded"] for row in rows):
            raise BudgetProjectError(_("Dit project haalde het niet in de stemming."))
    left = budget_round.envelope - promised_of(budget_round)
    if amount > left:
        raise BudgetProjectError(
            _("Er is in deze ronde nog %(left)s te verdelen.") % {"left": euro(left)}, field="amount"
        )


@transaction.atomic
def decide(
    *,
    by: User,
    project: BudgetProject,
    is_granted: bool,
    amount: Decimal | None,
    reason: str,
    now: dt.datetime | None = None,
) -> BudgetDecision:
    """Grant a project or not. Never more than asked, advised for the ballot, or left; never by who advised alone.

    Raises BudgetProjectError, BudgetAmountError.
    """
    now = now or timezone.now()
    project = lock_project(project)
    _check_four_eyes(project, by)
    if not reason.strip():
        raise BudgetProjectError(_("Schrijf op waarom: het staat in de brief."), field="reason")
    if is_granted:
        if amount is None:
            raise BudgetProjectError(_("Hoeveel wordt er toegekend?"), field="amount")
        amount = check_amount(amount)
        _go(project, ProjectState.GRANTED)
        _check_grantable(project, amount)
        project.granted = amount
    else:
        if project.round.state == RoundState.VOTING:
            raise BudgetProjectError(
                _("Er wordt over dit project gestemd. Wacht tot de stemming voorbij is.")
            )
        amount = ZERO
        _go(project, ProjectState.REFUSED)
    project.decided_on = day_of(now)
    _save(project)
    return BudgetDecision.objects.create(
        project=project,
        is_granted=is_granted,
        amount=amount,
        reason=reason.strip(),
        decided_by=by,
        decided_at=now,
    )


@transaction.atomic
def lower_grant(
    *, by: User, project: BudgetProject, amount: Decimal, reason: str, now: dt.datetime | None = None
) -> BudgetDecision:
    """Grant less than before: what isn't needed can go to another project. Never below what was paid.

    Raises BudgetProjectError, BudgetAmountError.
    """
    project = lock_project(project)
    _check_four_eyes(project, by)
    amount = check_amount(amount, least=ZERO)
    if project.granted is None or project.round.state == RoundState.CLOSED:
        raise BudgetProjectError(_("Aan dit project is niets te verlagen."))
    if amount >= project.granted:
        raise BudgetProjectError(
            _("Kies een bedrag onder %(granted)s.") % {"granted": euro(project.granted)}, field="amount"
        )
    paid = paid_of(project)
    if amount < paid:
        raise BudgetProjectError(
            _("Er is al %(paid)s betaald. Minder dan dat kan niet.") % {"paid": euro(paid)}, field="amount"
        )
    if not reason.strip():
        raise BudgetProjectError(_("Schrijf op waarom: het staat in de brief."), field="reason")
    project.granted = amount
    _save(project)
    return BudgetDecision.objects.create(
        project=project,
        is_granted=True,
        amount=amount,
        reason=reason.strip(),
        decided_by=by,
        decided_at=now or timezone.now(),
    )


def paid_of(project: BudgetProject) -> Decimal:
    """Return what was really paid: what came back is taken off."""
    return project.lines.aggregate(total=Sum("amount"))["total"] or ZERO


@transaction.atomic
def finish_project(
    *,
    by: User,
    project: BudgetProject,
    version: int,
    is_finished: bool,
    finished_on: dt.date,
    participants: int,
    outcome: str,
    now: dt.datetime | None = None,
) -> BudgetProject:
    """Tell how it went: finished, or stopped before it was (then what is left comes back).

    Raises BudgetProjectError, BadDateError, ChangedMeanwhileError.
    """
    project = lock_project(project)
    _check_version(project, version)
    _go(project, ProjectState.FINISHED if is_finished else ProjectState.STOPPED)
    check_past(finished_on, today=day_of(now), field="finished_on", not_before=project.decided_on)
    if not 0 <= participants <= MOST_PEOPLE:
        raise BudgetProjectError(
            _("Een getal van 0 tot %(most)d.") % {"most": MOST_PEOPLE}, field="participants"
        )
    if not outcome.strip():
        raise BudgetProjectError(_("Schrijf in een paar zinnen op wat het werd."), field="outcome")
    project.finished_on, project.participants, project.outcome = finished_on, participants, outcome.strip()
    return _save(project)


@transaction.atomic
def add_photo(
    *,
    by: User,
    project: BudgetProject,
    upload: UploadedFile,
    caption: str,
    is_public: bool,
    now: dt.datetime | None = None,
) -> BudgetPhoto:
    """Add a photo of what it became. Raises BudgetProjectError, UploadRefused."""
    project = lock_project(project)
    if project.granted is None:
        raise BudgetProjectError(_("Foto's horen bij een project dat goedgekeurd is."))
    if project.photos.count() >= MOST_PHOTOS:
        raise BudgetProjectError(_("Hoogstens %(n)d foto's.") % {"n": MOST_PHOTOS}, field="file")
    received = receive(upload, allow=("image",), max_bytes=settings.DOCUMENT_MAX_BYTES)
    if project.photos.filter(file_sha256=received.sha256).exists():
        raise BudgetProjectError(_("Deze foto staat er al."), field="file")
    photo = BudgetPhoto(
        project=project,
        file_sha256=received.sha256,
        caption=caption.strip(),
        is_public=is_public,
        added_by=by,
        added_at=now or timezone.now(),
    )
    photo.file.save(f"{uuid.uuid4()}.{received.extension}", ContentFile(received.content), save=False)
    photo.save()
    return photo


@transaction.atomic
def remove_photo(*, by: User, photo: BudgetPhoto, **_: Any) -> None:
    """Take a photo away, the file too. Done before, it stays done."""
    name = str(photo.file.name)
    BudgetPhoto.objects.filter(pk=photo.pk).delete()
    transaction.on_commit(lambda: forget_files([name]))
