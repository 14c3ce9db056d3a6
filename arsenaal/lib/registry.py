"""The one registry idea: a lower package asks, a higher package answers, filled in `AppConfig.ready()`."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Coded(Protocol):
    """Anything with a code that is unique in its registry."""

    @property
    def code(self) -> str: ...


Item = TypeVar("Item", bound=Coded)


class Registry(Generic[Item]):
    """Items by code, in order of registration. A code can be taken once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, Item] = {}

    def register(self, *items: Item) -> None:
        """Add items. Raises ValueError when a code is already taken by another item."""
        for item in items:
            if self._items.get(item.code, item) != item:
                raise ValueError(f"{self.name}: code '{item.code}' is taken")
            self._items[item.code] = item

    def get(self, code: str) -> Item:
        """Return the item with this code. Raises LookupError naming the registry when there is none."""
        try:
            return self._items[code]
        except KeyError:
            raise LookupError(f"{self.name}: nothing registered as '{code}'") from None

    def __contains__(self, code: object) -> bool:
        return code in self._items

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)
