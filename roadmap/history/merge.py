"""The three-way merge, per field: one for the late save, the accepted proposal, the sheet that comes back.

Pure: plain values in, plain values out. Laws, held by Hypothesis: a side that did not change gives way to
the other; equal changes agree; sets and maps merge alike whichever side is called mine; merging again
changes nothing. Conflict markers never enter a text.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from roadmap.history.models import Plain
from roadmap.history.shapes import Merge

MOST_EFFORT = 300_000


@dataclass(frozen=True)
class Clash:
    """One field that two people changed differently since the same base.

    Of a map, theirs and mine differ in the clashing keys only: the other keys are merged in both already.
    """

    base: Plain
    theirs: Plain
    mine: Plain


@dataclass
class Merged:
    """What came of a merge: the values that hold, those that clash, and what the other side had changed."""

    values: dict[str, Plain] = field(default_factory=dict)
    clashes: dict[str, Clash] = field(default_factory=dict)
    theirs_changed: set[str] = field(default_factory=set)


def merge_fields(
    base: Mapping[str, Plain],
    theirs: Mapping[str, Plain],
    mine: Mapping[str, Plain],
    rules: Mapping[str, Merge],
) -> Merged:
    """Merge the fields that mine names; a field that clashes keeps their value and is listed."""
    result = Merged()
    for name, value in mine.items():
        was, now = base.get(name), theirs.get(name)
        if now != was:
            result.theirs_changed.add(name)
        merged, clash = merge_value(was, now, value, rules[name])
        result.values[name] = merged
        if clash:
            result.clashes[name] = clash
    return result


def merge_value(base: Plain, theirs: Plain, mine: Plain, rule: Merge) -> tuple[Plain, Clash | None]:
    """Merge one value; where it clashes the value is theirs and the clash says so."""
    if rule == Merge.SET:
        return merge_sets(_as_set(base), _as_set(theirs), _as_set(mine)), None
    if mine in (base, theirs):
        return theirs, None
    if theirs == base:
        return mine, None
    if rule == Merge.MAP:
        return _merge_maps(_as_map(base), _as_map(theirs), _as_map(mine))
    if rule == Merge.LINES and isinstance(mine, str) and isinstance(theirs, str):
        merged = merge_lines(base if isinstance(base, str) else "", theirs, mine)
        if merged is not None:
            return merged, None
    return theirs, Clash(base, theirs, mine)


def merge_sets(base: set[str], theirs: set[str], mine: set[str]) -> list[str]:
    """Keep what either side added and neither removed, sorted."""
    return sorted((base & theirs & mine) | (theirs - base) | (mine - base))


def merge_lines(base: str, theirs: str, mine: str) -> str | None:
    """Merge two texts line by line, as diff3 does; None where both changed one place differently.

    None too where lines that stand there several times leave open which is which: laid on once more, such a
    merge would write lines twice.
    """
    merged = _diff3(base, theirs, mine)
    if merged is None or _diff3(base, merged, mine) != merged or _diff3(base, theirs, merged) != merged:
        return None
    return merged


def _diff3(base: str, theirs: str, mine: str) -> str | None:
    merged: list[str] = []
    for was, now, new in _chunks(*(text.split("\n") for text in (base, theirs, mine))):
        if now in (was, new):
            merged += new
        elif new == was:
            merged += now
        else:
            return None
    return "\n".join(merged)


def both_texts(base: str, theirs: str, mine: str) -> str:
    """Merge two texts that clash, with both readings of each clashing place one after the other, theirs first."""
    merged: list[str] = []
    for was, now, new in _chunks(*(text.split("\n") for text in (base, theirs, mine))):
        if now in (was, new):
            merged += new
        elif new == was:
            merged += now
        else:
            merged += [*now, *new]
    return "\n".join(merged)


def _chunks(
    old: list[str], other: list[str], own: list[str]
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Cut three texts at the runs of lines that stand unchanged in all, in order."""
    head = _common_start(old, other, own)
    if head:
        yield old[:head], old[:head], old[:head]
    old, other, own = old[head:], other[head:], own[head:]
    tail = _common_start(old[::-1], other[::-1], own[::-1])
    end = old[len(old) - tail :]
    yield from _chunks_between(*(lines[: len(lines) - tail] for lines in (old, other, own)))
    if end:
        yield end, end, end


def _common_start(*texts: list[str]) -> int:
    count = 0
    for lines in zip(*texts, strict=False):
        if lines.count(lines[0]) != len(lines):
            break
        count += 1
    return count


def _chunks_between(
    old: list[str], other: list[str], own: list[str]
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    i = j = k = 0
    for start, length, in_other, in_own in _common_runs(old, other, own):
        if start > i or in_other > j or in_own > k:
            yield old[i:start], other[j:in_other], own[k:in_own]
        same = old[start : start + length]
        yield same, same, same
        i, j, k = start + length, in_other + length, in_own + length
    if i < len(old) or j < len(other) or k < len(own):
        yield old[i:], other[j:], own[k:]


def _common_runs(old: list[str], other: list[str], own: list[str]) -> Iterator[tuple[int, int, int, int]]:
    if max(_effort(old, other), _effort(old, own)) > MOST_EFFORT:
        return  # one chunk: people settle it in a moment, the matcher would take minutes
    in_other = SequenceMatcher(None, old, other, autojunk=False).get_matching_blocks()
    in_own = SequenceMatcher(None, old, own, autojunk=False).get_matching_blocks()
    a = b = 0
    while a < len(in_other) and b < len(in_own):
        one, two = in_other[a], in_own[b]
        start = max(one.a, two.a)
        end = min(one.a + one.size, two.a + two.size)
        if start < end:
            yield start, end - start, one.b + start - one.a, two.b + start - two.a
        if one.a + one.size <= two.a + two.size:
            a += 1
        else:
            b += 1


def _effort(old: list[str], new: list[str]) -> int:
    """Foresee what comparing costs: pairs of equal lines, and lines times lines where matches lie scattered."""
    counts = Counter(old)
    return sum(counts[line] for line in new) + len(old) * len(new) // 10


def _merge_maps(
    base: dict[str, int] | dict[str, str],
    theirs: dict[str, int] | dict[str, str],
    mine: dict[str, int] | dict[str, str],
) -> tuple[Plain, Clash | None]:
    as_theirs: dict[str, Plain] = {}
    as_mine: dict[str, Plain] = {}
    clashes = False
    for key in sorted({*base, *theirs, *mine}):
        value, clash = merge_value(base.get(key), theirs.get(key), mine.get(key), Merge.WHOLE)
        clashes = clashes or clash is not None
        as_theirs[key] = value
        as_mine[key] = mine.get(key) if clash else value
    if clashes:
        return _without_gaps(theirs), Clash(base, _without_gaps(as_theirs), _without_gaps(as_mine))
    return _without_gaps(as_theirs), None


def _without_gaps(entries: Mapping[str, object]) -> Plain:
    # Keys whose entry both sides agree to have removed.
    return {key: entry for key, entry in entries.items() if entry is not None}  # type: ignore[return-value]


def _as_set(value: Plain) -> set[str]:
    return set(value) if isinstance(value, list) else set()


def _as_map(value: Plain) -> dict[str, int] | dict[str, str]:
    return value if isinstance(value, dict) else {}
