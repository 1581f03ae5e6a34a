"""Walks down the rows of a table and gives each cell to the items of its row: a row is a problem, its action, its
indicators and owners, linked; what is left blank goes on with the row above.
"""

from dataclasses import dataclass

from roadmap.exchange.columns import LINE, NUMBER
from roadmap.exchange.passport import Line
from roadmap.intake.asides import (
    fold_spaces,
    is_title_over_rows,
    without_mark,
)
from roadmap.intake.books import Cell, CellKind
from roadmap.intake.drafts import Draft, Drafts, Found
from roadmap.intake.entry_table import TITLE, Cells, EntryTable, names
from roadmap.intake.grid import Grid, cells_text
from roadmap.intake.guessing import period_code
from roadmap.intake.layouts import SheetLayout
from roadmap.intake.leftovers import Leftovers
from roadmap.intake.offering import SOURCE
from roadmap.intake.values import split_entries, text_of
from roadmap.plan.kinds import KINDS
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_


@dataclass(frozen=True)
class _Met:
    """An item that a title's cell names: the entry of the cell it is, of how many, and cells it has of its own."""

    draft: Draft
    found: Found
    place: int
    count: int
    instead: Cells


class Collector(EntryTable):
    """One sheet while its rows are walked."""

    def __init__(self, grid: Grid, layout: SheetLayout, drafts: Drafts) -> None:
        """Begin above the first entry."""
        super().__init__(grid, layout, drafts)
        self.left = Leftovers(self)
        self.current: dict[str, list[Draft]] = {}
        self.group: Found | None = None
        self.scope = ""
        self.parent_cell: Found | None = None
        # A workbook of another roadmap has codes too: they mean nothing here.
        self.knows_lines = not layout.is_ours

    def walk(self) -> None:
        """Read the entries from the first row to the last, and say what was left aside."""
        for row in range(self.layout.first, self.layout.last + 1):
            if not self.left.takes(row) and not self._is_group(row):
                self._read(row)
        self.left.tell()

    def _is_group(self, row: int) -> bool:
        words = "" if self.layout.is_turned else is_title_over_rows(self.grid, row, self.meaningful)
        if not words:
            return False
        column = next(
            index for index in range(self.grid.width) if cells_text(self.grid.at(row, index)) == words
        )
        self.current = {}
        self.forget_groups()
        if self.grid.width in self.columns:
            cell = Cell(CellKind.TEXT, without_mark(words))
            self.group = Found(self.grid.where(row, column), cell)
            target = self.columns[self.grid.width][1]
            if target.field == TITLE:
                self._read_titles(row, {self.grid.width: self.group}, [target.kind])
        else:
            self.drafts.remark(
                self.grid.where(row, column),
                N_(
                    "Baris judul “%(words)s” tidak dimasukkan. Pilih tempatnya bila ia menerangkan baris di bawahnya."
                ),
                words=normalise_line(words)[:80],
            )
        return True

    # --- one row

    def _read(self, row: int) -> None:
        cells = self.cells_of(row)
        if self.group and self.columns[self.grid.width][1].field != TITLE:
            cells[self.grid.width] = self.group
        if not any(index in self.meaningful for index in cells):
            if any(self.grid.row(row)):
                self.left.leave("nothing", row)
            return
        self._set_scope(cells)
        self._read_titles(row, cells, self.order)
        for kind in KINDS:
            if not self.titles[kind]:
                self._read_untitled(kind, row, cells)
        self._link(row)

    def _set_scope(self, cells: Cells) -> None:
        named = next((cells[index] for index in self.parents if index in cells), None)
        if named:
            self.parent_cell = named
            self.scope = fold_spaces(text_of(named.cell))

    def _read_titles(self, row: int, cells: Cells, kinds: list[str]) -> None:
        for kind in kinds:
            titles = [index for index in self.titles[kind] if index in cells]
            own = {index: cells[index] for index in self.own[kind] if index in cells}
            if titles:
                self._begin(kind, row, cells, titles, own)
            elif any(self.grid.at(row, index) for index in own):
                self._go_on(kind, row, own)

    def _begin(self, kind: str, row: int, cells: Cells, titles: list[int], own: Cells) -> None:
        met = [one for index in titles for one in self._drafts_of(kind, cells[index], index, titles, own)]
        before = [id(draft) for draft in self.current.get(kind, [])]
        self.current[kind] = list({id(one.draft): one.draft for one in met}.values())
        if before != [id(draft) for draft in self.current[kind]]:
            self._forget_after(kind)
        for one in met:
            if not any(found.where == one.found.where for found in one.draft.title):
                one.draft.title.append(one.found)
            one.draft.stand_in(self.grid.index, row)
            self._give(one.draft, own | one.instead, one.place, one.count, is_new=len(one.draft.title) == 1)

    def _drafts_of(self, kind: str, found: Found, index: int, titles: list[int], own: Cells) -> list["_Met"]:
        """Give the items of a title's cell; a measure of two parties is a measure of each."""
        entries = self._entries(kind, index, found, several=len(titles) > 1)
        scope, code = self._scope_of(kind), self._code(own)
        parties = self._parties(own) if kind == "indicator" else []
        met = []
        for place, entry in enumerate(entries):
            for instead in parties or [{}]:
                said = code or " ".join(text_of(one.cell) for one in instead.values())
                draft = self.drafts.of_title(kind, scope, entry, said, found)
                met.append(_Met(draft, found, place, len(entries), instead))
        return met

    def _parties(self, own: Cells) -> list[Cells]:
        """Give the cell of parties once for each that it names: "K/L; OMS" are two."""
        at = next((index for index in own if self.columns[index][1].field == "party"), None)
        if at is None:
            return []
        found = own[at]
        named = split_entries(text_of(found.cell))
        return [{at: Found(found.where, Cell(CellKind.TEXT, name), found.is_repeat)} for name in named]

    def _entries(self, kind: str, index: int, found: Found, *, several: bool) -> list[str]:
        """Give the titles of a cell: one, but an indicator's cell may hold several."""
        text = text_of(found.cell)
        column = self.columns[index][0] if index in self.columns else None
        entries = [normalise_line(text)]
        if kind == "indicator" and column and column.reading.splits:
            entries = split_entries(text) or entries
        code = period_code(column.heading) if column and (several or kind == "indicator") else ""
        return [f"{code}: {entry}" for entry in entries] if code else entries

    def _code(self, own: Cells) -> str:
        found = next(
            (one for index, one in own.items() if names(self.columns[index][1], "action", "code")), None
        )
        return normalise_line(text_of(found.cell)) if found else ""

    def _scope_of(self, kind: str) -> str:
        if not KINDS[kind].parent:
            return ""
        above = self.current.get(KINDS[kind].parent or "")
        return above[0].candidate.key if above else f"named {self.scope}"

    def _forget_after(self, kind: str) -> None:
        """A new item ends those of the columns behind it, and an action its indicators."""
        place = self.order.index(kind) if kind in self.order else -1
        for other in self.order[place + 1 :]:
            self.current.pop(other, None)

    def _give(self, draft: Draft, own: Cells, place: int, count: int, *, is_new: bool) -> None:
        for index, found in own.items():
            target = self.columns[index][1]
            if target.field == LINE:
                self._give_line(draft, found)
                continue
            if target.field == NUMBER:
                draft.labels.append(normalise_line(text_of(found.cell)).rstrip("."))
                continue
            if target.field == "code":
                draft.labels.append(normalise_line(text_of(found.cell)))
            if target.key == SOURCE:
                draft.sources[found.where.row] = found
                continue
            part = self._part(found, index, place, count)
            if part:
                draft.add((self.grid.index, index), part if is_new else _repeated(part))
        if KINDS[draft.candidate.kind].parent:
            self._give_parent(draft)

    def _give_line(self, draft: Draft, found: Found) -> None:
        """Take the code of a row that went out as a plain table; of a row that was copied, the first one keeps it."""
        line = Line.read(found.cell.text)
        if line is None or not self.knows_lines or found.is_repeat:
            return
        if self.drafts.claim(line.uid, draft):
            draft.candidate.line = line
        elif draft.candidate.line is None:
            self.drafts.remark(
                found.where, N_("Kode baris ini sudah dipakai baris lain; dibaca sebagai bagian baru.")
            )

    def _give_parent(self, draft: Draft) -> None:
        above = self.current.get(KINDS[draft.candidate.kind].parent or "")
        if above:
            draft.candidate.parent = above[0].candidate.key
        elif self.parents and draft.parent_cell is None:
            draft.parent_cell = self.parent_cell

    def _part(self, found: Found, index: int, place: int, count: int) -> Found | None:
        """Of a cell with as many entries as there are indicators, give the one of this place."""
        if count == 1 or found.cell.kind is not CellKind.TEXT:
            return self._shared(found, index, place, count)
        entries = split_entries(text_of(found.cell))
        if len(entries) == count:
            return Found(found.where, Cell(CellKind.TEXT, entries[place]), found.is_repeat)
        return self._shared(found, index, place, count)

    def _shared(self, found: Found, index: int, place: int, count: int) -> Found | None:
        """Give words to every indicator of a cell; a figure cannot be all of theirs."""
        if count == 1 or self.columns[index][1].field not in {"targets", "baseline"}:
            return found
        if place == 0:
            self.drafts.trouble(
                found.where,
                N_(
                    "Satu isian untuk %(count)s ukuran di baris ini. Tulis satu untuk setiap ukuran, dengan nomor."
                ),
                found.cell.text,
                count=count,
            )
        return None

    def _go_on(self, kind: str, row: int, own: Cells) -> None:
        """Give the cells of a row without a title to the items of the row above."""
        drafts = self.current.get(kind)
        fresh = {index: found for index, found in own.items() if self.grid.at(row, index)}
        if not drafts:
            for found in fresh.values():
                self.drafts.trouble(
                    found.where,
                    N_("Baris ini tidak punya judul. Tulis judulnya, atau kosongkan sel ini."),
                    found.cell.text,
                )
            return
        for place, draft in enumerate(drafts):
            draft.stand_in(self.grid.index, row)
            self._give(draft, fresh, place, len(drafts), is_new=True)

    # --- kinds without a column of titles

    def _read_untitled(self, kind: str, row: int, cells: Cells) -> None:
        own = {index: cells[index] for index in self.own[kind] if index in cells}
        if kind == "cover":
            self._read_cover(row, own)
        elif kind == "indicator" and self.current.get("action"):
            self._read_measures_of_action(row, own)
        else:
            for index, found in own.items():
                if self.columns[index][1].field not in {NUMBER, LINE}:
                    self.left.untitled.setdefault(index, found)

    def _read_cover(self, row: int, own: Cells) -> None:
        if not own:
            return
        if not self.current.get("cover"):
            self.current["cover"] = [self.drafts.begin("cover", self.grid.where(row, min(own)))]
        draft = self.current["cover"][0]
        draft.stand_in(self.grid.index, row)
        self._give(draft, own, 0, 1, is_new=True)

    def _read_measures_of_action(self, row: int, own: Cells) -> None:
        """Where targets stand beside an action without words of their own, the action's title is what is measured."""
        fresh = {index: found for index, found in own.items() if self.grid.at(row, index)}
        if not fresh:
            return
        action = self.current["action"][0]
        if not action.title:
            return
        title = action.title[0]
        is_first = (
            not self.current.get("indicator")
            or self.current["indicator"][0].candidate.parent != action.candidate.key
        )
        draft = self.drafts.of_title("indicator", action.candidate.key, action.candidate.label, "", title)
        if is_first:
            draft.title = [title]
            draft.candidate.parent = action.candidate.key
            self.drafts.remark(
                next(iter(fresh.values())).where,
                N_("Tidak ada kolom ukuran keberhasilan; judul aksi dipakai sebagai ukurannya."),
            )
        self.current["indicator"] = [draft]
        draft.stand_in(self.grid.index, row)
        self._give(draft, fresh, 0, 1, is_new=True)

    # --- what one row links

    def _link(self, row: int) -> None:
        def standing(kind: str) -> list[Draft]:
            return [
                one
                for one in self.current.get(kind, [])
                if one.candidate.rows and one.candidate.rows[-1] == (self.grid.index, row)
            ]

        actions = standing("action") or (self.current.get("action", []) if standing("indicator") else [])
        problems = self.current.get("problem", [])
        modalities = self.current.get("modality", [])
        for action in actions:
            _name(action, "problems", problems)
        holders = (problems if actions or standing("problem") or standing("modality") else []) or actions
        for holder in holders:
            _name(holder, "modalities", modalities)


def _repeated(found: Found) -> Found:
    return Found(found.where, found.cell, is_repeat=True)


def _name(holder: Draft, field: str, others: list[Draft]) -> None:
    if others:
        holder.candidate.links.setdefault(field, set()).update(one.candidate.key for one in others)
