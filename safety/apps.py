"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    """The wing of this goal; its records come with its own issue."""

    name = "safety"
    verbose_name = _("Veiligheid")
