"""What takes long to make and is the same for many tests: made once in a process, and its rows laid down again."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Table, func, insert, select

from roadmap.extensions import db

Row = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Laid:
    """The rows that something left in a pristine database, table by table, parents first; and what it gave."""

    rows: tuple[tuple[Table, list[Row]], ...]
    given: Any


_kept: dict[Hashable, Laid] = {}


def once(key: Hashable, make: Callable[[], T]) -> T:
    """Make it, or lay down the rows of the first time; `make` gives only what needs no database, such as numbers.

    Needs an application context and a pristine database, in which the numbers of rows begin anew.
    """
    if (kept := _kept.get(key)) is not None:
        _lay(kept)
        given: T = kept.given
        return given
    before = {table: _numbered(table) for table in db.metadata.sorted_tables}
    given = make()
    after = {table: _numbered(table) for table in before}
    new = (
        (table, [row for number, row in after[table].items() if number not in before[table]])
        for table in after
    )
    _kept[key] = Laid(tuple((table, rows) for table, rows in new if rows), given)
    return given


def _numbered(table: Table) -> dict[Any, Row]:
    keys = [column.name for column in table.primary_key]
    held = [column for column in table.columns if column.computed is None]
    with db.engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(select(*held)).mappings()]
    return {tuple(row[name] for name in keys): row for row in rows}


def _lay(kept: Laid) -> None:
    with db.engine.begin() as connection:
        for table, rows in kept.rows:
            connection.execute(insert(table), rows)
            counted = table.autoincrement_column
            if counted is not None and connection.dialect.name == "postgresql":
                sequence = func.pg_get_serial_sequence(table.name, counted.name)
                connection.execute(select(func.setval(sequence, max(row[counted.name] for row in rows))))
