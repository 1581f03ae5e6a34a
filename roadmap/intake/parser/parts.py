"""The parts of a package: opened by name, unpacked within one budget for all of them; XML without a document type."""

import zipfile
from typing import IO, Any
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from roadmap.intake.parser.faults import Fault, Refused

MOST_UNPACKED = 200 * 1024 * 1024
LARGEST_ELEMENT = 2 * 1024 * 1024
LARGEST_SMALL_PART = 8 * 1024 * 1024
DEEPEST = 60
_CHUNK = 256 * 1024


class Parts:
    """What a package holds."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Know the parts by name, whatever the case of its letters."""
        self._archive = archive
        self._names = {name.casefold(): name for name in archive.namelist()}
        self._left = MOST_UNPACKED

    def has(self, name: str) -> bool:
        """Tell whether there is such a part."""
        return name.casefold() in self._names

    def any_under(self, *folders: str) -> bool:
        """Tell whether a folder holds anything."""
        return any(name.startswith(folders) and not name.endswith("/") for name in self._names)

    def open(self, name: str) -> IO[bytes]:
        """Open a part. Raises Refused where there is none."""
        if not self.has(name):
            raise Refused(Fault.BROKEN)
        return self._archive.open(self._names[name.casefold()])

    def parse(self, name: str, parser: "expat.XMLParserType") -> None:
        """Feed a part to a parser. Raises Refused for what is no XML, and beyond the budget."""
        try:
            with self.open(name) as stream:
                fed = 0
                while chunk := stream.read(_CHUNK):
                    self._spend(len(chunk))
                    parser.Parse(chunk, False)
                    fed += len(chunk)
                    # What has no end is read again from its start with every chunk.
                    if fed - parser.CurrentByteIndex > LARGEST_ELEMENT:
                        raise Refused(Fault.SWELLS)
            parser.Parse(b"", True)
        except expat.ExpatError as problem:
            raise _refusal_of(problem) from problem

    def tree(self, name: str) -> Any:
        """Give a small part as a tree."""
        depth = _Depth()
        parser = safe_parser()
        parser.StartElementHandler, parser.EndElementHandler = depth.start, depth.end
        with self.open(name) as stream:
            content = stream.read(LARGEST_SMALL_PART + 1)
        if len(content) > LARGEST_SMALL_PART:
            raise Refused(Fault.SWELLS)
        self._spend(len(content))
        try:
            parser.Parse(content, True)
            return fromstring(content, forbid_dtd=True)
        except expat.ExpatError as problem:
            raise _refusal_of(problem) from problem
        except (DefusedXmlException, SyntaxError, ValueError) as problem:
            raise Refused(Fault.BROKEN) from problem

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise Refused(Fault.SWELLS)


class _Depth:
    def __init__(self) -> None:
        self._depth = 0

    def start(self, _name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused(Fault.DISGUISED)

    def end(self, _name: str) -> None:
        self._depth -= 1


def safe_parser() -> "expat.XMLParserType":
    """Make a parser that refuses a document type, and with it every entity: no workbook has one.

    A million rows take defusedxml's own reader three times as long, so it is left the small parts.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 64 * 1024
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    return parser


def _refuse(*_declared: object) -> int:
    raise Refused(Fault.DISGUISED)


def _refusal_of(problem: expat.ExpatError) -> Refused:
    if problem.code == expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]:
        return Refused(Fault.TOO_LONG)
    return Refused(Fault.BROKEN)


def local(name: str) -> str:
    """Give an element's name without its namespace."""
    return name.rpartition("}")[2].rpartition(":")[2]
