"""Every field of every kind: the cell our workbook writes for a value is understood as the same value, in both languages."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from roadmap.exchange.cells import Cells, CellValue, columns_of
from roadmap.exchange.columns import NO_FIELDS, PARENT
from roadmap.history.canonical import plain_decimal
from roadmap.history.models import Plain
from roadmap.intake.books import Cell, CellKind
from roadmap.intake.candidates import Where
from roadmap.intake.naming import Names
from roadmap.intake.parser.grid import Pile
from roadmap.intake.values import OURS, ask_about, text_of, understand
from roadmap.plan.fields import (
    FIRST_YEAR,
    LAST_YEAR,
    Choice,
    Codes,
    Evidence,
    FieldType,
    Item,
    Items,
    Money,
    Month,
    Number,
    Organisation,
    Organisations,
    Targets,
    Terms,
    Text,
    Year,
)
from roadmap.plan.kinds import KINDS, Field, Kind
from roadmap.plan.numbers import numbers_of
from roadmap.plan.outline import ItemView, Outline, outline
from roadmap.text.normal import normalise, normalise_line
from roadmap.text.plain import neutralise_cell, restore_cell
from tests.intake.cells import CHOICES, ITEMS, OFFICES, TERMS, at, names, offices

YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
FIGURES = st.decimals(-(10**9), 10**9, places=4).map(plain_decimal) | st.sampled_from(
    ["NA", "0", "1.5", "1.500", "1500", "12345678901234567.25", "-0.00000000000000000012"]
).map(lambda text: text if text == "NA" else plain_decimal(Decimal(text)))
LINES = st.text(max_size=80).map(normalise_line) | st.sampled_from(
    ["-", "=1+1", "'=1", "–", "sda", "NA", "1. a 2. b", "2026", "31/12/2026", "@x", "- a; b"]
)
TEXTS = st.text(max_size=200).map(normalise) | st.sampled_from(
    ["- a\n- b", "\n\n=x", "+", "# Judul\n\n1. a\n2. b"]
)
TITLES = st.text(max_size=60).map(normalise_line)


def _sets(members: Any) -> st.SearchStrategy[Plain]:
    return st.sets(st.sampled_from(sorted(members)), max_size=5).map(sorted)


def values_of(kind: FieldType) -> st.SearchStrategy[Any]:
    """Give values of one type; those of a text of one line where it is no other."""
    return next((make(kind) for sort, make in STRATEGIES.items() if isinstance(kind, sort)), LINES)


def _days(kind: Any) -> st.SearchStrategy[Any]:
    days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
    # An end on the first of a month is what a spreadsheet makes of "Des 2026": all of it is meant.
    return st.none() | days.filter(lambda day: not (kind.at_end and day.day == 1)).map(str)


def _money(kind: Any) -> st.SearchStrategy[Any]:
    keys = st.tuples(YEARS, st.sampled_from(sorted(kind.sources))).map(lambda key: f"{key[0]} {key[1]}")
    return st.dictionaries(keys, st.integers(0, 10**15), max_size=45)


CODES = st.sets(st.text("abc0123456789.- ", min_size=1, max_size=20).map(normalise_line), max_size=5)
LINKS = st.text("abcdef/-?=.,;|()#", max_size=20).map(lambda path: f"https://contoh.id/{path}")
STRATEGIES: Mapping[type[FieldType], Callable[[Any], st.SearchStrategy[Any]]] = {
    Text: lambda _kind: TEXTS,
    Choice: lambda kind: st.none() | st.sampled_from(sorted(kind.options)),
    Year: lambda _kind: st.none() | YEARS,
    Month: _days,
    Number: lambda _kind: st.none() | FIGURES,
    Organisation: lambda _kind: st.none() | st.sampled_from(sorted(OFFICES)),
    Organisations: lambda _kind: _sets(OFFICES),
    Terms: lambda kind: _sets(TERMS[kind.vocabulary]),
    Items: lambda kind: _sets(ITEMS[kind.kind]),
    Item: lambda kind: st.none() | st.sampled_from(sorted(ITEMS[kind.kind])),
    Codes: lambda _kind: CODES.map(lambda codes: sorted(codes - {""})),
    Money: _money,
    Targets: lambda _kind: st.dictionaries(YEARS.map(str), FIGURES, max_size=45),
    Evidence: lambda _kind: st.dictionaries(LINKS, TITLES, max_size=5),
}


def plan_with(kind: Kind, values: Mapping[str, Plain]) -> tuple[Outline, ItemView]:
    """A plan that holds all items that can be named, and one with these values."""
    views = [
        _view(name, uid, {"title": title}, place)
        for name, items in ITEMS.items()
        for place, (uid, title) in enumerate(items.items(), 1)
        if name != kind.name or name != "cover"
    ]
    mine = _view(kind.name, "uid-mine", {"title": "Ini", **values}, 9)
    return outline([*views, mine]), mine


def _view(kind: str, uid: str, values: Mapping[str, Plain], place: int) -> ItemView:
    whole: dict[str, Plain] = {field.name: field.type.empty for field in KINDS[kind].fields}
    if kind == "indicator":
        whole["action"] = "a2"
    return ItemView(kind, place, uid, 1, {**whole, **values, "position": str(place)})


def read_in(value: CellValue) -> Cell | None:
    """Give a cell as the reader of workbooks would."""
    match value:
        case None:
            return None
        case str():
            return read_text(neutralise_cell(value))
        case date():
            return Cell(CellKind.DATE, value.isoformat())
    return Cell(CellKind.NUMBER, format(Decimal(value), "f"))


def read_text(written: str) -> Cell | None:
    """Give the cell that the reader of workbooks makes of a text."""
    sheet = Pile().begin("Lembar")
    sheet.put_text(0, 0, written)
    return Cell.from_json(put) if sheet.rows and (put := sheet.rows[0][0]) else None


def read_back(kind: Kind, field: Field, plan: Outline, mine: ItemView) -> tuple[Plain, list[object]]:
    """Write an item's cells of one field and understand them; gives the value and all that is said or asked."""
    numbers = numbers_of(plan)
    known = Names(CHOICES, offices(), {}, numbers=numbers.of)
    whole: Any = None
    said: list[object] = []
    cells = Cells(plan, numbers, CHOICES)
    for place, column in enumerate(columns_of(kind, plan, [2026, 2027])):
        if column.target.field != field.name:
            continue
        cell = read_in(cells.of(column, mine))
        found = [(Where(0, 13, place), cell)] if cell else []
        said += ask_about(column.target, field, found, OURS)
        told = understand(field, column.target, found, OURS, known)
        said += [*told.troubles, *told.waits, *told.links, *told.beside]
        whole = {**(whole or {}), **told.value} if isinstance(told.value, dict) else told.value
    return dict(sorted(whole.items())) if isinstance(whole, dict) else whole, [*said, *known.questions]


