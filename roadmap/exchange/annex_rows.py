"""The rows of an annex's table: two heading rows, a group of rows for each action, the totals."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from flask_babel import gettext as _

from roadmap.exchange.matrix import HEADINGS, TARGETS, Measure, Row, money_lines
from roadmap.exchange.paper import Column, Setting
from roadmap.exchange.word import Cell, row_xml

Paragraphs = list[tuple[str, str]]
# A row that takes more of a page than this may break; rows of one action that do may come apart.
MOST_KEPT, MOST_KEPT_TOGETHER = 0.4, 0.6
# Actions that share a cell stand on one page, none without its problem; more of them say it again, and so that
# two such groups have room on a page.
MOST_SHARING = 0.45
# The last action stands with the sums and the signature, where a page has room for that.
MOST_AT_THE_END = 0.85
_PLACE = HEADINGS.index(TARGETS)
_OWN = _PLACE - 2
_SHARED = (1, 2)
_NOTHING = [("–", "SelTengah")]
_NO_MEASURE = Measure("", "", "", [], {})


@dataclass(frozen=True)
class Group:
    """The cells of one action: those it has once, before and after its indicators, and one line for each of these."""

    before: list[Paragraphs]
    lines: list[list[Paragraphs]]
    after: list[Paragraphs]


def group_of(row: Row, years: Sequence[str]) -> Group:
    """Write a row of the matrix as the cells of a group."""
    return Group(
        before=[
            [(words, "SelTengah") for words in dict.fromkeys((row.number, row.code)) if words],
            _listed(row.rights),
            [(words, "Sel") for words in row.problems] or _NOTHING,
            _listed([row.action.label]),
        ],
        lines=[_line(measure, years) for measure in row.measures or [_NO_MEASURE]],
        after=[
            _listed([row.lead]),
            _listed(row.supporting),
            _listed(row.sources),
            [(words, "SelSumber" if is_source else "SelAngka") for words, is_source in money_lines(row)]
            or _NOTHING,
        ],
    )


def columns_of(groups: Sequence[Group], years: Sequence[str]) -> list[Column]:
    """Give the columns with all that stands in them, for setting their widths."""
    first, last = ([_(words) for words in part] for part in (HEADINGS[:_PLACE], HEADINGS[_PLACE + 1 :]))
    named = [(words, "") for words in first]
    named += [(year, "target") for year in years] or [(_(TARGETS), "")]
    named += [(words, "") for words in last]
    cells: list[list[list[str]]] = [[] for _column in named]
    for group in groups:
        for place, cell in enumerate(group.before):
            cells[place].append(_texts(cell))
        for line in group.lines:
            for place, cell in enumerate(line, _OWN):
                cells[place].append(_texts(cell))
        for place, cell in enumerate(group.after, len(named) - len(group.after)):
            cells[place].append(_texts(cell))
    cells[-1] = [
        [part for words, style in group.after[-1] for part in _unbroken(words, style)] for group in groups
    ]
    figures = {len(named) - 1} if years else {_PLACE, len(named) - 1}
    return [
        Column(words, column, group, is_whole=place in figures)
        for place, ((words, group), column) in enumerate(zip(named, cells, strict=True))
    ]


def heading_rows(years: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Write the heading: one row, or two where each year of the targets has a column."""
    if not years:
        cells = [_heading(_(words)) for words in HEADINGS]
        yield row_xml(cells, widths, is_heading=True)
        return
    above = [
        _heading(_(words), span=len(years)) if words == TARGETS else _heading(_(words), merge="begins")
        for words in HEADINGS
    ]
    below = [
        *(Cell([], merge="goes on") for _words in HEADINGS[:_PLACE]),
        *(_heading(year) for year in years),
        *(Cell([], merge="goes on") for _words in HEADINGS[_PLACE + 1 :]),
    ]
    yield row_xml(above, widths, is_heading=True)
    yield row_xml(below, widths, is_heading=True)


def action_rows(
    groups: Sequence[Group], setting: Setting, widths: Sequence[int], page: float, *, foot: float
) -> Iterator[str]:
    """Write all groups so that they break where they must only; the last holds on to a foot that is so high."""
    bundles = list(_bundles(groups, setting, page))
    for place, bundle in enumerate(bundles, 1):
        yield from _bundle_rows(bundle, setting, widths, page, foot=foot if place == len(bundles) else 0.0)


def _bundles(groups: Sequence[Group], setting: Setting, page: float) -> Iterator[list[Group]]:
    """Gather actions in a row that have a cell in common, as many as may stand together."""
    bundle: list[Group] = []
    for group in groups:
        if bundle and not (
            any(_is_shared(bundle[-1], group, place) for place in _SHARED)
            and sum(chain(*_heights([*bundle, group], setting))) < MOST_SHARING * page
        ):
            yield bundle
            bundle = []
        bundle.append(group)
    if bundle:
        yield bundle


