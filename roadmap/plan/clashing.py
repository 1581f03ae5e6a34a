"""A clash of two people in one field: what came together by itself, what clashes, and what a person answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from roadmap.errors import NotValid
from roadmap.history.merge import Clash, merge_fields, merge_value
from roadmap.history.models import Plain, Snapshot, Versioned
from roadmap.history.queries import snapshot_at
from roadmap.history.shapes import Merge, shape_of, snapshot_of
from roadmap.history.weaving import Stretch, both_texts, joined, woven
from roadmap.plan.fields import FieldError
from roadmap.plan.forms import INCOMPLETE, ItemForm, Submitted, in_words, read_base_version
from roadmap.plan.kinds import Field, Kind
from roadmap.plan.telling import Step, entry_name, entry_said
from roadmap.text.diff import Mark, Piece, compare, fold
from roadmap.text.normal import normalise

MINE, THEIRS, BOTH, OWN = "mine", "theirs", "both", "own"


@dataclass(frozen=True)
class Answer:
    """What a person answered for one clashing field; `is_written` tells whether the offered text was changed.

    `since` is the version that both began with.
    """

    since: int
    choice: str = ""
    own: str = ""
    is_written: bool = False

    @property
    def settled(self) -> str:
        """The choice; words of one's own are one where nothing else was chosen."""
        return self.choice or (OWN if self.is_written else "")


@dataclass(frozen=True)
class Sides:
    """One clashing field as both sides have it.

    `as_theirs` and `as_mine` differ in what clashes only: what came together by itself stands in both.
    """

    field: Field
    clash: Clash
    stretches: tuple[Stretch, ...] = ()

    @property
    def is_text(self) -> bool:
        """Tell whether the field holds words that are compared word by word."""
        return self.field.type.widget in {"line", "area"}

    @property
    def joins(self) -> bool:
        """Tell whether both readings can stand one after the other."""
        return self.field.type.merge == Merge.TEXT

    @property
    def as_theirs(self) -> Plain:
        """Their reading, with what came together."""
        return self._read(lambda one: one.theirs) if self.stretches else self.clash.theirs

    @property
    def as_mine(self) -> Plain:
        """My reading, with what came together."""
        return self._read(lambda one: one.mine) if self.stretches else self.clash.mine

    @property
    def suggestion(self) -> str | None:
        """A text to begin one's own with: both readings of what clashes; None where there are no words to join."""
        if self.joins:
            return both_texts(
                *(str(one or "") for one in (self.clash.base, self.clash.theirs, self.clash.mine))
            )
        return str(self.clash.mine or "") if self.is_text else None

    def pieces(self, side: str) -> list[Piece]:
        """Mark what a side changed where it clashes; what did not clash is folded away but for what stands beside."""
        if not self.stretches:
            value = self.clash.mine if side == MINE else self.clash.theirs
            return fold(compare(str(self.clash.base or ""), str(value or "")))
        marked: list[Piece] = []
        for one in self.stretches:
            if _clashes(one):
                marked += compare("".join(one.base), "".join(one.mine if side == MINE else one.theirs))
            else:
                marked.append(Piece(Mark.SAME, "".join(one.agreed or ())))
        return fold(_neighbours_joined(marked))

    @property
    def merged_pieces(self) -> list[list[Piece]]:
        """What came together by itself in this text, each place marked."""
        agreed = [one for one in self.stretches if not _clashes(one) and one.agreed != one.base]
        return [fold(compare("".join(one.base), "".join(one.agreed or ()))) for one in agreed]

    def steps(self, side: str) -> list[Step]:
        """Say what a side changed in the entries that clash."""
        mine, theirs = _entries(self.clash.mine), _entries(self.clash.theirs)
        now = mine if side == MINE else theirs
        return self._steps([key for key in sorted({*mine, *theirs}) if mine.get(key) != theirs.get(key)], now)

    @property
    def merged_steps(self) -> list[Step]:
        """What came together by itself among the entries."""
        base, mine, theirs = (_entries(one) for one in (self.clash.base, self.clash.mine, self.clash.theirs))
        keys = sorted({*base, *mine})
        agreed = [key for key in keys if mine.get(key) == theirs.get(key) and mine.get(key) != base.get(key)]
        return self._steps(agreed, mine)

    def _steps(self, keys: list[str], now: Mapping[str, Plain]) -> list[Step]:
        base = _entries(self.clash.base)
        return [
            Step(
                _capital(entry_name(self.field, key)),
                *(entry_said(self.field, one.get(key)) for one in (base, now)),
            )
            for key in keys
        ]

    def _read(self, reading: Callable[[Stretch], tuple[str, ...]]) -> str:
        return joined(reading(one) if _clashes(one) else one.agreed or () for one in self.stretches)


