"""The three-way merge, per field: one for the late save, the accepted proposal, the sheet that comes back.

Pure: plain values in, plain values out. Laws, held by Hypothesis: a side that did not change gives way to
the other; equal changes agree; sets and maps merge alike whichever side is called mine; merging again
changes nothing. Conflict markers never enter a text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from roadmap.history.models import Plain
from roadmap.history.shapes import Merge
from roadmap.history.weaving import merge_texts


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
    if rule == Merge.TEXT and isinstance(mine, str) and isinstance(theirs, str):
        merged = merge_texts(base if isinstance(base, str) else "", theirs, mine)
        if merged is not None:
            return merged, None
    return theirs, Clash(base, theirs, mine)


def merge_sets(base: set[str], theirs: set[str], mine: set[str]) -> list[str]:
    """Keep what either side added and neither removed, sorted."""
    return sorted((base & theirs & mine) | (theirs - base) | (mine - base))


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
