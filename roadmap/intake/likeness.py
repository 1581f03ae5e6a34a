"""How alike two names are: case, spacing, punctuation, abbreviations, a slip of the pen. Knows no database.

A register finds the likely twins of a name among many without comparing it with each.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from roadmap.people.rules import FILLERS, SHORT_FORMS

# Below this nobody would take two names for one.
TWIN = 0.82
# Above this there is no doubt but that of a careful clerk.
SAME_ESSENCE = 0.97
MOST_TWINS = 5
LONGEST = 400
MOST_LOOKED_AT = 12
LEAST_SHARED = 0.35
# "Dinas Sosial" and "Dinas Sosial Kota Contoh": the same with more said, perhaps.
WITH_MORE = 0.85
MOST_MORE = 3
_DIRECTIONS = frozenset("utara selatan timur barat tengah tenggara laut daya pusat hulu hilir".split())

HEADS = frozenset("dinas badan bagian kantor biro".split())
_LEVELS = {
    "provinsi": "provinsi",
    "prov": "provinsi",
    "kementerian": "pusat",
    "kemen": "pusat",
    "desa": "desa",
    "kelurahan": "kelurahan",
    "kecamatan": "kecamatan",
}
_MORE_SHORT_FORMS = {
    "prov": "provinsi",
    "kab": "kabupaten",
    "kemen": "kementerian",
    "kemensos": "kementerian sosial",
    "kemenag": "kementerian agama",
    "kankemenag": "kantor kementerian agama",
    "bappeda": "badan perencanaan pembangunan daerah",
    "bapeda": "badan perencanaan pembangunan daerah",
    "bapperida": "badan perencanaan pembangunan riset inovasi daerah",
    "bappelitbang": "badan perencanaan pembangunan penelitian pengembangan",
    "bappelitbangda": "badan perencanaan pembangunan penelitian pengembangan daerah",
    "bapelitbangda": "badan perencanaan pembangunan penelitian pengembangan daerah",
    "disdukcapil": "dinas kependudukan pencatatan sipil",
    "dukcapil": "dinas kependudukan pencatatan sipil",
    "disnaker": "dinas tenaga kerja",
    "distan": "dinas pertanian",
    "dispora": "dinas pemuda olahraga",
    "disperkim": "dinas perumahan kawasan permukiman",
    "perkim": "dinas perumahan kawasan permukiman",
    "dishub": "dinas perhubungan",
    "dlh": "dinas lingkungan hidup",
    "pupr": "pekerjaan umum penataan ruang",
    "dpupr": "dinas pekerjaan umum penataan ruang",
    "dpmd": "dinas pemberdayaan masyarakat desa",
    "dp3a": "dinas pemberdayaan perempuan perlindungan anak",
    "dpppa": "dinas pemberdayaan perempuan perlindungan anak",
    "dinsosp3a": "dinas sosial pemberdayaan perempuan perlindungan anak",
    "kominfo": "komunikasi informatika",
    "diskominfo": "dinas komunikasi informatika",
    "kesbangpol": "badan kesatuan bangsa politik",
    "bakesbangpol": "badan kesatuan bangsa politik",
    "kesbang": "badan kesatuan bangsa politik",
    "setda": "sekretariat daerah",
    "setwan": "sekretariat dprd",
    "satpol": "satuan polisi",
    "pp": "pamong praja",
    "kesra": "kesejahteraan rakyat",
    "pkm": "puskesmas",
    "rsud": "rumah sakit umum daerah",
    "uptd": "unit pelaksana teknis daerah",
    "univ": "universitas",
    "pt": "perguruan tinggi",
    "tp": "tim penggerak",
    "ham": "hak asasi manusia",
    "komnas": "komisi nasional",
    "lbh": "lembaga bantuan hukum",
    "ppa": "perlindungan perempuan anak",
}
_SHORT = {**SHORT_FORMS, **_MORE_SHORT_FORMS}
_APART = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Give a name as people hear it: no case, no punctuation, one space between words."""
    return " ".join(_APART.sub(" ", text.casefold().replace("&", " dan ")).split())


def alike(one: str, other: str) -> float:
    """Tell how alike two names are, from 0 to 1; 1 means the same but for case, spaces and punctuation."""
    if fold(one) == fold(other):
        return 1.0
    mine, theirs = _words(one[:LONGEST]), _words(other[:LONGEST])
    if not mine or not theirs or _differ_in_kind(mine, theirs):
        return 0.0
    if "".join(mine) == "".join(theirs):
        return SAME_ESSENCE
    if _is_abbreviation(one, theirs) or _is_abbreviation(other, mine):
        return 0.95
    if _without_head(mine) == _without_head(theirs) and (mine[0] in HEADS) != (theirs[0] in HEADS):
        return 0.95
    return _by_letters(mine, theirs)


def twins(name: str, others: Iterable[str]) -> list[str]:
    """Give those of the others that a careful clerk would take for the same, the likest first."""
    return [key for key, _likeness in Register({other: other for other in others}).twins(name)]


