"""A project of the neighbourhood budget: what may be shown of it, and apart from that who asks and what was weighed."""

import datetime as dt
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.encryption import EncryptedTextField
from arsenaal.lib.uploads import UnguessablePath
from cohesion.budget_enums import PROJECT_LOOKS, PROMISED, SHOWN, ApplicantKind, ProjectState, Verdict
from cohesion.models.budget_round import (
    LEAST_MONEY,
    MOST_MONEY,
    BudgetRound,
    BudgetRule,
    BudgetTheme,
    money_field,
)

MOST_PEOPLE = 5000


class BudgetProjectQuerySet(QuerySet["BudgetProject"]):
    """Questions about projects."""

    def visible_to(self, user: User) -> "BudgetProjectQuerySet":
        """Those of the neighbourhoods where one may see the budget."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.BUDGET_READ))

    def worked_on_by(self, user: User) -> "BudgetProjectQuerySet":
        """Those of which one may know who asks."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.BUDGET_WORK))

    def promised(self) -> "BudgetProjectQuerySet":
        """Those that were promised money, whatever came of it."""
        return self.filter(state__in=PROMISED)

    def public(self) -> "BudgetProjectQuerySet":
        """Those that everybody may know of."""
        return self.filter(state__in=SHOWN)

    def on_ballot(self) -> "BudgetProjectQuerySet":
        """Those that one can vote for."""
        return self.filter(state=ProjectState.RECEIVED, ballot_amount__isnull=False)


class BudgetProject(models.Model):
    """Something to do in the neighbourhood, and the money for it. Nothing here says who asks."""

    round = models.ForeignKey(BudgetRound, on_delete=models.PROTECT, related_name="projects")
    # Of its round, for lists and walls.
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("nummer"))
    theme = models.ForeignKey(
        BudgetTheme, on_delete=models.PROTECT, related_name="projects", verbose_name=_("thema")
    )
    title = models.CharField(_("naam van het project"), max_length=80)
    summary = models.CharField(_("het project in het kort"), max_length=600)
    place = models.CharField(_("waar in de wijk"), max_length=160, blank=True)
    kind = models.CharField(_("wie vraagt het"), max_length=11, choices=ApplicantKind)
    public_name = models.CharField(_("naam op de publieke pagina"), max_length=80, blank=True)
    asked = money_field(
        _("gevraagd"), validators=[MinValueValidator(LEAST_MONEY), MaxValueValidator(MOST_MONEY)]
    )
    ballot_amount = money_field(_("bedrag op het stembiljet"), null=True, blank=True)
    granted = money_field(_("toegekend"), null=True, blank=True)
    state = models.CharField(_("stand"), max_length=9, choices=ProjectState, default=ProjectState.RECEIVED)
    handed_in_at = models.DateTimeField(_("ingediend"))
    handed_in_on = models.DateField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    submission = models.UUIDField(unique=True, editable=False)  # sent twice, it is one
    receipt_hash = models.CharField(max_length=64, unique=True, editable=False)
    decided_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    participants = models.PositiveIntegerField(
        _("hoeveel mensen deden mee"), null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    outcome = models.CharField(_("wat het werd"), max_length=1500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BudgetProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project van het wijkbudget")
        verbose_name_plural = _("projecten van het wijkbudget")
        indexes = (models.Index(fields=["neighbourhood", "handed_in_on"], name="budget_project_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=["round", "number"], name="budget_project_number_once"),
            models.CheckConstraint(
                condition=Q(asked__gte=LEAST_MONEY, asked__lte=MOST_MONEY), name="budget_project_asked_sane"
            ),
            models.CheckConstraint(
                condition=Q(ballot_amount__isnull=True)
                | Q(ballot_amount__gte=LEAST_MONEY, ballot_amount__lte=F("asked")),
                name="budget_project_ballot_sane",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=PROMISED) & Q(granted__gte=0, granted__lte=F("asked")))
                | (~Q(state__in=PROMISED) & Q(granted__isnull=True)),
                name="budget_project_granted_at_most_asked",
                violation_error_message=_("Er kan niet meer toegekend worden dan gevraagd is."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*PROMISED, ProjectState.REFUSED], decided_on__isnull=False)
                | (~Q(state__in=[*PROMISED, ProjectState.REFUSED]) & Q(decided_on__isnull=True)),
                name="budget_project_decided_has_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[ProjectState.FINISHED, ProjectState.STOPPED],
                    finished_on__isnull=False,
                    participants__isnull=False,
                )
                | (
                    ~Q(state__in=[ProjectState.FINISHED, ProjectState.STOPPED])
                    & Q(finished_on__isnull=True, participants__isnull=True)
                ),
                name="budget_project_finished_is_told",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("cohesion:budget-project", args=[self.pk])

    @property
    def look(self) -> tuple[str, str]:
        """The icon and the tone of its state."""
        return PROJECT_LOOKS[ProjectState(self.state)]

    @property
    def reference(self) -> str:
        """What an applicant is told to name, as it stands on letters: nothing of him."""
        return f"WB-{self.round_id}-{self.number:03d}"

    @property
    def shown_name(self) -> str:
        """Who is named on public pages: what he chose, or only what sort of applicant."""
        return self.public_name or str(self.get_kind_display())


class BudgetApplicant(models.Model):
    """Who asks, why, and where the money goes. Read by who works on the budget, by nobody else."""

    project = models.OneToOneField(BudgetProject, on_delete=models.CASCADE, related_name="applicant")
    name = models.CharField(_("naam"), max_length=120, blank=True)
    organisation = models.CharField(_("vereniging of school"), max_length=120, blank=True)
    address = models.CharField(_("adres"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), max_length=160, blank=True)
    phone = models.CharField(_("telefoon"), max_length=40, blank=True)
    motivation = models.TextField(_("waarom dit project"), max_length=4000, blank=True)
    partner = models.CharField(_("wie helpt mee"), max_length=160, blank=True)
    iban = EncryptedTextField(_("rekeningnummer"), null=True, blank=True)
    account_holder = models.CharField(_("op naam van"), max_length=120, blank=True)
    quote = models.FileField(upload_to=UnguessablePath("budget"), blank=True)
    quote_type = models.CharField(max_length=40, blank=True)
    quote_size = models.PositiveIntegerField(default=0)
    quote_sha256 = models.CharField(max_length=64, blank=True)
    emptied_on = models.DateField(null=True, blank=True)  # when the term of keeping was over
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("aanvrager van het wijkbudget")
        verbose_name_plural = _("aanvragers van het wijkbudget")
        constraints = (
            models.CheckConstraint(
                condition=Q(quote="", quote_sha256="", quote_type="", quote_size=0)
                | (~Q(quote="") & ~Q(quote_sha256="") & ~Q(quote_type="") & Q(quote_size__gt=0)),
                name="budget_quote_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(emptied_on__isnull=True)
                | Q(name="", email="", phone="", address="", motivation="", quote="", iban__isnull=True),
                name="budget_applicant_emptied_is_empty",
            ),
        )

    def __str__(self) -> str:
        return f"{self.project_id}"


class RuleCheck(models.Model):
    """Whether a project keeps to one rule, and why so."""

    project = models.ForeignKey(BudgetProject, on_delete=models.CASCADE, related_name="checks")
    rule = models.ForeignKey(BudgetRule, on_delete=models.PROTECT, related_name="checks")
    verdict = models.CharField(_("oordeel"), max_length=7, choices=Verdict)
    reason = models.CharField(_("waarom"), max_length=400, blank=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("toetsing aan een regel")
        verbose_name_plural = _("toetsingen aan de regels")
        constraints = (
            models.UniqueConstraint(fields=["project", "rule"], name="budget_check_once"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.YES) | ~Q(reason=""),
                name="budget_check_has_reason",
                violation_error_message=_("Schrijf op waarom."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.project_id}: {self.rule_id}"


class BudgetAdvice(models.Model):
    """What somebody advises on a project: whether, how much, and why. The latest amount goes on the ballot."""

    project = models.ForeignKey(BudgetProject, on_delete=models.CASCADE, related_name="advices")
    source = models.CharField(_("wie geeft advies"), max_length=120)
    text = models.TextField(_("advies"), max_length=2000)
    amount = money_field(_("geadviseerd bedrag"), validators=[MinValueValidator(Decimal(0))])
    advised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    advised_at = models.DateTimeField()

    class Meta:
        verbose_name = _("advies over een project")
        verbose_name_plural = _("adviezen over projecten")
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lte=MOST_MONEY), name="budget_advice_amount_sane"
            ),
        )

    def __str__(self) -> str:
        return f"{self.project_id}: {self.source}"


