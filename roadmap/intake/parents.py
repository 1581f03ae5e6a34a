"""Whose indicator a row is: of an action of the plan, of one of the same file, or of one the row itself names anew."""

from collections.abc import Mapping

from roadmap.intake.books import Cell, CellKind
from roadmap.intake.candidates import Where
from roadmap.intake.drafts import Draft, Drafts, Found
from roadmap.intake.naming import Names
from roadmap.intake.values import text_of
from roadmap.plan.kinds import KINDS


def settle_parent(draft: Draft, drafts: Drafts, names: Names, sheets: Mapping[int, str]) -> None:
    """Say which action an indicator measures, or that it waits to be told; `sheets` are those named by index.

    Side effects: what is not known is asked, and an action that only its indicators name is begun.
    """
    candidate = draft.candidate
    kind = KINDS[candidate.kind].parent
    if not kind or candidate.parent:
        return
    named = draft.parent_cell
    if named is None and candidate.line is not None:
        return
    # A sheet that names no actions is asked about once, by its name.
    typed = text_of(named.cell) if named else sheets.get(draft.where.sheet, "")
    where = named.where if named else draft.where
    found = names.items.parent(kind, typed, where, of_sheet=named is None)
    if found is None:
        candidate.awaits_parent = not names.items.leaves_parent(typed)
        return
    sort, name = found
    if sort == "uid":
        candidate.parent_uid = name
    else:
        candidate.parent = name if sort == "key" else _begun(kind, name, where, draft, drafts)


def _begun(kind: str, title: str, where: Where, measure: Draft, drafts: Drafts) -> str:
    """Begin the action that a measure names and nobody has; all measures that name it share it."""
    found = Found(where, Cell(CellKind.TEXT, title))
    draft = drafts.of_title(kind, "", title, "", found)
    if not draft.title:
        draft.title.append(found)
    draft.stand_in(where.sheet, measure.where.row)
    return draft.candidate.key
