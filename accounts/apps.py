"""App configuration."""

from django import forms
from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, organisations, neighbourhoods, roles and permissions."""

    name = "accounts"
    verbose_name = _("Toegang")

    def ready(self) -> None:
        """Let empty fields say what to do; give the application's role its rights after each migration."""
        from accounts import unusual
        from accounts.database import grant_application_role
        from accounts.signin import check_settings, note_sign_in
        from accounts.wall import raise_wall
        from arsenaal.lib.registries import unusual_rules

        check_settings()
        forms.Field.default_error_messages["required"] = _("Vul dit nog in.")
        unusual_rules.register(*unusual.RULES)
        post_migrate.connect(grant_application_role, sender=self, dispatch_uid="grant_application_role")
        post_migrate.connect(raise_wall, sender=self, dispatch_uid="raise_wall")
        user_logged_in.connect(
            lambda request, **_more: note_sign_in(request), weak=False, dispatch_uid="accounts.note_sign_in"
        )
