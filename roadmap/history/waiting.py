"""What waits for a person as they are shown it: words that stand in two places are told of once."""

from collections.abc import Sequence

from roadmap.history.models import KeptWords
from roadmap.history.places import Place, places_of
from roadmap.history.queries import waiting_words_of
from roadmap.history.unsaved import CLASH, is_copy
from roadmap.people.models import Person
from roadmap.text.normal import normalise


def listed_words_of(person: Person) -> list[KeptWords]:
    """Give what a person has typed and not saved, and then their unsettled kept words, each newest first.

    The kept words of a clash are left out for as long as a working copy on the same item says the same.
    """
    waiting = waiting_words_of(person.id)
    twice = _said_twice(person, waiting)
    return [one for one in waiting if one.uid not in twice]


def count_said_twice(person: Person) -> int:
    """Count the kept words that `listed_words_of` leaves out."""
    return len(_said_twice(person, waiting_words_of(person.id)))


def _said_twice(person: Person, waiting: Sequence[KeptWords]) -> frozenset[str]:
    copies = [one for one in waiting if one.item_uid and is_copy(one)]
    items = {one.item_uid for one in copies}
    clashes = [one for one in waiting if one.cause == CLASH and one.item_uid in items]
    if not clashes:
        return frozenset()
    places = places_of(person, [*copies, *clashes])
    return frozenset(
        one.uid
        for one in clashes
        if any(
            one.item_uid == copy.item_uid and _says_all_of(places.get(copy.uid), places.get(one.uid))
            for copy in copies
        )
    )


def _says_all_of(copy: Place | None, kept: Place | None) -> bool:
    if copy is None or kept is None or not kept.words:
        return False
    return _said(kept) <= _said(copy)


def _said(place: Place) -> set[tuple[str, str]]:
    return {(label, normalise(said).strip()) for label, said in place.words}
