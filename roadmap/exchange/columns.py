"""Where a column of a table belongs in the plan; what goes out and what comes back name the same places."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Target:
    """A field of a kind; `key` names one entry of a map: a year (targets), 'year source' (money), a heading (texts).

    Four places are no fields: `parent` (an indicator's action, named), `period` (an action's beginning and end in
    one text), `line` (the code by which a row that went out is known again) and `number` (counted anew, never read).
    """

    kind: str
    field: str
    key: str = ""

    def __str__(self) -> str:
        """Write it as one word, for a form."""
        return f"{self.kind}:{self.field}:{self.key}".rstrip(":")

    @classmethod
    def read(cls, written: str) -> Self:
        """Read what `str` wrote. Raises ValueError for anything else."""
        kind, _, rest = written.partition(":")
        field, _, key = rest.partition(":")
        if not kind or not field:
            raise ValueError(written)
        return cls(kind, field, key)


PARENT, PERIOD, LINE, NUMBER = "parent", "period", "line", "number"
NO_FIELDS = frozenset({PARENT, PERIOD, LINE, NUMBER})
