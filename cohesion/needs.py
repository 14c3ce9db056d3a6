"""The needs survey: what the neighbourhood wants and how people live there."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.permissions import Permission
from arsenaal.lib.registries import SurveyPurpose

NEEDS = SurveyPurpose(
    "cohesion.needs",
    _("Behoeftebevraging"),
    Goal.COHESION.value,
    Permission.SURVEY_READ.value,
    Permission.SURVEY_WORK.value,
    "surveys",
    "cohesion/_rooms.html",
)
