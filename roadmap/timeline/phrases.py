"""The parts of a sentence: each change of a field as a clause that begins with its verb."""

from collections.abc import Iterable, Iterator, Sequence

from flask_babel import gettext as _

from roadmap.history.canonical import is_empty
from roadmap.history.models import Plain
from roadmap.plan.differences import Change
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import Field
from roadmap.plan.telling import NAME_LENGTH, entry_name, entry_said, member_name, spoken
from roadmap.plan.words import say
from roadmap.text.plain import excerpt

MOST_NAMES = 3
MOST_ENTRIES = 2


def clauses_of(changes: Iterable[Change], choices: Choices) -> list[str]:
    """Say each change in one or more clauses."""
    return [clause for change in changes for clause in _clauses(change, choices)]


def join(parts: Sequence[str]) -> str:
    """Join words as a sentence does: a, b dan c."""
    if len(parts) < 2:  # noqa: PLR2004 - two can be joined
        return "".join(parts)
    return _("%(first)s dan %(last)s", first=", ".join(parts[:-1]), last=parts[-1])


def said(field: Field, value: Plain, choices: Choices) -> str:
    """Say one value: of a set one member's name, of a map one entry."""
    return say(field, value, choices) or _("(belum bernama)")


def _clauses(change: Change, choices: Choices) -> Iterator[str]:
    if change.is_set:
        yield from _of_set(change, choices)
    elif change.is_map:
        yield from _of_map(change)
    elif change.is_long:
        yield _of_text(change)
    else:
        before = "" if is_empty(change.before) else said(change.field, change.before, choices)
        after = "" if is_empty(change.after) else said(change.field, change.after, choices)
        yield from_to(spoken(change.field), before, after)


def from_to(what: str, before: str, after: str) -> str:
    """Say that something was filled in, emptied, or changed from one value to another."""
    if not before:
        return _("mengisi %(what)s: %(after)s", what=what, after=after)
    if not after:
        return _("mengosongkan %(what)s, tadinya %(before)s", what=what, before=before)
    return _("mengubah %(what)s dari %(before)s ke %(after)s", what=what, before=before, after=after)


def _of_text(change: Change) -> str:
    what = spoken(change.field)
    if is_empty(change.before):
        return _("menulis %(what)s", what=what)
    if is_empty(change.after):
        return _("mengosongkan %(what)s", what=what)
    return _("mengubah %(what)s", what=what)


def _of_set(change: Change, choices: Choices) -> Iterator[str]:
    what = spoken(change.field)
    if change.added:
        yield _("menambah %(names)s pada %(what)s", names=_names(change, change.added, choices), what=what)
    if change.removed:
        yield _("melepas %(names)s dari %(what)s", names=_names(change, change.removed, choices), what=what)


def _names(change: Change, members: Sequence[str], choices: Choices) -> str:
    shown = members if len(members) <= MOST_NAMES else members[: MOST_NAMES - 1]
    names = [member_name(change.field, member, choices) for member in shown]
    left = len(members) - len(shown)
    return join(
        [excerpt(name, NAME_LENGTH) for name in names] + ([_("%(num)s lainnya", num=left)] if left else [])
    )


def _of_map(change: Change) -> Iterator[str]:
    entries = change.entries
    if len(entries) > MOST_ENTRIES:
        yield _("mengubah %(what)s pada %(num)s baris", what=spoken(change.field), num=len(entries))
        return
    for key, before, after in entries:
        yield from_to(
            entry_name(change.field, key), entry_said(change.field, before), entry_said(change.field, after)
        )
