"""What a known person does in his neighbourhood (deelname), and his yes that the team of his case may know it."""

import datetime as dt

from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from cohesion.involvement_enums import KIND_ICONS, KIND_OF_THING, InvolvementKind
from cohesion.models.activity import Activity
from cohesion.models.budget_project import BudgetProject
from cohesion.models.capital import CapitalMatch
from cohesion.models.place_project import PlaceProject
from people.models import Person

THING = {"project": BudgetProject, "match": CapitalMatch, "activity": Activity, "place": PlaceProject}


def _thing_fits_kind() -> Q:
    """At most one thing, and of the sort that the kind says."""
    fits = Q()
    for kind in InvolvementKind:
        own = next((name for name, of in KIND_OF_THING.items() if of == kind), None)
        fits |= Q(kind=kind, **{f"{name}__isnull": True for name in KIND_OF_THING if name != own})
    return fits


class InvolvementQuerySet(QuerySet["Involvement"]):
    """Questions about what people do in their neighbourhood."""

    def visible_to(self, user: User) -> "InvolvementQuerySet":
        """Those of the neighbourhoods where one brings people together."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.CAPITAL_READ))

    def agreed_on_day(self, day: dt.date) -> "InvolvementQuerySet":
        """Those of which the team of the case may know on this day."""
        return self.filter(
            Q(agreed_until__isnull=True) | Q(agreed_until__gte=day),
            agreed_on__lte=day,
            withdrawn_at__isnull=True,
        )

    def running_on(self, day: dt.date) -> "InvolvementQuerySet":
        """Those that go on on this day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Involvement(models.Model):
    """Somebody takes part. Without his yes that stands, nobody who works on his case learns that there is anything."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="+", verbose_name=_("wijk")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="involvements", verbose_name=_("persoon")
    )
    kind = models.CharField(_("soort"), max_length=9, choices=InvolvementKind)
    what = models.CharField(_("wat"), max_length=120)
    since = models.DateField(_("sinds"))
    until = models.DateField(_("tot en met"), null=True, blank=True)
    project = models.ForeignKey(
        BudgetProject, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    match = models.ForeignKey(CapitalMatch, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    place = models.ForeignKey(PlaceProject, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    agreed_on = models.DateField(_("zei ja op"), null=True, blank=True)
    agreed_until = models.DateField(_("ja tot en met"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        verbose_name = _("deelname")
        verbose_name_plural = _("deelnames")
        indexes = (models.Index(fields=["noted_at", "id"], name="involvement_newest"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="involvement_days_in_order",
                violation_error_message=_("De laatste dag ligt voor de eerste."),
            ),
            models.CheckConstraint(
                condition=_thing_fits_kind(),
                name="involvement_one_thing_of_its_kind",
                violation_error_message=_("Een deelname gaat over hoogstens één ding, van dezelfde soort."),
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True, agreed_on__isnull=True, agreed_until__isnull=True)
                | Q(asked_by__isnull=False, agreed_on__isnull=False, agreed_until__isnull=True)
                | Q(asked_by__isnull=False, agreed_on__isnull=False, agreed_until__gte=F("agreed_on")),
                name="involvement_yes_complete",
                violation_error_message=_("De laatste dag van de toestemming ligt voor de eerste."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, agreed_on__isnull=False),
                name="involvement_withdrawn_paired",
            ),
        )

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("cohesion:involvement", args=[self.pk])

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return KIND_ICONS[InvolvementKind(self.kind)]

    @property
    def has_ended(self) -> bool:
        """Whether it is over."""
        return self.until is not None and self.until < timezone.localdate()

    @property
    def is_agreed(self) -> bool:
        """Whether the team of the case may know of it today."""
        if self.agreed_on is None or self.withdrawn_at is not None:
            return False
        today = timezone.localdate()
        return self.agreed_on <= today and (self.agreed_until is None or self.agreed_until >= today)

    @property
    def thing_name(self) -> str | None:
        """Which of its links leads to the thing itself."""
        return next((name for name in KIND_OF_THING if getattr(self, f"{name}_id") is not None), None)
