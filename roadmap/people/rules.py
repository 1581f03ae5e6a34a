"""What looks alike in the register of organisations. Knows no database."""

import re

# What one office writes and another leaves out.
FILLERS = frozenset(
    {"dan", "serta", "dengan", "di", "of", "and", "the", "kota", "kabupaten", "kab", "provinsi"}
)
SHORT_FORMS = {
    "din": "dinas",
    "disdik": "dinas pendidikan",
    "dinsos": "dinas sosial",
    "dinkes": "dinas kesehatan",
    "diskominfo": "dinas kominfo",
    "bag": "bagian",
    "kec": "kecamatan",
    "kel": "kelurahan",
    "setda": "sekretariat daerah",
    "yay": "yayasan",
    "lsm": "lembaga swadaya masyarakat",
    "perk": "perkumpulan",
}


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are one, whatever the case and the spaces."""
    return _folded(one) == _folded(other)


def are_alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Tell whether two organisations (name, abbreviation) look like the same one to a careful clerk."""
    names = [_essence(text) for text in (*one, *other)]
    mine, theirs = {name for name in names[:2] if name}, {name for name in names[2:] if name}
    if mine & theirs:
        return True
    return bool(
        {_initials(one[0]), _folded(one[1])} - {""} & {_folded(other[1]), _folded(other[0])} - {""}
        or {_initials(other[0])} - {""} & {_folded(one[1]), _folded(one[0])} - {""}
    )


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _words(text: str) -> list[str]:
    plain = re.sub(r"[^\w\s]", " ", text.casefold().replace("&", " dan "))
    spelt = " ".join(SHORT_FORMS.get(word, word) for word in plain.split())
    return [word for word in spelt.split() if word not in FILLERS]


def _essence(text: str) -> str:
    return "".join(_words(text))


def _initials(text: str) -> str:
    words = _words(text)
    return "".join(word[0] for word in words) if len(words) > 2 else ""  # noqa: PLR2004 - two letters name too much
