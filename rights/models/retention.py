"""How long what is known is kept, what may go, and the proof that it went."""

import hashlib

from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from cases.models import Case
from rights.enums import COUNTS_FROM, UNDECIDED_LISTS, Category, Certainty, Destination, ListState


class RetentionRuleQuerySet(QuerySet["RetentionRule"]):
    """Questions about rules."""

    def visible_to(self, user: User) -> "RetentionRuleQuerySet":
        """Rules of the neighbourhoods where one may see them."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.RETENTION_READ))

    def on(self, day: object = None) -> "RetentionRuleQuerySet":
        """The versions that hold on this day (today by default)."""
        day = day or timezone.localdate()
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


class RetentionRule(models.Model):
    """One version of a selection rule (selectieregel). A change is a new version; the old one stays."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="+", verbose_name=_("wijk")
    )
    category = models.CharField(_("waarover"), max_length=6, choices=Category)
    name = models.CharField(_("naam"), max_length=120)
    months = models.PositiveSmallIntegerField(_("termijn (maanden)"))
    ground = models.CharField(_("grond"), max_length=300)
    destination = models.CharField(_("bestemming"), max_length=7, choices=Destination)
    certainty = models.CharField(_("zekerheid"), max_length=10, choices=Certainty)
    from_on = models.DateField(_("geldt vanaf"))
    until_on = models.DateField(_("tot en met"), null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("selectieregel")
        verbose_name_plural = _("selectieregels")
        constraints = (
            models.CheckConstraint(
                condition=Q(months__range=(1, 600)),
                name="retentionrule_term_sensible",
                violation_error_message=_("Kies een termijn van één maand tot vijftig jaar."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="retentionrule_dates_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.UniqueConstraint(
                fields=["neighbourhood", "category"],
                condition=Q(until_on__isnull=True),
                name="retentionrule_one_open",
                violation_error_message=_("Er geldt al een regel hiervoor."),
            ),
            models.UniqueConstraint(
                fields=["neighbourhood", "category", "from_on"], name="retentionrule_one_per_day"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def counts_from(self) -> str:
        """Return from which day the term counts."""
        return str(COUNTS_FROM[Category(self.category)])


class LegalHold(models.Model):
    """Why a case may not be destroyed for now: a procedure, a complaint, a claim."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="legal_holds")
    reason = models.CharField(_("waarom"), max_length=400)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bewaarplicht")
        verbose_name_plural = _("bewaarplichten")
        constraints = (
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(lifted_at__isnull=True),
                name="legalhold_one_standing",
                violation_error_message=_("Dit dossier wordt al vastgehouden."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="legalhold_lifted_paired",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}"


class DestructionListQuerySet(QuerySet["DestructionList"]):
    """Questions about lists."""

    def visible_to(self, user: User) -> "DestructionListQuerySet":
        """Lists of the neighbourhoods where one may see them."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.RETENTION_READ))


class DestructionList(models.Model):
    """What may go, approved by two, destroyed, and the certificate of it. Kept for good; it names nobody."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="+", verbose_name=_("wijk")
    )
    state = models.CharField(_("stand"), max_length=9, choices=ListState, default=ListState.DRAFT)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    as_of = models.DateField(_("gerekend op"))
    first_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    first_at = models.DateTimeField(null=True, blank=True)
    second_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    second_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of the lines as the first of the two approved them
    finished_at = models.DateTimeField(null=True, blank=True)
    certificate = models.FileField(upload_to="retention/", blank=True)
    certificate_sha256 = models.CharField(max_length=64, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DestructionListQuerySet.as_manager()

    class Meta:
        verbose_name = _("vernietigingslijst")
        verbose_name_plural = _("vernietigingslijsten")
        constraints = (
            models.UniqueConstraint(
                fields=["neighbourhood"],
                condition=Q(state__in=[*UNDECIDED_LISTS, ListState.RUNNING]),
                name="destructionlist_one_at_a_time",
                violation_error_message=_("Er is al een lijst in behandeling."),
            ),
            models.CheckConstraint(
                condition=Q(first_at__isnull=True, first_by__isnull=True)
                | Q(first_at__isnull=False, first_by__isnull=False),
                name="destructionlist_first_paired",
            ),
            models.CheckConstraint(
                condition=Q(second_at__isnull=True, second_by__isnull=True)
                | Q(second_at__isnull=False, second_by__isnull=False),
                name="destructionlist_second_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ListState.RUNNING, ListState.DONE])
                | (
                    Q(first_by__isnull=False, second_by__isnull=False)
                    & ~Q(first_by=F("second_by"))
                    & ~Q(digest="")
                ),
                name="destructionlist_approved_by_two",
                violation_error_message=_("Twee mensen keuren een lijst goed."),
            ),
        )

    def __str__(self) -> str:
        return _("Vernietigingslijst %(day)s") % {"day": f"{self.as_of:%d/%m/%Y}"}

    def get_absolute_url(self) -> str:
        """Return the address of the list's page."""
        return reverse("rights:list", args=[self.pk])

    @property
    def is_undecided(self) -> bool:
        """Tell whether lines can still be taken out."""
        return self.state in UNDECIDED_LISTS

    def current_digest(self) -> str:
        """Return the fingerprint of the lines that would go; the database makes the same (migration 0002)."""
        rows = self.lines.filter(taken_out_at__isnull=True).order_by("category", "subject_id")
        wanted = rows.values_list("category", "subject_id", "label")
        return hashlib.sha256("\n".join(f"{c}:{i}:{label}" for c, i, label in wanted).encode()).hexdigest()


class DestructionLine(models.Model):
    """One thing that may go: a number, the rule and the dates; never a name."""

    # Not `list`: that is a word of the language.
    destruction_list = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="lines")
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(_("waarover"), max_length=6, choices=Category)
    subject_id = models.BigIntegerField()
    label = models.CharField(_("nummer"), max_length=40)
    counted_from_on = models.DateField(_("geteld vanaf"))
    due_on = models.DateField(_("termijn voorbij op"))
    taken_out_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_reason = models.CharField(_("waarom blijft dit?"), max_length=400, blank=True)
    blocked_reason = models.CharField(_("waarom toch niet vernietigd"), max_length=200, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    # Files that still have to be deleted: their names, until they are.
    files = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("lijn van een vernietigingslijst")
        verbose_name_plural = _("lijnen van vernietigingslijsten")
        constraints = (
            models.UniqueConstraint(
                fields=["destruction_list", "category", "subject_id"], name="destructionline_once"
            ),
            models.CheckConstraint(
                condition=Q(taken_out_at__isnull=True, taken_out_by__isnull=True, taken_out_reason="")
                | (Q(taken_out_at__isnull=False, taken_out_by__isnull=False) & ~Q(taken_out_reason="")),
                name="destructionline_out_with_reason",
                violation_error_message=_("Schrijf op waarom dit blijft."),
            ),
            models.CheckConstraint(
                condition=Q(taken_out_at__isnull=True) | Q(destroyed_at__isnull=True),
                name="destructionline_out_or_gone",
            ),
        )

    def __str__(self) -> str:
        return self.label
