"""A questionnaire and its versions: one that was published never changes, so that answers keep their question."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.registries import survey_purposes
from surveys.enums import Language
from surveys.scope import readable


class QuestionnaireQuerySet(QuerySet["Questionnaire"]):
    """Questions about questionnaires."""

    def visible_to(self, user: User) -> "QuestionnaireQuerySet":
        """Those of which the purpose may be read in their neighbourhood."""
        return self.filter(readable(user))


class Questionnaire(models.Model):
    """What is asked for one purpose in one neighbourhood, through all its versions."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    name = models.CharField(_("naam"), max_length=80)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = _("vragenlijst")
        verbose_name_plural = _("vragenlijsten")
        constraints = (
            models.UniqueConstraint(
                fields=["neighbourhood", "purpose", "name"],
                name="questionnaire_name_once",
                violation_error_message=_("Er is in deze wijk al een vragenlijst met deze naam."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse(f"{survey_purposes.get(self.purpose).namespace}:questionnaire", args=[self.pk])


class VersionQuerySet(QuerySet["QuestionnaireVersion"]):
    """Questions about versions."""

    def visible_to(self, user: User) -> "VersionQuerySet":
        """Those of the questionnaires one may see."""
        return self.filter(readable(user, "questionnaire__"))


class QuestionnaireVersion(models.Model):
    """One version. As a draft it can be changed; published it is frozen, in the database as well.

    `translations` maps a language to {"title", "intro"}.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("versie"), default=1)
    title = models.CharField(_("titel"), max_length=120)
    intro = models.CharField(_("inleiding"), max_length=600, blank=True)
    asks_name = models.BooleanField(_("vraagt een voornaam"), default=False)
    name_reason = models.CharField(_("waarvoor de naam dient"), max_length=200, blank=True)
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language), default=list, verbose_name=_("talen"), blank=True
    )
    translations = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versie van een vragenlijst")
        verbose_name_plural = _("versies van vragenlijsten")
        constraints = (
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once"),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=Q(published_at__isnull=True),
                name="questionnaire_one_draft",
                violation_error_message=_("Er is al een nieuwe versie in de maak."),
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True, published_at__isnull=True)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="questionnaire_published_paired",
            ),
            models.CheckConstraint(
                condition=Q(asks_name=True) & ~Q(name_reason="") | Q(asks_name=False, name_reason=""),
                name="questionnaire_name_has_reason",
                violation_error_message=_("Schrijf op waarvoor de naam dient: wie invult, leest het."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def get_absolute_url(self) -> str:
        """Return the address of its questionnaire, at this version."""
        return f"{self.questionnaire.get_absolute_url()}?versie={self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.published_at is None

    @property
    def all_languages(self) -> list[str]:
        """Dutch, and what it is offered in beside it, in a fixed order."""
        return [code for code in Language.values if code == Language.NL or code in self.languages]
