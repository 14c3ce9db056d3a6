"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    """Questionnaires that a coach makes, held in rounds; what each is for is registered by the wing that asks."""

    name = "surveys"
    verbose_name = _("Vragenlijsten")
