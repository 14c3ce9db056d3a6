"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CohesionConfig(AppConfig):
    """Connecting people: the transition hub, and the public pages of a neighbourhood."""

    name = "cohesion"
    verbose_name = _("Sociale cohesie")

    def ready(self) -> None:
        """Fill the registries with what this package brings."""
        from arsenaal.lib.registries import measures, reference_codes
        from cohesion import budget_rules
        from cohesion.measures import MEASURES

        measures.register(*MEASURES)
        reference_codes.register(*budget_rules.CODES)
