"""The three-way merge of a text, sentence by sentence and line by line; pure.

Each side's changes are intervals of the base with new pieces in their place. Intervals that do not overlap stand
beside one another, neighbouring ones too; two insertions at one point are both kept, the earlier save first; what
both changed differently is a clash. `None` also where pieces that stand there several times leave open which is
which: laid on once more, such a merge would write them twice.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from roadmap.text.sentences import pieces

MOST_EFFORT = 300_000

Cut = Callable[[str], list[str]]


@dataclass(frozen=True)
class Edit:
    """That `new` stands in place of the base's pieces from `start` to `end`; an insertion where they are one."""

    start: int
    end: int
    new: tuple[str, ...]

    @property
    def is_insertion(self) -> bool:
        """Tell whether nothing of the base goes."""
        return self.start == self.end

    def overlaps(self, other: "Edit") -> bool:
        """Tell whether two changes speak of the same place; neighbours do not."""
        if self.is_insertion and other.is_insertion:
            return self.start == other.start
        if self.is_insertion:
            return other.start < self.start < other.end
        if other.is_insertion:
            return self.start < other.start < self.end
        return max(self.start, other.start) < min(self.end, other.end)


@dataclass(frozen=True)
class Stretch:
    """A part of the three texts: what stood there, and each side's reading of it."""

    base: tuple[str, ...]
    theirs: tuple[str, ...]
    mine: tuple[str, ...]
    is_insertion: bool = False

    @property
    def agreed(self) -> tuple[str, ...] | None:
        """What holds; None where they clash."""
        if self.mine in (self.base, self.theirs):
            return self.theirs
        if self.theirs == self.base:
            return self.mine
        if self.is_insertion and self.base == ():
            return _both_insertions(self.theirs, self.mine)
        return None

    @property
    def both(self) -> tuple[str, ...]:
        """What holds, or both readings."""
        agreed = self.agreed
        return self.readings(" ") if agreed is None else agreed

    def readings(self, between: str) -> tuple[str, ...]:
        """Both readings, theirs first, with whitespace between them."""
        apart = not self.theirs or not self.mine or self.theirs[-1].isspace() or self.mine[0].isspace()
        return (*self.theirs, *(() if apart else (between,)), *self.mine)


def merge_texts(base: str, theirs: str, mine: str) -> str | None:
    """Merge two texts that were changed since the same base; None where people have to decide.

    What is given holds these laws, for each of them is tried before it is given: it is the same whichever side is
    called mine, but for the order of what both inserted at one point; merged again with either side it stays.
    """
    cut = _cutter(base, theirs, mine)
    if cut is None:
        return None
    one, other = _merged(cut, base, theirs, mine), _merged(cut, base, mine, theirs)
    if one is None or other is None or Counter(cut(one)) != Counter(cut(other)):
        return None
    stays = all(
        _merged(cut, base, first, second) == merged
        for merged in {one, other}
        for side in (theirs, mine)
        for first, second in ((merged, side), (side, merged))
    )
    return one if stays else None


def _merged(cut: Cut, base: str, theirs: str, mine: str) -> str | None:
    if mine in (base, theirs) or theirs == base:
        return theirs if mine in (base, theirs) else mine
    old, other, own = cut(base), cut(theirs), cut(mine)
    if builds_on(old, own, other):
        return theirs
    if builds_on(old, other, own):
        return mine
    merged: list[str] = []
    for stretch in _weave(old, other, own):
        if stretch.agreed is None:
            return None
        merged += stretch.agreed
    return "".join(merged)


def both_texts(base: str, theirs: str, mine: str) -> str:
    """Merge two texts that clash, with both readings of each clashing place one after the other, theirs first."""
    cut = _cutter(base, theirs, mine)
    if cut is None:
        return f"{theirs}\n{mine}"
    stretches = list(_weave(cut(base), cut(theirs), cut(mine)))
    written: list[Sequence[str]] = []
    for place, stretch in enumerate(stretches):
        if stretch.agreed is not None:
            written.append(stretch.agreed)
            continue
        following = stretches[place + 1].both if place + 1 < len(stretches) else ()
        before = next((part for part in reversed(written) if part), ())
        fills_lines = _ends_a_line(before[-1:]) and _ends_a_line(following[:1])
        written.append(stretch.readings("\n" if fills_lines else " "))
    return joined(written)


