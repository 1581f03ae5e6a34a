"""Money by office and year, in the order of the codes of sub kegiatan: what is retyped for RKPD and Renja."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from roadmap.exchange.cells import CellValue, Shape, money_cell
from roadmap.exchange.grids import Grid, GridColumn, GridRow, Look, sheet_name
from roadmap.exchange.matrix_sheet import by_office
from roadmap.exchange.tables import Source
from roadmap.plan.kinds import SOURCES
from roadmap.plan.outline import ItemView

COLUMNS = (
    GridColumn(34),
    GridColumn(8, Shape.YEAR),
    GridColumn(22),
    GridColumn(14),
    GridColumn(8, Shape.SHORT),
    GridColumn(56),
    GridColumn(22),
    GridColumn(20, Shape.RUPIAH),
)


@dataclass(frozen=True)
class Allotment:
    """One action's money of one year and source; of an action without money the year and the amount are missing."""

    action: ItemView
    year: str
    source: str
    amount: int | None
    order: int

    @property
    def place(self) -> tuple[object, ...]:
        """Where it stands among those of an office: by year, then by code."""
        sources = list(SOURCES)
        place = sources.index(self.source) if self.source in SOURCES else len(sources)
        return (not self.year, self.year, _place_of_codes(self.action), self.order, place)


def office_grid(source: Source, name: str) -> Grid:
    """Lay out each office's money year by year, with totals for each year, each office, and all."""
    rows = [GridRow(Look.HEAD, headings())]
    everything: dict[str, int] = defaultdict(int)
    for office, actions in by_office(source).items():
        allotments = allotments_of(actions)
        rows += _rows_of_office(source, office, allotments)
        for one in allotments:
            everything[one.year] += one.amount or 0
    years = [(year, amount) for year, amount in sorted(everything.items()) if year]
    rows += [_total(_("Jumlah semua kantor %(year)s", year=year), year, amount) for year, amount in years]
    rows.append(_total(_("Jumlah semua kantor"), "", sum(amount for _year, amount in years)))
    return Grid(name, COLUMNS, rows, frozen=(1, 0))


def office_grids(source: Source, taken: Sequence[str] = ()) -> list[Grid]:
    """Lay out a sheet for each office, with a total for each year and for all."""
    names = list(taken)
    grids = []
    for office, actions in by_office(source).items():
        names.append(sheet_name(office or _("Belum ada penanggung jawab"), names))
        rows = [
            GridRow(Look.HEAD, headings()),
            *_rows_of_office(source, office, allotments_of(actions)),
        ]
        grids.append(Grid(names[-1], COLUMNS, rows, frozen=(1, 0)))
    return grids


def headings() -> list[CellValue]:
    """Give the headings of the sheet."""
    return [
        _("Kantor atau lembaga"),
        _("Tahun"),
        _("Kode sub kegiatan"),
        _("Kode"),
        _("No"),
        _("Rencana aksi"),
        _("Sumber dana"),
        _("Pagu"),
    ]


def allotments_of(actions: Sequence[ItemView]) -> list[Allotment]:
    """Give the money of an office's actions by year and code; actions without any come last."""
    found = [
        Allotment(action, year, source, int(amount), order)
        for order, action in enumerate(actions)
        for key, amount in action.entries("budget").items()
        for year, _space, source in [key.partition(" ")]
    ]
    found += [
        Allotment(action, "", "", None, order)
        for order, action in enumerate(actions)
        if not action.entries("budget")
    ]
    return sorted(found, key=lambda one: one.place)


def _rows_of_office(source: Source, office: str, allotments: Sequence[Allotment]) -> list[GridRow]:
    name = office or _("Belum ada penanggung jawab utama")
    rows: list[GridRow] = []
    for year in sorted({one.year for one in allotments} - {""}):
        group = [one for one in allotments if one.year == year]
        rows += [GridRow(Look.PLAIN, _cells(source, name, one)) for one in group]
        amount = sum(one.amount or 0 for one in group)
        rows.append(_total(_("Jumlah %(office)s %(year)s", office=name, year=year), year, amount))
    rows += [GridRow(Look.PLAIN, _cells(source, name, one)) for one in allotments if not one.year]
    whole = sum(one.amount or 0 for one in allotments)
    return [*rows, _total(_("Jumlah %(office)s", office=name), "", whole)]


def _cells(source: Source, office: str, one: Allotment) -> list[CellValue]:
    action = one.action
    return [
        office,
        int(one.year) if one.year else None,
        "\n".join(sorted(action.texts("subactivity_codes"), key=_place_of_code)) or None,
        str(action.code or "") or None,
        source.numbers[action.uid],
        action.label or None,
        _(SOURCES.get(one.source, one.source)) if one.source else _("belum ada pagu"),
        money_cell(one.amount) if one.amount is not None else None,
    ]


def _total(words: str, year: str, amount: int) -> GridRow:
    return GridRow(
        Look.TOTAL,
        [words, int(year) if year else None, None, None, None, None, None, money_cell(amount)],
    )


def _place_of_codes(action: ItemView) -> tuple[object, ...]:
    codes = sorted(map(_place_of_code, action.texts("subactivity_codes")))
    return (not codes, codes)


def _place_of_code(code: str) -> list[tuple[int, int, str]]:
    """Order codes by their parts as numbers, so that …02.01 and …02.0001 stand together; words come after."""
    return [
        (0, int(part), part) if part.isascii() and part.isdecimal() else (1, 0, part)
        for part in code.split(".")
    ]
