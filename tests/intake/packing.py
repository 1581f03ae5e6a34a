"""How workbooks are put together by hand, rightly or wrongly, in a few lines each."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from roadmap.intake.books import MOST_SHEETS, Book, Sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
Part = bytes | str | Iterable[bytes]


# --- how files are made


def zipped(parts: Iterable[tuple[str, Part]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=1) as archive:
        for name, part in parts:
            with archive.open(name, "w", force_zip64=not isinstance(part, bytes | str)) as stream:
                if isinstance(part, str):
                    stream.write(part.encode())
                elif isinstance(part, bytes):
                    stream.write(part)
                else:
                    for piece in part:
                        stream.write(piece)
    return out.getvalue()


def rels(*links: tuple[str, str, str]) -> str:
    ones = "".join(
        f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>' for id, kind, target in links
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{ones}</Relationships>'


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    return f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook_parts(
    sheet: Part = "", *, strings: Part | None = None, styles: str | None = None, book: str | None = None
) -> dict[str, Part]:
    parts: dict[str, Part] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": rels(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book
        or f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Aksi" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            *([("rId2", "sharedStrings", "sharedStrings.xml")] if strings is not None else []),
            *([("rId3", "styles", "styles.xml")] if styles is not None else []),
        ),
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = strings
    if styles is not None:
        parts["xl/styles.xml"] = styles
    return parts


def workbook(sheet: Part = "", **more: Part | str | None) -> bytes:
    return zipped(workbook_parts(sheet, **more).items())  # type: ignore[arg-type]


def with_parts(extra: dict[str, Part], sheet: str | None = None) -> bytes:
    return zipped((workbook_parts(sheet or sheet_xml(ONE)) | extra).items())


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def row_xml(number: int | str, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


ONE = row_xml(1, text_cell("A1", "Judul"))


def open_document(
    table: str, *, manifest: str = "", styles: str = "", mimetype: str = "spreadsheet"
) -> bytes:
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text", "style")
    )
    content = (
        f"{HEAD}<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="Aksi">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    parts: dict[str, Part] = {
        "mimetype": f"application/vnd.oasis.opendocument.{mimetype}",
        "content.xml": content,
        "META-INF/manifest.xml": manifest,
    }
    return zipped(parts.items(), zipfile.ZIP_DEFLATED)


def compound(*streams: str) -> bytes:
    """A compound file, as far as anybody looks who only wants to know what it is."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in ("Root Entry", *streams))
    return (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + names).ljust(4096, b"\x00")


def blank(megabytes: int, piece: bytes = b" ") -> Iterable[bytes]:
    chunk = (piece * (1024 * 1024 // len(piece) + 1))[: 1024 * 1024 // len(piece) * len(piece)]
    return (chunk for _ in range(megabytes))


def around(start: str, middle: Iterable[bytes], end: str) -> Iterable[bytes]:
    yield start.encode()
    yield from middle
    yield end.encode()


def sheet_around(middle: Iterable[bytes]) -> Iterable[bytes]:
    before, after = sheet_xml("|").split("|")
    return around(before, middle, after)


def patched(content: bytes, find: bytes, put: bytes) -> bytes:
    assert len(find) == len(put)
    assert find in content
    return content.replace(find, put)


LAUGHS = (
    HEAD
    + "<!DOCTYPE x ["
    + '<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def after_head(head: str, part: str) -> str:
    return head + part.removeprefix(HEAD)


def fetching(address: str) -> str:
    return f'{HEAD}<!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]>'


# --- made to harm


def lying_about_its_size() -> bytes:
    """The directory says a hundred bytes; unpacking would give two hundred million."""
    packed = zlib.compress(b" " * 200_000_000, 1)[2:-4]
    return with_size(packed, 100)


def with_size(packed: bytes, told: int) -> bytes:
    name = b"xl/worksheets/sheet1.xml"
    others = {key: part for key, part in workbook_parts().items() if key.encode() != name}
    rest = zipped(others.items())
    directory = rest.index(b"PK\x01\x02")
    end = rest.rindex(b"PK\x05\x06")
    sizes = struct.pack("<III", 0, len(packed), told)
    header = (
        b"PK\x03\x04"
        + struct.pack("<HHHHH", 20, 0, 8, 0, 33)
        + sizes
        + struct.pack("<HH", len(name), 0)
        + name
    )
    entry = (
        b"PK\x01\x02"
        + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33)
        + sizes
        + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, directory)
        + name
    )
    entries = rest[directory:end] + entry
    count = len(others) + 1
    start = directory + len(header) + len(packed)
    tail = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(entries), start, 0)
    return rest[:directory] + header + packed + entries + tail


