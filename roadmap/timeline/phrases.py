"""The parts of a sentence: each change of a field as a clause that begins with its verb."""

from collections.abc import Iterable, Iterator, Sequence

from flask_babel import gettext as _

from roadmap.history.canonical import is_empty
from roadmap.history.models import Plain
from roadmap.plan.differences import Change
from roadmap.plan.fields import Choices, Evidence, Money, Terms
from roadmap.plan.kinds import Field
from roadmap.plan.words import figure, money_key, say
from roadmap.text.plain import excerpt
from roadmap.text.words import N_
from roadmap.web.filters import rupiah

MOST_NAMES = 3
MOST_ENTRIES = 2
NAME_LENGTH = 50

# Labels that are no names of a field in the middle of a sentence.
_SPOKEN = {
    "title": N_("judul"),
    "starts_on": N_("waktu mulai"),
    "ends_on": N_("waktu selesai"),
    "targets": N_("Target"),
}


def clauses_of(changes: Iterable[Change], choices: Choices) -> list[str]:
    """Say each change in one or more clauses."""
    return [clause for change in changes for clause in _clauses(change, choices)]


def join(parts: Sequence[str]) -> str:
    """Join words as a sentence does: a, b dan c."""
    if len(parts) < 2:  # noqa: PLR2004 - two can be joined
        return "".join(parts)
    return _("%(first)s dan %(last)s", first=", ".join(parts[:-1]), last=parts[-1])


def lower(label: str) -> str:
    """Give a label as it stands inside a sentence; abbreviations stay as they are."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def spoken(field: Field) -> str:
    """Name a field inside a sentence."""
    return _(_SPOKEN.get(field.name, field.label))


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


def member_name(field: Field, member: str, choices: Choices) -> str:
    """Name one member of a set; what is not known any more says so."""
    name = say(field, [member], choices)
    if name:
        return name
    return _("yang tidak dikenal") if isinstance(field.type, Terms) else _("bagian tanpa judul")


def _of_map(change: Change) -> Iterator[str]:
    entries = change.entries
    if len(entries) > MOST_ENTRIES:
        yield _("mengubah %(what)s pada %(num)s baris", what=spoken(change.field), num=len(entries))
        return
    for key, before, after in entries:
        yield from_to(
            entry_name(change.field, key), entry_said(change.field, before), entry_said(change.field, after)
        )


def entry_name(field: Field, key: str) -> str:
    """Name an entry of a map: Anggaran 2026 (APBD kota), Target 2027, bukti."""
    if isinstance(field.type, Money):
        year, source = money_key(key, field.type.sources)
        return _("%(what)s %(year)s (%(source)s)", what=spoken(field), year=year, source=source)
    if isinstance(field.type, Evidence):
        return _("%(what)s %(link)s", what=lower(spoken(field)), link=excerpt(key, NAME_LENGTH))
    return f"{spoken(field)} {key}"


def entry_said(field: Field, value: Plain) -> str:
    """Say an entry of a map; nothing for one that is not there."""
    if value is None:
        return ""
    if isinstance(field.type, Money):
        return rupiah(value) if isinstance(value, int) else str(value)
    if isinstance(field.type, Evidence):
        return str(value) or _("tanpa judul")
    return figure(str(value))
