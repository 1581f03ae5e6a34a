"""One item of the table and what becomes of it: where it stood, what differs, what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from roadmap.intake.cell_words import CellNames
from roadmap.intake.trial import Altered, Fate, Row, Trial
from roadmap.plan.blueprint import item_url
from roadmap.plan.differences import Change
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import KINDS
from roadmap.plan.numbers import numbers_of
from roadmap.plan.outline import Outline
from roadmap.plan.telling import Told, tell_change
from roadmap.plan.words import say_lines


@dataclass(frozen=True)
class RowShown:
    """One item on the page; `address` leads to it where it stands in the plan already."""

    key: str
    kind: str
    number: str
    title: str
    where: str
    address: str
    told: Sequence[Told] = ()
    words: Sequence[tuple[str, Sequence[str]]] = ()


class Rows:
    """Puts the items of a trial into words."""

    def __init__(self, plan: Outline, names: Choices, cells: CellNames, trial: Trial) -> None:
        """Take what the words are made of."""
        self._plan, self._names, self._cells = plan, names, cells
        self._numbers = numbers_of(plan)
        self._values = {entry.uid: entry.values for entry in trial.entries}

    def show(self, row: Row) -> RowShown:
        """Show one item: what a new one holds, or how another differs."""
        kind, item = KINDS[row.kind], self._plan.by_uid.get(row.uid)
        is_new = row.fate == Fate.NEW or item is None
        return RowShown(
            row.key,
            _(kind.label),
            "" if item is None else self._numbers[row.uid],
            row.label or _("%(kind)s tanpa judul", kind=_(kind.label)),
            self._cells.rows(row.rows),
            "" if item is None else item_url(item),
            told=[] if is_new else [self._told(row, one) for one in row.altered if one.field in kind.by_name],
            words=self._words(row) if is_new else [],
        )

    def _told(self, row: Row, one: Altered) -> Told:
        change = Change(KINDS[row.kind].by_name[one.field], one.before, one.after)
        return tell_change(change, self._names, self._plan.by_uid.get(row.uid))

    def _words(self, row: Row) -> list[tuple[str, Sequence[str]]]:
        """Say what a new item holds, field by field, but for its title."""
        values = dict(self._values.get(row.uid, {})) or {one.field: one.after for one in row.altered}
        told = [(one, say_lines(one, values.get(one.name), self._names)) for one in KINDS[row.kind].fields]
        return [(_(one.label), lines) for one, lines in told if lines and one.name != "title"]
