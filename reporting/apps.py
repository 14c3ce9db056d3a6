"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Measures over everything, and the collective-impact report."""

    name = "reporting"
    verbose_name = _("Rapporten")
