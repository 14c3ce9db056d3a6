"""What was agreed with the family: boundaries that the system enforces, and consents."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from cases.enums import BOUNDARY_STOPS, BoundaryKind, ConsentCategory, ConsentState, Reach
from cases.models.case import Case
from people.models import Person

# How long before the end of a consent the team is warned, to ask the family again in time.
CONSENT_WARNING_DAYS = 30


class BoundaryQuerySet(QuerySet["Boundary"]):
    """Questions about boundaries."""

    def standing(self) -> "BoundaryQuerySet":
        """Boundaries that were not lifted."""
        return self.filter(lifted_at__isnull=True)


class Boundary(models.Model):
    """What the family does not want yet (grens). Lifted only with the family's recorded agreement."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="boundaries")
    kind = models.CharField(_("wat wil het gezin niet?"), max_length=15, choices=BoundaryKind)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("welke dienst"),
    )
    description = models.CharField(_("wat precies"), max_length=200, blank=True)
    reason = models.CharField(_("waarom"), max_length=400)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    agreed_by = models.CharField(_("wie van het gezin ging akkoord?"), max_length=120, blank=True)
    agreed_on = models.DateField(_("wanneer"), null=True, blank=True)
    agreement = models.CharField(_("wat spraken jullie af?"), max_length=400, blank=True)

    objects = BoundaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("grens")
        verbose_name_plural = _("grenzen")
        constraints = (
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, agreed_on__isnull=True)
                | (
                    Q(lifted_at__isnull=False, lifted_by__isnull=False, agreed_on__isnull=False)
                    & ~Q(agreed_by="")
                    & ~Q(agreement="")
                ),
                name="boundary_lifted_with_agreement",
                violation_error_message=_("Een grens opheffen kan alleen met het akkoord van het gezin."),
            ),
            models.CheckConstraint(
                condition=Q(kind=BoundaryKind.NO_ORGANISATION, organisation__isnull=False)
                | (~Q(kind=BoundaryKind.NO_ORGANISATION) & Q(organisation__isnull=True)),
                name="boundary_organisation_named",
                violation_error_message=_("Kies om welke dienst het gaat."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=BoundaryKind.OTHER) | ~Q(description=""),
                name="boundary_other_described",
                violation_error_message=_("Schrijf op wat het gezin niet wil."),
            ),
        )

    def __str__(self) -> str:
        if self.kind == BoundaryKind.OTHER:
            return self.description
        if self.organisation is not None:
            return _("niets naar %(organisation)s") % {"organisation": self.organisation}
        return str(self.get_kind_display())

    def stops(self, reach: str, organisation_id: int | None = None) -> bool:
        """Tell whether something that reaches this party, or this organisation, crosses the boundary."""
        if self.kind == BoundaryKind.NO_ORGANISATION:
            return organisation_id is not None and organisation_id == self.organisation_id
        return Reach(reach) in BOUNDARY_STOPS[BoundaryKind(self.kind)]


class ConsentQuerySet(QuerySet["Consent"]):
    """Questions about consents."""

    def valid_on(self, day: "object | None" = None) -> "ConsentQuerySet":
        """Consents that hold on this day (today by default)."""
        day = day or timezone.localdate()
        return self.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=day),
            Q(withdrawn_at__isnull=True),
            Q(replaced_by__isnull=True),
            from_on__lte=day,
        )

    def ending_by(self, day: "object") -> "ConsentQuerySet":
        """Consents that hold today and end on this day at the latest."""
        return self.valid_on().filter(until_on__lte=day)

    def visible_to(self, user: User) -> "ConsentQuerySet":
        """Consents of the cases one may read; somebody outside the team those that name his service, and his own."""
        rows = self.filter(case__in=Case.objects.visible_to(user).order_by().values("pk"))
        if user.organisation.is_of_team:
            return rows
        named = Consent.recipients.through.objects.filter(
            consent=models.OuterRef("pk"), organisation=user.organisation_id
        )
        return rows.filter(models.Exists(named) | models.Q(recorded_by=user))


class Consent(models.Model):
    """A consent by a person, for a purpose, until a day or until withdrawn."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="consents", verbose_name=_("wie geeft toestemming?")
    )
    recipients = models.ManyToManyField(
        Organisation, related_name="+", verbose_name=_("met wie mogen we delen?")
    )
    categories = ArrayField(
        models.CharField(max_length=8, choices=ConsentCategory), verbose_name=_("wat mogen we delen?")
    )
    purpose = models.CharField(_("waarvoor"), max_length=300)
    language = models.CharField(_("in welke taal gevraagd"), max_length=3)
    with_interpreter = models.BooleanField(_("met een tolk"), default=False)
    from_on = models.DateField(_("vanaf"))
    until_on = models.DateField(_("tot en met"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Asked again: the older consent stays as it was given, and holds no more.
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True
    )
    # The sheet that was signed.
    sheet = models.ForeignKey(
        "cases.Document", on_delete=models.PROTECT, related_name="signed_consents", null=True, blank=True
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        indexes = (
            models.Index(fields=["from_on", "id"], name="consent_from"),
            models.Index(fields=["until_on", "id"], name="consent_until"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="consent_dates_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="consent_withdrawn_paired",
            ),
        )

    def __str__(self) -> str:
        return self.purpose

    @property
    def state(self) -> ConsentState:
        """How it stands today. `replaced_by` must be at hand."""
        today = timezone.localdate()
        if self.withdrawn_at is not None:
            return ConsentState.WITHDRAWN
        if getattr(self, "replaced_by", None) is not None:
            return ConsentState.REPLACED
        if self.until_on is None:
            return ConsentState.VALID
        if self.until_on < today:
            return ConsentState.EXPIRED
        is_ending = self.until_on <= today + dt.timedelta(days=CONSENT_WARNING_DAYS)
        return ConsentState.ENDING if is_ending else ConsentState.VALID

    @property
    def holds(self) -> bool:
        """Tell whether something may be shared on it today."""
        return self.state in (ConsentState.VALID, ConsentState.ENDING)
