"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """The spine."""

    name = "cases"
    verbose_name = _("Dossiers")

    def ready(self) -> None:
        """Fill the registries with what this package brings."""
        from arsenaal.lib.registries import (
            attention_signals,
            calendar_scopes,
            calendar_sources,
            case_facts,
            case_panels,
            household_links,
            household_listeners,
            measures,
            people_scopes,
            reference_codes,
            search_kinds,
            starters,
            term_sources,
            timeline_kinds,
            unusual_rules,
        )
        from cases import (
            calendar,
            document_panel,
            facts,
            map_starting,
            panels,
            people_access,
            reference_defaults,
            search,
            signals,
            terms,
            timeline,
            unusual,
            visit_panel,
        )
        from cases.actions import tell_household
        from cases.measures import MEASURES

        timeline_kinds.register(*timeline.KINDS)
        case_facts.register(*facts.FACTS)
        case_panels.register(*panels.PANELS, visit_panel.PANEL, document_panel.PANEL)
        term_sources.register(*terms.TERM_SOURCES)
        measures.register(*MEASURES)
        attention_signals.register(*signals.SIGNALS)
        search_kinds.register(*search.KINDS)
        people_scopes.register(people_access.PEOPLE_SCOPE)
        household_links.register(people_access.HOUSEHOLD_LINK)
        unusual_rules.register(*unusual.RULES)
        household_listeners.register(tell_household.LISTENER)
        reference_codes.register(*reference_defaults.CODES)
        calendar_sources.register(*calendar.SOURCES)
        calendar_scopes.register(*calendar.SCOPES)
        starters.register(reference_defaults.STARTER, map_starting.STARTER)
