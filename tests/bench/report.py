"""The figures as a table that is read, and as JSON that is compared."""

import dataclasses
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.bench.measuring import Crowd, Figures
from tests.bench.tables import Step
from tests.bench.together import Together

HEAD = f"{'':28}{'median':>9}{'p95':>9}{'after a save':>14}{'queries':>9}{'bytes':>9}{'bare':>8}{'ratio':>8}{'aim':>7}"
TABLE_HEAD = f"{'':28}{'seconds':>9}{'rows a second':>14}{'peak MB':>14}"
FIRST_VISIT, A_SAVE = 100_000, 10_000


@dataclass
class Run:
    """Everything measured on one database with one size of plan."""

    engine: str
    items: int
    figures: list[Figures] = field(default_factory=list)
    crowd: Crowd | None = None
    visits: dict[str, tuple[int, int]] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    together: Together | None = None


def lines_of(run: Run) -> Iterator[str]:
    """Give the table of a run."""
    yield ""
    if run.steps:
        yield f"{run.engine}, a table of {run.items} rows in, and the plan out again"
        yield TABLE_HEAD
        yield from map(_table_line, run.steps)
        return
    if run.together:
        yield from _together_lines(run.items, run.together)
        return
    yield f"{run.engine}, {run.items} items" if run.items else f"{run.engine}, the start page"
    yield HEAD
    yield from map(_line, run.figures)
    if run.crowd:
        crowd = run.crowd
        yield (
            f"{crowd.writers} people saving at once: {crowd.per_second:.0f} saves a second"
            f" ({crowd.saves} saves, p95 {crowd.p95:.0f} ms)"
        )
    for name, (first, second) in run.visits.items():
        yield f"{name}: first visit {first / 1000:.1f} KB, second {second / 1000:.1f} KB, compressed"
    if run.reasons:
        yield "Where the time of what misses its aim goes, in one process without a server:"
        yield from run.reasons


def verdict(runs: Sequence[Run]) -> Iterator[str]:
    """Say which aims are met and which are not."""
    yield ""
    yield "Aims"
    for run in runs:
        for one in run.figures:
            if one.aim is not None and one.ratio is not None:
                word = "MISSED" if one.is_missed else "met"
                yield f"  {word:7}{run.engine:10}{run.items:>6}  {one.name}: {one.ratio:.1f}× of {one.aim:g}×"
            if one.name.startswith("save") and one.sent > A_SAVE:
                yield f"  MISSED {run.engine:10}{run.items:>6}  {one.name}: {one.sent} bytes"
        for name, (first, _second) in run.visits.items():
            if first > FIRST_VISIT:
                yield f"  MISSED {run.engine:10}{run.items:>6}  {name}: first visit {first} bytes"
    grown = [name for name, counts in _queries(runs).items() if len(counts) > 1]
    yield f"  queries the same at every size: {'yes' if not grown else 'NO: ' + ', '.join(grown)}"


def as_json(runs: Sequence[Run]) -> str:
    """Write everything down for a machine."""
    return json.dumps([dataclasses.asdict(run) for run in runs], indent=1)


def _line(one: Figures) -> str:
    def number(value: float | None, ending: str = "", digits: int = 1) -> str:
        return "–" if value is None else f"{value:.{digits}f}{ending}"

    aim = f"≤{one.aim:g}×" if one.aim else "–"
    return (
        f"{one.name:28}{one.median:>9.1f}{one.p95:>9.1f}{number(one.fresh):>14}{number(one.queries, digits=0):>9}"
        f"{one.sent:>9}{number(one.twin, digits=2):>8}{number(one.ratio, '×'):>8}{aim:>7}"
    )


def _table_line(one: Step) -> str:
    return f"{one.name:28}{one.seconds:>9.2f}{one.rows / one.seconds:>14.0f}{one.megabytes:>14.0f}"


def _together_lines(items: int, one: Together) -> Iterator[str]:
    yield f"{one.engine}, {items} items, working together"
    yield f"from a save to another's stream: median {one.heard:.0f} ms, p95 {one.heard_p95:.0f} ms"
    if one.shown is not None:
        yield f"from a save to another's screen: median {one.shown:.0f} ms, p95 {one.shown_p95:.0f} ms"
    yield (
        f"p95 of ordinary pages: {one.alone_p95:.0f} ms alone, {one.beside_p95:.0f} ms beside {one.connected} connected"
        f" readers, {one.busy_p95:.0f} ms when somebody also saves every 5 seconds"
    )
    if one.idle_bytes is not None:
        yield f"an idle open page: {one.idle_bytes / 1000:.1f} KB a minute, both ways with headers"


def _queries(runs: Sequence[Run]) -> dict[str, set[int]]:
    counts: dict[str, set[int]] = {}
    for run in runs:
        for one in run.figures:
            if one.queries is not None and run.items:
                counts.setdefault(f"{one.name} ({run.engine})", set()).add(one.queries)
    return counts
