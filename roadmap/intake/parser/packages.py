"""The outside of XLSX and ODS: a ZIP whose parts are looked at before any is opened, and opened with a budget."""

import codecs
import io
import posixpath
import zipfile
import zlib

from roadmap.intake.parser import opendocument, workbooks
from roadmap.intake.parser.faults import Fault, Refused
from roadmap.intake.parser.grid import Pile
from roadmap.intake.parser.parts import Parts

MOST_PARTS = 5_000
_ENCRYPTED = 0x1
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
# Found now, because nothing can be imported once the process is sealed: names in a ZIP are written so.
codecs.lookup("cp437")
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def read_package(content: bytes, pile: Pile) -> None:
    """Read a workbook in a ZIP. Raises Refused for any other ZIP, and for one that is made to deceive."""
    parts = Parts(_opened(content))
    try:
        if parts.has("[Content_Types].xml"):
            workbooks.read_workbook(parts, pile)
        elif parts.has("mimetype") and parts.has("content.xml"):
            _read_open_document(parts, pile)
        else:
            raise Refused(Fault.ARCHIVE)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as problem:
        raise Refused(Fault.BROKEN) from problem


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        found = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError) as problem:
        is_whole = b"PK\x05\x06" in content[-70_000:]
        raise Refused(Fault.BROKEN if is_whole else Fault.TRUNCATED) from problem
    names = [one.filename.casefold() for one in found]
    if len(found) > MOST_PARTS or len(set(names)) != len(names) or not all(map(_is_plain, names)):
        raise Refused(Fault.DISGUISED)
    if any(one.flag_bits & _ENCRYPTED for one in found):
        raise Refused(Fault.PASSWORD)
    if any(one.compress_type not in _METHODS for one in found):
        raise Refused(Fault.BROKEN)
    return archive


def _is_plain(name: str) -> bool:
    tidy = posixpath.normpath(name.rstrip("/"))
    return not (
        name.startswith("/")
        or "\\" in name
        or "\x00" in name
        or ":" in name
        or tidy.startswith("..")
        or "/../" in name
    )


def _read_open_document(parts: Parts, pile: Pile) -> None:
    with parts.open("mimetype") as stream:
        kind = stream.read(200).strip()
    if not kind.startswith(_SPREADSHEET):
        raise Refused(
            Fault.DOCUMENT if kind.startswith(b"application/vnd.oasis.opendocument") else Fault.ARCHIVE
        )
    opendocument.read_open_document(parts, pile)
