"""Reads the cells of items in the making: what each field is given, what is asked, what cannot be taken."""

from collections.abc import Mapping
from dataclasses import replace

from roadmap.exchange.columns import PERIOD
from roadmap.intake.books import Cell
from roadmap.intake.candidates import Gathered, Question, Where
from roadmap.intake.column_places import Columns, field_of, plain_target
from roadmap.intake.column_questions import Asking, ask_about_columns
from roadmap.intake.drafts import At, Draft, Drafts
from roadmap.intake.item_reading import ItemReader
from roadmap.intake.layouts import Reading
from roadmap.intake.leftovers import row_numbers
from roadmap.intake.naming import Names
from roadmap.intake.offering import SOURCE
from roadmap.intake.values import settle, text_of
from roadmap.plan.fields import Money
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
        self.questions: dict[str, Question] = {}
        self.asked: frozenset[str] = frozenset()
        # Cells that name a source of money beside no amount.
        self.idle_sources: list[Where] = []
        self.readings = self._settle_columns(answers)

    def settle(self) -> None:
        """Read every item."""
        for draft in self.drafts:
            ItemReader(self, self.drafts, self.names, draft).settle()
            self.told.candidates.append(draft.candidate)
        if idle := self.idle_sources:
            self.drafts.remark(
                idle[0],
                N_("Sumber dana tanpa jumlah belum punya tempat di peta jalan (baris %(rows)s)."),
                rows=row_numbers([where.row for where in idle]),
            )
        self.told.questions += [*self.questions.values(), *self.names.questions]
        self.told.remarks += self.names.offices.remarks
        self.told.offices += self.names.offices.new

    # --- what holds for a whole column

    def _settle_columns(self, answers: Mapping[str, str]) -> dict[At, Reading]:
        # By row: a cell that several items show, because it is merged or said again, is asked about once.
        cells: dict[At, dict[int, tuple[Where, Cell]]] = {}
        for draft in self.drafts:
            for at, founds in draft.cells.items():
                rows = cells.setdefault(at, {})
                for found in founds:
                    rows.setdefault(found.where.row, (found.where, found.cell))
        columns = []
        readings: dict[At, Reading] = {}
        for at, rows in cells.items():
            target, reading = plain_target(self.columns[at])
            readings[at] = reading
            if target is not None and (field_of(target) is not None or target.field == PERIOD):
                column = replace(self.columns[at], target=target, reading=reading)
                columns.append(Asking(at, column, list(rows.values())))
        asked = ask_about_columns(columns, answers, self.names.choices.years, sources_stand=self._has_sources)
        self.questions, self.asked = dict(asked.questions), asked.keys
        for one in columns:
            target = one.column.target
            if target is not None:
                readings[one.at] = settle(target, field_of(target), one.cells, asked.readings[one.at])
        return readings

    @property
    def _has_sources(self) -> bool:
        """Tell whether a column says where all the money comes from; an amount without it is asked about."""
        if not any(one.target and one.target.key == SOURCE for one in self.columns.values()):
            return False
        return all(draft.sources_said() for draft in self.drafts if self._holds_money(draft))

    def _holds_money(self, draft: Draft) -> bool:
        fields = {at: field_of(self.columns[at].target) for at in draft.cells}
        return any(
            field and isinstance(field.type, Money) and any(text_of(found.cell) for found in draft.cells[at])
            for at, field in fields.items()
        )
