"""XLSX and XLSM: which sheets there are, what their formats mean, and what is left aside.

Read here and not by openpyxl: it needs the file twice to tell a formula from its saved result, takes 5 seconds where
this takes 1 (5,000 rows of 100 columns), and stumbles over styles that other programs write. It writes for us.
"""

import posixpath
from dataclasses import dataclass, field
from typing import Any

from roadmap.exchange.passport import PASSPORT_SHEET
from roadmap.intake.parser.faults import Aside, Fault, Refused
from roadmap.intake.parser.figures import Look, look_of, whole_of
from roadmap.intake.parser.grid import Pile
from roadmap.intake.parser.parts import Parts, local
from roadmap.intake.parser.rows import RowReader
from roadmap.intake.parser.strings import StringReader

_ID = "id"
_TRUE = {"1", "true", "on"}
_MOST_STYLES = 70_000


@dataclass
class Formats:
    """What a workbook says once for all its cells."""

    strings: list[str] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    is_1904: bool = False


@dataclass(frozen=True)
class _Link:
    kind: str
    target: str


def read_workbook(parts: Parts, pile: Pile) -> None:
    """Read all sheets of a workbook. Raises Refused for another document and for a broken one."""
    main = _main_part(parts)
    root = parts.tree(main)
    if local(root.tag) != "workbook":
        raise Refused(Fault.NOT_A_TABLE)
    links = _links(parts, main)
    formats = Formats(is_1904=_counts_from_1904(root))
    _read_shared(parts, links, formats)
    _leave_aside(parts, root, pile)
    for sheet in _all(root, "sheet"):
        link = links.get(_attribute(sheet, _ID))
        if link is None or link.kind not in {
            "worksheet",
            "chartsheet",
            "dialogsheet",
            "xlMacrosheet",
            "xlIntlMacrosheet",
        }:
            raise Refused(Fault.BROKEN)
        if link.kind == "worksheet":
            grid = pile.begin(sheet.get("name", ""), is_hidden=sheet.get("state", "visible") != "visible")
            RowReader(grid, formats.strings, formats.looks, is_1904=formats.is_1904).read(parts, link.target)
            grid.finish()


def _main_part(parts: Parts) -> str:
    links = _links(parts, "")
    main = next((link.target for link in links.values() if link.kind == "officeDocument"), "xl/workbook.xml")
    if main.casefold().endswith(".bin"):
        raise Refused(Fault.BINARY_EXCEL)
    if parts.any_under("word/"):
        raise Refused(Fault.DOCUMENT)
    if parts.any_under("ppt/"):
        raise Refused(Fault.SLIDES)
    if not parts.has(main):
        raise Refused(Fault.BROKEN if parts.any_under("xl/") else Fault.ARCHIVE)
    return main


def _links(parts: Parts, source: str) -> dict[str, _Link]:
    """Give what a part refers to inside the package; what lies outside it is not looked at."""
    folder, _, name = source.rpartition("/")
    about = posixpath.join(folder, "_rels", f"{name}.rels")
    if not parts.has(about):
        return {}
    found = {}
    for one in parts.tree(about):
        if one.get("TargetMode", "Internal") == "Internal":
            target = one.get("Target", "")
            whole = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            kind = one.get("Type", "").rpartition("/")[2]
            found[one.get("Id", "")] = _Link(kind, posixpath.normpath(whole))
    return found


def _read_shared(parts: Parts, links: dict[str, _Link], formats: Formats) -> None:
    for link in links.values():
        if link.kind == "sharedStrings" and parts.has(link.target):
            formats.strings = StringReader().read(parts, link.target)
        elif link.kind == "styles" and parts.has(link.target):
            formats.looks = _looks(parts.tree(link.target))


def _looks(root: Any) -> list[Look]:
    codes = {(whole_of(one.get("numFmtId")) or 0): one.get("formatCode", "") for one in _all(root, "numFmt")}
    formats = next(iter(_all(root, "cellXfs")), ())
    numbers = [(whole_of(one.get("numFmtId")) or 0) for one in formats][:_MOST_STYLES]
    known = {number: look_of(number, codes.get(number)) for number in set(numbers)}
    return [known[number] for number in numbers]


def _counts_from_1904(root: Any) -> bool:
    return any(one.get("date1904", "0") in _TRUE for one in _all(root, "workbookPr"))


def _leave_aside(parts: Parts, root: Any, pile: Pile) -> None:
    if parts.has("xl/vbaProject.bin") or parts.any_under("xl/macrosheets/"):
        pile.leave(Aside.MACROS)
    if parts.any_under("xl/externallinks/", "xl/querytables/") or parts.has("xl/connections.xml"):
        pile.leave(Aside.LINKS)
    # What goes out from here carries notes of ours, which nobody misses; some programs draw a frame for them.
    is_ours = any(sheet.get("name") == PASSPORT_SHEET for sheet in _all(root, "sheet"))
    frames = () if is_ours else ("xl/drawings/drawing",)
    if parts.any_under("xl/media/", "xl/charts/", *frames, "xl/diagrams/", "xl/chartsheets/"):
        pile.leave(Aside.PICTURES)
    if parts.any_under("xl/embeddings/", "xl/activex/", "xl/ctrlprops/"):
        pile.leave(Aside.OBJECTS)
    if parts.any_under("xl/comments", "xl/threadedcomments/") and not is_ours:
        pile.leave(Aside.NOTES)


def _all(root: Any, name: str) -> list[Any]:
    return [one for one in root.iter() if isinstance(one.tag, str) and local(one.tag) == name]


def _attribute(element: Any, name: str) -> str:
    """Give an attribute that is qualified by a namespace: r:id."""
    return next((value for key, value in element.attrib.items() if key.endswith(f"}}{name}")), "")
