"""What pages about a neighbourhood, rather than a case, share."""

from typing import Any

from django.http import Http404

from accounts.models import Neighbourhood
from accounts.views.base import PermissionMixin
from cases.neighbourhoods import neighbourhoods_where


class NeighbourhoodMixin(PermissionMixin):
    """A page of one neighbourhood: the first where `permission` holds, or the one asked for with ?wijk=."""

    neighbourhood: Neighbourhood

    def load(self, **kwargs: Any) -> None:
        """Find the neighbourhood."""
        self.neighbourhoods = list(neighbourhoods_where(self.request.user, self.permission))
        if not self.neighbourhoods:
            raise Http404
        asked = self.request.GET.get("wijk", "")
        self.neighbourhood = next(
            (one for one in self.neighbourhoods if one.slug == asked), self.neighbourhoods[0]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every page says where it is."""
        return super().get_context_data(
            neighbourhood=self.neighbourhood, neighbourhoods=self.neighbourhoods, **kwargs
        )
