"""Reads the cells of items in the making: what each field is given, what is asked, what cannot be taken."""

from collections.abc import Mapping, Sequence

from roadmap.exchange.columns import PERIOD
from roadmap.intake.books import Cell
from roadmap.intake.candidates import Asks, Gathered, Question, Where
from roadmap.intake.column_places import Columns, field_of, plain_target
from roadmap.intake.drafts import At, Drafts
from roadmap.intake.item_reading import ItemReader
from roadmap.intake.layouts import Reading
from roadmap.intake.leftovers import row_numbers
from roadmap.intake.naming import Names
from roadmap.intake.offering import SOURCE
from roadmap.intake.values import (
    apply_answers,
    ask_about,
    settle,
)
from roadmap.text.words import N_


class Settler:
    """Turns drafts into candidates, one after the other, in the order they stand in the book."""

    def __init__(
        self,
        drafts: Drafts,
        columns: Columns,
        names: Names,
        answers: Mapping[str, str],
        sheet_names: Mapping[int, str],
    ) -> None:
        """Take the drafts with the columns and sheets of the book they come from."""
        self.sheet_names = sheet_names
        self.drafts = drafts
        self.columns = columns
        self.names = names
        self.told: Gathered = drafts.told
        self.asked: dict[str, Question] = {}
        # Cells that name a source of money: those already told of, and those beside no amount.
        self.refused: set[Where] = set()
        self.idle_sources: list[Where] = []
        self.readings = self._settle_columns(answers)

    def settle(self) -> None:
        """Read every item."""
        for draft in self.drafts:
            ItemReader(self, self.drafts, self.names, draft).settle()
            self.told.candidates.append(draft.candidate)
        idle = [where for where in self.idle_sources if where not in self.refused]
        if idle:
            self.drafts.remark(
                idle[0],
                N_("Sumber dana tanpa jumlah belum punya tempat di peta jalan (baris %(rows)s)."),
                rows=row_numbers([where.row for where in idle]),
            )
        self.told.questions += [*self.asked.values(), *self.names.questions]
        self.told.remarks += self.names.remarks
        self.told.offices += self.names.offices

    # --- what holds for a whole column

    def _settle_columns(self, answers: Mapping[str, str]) -> dict[At, Reading]:
        # By row: a cell that several items show, because it is merged or said again, is asked about once.
        cells: dict[At, dict[int, tuple[Where, Cell]]] = {}
        for draft in self.drafts:
            for at, founds in draft.cells.items():
                rows = cells.setdefault(at, {})
                for found in founds:
                    rows.setdefault(found.where.row, (found.where, found.cell))
        return {at: self._settle_column(at, list(rows.values()), answers) for at, rows in cells.items()}

    def _settle_column(
        self, at: At, cells: Sequence[tuple[Where, Cell]], answers: Mapping[str, str]
    ) -> Reading:
        column = self.columns[at]
        target, reading = plain_target(column)
        field = field_of(target)
        if target is None or (field is None and target.field != PERIOD):
            return reading
        answered = apply_answers(reading, at[0], at[1], answers)
        years = self.names.choices.years
        # An answer may be changed, and may bring up what was not asked before.
        asked = {
            one.key: one
            for known in ((reading,) if answered == reading else (reading, answered))
            for one in ask_about(target, field, cells, known, years=years)
        }
        if self._has_sources and Asks.SOURCE in {one.asks for one in asked.values()}:
            asked = {key: one for key, one in asked.items() if one.asks != Asks.SOURCE}
        self.asked |= asked
        return settle(target, field, cells, answered)

    @property
    def _has_sources(self) -> bool:
        return any(one.target and one.target.key == SOURCE for one in self.columns.values())
