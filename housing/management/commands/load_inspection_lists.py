"""Put the provisional list of the technical report in an installation that exists already."""

from typing import Any

from django.core.management.base import BaseCommand

from housing.actions.inspection_lists import load_inspection_lists


class Command(BaseCommand):
    """Adds the items that are missing; what an administrator changed stays as it is."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them and say how many."""
        self.stdout.write(f"{load_inspection_lists()} items added")
