"""What rooms above do for this one, which does not know them: they put a function here."""

from collections.abc import Callable, Mapping, Sequence

from roadmap.people.models import Person
from roadmap.work import unit_of_work

Words = Mapping[str, object]
Keeper = Callable[[Person, dict[str, object], str], object]
Titles = Callable[[int], Sequence[tuple[int, str]]]

OwnPart = Callable[[Person], object]

Farewell = Callable[[Person], None]

_own_parts: dict[str, OwnPart] = {}
_farewells: list[Farewell] = []
_keepers: list[Keeper] = []
_titles: list[Titles] = []


def add_to_own_data(name: str, part: OwnPart) -> None:
    """Have a room add, under a name, what it holds of a person to the file they can take away."""
    _own_parts[name] = part


def own_parts_of(person: Person) -> dict[str, object]:
    """Gather what the rooms above hold of a person."""
    return {name: part(person) for name, part in _own_parts.items()}


def when_an_account_closes(farewell: Farewell) -> None:
    """Have a room let go, inside the act that closes an account, of what it keeps for that person alone."""
    if farewell not in _farewells:
        _farewells.append(farewell)


def let_go_of_all_kept_for(person: Person) -> None:
    """Have every room let go of what it keeps for a person alone; needs an open unit of work."""
    for farewell in _farewells:
        farewell(person)


def keep_for_owner_with(keeper: Keeper) -> None:
    """Have a room keep words for the person who wrote them: (person, values, the address they were sent to)."""
    _keepers[:] = [keeper]


def name_roadmaps_with(titles: Titles) -> None:
    """Have a room tell the roadmaps of a region, as (id, title)."""
    _titles[:] = [titles]


def keep_for_owner(person: Person, values: Words, address: str) -> bool:
    """Keep words for their owner; tells whether any room does."""
    with unit_of_work():
        for keeper in _keepers:
            keeper(person, dict(values), address)
    return bool(_keepers)


def roadmaps_of(region_id: int) -> list[tuple[int, str]]:
    """Give the roadmaps of a region with their titles."""
    return [entry for titles in _titles for entry in titles(region_id)]
