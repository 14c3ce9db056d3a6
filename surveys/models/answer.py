"""What one person answered. Choices and numbers can be counted; words stand apart, for who may read them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from surveys.enums import AnsweredHow, Language
from surveys.models.question import LONGEST_ANSWER, Question, QuestionOption
from surveys.models.round import SurveyRound


class AnswerSet(models.Model):
    """One filled-in questionnaire. Which code it came with is kept nowhere."""

    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="answer_sets")
    uuid = models.UUIDField(unique=True, editable=False)  # made by the page: sent twice it is kept once
    how = models.CharField(_("hoe ingevuld"), max_length=6, choices=AnsweredHow)
    language = models.CharField(_("taal"), max_length=2, choices=Language)
    street = models.CharField(_("straat"), max_length=80, blank=True)
    given_name = models.CharField(_("voornaam"), max_length=60, blank=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    received_on = models.DateField(_("ontvangen op"))

    class Meta:
        verbose_name = _("ingevulde vragenlijst")
        verbose_name_plural = _("ingevulde vragenlijsten")
        constraints = (
            models.CheckConstraint(
                condition=Q(how=AnsweredHow.CODE, taken_by__isnull=True)
                | (~Q(how=AnsweredHow.CODE) & Q(taken_by__isnull=False)),
                name="answerset_code_is_nobodys",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Answer(models.Model):
    """One choice or one number. Several choices are several rows."""

    answer_set = models.ForeignKey(AnswerSet, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    option = models.ForeignKey(
        QuestionOption, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    number = models.IntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("antwoord")
        verbose_name_plural = _("antwoorden")
        indexes = (models.Index(fields=["question", "option", "number"], name="answer_counted"),)
        constraints = (
            models.UniqueConstraint(
                fields=["answer_set", "question", "option"], name="answer_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(option__isnull=False, number__isnull=True)
                | Q(option__isnull=True, number__isnull=False),
                name="answer_choice_or_number",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class AnswerWords(models.Model):
    """What somebody wrote."""

    answer_set = models.ForeignKey(AnswerSet, on_delete=models.CASCADE, related_name="words")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("antwoord"), max_length=LONGEST_ANSWER)

    class Meta:
        verbose_name = _("antwoord in eigen woorden")
        verbose_name_plural = _("antwoorden in eigen woorden")
        indexes = (models.Index(fields=["question", "id"], name="words_in_order"),)
        constraints = (models.UniqueConstraint(fields=["answer_set", "question"], name="words_once"),)

    def __str__(self) -> str:
        return str(self.pk)
