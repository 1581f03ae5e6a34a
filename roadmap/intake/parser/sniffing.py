"""What a file is, told by its bytes and never by its name."""

from enum import Enum, auto

from roadmap.intake.parser.faults import Fault, Refused


class Form(Enum):
    """How a file is written."""

    PACKAGE = auto()
    TEXT = auto()


_MAGIC: tuple[tuple[bytes, Fault], ...] = (
    (b"%PDF", Fault.PDF),
    (b"{\\rtf", Fault.DOCUMENT),
    (b"\x89PNG", Fault.PICTURE),
    (b"\xff\xd8\xff", Fault.PICTURE),
    (b"GIF8", Fault.PICTURE),
    (b"II*\x00", Fault.PICTURE),
    (b"MM\x00*", Fault.PICTURE),
    (b"BM", Fault.PICTURE),
    (b"Rar!\x1a\x07", Fault.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Fault.ARCHIVE),
    (b"\x1f\x8b", Fault.ARCHIVE),
    (b"\xfd7zXZ\x00", Fault.ARCHIVE),
    (b"BZh", Fault.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Fault.ARCHIVE),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COMPOUND_STREAMS: tuple[tuple[str, Fault], ...] = (
    ("EncryptedPackage", Fault.PASSWORD),
    ("EncryptionInfo", Fault.PASSWORD),
    ("WordDocument", Fault.DOCUMENT),
    ("PowerPoint Document", Fault.SLIDES),
    ("Workbook", Fault.OLD_EXCEL),
    ("Book", Fault.OLD_EXCEL),
)
# Excel before 1993 wrote its records without the compound file round them.
_BARE_RECORDS = (b"\x09\x08", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
_ONE_SECTOR = 1024
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_WEB = ("<!doctype html", "<html", "<table", "<head", "<body", "<style", "<meta", "<div", "<script")
# A picture in BMP begins with two letters that also begin words.
_AMBIGUOUS = {b"BM", b"BZh", b"GIF8"}


def form_of(content: bytes) -> Form:
    """Tell how the file is written. Raises Refused for what is no table, with the sentence that names it."""
    if not content.strip(b"\x00 \t\r\n"):
        raise Refused(Fault.EMPTY)
    if content.startswith(b"PK\x03\x04"):
        return Form.PACKAGE
    if content.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        raise Refused(Fault.ARCHIVE)
    if content.startswith(_COMPOUND):
        raise Refused(_inside(content))
    for magic, fault in _MAGIC:
        if content.startswith(magic) and (magic not in _AMBIGUOUS or b"\x00" in content[:64]):
            raise Refused(fault)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        raise Refused(Fault.PICTURE)
    if content.startswith(_BARE_RECORDS):
        raise Refused(Fault.OLD_EXCEL)
    if b"%PDF-" in content[:1024]:
        raise Refused(Fault.PDF)
    refuse_markup(content)
    return Form.TEXT


def refuse_markup(content: bytes) -> None:
    """Refuse web pages and XML, which spreadsheets also write under other names."""
    start = content[:4096]
    for mark in _BYTE_ORDER_MARKS:
        start = start.removeprefix(mark)
    words = start.replace(b"\x00", b"").decode("latin-1").lstrip().lower()
    if words.startswith("<?xml"):
        raise Refused(Fault.WEB_PAGE if "<html" in words else Fault.XML_EXCEL)
    if words.startswith(_WEB) or (words.startswith("<!--") and "<html" in words):
        raise Refused(Fault.WEB_PAGE)
    if words.startswith("mime-version:"):
        raise Refused(Fault.WEB_PAGE)


def _inside(content: bytes) -> Fault:
    for stream, fault in _COMPOUND_STREAMS:
        if stream.encode("utf-16-le") in content:
            return fault
    return Fault.TRUNCATED if len(content) < _ONE_SECTOR else Fault.NOT_A_TABLE