class BudgetDecision(models.Model):
    """What was decided on a project, once; a lower amount later is a line of its own."""

    project = models.ForeignKey(BudgetProject, on_delete=models.CASCADE, related_name="decisions")
    is_granted = models.BooleanField(_("goedgekeurd"))
    amount = money_field(_("toegekend"))
    reason = models.TextField(_("waarom"), max_length=2000)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("beslissing over een project")
        verbose_name_plural = _("beslissingen over projecten")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_granted=True, amount__gte=0) | Q(is_granted=False, amount=0),
                name="budget_decision_amount_fits",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="budget_decision_has_reason",
                violation_error_message=_("Schrijf op waarom: het staat in de brief."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.project_id}: {self.amount}"

    @property
    def day(self) -> dt.date:
        """The day on the letter."""
        return timezone.localdate(self.decided_at)


class BudgetPhoto(models.Model):
    """What became of a project, to be seen. On the public page only when who is in it agreed."""

    project = models.ForeignKey(BudgetProject, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(upload_to=UnguessablePath("budget-photos"))
    file_sha256 = models.CharField(max_length=64)
    caption = models.CharField(_("wat is er te zien"), max_length=160)
    is_public = models.BooleanField(_("op de publieke pagina"), default=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("foto van een project")
        verbose_name_plural = _("foto's van projecten")
        constraints = (
            models.UniqueConstraint(fields=["project", "file_sha256"], name="budget_photo_once"),
            models.CheckConstraint(condition=~Q(caption=""), name="budget_photo_is_told"),
        )

    def __str__(self) -> str:
        return self.caption
