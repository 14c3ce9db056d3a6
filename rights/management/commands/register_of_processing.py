"""Make the generated part of the record of processing again."""

from typing import Any

from django.core.management.base import BaseCommand

from rights.register import FILE, renewed


class Command(BaseCommand):
    """`manage.py register_of_processing`: writes docs/register-of-processing.md from the declarations."""

    help = (
        "Write the generated part of docs/register-of-processing.md from the declarations of every package."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        FILE.write_text(renewed(FILE.read_text()))
        self.stdout.write(f"Wrote {FILE.name}.")
