"""What kept words are about: told by a room above, which knows items and their fields; this room knows uids only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roadmap.history.models import KeptWords, Versioned
from roadmap.people.models import Person


@dataclass(frozen=True)
class Place:
    """Where kept words belong, and what they say: the words of each field by its label, as they were typed."""

    title: str
    language: str
    words: tuple[tuple[str, str], ...]
    url: str | None = None
    form_url: str | None = None
    form_name: str = ""


@dataclass(frozen=True)
class Spot:
    """The item and the roadmap that an address is about, as far as this person may see them."""

    item: Versioned | None = None
    roadmap_id: int | None = None


PlaceFinder = Callable[[Person, Sequence[KeptWords]], Mapping[str, Place]]
SpotFinder = Callable[[Person, Mapping[str, Any]], Spot]

# Of a form that went in before: the form in which what it brought can be changed.
WayOn = Callable[[Person, str, str], str | None]

_finders: list[PlaceFinder] = []
_ways_on: list[WayOn] = []
_spotters: list[SpotFinder] = []


def tell_places_with(finder: PlaceFinder, spotter: SpotFinder) -> None:
    """Have a room tell where kept words belong (by their uid), and what an address is about (by its parts)."""
    _finders[:] = [finder]
    tell_spots_with(spotter)


def tell_more_places_with(finder: PlaceFinder) -> None:
    """Have another room tell where kept words of its own forms belong, in place of what the first one says of them."""
    if finder not in _finders:
        _finders.append(finder)


def tell_spots_with(spotter: SpotFinder) -> None:
    """Have a room tell what its own addresses are about; of all others it gives an empty Spot."""
    if spotter not in _spotters:
        _spotters.append(spotter)


def tell_ways_on_with(way: WayOn) -> None:
    """Have a room tell, by the act a form was for and by the address of what came of it, where that is changed."""
    if way not in _ways_on:
        _ways_on.append(way)


def way_on(person: Person, endpoint: str, went_in: str) -> str | None:
    """Give the form in which that is changed which a form brought in before; None where there is none."""
    told = (way(person, endpoint, went_in) for way in _ways_on) if went_in else ()
    return next((address for address in told if address), None)


def places_of(person: Person, kept: Sequence[KeptWords]) -> Mapping[str, Place]:
    """Give the place of each of the kept words, by uid; none where no room tells."""
    return {uid: place for finder in _finders for uid, place in finder(person, kept).items()}


def spot_of(person: Person, view_args: Mapping[str, Any]) -> Spot:
    """Give what an address is about."""
    told = (spotter(person, view_args) for spotter in _spotters)
    return next((spot for spot in told if spot != Spot()), Spot())
