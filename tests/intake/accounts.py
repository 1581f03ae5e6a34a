"""Takes a table in as a person at the wizard does, and accounts for every cell of it.

A cell stands in the plan, or its column is listed, or it was named in a remark.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from roadmap.exchange.columns import Target
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.intake import operations, running
from roadmap.intake.layouts import Layout
from roadmap.intake.likeness import fold
from roadmap.intake.models import State
from roadmap.intake.queries import layout_of
from roadmap.intake.trial import Trial
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import Outline
from roadmap.plan.queries import choices_for, outline_of
from roadmap.plan.words import say_lines
from tests.cast import Cast
from tests.intake.wizard import brought, decided, the_intake, the_trial, written

Typed = str | int | float | None
Rows = Sequence[Sequence[Typed]]
_PARTS = re.compile(r"\n|;|^\s*\(?\d{1,2}[.)]\s*", re.MULTILINE)


def words_of_plan(roadmap_id: int) -> str:
    """All that stands in a plan, in words, folded."""
    db.session.rollback()
    roadmap = db.session.get_one(Roadmap, roadmap_id)
    plan = outline_of(roadmap_id)
    known = choices_for(roadmap, plan)
    said: list[str] = []
    for kind, items in plan.items.items():
        for item in items:
            for field in KINDS[kind].fields:
                value = item.values.get(field.name)
                said += [*say_lines(field, value, known), str(value)]
    return f" {fold(' | '.join(said))} "


def unaccounted(
    rows: Sequence[Sequence[Typed]], trial: Trial, plan: str, *, listed: Sequence[int] = ()
) -> list[Typed]:
    """Give the cells of entries that stand nowhere: not in the plan, nor in a listed column, nor in a remark."""
    told = {fold(word) for one in trial.remarks for word in one.values.values()}
    lost: list[Typed] = []
    for row in rows:
        for column, typed in enumerate(row):
            if typed in {None, ""} or column in listed or fold(str(typed)) in told:
                continue
            if not all(f" {fold(part)} " in plan for part in _PARTS.split(str(typed)) if part and fold(part)):
                lost.append(typed)
    return lost


@dataclass
class Taken:
    """A table that was taken in: what was asked, what was listed, what stands in the plan now."""

    trial: Trial
    asked: list[str]
    plan: Outline
    words: str

    @property
    def listed(self) -> list[str]:
        return [heading for _sheet, heading in self.trial.without_place]

    def lost(self, rows: Rows, listed: Sequence[int] = ()) -> list[Typed]:
        return unaccounted(rows, self.trial, self.words, listed=listed)

    def of(self, kind: str) -> list[Mapping[str, Any]]:
        return [one.values for one in self.plan.items[kind]]


@dataclass
class Desk:
    """Rina at the wizard."""

    cast: Cast
    roadmap: Roadmap

    def take(
        self,
        *sheets: tuple[str, Rows, Sequence[str]],
        places: Mapping[str, str] | None = None,
        answers: Mapping[str, str] | None = None,
        cells: Mapping[str, str] | None = None,
    ) -> Taken:
        """Take a table in: places chosen by heading, questions by key (offices and actions else as new), cells mended."""
        rina, roadmap_id = self.cast.rina, self.roadmap.id
        intake_id = brought(rina, self.roadmap, a_workbook(*sheets), "Tabel.xlsx")
        operations.lay_out(rina, intake_id, _placed(layout_of(the_intake(intake_id)), places or {}))
        running.carry_on(intake_id)
        asked = [one.key for one in the_trial(intake_id).questions if one.default is None]
        new = {key: "new" for key in asked if key.partition(":")[0] in {"owner", "parent"}}
        decided(rina, intake_id, {**new, **(answers or {})})
        operations.mend(rina, intake_id, cells or {})
        running.carry_on(intake_id)
        trial = the_trial(intake_id)
        assert trial.is_settled, (trial.troubles, trial.questions)
        assert written(rina, intake_id).state == State.DONE
        return Taken(trial, asked, outline_of(roadmap_id), words_of_plan(roadmap_id))


def a_workbook(*sheets: tuple[str, Rows, Sequence[str]]) -> bytes:
    """Sheets by name, rows and merged cells."""
    book = Workbook()
    del book["Sheet"]
    for name, rows, merged in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _placed(layout: Layout, places: Mapping[str, str]) -> Layout:
    def place(heading: str, target: Target | None) -> Target | None:
        chosen = places.get(heading)
        return target if chosen is None else Target.read(chosen) if chosen else None

    return Layout(
        tuple(
            replace(one, columns=tuple(replace(c, target=place(c.heading, c.target)) for c in one.columns))
            for one in layout.sheets
        )
    )