class Register:
    """Many names by their keys; finds the few that are like another."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        """Take the names."""
        self._names: dict[str, list[str]] = {}
        self._known: dict[str, list[str]] = defaultdict(list)
        self._index: dict[str, list[int]] = defaultdict(list)
        self._rows: list[tuple[str, str, int]] = []
        for key, name in (names or {}).items():
            self.add(key, name)

    def add(self, key: str, name: str) -> None:
        """Take one more name; a key may have several."""
        grams = _grams(name)
        row = len(self._rows)
        self._rows.append((key, name, len(grams)))
        self._known[fold(name)].append(key)
        for gram in grams:
            self._index[gram].append(row)

    def same(self, name: str) -> list[str]:
        """Give the keys of the names that are the same but for case, spaces and punctuation."""
        return list(dict.fromkeys(self._known.get(fold(name), ())))

    def twins(self, name: str, least: float = TWIN) -> list[tuple[str, float]]:
        """Give keys with their likeness, the likest first; at most five."""
        found: dict[str, float] = {}
        for row in self._candidates(name):
            key, other, _size = self._rows[row]
            likeness = alike(name, other)
            if likeness >= least:
                found[key] = max(likeness, found.get(key, 0))
        return sorted(found.items(), key=lambda one: (-one[1], one[0]))[:MOST_TWINS]

    def _candidates(self, name: str) -> Sequence[int]:
        """Give the rows that share most with a name, by its three-letter pieces and initials."""
        grams = _grams(name)
        shared: Counter[int] = Counter()
        for gram in grams:
            shared.update(self._index.get(gram, ()))
        share = {row: 2 * shared[row] / (len(grams) + self._rows[row][2]) for row in shared}
        near = [row for row in share if share[row] >= LEAST_SHARED]
        ranked = sorted(near, key=lambda row: (-share[row], row))[:MOST_LOOKED_AT]
        initials = _initials(name[:LONGEST])
        sure = self._index.get(f"={initials}", ()) if initials else ()
        bare = " ".join(_without_head(fold(name[:LONGEST]).split()))
        named = [*self._index.get(_itself(name), ()), *self._index.get(f"={bare}", ())]
        return list(dict.fromkeys([*sure, *named, *ranked]))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Give the words that make a name, abbreviations written out, small words left out."""
    spelt = " ".join(_SHORT.get(word, word) for word in fold(text).split())
    words = tuple(word for word in spelt.split() if word not in FILLERS or word in _LEVELS)
    return words or tuple(spelt.split())


def _initials(text: str) -> str:
    words = [word for word in fold(text).split() if word not in FILLERS]
    return "".join(word[0] for word in words) if len(words) > 2 else ""  # noqa: PLR2004 - two letters name too much


def _grams(name: str) -> frozenset[str]:
    """Cut a name into what it is found by: pieces of three letters, and itself where it is short."""
    joined = "".join(_words(name[:LONGEST]))
    pieces = {joined[start : start + 3] for start in range(max(1, len(joined) - 2))}
    initials = _initials(name[:LONGEST])
    return frozenset(
        pieces | {f"={short}" for short in (initials, _bare_initials(name)) if short} | {_itself(name)}
    )


def _itself(name: str) -> str:
    return f"={fold(name[:LONGEST])}"


def _bare_initials(name: str) -> str:
    """Give the initials of a name without "Dinas" or "Badan"; empty where they are too few to name anything."""
    words = _without_head(_words(name[:LONGEST]))
    return "".join(word[0] for word in words) if len(words) > 2 else ""  # noqa: PLR2004 - as above


def _differ_in_kind(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Tell whether numbers or levels set two names apart: Puskesmas 1 and 2, a province's office and a city's."""
    return _marks(mine) != _marks(theirs)


def _marks(words: Sequence[str]) -> tuple[str, ...]:
    marks = {word for word in words if any(sign.isdigit() for sign in word)}
    marks |= {_LEVELS[word] for word in words if word in _LEVELS}
    marks |= {word for word in words if set(word) <= set("ivx") and word}
    return tuple(sorted(marks))


def _is_abbreviation(short: str, words: Sequence[str]) -> bool:
    letters = fold(short).replace(" ", "")
    # "PUPR", "DPUPR" and "Dinas PUPR" are one.
    bare = "".join(_without_head(tuple(fold(short).split())))
    initials, rest = ("".join(word[0] for word in some) for some in (words, _without_head(tuple(words))))
    return (len(letters) > 2 and letters in {initials, rest}) or (len(bare) > 2 and bare == rest)  # noqa: PLR2004


def _without_head(words: Sequence[str]) -> Sequence[str]:
    return words[1:] if len(words) > 1 and words[0] in HEADS else words


def _by_letters(mine: Sequence[str], theirs: Sequence[str]) -> float:
    """Compare word by word: a slip in a word is little, another word makes another name (Utara, Selatan)."""
    if len(mine) == len(theirs):
        each = [_ratio(one, other) for one, other in zip(mine, theirs, strict=True)]
        return min(0.96, (min(each) + sum(each) / len(each)) / 2)
    short, long = sorted((mine, theirs), key=len)
    if len(short) > 1 and tuple(long[: len(short)]) == tuple(short):
        more = long[len(short) :]
        return WITH_MORE if len(more) <= MOST_MORE and not _DIRECTIONS.intersection(more) else 0.7
    return 0.96 * _ratio(" ".join(mine), " ".join(theirs))


@lru_cache(maxsize=20_000)
def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.5 else 0.0  # noqa: PLR2004 - far below any twin
