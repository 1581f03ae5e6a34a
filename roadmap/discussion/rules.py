"""Who reads what is said, as pure rules over roles, levels and authors; and what a thread can be about."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmap.people.roles import READERS, Role, Visibility, is_within, levels_read_by


@dataclass(frozen=True)
class About:
    """What a thread is about: the roadmap, an organisation within it, an item, or a field of the item."""

    kind: str
    uid: str
    field: str = ""


def reads(roles: Iterable[Role], person_uid: str, level: Visibility | str, author_uid: str) -> bool:
    """Tell whether somebody who sees the roadmap reads words of a level: by their roles, or because they wrote them."""
    return person_uid == author_uid or Visibility(level) in levels_read_by(roles)


def closes_unread(roles: Iterable[Role], level: Visibility | str) -> bool:
    """Tell whether somebody closes words of a level without reading them: the administrator, who is told of them.

    What civil society says to the mentor alone is no office's to take away; there the mentor closes.
    """
    return Role.ADMIN in set(roles) and Visibility(level) != Visibility.CSO_AND_MENTOR


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


def speaking_role(roles: Iterable[Role], level: Visibility | str) -> Role:
    """Name the role in which somebody speaks at a level: the first that reads it, else the first they hold."""
    own = set(roles)
    held = [role for role in Role if role in own]
    return next((role for role in held if role in READERS[Visibility(level)]), held[0])
