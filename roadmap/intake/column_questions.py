"""What is asked about columns: once for all that are alike (three years of pagu), one by one where a person says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from roadmap.intake.books import Cell
from roadmap.intake.candidates import Asks, Option, Question, Where
from roadmap.intake.column_places import PERIODS, field_of
from roadmap.intake.drafts import At
from roadmap.intake.layouts import Column, Reading
from roadmap.intake.values import apply_answers, ask_about
from roadmap.intake.values.parts import column_key
from roadmap.plan.fields import Money, Number, Targets
from roadmap.text.words import N_

EACH = "each"
_SHARED = "-all-"


@dataclass(frozen=True)
class Asking:
    """A column whose cells may leave something open: its place and reading, and its cells."""

    at: At
    column: Column
    cells: Sequence[tuple[Where, Cell]]

    @property
    def sort(self) -> str:
        """Columns of one sort are most likely written alike."""
        match (field := field_of(self.column.target)) and field.type:
            case Money():
                return "money"
            case Targets() | Number():
                return "figures"
        return "dates"

    def key(self, question: Question) -> str:
        """Name the question about this column alone."""
        return column_key(question.asks, Where(self.at[0], 0, self.at[1]))


@dataclass(frozen=True)
class Asked:
    """The questions, and what each column is read by in view of the answers so far.

    `keys`: the questions of single columns that are asked, be it by the one that is asked for all.
    """

    questions: Mapping[str, Question]
    keys: frozenset[str]
    readings: Mapping[At, Reading]


def is_shared(question: Question) -> bool:
    """Tell whether a question is asked for several columns at once."""
    return _SHARED in question.key


def ask_about_columns(
    columns: Sequence[Asking], answers: Mapping[str, str], years: Sequence[int], *, sources_stand: bool
) -> Asked:
    """Ask about columns; an answer may be changed, and may bring up what was not asked before.

    `sources_stand`: a column of the table says where the money comes from, so that this is not asked.
    """
    readings = {one.at: one.column.reading for one in columns}
    found: dict[At, dict[str, Question]] = {one.at: {} for one in columns}
    has_periods = any(one.column.target and one.column.target.field in PERIODS for one in columns)
    asked = Asked({}, frozenset(), readings)
    for _round in range(2):
        for one in columns:
            target, reading = one.column.target, asked.readings[one.at]
            if target is None:
                continue
            asking = ask_about(
                target, field_of(target), one.cells, reading, years=years, has_periods=has_periods
            )
            for question in asking:
                if not (sources_stand and question.asks is Asks.SOURCE):
                    found[one.at].setdefault(question.key, question)
        asked = _joined(columns, found, answers)
    return asked


def _joined(
    columns: Sequence[Asking], found: Mapping[At, Mapping[str, Question]], answers: Mapping[str, str]
) -> Asked:
    groups: dict[str, list[tuple[str, Question]]] = {}
    for one in columns:
        for question in found[one.at].values():
            key = f"{question.asks}:{one.at[0]}{_SHARED}{one.sort}"
            groups.setdefault(key, []).append((one.key(question), question))
    questions: dict[str, Question] = {}
    known = dict(answers)
    for key, members in groups.items():
        questions |= _of_group(key, members, known)
    keys = frozenset(name for members in groups.values() for name, _question in members)
    # What may stay unanswered is read as most would answer it.
    known = {name: question.default or "" for members in groups.values() for name, question in members} | {
        name: said for name, said in known.items() if said
    }
    readings = {one.at: apply_answers(one.column.reading, *one.at, known) for one in columns}
    return Asked(questions, keys, readings)


def _of_group(
    key: str, members: Sequence[tuple[str, Question]], known: dict[str, str]
) -> dict[str, Question]:
    """Give the questions of columns that are alike; an answer for all is put down for each in `known`."""
    answer = known.get(key)
    # Who answered for a column before others came to be asked the same is not asked again.
    alone = dict(members) if answer == EACH else {name: one for name, one in members if known.get(name)}
    rest = [(name, question) for name, question in members if answer or name not in alone]
    if len(rest) < 2:  # noqa: PLR2004 - several columns
        return dict(members)
    (_first, first), *_others = rest
    where = tuple(place for _name, question in rest for place in question.where)
    apart = Option(EACH, N_("Tidak sama di semua kolom; tanyakan satu per satu"))
    shared = replace(first, key=key, where=where, options=(*first.options, apart))
    if answer and answer != EACH:
        known |= {name: answer for name, _question in rest}
        return {key: shared}
    return {key: shared, **alone}
