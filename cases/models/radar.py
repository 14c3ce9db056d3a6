"""A household or address that someone worries about, before there is a case."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, Organisation, User
from accounts.permissions import Permission
from arsenaal.lib.addresses import address_line
from arsenaal.lib.trigrams import Searchable, SearchableQuerySet
from cases.enums import RadarReason, RadarSource, RadarState
from people.enums import ReachBy
from people.models import Household

# A worry about people who don't know that it was written down may not linger (domain.md F): it is looked at
# again within three months, and two weeks after nobody did, it is deleted.
REVIEW_WITHIN = dt.timedelta(days=92)
LAPSE_GRACE = dt.timedelta(days=14)


class RadarQuerySet(SearchableQuerySet):
    """Questions about the radar."""

    def visible_to(self, user: User) -> "RadarQuerySet":
        """The whole radar for who decides on it; for others the signals they gave themselves."""
        everywhere = user.access.where(Permission.RADAR_DECIDE)
        own = [pk for pk in user.access.where(Permission.RADAR_REPORT) if pk not in everywhere]
        return self.filter(Q(neighbourhood_id__in=everywhere) | Q(reported_by=user, neighbourhood_id__in=own))

    def undecided(self) -> "RadarQuerySet":
        """Signals on which nobody decided yet."""
        return self.filter(state=RadarState.NEW)

    def lapsed(self, today: dt.date) -> "RadarQuerySet":
        """Undecided signals of which the review date and the grace after it have passed."""
        return self.undecided().filter(review_on__lt=today - LAPSE_GRACE)


class RadarEntry(Searchable):
    """A worry. Source, reason and review date are mandatory; when the review date lapses it is deleted."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("hoe kwam dit bij ons?"), max_length=16, choices=RadarSource)
    source_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("van welke organisatie?")
    )
    reason = models.CharField(_("waarover gaat het?"), max_length=10, choices=RadarReason)
    worry = models.TextField(_("wat is de zorg?"), max_length=4000)
    name = models.CharField(_("naam"), max_length=120, blank=True)
    street = models.CharField(_("straat"), max_length=120, blank=True)
    house_number = models.CharField(_("nummer"), max_length=10, blank=True)
    box = models.CharField(_("bus"), max_length=10, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    reach_by = models.CharField(_("best bereikbaar door"), max_length=8, choices=ReachBy, blank=True)
    reach_note = models.CharField(_("wanneer en hoe bereiken?"), max_length=160, blank=True)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    review_on = models.DateField(_("opnieuw bekijken op"))
    state = models.CharField(_("stand"), max_length=9, choices=RadarState, default=RadarState.NEW)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(_("waarom"), max_length=400, blank=True)
    passed_to = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    postponed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    postponed_at = models.DateTimeField(null=True, blank=True)
    postpone_reason = models.CharField(_("waarom later"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RadarQuerySet.as_manager()

    class Meta(Searchable.Meta):
        verbose_name = _("signaal op de radar")
        verbose_name_plural = _("signalen op de radar")
        indexes = (
            *Searchable.Meta.indexes,
            models.Index(fields=["neighbourhood", "state", "review_on", "id"], name="radarentry_to_decide"),
            models.Index(fields=["neighbourhood", "-reported_at", "-id"], name="radarentry_newest"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(street=""),
                name="radarentry_who_or_where",
                violation_error_message=_("Vul een naam of een adres in, anders vindt niemand dit terug."),
            ),
            models.CheckConstraint(
                condition=Q(state=RadarState.NEW, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=RadarState.NEW) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="radarentry_decided_paired",
            ),
            models.CheckConstraint(
                condition=Q(postponed_at__isnull=True, postponed_by__isnull=True, postpone_reason="")
                | (Q(postponed_at__isnull=False, postponed_by__isnull=False) & ~Q(postpone_reason="")),
                name="radarentry_postponed_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state=RadarState.PASSED_ON) | Q(passed_to__isnull=False),
                name="radarentry_passed_to_somebody",
                violation_error_message=_("Kies aan wie je dit doorgeeft."),
            ),
        )

    def __str__(self) -> str:
        return self.name or self.address_line

    @property
    def address_line(self) -> str:
        """Return the address as it was told, on one line; without a street there is none."""
        if not self.street:
            return ""
        return address_line(self.street, self.house_number, self.box)

    @property
    def is_undecided(self) -> bool:
        """Tell whether somebody still has to decide."""
        return self.state == RadarState.NEW

    @property
    def lapses_on(self) -> dt.date:
        """Return the day on which this is deleted when nobody decides."""
        return self.review_on + LAPSE_GRACE + dt.timedelta(days=1)

    @property
    def is_lapsing(self) -> bool:
        """Tell whether the review date passed without a decision, so that it will be deleted."""
        return self.is_undecided and self.review_on < timezone.localdate()

    def search_text(self) -> str:
        """Found by name and by address."""
        return f"{self.name} {self.street} {self.house_number}"


class RadarLapse(models.Model):
    """How many signals lapsed, per reason and month: all that stays of them."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    reason = models.CharField(max_length=10, choices=RadarReason)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["neighbourhood", "month", "reason"], name="radarlapse_unique"),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.reason}: {self.count}"
