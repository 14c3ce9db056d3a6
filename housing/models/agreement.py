"""Agreements between landlord, household and services (overeenkomsten): parties, obligations, evidence."""

import datetime as dt

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.permissions import Permission
from cases.models import Case, Task
from housing.agreement_enums import (
    LIVE_STATES,
    UNSIGNED_STATES,
    AgreementState,
    BreachNext,
    DueRule,
    DueState,
    FollowUp,
    PartyKind,
    RequestState,
    Topic,
)
from housing.models.agreement_template import AgreementTemplate
from housing.models.dwelling import Dwelling
from housing.models.kept_file import KeptFile
from housing.models.landlord import Landlord
from housing.models.more_time import MoreTime
from people.models import Household

# The team itself works for these; any other service reads agreements only with the family's consent to it.


def cases_with_agreements(user: User) -> QuerySet[Case]:
    """The cases of which this user may see what was agreed.

    A partner only where the family let its plan and agreements be shared with his organisation (domain.md F1).
    """
    return Case.objects.shared_with(user).filter(
        neighbourhood_id__in=user.access.where(Permission.AGREEMENT_READ)
    )


class AgreementQuerySet(QuerySet["Agreement"]):
    """Questions about agreements."""

    def visible_to(self, user: User) -> "AgreementQuerySet":
        """The agreements of the cases of which one may see what was agreed."""
        return self.filter(case__in=cases_with_agreements(user).order_by().values("pk"))

    def live(self) -> "AgreementQuerySet":
        """Signed or running: what binds the parties."""
        return self.filter(state__in=LIVE_STATES)


class Agreement(models.Model):
    """One edition of an agreement. An amendment is the next edition; signing it replaces this one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreements")
    template = models.ForeignKey(
        AgreementTemplate,
        on_delete=models.PROTECT,
        related_name="agreements",
        verbose_name=_("volgens welk sjabloon"),
    )
    dwelling = models.ForeignKey(
        Dwelling,
        on_delete=models.PROTECT,
        related_name="agreements",
        null=True,
        blank=True,
        verbose_name=_("over welke woning"),
    )
    title = models.CharField(_("titel"), max_length=140)
    intro = models.TextField(_("inleiding"), max_length=2000, blank=True)
    closing = models.TextField(_("slot"), max_length=2000, blank=True)
    edition = models.PositiveIntegerField(default=1)
    amends = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="amendments", null=True, blank=True
    )
    amend_reason = models.CharField(_("waarom een nieuwe versie"), max_length=400, blank=True)
    state = models.CharField(_("stand"), max_length=9, choices=AgreementState, default=AgreementState.DRAFT)
    starts_on = models.DateField(_("begint op"))
    return_on = models.DateField(_("terugkeer gepland op"))
    signed_on = models.DateField(_("getekend op"), null=True, blank=True)
    ended_on = models.DateField(_("geëindigd op"), null=True, blank=True)
    end_reason = models.CharField(_("waarom"), max_length=400, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("overeenkomst")
        verbose_name_plural = _("overeenkomsten")
        indexes = (
            models.Index(fields=["case", "state"], name="agreement_of_case"),
            models.Index(fields=["-starts_on", "-id"], name="agreement_newest"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(return_on__gte=F("starts_on")),
                name="agreement_days_in_order",
                violation_error_message=_("De terugkeer ligt voor het begin."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=[*UNSIGNED_STATES, AgreementState.WITHDRAWN], signed_on__isnull=True)
                    | (
                        Q(signed_on__isnull=False)
                        & ~Q(state__in=[*UNSIGNED_STATES, AgreementState.WITHDRAWN])
                    )
                ),
                name="agreement_signed_has_day",
                violation_error_message=_("Vul in wanneer er getekend is."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, state__in=[*UNSIGNED_STATES, *LIVE_STATES])
                | (Q(ended_on__isnull=False) & ~Q(state__in=[*UNSIGNED_STATES, *LIVE_STATES])),
                name="agreement_ended_has_day",
            ),
            models.CheckConstraint(
                condition=Q(edition=1, amends__isnull=True) | Q(edition__gt=1, amends__isnull=False),
                name="agreement_editions_follow",
            ),
            models.UniqueConstraint(
                fields=["amends"],
                condition=~Q(state=AgreementState.WITHDRAWN),
                name="agreement_one_amendment",
                violation_error_message=_("Er is al een nieuwe versie van deze overeenkomst."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the agreement's page."""
        return reverse("housing:agreement", args=[self.pk])

    @property
    def is_live(self) -> bool:
        """Tell whether it binds the parties now."""
        return self.state in LIVE_STATES

    @property
    def is_unsigned(self) -> bool:
        """Tell whether nobody signed it yet."""
        return self.state in UNSIGNED_STATES


