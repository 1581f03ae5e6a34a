"""Each kind of a plan as a sheet that can be filled in and brought back, and the lists of its drop-downs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from roadmap.exchange.cells import Cells, CellValue, OutColumn, Shape, columns_of, link_words, years_of_plan
from roadmap.exchange.columns import PARENT
from roadmap.exchange.grids import Grid, GridColumn, GridRow, Look, Menu, neutralised, sheet_name, spread
from roadmap.plan.fields import Choice, Choices, Evidence, Item, Items, Organisation, Organisations, Terms
from roadmap.plan.kinds import KINDS, Kind
from roadmap.plan.numbers import Numbers, numbers_of
from roadmap.plan.outline import ItemView, Outline

WIDTH_OF_A_PAGE = 165


@dataclass(frozen=True)
class Source:
    """What a workbook is made of: a plan as of an act, the words it is shown by, and where it comes from.

    `seq` and `at` are those of the newest act that the reader may know of; `told` says in a sentence whose state
    this is. `years` are those the columns of money and targets are laid out for.
    """

    roadmap_uid: str
    title: str
    region: str
    language: str
    plan: Outline
    choices: Choices
    seq: int
    at: datetime
    told: str
    years: Sequence[int] = ()

    @property
    def numbers(self) -> Numbers:
        """The numbers of the plan's items."""
        return numbers_of(self.plan)


def source_years(plan: Outline, fallback: int) -> list[int]:
    """Give the years of a plan's period; where it has none, five years from the one given."""
    return years_of_plan(plan) or list(range(fallback, fallback + 5))


# --- the sheet of a kind


def kind_grid(kind: Kind, source: Source, name: str) -> Grid:
    """Lay out all items of a kind, in their order."""
    cells = Cells(source.plan, source.numbers, source.choices)
    columns = columns_of(kind, source.plan, source.years)
    rows = [[cells.of(column, item) for column in columns] for item in items_of(kind, source.plan)]
    columns, rows = spread(columns, rows)
    return grid_of(kind, columns, [GridRow(Look.PLAIN, row) for row in rows], name)


def grid_of(kind: Kind, columns: Sequence[OutColumn], rows: Sequence[GridRow], name: str) -> Grid:
    """Give rows under the headings of a kind as a sheet."""
    head = GridRow(Look.HEAD, [column.title for column in columns])
    in_sight = sum(column.width for column in columns if not column.is_hidden)
    return Grid(
        name,
        [_grid_column(kind, column) for column in columns],
        [head, *rows],
        kind=kind.name,
        frozen=(1, 0 if kind.name == "cover" else _place_of_title(columns) + 1),
        pages_wide=max(1, round(in_sight / WIDTH_OF_A_PAGE)),
        has_filter=kind.name != "cover",
    )


def items_of(kind: Kind, plan: Outline) -> Sequence[ItemView]:
    """Give the items of a kind in the order of their numbers."""
    numbers = numbers_of(plan)
    if kind.name == "action":
        return numbers.actions
    if kind.parent:
        return [one for action in numbers.actions for one in plan.indicators_of.get(action.uid, [])]
    return plan.items[kind.name]


def _place_of_title(columns: Sequence[OutColumn]) -> int:
    return next(place for place, column in enumerate(columns) if column.target.field == "title")


def _grid_column(kind: Kind, column: OutColumn) -> GridColumn:
    return GridColumn(
        column.width,
        column.shape,
        column.target,
        _note_of(column),
        _menu_of(kind, column),
        column.is_hidden,
    )


def _note_of(column: OutColumn) -> str:
    hints = {
        Shape.RUPIAH: _("Tulis rupiah bulat, misalnya 420.000.000."),
        Shape.FIGURE: _("Tulis angka saja, misalnya 72,9. Bila tidak ada datanya, tulis: tidak tersedia."),
        Shape.MONTH: _("Tulis tanggal atau bulannya, misalnya Desember 2026."),
    }
    kind = column.field.type if column.field else None
    hint = hints.get(column.shape, "")
    if isinstance(kind, Organisations | Terms | Items):
        hint = _("Satu per baris (Alt+Enter untuk baris baru).")
    elif isinstance(kind, Evidence):
        hint = _("Satu per baris: judul | tautan.")
    return "\n".join(words for words in (column.question, hint) if words)


def _menu_of(kind: Kind, column: OutColumn) -> Menu | None:
    if column.target.field == PARENT:
        return Menu(f"item {kind.parent}")
    if column.field is None:
        return None
    match column.field.type:
        case Choice():
            return Menu(f"choice {kind.name}.{column.field.name}", is_closed=True)
        case Organisation() | Organisations():
            return Menu("organisation")
        case Terms():
            return Menu(f"term {column.field.type.vocabulary}")
        case Items() | Item():
            return Menu(f"item {column.field.type.kind}")
    return None


def lists_of(source: Source) -> dict[str, list[str]]:
    """Give the words of every drop-down by the name of its list."""
    choices, numbers = source.choices, source.numbers
    lists: dict[str, list[str]] = {
        f"choice {kind.name}.{field.name}": [_(words) for words in field.type.options.values()]
        for kind in KINDS.values()
        for field in kind.fields
        if isinstance(field.type, Choice)
    }
    lists["organisation"] = sorted(set(choices.organisations.values()), key=str.casefold)
    lists |= {f"term {name}": list(_standing(choices, words)) for name, words in choices.terms.items()}
    for kind in ("modality", "problem", "action"):
        lists[f"item {kind}"] = [
            link_words(numbers[one.uid], one.label) for one in items_of(KINDS[kind], source.plan)
        ]
    return {name: [str(neutralised(one)) for one in words if one] for name, words in lists.items()}


def _standing(choices: Choices, words: Mapping[str, str]) -> Sequence[str]:
    return [label for uid, label in words.items() if uid not in choices.retired]


def kind_names() -> dict[str, str]:
    """Give the name of each kind's sheet in the reader's language."""
    names: dict[str, str] = {}
    for kind in KINDS.values():
        names[kind.name] = sheet_name(_(kind.label_many), names.values())
    return names


def blank(columns: Sequence[OutColumn]) -> list[CellValue]:
    """Give a row in which nothing stands yet."""
    return [None] * len(columns)
