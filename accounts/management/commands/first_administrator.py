"""Start an empty installation: its first neighbourhood and administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from accounts.actions.first_administrator import make_first_administrator
from arsenaal.lib.errors import ActionError


class Command(BaseCommand):
    """Makes the first administrator of an empty installation and prints the link to choose a password."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who it is, for which service and neighbourhood."""
        parser.add_argument("username")
        parser.add_argument("first_name")
        parser.add_argument("last_name")
        parser.add_argument("--organisation", required=True, help="the service the administrator works for")
        parser.add_argument("--neighbourhood", required=True, help="the name of the first neighbourhood")
        parser.add_argument(
            "--code", required=True, help="up to five letters; every case number starts with it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them."""
        fields = ("username", "first_name", "last_name", "organisation", "neighbourhood")
        try:
            path = make_first_administrator(
                code=options["code"].upper()[:5],
                slug=slugify(options["neighbourhood"]),
                **{name: options[name] for name in fields},
            )
        except ActionError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"Choose a password within three days at https://<your address>{path}")
