"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CohesionConfig(AppConfig):
    """Connecting people: the transition hub, and the public pages of a neighbourhood."""

    name = "cohesion"
    verbose_name = _("Sociale cohesie")

    def ready(self) -> None:
        """Fill the registries with what this package brings."""
        from arsenaal.lib.registries import (
            calendar_scopes,
            case_panels,
            measures,
            reference_codes,
            step_sources,
            survey_purposes,
        )
        from cohesion import budget_rules, involvement_panel, place_calendar
        from cohesion.measures import MEASURES
        from cohesion.needs import NEEDS

        measures.register(*MEASURES)
        survey_purposes.register(NEEDS)
        reference_codes.register(*budget_rules.CODES)
        calendar_scopes.register(place_calendar.SCOPE)
        case_panels.register(involvement_panel.PANEL)
        step_sources.register(involvement_panel.STEP_SOURCE)