def joined(parts: Iterable[Sequence[str]]) -> str:
    """Put parts of a text one after the other; where what parted them went, a line end keeps their words apart."""
    written: list[str] = []
    for part in parts:
        runs_on = written and part and not written[-1][-1:].isspace() and not part[0][:1].isspace()
        written += ["\n", *part] if runs_on else part
    return "".join(written)


def woven(base: str, theirs: str, mine: str) -> list[Stretch]:
    """Give three texts that clash in stretches, in order; nothing where they clash as wholes only."""
    cut = _cutter(base, theirs, mine)
    stretches = list(_weave(cut(base), cut(theirs), cut(mine))) if cut else []
    return stretches if any(one.agreed is None for one in stretches) else []


def _ends_a_line(beside: Sequence[str]) -> bool:
    return not beside or "\n" in beside[0]


def builds_on(base: Sequence[str], one: Sequence[str], later: Sequence[str]) -> bool:
    """Tell whether a later text holds every change that another made to the base, untouched and in its place."""
    since = _edits(one, later)
    made = _in_the_new(base, _edits(base, one))
    return not any(place.is_touched_by(change) for change in since for place in made)


@dataclass(frozen=True)
class Place:
    """Where a change stands in the text that it made, and what it took away there."""

    start: int
    end: int
    removed: frozenset[str]

    def is_touched_by(self, change: Edit) -> bool:
        """Tell whether a later change undoes or alters it; a neighbour that brings nothing back does not."""
        if change.is_insertion and self.start < change.start < self.end:
            return True
        if max(change.start, self.start) < min(change.end, self.end):
            return True
        # One apart is still beside: what was slid stands before the whitespace.
        if change.start > self.end + 1 or self.start > change.end + 1:
            return False
        if not self.removed.isdisjoint(change.new):
            return True
        # Where something was taken away, what is put there anew may be meant in its place.
        is_in_its_place = self.start == self.end and change.start <= self.end and self.start <= change.end
        return is_in_its_place and len(change.new) > change.end - change.start


def _in_the_new(base: Sequence[str], edits: Sequence[Edit]) -> list[Place]:
    places, shift = [], 0
    for edit in edits:
        start = edit.start + shift
        gone = base[edit.start : edit.end]
        # Whitespace stands everywhere: only where nothing else went does it tell that something came back.
        words = frozenset(piece for piece in gone if not piece.isspace())
        places.append(Place(start, start + len(edit.new), words or frozenset(gone)))
        shift += len(edit.new) - (edit.end - edit.start)
    return places


def _weave(old: Sequence[str], other: Sequence[str], own: Sequence[str]) -> Iterator[Stretch]:
    """Give the three texts in stretches: those that nobody changed, and those that one or both did."""
    at = 0
    for theirs, mine in _groups(_edits(old, other), _edits(old, own)):
        start = min(edit.start for edit in (*theirs, *mine))
        end = max(edit.end for edit in (*theirs, *mine))
        same = tuple(old[at:start])
        if same:
            yield Stretch(same, same, same)
        was = tuple(old[start:end])
        yield Stretch(
            was,
            _applied(old, theirs, start, end),
            _applied(old, mine, start, end),
            all(edit.is_insertion for edit in (*theirs, *mine)) and bool(old),
        )
        at = end
    rest = tuple(old[at:])
    if rest:
        yield Stretch(rest, rest, rest)


