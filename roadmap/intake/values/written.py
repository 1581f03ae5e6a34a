"""What stands in a cell as text, whatever kind of cell it is."""

from datetime import date
from decimal import Decimal

from roadmap.intake.books import Cell, CellKind
from roadmap.intake.likeness import fold
from roadmap.intake.synonyms import DITTO_SIGNS, DITTO_WORDS, PLACEHOLDER_SIGNS, PLACEHOLDER_WORDS

_MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
LONGEST_DITTO = 30


def text_of(cell: Cell) -> str:
    """Give what a person reads in a cell; empty for a lone dash, unless the cell says that it means a dash."""
    match cell.kind:
        case CellKind.NUMBER:
            return _number(cell)
        case CellKind.DATE:
            return _day(cell.text)
        case CellKind.FLAG:
            return "Ya" if cell.text == "1" else "Tidak"
        case CellKind.ERROR:
            return ""
    return "" if cell.text.strip() == "-" and not cell.is_literal else cell.text


def is_ditto(cell: Cell | None) -> bool:
    """Tell whether a cell says "as above": sda, idem, a ditto sign."""
    if cell is None or cell.kind is not CellKind.TEXT or len(cell.text) > LONGEST_DITTO:
        return False
    return cell.text.strip() in DITTO_SIGNS or fold(cell.text) in DITTO_WORDS


def is_placeholder(cell: Cell) -> bool:
    """Tell whether a cell only keeps a place: "Insert", "…", "(kosong)", "#"."""
    typed = cell.text.strip().strip("\"'“”")
    if cell.kind is not CellKind.TEXT or not typed or len(typed) > LONGEST_DITTO:
        return False
    return set(typed) <= PLACEHOLDER_SIGNS or fold(typed) in PLACEHOLDER_WORDS


def _number(cell: Cell) -> str:
    if not cell.is_percent:
        return cell.text.replace(".", ",")
    try:
        shown = format(Decimal(cell.text).scaleb(2), "f")
    except ArithmeticError:
        return cell.text
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown}%".replace(".", ",")


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
