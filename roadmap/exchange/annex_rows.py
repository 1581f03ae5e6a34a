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
_PLACE = HEADINGS.index(TARGETS)
_OWN = _PLACE - 2
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
            [(words, "Sel") for words in row.problems],
            _listed([row.action.label]),
        ],
        lines=[_line(measure, years) for measure in row.measures or [_NO_MEASURE]],
        after=[
            _listed([row.lead]),
            _listed(row.supporting),
            _listed(row.sources),
            [(words, "SelSumber" if is_source else "SelAngka") for words, is_source in money_lines(row)],
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


def group_rows(
    group: Group, setting: Setting, widths: Sequence[int], page: float, *, keeps_next: bool
) -> Iterator[str]:
    """Write a group so that it breaks where it must only; `keeps_next` holds its last row to what follows."""
    heights = _heights(group, setting)
    is_kept = sum(heights) < MOST_KEPT_TOGETHER * page
    last = len(group.lines) - 1
    for place, line in enumerate(group.lines):
        merge = "" if not last else "goes on" if place else "begins"
        cells = [
            *(Cell([] if place else cell, merge=merge) for cell in group.before),
            *(Cell(cell) for cell in line),
            *(Cell([] if place else cell, merge=merge) for cell in group.after),
        ]
        yield row_xml(
            cells,
            widths,
            may_break=heights[place] > MOST_KEPT * page,
            keeps_next=is_kept and (place < last or keeps_next),
        )


def total_rows(totals: Iterable[tuple[str, str]], widths: Sequence[int]) -> Iterator[str]:
    """Write what the money adds up to."""
    for words, amount in totals:
        cells = [Cell([(words, "SelJumlah")], span=len(widths) - 1), Cell([(amount, "SelJumlah")])]
        yield row_xml(cells, widths, keeps_next=True)


def _heading(words: str, *, span: int = 1, merge: str = "") -> Cell:
    return Cell([(words, "SelKepala")], span, merge, is_middle=True)


def _line(measure: Measure, years: Sequence[str]) -> list[Paragraphs]:
    title = f"{measure.title} ({measure.unit})" if measure.unit else measure.title
    if not years:
        targets = [[(words, "SelAngka") for words in measure.targets]]
    else:
        targets = [[(measure.by_year.get(year, ""), "SelTengah")] for year in years]
    return [_listed([title]), _listed([measure.baseline]), *targets]


def _listed(lines: Sequence[str]) -> Paragraphs:
    """Give one line as a paragraph, several as a list."""
    style = "SelButir" if len(lines) > 1 else "Sel"
    return [(words, style) for words in lines if words]


def _unbroken(words: str, style: str) -> list[str]:
    """Give what must not be broken: a year with its amount, but each word of a source."""
    return words.split() if style == "SelSumber" else [words]


def _texts(cell: Paragraphs) -> list[str]:
    return [words for words, _style in cell]


def _heights(group: Group, setting: Setting) -> list[float]:
    """Estimate how high each row of a group is; what the action itself needs beyond that falls to the last."""
    heights = [
        setting.height(max(setting.lines(place, _texts(cell)) for place, cell in enumerate(line, _OWN)))
        for line in group.lines
    ]
    own = chain(enumerate(group.before), enumerate(group.after, len(setting.widths) - len(group.after)))
    needed = setting.height(max(setting.lines(place, _texts(cell)) for place, cell in own))
    heights[-1] += max(0.0, needed - sum(heights))
    return heights
