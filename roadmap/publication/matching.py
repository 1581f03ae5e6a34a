"""Whether words that somebody types are in a text: each a beginning of one of its words, whatever its affixes. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_ROOT = 4
MOST_WORDS, LONGEST_WORD = 12, 40

# What stands before a root, and the letters that may have been lost behind it (menulis: tulis; memakai: pakai).
_BEFORE = (
    ("meng", "k"),
    ("peng", "k"),
    ("meny", "s"),
    ("peny", "s"),
    ("mem", "p"),
    ("pem", "p"),
    ("men", "t"),
    ("pen", "t"),
    ("me", ""),
    ("pe", ""),
    ("ber", ""),
    ("ter", ""),
    ("per", ""),
    ("di", ""),
    ("ke", ""),
    ("se", ""),
)
_BEHIND = ("kannya", "annya", "inya", "nya", "kan", "an", "i")
_VOWELS = frozenset("aeiou")


def words_of(text: str) -> list[str]:
    """Give the words of a text without capitals and accents."""
    if not text.isascii():
        text = "".join(
            char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
        )
    return _WORD.findall(text.casefold())


def searchable(texts: Iterable[str]) -> str:
    """Give texts as one line of all their words and roots, each behind a space, for `matches`."""
    words = {word for text in texts for word in words_of(text)}
    found = {form for word in words for form in _forms(word)}
    return f" {' '.join(sorted(found))} "


def asked_forms(typed: str) -> list[frozenset[str]]:
    """Give each word that was typed with its roots; so many words, and so long, as a search needs."""
    return [frozenset(_asked_forms(word[:LONGEST_WORD])) for word in words_of(typed)[:MOST_WORDS]]


def matches(line: str, asked: Iterable[frozenset[str]]) -> bool:
    """Tell whether of every word that was typed a form begins a word of a searchable line."""
    return all(any(f" {form}" in line for form in forms) for forms in asked)


@lru_cache(maxsize=20_000)
def _forms(word: str) -> frozenset[str]:
    """Give a word and what is left of it without what stands before its root."""
    forms = {word}
    for before, lost in _BEFORE:
        rest = word[len(before) :]
        if word.startswith(before) and len(rest) >= _SHORTEST_ROOT:
            forms.add(rest)
            if lost and rest[0] in _VOWELS:
                forms.add(lost + rest)
            break
    return frozenset(forms)


def _asked_forms(word: str) -> set[str]:
    forms = set(_forms(word))
    for behind in _BEHIND:
        forms |= {
            form.removesuffix(behind)
            for form in tuple(forms)
            if form.endswith(behind) and len(form) - len(behind) >= _SHORTEST_ROOT
        }
    return forms
