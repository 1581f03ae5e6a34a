"""What is asked about a table, as the page shows it: whose words, where they stand, the answers, what is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from roadmap.intake.candidates import Asks, Option, Question
from roadmap.intake.cell_words import CellNames
from roadmap.intake.column_questions import is_shared
from roadmap.intake.forms import ANSWER
from roadmap.intake.showing import say
from roadmap.intake.trial import Row, Trial
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import KINDS
from roadmap.plan.numbers import numbers_of
from roadmap.plan.outline import ItemView, Outline
from roadmap.plan.words import say_lines
from roadmap.text.diff import Piece, compare
from roadmap.text.plain import excerpt
from roadmap.text.words import N_

JOIN, NEW, PART, LEAVE, APART, KEEP, REMOVE = "join:", "new", "part", "leave", "apart", "keep", "remove"
# What changes the reading of whole columns comes first, because the rest follows from it.
ORDER = tuple(Asks)
TITLES: Mapping[Asks, str] = {
    Asks.NUMBERS: N_("Bagaimana angka di kolom ini dibaca?"),
    Asks.DATES: N_("Bagaimana tanggal di kolom ini dibaca?"),
    Asks.DASH: N_("Apa arti tanda “-” di kolom ini?"),
    Asks.SCALE: N_("Jumlah di kolom ini dalam satuan apa?"),
    Asks.YEAR: N_("Kolom ini untuk tahun berapa?"),
    Asks.SOURCE: N_("Dari sumber dana mana jumlah di kolom ini?"),
    Asks.OWNER: N_("Kantor atau lembaga mana ini?"),
    Asks.TERM: N_("Pilihan mana yang dimaksud?"),
    Asks.LINK: N_("Bagian mana yang dimaksud?"),
    Asks.PARENT: N_("Rencana aksi mana yang diukur?"),
    Asks.TWIN: N_("Apakah ini bagian yang sama?"),
    Asks.CLASH: N_("Satu isian diubah bersamaan. Mana yang dipakai?"),
    Asks.GONE: N_("Baris ini tidak ada lagi di berkas. Masih diperlukan?"),
}
SHARED_TITLES: Mapping[Asks, str] = {
    Asks.NUMBERS: N_("Bagaimana angka di semua kolom ini dibaca?"),
    Asks.DATES: N_("Bagaimana tanggal di semua kolom ini dibaca?"),
    Asks.DASH: N_("Apa arti tanda “-” di semua kolom ini?"),
    Asks.SCALE: N_("Jumlah di semua kolom ini dalam satuan apa?"),
    Asks.YEAR: N_("Semua kolom ini untuk tahun berapa?"),
    Asks.SOURCE: N_("Dari sumber dana mana jumlah di semua kolom ini?"),
}
TWIN_FIELDS = 4
MOST_LAID_OUT = 8


@dataclass(frozen=True)
class OptionShown:
    """One answer: its words, and beside it what it stands for."""

    value: str
    words: str
    pieces: Sequence[Piece] = ()
    text: Sequence[str] = ()
    lines: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class QuestionShown:
    """One question: its heading and words, where it arises, the answers, and the one that is chosen."""

    name: str
    asks: Asks
    title: str
    typed: str
    where: str
    options: Sequence[OptionShown]
    chosen: str
    is_optional: bool = False
    mine: Sequence[tuple[str, str]] = ()
    base: Sequence[str] = ()

    @property
    def is_beside(self) -> bool:
        """Tell whether the answers are texts to be read beside each other."""
        return self.asks in {Asks.TWIN, Asks.CLASH}

    @property
    def is_list(self) -> bool:
        """Tell whether there are too many answers to lay them all out."""
        return len(self.options) > MOST_LAID_OUT


def is_answered(question: Question, answers: Mapping[str, str]) -> bool:
    """Tell whether a question has an answer that is still on offer."""
    return answers.get(question.key, "") in {option.value for option in question.options}


def in_order(questions: Sequence[Question]) -> list[Question]:
    """Put questions into the order in which they are best answered; those that must be come first."""
    return sorted(questions, key=lambda one: (one.default is not None, ORDER.index(one.asks)))


def suggestion_of(question: Question) -> str:
    """Give the answer that most would give: the likeliest twin of an office, a new entry where there is none."""
    if question.default is not None:
        return question.default
    if question.asks != Asks.OWNER:
        return ""
    values = [option.value for option in question.options]
    if PART in values:
        return PART
    return next((value for value in values if value.startswith(JOIN)), NEW if NEW in values else "")


class Asker:
    """Puts questions into the words of the page."""

    def __init__(
        self, trial: Trial, answers: Mapping[str, str], cells: CellNames, plan: Outline, names: Choices
    ) -> None:
        """Take what the words are made of."""
        self._answers = answers
        self._cells = cells
        self._plan = plan
        self._numbers = numbers_of(plan)
        self._names = names
        self._rows = {key: row for row in trial.rows for key in row.asked}

    def show(self, question: Question) -> QuestionShown:
        """Show one question."""
        row = self._rows.get(question.key)
        shared = is_shared(question)
        where = (self._cells.columns if shared else self._cells.cells)(question.where)
        return QuestionShown(
            ANSWER + question.key,
            question.asks,
            _((SHARED_TITLES if shared else TITLES)[question.asks]),
            self._typed(question, row),
            where or (self._cells.rows(row.rows) if row else ""),
            [self._option(question, option, row) for option in question.options],
            self._answers.get(question.key) or question.default or "",
            is_optional=question.default is not None,
            mine=self._mine(question, row),
            base=self._clashing(question, row)[0],
        )

    def _typed(self, question: Question, row: Row | None) -> str:
        if question.asks == Asks.CLASH and row is not None:
            name = question.key.split(":")[-1]
            label = KINDS[row.kind].by_name[name].label if name in KINDS[row.kind].by_name else ""
            return f"{_(label)}: {row.label}" if label else row.label
        return question.typed

    def _option(self, question: Question, option: Option, row: Row | None) -> OptionShown:
        words = say(option.sentence, option.values)
        item = (
            self._plan.by_uid.get(option.value.removeprefix(JOIN)) if option.value.startswith(JOIN) else None
        )
        if question.asks == Asks.TWIN and item is not None:
            pieces = compare(question.typed or (row.label if row else ""), item.label)
            return OptionShown(
                option.value, _("Ya, ini sama dengan yang sudah ada"), pieces=pieces, lines=self._about(item)
            )
        if question.asks == Asks.CLASH:
            return self._side(question, option, row)
        return OptionShown(option.value, words)

    def _side(self, question: Question, option: Option, row: Row | None) -> OptionShown:
        """Show one side of a clash: the words of the table are marked against those that stand now."""
        words = say(option.sentence, option.values)
        _base, theirs, mine = self._clashing(question, row)
        match option.value.partition("@")[0]:
            case "theirs":
                return OptionShown(option.value, words, text=theirs or [_("(kosong)")])
            case "mine" if theirs and mine:
                return OptionShown(option.value, words, pieces=compare("\n".join(theirs), "\n".join(mine)))
            case "mine":
                return OptionShown(option.value, words, text=mine or [_("(kosong)")])
        return OptionShown(option.value, words)

    def _clashing(self, question: Question, row: Row | None) -> tuple[list[str], list[str], list[str]]:
        """Give a clashing field as it went out, as it stands now, and as the table has it."""
        name = question.key.split(":")[-1]
        altered = next((one for one in row.altered if one.field == name), None) if row else None
        if question.asks != Asks.CLASH or row is None or altered is None:
            return [], [], []
        field = KINDS[row.kind].by_name[name]
        base, theirs, mine = (
            say_lines(field, value, self._names) for value in (altered.base, altered.before, altered.after)
        )
        return base, theirs, mine

    def _about(self, item: ItemView) -> list[tuple[str, str]]:
        """Say what an item that stands in the plan holds, as far as one needs to know it again."""
        kind = KINDS[item.kind]
        number = self._numbers[item.uid]
        lines = [(_(kind.label), number)] if number else []
        for one in kind.fields:
            said = say_lines(one, item.values.get(one.name), self._names)
            if said and one.name != "title":
                lines.append((_(one.label), excerpt("; ".join(said), 160)))
        return lines[:TWIN_FIELDS]

    def _mine(self, question: Question, row: Row | None) -> list[tuple[str, str]]:
        """Say what the table holds of an item that may be one of the plan's."""
        if question.asks != Asks.TWIN or row is None:
            return []
        fields = KINDS[row.kind].by_name
        lines = [
            (_(fields[one.field].label), excerpt("; ".join(said), 160))
            for one in row.altered
            if one.field in fields
            and one.field != "title"
            and (said := say_lines(fields[one.field], one.after, self._names))
        ]
        return lines[:TWIN_FIELDS]
