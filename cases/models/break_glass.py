"""Emergency access (noodtoegang) to a closed circle of one case, for one colleague, for an hour."""

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Circle
from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.fields import one
from cases.models.case import Case


def _circle_as_a_number() -> Func:
    """The circle as a range of one number, for core GiST: the first letters of the circles differ."""
    letter = Func(F("circle"), function="ascii", output_field=models.IntegerField())
    return Func(letter, letter, models.Value("[]"), function="int8range", output_field=BigIntegerRangeField())


class Emergency(models.TextChoices):
    """What is the matter."""

    LIFE = "life", _("iemands leven of gezondheid is in gevaar")
    CHILD = "child", _("een kind is in gevaar")
    VIOLENCE = "violence", _("geweld of bedreiging")
    DWELLING = "dwelling", _("gevaar in de woning: CO, brand, instorting")
    OTHER = "other", _("iets anders dat niet kan wachten")


class GlassVerdict(models.TextChoices):
    """What the privacy officer found."""

    JUSTIFIED = "justified", _("terecht")
    UNJUSTIFIED = "unjustified", _("niet terecht")


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    """Questions about emergency access."""

    def running(self) -> "BreakGlassQuerySet":
        """Those that open something at this moment."""
        now = timezone.now()
        return self.filter(opened_at__lte=now, expires_at__gt=now, closed_at__isnull=True)

    def reviewable_by(self, user: User) -> "BreakGlassQuerySet":
        """Those of the neighbourhoods whose log this user reads."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.ACCESS_LOG_READ))

    def to_review(self) -> "BreakGlassQuerySet":
        """Those on which no verdict was given yet."""
        return self.filter(reviewed_at__isnull=True)


class BreakGlass(models.Model):
    """One emergency. Between `opened_at` and `expires_at`, unless closed before, `user` reads `circle` of `case`.

    The reason is no story of the family: the whole team and the privacy officer read it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="broken_glass")
    # What the privacy officer knows of the case, who may not meet the case itself.
    case_number = models.CharField(max_length=20)
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("wie"))
    role_label = models.CharField(max_length=60)  # as it was then
    circle = models.CharField(_("kring"), max_length=11, choices=Circle)
    emergency = models.CharField(_("noodsituatie"), max_length=9, choices=Emergency)
    reason = models.CharField(_("reden"), max_length=500)
    opened_at = models.DateTimeField(_("geopend"))
    expires_at = models.DateTimeField(_("loopt tot"))
    closed_at = models.DateTimeField(_("gesloten"), null=True, blank=True)
    verdict = models.CharField(_("oordeel"), max_length=11, choices=GlassVerdict, blank=True)
    verdict_note = models.CharField(_("toelichting"), max_length=500, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        verbose_name = _("noodtoegang")
        verbose_name_plural = _("noodtoegangen")
        indexes = (
            models.Index(fields=["case", "user", "circle", "expires_at"], name="breakglass_running"),
            models.Index(F("opened_at").desc(), F("id").desc(), name="breakglass_newest"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("opened_at"))
                & Q(expires_at__lte=F("opened_at") + dt.timedelta(hours=1)),
                name="breakglass_an_hour_at_most",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="breakglass_closed_after_opened",
            ),
            models.CheckConstraint(condition=~Q(circle=Circle.SHARED), name="breakglass_of_a_closed_circle"),
            models.CheckConstraint(condition=~Q(reason=""), name="breakglass_has_a_reason"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, verdict="", verdict_note="")
                | (
                    Q(reviewed_at__isnull=False, reviewed_by__isnull=False)
                    & ~Q(verdict="")
                    & ~Q(verdict_note="")
                ),
                name="breakglass_review_paired",
                violation_error_message=_("Geef een oordeel en zeg waarom."),
            ),
            ExclusionConstraint(
                name="breakglass_one_at_a_time",
                expressions=[
                    (one("case_id"), "&&"),
                    (one("user_id"), "&&"),
                    (
                        Func(
                            F("opened_at"),
                            Coalesce("closed_at", "expires_at"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (_circle_as_a_number(), "&&"),
                ],
                violation_error_message=_("Deze noodtoegang loopt al."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.circle} {self.opened_at:%Y-%m-%d %H:%M}"

    @property
    def is_running(self) -> bool:
        """Tell whether it opens something now."""
        return self.closed_at is None and self.opened_at <= timezone.now() < self.expires_at

    @property
    def ended_at(self) -> dt.datetime:
        """Return when it ended, or will."""
        return min(self.closed_at or self.expires_at, self.expires_at)

    @property
    def minutes_left(self) -> int:
        """Return how many minutes it still runs, a begun minute counted whole."""
        return max(0, -int(-(self.expires_at - timezone.now()).total_seconds() // 60))


class ColleagueFamily(models.Model):
    """A case of a colleague's own family or friends, flagged so that looks at it stand out. Who it is isn't kept."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="colleague_family")
    flagged_at = models.DateTimeField(default=timezone.now)
    flagged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("familie van een collega")

    def __str__(self) -> str:
        return str(self.case_id)
