"""Reading what was typed about people: lines, e-mail addresses, days, choices; a sentence where it cannot stand."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import TypeVar

from email_validator import EmailNotValidError, validate_email

from roadmap.errors import NotValid
from roadmap.text.lengths import bounded
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_

T = TypeVar("T")

LONGEST_EMAIL = 254
MOST_AT_ONCE = 100
LONGEST_NAMED, MOST_NAMED = 60, 5


def read_line(field: str, text: str, limit: int, *, required: bool = True) -> str:
    """Read one line. Raises NotValid for an empty one where something is needed, and for a longer one."""
    line = normalise_line(text)
    if required and not line:
        raise NotValid({field: N_("Isian ini perlu diisi.")})
    return bounded(field, line, limit)


def read_email(field: str, text: str) -> str:
    """Read an e-mail address in the one form it is stored in. Raises NotValid."""
    line = text.strip()
    try:
        if not line.isprintable():
            raise EmailNotValidError
        found = validate_email(line, check_deliverability=False, test_environment=True)
    except EmailNotValidError as problem:
        raise NotValid(
            {field: N_("Tulis alamat surel yang lengkap, misalnya nama@contoh.go.id.")}
        ) from problem
    address = found.normalized.lower()
    if len(address) > LONGEST_EMAIL:
        raise NotValid({field: N_("Alamat surel ini terlalu panjang.")})
    return address


def read_emails(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Read addresses, each once; the second part holds what is none, cut so that a sentence can name it."""
    read: list[str] = []
    strange: list[str] = []
    for text in texts:
        try:
            read.append(read_email("emails", text))
        except NotValid:
            strange.append(text if len(text) <= LONGEST_NAMED else f"{text[:LONGEST_NAMED]}…")
    return list(dict.fromkeys(read)), strange[:MOST_NAMED]


def split_addresses(text: str) -> list[str]:
    """Part what was typed into one box: an address on each line, or commas or semicolons between them."""
    return [part.strip() for part in re.split(r"[\n\r,;]+", text) if part.strip()]


def read_choice(field: str, text: str, choices: Collection[str]) -> str:
    """Read one of a list. Raises NotValid for anything else."""
    if text not in choices:
        raise NotValid({field: N_("Pilih salah satu dari daftar.")})
    return text


def read_day(field: str, text: str) -> date | None:
    """Read a day written as a date box sends it, or nothing. Raises NotValid."""
    line = normalise_line(text)
    if not line:
        return None
    try:
        return date.fromisoformat(line)
    except ValueError as problem:
        raise NotValid({field: N_("Tulis tanggal yang ada, misalnya 2027-12-31.")}) from problem


def read_all(readers: Mapping[str, Callable[[], T]]) -> dict[str, T]:
    """Read every field. Raises NotValid with the sentences of all that cannot stand, not only the first."""
    errors: dict[str, str] = {}
    read: dict[str, T] = {}
    for field, reader in readers.items():
        try:
            read[field] = reader()
        except NotValid as problem:
            errors |= problem.errors
    if errors:
        raise NotValid(errors)
    return read
