"""More time that somebody asks for and somebody else decides on: for an obligation, for a stay."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from housing.agreement_enums import RequestState


class MoreTime(models.Model):
    """Asked with a reason, decided by a person. Who inherits names the day in its own words."""

    until_on = models.DateField()
    reason = models.CharField(_("waarom"), max_length=400)
    state = models.CharField(_("stand"), max_length=7, choices=RequestState, default=RequestState.ASKED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField(_("toelichting bij de beslissing"), max_length=400, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(state=RequestState.ASKED, decided_by__isnull=True, decided_at__isnull=True)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(state=RequestState.ASKED)),
                name="%(class)s_decided_paired",
            ),
        )

    @property
    def asked_label(self) -> str:
        """Say until when and why, for who has to decide."""
        return gettext("Gevraagd tot %(day)s: %(reason)s") % {
            "day": date_format(self.until_on, "j F Y"),
            "reason": self.reason,
        }