def _groups(theirs: list[Edit], mine: list[Edit]) -> Iterator[tuple[list[Edit], list[Edit]]]:
    """Put changes that overlap together, each side's apart; in the order of the base."""
    ordered = sorted(
        [(edit, 0) for edit in theirs] + [(edit, 1) for edit in mine],
        key=lambda one: (one[0].start, one[0].end, one[1]),
    )
    group: tuple[list[Edit], list[Edit]] = ([], [])
    for edit, side in ordered:
        if any(edit.overlaps(one) for one in (*group[0], *group[1])):
            group[side].append(edit)
            continue
        if any(group):
            yield group
        group = ([], [])
        group[side].append(edit)
    if any(group):
        yield group


def _applied(old: Sequence[str], edits: list[Edit], start: int, end: int) -> tuple[str, ...]:
    result: list[str] = []
    at = start
    for edit in edits:
        result += [*old[at : edit.start], *edit.new]
        at = edit.end
    return (*result, *old[at:end])


def _both_insertions(theirs: tuple[str, ...], mine: tuple[str, ...]) -> tuple[str, ...] | None:
    """Keep both, theirs first; None where the words of one would run into those of the other."""
    for long, short in ((theirs, mine), (mine, theirs)):
        if any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1)):
            return long
    runs_on = theirs and mine and not theirs[-1].isspace() and not mine[0].isspace()
    return None if runs_on else theirs + mine


def _edits(old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    """Find what changed between two texts: sentences are told apart first, the whitespace between them after."""
    edits: list[Edit] = []
    at_old = at_new = 0
    for in_old, in_new in (*_anchors(old, new), (len(old), len(new))):
        was, now = old[at_old:in_old], new[at_new:in_new]
        if was != now:
            first = edits[-1].end if edits else 0
            edits.append(_slid(old, _trimmed(at_old, was, now), first))
        at_old, at_new = in_old + 1, in_new + 1
    return edits


def _anchors(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pair the sentences that stand in both, in order."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    yield from ((at, at) for at in range(head) if not old[at].isspace())
    was = [at for at in range(head, len(old) - tail) if not old[at].isspace()]
    now = [at for at in range(head, len(new) - tail) if not new[at].isspace()]
    matcher = SequenceMatcher(None, [old[at] for at in was], [new[at] for at in now], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        yield from ((was[a + step], now[b + step]) for step in range(size))
    yield from (
        (len(old) - at, len(new) - at) for at in range(tail, 0, -1) if not old[len(old) - at].isspace()
    )


def _trimmed(start: int, was: Sequence[str], now: Sequence[str]) -> Edit:
    """Leave out what stands at both ends in either."""
    head = _common(was, now)
    tail = _common(was[head:][::-1], now[head:][::-1])
    return Edit(start + head, start + len(was) - tail, tuple(now[head : len(now) - tail]))


def _slid(old: Sequence[str], edit: Edit, first: int) -> Edit:
    """Put what was only added or only taken away as early as it can stand: the same change has one place then.

    Without it " Dua." after "Satu." and "Dua. " before "Tiga." would be two changes.
    """
    start, end, new = edit.start, edit.end, edit.new
    if edit.is_insertion:
        while start > first and old[start - 1] == new[-1]:
            new = (new[-1], *new[:-1])
            start = end = start - 1
    elif not new:
        while start > first and old[start - 1] == old[end - 1]:
            start, end = start - 1, end - 1
    return Edit(start, end, new)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _cutter(base: str, theirs: str, mine: str) -> Cut | None:
    """Choose how finely to cut, so that comparing stays quick: sentences, else lines, else not at all."""
    for cut in (pieces, _lines):
        old, other, own = cut(base), cut(theirs), cut(mine)
        if max(_effort(old, other), _effort(old, own), _effort(own, other)) <= MOST_EFFORT:
            return cut
    return None


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _effort(old: Sequence[str], new: Sequence[str]) -> int:
    """Foresee what comparing costs: pairs of equal pieces, and pieces times pieces where matches lie scattered."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    was, now = old[head : len(old) - tail], new[head : len(new) - tail]
    counts = Counter(was)
    return sum(counts[piece] for piece in now) + len(was) * len(now) // 10
