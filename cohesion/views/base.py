"""What the pages of this wing share: the neighbourhood that they are about."""

from cases.views.neighbourhood import NeighbourhoodMixin as NeighbourhoodMixin
