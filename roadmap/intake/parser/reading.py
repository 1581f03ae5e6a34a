"""From a file's bytes to a book: told apart by content, then read by the one who can."""

from roadmap.intake.parser.faults import Fault, Refused
from roadmap.intake.parser.grid import Pile
from roadmap.intake.parser.packages import read_package
from roadmap.intake.parser.sniffing import Form, form_of, refuse_markup
from roadmap.intake.parser.texts import read_paste, read_text

_LONGEST_STEM = 60


def read(content: bytes, name: str, *, is_paste: bool) -> Pile:
    """Read a file or a paste. Raises Refused, with the sentence that says why."""
    pile = Pile()
    if is_paste:
        refuse_markup(content)
        read_paste(content.decode("utf-8", "ignore"), name, pile)
    elif form_of(content) is Form.PACKAGE:
        read_package(content, pile)
    else:
        read_text(content, _stem(name), pile)
    if not any(grid.rows for grid in pile.grids):
        raise Refused(Fault.EMPTY if is_paste else Fault.NO_CELLS)
    return pile


def _stem(name: str) -> str:
    stem = name.replace("\\", "/").rpartition("/")[2]
    return (stem.rpartition(".")[0] or stem)[:_LONGEST_STEM]
