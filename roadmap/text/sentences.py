"""Cuts a text into sentences and lines, with the whitespace between them as pieces of its own.

Joined again the pieces are the text. What looks like an end of a sentence and is none (an abbreviation, an initial,
a number of a list) is not cut; neither is a point before a lower-case letter or a digit.
"""

import re

# Words whose point ends no sentence, in lower case; Indonesian first, as offices write.
ABBREVIATIONS = frozenset(
    """
    no nomor kab kota kec kel ds dsn jl jln gg rt rw tgl thn tahun th hal hlm lamp ps psl ay ayat pt cv ud tbk yay
    dll dsb dst dkk tsb tgl yth sdr sdri bpk ibu dr drs dra ir prof h hj kh st sh mh mm msi spd mpd se skm amd
    sda s.d.a s.d a.n u.b u.p a.l an ub up sd cq c.q d.a d/a i.e e.g etc vs cf ca jo juncto kep perda perwali perbup
    permen perpres pergub pp uu mr mrs ms jan feb mar apr jun jul agu agt sep sept okt nov des aug oct dec
    rp kg km ha cm mm
    """.split()
)
LONGEST_ABBREVIATION = max(map(len, ABBREVIATIONS))

_SPACE = re.compile(r"\s+")
_CLOSING = "\"'”’»)]}*_"
_ENDS = ".!?…"


def pieces(text: str) -> list[str]:
    """Cut a text into sentences and lines and the whitespace between them; joined they are the text again."""
    found: list[str] = []
    start = 0
    for space in _SPACE.finditer(text):
        if space.start() > start and not _parts(text, start, space):
            continue
        if space.start() > start:
            found.append(text[start : space.start()])
        found.append(space.group())
        start = space.end()
    if start < len(text):
        found.append(text[start:])
    return found


def _parts(text: str, start: int, space: re.Match[str]) -> bool:
    """Tell whether whitespace stands between two pieces and not within a sentence."""
    if "\n" in space.group() or space.end() == len(text):
        return True
    following = text[space.end()]
    if following.islower() or following.isdigit():
        return False
    sentence = text[max(start, space.start() - LONGEST_ABBREVIATION - 8) : space.start()].rstrip(_CLOSING)
    if not sentence.endswith(tuple(_ENDS)):
        return False
    return not sentence.endswith(".") or sentence.endswith("..") or not _is_short(sentence[:-1])


def _is_short(before: str) -> bool:
    """Tell whether the word before a point is an abbreviation, an initial or the number of a list."""
    words = before.split()
    word = words[-1].lstrip("(['\"“‘*_").lower() if words and not before[-1:].isspace() else ""
    if word.isdigit():
        return len(words) == 1
    return len(word) <= 1 or word in ABBREVIATIONS
