"""Questionnaires in versions, rounds in which they are held, and what was answered."""

from surveys.models.answer import Answer, AnswerSet, AnswerWords
from surveys.models.question import Question, QuestionOption
from surveys.models.questionnaire import Questionnaire, QuestionnaireVersion
from surveys.models.round import RoundCode, SurveyRound, TabletPass

__all__ = [
    "Answer",
    "AnswerSet",
    "AnswerWords",
    "Question",
    "QuestionOption",
    "Questionnaire",
    "QuestionnaireVersion",
    "RoundCode",
    "SurveyRound",
    "TabletPass",
]
