"""Words that are read when somebody asks for them: most saves name no office and no vocabulary."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

V = TypeVar("V")


class Later(Mapping[str, V]):
    """A mapping that is read at the first question; equal to any mapping that holds the same."""

    def __init__(self, read: Callable[[], Mapping[str, V]]) -> None:
        """Remember how to read it."""
        self._read = read

    @cached_property
    def _known(self) -> Mapping[str, V]:
        return self._read()

    def __getitem__(self, key: str) -> V:
        """Give what stands under a key."""
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        """Tell whether something stands under a key."""
        return key in self._known

    def __iter__(self) -> Iterator[str]:
        """Give the keys, in order."""
        return iter(self._known)

    def __len__(self) -> int:
        """Count the keys."""
        return len(self._known)

    def __eq__(self, other: object) -> bool:
        """Compare what is held."""
        held = other._known if isinstance(other, Later) else other
        return bool(self._known == held)

    __hash__ = None  # type: ignore[assignment]
