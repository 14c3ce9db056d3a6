"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CohesionConfig(AppConfig):
    """Connecting people: the transition hub, and the public pages of a neighbourhood."""

    name = "cohesion"
    verbose_name = _("Sociale cohesie")

    def ready(self) -> None:
        """Fill the registries with what this package brings."""
        from arsenaal.lib.registries import calendar_scopes, measures
        from cohesion import place_calendar
        from cohesion.measures import MEASURES

        measures.register(*MEASURES)
        calendar_scopes.register(place_calendar.SCOPE)
