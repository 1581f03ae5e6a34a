"""Reads cells that name something: offices, words of the vocabularies, items, codes of sub kegiatan."""

import re

from roadmap.history.models import Plain
from roadmap.intake.candidates import Where
from roadmap.intake.values.entries import split_known
from roadmap.intake.values.parts import Cells, Desk
from roadmap.intake.values.written import text_of
from roadmap.plan.fields.base import MOST_ENTRIES
from roadmap.plan.fields.naming import LONGEST_CODE
from roadmap.text.normal import normalise, normalise_line
from roadmap.text.words import N_

LONGEST_OFFICE = 300
# 2.08.03.2.02.0001, its two-digit elder 2.08.03.2.02.01, and X.XX.01… common to every office.
_CODE = re.compile(r"[\dXx]\.[\dXx]{2}\.\d{2}\.\d\.\d{2}\.(?:\d{4}|\d{2})")
_WIDER_CODE = re.compile(r"[\dXx]\.[\dXx]{2}(?:\.\d{2}(?:\.\d\.\d{2})?)?")
_ROUND_DOTS = re.compile(r"\s{0,3}\.\s{0,3}")
_QUOTED = re.compile(r"[\"“”'‘][^\"“”]+[\"“”'’]")
_TITLED = re.compile(r"([\dXx][\d.Xx]{8,30})\.?[\s:–-]{1,4}(\D.*)")


ONE_LEAD = N_("Penanggung jawab utama hanya satu: yang pertama. Yang lain menjadi pendukung.")


# --- offices


def read_organisation(desk: Desk, cells: Cells) -> Plain:
    """Give the one office; of several the first leads an action and the others support it."""
    found = _offices(desk, cells)
    if len(found) > 1:
        where = cells[0][0]
        if (desk.target.kind, desk.target.field) == ("action", "lead"):
            desk.told.beside["supporting"] = sorted(set(found[1:]) - {found[0]})
            desk.remark(where, ONE_LEAD)
        else:
            desk.trouble(
                where,
                text_of(cells[0][1]),
                N_("Di sini hanya ada tempat untuk satu kantor atau lembaga. Pilih satu."),
            )
            return None
    return found[0] if found else None


def read_organisations(desk: Desk, cells: Cells) -> Plain:
    """Give the offices."""
    return _few(desk, cells, set(_offices(desk, cells)))


def _offices(desk: Desk, cells: Cells) -> list[str]:
    found: list[str] = []
    for where, cell in cells:
        for name in desk.few(where, _office_names(desk, text_of(cell))):
            if len(name) > LONGEST_OFFICE:
                desk.trouble(
                    where,
                    name,
                    N_(
                        "Nama kantor atau lembaga terlalu panjang: %(length)s huruf, paling banyak %(limit)s."
                    ),
                    length=len(name),
                    limit=LONGEST_OFFICE,
                )
                continue
            for part in desk.names.offices.parts_of(name, where):
                uid = desk.names.offices.find(part, where)
                if uid:
                    found.append(uid)
    return list(dict.fromkeys(found))


def _office_names(desk: Desk, text: str) -> list[str]:
    if not desk.reading.splits:
        return [normalise_line(text)]
    found = split_known(text, desk.names.offices.knows, desk.names.offices.begins)
    return [name[1:-1].strip() if _QUOTED.fullmatch(name) else name for name in found]


# --- words of the vocabularies


def read_terms(desk: Desk, cells: Cells, vocabulary: str) -> Plain:
    """Give the words of a vocabulary."""
    found = set()
    for where, cell in cells:
        entries = split_known(text_of(cell), lambda words: desk.names.knows_term(vocabulary, words))
        for words in desk.few(where, [one for entry in entries for one in _listed(desk, vocabulary, entry)]):
            uid = desk.names.term(vocabulary, words, where)
            if uid:
                found.add(uid)
    return _few(desk, cells, found)


def _listed(desk: Desk, vocabulary: str, entry: str) -> list[str]:
    """Part "perempuan, janda, anak" where not every word is known; each is asked for itself."""
    if desk.names.knows_term(vocabulary, entry):
        return [entry]
    return [part.strip() for part in entry.split(",") if part.strip()]


# --- items


def read_items(desk: Desk, cells: Cells, kind: str) -> Plain:
    """Give the items of the plan; those of the same table go to the links."""
    uids = set()
    for where, cell in cells:
        entries = split_known(text_of(cell), lambda typed: desk.names.items.knows(kind, typed))
        for words in desk.few(where, entries):
            found = desk.names.items.find(kind, words, where)
            if found and found[0] == "key":
                desk.told.links.add(found[1])
            elif found:
                uids.add(found[1])
    return _few(desk, cells, uids)


def read_item(desk: Desk, cells: Cells, kind: str) -> Plain:
    """Give the one item."""
    for where, cell in cells:
        words = normalise_line(text_of(cell))
        found = desk.names.items.find(kind, words, where) if words else None
        if found and found[0] == "key":
            desk.told.links.add(found[1])
            return None
        if found:
            return found[1]
    return None


# --- codes


def read_codes(desk: Desk, cells: Cells) -> Plain:
    """Give the codes; one of an unknown shape is taken with a remark."""
    codes = set()
    for where, cell in cells:
        lines = [normalise_line(line) for line in re.split(r"[\n,;]", normalise(text_of(cell)))]
        for line in desk.few(where, [line for line in lines if line]):
            code = _code(desk, where, line)
            if code:
                codes.add(code)
    return _few(desk, cells, codes)


def _code(desk: Desk, where: Where, words: str) -> str:
    if not words:
        return ""
    tight = _ROUND_DOTS.sub(".", words).strip(".").removeprefix("'")
    if _CODE.fullmatch(tight):
        return tight
    titled = _TITLED.fullmatch(_ROUND_DOTS.sub(".", words)) if len(words) < 1_000 else None  # noqa: PLR2004
    if titled and _CODE.fullmatch(titled.group(1).strip(".")):
        desk.remark(
            where,
            N_("Hanya kodenya yang diambil; “%(rest)s” tidak punya tempat di sini."),
            rest=titled.group(2),
        )
        return titled.group(1).strip(".")
    if len(words) > LONGEST_CODE:
        desk.trouble(where, words, N_("Satu kode paling panjang 60 huruf."))
        return ""
    desk.remark(
        where,
        N_("“%(code)s” adalah kode program atau kegiatan, bukan sub kegiatan. Tetap diambil; periksa lagi.")
        if _WIDER_CODE.fullmatch(tight)
        else N_(
            "“%(code)s” tidak berbentuk kode sub kegiatan, misalnya 2.08.03.2.02.0001. Tetap diambil; periksa lagi."
        ),
        code=words,
    )
    return words


def _few(desk: Desk, cells: Cells, values: set[str]) -> list[str]:
    if len(values) > MOST_ENTRIES:
        desk.trouble(cells[0][0], "", N_("Paling banyak %(limit)s pilihan."), limit=MOST_ENTRIES)
        return []
    return sorted(values)
