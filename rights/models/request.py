"""What a resident asked about his own data, and what became of it: the register of requests."""

import datetime as dt

from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from people.models import Person, Restriction
from rights.enums import (
    ANSWERED,
    AT_WORK,
    Failure,
    Identity,
    RefusalGround,
    RequestKind,
    RequestState,
    RestrictionGround,
)


class RightsRequestQuerySet(QuerySet["RightsRequest"]):
    """Questions about requests."""

    def visible_to(self, user: User) -> "RightsRequestQuerySet":
        """All of a neighbourhood for who oversees; for others the requests of persons they may see."""
        everywhere = user.access.where(Permission.RIGHTS_OVERSEE)
        own = [pk for pk in user.access.where(Permission.RIGHTS_ASK) if pk not in everywhere]
        persons = Person.objects.visible_to(user)
        return self.filter(
            Q(neighbourhood_id__in=everywhere) | Q(neighbourhood_id__in=own, person__in=persons)
        )

    def unanswered(self) -> "RightsRequestQuerySet":
        """Requests to which the person has no answer yet."""
        return self.exclude(state__in=ANSWERED)

    def at_work(self) -> "RightsRequestQuerySet":
        """Requests for which a worker has to do something, and on which none gave up."""
        return self.filter(state__in=AT_WORK, failure="")


class RightsRequest(models.Model):
    """One request. Its number and state are for who oversees; its words for who may see the person."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="+", verbose_name=_("wijk")
    )
    # Empty once the person is deleted: the register keeps that there was a request, not of whom.
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, related_name="rights_requests", null=True, blank=True
    )
    kind = models.CharField(_("wat"), max_length=8, choices=RequestKind)
    state = models.CharField(_("stand"), max_length=10, choices=RequestState, default=RequestState.OPEN)
    received_on = models.DateField(_("gevraagd op"))
    identity = models.CharField(_("hoe weten we wie het vraagt?"), max_length=8, choices=Identity)
    asked_by = models.CharField(_("wie vraagt het?"), max_length=120, blank=True)
    subject = models.CharField(_("wat is er fout?"), max_length=1000, blank=True)
    wanted = models.CharField(_("wat moet het zijn?"), max_length=1000, blank=True)
    restriction_ground = models.CharField(
        _("waarom beperken?"), max_length=9, choices=RestrictionGround, blank=True
    )
    all_words = models.BooleanField(_("ook alle verhalen op de tijdlijn weghalen"), default=False)
    due_on = models.DateField(_("antwoord tegen"))
    extended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    extended_at = models.DateTimeField(null=True, blank=True)
    extension_reason = models.CharField(_("waarom later"), max_length=400, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)
    answer = models.CharField(_("antwoord"), max_length=1000, blank=True)
    refusal_ground = models.CharField(_("waarom weigeren?"), max_length=10, choices=RefusalGround, blank=True)
    restriction = models.OneToOneField(
        Restriction, on_delete=models.SET_NULL, related_name="request", null=True, blank=True
    )
    queued_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Set when a worker tried often enough and gave up; the state still says what has to be done.
    failure = models.CharField(_("waarom het niet lukte"), max_length=8, choices=Failure, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("verzoek van een bewoner")
        verbose_name_plural = _("verzoeken van bewoners")
        indexes = (
            models.Index(fields=["neighbourhood", "due_on", "id"], name="rightsrequest_due"),
            models.Index(
                F("neighbourhood"), F("received_on").desc(), F("id").desc(), name="rightsrequest_newest"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(extended_at__isnull=True, extended_by__isnull=True, extension_reason="")
                | (Q(extended_at__isnull=False, extended_by__isnull=False) & ~Q(extension_reason="")),
                name="rightsrequest_extended_with_reason",
                violation_error_message=_("Schrijf op waarom het langer duurt."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="rightsrequest_decided_paired",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ANSWERED, answered_at__isnull=False)
                | (~Q(state__in=ANSWERED) & Q(answered_at__isnull=True)),
                name="rightsrequest_answered_paired",
            ),
            models.CheckConstraint(
                condition=(Q(state=RequestState.REFUSED) & ~Q(refusal_ground="") & ~Q(answer=""))
                | (~Q(state=RequestState.REFUSED) & Q(refusal_ground="")),
                name="rightsrequest_refused_with_ground",
                violation_error_message=_("Weigeren kan alleen op een grond in de wet, met een uitleg."),
            ),
            models.CheckConstraint(
                condition=Q(failure="") | Q(state__in=AT_WORK), name="rightsrequest_failed_at_work"
            ),
            # Nobody erases alone: who approves is not who asked for it.
            models.CheckConstraint(
                condition=~Q(kind=RequestKind.ERASE)
                | ~Q(state__in=[RequestState.ERASING, RequestState.DONE])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("recorded_by"))),
                name="rightsrequest_erased_by_two",
                violation_error_message=_("Wie dit vroeg, kan het niet zelf goedkeuren."),
            ),
        )

    def __str__(self) -> str:
        return f"V-{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of the request's page."""
        return reverse("rights:request", args=[self.pk])

    @property
    def is_answered(self) -> bool:
        """Tell whether the person has an answer."""
        return self.state in ANSWERED

    def is_late(self, today: dt.date) -> bool:
        """Tell whether the term passed without an answer."""
        return not self.is_answered and self.due_on < today
