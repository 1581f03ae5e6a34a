"""Who reads what is said, as pure rules over roles, levels and authors."""

from collections.abc import Iterable

from roadmap.people.roles import READERS, Role, Visibility, is_within, levels_read_by


def reads(roles: Iterable[Role], person_uid: str, level: Visibility | str, author_uid: str) -> bool:
    """Tell whether somebody who sees the roadmap reads words of a level: by their roles, or because they wrote them."""
    return person_uid == author_uid or Visibility(level) in levels_read_by(roles)


def levels_open_to(roles: Iterable[Role], thread: Visibility | str | None = None) -> list[Visibility]:
    """Give the levels a person can choose: those they read themselves, and in a thread none wider than it."""
    own = levels_read_by(roles)
    return [
        level
        for level in READERS
        if level in own and (thread is None or is_within(level, Visibility(thread)))
    ]


def audience_of(level: Visibility | str) -> Visibility | None:
    """Give the audience under which the record writes down an act at a level; None where all members read it."""
    level = Visibility(level)
    return None if level in {Visibility.MEMBERS, Visibility.PUBLIC} else level
