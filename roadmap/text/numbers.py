"""Numbers as Indonesians write them: comma for decimals, dots for thousands; what could be read two ways is asked."""

import re
from decimal import Decimal, InvalidOperation

from roadmap.text.words import N_

# No group begins with 0: 0,125 is an eighth.
_GROUPED_ID = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_GROUPED_EN = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_PLAIN = re.compile(r"\d+([.,]\d+)?")
_TWO_WAYS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
LONGEST_NUMBER = 40


class Unreadable(ValueError):
    """The text is no number, or could be two; its words say what to write instead."""


class TwoWays(Unreadable):
    """One dot or comma could mean two things; whoever knows the writer's sign for decimals may say it."""


def read_number(text: str, decimal: str | None = None) -> Decimal:
    """Read a decimal number. Raises Unreadable when it is none, and TwoWays when it could be two.

    `decimal` is the writer's sign for decimals, "," or ".", where it is known; it decides what could be two.
    """
    bare = _bare(text)
    is_negative = bare.startswith("-")
    bare = bare.removeprefix("-").removeprefix("+")
    if len(bare) > LONGEST_NUMBER or not bare or not bare.isascii():
        raise Unreadable(N_("Tulis angka saja, misalnya 72,9."))
    if _TWO_WAYS.fullmatch(bare):
        bare = _decided(bare, decimal)
    elif _GROUPED_ID.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif _GROUPED_EN.fullmatch(bare):
        bare = bare.replace(",", "")
    elif _PLAIN.fullmatch(bare):
        bare = bare.replace(",", ".")
    else:
        raise Unreadable(N_("Tulis angka saja, misalnya 72,9."))
    try:
        number = Decimal(bare)
    except InvalidOperation as problem:
        raise Unreadable(N_("Tulis angka saja, misalnya 72,9.")) from problem
    # copy_negate: arithmetic would round to the context's 28 digits.
    return number.copy_negate() if is_negative else number


def decimal_sign_of(text: str) -> str | None:
    """Tell the sign for decimals that a number gives away, "," or "."; None where it gives away none, or is none."""
    bare = _bare(text).removeprefix("-").removeprefix("+")
    if len(bare) > LONGEST_NUMBER or not bare.isascii() or _TWO_WAYS.fullmatch(bare):
        return None
    if _GROUPED_ID.fullmatch(bare):
        return ","
    if _GROUPED_EN.fullmatch(bare):
        return "."
    if _PLAIN.fullmatch(bare):
        return next((sign for sign in ",." if sign in bare), None)
    return None


def _bare(text: str) -> str:
    return "".join(text.split()).replace("\N{MINUS SIGN}", "-")


def _decided(bare: str, decimal: str | None) -> str:
    if decimal is None:
        raise TwoWays(
            N_("Angka ini dapat dibaca dua cara. Tulis tanpa pemisah ribuan, misalnya 1500 atau 1,5.")
        )
    return bare.replace(decimal, "D").replace(".", "").replace(",", "").replace("D", ".")


def read_rupiah(text: str) -> int:
    """Read an amount in whole rupiah: 'Rp 1.500.000,00' is 1500000. Raises Unreadable for anything else."""
    bare = "".join(text.split())
    bare = re.sub(r"^(rp\.?|idr)", "", bare, flags=re.IGNORECASE)
    bare = re.sub(r"(,00|,-|,--|\.00)$", "", bare)
    if re.fullmatch(r"[1-9]\d{0,2}((\.\d{3})+|(,\d{3})+)", bare):
        bare = bare.replace(".", "").replace(",", "")
    if not (bare.isascii() and bare.isdecimal()) or len(bare) > LONGEST_NUMBER:
        raise Unreadable(N_("Tulis rupiah bulat, misalnya 420.000.000."))
    return int(bare)


def write_number(number: Decimal | int | str) -> str:
    """Write a number with a decimal comma and dots for thousands: 1.081.275,5."""
    if isinstance(number, int):
        return f"{number:,}".replace(",", ".")
    text = format(Decimal(number), "f")
    sign = "-" if text.startswith("-") else ""
    whole, _, rest = text.removeprefix("-").partition(".")
    return f"{sign}{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")


def write_for_form(number: Decimal | int | str) -> str:
    """Write a number so that `read_number` reads it back: no thousands, and never readable in two ways."""
    text = format(Decimal(number), "f").replace(".", ",")
    return f"{text}0" if _TWO_WAYS.fullmatch(text.removeprefix("-")) else text
