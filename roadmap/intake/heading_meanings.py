"""What one heading says by itself: what its column is about, how sure that is, and what it says of amounts. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from roadmap.exchange.columns import Target
from roadmap.intake.heading_words import (
    MEANINGS,
    MONEY_WORDS,
    REALISED_WORDS,
    SCALES,
    SOURCE_PHRASES,
    TARGET_WORDS,
    WEAK,
)
from roadmap.intake.layouts import Reading
from roadmap.text.finding import fold

PART = " · "
LONGEST_HEADING = 300
SURE, LIKELY, MAYBE = 3.0, 2.0, 1.0
MOST_WORDS = 12
THOUSAND = 1_000
SHORTEST_WORD = 4

Remembered = Mapping[str, tuple[Target, Reading]]

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# "Rp. 000", "x Rp1.000", "Rp 000.000"
_NOUGHTS = re.compile(r"\b(?:x )?(?:rp ?1?|x ?1?|idr ?1?)((?: 000){1,3})\b")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBER_BEHIND = re.compile(r"(?: \d{1,3})+$")
_PERIOD_CODE = re.compile(r"\b(b ?(?:0[1-9]|1[0-2])|tw ?(?:[1-4]|iv|i{1,3}))\b")


@dataclass
class Meant:
    """What one heading says: a meaning of `MEANINGS`, how sure, and what it says of the amounts."""

    meaning: str
    weight: float
    key: str = ""
    reading: Reading = field(default_factory=Reading)


def heading_key(heading: str) -> str:
    """Give a heading as it is remembered: case, marks and spacing do not count, years and brackets do."""
    return folded(heading)[:LONGEST_HEADING]


def weigh(heading: str, remembered: Remembered | None = None) -> float:
    """Say how much a text looks like a heading we know: 0 for not at all."""
    if remembered and heading_key(heading) in remembered:
        return SURE
    return read_heading(heading).weight


def period_code(heading: str) -> str:
    """Give the reporting period that a heading names: "B04" of "Ukuran B04"; empty for none."""
    found = _PERIOD_CODE.search(folded(heading))
    return found.group(1).replace(" ", "").upper() if found else ""


def folded(text: str) -> str:
    """Give the words of a text in small letters, without marks, with one space between them."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


@lru_cache(maxsize=4096)
def read_heading(heading: str) -> Meant:
    """Say what a heading means."""
    text = folded(heading)
    words = text.split()
    if not words or len(words) > MOST_WORDS or len(heading) > LONGEST_HEADING:
        return Meant("", 0)
    years = set(_YEAR.findall(text))
    if len(years) == 1:
        return _read_yearly(text, next(iter(years)), heading)
    return replace(_read_plain(heading, text), reading=_amounts(text))


def _read_yearly(text: str, year: str, heading: str) -> Meant:
    """Read a heading that names one year: an amount or a target of it, or the year of a baseline."""
    rest = _YEAR.sub(" ", text).split()
    words, reading = set(rest), _amounts(text)
    plain = _read_plain(_YEAR.sub(" ", heading), " ".join(rest))
    if plain.meaning.endswith(":baseline"):
        return replace(plain, reading=replace(reading, year=int(year)))
    if plain.meaning.endswith(":title") and plain.weight >= LIKELY:
        return plain
    # The lowest line says what the column is: "Capaian kinerja dan pendanaan · 2026 · Target" is a target.
    said = next((about for part in reversed(heading.split(PART)) if (about := _about(folded(part)))), "")
    key = f"{year} {reading.source or ''}".strip()
    match said:
        case "realised":
            return Meant("?:realised", MAYBE, year, reading)
        case "realised money":
            return Meant("action:realisation", LIKELY, key, reading)
        case "money":
            return Meant("action:budget", LIKELY, key, reading)
        case "target":
            return Meant("indicator:targets", LIKELY, year, reading)
    if not words - {"tahun", "year", "th", "thn"}:
        return Meant("?:year", LIKELY, year, reading)
    return replace(plain, reading=reading)


def _about(text: str) -> str:
    """Say whether one line of a heading speaks of money, of a target, of what was realised; empty for neither."""
    words = set(text.split())
    is_money = bool(words & (MONEY_WORDS | SCALES.keys())) or _amounts(text).source is not None
    if words & REALISED_WORDS:
        return "realised money" if is_money else "realised"
    if is_money:
        return "money"
    return "target" if words & TARGET_WORDS else ""


def _read_plain(heading: str, text: str) -> Meant:
    parts = heading.split(PART)
    tries = [
        (text, SURE),
        (folded(_IN_BRACKETS.sub(" ", heading)), SURE),
        (_NUMBER_BEHIND.sub("", text), LIKELY),
        (folded(parts[-1]), LIKELY),
        (folded(_IN_BRACKETS.sub(" ", parts[-1])), LIKELY),
        (folded(parts[0]), MAYBE),
    ]
    for wording, weight in tries:
        meaning = MEANINGS.get(wording)
        if meaning:
            return Meant(meaning, weight)
    if text in SOURCE_PHRASES and "apb" in text:
        return Meant("action:budget", LIKELY)
    return _contained(text.split())


def _contained(words: Sequence[str]) -> Meant:
    """Find the longest phrase we know among the words; of equals the first."""
    for length in range(min(len(words), 5), 0, -1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(words[start : start + length])
            if length == 1 and (len(phrase) < SHORTEST_WORD or phrase in WEAK):
                continue
            if phrase in MEANINGS:
                return Meant(MEANINGS[phrase], MAYBE)
    return Meant("", 0)


def _amounts(text: str) -> Reading:
    words = text.split()
    noughts = _NOUGHTS.search(text)
    scale = THOUSAND ** (len(noughts.group(1)) // 4) if noughts else None
    scale = next((SCALES[word] for word in words if word in SCALES), scale)
    padded = f" {text} "
    source = next((source for phrase, source in SOURCE_PHRASES.items() if f" {phrase} " in padded), None)
    return Reading(scale=scale, source=source)
