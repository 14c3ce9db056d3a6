"""What people in the neighbourhood can do for each other, with whose consent, and who met whom."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from cohesion.capital_enums import (
    KIND_ICONS,
    MATCH_OVER,
    MATCH_RUNNING,
    MATCH_TRANSITIONS,
    CapitalKind,
    DayPart,
    MatchState,
    Side,
)
from people.languages import language_names
from people.models import Person


class CapitalEntryQuerySet(QuerySet["CapitalEntry"]):
    """Questions about offers and asks."""

    def visible_to(self, user: User) -> "CapitalEntryQuerySet":
        """Those of the neighbourhoods where one brings people together."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.CAPITAL_READ))

    def open(self) -> "CapitalEntryQuerySet":
        """What still stands."""
        return self.filter(ended_on__isnull=True)

    def matchable(self, day: dt.date | None = None) -> "CapitalEntryQuerySet":
        """What may be brought together today: it stands, and its consent holds."""
        consents = CapitalConsent.objects.valid_on(day or timezone.localdate())
        return self.open().filter(Exists(consents.filter(entry=OuterRef("pk"))))


class CapitalEntry(models.Model):
    """Something that one person offers or asks. First name and street are enough to know him."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(_("biedt of vraagt"), max_length=5, choices=Side)
    kind = models.CharField(_("soort"), max_length=8, choices=CapitalKind)
    what = models.CharField(_("wat"), max_length=120)
    details = models.TextField(_("meer uitleg"), max_length=1000, blank=True)
    first_name = models.CharField(_("voornaam"), max_length=60)
    street = models.CharField(_("straat"), max_length=80, blank=True)
    reach = models.CharField(_("hoe te bereiken"), max_length=120, blank=True)
    languages = ArrayField(models.CharField(max_length=3), default=list, blank=True, verbose_name=_("talen"))
    day_parts = ArrayField(
        models.CharField(max_length=9, choices=DayPart), default=list, blank=True, verbose_name=_("wanneer")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("persoon")
    )
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    ended_on = models.DateField(_("afgelopen op"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CapitalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanbod of vraag")
        verbose_name_plural = _("aanbod en vragen")
        indexes = (
            models.Index(fields=["noted_at", "id"], name="capital_newest"),
            models.Index(
                fields=["neighbourhood", "side", "noted_at", "id"],
                condition=Q(ended_on__isnull=True),
                name="capital_open",
            ),
        )

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("cohesion:capital-entry", args=[self.pk])

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return KIND_ICONS[CapitalKind(self.kind)]

    @property
    def language_names(self) -> list[str]:
        """The names of the languages."""
        return language_names(self.languages)

    @property
    def day_part_names(self) -> list[str]:
        """When there is time, in words."""
        return [str(DayPart(part).label) for part in self.day_parts]


class CapitalConsentQuerySet(QuerySet["CapitalConsent"]):
    """Questions about consents."""

    def valid_on(self, day: dt.date) -> "CapitalConsentQuerySet":
        """Those that hold on this day."""
        return self.filter(from_on__lte=day, until_on__gte=day, withdrawn_at__isnull=True)


class CapitalConsent(models.Model):
    """Somebody lets us bring him together with a neighbour, until a day: his first name and the thing may be told."""

    entry = models.ForeignKey(CapitalEntry, on_delete=models.CASCADE, related_name="consents")
    shares_reach = models.BooleanField(_("ook hoe hij te bereiken is"), default=False)
    from_on = models.DateField(_("vanaf"))
    until_on = models.DateField(_("tot en met"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CapitalConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestemming om samen te brengen")
        verbose_name_plural = _("toestemmingen om samen te brengen")
        constraints = (
            models.UniqueConstraint(
                fields=["entry"], condition=Q(withdrawn_at__isnull=True), name="capital_one_consent"
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="capital_consent_in_order",
                violation_error_message=_("De laatste dag ligt voor de eerste."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="capital_withdrawn_paired",
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_on} – {self.until_on}"

    @property
    def holds(self) -> bool:
        """Whether it holds today."""
        return self.withdrawn_at is None and self.from_on <= timezone.localdate() <= self.until_on


class CapitalMatchQuerySet(QuerySet["CapitalMatch"]):
    """Questions about matches."""

    def visible_to(self, user: User) -> "CapitalMatchQuerySet":
        """Those of the neighbourhoods where one brings people together."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.CAPITAL_READ))

    def running(self) -> "CapitalMatchQuerySet":
        """Those that didn't end yet."""
        return self.filter(state__in=MATCH_RUNNING)


class CapitalMatch(models.Model):
    """An offer that meets an ask: why it was proposed, how far it came, what came of it."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(CapitalEntry, on_delete=models.PROTECT, related_name="matches_as_offer")
    ask = models.ForeignKey(CapitalEntry, on_delete=models.PROTECT, related_name="matches_as_ask")
    state = models.CharField(_("stand"), max_length=10, choices=MatchState, default=MatchState.PROPOSED)
    reasons = ArrayField(models.CharField(max_length=160), default=list, verbose_name=_("waarom"))
    outcome = models.TextField(_("wat ervan kwam"), max_length=1000, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    introduced_on = models.DateField(_("leerden elkaar kennen op"), null=True, blank=True)
    ended_on = models.DateField(_("afgelopen op"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CapitalMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        indexes = (models.Index(fields=["proposed_at", "id"], name="match_newest"),)
        constraints = (
            models.UniqueConstraint(
                fields=["offer", "ask"],
                name="match_once",
                violation_error_message=_("Deze twee zijn al eens voorgesteld."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=MATCH_OVER, ended_on__isnull=False) & ~Q(outcome="")
                | Q(state__in=MATCH_RUNNING, ended_on__isnull=True, outcome=""),
                name="match_over_has_outcome",
                violation_error_message=_("Schrijf op wat ervan kwam."),
            ),
            models.CheckConstraint(
                condition=Q(state=MatchState.PROPOSED, introduced_on__isnull=True)
                | Q(state=MatchState.FAILED)
                | Q(
                    state__in=[MatchState.INTRODUCED, MatchState.WORKING, MatchState.ENDED],
                    introduced_on__isnull=False,
                ),
                name="match_introduced_on",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("cohesion:capital-match", args=[self.pk])

    @property
    def next_states(self) -> tuple[MatchState, ...]:
        """What it can become."""
        return MATCH_TRANSITIONS[MatchState(self.state)]