@dataclass
class Settled:
    """What a person's answers come to: the values that are saved, what is to be mended, and words left unused."""

    values: Snapshot = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    unused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Again:
    """A clash asked about once more, with what stands there now: the rest merged anew, each clash with its base."""

    clashes: dict[str, Clash]
    values: Snapshot
    since: dict[str, int]
    merged_fields: frozenset[str]


def sides_of(one: Field, clash: Clash) -> Sides:
    """Part a clashing field into what clashes and what came together by itself."""
    if one.type.merge != Merge.TEXT:
        return Sides(one, clash)
    base, theirs, mine = (str(text or "") for text in (clash.base, clash.theirs, clash.mine))
    return Sides(one, clash, tuple(woven(base, theirs, mine)))


def mark_of(text: str) -> str:
    """Give a short mark by which an offered text is known again, when it comes back unchanged."""
    return sha256(normalise(text).encode()).hexdigest()[:16]


def read_answers(form: ItemForm, sent: Submitted, item: Versioned) -> dict[str, Answer]:
    """Read what was answered on the page of a clash; empty where the form is none.

    Raises NotValid where the form tells of a clash with nothing.
    """
    answers = {}
    for word in sent.get("clashing", "").split():
        name, _mark, since = word.partition(":")
        if name not in form.values:
            continue
        own = normalise(sent.get(f"own-{name}", ""))
        answers[name] = Answer(
            read_base_version(MultiDict([("base_version", since)])),
            sent.get(f"choice-{name}", ""),
            own,
            bool(own) and mark_of(own) != sent.get(f"offered-{name}", ""),
        )
    if any(answer.since >= min(item.version, form.base_version or 0) for answer in answers.values()):
        raise NotValid(sentence=INCOMPLETE)
    return answers


def settle(form: ItemForm, answers: Mapping[str, Answer], item: Versioned) -> Settled:
    """Carry the answers out: theirs, mine, both, or a text of one's own; a field without one gets a message."""
    seen, settled = snapshot_at(item, form.base_version or 0), Settled()
    for name, answer in answers.items():
        one = form.kind.by_name[name]
        clash = _clash_of(one, snapshot_at(item, answer.since)[name], seen[name], form.values[name])
        sides = sides_of(one, clash)
        if answer.is_written and answer.settled != OWN:
            settled.unused[name] = answer.own
        try:
            settled.values[name] = _value(sides, answer, form)
        except FieldError as problem:
            settled.errors[name] = in_words(problem)
        except NotValid:
            settled.errors[name] = _("Pilih tulisan yang dipakai untuk %(field)s.", field=_(one.label))
    return settled


def ask_again(kind: Kind, form: ItemForm, answers: Mapping[str, Answer], item: Versioned) -> Again:
    """Lay what was typed on the item as it stands now, so that the page shows the newest."""
    now, seen = snapshot_of(item), snapshot_at(item, form.base_version or 0)
    rest = {name: value for name, value in form.values.items() if name not in answers}
    merged = merge_fields(seen, now, rest, shape_of(item.kind).merges)
    since = {name: answer.since for name, answer in answers.items()}
    first = {name: snapshot_at(item, version) for name, version in since.items()}
    clashes = {
        name: _clash_of(kind.by_name[name], first[name][name], now[name], form.values[name])
        for name in answers
    }
    since |= dict.fromkeys(merged.clashes, form.base_version or 0)
    earliest = snapshot_at(item, min(since.values()))
    mine = {name: form.values[name] for name in (*answers, *merged.clashes)}
    return Again(
        {**clashes, **merged.clashes},
        {**merged.values, **mine},
        since,
        frozenset(name for name in rest if name not in merged.clashes and earliest[name] != now[name]),
    )


def _clash_of(one: Field, base: Plain, theirs: Plain, mine: Plain) -> Clash:
    """Find what clashes of three values; of a map, what came together stands in both sides."""
    _merged, clash = merge_value(base, theirs, mine, one.type.merge)
    return clash or Clash(base, theirs, mine)


def _value(sides: Sides, answer: Answer, form: ItemForm) -> Plain:
    if answer.settled == THEIRS:
        return sides.as_theirs
    if answer.settled == MINE:
        return sides.as_mine
    if answer.settled == BOTH and sides.joins:
        return _read(sides.field, sides.suggestion or "", form)
    if answer.settled == OWN and sides.is_text:
        return _read(sides.field, answer.own, form)
    raise NotValid


def _read(one: Field, text: str, form: ItemForm) -> Plain:
    return one.type.parse(one.name, MultiDict([(one.name, text)]), form.choices)


def _clashes(one: Stretch) -> bool:
    return one.agreed is None


def _entries(value: Plain) -> Mapping[str, Plain]:
    return dict(value) if isinstance(value, dict) else {}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _neighbours_joined(pieces: list[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].mark == piece.mark == Mark.SAME:
            joined[-1] = Piece(Mark.SAME, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined
