"""Load the demo neighbourhood: invented families, six months of history, and the demo accounts."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD


class Command(BaseCommand):
    """`manage.py seed_demo`: once; when the neighbourhood is there, it is kept as it is."""

    help = "Load the demo neighbourhood, unless it is there already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --list-accounts."""
        parser.add_argument(
            "--list-accounts", action="store_true", help="print the demo accounts and do nothing else"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Play the demo, or list its accounts."""
        if not settings.IS_DEMO:
            raise CommandError(
                "This is not a demo: the demo accounts have a password that everybody knows. Nothing was changed."
            )
        if options["list_accounts"]:
            self._list_accounts()
            return
        # Only now: listing the accounts needs none of this.
        from reporting.demo.play import play_demo

        began = time.monotonic()
        is_new = play_demo()
        if options["verbosity"] > 0:
            self.stdout.write(
                f"The demo neighbourhood is there, in {time.monotonic() - began:.0f} seconds."
                if is_new
                else "The demo neighbourhood is there already; nothing was changed."
            )

    def _list_accounts(self) -> None:
        rows = [("Account", "Name", "Role", "Organisation")]
        rows += [
            (
                account.username,
                f"{account.first_name} {account.last_name}",
                f"{account.role.label}, {account.remark}" if account.remark else str(account.role.label),
                account.organisation,
            )
            for account in DEMO_ACCOUNTS
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for row in rows:
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True))
            self.stdout.write(line.rstrip())
        self.stdout.write(f"\nThe password of each of them: {DEMO_PASSWORD}")