@contextmanager
def spoken(app: Flask, language: str) -> Iterator[None]:
    with app.test_request_context("/"), force_locale(language):
        yield


def check_field(kind: Kind, field: Field) -> None:
    # Shrinking maps of forty entries takes longer than reading them.
    @settings(
        max_examples=25,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(value=values_of(field.type))
    def check(value: Plain) -> None:
        plan, mine = plan_with(kind, {field.name: value})
        assert read_back(kind, field, plan, mine) == (value, []), f"{kind.name}.{field.name}"

    check()


@pytest.mark.engines("sqlite")  # nothing is read from a database
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_what_went_out_is_read_back(app: Flask, kind: Kind, language: str) -> None:
    with spoken(app, language):
        for field in kind.fields:
            check_field(kind, field)


# Whatever a spreadsheet may take for a formula, and the quotes that keep it from that.
QUOTED = st.text("'=+-@ a\n", max_size=8).map(normalise) | TEXTS


@pytest.mark.engines("sqlite")
@given(QUOTED)
@example("-")
@example("'-")
@example("'=1")
@example("''=1")
def test_a_text_that_went_out_comes_back_as_it_was(text: str) -> None:
    cell = read_text(neutralise_cell(text))
    assert (text_of(cell) if cell else "") == text


@pytest.mark.engines("sqlite")
@given(QUOTED, st.text("'=-a", max_size=3))
@example("'=1", "2")
@example("''=1", "2")
def test_a_text_that_was_edited_outside_loses_the_quote_we_set_and_no_other(text: str, more: str) -> None:
    edited = neutralise_cell(text) + more
    cell = read_text(edited)
    meant = "" if edited.strip() == "-" else normalise(restore_cell(edited))
    assert (text_of(cell) if cell else "") == meant
    assert cell is None or Cell.from_json(cell.as_json()) == cell


@pytest.mark.engines("sqlite")
@given(QUOTED.filter(lambda text: text.strip() != "-"))
def test_a_text_that_was_typed_here_over_a_cell_is_taken_to_the_letter(text: str) -> None:
    assert text_of(Cell(CellKind.TEXT, text)) == text


@pytest.mark.engines("sqlite")
def test_a_lone_dash_that_somebody_typed_says_nothing() -> None:
    assert text_of(Cell(CellKind.TEXT, " - ")) == ""
    assert read_text("-") == Cell(CellKind.TEXT, "-")


@pytest.mark.engines("sqlite")
def test_an_indicators_action_is_read_back_by_its_number_and_title(app: Flask) -> None:
    plan, mine = plan_with(KINDS["indicator"], {})
    with spoken(app, "id"):
        (column,) = [
            one
            for one in columns_of(KINDS["indicator"], plan, [])
            if one.target.field in NO_FIELDS & {PARENT}
        ]
        words = Cells(plan, numbers_of(plan), CHOICES).of(column, mine)
    assert isinstance(words, str)
    assert names(numbers=numbers_of(plan).of).items.find("action", words, at()) == ("uid", "a2")
