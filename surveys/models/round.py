"""A round: a version that is held in a neighbourhood for a while, with the ways in."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.registries import survey_purposes
from surveys.models.questionnaire import QuestionnaireVersion
from surveys.scope import readable

MOST_INVITED = 20_000


class RoundQuerySet(QuerySet["SurveyRound"]):
    """Questions about rounds."""

    def visible_to(self, user: User) -> "RoundQuerySet":
        """Those of which the purpose may be read in their neighbourhood."""
        return self.filter(readable(user))

    def running(self, day: dt.date) -> "RoundQuerySet":
        """What can be filled in on this day."""
        return self.filter(from_on__lte=day, until_on__gte=day, closed_at__isnull=True)

    def ended(self, day: dt.date) -> "RoundQuerySet":
        """What gets no answers any more on this day."""
        return self.filter(Q(until_on__lt=day) | Q(closed_at__isnull=False))


class SurveyRound(models.Model):
    """One time that a questionnaire is held. Purpose and neighbourhood stand here too: every rule asks for them."""

    questionnaire_version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="rounds"
    )
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    name = models.CharField(_("naam"), max_length=80)
    audience = models.CharField(_("voor wie"), max_length=160, blank=True)
    from_on = models.DateField(_("vanaf"))
    until_on = models.DateField(_("tot en met"))
    invited_count = models.PositiveIntegerField(
        _("aantal uitgenodigd"), null=True, blank=True, validators=[MaxValueValidator(MOST_INVITED)]
    )
    streets = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name=_("straten om uit te kiezen")
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("ronde")
        verbose_name_plural = _("rondes")
        indexes = (models.Index(fields=["purpose", "neighbourhood", "from_on", "id"], name="round_in_order"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="round_days_in_order",
                violation_error_message=_("De laatste dag ligt voor de eerste."),
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True, closed_at__isnull=True)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="round_closed_paired",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse(f"{survey_purposes.get(self.purpose).namespace}:round", args=[self.pk])

    @property
    def has_ended(self) -> bool:
        """Whether it gets no answers any more. Only then its results are shown."""
        return self.closed_at is not None or self.until_on < timezone.localdate()

    @property
    def is_running(self) -> bool:
        """Whether it can be filled in today."""
        return not self.has_ended and self.from_on <= timezone.localdate()


class RoundCode(models.Model):
    """A code for one answer, on a slip of paper. Only its digest is kept, and not what was answered with it."""

    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    is_used = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")

    def __str__(self) -> str:
        return str(self.pk)


class TabletPass(models.Model):
    """For some hours one tablet takes answers of this round, signed in as nobody."""

    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="tablets")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tablet")
        verbose_name_plural = _("tablets")

    def __str__(self) -> str:
        return str(self.pk)
