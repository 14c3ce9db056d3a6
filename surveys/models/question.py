"""A question of a version, what can be chosen, and when it is asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from surveys.enums import KIND_ICONS, QuestionKind
from surveys.models.questionnaire import QuestionnaireVersion
from surveys.scope import readable

LONGEST_ANSWER = 2000


class QuestionQuerySet(QuerySet["Question"]):
    """Questions about questions."""

    def visible_to(self, user: User) -> "QuestionQuerySet":
        """Those of the questionnaires one may see."""
        return self.filter(readable(user, "questionnaire_version__questionnaire__"))


class Question(models.Model):
    """One question. `code` is the same in every version in which it is the same question: rounds meet on it.

    `translations` maps a language to {"text", "help_text", "low_label", "high_label"}. With `when_code` it is asked
    only of who gave one of `when_values` there: codes of options, or numbers of a scale.
    """

    questionnaire_version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="questions"
    )
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    kind = models.CharField(_("soort"), max_length=8, choices=QuestionKind)
    text = models.CharField(_("vraag"), max_length=240)
    help_text = models.CharField(_("uitleg"), max_length=240, blank=True)
    is_required = models.BooleanField(_("moet ingevuld worden"), default=False)
    is_perception = models.BooleanField(_("gaat over hoe mensen de wijk ervaren"), default=False)
    lowest = models.IntegerField(_("laagste"), null=True, blank=True)
    highest = models.IntegerField(_("hoogste"), null=True, blank=True)
    low_label = models.CharField(_("betekenis van de laagste"), max_length=60, blank=True)
    high_label = models.CharField(_("betekenis van de hoogste"), max_length=60, blank=True)
    when_code = models.CharField(max_length=40, blank=True)
    when_values = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    translations = models.JSONField(default=dict, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")
        constraints = (
            models.UniqueConstraint(fields=["questionnaire_version", "code"], name="question_code_once"),
            models.UniqueConstraint(
                fields=["questionnaire_version", "position"],
                name="question_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[QuestionKind.SCALE, QuestionKind.NUMBER],
                    lowest__isnull=False,
                    highest__isnull=False,
                    lowest__lt=F("highest"),
                )
                | (
                    ~Q(kind__in=[QuestionKind.SCALE, QuestionKind.NUMBER])
                    & Q(lowest__isnull=True, highest__isnull=True)
                ),
                name="question_bounds",
                violation_error_message=_("De hoogste waarde ligt boven de laagste."),
            ),
            models.CheckConstraint(
                condition=Q(is_perception=False) | Q(kind=QuestionKind.SCALE),
                name="question_perception_is_a_scale",
            ),
            models.CheckConstraint(
                condition=Q(when_code="", when_values=[]) | (~Q(when_code="") & ~Q(when_values=[])),
                name="question_condition_whole",
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return KIND_ICONS[QuestionKind(self.kind)]

    @property
    def steps(self) -> range:
        """The values of a scale."""
        return range(self.lowest or 0, (self.highest or 0) + 1)


class QuestionOption(models.Model):
    """Something that can be chosen. `translations` maps a language to its text."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    text = models.CharField(_("keuze"), max_length=120)
    translations = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("keuze")
        verbose_name_plural = _("keuzes")
        constraints = (
            models.UniqueConstraint(fields=["question", "code"], name="option_code_once"),
            models.UniqueConstraint(
                fields=["question", "position"],
                name="option_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        )

    def __str__(self) -> str:
        return self.text
