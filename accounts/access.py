"""What one user may do, and where: the answer to every permission question."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.enums import Circle, Role
from accounts.permissions import Permission
from accounts.roles import ROLES


@dataclass(frozen=True)
class Access:
    """The roles of one user per neighbourhood id, as they hold today. Made by `User.access`."""

    roles: dict[int, tuple[Role, ...]]

    @classmethod
    def from_memberships(cls, memberships: Iterable[tuple[int, str]]) -> "Access":
        """Build from (neighbourhood id, role) pairs."""
        roles: dict[int, tuple[Role, ...]] = {}
        for neighbourhood_id, role in memberships:
            roles[neighbourhood_id] = (*roles.get(neighbourhood_id, ()), Role(role))
        return cls(roles)

    def can(self, permission: Permission, neighbourhood_id: int | None) -> bool:
        """Tell whether a role in this neighbourhood gives the permission."""
        return any(
            permission in ROLES[role].permissions for role in self.roles.get(neighbourhood_id or 0, ())
        )

    def can_anywhere(self, permission: Permission) -> bool:
        """Tell whether a role in any neighbourhood gives the permission."""
        return bool(self.where(permission))

    def where(self, permission: Permission) -> list[int]:
        """Return the ids of the neighbourhoods in which the permission holds."""
        return [pk for pk in self.roles if self.can(permission, pk)]

    def circles(self, neighbourhood_id: int) -> frozenset[Circle]:
        """Return the circles that the user's roles in this neighbourhood may read."""
        return frozenset().union(*(ROLES[role].circles for role in self.roles.get(neighbourhood_id, ())))

    def default_circle(self, neighbourhood_id: int) -> Circle:
        """Return the circle where the user's own writing lands in this neighbourhood."""
        roles = self.roles.get(neighbourhood_id, ())
        return ROLES[roles[0]].default_circle if roles else Circle.SHARED

    def role_label(self, neighbourhood_id: int) -> str:
        """Return the name of the user's first role in this neighbourhood, as shown beside what he writes."""
        roles = self.roles.get(neighbourhood_id, ())
        return str(roles[0].label) if roles else ""
