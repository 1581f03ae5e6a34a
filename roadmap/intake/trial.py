"""What a table would do to the plan as it stands, item by item; made without writing anything, kept as JSON."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

from roadmap.history.models import Plain
from roadmap.intake.candidates import Asks, Option, Question, Remark, Trouble, Where
from roadmap.plan.bulk import Edit, Entry, Removal


class Fate(StrEnum):
    """What becomes of one item of the table."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"
    LEFT_OUT = "left-out"
    REMOVED = "removed"


@dataclass(frozen=True)
class Altered:
    """One field that would become otherwise, in plain values; `base` is what both began with, where both changed it."""

    field: str
    before: Plain
    after: Plain
    base: Plain = None


@dataclass(frozen=True)
class Row:
    """One item of the table and its fate; `asked` names its questions, `rows` are (sheet, row) from 0."""

    key: str
    kind: str
    label: str
    fate: Fate
    rows: tuple[tuple[int, int], ...]
    uid: str
    item_id: int | None = None
    altered: tuple[Altered, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass
class Trial:
    """All that would happen. `offices` are (uid, name) to be registered; the last three are what the writing takes."""

    rows: list[Row] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    without_place: list[tuple[int, str]] = field(default_factory=list)
    touched_read_only: list[str] = field(default_factory=list)
    offices: list[tuple[str, str]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)

    def count(self, fate: Fate) -> int:
        """Count the items of one fate."""
        return Counter(row.fate for row in self.rows)[fate]

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing is wrong and nothing asked any more."""
        return not self.count(Fate.WRONG) and not self.count(Fate.DOUBTFUL) and not self.troubles

    @property
    def changes_something(self) -> bool:
        """Tell whether writing it would change the plan."""
        return bool(self.entries or self.edits or self.removals)

    def as_json(self) -> dict[str, Any]:
        """Write it as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        return cls(
            rows=[
                Row(
                    **{
                        **one,
                        "fate": Fate(one["fate"]),
                        "rows": tuple((sheet, row) for sheet, row in one["rows"]),
                        "altered": tuple(Altered(**each) for each in one["altered"]),
                        "asked": tuple(one["asked"]),
                    }
                )
                for one in found["rows"]
            ],
            questions=[_question(one) for one in found["questions"]],
            troubles=[Trouble(**{**one, "where": Where(**one["where"])}) for one in found["troubles"]],
            remarks=[
                Remark(**{**one, "where": Where(**one["where"]) if one["where"] else None})
                for one in found["remarks"]
            ],
            without_place=[(sheet, heading) for sheet, heading in found["without_place"]],
            touched_read_only=list(found["touched_read_only"]),
            offices=[(uid, name) for uid, name in found["offices"]],
            entries=[Entry(**one) for one in found["entries"]],
            edits=[Edit(**one) for one in found["edits"]],
            removals=[Removal(**one) for one in found["removals"]],
        )


def _question(one: dict[str, Any]) -> Question:
    return Question(
        **{
            **one,
            "asks": Asks(one["asks"]),
            "options": tuple(Option(**option) for option in one["options"]),
            "where": tuple(Where(**where) for where in one["where"]),
        }
    )