class AgreementParty(models.Model):
    """Who takes part. `name` is what stands on paper; who it is, is a link where we know them."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveIntegerField()
    kind = models.CharField(_("soort partij"), max_length=9, choices=PartyKind)
    landlord = models.ForeignKey(
        Landlord,
        on_delete=models.PROTECT,
        related_name="agreement_parties",
        null=True,
        blank=True,
        verbose_name=_("welke verhuurder"),
    )
    household = models.ForeignKey(
        Household,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("welk gezin"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("welke dienst"),
    )
    name = models.CharField(_("naam op papier"), max_length=200)
    signer = models.CharField(_("wie tekent"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("partij")
        verbose_name_plural = _("partijen")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    kind=PartyKind.LANDLORD,
                    landlord__isnull=False,
                    household__isnull=True,
                    organisation__isnull=True,
                )
                | Q(
                    kind=PartyKind.HOUSEHOLD,
                    landlord__isnull=True,
                    household__isnull=False,
                    organisation__isnull=True,
                )
                | Q(
                    kind=PartyKind.WELFARE,
                    landlord__isnull=True,
                    household__isnull=True,
                    organisation__isnull=False,
                )
                | Q(kind=PartyKind.OTHER, landlord__isnull=True, household__isnull=True),
                name="agreementparty_kind_matches",
                violation_error_message=_("Kies wie deze partij is."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "landlord"],
                condition=Q(landlord__isnull=False),
                name="agreementparty_landlord_once",
                violation_error_message=_("Deze verhuurder is al partij."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "household"],
                condition=Q(household__isnull=False),
                name="agreementparty_household_once",
                violation_error_message=_("Dit gezin is al partij."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                condition=Q(organisation__isnull=False),
                name="agreementparty_organisation_once",
                violation_error_message=_("Deze dienst is al partij."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Obligation(models.Model):
    """What a party took on (verbintenis). Its days are in `dues`: one, one a month, or one without a day."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="obligations")
    party = models.ForeignKey(
        AgreementParty, on_delete=models.PROTECT, related_name="obligations", verbose_name=_("van wie")
    )
    position = models.PositiveIntegerField()
    text = models.CharField(_("wat"), max_length=600)
    translations = models.JSONField(default=dict, blank=True)
    topic = models.CharField(_("waarover"), max_length=11, choices=Topic, default=Topic.GENERAL)
    rule = models.CharField(_("tegen wanneer"), max_length=13, choices=DueRule)
    days = models.PositiveIntegerField(_("aantal dagen"), default=0)
    warn_days = models.PositiveIntegerField(
        _("dagen vooraf waarschuwen"), default=7, validators=[MaxValueValidator(90)]
    )
    breach_next = models.CharField(
        _("wat volgt als het niet gebeurt"), max_length=7, choices=BreachNext, default=BreachNext.NOTHING
    )
    breach_text = models.CharField(_("zo staat het in de overeenkomst"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("verbintenis")
        verbose_name_plural = _("verbintenissen")
        indexes = (models.Index(fields=["agreement", "position"], name="obligation_in_order"),)

    def __str__(self) -> str:
        return self.text


class ObligationDueQuerySet(QuerySet["ObligationDue"]):
    """Questions about due dates."""

    def visible_to(self, user: User) -> "ObligationDueQuerySet":
        """Those of the agreements one may see."""
        return self.filter(agreement__in=Agreement.objects.visible_to(user).order_by().values("pk"))

    def open(self) -> "ObligationDueQuerySet":
        """Still to be done, of agreements that bind."""
        return self.filter(state=DueState.OPEN, agreement__state__in=LIVE_STATES)

    def late(self, today: dt.date) -> "ObligationDueQuerySet":
        """Open, and their day has passed."""
        return self.open().filter(due_on__lt=today)


class ObligationDue(models.Model):
    """One day on which an obligation must have been kept; without a day it holds as long as the agreement runs."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="dues")
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="dues")
    source = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )  # the same day in the edition that was amended
    due_on = models.DateField(_("tegen"), null=True, blank=True)
    state = models.CharField(_("stand"), max_length=8, choices=DueState, default=DueState.OPEN)
    done_on = models.DateField(_("gedaan op"), null=True, blank=True)
    note = models.CharField(_("toelichting"), max_length=400, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    follow_up = models.CharField(_("wat doen we?"), max_length=5, choices=FollowUp, blank=True)
    follow_up_note = models.CharField(_("waarom"), max_length=400, blank=True)
    followed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    followed_at = models.DateTimeField(null=True, blank=True)
    follow_up_task = models.ForeignKey(
        Task, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = ObligationDueQuerySet.as_manager()

    class Meta:
        verbose_name = _("vervaldag van een verbintenis")
        verbose_name_plural = _("vervaldagen van verbintenissen")
        indexes = (
            models.Index(fields=["agreement", "state", "due_on"], name="obligationdue_of_agreement"),
            models.Index(fields=["due_on"], condition=Q(state="open"), name="obligationdue_open"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["obligation", "due_on"], name="obligationdue_day_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(state=DueState.OPEN, decided_by__isnull=True, decided_at__isnull=True)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(state=DueState.OPEN)),
                name="obligationdue_decided_paired",
            ),
            models.CheckConstraint(
                condition=Q(state=DueState.DONE, done_on__isnull=False)
                | (~Q(state=DueState.DONE) & Q(done_on__isnull=True)),
                name="obligationdue_done_has_day",
                violation_error_message=_("Vul in wanneer het gedaan is."),
            ),
            models.CheckConstraint(
                condition=Q(follow_up="", followed_by__isnull=True, followed_at__isnull=True)
                | (Q(followed_by__isnull=False, followed_at__isnull=False) & ~Q(follow_up="")),
                name="obligationdue_followed_paired",
            ),
        )

    def __str__(self) -> str:
        return f"{self.obligation} ({date_format(self.due_on, 'j F Y') if self.due_on else '-'})"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("housing:due", args=[self.pk])

    @property
    def is_late(self) -> bool:
        """Tell whether its day passed while nothing was done."""
        return (
            self.state == DueState.OPEN
            and self.due_on is not None
            and self.due_on < timezone.localdate()
            and self.agreement.is_live
        )

    @property
    def is_near(self) -> bool:
        """Tell whether its day comes within the time that the agreement wants to be warned beforehand."""
        if self.state != DueState.OPEN or self.due_on is None or not self.agreement.is_live:
            return False
        return 0 <= (self.due_on - timezone.localdate()).days <= self.obligation.warn_days

    @property
    def awaits_follow_up(self) -> bool:
        """Tell whether somebody still has to decide on what the agreement says comes next."""
        return (
            self.state == DueState.BREACHED
            and not self.follow_up
            and self.obligation.breach_next != BreachNext.NOTHING
        )


class ObligationEvidence(models.Model):
    """Something that shows that an obligation was kept, or not."""

    due = models.ForeignKey(ObligationDue, on_delete=models.CASCADE, related_name="evidence")
    on = models.DateField(_("van welke dag"))
    text = models.CharField(_("wat toont het?"), max_length=600)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("bewijs")
        verbose_name_plural = _("bewijzen")
        indexes = (models.Index(fields=["due", "on"], name="obligationevidence_of_due"),)

    def __str__(self) -> str:
        return self.text


class DueExtension(MoreTime):
    """More time for an obligation: asked with a reason, decided by a person."""

    due = models.ForeignKey(ObligationDue, on_delete=models.CASCADE, related_name="extensions")
    old_due_on = models.DateField(_("was tegen"))
    until_on = models.DateField(_("uitstel tot"))

    class Meta(MoreTime.Meta):
        verbose_name = _("uitstel")
        verbose_name_plural = _("uitstellen")
        constraints = (
            *MoreTime.Meta.constraints,
            models.UniqueConstraint(
                fields=["due"],
                condition=Q(state=RequestState.ASKED),
                name="dueextension_one_open",
                violation_error_message=_("Er is al uitstel gevraagd. Beslis daar eerst over."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("old_due_on")),
                name="dueextension_later",
                violation_error_message=_("Uitstel gaat naar een latere dag."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.due_id} > {self.until_on}"


class SignedCopy(models.Model):
    """A scan of the signed paper."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="copies")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("getekend exemplaar")
        verbose_name_plural = _("getekende exemplaren")
        constraints = (models.UniqueConstraint(fields=["agreement", "file"], name="signedcopy_once"),)

    def __str__(self) -> str:
        return str(self.file_id)
