"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CohesionConfig(AppConfig):
    """The wing of this goal; its records come with its own issue."""

    name = "cohesion"
    verbose_name = _("Sociale cohesie")
