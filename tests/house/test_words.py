"""The laws of the words: every sentence in the catalogues, complete, and no text in templates or refusals outside them."""

import ast
import re
from html import unescape
from pathlib import Path

import pytest

from roadmap.operation import catalogues

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# Names that are the same in both languages.
NAMES = {
    "Indonesia", "English", "Bahasa Indonesia", "Peta Jalan HAM", "HAM", "OPD", "OMS", "RPJMD", "RKPD", "CSV", "XLSX", "PDF", "QR", "Rp",
    "WIB", "WITA", "WIT", "SP4N-LAPOR!",
}  # fmt: skip
# The sheet of all parts is for whoever draws pages; it is served in development only.
EXEMPT = {"templates/web/components.html"}
SPOKEN = re.compile(r"\s(?:aria-label|title|alt|placeholder|label|aria-roledescription|content)=\"([^\"]*)\"")
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
# A tag with its attributes; Jinja inside is taken as text, so that a > in an expression does not end it.
TAG = re.compile(
    r"<([a-z][a-z0-9-]*|\{\{.*?\}\})((?:\{\{.*?\}\}|\{%.*?%\}|\"[^\"]*\"|'[^']*'|[^<>\"'])*)>", re.DOTALL
)
WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")


def test_the_catalogues_say_what_the_source_says_in_both_languages() -> None:
    wrong = [str(fault) for fault in catalogues.faults()]
    assert not wrong, f"{len(wrong)} faults; `roadmap words --update`, then translate:\n" + "\n".join(
        wrong[:40]
    )


def naked_words(text: str) -> list[str]:
    """The words of a template that stand outside every Jinja expression, and so outside the catalogues."""
    text = re.sub(r"\{#.*?#\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{%-?\s*trans.*?endtrans\s*-?%\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{%-?\s*block \w+_class\s*-?%\}.*?endblock", "{% endblock", text, flags=re.DOTALL)
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
    found: list[str] = []

    def tag(match: re.Match[str]) -> str:
        for spoken in SPOKEN.findall(match.group(2)):
            found.extend(_wordy(JINJA.sub(" ", spoken)))
        return "\n"

    text = JINJA.sub(" ", re.sub(r"</[^>]*>|<!DOCTYPE html>", "\n", TAG.sub(tag, text)))
    for piece in text.split("\n"):
        found += _wordy(unescape(piece))
    return found


def _wordy(piece: str) -> list[str]:
    if '="' in piece or piece.strip().startswith("</"):
        return []  # what a macro puts into a tag
    piece = piece.strip(" \t·–—…,.:;()[]|/-+*=&\"'")
    return (
        [piece] if WORD.search(piece) and piece not in NAMES and " ".join(piece.split()) not in NAMES else []
    )


def test_the_search_for_naked_words_finds_them() -> None:
    assert naked_words('<p>Simpan draf</p><a aria-label="Sunting judul" href="#">{{ _("Sunting") }}</a>') == [
        "Sunting judul",
        "Simpan draf",
    ]
    assert naked_words('{% if a %}<p class="lead">{{ _("Simpan") }}: 3</p>{% endif %}') == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_stands_outside_the_catalogues(path: Path) -> None:
    own = str(path.relative_to(ROOT))
    if own in EXEMPT:
        return
    text = path.read_text()
    # <meta content> is read by machines, but for a description.
    text = re.sub(r"<meta(?![^>]*description)[^>]*>", "", text)
    found = naked_words(text)
    assert not found, f'{own}: say it through _("…"): {found}'


def refusals() -> set[str]:
    """The names of every kind of refusal: classes that descend from one in roadmap/errors.py."""
    parents: dict[str, set[str]] = {}
    for path in (ROOT / "roadmap").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                parents[node.name] = {base.id for base in node.bases if isinstance(base, ast.Name)}
    known = {"Refusal"}
    while more := {name for name, bases in parents.items() if bases & known} - known:
        known |= more
    return known | {"FieldError", "Unreadable"}


def test_every_refusal_says_a_sentence_of_the_catalogues() -> None:
    kinds, wrong = refusals(), []
    for path in sorted((ROOT / "roadmap").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds):
                continue
            said = [*node.args, *(word.value for word in node.keywords if word.arg == "sentence")]
            for argument in said:
                values = argument.values if isinstance(argument, ast.Dict) else [argument]
                wrong += [
                    f"{path.relative_to(ROOT)}:{node.lineno}: {value.value!r}"
                    for value in values
                    if isinstance(value, ast.Constant) and isinstance(value.value, str) and " " in value.value
                ]
    assert not wrong, 'mark it with N_("…"), or say it with _("…"):\n' + "\n".join(wrong)
