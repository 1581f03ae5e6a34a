"""What the rows of a table come to before they meet the plan: items, where each value stood, what is asked or wrong."""

from dataclasses import dataclass, field
from enum import StrEnum

from roadmap.exchange.passport import Line
from roadmap.history.models import Plain


@dataclass(frozen=True, order=True)
class Where:
    """A cell: sheet, row and column counted from 0 as they stand in the file (also where the table was turned)."""

    sheet: int
    row: int
    column: int

    def __str__(self) -> str:
        """Write it as one word, for a form or as a key of JSON."""
        return f"{self.sheet}-{self.row}-{self.column}"


class Asks(StrEnum):
    """What a question is about."""

    NUMBERS = "numbers"
    DATES = "dates"
    DASH = "dash"
    SCALE = "scale"
    YEAR = "year"
    SOURCE = "source"
    OWNER = "owner"
    TERM = "term"
    LINK = "link"
    PARENT = "parent"
    TWIN = "twin"
    CLASH = "clash"
    GONE = "gone"


@dataclass(frozen=True)
class Option:
    """One answer: what the form sends, and its words: a sentence of ours with values, or words of people."""

    value: str
    sentence: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What a person decides once, for all cells it concerns; with a `default` it may stay unanswered.

    `key` is stable for the same file and the same words, so that an answer holds when the trial is made again;
    it begins with what is asked: "owner:dinas sosial", "numbers:0-5", "twin:0-13-problem", "clash:<uid>:title".
    """

    key: str
    asks: Asks
    typed: str
    options: tuple[Option, ...]
    where: tuple[Where, ...] = ()
    default: str | None = None


@dataclass(frozen=True)
class Trouble:
    """One cell that cannot be taken: where, what is wrong and what to do (a sentence of ours), what stands there."""

    where: Where
    sentence: str
    values: dict[str, str] = field(default_factory=dict)
    typed: str = ""


@dataclass(frozen=True)
class Remark:
    """Something worth knowing that stops nothing: a formula's result was taken, a word was left aside."""

    where: Where | None
    sentence: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """A value the table gives a field: plain, and the cells it came from.

    Of a map (money, targets) or a text that several columns feed only the entries given stand in it; `is_part`
    tells that what the item has beside them stays.
    """

    value: Plain
    where: tuple[Where, ...]
    is_part: bool = False


@dataclass
class Candidate:
    """One item as the table has it.

    `key` is stable within the file ("0-13-problem"); `links` names, by field, the keys of other candidates;
    `parent` is the key of an indicator's action, or `parent_uid` the uid of one that stands in the plan already;
    `line` is the code the row carried.
    `label` is what people call it: its title as typed. `awaits_parent`: nobody has said yet which action it measures.
    """

    key: str
    kind: str
    label: str
    values: dict[str, Given] = field(default_factory=dict)
    links: dict[str, set[str]] = field(default_factory=dict)
    parent: str | None = None
    parent_uid: str | None = None
    line: Line | None = None
    rows: list[tuple[int, int]] = field(default_factory=list)
    awaits_parent: bool = False


@dataclass(frozen=True)
class NewOffice:
    """An office the person wants registered: the uid its items name already, and its name as typed."""

    uid: str
    name: str


@dataclass
class Gathered:
    """All that a book and its layout come to.

    `without_place` lists, by sheet, the headings of columns that hold something and have no place in the plan;
    `missing_lines` the items that went out in this file and are in it no more; `touched_read_only` the sheets
    that are only read and were changed all the same.
    """

    candidates: list[Candidate] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    offices: list[NewOffice] = field(default_factory=list)
    without_place: list[tuple[int, str]] = field(default_factory=list)
    missing_lines: list[Line] = field(default_factory=list)
    touched_read_only: list[str] = field(default_factory=list)
