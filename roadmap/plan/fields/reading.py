"""How single typed words are read: links, years, figures, and the office a person means."""

from decimal import Decimal
from urllib.parse import urlsplit

from roadmap.history.canonical import NOT_AVAILABLE, plain_decimal
from roadmap.plan.fields.base import Choices, FieldError
from roadmap.text.lengths import JUST_TOO_LONG
from roadmap.text.numbers import Unreadable, read_number
from roadmap.text.words import N_

FIRST_YEAR, LAST_YEAR = 1945, 2200
LONGEST_LINK = 2000


def read_link(text: str) -> str:
    """Read an http or https link. Raises FieldError for anything else."""
    try:
        parts = urlsplit(text)
    except ValueError as problem:
        raise FieldError(N_("Tautan ini tidak dapat dibaca. Salin lagi dari peramban.")) from problem
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc or " " in text:
        raise FieldError(N_("Tautan dimulai dengan https:// atau http://."))
    if len(text) > LONGEST_LINK:
        raise FieldError(JUST_TOO_LONG)
    return text


def read_year(text: str) -> int | None:
    """Read a year, or None for nothing. Raises FieldError outside the years a plan can speak of."""
    bare = text.strip()
    if not bare:
        return None
    if not (bare.isascii() and bare.isdecimal()) or not FIRST_YEAR <= int(bare[:9]) <= LAST_YEAR:
        raise FieldError(N_("Tulis tahun dengan empat angka, misalnya 2026."))
    return int(bare)


def read_figure(text: str, *, is_missing: bool) -> str | None:
    """Read a figure: a number, NA where it is said to be missing, or None for nothing."""
    bare = text.strip()
    if is_missing or bare.casefold() in {"na", "n/a", "tidak tersedia"}:
        return NOT_AVAILABLE
    if not bare:
        return None
    if bare.casefold() == "nihil":
        return "0"
    try:
        number: Decimal = read_number(bare)
    except Unreadable as problem:
        raise FieldError(str(problem)) from problem
    return plain_decimal(number)


def pick_organisation(words: str, choices: Choices) -> str | None:
    """Find the office a person means by uid, name or abbreviation. Raises FieldError for one that is not registered."""
    if not words:
        return None
    if words in choices.organisations:
        return words
    uid = choices.organisation_names.get(words.casefold())
    if uid is None:
        raise FieldError(
            N_(
                "“%(typed)s” belum ada di daftar kantor dan lembaga. Pilih dari saran, "
                "atau minta admin daerah menambahkannya."
            ),
            typed=words[:80],
        )
    return uid
