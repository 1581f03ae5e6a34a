"""How long a text may be. Nothing is cut: what is too long comes back whole, with how much of it is too much.

Letters are counted as the text is stored: code points, a line end is one, whitespace at the ends none.
"""

from roadmap.errors import NotValid
from roadmap.text.normal import normalise, normalise_line
from roadmap.text.numbers import write_number
from roadmap.text.words import N_

TOO_LONG = N_(
    "Terlalu panjang: %(length)s huruf, lebih %(over)s dari batas %(limit)s. "
    "Tulisan Anda tetap utuh; pendekkan, lalu kirim lagi."
)
# Where nobody can say by how much: the box itself says it.
JUST_TOO_LONG = N_("Terlalu panjang. Tulisan Anda tetap utuh; pendekkan, lalu kirim lagi.")

# What people say to one another, and why they do something.
LONGEST_WORDS, LONGEST_REASON = 10_000, 2_000

# Stored text is longer than what was typed by less than this, in any script.
MOST_GROWTH = 3


def excess(text: str, limit: int) -> dict[str, str] | None:
    """Tell how long a stored text is and by how much too long, to fill TOO_LONG; None where it is not."""
    length = len(text)
    if length <= limit:
        return None
    return {
        "length": write_number(length),
        "over": write_number(length - limit),
        "limit": write_number(limit),
    }


def excess_of_typed(text: str, limit: int, *, is_line: bool = False) -> dict[str, str] | None:
    """Tell the same of a text as it was typed."""
    if len(text) * MOST_GROWTH <= limit:
        return None
    return excess((normalise_line if is_line else normalise)(text), limit)


def bounded(name: str, text: str, limit: int) -> str:
    """Give a stored text back as it is. Raises NotValid where it is too long."""
    if told := excess(text, limit):
        raise NotValid({name: JUST_TOO_LONG}, TOO_LONG, **told)
    return text
