"""Passwords: how they are hashed, and which ones are too easy to guess."""

from functools import cache
from pathlib import Path
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from roadmap.text.normal import normalise_line
from roadmap.text.words import N_

SHORTEST, LONGEST = 12, 128
COMMON = Path(__file__).with_name("common_passwords.txt")
OUR_WORDS = ("petajalan", "petajalanham", "roadmap", "katasandi")
_SHORTEST_PART = 4

# OWASP's floor for Argon2id; more memory would let a handful of sign-ins exhaust a small server.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_cheaply() -> None:
    """Hash at next to no cost from now on; only for tests (`Config.testing`)."""
    globals()["_hasher"] = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    _dummy.cache_clear()


def hash_password(password: str) -> str:
    """Hash a password with Argon2id and a salt of its own."""
    return _hasher.hash(_as_hashed(password))


def is_right(password: str, password_hash: str | None) -> bool:
    """Tell whether a password is the one that was hashed; an unknown account costs the same time."""
    try:
        _hasher.verify(password_hash or _dummy(), _as_hashed(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Tell whether a hash was made with parameters other than today's."""
    return _hasher.check_needs_rehash(password_hash)


def trouble_with(password: str, *, name: str = "", email: str = "") -> str | None:
    """Say in a sentence why a password may not be chosen, or None."""
    if len(password) < SHORTEST:
        return N_("Kata sandi paling sedikit 12 huruf. Beberapa kata yang mudah Anda ingat sudah cukup.")
    if len(password) > LONGEST:
        return N_("Kata sandi paling banyak 128 huruf.")
    plain = _bare(password)
    letters = "".join(sign for sign in plain if not sign.isdigit())
    # A common word stays one with a year behind it; aaaa… and abababab… are none, but no better.
    if {plain, letters} & common_passwords() or len(set(password)) <= 2:  # noqa: PLR2004
        return N_("Kata sandi ini terlalu mudah ditebak. Pilih yang lain.")
    parts = [_bare(part) for part in (email.partition("@")[0], email.partition("@")[2], name, *name.split())]
    if any(part in plain for part in (*parts, *OUR_WORDS) if len(part) >= _SHORTEST_PART):
        return N_("Jangan memakai nama, alamat surel, atau nama aplikasi ini di dalam kata sandi.")
    return None


@cache
def common_passwords() -> frozenset[str]:
    """Give the passwords that people who guess try first, without signs and in small letters."""
    return frozenset(COMMON.read_text(encoding="utf-8").split())


def _bare(text: str) -> str:
    return "".join(sign for sign in normalise_line(text).casefold() if sign.isalnum())


def _as_hashed(password: str) -> str:
    # The same letters typed on two devices may arrive composed and decomposed; more than can be right is cut.
    return normalize("NFC", password[: LONGEST + 1])


@cache
def _dummy() -> str:
    return _hasher.hash("nobody has this password")
