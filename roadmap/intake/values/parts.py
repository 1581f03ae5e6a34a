"""What reading a cell comes to: the value, what stands beside it, and whatever has to be said or asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from roadmap.exchange.columns import Target
from roadmap.history.models import Plain
from roadmap.intake.books import Cell
from roadmap.intake.candidates import Remark, Trouble, Where
from roadmap.intake.layouts import Reading
from roadmap.intake.naming import Names
from roadmap.plan.fields.base import MOST_ENTRIES
from roadmap.text.words import N_

T = TypeVar("T")
Cells = Sequence[tuple[Where, Cell]]
# The first and the last year in which what a row speaks of is done, as far as the row says.
Years = tuple[int | None, int | None]
NO_YEARS: Years = (None, None)
LONGEST_QUOTE = 80
LONGEST_LIST = 400


@dataclass
class Understood:
    """What some cells mean for one field.

    `value`: plain; None or empty where nothing is given. Of a map only the entries that stand there.
    `beside`: values that the same words give to other fields of the item ("72,9 persen (2020)": unit and year).
    `links`: keys of other candidates of the table that the cells name. `waits`: keys of the questions of
    `ask_about` that have to be answered first; until then what they concern is left out of the value.
    """

    value: Plain = None
    beside: dict[str, Plain] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)
    troubles: list[Trouble] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    waits: set[str] = field(default_factory=set)


@dataclass
class Desk:
    """One field, its column's reading and the names it may use, while some of its cells are read."""

    target: Target
    reading: Reading
    names: Names
    told: Understood = field(default_factory=Understood)
    years: Years = NO_YEARS

    def trouble(self, where: Where, typed: str, sentence: str, /, **values: object) -> None:
        """Say that a cell cannot be taken, and what to do."""
        words = {
            name: quote(str(value), LONGEST_LIST if name == "options" else LONGEST_QUOTE)
            for name, value in values.items()
        }
        self.told.troubles.append(Trouble(where, sentence, words, quote(typed)))

    def remark(self, where: Where, sentence: str, /, **values: object) -> None:
        """Say something worth knowing that stops nothing."""
        words = {name: quote(str(value)) for name, value in values.items()}
        self.told.remarks.append(Remark(where, sentence, words))

    def row_year(self, where: Where, typed: str) -> int | None:
        """Give the year a figure is of by its row or its column; waits, or says what to do, where neither tells."""
        name = self.reading.year_from
        if name is None:
            if self.reading.year is None:
                self.wait("year", where)
            return self.reading.year
        first, last = self.years
        year = first if name == "starts_on" else last
        if year is None or (name == "spread" and first is None):
            self.trouble(
                where,
                typed,
                N_(
                    "Baris ini tidak menyebut tahun pelaksanaannya, padahal tahun angka ini mengikutinya."
                    " Isi waktunya, atau tulis tahunnya di sini, misalnya “2026: 10”."
                ),
            )
            return None
        return year

    def few(self, where: Where, entries: Sequence[T]) -> Sequence[T]:
        """Give the entries of one cell; none, with a word to the person, where no field could hold so many."""
        if len(entries) <= MOST_ENTRIES:
            return entries
        self.trouble(where, "", N_("Paling banyak %(limit)s pilihan."), limit=MOST_ENTRIES)
        return ()

    def wait(self, asks: str, where: Where) -> None:
        """Leave a cell until its column's question is answered."""
        self.told.waits.add(column_key(asks, where))


def column_key(asks: str, where: Where) -> str:
    """Name the question about a whole column: "numbers:0-5"."""
    return f"{asks}:{where.sheet}-{where.column}"


def quote(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Cut a text so that it can stand in a sentence."""
    line = " ".join(text[: 4 * longest].split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
