"""Encrypt everything that is encrypted again, with the first key of ENCRYPTION_KEYS."""

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from accounts.actions.rotate_keys import encrypted_columns, rotate_column
from arsenaal.lib.encryption import CannotDecrypt


class Command(BaseCommand):
    """Goes over every encrypted column in batches. Stopped half-way, it is simply started again."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much at a time, and over which connection."""
        parser.add_argument("--batch", type=int, default=500, help="rows per transaction")
        parser.add_argument("--database", default="default", help="the connection; 'owner' sees every row")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate all columns; afterwards the old key can leave the settings."""
        failed = 0
        for column in encrypted_columns(apps):
            name = f"{column.model._meta.label}.{column.name}"
            try:
                done = rotate_column(column, batch=max(1, options["batch"]), using=options["database"])
            except CannotDecrypt as error:
                failed += 1
                self.stderr.write(f"{name}: {error}")
            else:
                self.stdout.write(f"{name}: {done} encrypted again")
        if failed:
            raise CommandError(
                "Not everything could be opened: keep the old keys, and look at the lines above."
            )
        self.stdout.write("Everything is under the first key. The other keys can leave ENCRYPTION_KEYS.")
