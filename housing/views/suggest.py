"""What looks like the words typed so far. Reads only."""

from collections.abc import Sequence

from accounts.permissions import Permission
from accounts.search_pick import Option, SuggestView
from housing.reading import dwelling_option, find_dwellings, find_landlords, landlord_option


class DwellingSuggestView(SuggestView):
    """Dwellings at an address that looks like this."""

    permission = Permission.REGISTER_READ

    def options(self, text: str) -> Sequence[Option]:
        """Find by street and number."""
        return [dwelling_option(dwelling) for dwelling in find_dwellings(self.request.user, text)]


class LandlordSuggestView(SuggestView):
    """Landlords whose name looks like this."""

    permission = Permission.REGISTER_READ

    def options(self, text: str) -> Sequence[Option]:
        """Find by name."""
        return [landlord_option(landlord) for landlord in find_landlords(self.request.user, text)]
