"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Persons and households."""

    name = "people"
    verbose_name = _("Mensen")

    def ready(self) -> None:
        """Fill the registries with what this package brings."""
        from arsenaal.lib.registries import search_kinds
        from people.search import SEARCH_KINDS

        search_kinds.register(*SEARCH_KINDS)
