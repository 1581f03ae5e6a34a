"""Reads the cells of one item: what each of its fields is given, whose it is, what cannot be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from roadmap.exchange.columns import PERIOD, Target
from roadmap.history.canonical import is_empty
from roadmap.history.models import Plain
from roadmap.intake.beside import Beside, joined
from roadmap.intake.candidates import Candidate, Given, Where
from roadmap.intake.column_places import Columns, plain_target
from roadmap.intake.drafts import At, Draft, Drafts, Found
from roadmap.intake.layouts import Reading
from roadmap.intake.likeness import fold
from roadmap.intake.naming import Names
from roadmap.intake.parents import settle_parent
from roadmap.intake.row_periods import years_of
from roadmap.intake.values import (
    NO_YEARS,
    Understood,
    Years,
    left_open,
    sources_in,
    text_of,
    understand,
    understand_period,
)
from roadmap.plan.fields import Money, Several, Text
from roadmap.plan.fields.rows import Rows
from roadmap.plan.kinds import KINDS, SOURCES, Field, Kind
from roadmap.text.normal import normalise
from roadmap.text.plain import excerpt
from roadmap.text.words import N_

TITLE = "title"


class ColumnDesk(Protocol):
    """What holds for whole columns: their places, how they are read, what is asked about them."""

    columns: Columns
    readings: dict[At, Reading]
    asked: frozenset[str]
    idle_sources: list[Where]
    sheet_names: Mapping[int, str]


class ItemReader:
    """One item while its cells are read."""

    def __init__(self, desk: ColumnDesk, drafts: Drafts, names: Names, draft: Draft) -> None:
        """Take the item with all that is known of the columns its cells stand in."""
        self.desk = desk
        self.drafts = drafts
        self.draft = draft
        self.candidate: Candidate = draft.candidate
        self.kind: Kind = KINDS[self.candidate.kind]
        self.names = names
        self.told = drafts.told
        self.beside = Beside(self.candidate, drafts)

    def settle(self) -> None:
        """Read everything into the candidate, and tell what could not be read."""
        self._settle_title()
        settle_parent(draft=self.draft, drafts=self.drafts, names=self.names, sheets=self.desk.sheet_names)
        for field, columns in self._columns_by_field().items():
            if field == PERIOD:
                self._settle_period(columns)
            elif field in self.kind.by_name:
                self._settle_field(self.kind.by_name[field], columns)
        self.beside.lay()
        for name, at in self.draft.emptied.items():
            self.candidate.values.setdefault(name, Given(self.kind.by_name[name].type.empty, (at,)))
        if self.draft.sources and not self._holds_amount():
            self.desk.idle_sources += [found.where for found in self.draft.sources.values()]

    def _holds_amount(self) -> bool:
        """Tell whether an amount stands here, be it one that could not be read yet."""
        columns = self._columns_by_field()
        places = [at for name in ("budget", "realisation") for at in columns.get(name, ())]
        return any(text_of(found.cell).strip() for at in places for found in self.draft.cells[at])

    def _columns_by_field(self) -> dict[str, list[At]]:
        columns: dict[str, list[At]] = {}
        for at in self.draft.cells:
            target = self.desk.columns[at].target
            if target and target.kind == self.kind.name:
                columns.setdefault(target.field, []).append(at)
        return columns

    def _give(self, name: str, given: Given) -> None:
        self.candidate.values[name] = given

    # --- titles

    def _settle_title(self) -> None:
        if not self.draft.title:
            return
        where = tuple(dict.fromkeys(found.where for found in self.draft.title))
        title = self.candidate.label
        field = self.kind.by_name[TITLE]
        if len(title) <= field.type.limit:
            self._give(TITLE, Given(title, where))
            return
        if "description" in self.kind.by_name and not self._has("description"):
            self.candidate.label = excerpt(title, field.type.limit - 1)
            self._give(TITLE, Given(self.candidate.label, where))
            self._give("description", Given(normalise(text_of(self.draft.title[0].cell)), where))
            self.drafts.remark(
                where[0],
                N_("Judul ini terlalu panjang; seluruh isinya masuk ke uraian, dan judulnya dipendekkan."),
            )
            return
        self.drafts.trouble(
            where[0],
            N_("Judul ini terlalu panjang: %(length)s huruf, paling banyak %(limit)s. Pendekkan judulnya."),
            title,
            length=len(title),
            limit=field.type.limit,
        )

    def _has(self, field: str) -> bool:
        return any(_names(self.desk.columns[at].target, self.kind.name, field) for at in self.draft.cells)

    # --- fields

    def _settle_field(self, field: Field, columns: list[At]) -> None:
        if isinstance(field.type, Rows):
            self._settle_map(field, columns)
        elif isinstance(field.type, Text):
            self._settle_text(field, columns)
        else:
            self._settle_plain(field, columns)

    def _settle_plain(self, field: Field, columns: list[At]) -> None:
        """Read a field of one value, or a set; of one value the first column counts and the others are told of."""
        value: Plain = None
        where: list[Where] = []
        for at in columns:
            founds = self.draft.cells[at]
            where += [found.where for found in self.draft.cells[at]]
            if isinstance(field.type, Several):
                value = joined(value, self._understand(field, at, founds).value)
            elif value is None or is_empty(value):
                value = self._understand(field, at, founds).value
            else:
                self._refuse(founds)
        if value is not None and not is_empty(value):
            self._give(field.name, Given(value, tuple(dict.fromkeys(where))))
        elif self.candidate.links.get(field.name):
            self._give(field.name, Given([], tuple(dict.fromkeys(where)), is_part=True))

    def _refuse(self, founds: list[Found]) -> None:
        for other in founds:
            self.drafts.trouble(
                other.where,
                N_("“%(label)s” sudah punya isian dari kolom lain. Tulis satu saja, kosongkan yang lain."),
                other.cell.text,
                label=self.candidate.label[:80],
            )

    def _settle_text(self, field: Field, columns: list[At]) -> None:
        """Put paragraphs together; where several columns feed one text, each says what it is about."""
        paragraphs: list[str] = []
        where: list[Where] = []
        is_several = len(self._columns_of_sheet(columns)) > 1
        for at in columns:
            column = self.desk.columns[at]
            founds = self.draft.cells[at]
            told = self._understand(field, at, founds)
            where += [found.where for found in self.draft.cells[at]]
            if not isinstance(told.value, str) or not told.value:
                continue
            heading = (column.target.key if column.target else "") or (column.heading if is_several else "")
            paragraphs.append(f"{heading}: {told.value}" if heading else told.value)
        whole = "\n\n".join(dict.fromkeys(paragraphs))
        if len(whole) > field.type.limit:
            self.drafts.trouble(
                where[0],
                N_("Terlalu panjang: %(length)s huruf, paling banyak %(limit)s. Pendekkan isinya."),
                whole,
                length=len(whole),
                limit=field.type.limit,
            )
        elif whole:
            self._give(field.name, Given(whole, tuple(dict.fromkeys(where))))

    def _columns_of_sheet(self, columns: list[At]) -> list[At]:
        """Give all columns of these sheets that feed the same field, also those that are empty for this item."""
        sheets = {sheet for sheet, _column in columns}
        target = self.desk.columns[columns[0]].target
        return [
            at
            for at, column in self.desk.columns.items()
            if at[0] in sheets
            and column.target
            and target
            and _names(column.target, target.kind, target.field)
        ]

    def _settle_map(self, field: Field, columns: list[At]) -> None:
        entries: dict[str, int | str] = {}
        came_from: dict[str, Found] = {}
        where: list[Where] = []
        for at in columns:
            for found in self.draft.cells[at]:
                where.append(found.where)
                told = self._understand(field, at, [found])
                if isinstance(told.value, dict):
                    self._lay_in(entries, came_from, told.value, found)
        if entries or (self.draft.candidate.line and where and field.name in self.draft.emptied):
            value: Plain = dict(entries)  # type: ignore[assignment] # money is whole numbers, targets are texts
            if isinstance(field.type, Money):
                where += [found.where for found in self.draft.sources.values()]
            is_part = field.name not in self.draft.emptied
            self._give(field.name, Given(value, tuple(dict.fromkeys(where)), is_part=is_part))

    def _lay_in(
        self,
        entries: dict[str, int | str],
        came_from: dict[str, Found],
        given: Mapping[str, int | str],
        found: Found,
    ) -> None:
        """Lay entries in; a second amount for the same place is told of, unless it only says the first again."""
        for key, entry in given.items():
            before = came_from.get(key)
            if before is None:
                entries[key], came_from[key] = entry, found
                continue
            is_same_row = before.where.row == found.where.row
            if entries[key] == entry and (found.is_repeat or is_same_row):
                continue
            self.drafts.trouble(
                found.where,
                N_("“%(label)s” sudah punya isian untuk %(key)s di baris %(row)s. Tulis satu angka saja."),
                found.cell.text,
                label=self.candidate.label[:80],
                key=key,
                row=before.where.row + 1,
            )

    def _understand(self, field: Field, at: At, founds: Sequence[Found]) -> Understood:
        target, laid_out = plain_target(self.desk.columns[at])
        if target is None or not founds:
            return Understood()
        reading = self.desk.readings[at]
        cells = [(one.where, one.cell) for one in founds]
        # What the row itself says comes before an answer that holds for the whole column.
        said = self._source_of(field, founds) if not laid_out.source else None
        if said:
            reading = replace(reading, source=self._source_said(said))
        years = self._years() if reading.year_from else NO_YEARS
        told = understand(field, target, cells, reading, self.names, years)
        if said and any(key.startswith("source:") for key in told.waits):
            told.waits = {key for key in told.waits if not key.startswith("source:")}
        self.told.troubles += told.troubles
        # What waits for a question that this column is not asked would be lost without a word.
        self.told.troubles += left_open(told, self.desk.asked, cells)
        self.told.remarks += told.remarks
        if told.links:
            self.candidate.links.setdefault(field.name, set()).update(told.links)
        self.beside.note(told.beside, tuple(one.where for one in founds))
        return told

    def _years(self) -> Years:
        """Give the years of the row's action: as its own cells say, else as it stands in the plan."""
        named = self.names.items
        if self.candidate.parent_uid:
            return named.years_in_plan(uid=self.candidate.parent_uid)
        is_action = self.candidate.kind == "action"
        action = self.draft if is_action else self.drafts.named(self.candidate.parent or "")
        if action is None:
            return NO_YEARS
        line = action.candidate.line
        in_plan = named.years_in_plan(uid=line.uid if line else "", title=action.candidate.label)
        first, last = years_of(action, self.desk.columns, self.desk.readings)
        return first or in_plan[0], last or in_plan[1]

    def _source_of(self, field: Field, founds: Sequence[Found]) -> Found | None:
        """Give the row's own cell that says where its money comes from."""
        if not isinstance(field.type, Money) or not self.draft.sources:
            return None
        said = self.draft.sources.get(founds[0].where.row) or next(iter(self.draft.sources.values()))
        return said if text_of(said.cell).strip() else None

    def _source_said(self, said: Found) -> str | None:
        """Give the source a cell names, the first of several; one that nobody knows is asked about."""
        found = sources_in(text_of(said.cell))
        if len(found) > 1 and self.names.first_time("sources", fold(text_of(said.cell))):
            self.drafts.remark(
                said.where,
                N_(
                    "“%(typed)s” memuat beberapa sumber dana; seluruh jumlah masuk ke yang pertama, %(source)s."
                ),
                typed=text_of(said.cell)[:80],
                source=SOURCES[found[0]],
            )
        return found[0] if found else self.names.source(text_of(said.cell), said.where)

    def _settle_period(self, columns: list[At]) -> None:
        for at in columns:
            cells = [(found.where, found.cell) for found in self.draft.cells[at]]
            told = understand_period(cells, self.desk.readings[at], self.names)
            self.told.troubles += [*told.troubles, *left_open(told, self.desk.asked, cells)]
            self.told.remarks += told.remarks
            self.beside.note(told.beside, tuple(where for where, _cell in cells))


def _names(target: Target | None, kind: str, field: str) -> bool:
    return target is not None and target.kind == kind and target.field == field
