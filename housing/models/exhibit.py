"""Exhibits (stukken) of a legal file, numbered without gaps, and what each tenant permits."""

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from housing.enums_legal import PermissionHow, PermissionScope
from housing.models.evidence import Evidence
from housing.models.legal_file import LegalFile
from people.models import Person


class Exhibit(models.Model):
    """A piece of evidence with its number in one file. Taken out, the number stays with it: numbers have no gaps."""

    legal_file = models.ForeignKey(LegalFile, on_delete=models.PROTECT, related_name="exhibits")
    number = models.PositiveIntegerField(_("stuk"))
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="exhibits")
    title = models.CharField(_("naam in de inventaris"), max_length=140)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.CharField(_("waarom?"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("stuk")
        verbose_name_plural = _("stukken")
        constraints = (
            models.UniqueConstraint(
                fields=["legal_file", "number"],
                name="exhibit_number_once",
                violation_error_message=_("Dit nummer is al gegeven."),
            ),
            models.UniqueConstraint(
                fields=["legal_file", "evidence"],
                name="exhibit_evidence_once",
                violation_error_message=_("Dit bewijs is al een stuk in dit dossier."),
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="exhibit_number_positive"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removed_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_reason="")),
                name="exhibit_removed_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class ExhibitPermissionQuerySet(QuerySet["ExhibitPermission"]):
    """Questions about permissions."""

    def standing(self) -> "ExhibitPermissionQuerySet":
        """Permissions that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class ExhibitPermission(models.Model):
    """A tenant's permission to show an exhibit: by whom, when, how, how far; withdrawn at any time."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="permissions")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("wie geeft toestemming?")
    )
    scope = models.CharField(_("waar mag het in?"), max_length=5, choices=PermissionScope)
    how = models.CharField(_("hoe?"), max_length=11, choices=PermissionHow)
    given_on = models.DateField(_("wanneer?"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_how = models.CharField(
        _("hoe werd ze ingetrokken?"), max_length=11, choices=PermissionHow, blank=True
    )

    objects = ExhibitPermissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestemming voor een stuk")
        verbose_name_plural = _("toestemmingen voor stukken")
        constraints = (
            models.UniqueConstraint(
                fields=["exhibit"],
                condition=Q(withdrawn_at__isnull=True),
                name="exhibitpermission_one_standing",
                violation_error_message=_("Voor dit stuk is er al een toestemming."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_how="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_how="")),
                name="exhibitpermission_withdrawn_paired",
            ),
        )

    def __str__(self) -> str:
        return f"{self.exhibit_id} {self.person_id} {self.scope}"
