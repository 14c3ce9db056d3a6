"""Migrations run as the owner of the tables, never as the application."""

from argparse import ArgumentParser

from django.core.management.commands.migrate import Command as DjangoMigrate


class Command(DjangoMigrate):
    """Django's migrate with the owner's connection as the default."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Keep all options; only the default of --database differs."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")
