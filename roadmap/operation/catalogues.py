"""The catalogues: every sentence of the house, taken from its source, in both languages, and what must hold of them.

The Indonesian sentence is its own id. The files are the same whoever writes them and whenever: sorted, without
line numbers, dates or names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from roadmap.resources import resource

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"
LANGUAGES = ("id", "en")
KEYWORDS: Mapping[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}
# The machine's words, and those that ux.md 8 keeps off the screen.
BANNED = {
    "id": r"changeset|seq|digest|hash|uid|versi|revisi(?!on)|kamu|utas|error|invalid|gagal|galat|bentrok"
    r"|submit|approve|deadline|anda tidak berhak|salah(?! satu)",
    "en": r"changeset|seq|digest|hash|uid|version number|invalid|error|failed|forbidden",
}
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

Id = str | tuple[str, str]


@dataclass(frozen=True)
class Fault:
    """What does not hold of one sentence in one catalogue."""

    language: str
    sentence: str
    what: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.language}: {self.what}: {self.sentence!r}"


def extract() -> list[Id]:
    """Give every sentence marked in the code and in the templates, once, in order."""
    found: set[Id] = set()
    house = Path(__file__).resolve().parent.parent
    for path in sorted(house.rglob("*.py")):
        found |= _sentences_in("python", path)
    for path in sorted(resource("templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".svg", ".xml"}:
            found |= _sentences_in("jinja2.ext:babel_extract", path)
    return sorted(found, key=_key)


def update(folder: Path = TRANSLATIONS) -> int:
    """Write both catalogues anew: Indonesian filled from its ids, English kept where it is and empty where it is new.

    Returns how many English sentences are still to be written.
    """
    sentences = extract()
    for language in LANGUAGES:
        path = _path(folder, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_written(language, sentences, folder))
    english = _said(folder, "en")
    return sum(_is_empty(english.get(sentence)) for sentence in sentences)


def faults(folder: Path = TRANSLATIONS) -> Iterator[Fault]:
    """Tell what does not hold: catalogues are as extraction gives them, complete, in our words, their places kept."""
    sentences = extract()
    for language in LANGUAGES:
        path = _path(folder, language)
        if not path.exists() or path.read_bytes() != _written(language, sentences, folder):
            yield Fault(
                language, str(path), "differs from what the source says; run `roadmap words --update`"
            )
        for sentence, message in _said(folder, language).items():
            yield from _faults_of(language, sentence, message)


def _sentences_in(method: str, path: Path) -> frozenset[Id]:
    return _sentences_as_of(method, path, path.stat().st_mtime_ns)


@cache
def _sentences_as_of(method: str, path: Path, _changed: int) -> frozenset[Id]:
    options = {"trimmed": "true", "silent": "false"} if "jinja2" in method else {}
    entries = extract_from_file(method, path, keywords=KEYWORDS, options=options)
    return frozenset(
        (str(entry[1][0]), str(entry[1][1])) if isinstance(entry[1], tuple) else str(entry[1])
        for entry in entries
        if entry[1]
    )


def _written(language: str, sentences: Iterable[Id], folder: Path) -> bytes:
    said = _said(folder, language)
    catalogue = Catalog(locale=language)
    for sentence in sentences:
        kept = said.get(sentence)
        string = kept.string if kept is not None and not kept.fuzzy and language != "id" else None
        catalogue.add(sentence, string or _blank(language, sentence, catalogue.num_plurals))
    out = BytesIO()
    write_po(
        out, catalogue, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True
    )
    header = HEADER.format(language=language, plural=catalogue.plural_forms)
    return header.encode() + out.getvalue()


def _blank(language: str, sentence: Id, forms: int) -> str | tuple[str, ...]:
    if language == "id":
        # Indonesian knows one form.
        return sentence if isinstance(sentence, str) else (sentence[1],) * forms
    return "" if isinstance(sentence, str) else ("",) * forms


def _said(folder: Path, language: str) -> dict[Id, Message]:
    path = _path(folder, language)
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=Locale(language))
    return {_id_of(message): message for message in catalogue if message.id}


def _id_of(message: Message) -> Id:
    if isinstance(message.id, str):
        return message.id
    return message.id[0], message.id[1]


def _faults_of(language: str, sentence: Id, message: Message) -> Iterator[Fault]:
    name = sentence if isinstance(sentence, str) else sentence[0]
    if message.fuzzy or _is_empty(message):
        yield Fault(language, name, "not translated")
        return
    wanted = _places(sentence if isinstance(sentence, str) else " ".join(sentence))
    for string in _strings(message):
        if _places(string) - wanted or (isinstance(sentence, str) and _places(string) != wanted):
            yield Fault(language, name, "names other places than its id")
        # What stands in a place is not read; what people read has no machine word in it.
        read = PLACE.sub(" ", string)
        for word in re.findall(rf"\b(?:{BANNED[language]})\b", read, re.IGNORECASE):
            yield Fault(language, name, f"says {word!r}, which no reader should meet")
        if "!" in read:
            yield Fault(language, name, "shouts")


def _is_empty(message: Message | None) -> bool:
    return message is None or not all(_strings(message))


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _places(text: str) -> set[str]:
    return {match.group(0) for match in PLACE.finditer(text)}


def _key(sentence: Id) -> tuple[str, str]:
    return (sentence, "") if isinstance(sentence, str) else sentence


def _path(folder: Path, language: str) -> Path:
    return folder / language / "LC_MESSAGES" / "messages.po"