def _is_shared(above: Group, below: Group, place: int) -> bool:
    """Tell whether two actions have the same in a cell that is written once for both."""
    return (
        place in _SHARED
        and below.before[place] not in ([], _NOTHING)
        and above.before[place] == below.before[place]
    )


def _bundle_rows(
    bundle: Sequence[Group], setting: Setting, widths: Sequence[int], page: float, *, foot: float
) -> Iterator[str]:
    heights = _heights(bundle, setting)
    is_kept = sum(chain(*heights)) < MOST_KEPT_TOGETHER * page
    for place, (group, rows) in enumerate(zip(bundle, heights, strict=True)):
        above = bundle[place - 1] if place else None
        below = bundle[place + 1] if place + 1 < len(bundle) else None
        room = MOST_AT_THE_END * page - foot if foot and below is None else 0.0
        for at, (line, height) in enumerate(zip(group.lines, rows, strict=True)):
            is_last = at == len(rows) - 1
            is_end = is_last and below is None
            yield row_xml(
                _cells(group, line, at, above, below),
                widths,
                may_break=height > MOST_KEPT * page,
                keeps_next=height < room if is_end else is_kept or sum(rows) < room,
            )


def _cells(
    group: Group, line: Sequence[Paragraphs], at: int, above: Group | None, below: Group | None
) -> Iterator[Cell]:
    """Give the cells of one line of a group, those it shares with the group above or below as one with theirs."""
    several = len(group.lines) > 1
    for place, cell in enumerate(group.before):
        goes_on = at > 0 or (above is not None and _is_shared(above, group, place))
        begins = several or (below is not None and _is_shared(group, below, place))
        yield Cell([] if goes_on else cell, merge="goes on" if goes_on else "begins" if begins else "")
    yield from (Cell(cell) for cell in line)
    merge = "" if not several else "goes on" if at else "begins"
    yield from (Cell([] if at else cell, merge=merge) for cell in group.after)


def total_rows(totals: Iterable[tuple[str, str]], widths: Sequence[int]) -> Iterator[str]:
    """Write what the money adds up to."""
    for words, amount in totals:
        cells = [Cell([(words, "SelJumlah")], span=len(widths) - 1), Cell([(amount, "SelJumlah")])]
        yield row_xml(cells, widths, keeps_next=True)


def signature_row(lines: Sequence[tuple[str, str]], widths: Sequence[int]) -> str:
    """Write the signature as the last row, without lines: as a row it cannot come to stand on a page alone."""
    return row_xml([Cell(lines, span=len(widths), has_lines=False)], widths)


def _heading(words: str, *, span: int = 1, merge: str = "") -> Cell:
    return Cell([(words, "SelKepala")], span, merge, is_middle=True)


def _line(measure: Measure, years: Sequence[str]) -> list[Paragraphs]:
    title = f"{measure.title} ({measure.unit})" if measure.unit else measure.title
    if not years:
        targets = [[(words, "SelAngka") for words in measure.targets] or _NOTHING]
    else:
        targets = [[(measure.by_year.get(year, "–"), "SelTengah")] for year in years]
    return [_listed([title]), _listed([measure.baseline]), *targets]


def _listed(lines: Sequence[str]) -> Paragraphs:
    """Give one line as a paragraph, several as a list, none as a dash: an empty cell looks forgotten."""
    style = "SelButir" if len(lines) > 1 else "Sel"
    return [(words, style) for words in lines if words] or _NOTHING


def _unbroken(words: str, style: str) -> list[str]:
    """Give what must not be broken: a year with its amount, but each word of a source."""
    return words.split() if style == "SelSumber" else [words]


def _texts(cell: Paragraphs) -> list[str]:
    return [words for words, _style in cell]


def _heights(bundle: Sequence[Group], setting: Setting) -> list[list[float]]:
    """Estimate how high each row of each group is; what a cell over several rows needs beyond falls to the last."""
    heights = [_heights_of_one(group, setting) for group in bundle]
    for place in _SHARED:
        first = 0
        for last, group in enumerate(bundle):
            if last + 1 < len(bundle) and _is_shared(group, bundle[last + 1], place):
                continue
            needed = setting.height(setting.lines(place, _texts(group.before[place])))
            heights[last][-1] += max(0.0, needed - sum(chain(*heights[first : last + 1])))
            first = last + 1
    return heights


def _heights_of_one(group: Group, setting: Setting) -> list[float]:
    heights = [
        setting.height(max(setting.lines(place, _texts(cell)) for place, cell in enumerate(line, _OWN)))
        for line in group.lines
    ]
    before = [(place, cell) for place, cell in enumerate(group.before) if place not in _SHARED]
    own = chain(before, enumerate(group.after, len(setting.widths) - len(group.after)))
    needed = setting.height(max(setting.lines(place, _texts(cell)) for place, cell in own))
    heights[-1] += max(0.0, needed - sum(heights))
    return heights
