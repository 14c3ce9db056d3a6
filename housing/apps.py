"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HousingConfig(AppConfig):
    """Buildings, dwellings, who lives there, who owns them."""

    name = "housing"
    verbose_name = _("Wonen")

    def ready(self) -> None:
        """Fill the registries with what this package brings."""
        from arsenaal.lib.registries import (
            attention_signals,
            calendar_scopes,
            calendar_sources,
            case_facts,
            case_panels,
            household_links,
            intervention_subjects,
            measures,
            reference_codes,
            search_kinds,
            starters,
            term_sources,
            timeline_kinds,
        )
        from housing import (
            agreement_panels,
            agreement_terms,
            facts,
            inspection_panel,
            inspection_starting,
            inspection_terms,
            landlord_facts,
            landlord_sources,
            panels,
            panels_legal,
            procedure_calendar,
            procedure_panel,
            procedure_rules,
            procedure_terms,
            reference_legal,
            renovation_panels,
            renovation_rules,
            renovation_terms,
            search,
            stay_rules,
            tenancy_panels,
            tenancy_rules,
            tenancy_terms,
            terms_legal,
            timeline,
            tracks,
        )
        from housing.inspection_numbers import CODES
        from housing.intervention_subjects import SUBJECTS
        from housing.measures import MEASURES

        timeline_kinds.register(*timeline.KINDS)
        case_facts.register(*facts.FACTS)
        case_panels.register(*panels.PANELS, *inspection_panel.PANELS, procedure_panel.PANEL)
        case_panels.register(*agreement_panels.PANELS, *panels_legal.PANELS)
        case_panels.register(renovation_panels.PANEL, tenancy_panels.PANEL)
        term_sources.register(*agreement_terms.TERM_SOURCES, *terms_legal.TERM_SOURCES)
        search_kinds.register(*search.KINDS)
        household_links.register(facts.HOUSEHOLD_LINK)
        intervention_subjects.register(*SUBJECTS)
        starters.register(inspection_starting.STARTER)
        reference_codes.register(*CODES.values(), *procedure_rules.CODES, *reference_legal.CODES)
        reference_codes.register(*stay_rules.CODES, *renovation_rules.CODES, *tenancy_rules.CODES)
        term_sources.register(*inspection_terms.TERM_SOURCES, *procedure_terms.TERM_SOURCES)
        term_sources.register(*renovation_terms.TERM_SOURCES)
        term_sources.register(*tenancy_terms.TERM_SOURCES)
        attention_signals.register(*procedure_terms.SIGNALS)
        calendar_sources.register(procedure_calendar.SOURCE)
        calendar_scopes.register(procedure_calendar.SCOPE)
        tracks.track_sources.register(*tracks.SOURCES)
        landlord_facts.defect_sources.register(landlord_sources.DEFECTS)
        landlord_facts.landlord_facts.register(*landlord_sources.FACTS)
        measures.register(*MEASURES)
