"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """Rights of the resident, and how long what is known is kept."""

    name = "rights"
    verbose_name = _("Rechten en bewaren")

    def ready(self) -> None:
        """Fill the registries; make the one way to destroy a case anew after each migration."""
        from arsenaal.lib.registries import term_sources, timeline_kinds
        from rights.engine.wall import install_destruction
        from rights.terms import TERM_SOURCES
        from rights.timeline import KINDS

        timeline_kinds.register(*KINDS)
        term_sources.register(*TERM_SOURCES)
        post_migrate.connect(install_destruction, sender=self, dispatch_uid="rights_install_destruction")