def same_name_twice() -> bytes:
    parts = list(workbook_parts(sheet_xml(ONE)).items())
    return patched(
        zipped([*parts, ("xl/worksheets/sheetX.xml", sheet_xml(row_xml(1, text_cell("A1", "lain"))))]),
        b"sheetX.xml",
        b"sheet1.xml",
    )


def encrypted_entry() -> bytes:
    content = bytearray(workbook(sheet_xml(ONE)))
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    return bytes(content)


def flipped() -> bytes:
    content = bytearray(
        workbook(
            sheet_xml("".join(row_xml(n, text_cell(f"A{n}", f"aksi {n * 7919}")) for n in range(1, 400)))
        )
    )
    middle = content.index(b"xl/worksheets/sheet1.xml") + 300
    content[middle : middle + 8] = b"\xff" * 8
    return bytes(content)


def cut(share: float) -> bytes:
    content = workbook(sheet_xml("".join(row_xml(n, text_cell(f"A{n}", f"aksi {n}")) for n in range(1, 400))))
    return content[: int(len(content) * share)]


def many_sheets() -> bytes:
    count = MOST_SHEETS + 1
    sheets = "".join(f'<sheet name="L{n}" sheetId="{n + 1}" r:id="rId{n}"/>' for n in range(count))
    parts = workbook_parts(
        sheet_xml(ONE),
        book=f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
    )
    parts["xl/_rels/workbook.xml.rels"] = rels(
        *((f"rId{n}", "worksheet", "worksheets/sheet1.xml") for n in range(count))
    )
    return zipped(parts.items())


def one_text_everywhere() -> bytes:
    """One long text, named by so many cells that writing it out would fill any memory."""
    strings = f'{HEAD}<sst xmlns="{MAIN}"><si><t>{"a" * 30_000}</t></si></sst>'
    cells = "".join(f'<row r="{n}">' + '<c t="s"><v>0</v></c>' * 100 + "</row>" for n in range(1, 1001))
    return workbook(sheet_xml(cells), strings=strings)


def without_part(name: str) -> bytes:
    return zipped((key, part) for key, part in workbook_parts(sheet_xml(ONE)).items() if key != name)


def million_rows(cells: str) -> bytes:
    rows = (
        b"".join(
            f'<row r="{n}" s="1" customFormat="1" ht="15">{cells}</row>'.encode()
            for n in range(start, start + 10_000)
        )
        for start in range(2, 1_040_000, 10_000)
    )
    return workbook(sheet_around(around(ONE, rows, "")))


STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="200" formatCode="{{}}"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="200"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)


def other_package(folder: str) -> bytes:
    main = f"{folder}/document.xml"
    return zipped(
        [
            ("[Content_Types].xml", f"{HEAD}<Types/>"),
            ("_rels/.rels", rels(("rId1", "officeDocument", main))),
            (main, f"{HEAD}<document/>"),
        ]
    )


def binary_workbook() -> bytes:
    return zipped(
        [
            ("[Content_Types].xml", f"{HEAD}<Types/>"),
            ("_rels/.rels", rels(("rId1", "officeDocument", "xl/workbook.bin"))),
            ("xl/workbook.bin", b"\x83\x01\x00"),
        ]
    )


PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 60
WEB = b"<html><head><meta charset=utf-8></head><body><table><tr><td>1</td></tr></table></body></html>"
REPEATED = 'table:number-rows-repeated="1048576"'
TEXT_IN_ODS = '<table:table-cell office:value-type="string"><text:p>Judul</text:p></table:table-cell>'


# --- by openpyxl, and looked at


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in sheet.rows]


def only(book: Book) -> Sheet:
    (sheet,) = book.sheets
    return sheet


def new_book() -> tuple[Workbook, Worksheet]:
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    return book, book.active


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
