"""Words as they are looked for: without case and accents, and with the other forms an Indonesian word takes.

Pure. An index and a question pass the same functions, so that both engines compare the same words.
"""

import re
import unicodedata
from functools import lru_cache

LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")
_VOWELS = "aiueo"


def fold(text: str) -> str:
    """Give a text without case and accents; letters that have none stay as they are."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()


def words_of(text: str) -> list[str]:
    """Give the words of a text as they are looked for, each cut to LONGEST_WORD letters."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


# --- The forms of one word ------------------------------------------------------------------------------

# What stands before a root, by the letter it begins with: men- before t lets the t fall (tulis, menulis).
_NASALS = (
    # (the prefix as written, what may follow it, the letters that may have fallen)
    ("meny", _VOWELS, ("s",)),
    ("peny", _VOWELS, ("s",)),
    ("meng", _VOWELS + "gh", ("", "k")),
    ("peng", _VOWELS + "gh", ("", "k")),
    ("mem", "bfvp", ("",)),
    ("pem", "bfvp", ("",)),
    ("mem", _VOWELS, ("p", "m")),
    ("pem", _VOWELS, ("p", "m")),
    ("men", "cdjzs", ("",)),
    ("pen", "cdjzs", ("",)),
    ("men", _VOWELS, ("t", "n")),
    ("pen", _VOWELS, ("t", "n")),
    ("me", "lmnrwy", ("",)),
    ("pe", "lmnrwy", ("",)),
)
_PLAIN_PREFIXES = ("memper", "diper", "member", "pember", "diber", "ber", "ter", "per", "di", "ke", "se")
_SUFFIXES = ("", "i", "an", "kan", "nya", "annya")
# Roots that take their prefixes in a way of their own.
_UNLIKE = {
    "belajar": "ajar",
    "pelajar": "ajar",
    "bekerja": "kerja",
    "pekerja": "kerja",
    "beternak": "ternak",
    "peternak": "ternak",
}
# Small words that a root may look like: whoever looks for memakai does not look for maka.
_SMALL = frozenset(
    "ada adalah agar akan antara atau bagi bahwa bila bukan dalam dapat dari dengan demi hanya harus ialah ingin "
    "itulah jika juga kami kita lagi lain lebih maka mana masih mereka oleh pada para perlu pula saat saja sama "
    "sampai sangat sebab sebagai secara seperti serta setiap suatu sudah supaya tapi telah tentang tetap tiap "
    "tidak untuk yaitu yakni yang".split()
)
SHORTEST_ROOT, LONGEST_ROOT = 4, 30
BARE = 2  # me- and pe- without a nasal stand before a letter that takes none, and a vowel
SHORTEST_BETWEEN = 3  # with something taken off at both ends, or after meng-: mengadu, pengaduan


@lru_cache(maxsize=4096)
def forms_of(word: str) -> frozenset[str]:
    """Give a folded word with the forms it shares a root with: melayani for pelayanan. At most some 300.

    A guess by the rules of affixes, without a dictionary: it may name words that do not exist, and it does not
    know every exception. Numbers and short words stand for themselves.
    """
    if not word.isalpha() or not word.isascii() or not SHORTEST_ROOT <= len(word) <= LONGEST_ROOT:
        return frozenset({word})
    if word in _SMALL:
        return frozenset({word})
    return frozenset({word}.union(*(_forms(root) for root in _roots(word)))) - _SMALL


def _roots(word: str) -> set[str]:
    roots = {word}
    for suffix in _SUFFIXES:
        if not word.endswith(suffix):
            continue
        stem = word.removesuffix(suffix)
        if stem in _UNLIKE:
            roots.add(_UNLIKE[stem])
        elif suffix and len(stem) >= SHORTEST_ROOT:
            roots.add(stem)
        roots |= _without_prefix(stem, SHORTEST_BETWEEN if suffix in {"i", "an", "kan"} else SHORTEST_ROOT)
    return roots


def _without_prefix(stem: str, shortest: int) -> set[str]:
    found = set()
    for prefix, following, fallen in _NASALS:
        rest = stem.removeprefix(prefix)
        if rest == stem or rest[:1] not in following or (len(prefix) == BARE and rest[1:2] not in _VOWELS):
            continue
        least = SHORTEST_BETWEEN if prefix in {"meng", "peng"} else shortest
        found |= {letter + rest for letter in fallen if len(letter + rest) >= least}
    for prefix in _PLAIN_PREFIXES:
        rest = stem.removeprefix(prefix)
        if rest != stem and len(rest) >= shortest:
            found.add(rest)
    return found


def _forms(root: str) -> set[str]:
    active, agent = "me" + _with_nasal(root), "pe" + _with_nasal(root)
    verbs = (root, f"di{root}", f"ter{root}", active, f"memper{root}", f"diper{root}")
    nouns = (root, f"{root}an", agent, f"{agent}an", f"per{root}an", f"ke{root}an")
    found = {f"{verb}{suffix}" for verb in verbs for suffix in ("", "i", "kan")}
    found |= {f"{noun}{suffix}" for noun in nouns for suffix in ("", "nya")}
    found |= {f"ber{root}", f"ber{root}kan", f"ber{root}an", f"se{root}"}
    found |= {f"member{root}kan", f"diber{root}kan", f"pember{root}an"}
    for word in (word for word, unlike in _UNLIKE.items() if unlike == root):
        found |= {word, f"{word}an"}
    return found


def _with_nasal(root: str) -> str:
    first, rest = root[0], root[1:]
    if first in "pbfv":
        return f"m{rest}" if first == "p" else f"m{root}"
    if first in "tdcjz":
        return f"n{rest}" if first == "t" else f"n{root}"
    if first == "s":
        return f"ny{rest}"
    if first == "k":
        return f"ng{rest}"
    return f"ng{root}" if first in f"{_VOWELS}gh" else root
