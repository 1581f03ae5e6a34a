"""Text without markup: for mails, table cells, addresses and spreadsheets."""

import re
import unicodedata

from roadmap.text.normal import normalise_line

_ELLIPSIS = "…"

# --- Markdown taken off ---------------------------------------------------------------------------------

_LINE_MARKERS = re.compile(r"[ \t]*(?:>[ \t]?|#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}\.[ \t]+)")
_DEFINITION = re.compile(r"[ ]{0,3}\*?\[[^\[\]\n]{1,200}\][ ]?:")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\(([^()\s]{0,2000})(?:[ ]\"[^\"\n]{0,500}\")?\)")
_EMPHASIS = re.compile(
    r"(?<!\\)(?:(?<![\w*])\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?![\w*])|(?<![\w_])_{1,3}(?=\w)|(?<=\w)_{1,3}(?![\w_]))",
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_RULE_CHARACTERS = frozenset("-=_*|: ")
_MARKERS_PER_LINE = 12


def plain(source: str) -> str:
    """Give Markdown as plain text, line by line, with each link's address behind its words; in linear time.

    It strips marks and does not parse: an odd mark may stay. The result is not safe HTML. Raises nothing.
    """
    lines = (_plain_line(line) for line in source.split("\n") if not _DEFINITION.match(line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _plain_line(line: str) -> str:
    if line and len(line) > 1 and set(line) <= _RULE_CHARACTERS:
        return ""
    line = _without_markers(line)
    line = _LINK.sub(_words_and_address, line)
    line = _AUTOLINK.sub(r"\1", line)
    line = _EMPHASIS.sub("", line).replace("`", "")
    line = _ESCAPE.sub(r"\1", line)
    if line.startswith("|"):
        line = " · ".join(cell.strip() for cell in line.strip("| ").split("|"))
    return line.rstrip()


def _without_markers(line: str) -> str:
    start = 0
    for _ in range(_MARKERS_PER_LINE):
        marker = _LINE_MARKERS.match(line, start)
        if marker is None:
            break
        start = marker.end()
    return line[start:]


def _words_and_address(link: re.Match[str]) -> str:
    words, address = link.group(1), link.group(2)
    if not words or words == address:
        return address
    return f"{words} ({address})" if address else words


def excerpt(text: str, length: int) -> str:
    """Give at most `length` characters of the text as one line, cut between words and ended by an ellipsis.

    Raises ValueError when `length` is below 1.
    """
    if length < 1:
        raise ValueError("an excerpt has at least one character")
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    before_last_word, space, _ = cut.rpartition(" ")
    # The cut may fall exactly between two words; a single long word is cut inside.
    if line[length - 1] != " " and space:
        cut = before_last_word
    return cut.rstrip(" ,;:.-–—") + _ELLIPSIS


# --- Addresses ------------------------------------------------------------------------------------------

_APOSTROPHES = re.compile("['’‘ʼ`´]")
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Give the text as ASCII kebab-case for an address; empty when it has no Latin letter or digit.

    Apostrophes vanish (Jum’at, jumat), every other character that is not a letter or digit parts two words.
    """
    letters = unicodedata.normalize("NFKD", normalise_line(_APOSTROPHES.sub("", text)))
    # Foreign letters and accents vanish inside a word; what stands between words parts them.
    kept = (char for char in letters if char.isascii() or not (char.isalpha() or unicodedata.combining(char)))
    return _NOT_IN_A_SLUG.sub("-", "".join(kept).lower()).strip("-")


# --- Amounts in words -----------------------------------------------------------------------------------

LARGEST_SPELLED = 10**15

_UNITS = tuple("nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split())
_TWENTY = 20
_SCALES = (
    (10**12, "satu triliun", "triliun"),
    (10**9, "satu miliar", "miliar"),
    (10**6, "satu juta", "juta"),
    (1000, "seribu", "ribu"),
    (100, "seratus", "ratus"),
)


def spell_rupiah(amount: int) -> str:
    """Give a whole amount in Indonesian words, without the word rupiah ("empat ratus dua puluh juta").

    Raises ValueError beyond ±10^15.
    """
    if abs(amount) > LARGEST_SPELLED:
        raise ValueError(f"{amount} is beyond the amounts that are spelled out")
    if amount < 0:
        return f"minus {_spelled(-amount)}"
    return _spelled(amount)


def _spelled(number: int) -> str:
    for size, one, many in _SCALES:
        if number >= size:
            return _counted(size, one, many, number)
    if number < len(_UNITS):
        return _UNITS[number]
    if number < _TWENTY:
        return f"{_UNITS[number - 10]} belas"
    return _joined(f"{_UNITS[number // 10]} puluh", number % 10)


def _counted(size: int, one: str, many: str, number: int) -> str:
    count, rest = divmod(number, size)
    return _joined(one if count == 1 else f"{_spelled(count)} {many}", rest)


def _joined(words: str, rest: int) -> str:
    return f"{words} {_spelled(rest)}" if rest else words


# --- Cells of spreadsheets ------------------------------------------------------------------------------

# What a spreadsheet may take for a formula, or what hides one from the eye; with the full-width forms.
_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_QUOTE = "'"


def neutralise_cell(text: str) -> str:
    """Give the text as a cell that no spreadsheet runs: a leading formula sign gets a `'` before it.

    A text whose own quotes stand before such a sign gets one more, so `restore_cell` gives back every text.
    """
    return _QUOTE + text if _is_guarded_or_formula(text) else text


def restore_cell(cell: str) -> str:
    """Give the text that `neutralise_cell` made this cell from, any other cell as it is."""
    if cell.startswith(_QUOTE) and _is_guarded_or_formula(cell):
        return cell[1:]
    return cell


def _is_guarded_or_formula(text: str) -> bool:
    return text.lstrip(_QUOTE).startswith(_STARTS_A_FORMULA)
