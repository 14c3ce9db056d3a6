"""Figures about the needs survey: rounds, response, and how people feel the neighbourhood."""

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from arsenaal.lib.registries import Measure, MeasureValue, Period
from cohesion.needs import NEEDS
from surveys.models import Answer, Question, SurveyRound
from surveys.results import BAD, BETWEEN, GOOD, GROUP_NAMES, group_of


def _ended(neighbourhood_id: int, period: Period) -> QuerySet[SurveyRound]:
    """Rounds that have ended and whose last day lies in the period, also when they were closed before it."""
    return SurveyRound.objects.ended(timezone.localdate()).filter(
        purpose=NEEDS.code, neighbourhood_id=neighbourhood_id, until_on__range=(period.start, period.end)
    )


def survey_rounds(neighbourhood_id: int, period: Period) -> MeasureValue:
    """How many rounds were held."""
    count = _ended(neighbourhood_id, period).count()
    return MeasureValue(value=count, count=count)


def survey_response(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Of who was invited, who answered; only rounds in which the invitations were counted."""
    invited = answered = 0
    rounds = _ended(neighbourhood_id, period).filter(invited_count__isnull=False)
    for asked, came in rounds.annotate(came=Count("answer_sets")).values_list("invited_count", "came"):
        invited += asked
        answered += min(asked, came)
    parts = {str(_("antwoordden")): answered, str(_("antwoordden niet")): invited - answered}
    return MeasureValue(value=None, count=invited, parts=parts if invited else {})


def perception(neighbourhood_id: int, period: Period) -> MeasureValue:
    """How people felt the neighbourhood in the last round of the period, in the thirds that its page shows too."""
    last = _ended(neighbourhood_id, period).order_by("-until_on", "-pk").first()
    found = dict.fromkeys((GOOD, BETWEEN, BAD), 0)
    if last is not None:
        questions = {
            row.pk: row
            for row in Question.objects.filter(
                questionnaire_version_id=last.questionnaire_version_id, is_perception=True
            ).order_by("position")[:1]
        }
        answers = Answer.objects.filter(question__in=questions, answer_set__round=last)
        counted = answers.values_list("question_id", "number").annotate(Count("pk")).order_by()
        for question, value, count in counted:
            found[group_of(questions[question], value)] += count
    total = sum(found.values())
    parts = {str(GROUP_NAMES[key]): count for key, count in found.items()}
    return MeasureValue(value=None, count=total, parts=parts if total else {})


SURVEY_MEASURES = (
    Measure(
        "survey.rounds",
        _("Bevragingen van de wijk"),
        _("Rondes van de behoeftebevraging waarvan de laatste dag in de periode ligt."),
        Goal.COHESION.value,
        "how_much",
        _("rondes"),
        _("rondes van de behoeftebevraging"),
        "",
        survey_rounds,
        counts_people=False,
        source=_("behoeftebevraging"),
    ),
    Measure(
        "survey.response",
        _("Respons van de behoeftebevraging"),
        _(
            "Van wie uitgenodigd werd, wie antwoordde: in rondes die in de periode eindigen en waarvan de "
            "uitnodigingen geteld zijn."
        ),
        Goal.COHESION.value,
        "how_well",
        _("van de uitgenodigden"),
        _("mensen die uitgenodigd werden"),
        "up",
        survey_response,
        form="share",
        share_of=_("antwoordden"),
        parts_label=_("antwoord of niet"),
        source=_("behoeftebevraging"),
    ),
    Measure(
        "survey.perception",
        _("Hoe mensen de wijk ervaren"),
        _(
            "Van wie in de laatste ronde van de periode antwoordde op de vraag hoe hij de wijk ervaart, wie boven "
            "het midden van de schaal bleef. Over rapporten heen toont dit hoe de beleving verandert."
        ),
        Goal.COHESION.value,
        "better_off",
        _("van de antwoorden"),
        _("antwoorden op de vraag naar de beleving"),
        "up",
        perception,
        form="share",
        share_of=_("positief"),
        parts_label=_("beleving"),
        source=_("behoeftebevraging"),
    ),
)
