"""Items in the making: which cells of a book belong to which item, before anything is read out of them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from roadmap.exchange.passport import Line
from roadmap.intake.books import Cell
from roadmap.intake.candidates import Candidate, Gathered, Remark, Trouble, Where
from roadmap.intake.layouts import Column
from roadmap.intake.likeness import fold
from roadmap.intake.values import text_of
from roadmap.plan.kinds import KINDS

# (sheet, column): a column of the book.
At = tuple[int, int]
Identity = tuple[str, str, str]


@dataclass(frozen=True)
class Found:
    """A cell as it counts for an item; `is_repeat` where it only says again what stands above."""

    where: Where
    cell: Cell
    is_repeat: bool = False


@dataclass
class Draft:
    """One item in the making: its cells by column, and what it was called by elsewhere.

    `emptied`: fields whose cells were emptied in a workbook of ours. `parent_cell` names an indicator's action.
    `source`: the cell of the row that says where its money comes from, by row.
    """

    candidate: Candidate
    cells: dict[At, list[Found]] = field(default_factory=dict)
    title: list[Found] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    emptied: dict[str, Where] = field(default_factory=dict)
    parent_cell: Found | None = None
    sources: dict[int, Found] = field(default_factory=dict)

    @property
    def where(self) -> Where:
        """The first cell it stands in."""
        if self.title:
            return self.title[0].where
        for founds in self.cells.values():
            return founds[0].where
        sheet, row = self.candidate.rows[0] if self.candidate.rows else (0, 0)
        return Where(sheet, row, 0)

    def sources_said(self) -> bool:
        """Tell whether any cell says where the money comes from."""
        return any(text_of(found.cell).strip() for found in self.sources.values())

    def add(self, at: At, found: Found) -> None:
        """Add a cell; one that was merged over several rows stands there once."""
        founds = self.cells.setdefault(at, [])
        if not founds or founds[-1].where != found.where:
            founds.append(found)

    def stand_in(self, sheet: int, row: int) -> None:
        """Note a row the item stands in."""
        if not self.candidate.rows or self.candidate.rows[-1] != (sheet, row):
            self.candidate.rows.append((sheet, row))


class Drafts:
    """All items of a book in the making; the same title means the same item."""

    def __init__(self) -> None:
        """Begin with none."""
        self.told = Gathered()
        # Columns that went out and are in the sheet no more; what they held still counts for a map.
        self.gone_columns: dict[At, Column] = {}
        self._all: list[Draft] = []
        self._by_key: dict[str, Draft] = {}
        self._known: dict[Identity, Draft] = {}
        self._keys: dict[str, int] = {}
        self._claimed: dict[str, Draft] = {}
        self._told_of: set[Where] = set()

    def __iter__(self) -> Iterator[Draft]:
        """Give them in the order they were met."""
        return iter(self._all)

    def named(self, key: str) -> Draft | None:
        """Give the item of a key; None where there is none."""
        return self._by_key.get(key)

    def begin(self, kind: str, where: Where, line: Line | None = None) -> Draft:
        """Begin an item that is like no other."""
        key = f"{where.sheet}-{where.row}-{kind}"
        count = self._keys[key] = self._keys.get(key, 0) + 1
        draft = Draft(Candidate(f"{key}-{count}" if count > 1 else key, kind, "", line=line))
        self._all.append(draft)
        self._by_key[draft.candidate.key] = draft
        return draft

    def of_title(self, kind: str, scope: str, title: str, code: str, found: Found) -> Draft:
        """Give the item of this title within a scope, begun here if it is new; codes that differ part them."""
        identity = (kind, scope, fold(title) or title)
        exact = (kind, scope, f"{identity[2]}\n{fold(code)}") if code else identity
        draft = self._known.get(exact)
        if draft is None:
            draft = self._known.get(identity) if not code else None
        if draft is None:
            draft = self.begin(kind, found.where)
            draft.candidate.label = title
            self._known[exact] = draft
            self._known.setdefault(identity, draft)
        return draft

    def claim(self, uid: str, draft: Draft) -> bool:
        """Take note that a draft carries the code of an item; False where another one does already."""
        return self._claimed.setdefault(uid, draft) is draft

    def own_labels(self) -> dict[str, dict[str, str]]:
        """Give by kind what the items of the book may be named by: their titles first, then codes and numbers."""
        own: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
        for draft in self._all:
            own[draft.candidate.kind].setdefault(draft.candidate.label, draft.candidate.key)
        for draft in self._all:
            for label in draft.labels:
                own[draft.candidate.kind].setdefault(label, draft.candidate.key)
        return own

    def remark(self, where: Where | None, sentence: str, **values: object) -> None:
        """Say something worth knowing."""
        self.told.remarks.append(
            Remark(where, sentence, {name: str(value) for name, value in values.items()})
        )

    def trouble_once(self, where: Where, sentence: str, typed: str = "") -> None:
        """Say what cannot be taken of a cell that several rows show."""
        if where not in self._told_of:
            self._told_of.add(where)
            self.trouble(where, sentence, typed)

    def trouble(self, where: Where, sentence: str, typed: str = "", **values: object) -> None:
        """Say what cannot be taken."""
        words = {name: str(value) for name, value in values.items()}
        self.told.troubles.append(Trouble(where, sentence, words, typed[:200]))
