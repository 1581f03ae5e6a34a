"""The matrix of actions as a sheet: the columns of an annex, a row for each indicator, and the money added up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from openpyxl.utils import get_column_letter

from roadmap.exchange.cells import CellValue, Shape, figure_cell, money_cell
from roadmap.exchange.grids import Grid, GridColumn, GridRow, Look
from roadmap.exchange.matrix import HEADINGS, TARGETS, Measure, Row, add_up, money_by_year, rows_of
from roadmap.exchange.tables import Source, items_of
from roadmap.plan.kinds import KINDS, SOURCES
from roadmap.plan.outline import ItemView

BEFORE_TARGETS = HEADINGS.index(TARGETS)
# The last heading stands over the money.
BETWEEN = len(HEADINGS) - BEFORE_TARGETS - 2
LINES_OF_HEADINGS = 2


@dataclass(frozen=True)
class Years:
    """The years that have a column: of targets, and of money."""

    targets: Sequence[str]
    money: Sequence[str]


def matrix_grid(source: Source, name: str) -> Grid:
    """Lay out the matrix, and beneath it the money of each year: in all, by source, and by who answers for it."""
    years = _years_of(source)
    rows = [line for row in rows_of(source.plan, source.choices) for line in _lines(source, row, years)]
    totals = _totals(source, years)
    first_money = BEFORE_TARGETS + len(years.targets) + BETWEEN
    return Grid(
        name,
        _columns(years),
        [*_headings(years), *rows, *totals],
        headings=LINES_OF_HEADINGS,
        frozen=(LINES_OF_HEADINGS, 1),
        merged=[
            *_merged(years, first_money),
            *_merged_totals(first_money, LINES_OF_HEADINGS + len(rows), len(totals)),
        ],
        pages_wide=2,
    )


def _years_of(source: Source) -> Years:
    targets = {year for one in source.plan.items["indicator"] for year in one.entries("targets")}
    money = {key.split(" ", 1)[0] for one in source.plan.items["action"] for key in one.entries("budget")}
    planned = set(map(str, source.years))
    return Years(sorted(targets | planned), sorted(money | planned))


def _columns(years: Years) -> list[GridColumn]:
    return [
        GridColumn(7, Shape.SHORT),
        GridColumn(20),
        GridColumn(32),
        GridColumn(38),
        GridColumn(30),
        GridColumn(14),
        *(GridColumn(10, Shape.FIGURE) for _year in years.targets),
        GridColumn(22),
        GridColumn(24),
        GridColumn(16),
        *(GridColumn(18, Shape.RUPIAH) for _year in years.money),
        GridColumn(20, Shape.RUPIAH),
    ]


def _headings(years: Years) -> list[GridRow]:
    words = [_(heading) for heading in HEADINGS]
    over_targets = [words[BEFORE_TARGETS], *[None] * (len(years.targets) - 1)] if years.targets else []
    upper = [
        *words[:BEFORE_TARGETS],
        *over_targets,
        *words[BEFORE_TARGETS + 1 :],
        *[None] * len(years.money),
    ]
    lower: list[CellValue] = [*[None] * BEFORE_TARGETS, *years.targets, *[None] * BETWEEN, *years.money]
    return [GridRow(Look.HEAD, upper), GridRow(Look.HEAD, [*lower, _("Jumlah")])]


def _merged(years: Years, first_money: int) -> list[str]:
    """Join the headings: down where they have one line, across over the years."""
    single = [*range(BEFORE_TARGETS), *range(first_money - BETWEEN, first_money)]
    areas = [f"{get_column_letter(place + 1)}1:{get_column_letter(place + 1)}2" for place in single]
    spans = [(BEFORE_TARGETS, len(years.targets)), (first_money, len(years.money) + 1)]
    return areas + [
        f"{get_column_letter(start + 1)}1:{get_column_letter(start + width)}1"
        for start, width in spans
        if width > 1
    ]


def _merged_totals(first_money: int, above: int, count: int) -> list[str]:
    """Give the words of each total the columns right before its money."""
    first, last = get_column_letter(first_money - BETWEEN + 1), get_column_letter(first_money)
    return [f"{first}{row}:{last}{row}" for row in range(above + 1, above + count + 1)]


# --- the rows


def _lines(source: Source, row: Row, years: Years) -> list[GridRow]:
    """Give a row for each indicator of an action, what belongs to the action in the first of them alone."""
    indicators = source.plan.indicators_of.get(row.action.uid, [])
    pairs: list[tuple[ItemView | None, Measure | None]] = list(zip(indicators, row.measures, strict=True))
    return [
        GridRow(Look.PLAIN, _line(row if place == 0 else None, indicator, measure, years))
        for place, (indicator, measure) in enumerate(pairs or [(None, None)])
    ]


def _line(
    row: Row | None, indicator: ItemView | None, measure: Measure | None, years: Years
) -> list[CellValue]:
    targets = indicator.entries("targets") if indicator else {}
    what = f"{measure.title} ({measure.unit})" if measure and measure.unit else measure and measure.title
    return [
        *(_begin(row) if row else [None] * 4),
        what or None,
        (measure and measure.baseline) or None,
        *(figure_cell(str(targets[year])) if year in targets else None for year in years.targets),
        *(_end(row, years) if row else [None] * (BETWEEN + len(years.money) + 1)),
    ]


def _begin(row: Row) -> list[CellValue]:
    number = f"{row.number}\n{row.code}" if row.code not in {"", row.number} else row.number
    return [number, _joined(row.rights), _joined(row.problems), row.action.label or None]


def _end(row: Row, years: Years) -> list[CellValue]:
    money = money_by_year(row.action)
    return [
        row.lead or None,
        _joined(row.supporting),
        _joined(row.sources),
        *_amounts(money, years),
    ]


def _joined(words: Iterable[str]) -> str | None:
    return "\n".join(words) or None


def _amounts(money: Mapping[str, int], years: Years) -> list[CellValue]:
    """Give the amount of each year and their sum; nothing where nothing is given."""
    cells = [money_cell(money[year]) if year in money else None for year in years.money]
    return [*cells, money_cell(sum(money.values())) if money else None]


# --- the money added up


def _totals(source: Source, years: Years) -> list[GridRow]:
    actions = items_of(KINDS["action"], source.plan)
    sums = [(_("Jumlah"), add_up(actions))]
    sums += [
        (_("Jumlah dari %(source)s", source=words), money) for words, money in _by_source(actions).items()
    ]
    for name, group in by_office(source).items():
        words = _("Jumlah %(office)s", office=name) if name else _("Jumlah tanpa penanggung jawab utama")
        sums.append((words, add_up(group)))
    before: list[CellValue] = [None] * (BEFORE_TARGETS + len(years.targets))
    return [
        GridRow(Look.TOTAL, [*before, words, None, None, *_amounts(money, years)], lines=1)
        for place, (words, money) in enumerate(sums)
        if place == 0 or any(money.values())
    ]


def by_office(source: Source) -> dict[str, list[ItemView]]:
    """Group the actions by the name of who answers for them, by name; those nobody answers for last, under ""."""
    groups: dict[str, list[ItemView]] = defaultdict(list)
    for action in items_of(KINDS["action"], source.plan):
        groups[source.choices.organisations.get(str(action.lead), "")].append(action)
    return {name: groups[name] for name in sorted(groups, key=lambda name: (not name, name.casefold()))}


def _by_source(actions: Iterable[ItemView]) -> dict[str, dict[str, int]]:
    """Add up the money for each source and year, by the words of the source, in their order."""
    found: dict[str, dict[str, int]] = {source: defaultdict(int) for source in SOURCES}
    for action in actions:
        for key, amount in action.entries("budget").items():
            year, _space, source = key.partition(" ")
            found.setdefault(source, defaultdict(int))[year] += int(amount)
    return {_(SOURCES.get(source, source)): years for source, years in found.items() if years}
