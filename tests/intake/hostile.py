"""Files that are broken or made to harm, each made by a line; and the sentence each is answered with.

`REFUSED` maps what is wrong to (file, name, fault); `READ` maps what looks bad to (file, name, cells of its first
sheet, what was left aside).
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from roadmap.intake.books import LONGEST_CELL, MOST_BYTES
from roadmap.intake.parser.faults import Aside, Fault
from tests.intake.packing import (
    HEAD,
    LAUGHS,
    MAIN,
    OFFICE,
    ONE,
    PACKAGE,
    PICTURE,
    REPEATED,
    STYLES,
    TEXT_IN_ODS,
    WEB,
    after_head,
    around,
    binary_workbook,
    blank,
    compound,
    cut,
    encrypted_entry,
    fetching,
    flipped,
    lying_about_its_size,
    many_sheets,
    million_rows,
    one_text_everywhere,
    open_document,
    other_package,
    rels,
    row_xml,
    same_name_twice,
    sheet_around,
    sheet_xml,
    text_cell,
    with_parts,
    without_part,
    workbook,
    workbook_parts,
    zipped,
)

GOOD: tuple[tuple[str | None, ...], ...] = (("Judul",),)


@dataclass(frozen=True)
class Hostile:
    """One file: how it is made, what it is called, and what becomes of it."""

    make: Callable[[], bytes]
    name: str = "rencana.xlsx"
    fault: Fault | None = None
    cells: tuple[tuple[str | None, ...], ...] = ()
    asides: tuple[Aside, ...] = ()
    values: dict[str, str] = field(default_factory=dict)


REFUSED: dict[str, Hostile] = {
    # --- something else under a table's name
    "nothing at all": Hostile(lambda: b"", fault=Fault.EMPTY),
    "only blanks": Hostile(lambda: b" \r\n\t\n" * 50, "a.csv", Fault.EMPTY),
    "only zeros": Hostile(lambda: bytes(5000), fault=Fault.EMPTY),
    "a PDF": Hostile(lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", fault=Fault.PDF),
    "a PDF behind rubbish": Hostile(lambda: b"\r\n\r\n%PDF-1.4\n", fault=Fault.PDF),
    "a Word document": Hostile(lambda: other_package("word"), fault=Fault.DOCUMENT),
    "an old Word document": Hostile(lambda: compound("WordDocument"), "a.xls", Fault.DOCUMENT),
    "rich text": Hostile(lambda: b"{\\rtf1\\ansi tabel}", fault=Fault.DOCUMENT),
    "an OpenDocument text": Hostile(lambda: open_document("", mimetype="text"), "a.ods", Fault.DOCUMENT),
    "slides": Hostile(lambda: other_package("ppt"), fault=Fault.SLIDES),
    "old slides": Hostile(lambda: compound("PowerPoint Document"), fault=Fault.SLIDES),
    "a web page called XLS": Hostile(lambda: WEB, "laporan.xls", Fault.WEB_PAGE),
    "a web page in UTF-16": Hostile(lambda: WEB.decode().encode("utf-16"), "laporan.xls", Fault.WEB_PAGE),
    "a web archive": Hostile(
        lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "a.xls", Fault.WEB_PAGE
    ),
    "a page in XHTML": Hostile(lambda: b'<?xml version="1.0"?>\n' + WEB, "a.xls", Fault.WEB_PAGE),
    "Excel's XML of 2003": Hostile(
        lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "a.xls",
        Fault.XML_EXCEL,
    ),
    "a picture": Hostile(lambda: PICTURE, fault=Fault.PICTURE),
    "a photograph": Hostile(lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 50, fault=Fault.PICTURE),
    "an archive in RAR": Hostile(lambda: b"Rar!\x1a\x07\x01\x00" + b"x" * 50, fault=Fault.ARCHIVE),
    "a gzip": Hostile(lambda: b"\x1f\x8b\x08\x00" + b"x" * 50, fault=Fault.ARCHIVE),
    "an archive of other files": Hostile(
        lambda: zipped([("a.csv", "a;b"), ("b.xlsx", b"PK")]), fault=Fault.ARCHIVE
    ),
    "a workbook in an archive": Hostile(
        lambda: zipped([("a.xlsx", workbook(sheet_xml(ONE)))]), fault=Fault.ARCHIVE
    ),
    "an empty archive": Hostile(lambda: zipped([]), fault=Fault.ARCHIVE),
    "an old workbook": Hostile(lambda: compound("Workbook"), "a.xls", Fault.OLD_EXCEL),
    "a workbook of the nineties": Hostile(
        lambda: b"\x09\x08\x10\x00\x00\x05\x05\x00" + b"x" * 90, "a.xls", Fault.OLD_EXCEL
    ),
    "a binary workbook": Hostile(binary_workbook, "a.xlsb", Fault.BINARY_EXCEL),
    "an unknown compound file": Hostile(lambda: compound("Something"), fault=Fault.NOT_A_TABLE),
    "rubbish called CSV": Hostile(lambda: bytes(range(256)) * 40, "a.csv", Fault.NOT_A_TABLE),
    "a zero inside a CSV": Hostile(lambda: b"a;b\n1;\x002\n", "a.csv", Fault.NOT_A_TABLE),
    # --- broken or locked
    "a password": Hostile(lambda: compound("EncryptionInfo", "EncryptedPackage"), fault=Fault.PASSWORD),
    "an encrypted part": Hostile(encrypted_entry, fault=Fault.PASSWORD),
    "a password on an ODS": Hostile(
        lambda: open_document(
            "", manifest="<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
        ),
        "a.ods",
        Fault.PASSWORD,
    ),
    "half a workbook": Hostile(lambda: cut(0.5), fault=Fault.TRUNCATED),
    "a workbook without its last bytes": Hostile(lambda: cut(0.995), fault=Fault.TRUNCATED),
    "a workbook cut after four bytes": Hostile(lambda: b"PK\x03\x04", fault=Fault.TRUNCATED),
    "the start of an old workbook": Hostile(lambda: compound()[:512], "a.xls", Fault.TRUNCATED),
    "flipped bytes": Hostile(flipped, fault=Fault.BROKEN),
    "a sheet cut in the middle": Hostile(lambda: workbook(sheet_xml(ONE)[:-30]), fault=Fault.BROKEN),
    "a sheet that is no XML": Hostile(lambda: workbook("Judul;Target"), fault=Fault.BROKEN),
    "a sheet that is not there": Hostile(
        lambda: without_part("xl/worksheets/sheet1.xml"), fault=Fault.BROKEN
    ),
    "a workbook part that is not there": Hostile(lambda: without_part("xl/workbook.xml"), fault=Fault.BROKEN),
    "links that are not there": Hostile(
        lambda: without_part("xl/_rels/workbook.xml.rels"), fault=Fault.BROKEN
    ),
    "a text that is not there": Hostile(
        lambda: workbook(sheet_xml(row_xml(1, '<c t="s"><v>7</v></c>'))), fault=Fault.BROKEN
    ),
    "a negative text": Hostile(
        lambda: workbook(sheet_xml(row_xml(1, '<c t="s"><v>-1</v></c>'))), fault=Fault.BROKEN
    ),
    "a negative row": Hostile(
        lambda: workbook(sheet_xml(row_xml(-5, text_cell("A1", "a")))), fault=Fault.BROKEN
    ),
    "row zero": Hostile(lambda: workbook(sheet_xml(row_xml(0, text_cell("A1", "a")))), fault=Fault.BROKEN),
    "a row beyond all": Hostile(
        lambda: workbook(sheet_xml(row_xml(10**30, "<c><v>1</v></c>"))), fault=Fault.BROKEN
    ),
    "a row without a number": Hostile(
        lambda: workbook(sheet_xml(row_xml("satu", "<c><v>1</v></c>"))), fault=Fault.BROKEN
    ),
    "a column beyond all": Hostile(
        lambda: workbook(sheet_xml(row_xml(1, text_cell("XFE1", "a")))), fault=Fault.BROKEN
    ),
    "a column without letters": Hostile(
        lambda: workbook(sheet_xml(row_xml(1, text_cell("é1", "a")))), fault=Fault.BROKEN
    ),
    "a cell outside every row": Hostile(lambda: workbook(sheet_xml("<c><v>1</v></c>")), fault=Fault.BROKEN),
    "a merged area of nonsense": Hostile(
        lambda: workbook(sheet_xml(ONE, '<mergeCells><mergeCell ref="A0:ZZZZ9"/></mergeCells>')),
        fault=Fault.BROKEN,
    ),
    "an unknown encoding inside": Hostile(
        lambda: workbook(sheet_xml(ONE).replace("UTF-8", "UTF-77")), fault=Fault.BROKEN
    ),
    "packed in an uncommon way": Hostile(
        lambda: zipped(workbook_parts(sheet_xml(ONE)).items(), zipfile.ZIP_LZMA), fault=Fault.BROKEN
    ),
    "a repetition of nonsense": Hostile(
        lambda: open_document(
            f'<table:table-row table:number-rows-repeated="-3">{TEXT_IN_ODS}</table:table-row>'
        ),
        "a.ods",
        Fault.BROKEN,
    ),
    "half a letter of UTF-16": Hostile(
        lambda: "Judul;Target\n".encode("utf-16")[:-1], "a.csv", Fault.ENCODING
    ),
    "letters of no writing": Hostile(lambda: b"Judul;\x81\x8d\x8f\n1;2\n", "a.csv", Fault.ENCODING),
    "a quotation mark never closed": Hostile(
        lambda: b'Judul;Target\n"Perda;1\nLagi;2\n' * 3, "a.csv", Fault.QUOTE, values={"row": "8"}
    ),
    # --- made to harm
    "a bomb of blanks": Hostile(lambda: workbook(sheet_around(blank(201))), fault=Fault.SWELLS),
    "a bomb of small elements": Hostile(
        lambda: workbook(sheet_around(blank(10, b"<row/>"))), fault=Fault.BROKEN
    ),
    "a bomb in the styles": Hostile(
        lambda: zipped((workbook_parts(sheet_xml(ONE), styles="x") | {"xl/styles.xml": blank(20)}).items()),
        fault=Fault.SWELLS,
    ),
    "a bomb in an ODS": Hostile(
        lambda: zipped(
            [
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", around("<a>", blank(201), "</a>")),
            ]
        ),
        "a.ods",
        Fault.SWELLS,
    ),
    "a bomb that lies about its size": Hostile(lying_about_its_size, fault=Fault.BROKEN),
    "shared texts without end": Hostile(
        lambda: workbook(
            sheet_xml(ONE),
            strings=around(f'<sst xmlns="{MAIN}">', blank(34, b"<si><t>aaaaaaaaaaaaaaa</t></si>"), "</sst>"),
        ),
        fault=Fault.TOO_MUCH,
    ),
    "one text named by every cell": Hostile(one_text_everywhere, fault=Fault.TOO_MUCH),
    "a billion laughs in a sheet": Hostile(
        lambda: workbook(after_head(LAUGHS, sheet_xml(row_xml(1, text_cell("A1", "&j;"))))),
        fault=Fault.DISGUISED,
    ),
    "a billion laughs in the texts": Hostile(
        lambda: workbook(sheet_xml(ONE), strings=f'{LAUGHS}<sst xmlns="{MAIN}"><si><t>&j;</t></si></sst>'),
        fault=Fault.DISGUISED,
    ),
    "a billion laughs in the workbook": Hostile(
        lambda: workbook(sheet_xml(ONE), book=f'{LAUGHS}<workbook xmlns="{MAIN}"><sheets/>&j;</workbook>'),
        fault=Fault.DISGUISED,
    ),
    "a file of the server as entity": Hostile(
        lambda: workbook(
            after_head(fetching("file:///etc/passwd"), sheet_xml(row_xml(1, text_cell("A1", "&e;"))))
        ),
        fault=Fault.DISGUISED,
    ),
    "an address as entity": Hostile(
        lambda: workbook(
            after_head(fetching("http://127.0.0.1:9/x"), sheet_xml(row_xml(1, text_cell("A1", "&e;"))))
        ),
        fault=Fault.DISGUISED,
    ),
    "an entity in an ODS": Hostile(
        lambda: zipped(
            [
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", f"{LAUGHS}<a>&j;</a>"),
            ]
        ),
        "a.ods",
        Fault.DISGUISED,
    ),
    "two parts of one name": Hostile(same_name_twice, fault=Fault.DISGUISED),
    "names that differ by case only": Hostile(
        lambda: with_parts({"XL/workbook.XML": "x"}), fault=Fault.DISGUISED
    ),
    "a name that climbs out": Hostile(lambda: with_parts({"../../etc/cron.d/x": "x"}), fault=Fault.DISGUISED),
    "a name that climbs out in the middle": Hostile(
        lambda: with_parts({"xl/../../x": "x"}), fault=Fault.DISGUISED
    ),
    "a name from the root": Hostile(lambda: with_parts({"/etc/passwd": "x"}), fault=Fault.DISGUISED),
    "ten thousand parts": Hostile(
        lambda: with_parts({f"xl/x{n}": b"" for n in range(10_000)}), fault=Fault.DISGUISED
    ),
    "a link that climbs out": Hostile(
        lambda: with_parts(
            {"xl/_rels/workbook.xml.rels": rels(("rId1", "worksheet", "../../../../etc/passwd"))}
        ),
        fault=Fault.BROKEN,
    ),
    "elements nested without end": Hostile(
        lambda: workbook(sheet_around(blank(20, b"<a>"))), fault=Fault.DISGUISED
    ),
    "a workbook nested without end": Hostile(
        lambda: workbook(sheet_xml(ONE), book=f'{HEAD}<workbook xmlns="{MAIN}">' + "<a>" * 100_000),
        fault=Fault.DISGUISED,
    ),
    "merged areas upon merged areas": Hostile(
        lambda: workbook(
            sheet_xml(
                ONE + row_xml(5000, text_cell("A5000", "x")),
                "<mergeCells>"
                + "".join(f'<mergeCell ref="A{n}:CV5000"/>' for n in range(1, 3000))
                + "</mergeCells>",
            )
        ),
        fault=Fault.DISGUISED,
    ),
    # --- too much
    "more megabytes than allowed": Hostile(lambda: b"a;b\n" * (MOST_BYTES // 4 + 1), "a.csv", Fault.TOO_BIG),
    "too many sheets": Hostile(many_sheets, fault=Fault.TOO_MUCH),
    "a row too many": Hostile(
        lambda: b"Judul;Target\n" + b"a;1\n" * 5000,
        "a.csv",
        Fault.OUTSIDE,
        values={"sheet": "a", "cell": "A5001"},
    ),
    "a column too many": Hostile(
        lambda: (";".join(map(str, range(101))) + "\n").encode() * 3,
        "a.csv",
        Fault.OUTSIDE,
        values={"sheet": "a", "cell": "CW1"},
    ),
    "a stray cell at the very end": Hostile(
        lambda: workbook(sheet_xml(ONE + row_xml(1_048_576, text_cell("XFD1048576", "x")))),
        fault=Fault.OUTSIDE,
        values={"sheet": "Aksi", "cell": "XFD1048576"},
    ),
    "a cell of 32,768 letters": Hostile(
        lambda: workbook(sheet_xml(ONE + row_xml(2, text_cell("C2", "a" * (LONGEST_CELL + 1))))),
        fault=Fault.LONG_CELL,
        values={"sheet": "Aksi", "cell": "C2"},
    ),
    "a cell of a hundred million letters": Hostile(
        lambda: workbook(
            sheet_around(around('<row><c t="inlineStr"><is><t>', blank(100, b"a"), "</t></is></c></row>"))
        ),
        fault=Fault.LONG_CELL,
    ),
    "a cell of a megabyte in a CSV": Hostile(
        lambda: b"Judul;Target\n" + b"a" * 1_000_000 + b";1\n",
        "a.csv",
        Fault.LONG_CELL,
        values={"sheet": "a", "cell": "A2"},
    ),
    "an attribute of a hundred megabytes": Hostile(
        lambda: workbook(sheet_around(around('<row x="', blank(100, b"a"), '"/>'))), fault=Fault.SWELLS
    ),
    "a filled row repeated a million times": Hostile(
        lambda: open_document(f"<table:table-row {REPEATED}>{TEXT_IN_ODS}</table:table-row>"),
        "a.ods",
        Fault.OUTSIDE,
    ),
    "a workbook without a sheet": Hostile(
        lambda: workbook(book=f'{HEAD}<workbook xmlns="{MAIN}"><sheets/></workbook>'), fault=Fault.NO_CELLS
    ),
    "a workbook without a cell": Hostile(
        lambda: workbook(sheet_xml('<row r="3"><c r="B3" s="1"/></row>')), fault=Fault.NO_CELLS
    ),
    "five million empty lines": Hostile(lambda: b"\n" * 5_000_000 + b"x", "a.csv", Fault.OUTSIDE),
    "ten megabytes of quotation marks": Hostile(lambda: b'"' * (MOST_BYTES - 1), "a.csv", Fault.QUOTE),
    "ten megabytes of opening quotes": Hostile(lambda: b'"a,' * (MOST_BYTES // 3), "a.csv", Fault.LONG_CELL),
    "fifty thousand columns": Hostile(lambda: (b"," * 50_000 + b"x\n") * 3, "a.csv", Fault.OUTSIDE),
    "ten megabytes of commas": Hostile(lambda: b"," * (MOST_BYTES - 1) + b"x", "a.csv", Fault.LONG_CELL),
}

READ: dict[str, Hostile] = {
    "a million empty formatted rows": Hostile(lambda: million_rows('<c s="1"/>'), cells=GOOD),
    "dimensions of the whole sheet": Hostile(
        lambda: workbook(sheet_xml(ONE, before='<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" style="1"/></cols>')), cells=GOOD
    ),
    "empty cells to the very end": Hostile(
        lambda: workbook(sheet_xml(ONE + row_xml(1_048_576, '<c r="XFD1048576" s="1"/>'))), cells=GOOD
    ),
    "a million empty rows in an ODS": Hostile(
        lambda: open_document(
            f'<table:table-row>{TEXT_IN_ODS}<table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
            '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        ),
        "a.ods",
        cells=GOOD,
    ),
    "figures that are none": Hostile(
        lambda: workbook(sheet_xml(row_xml(1, *(f"<c><v>{value}</v></c>" for value in ("NaN", "INF", "-inf", "1e400", "abc", "1_000", "-0", "1e-7"))))),
        cells=(("#NUM!", "#NUM!", "#NUM!", "#NUM!", "abc", "1_000", "0", "0.0000001"),),
    ),
    "half letters and controls": Hostile(
        lambda: workbook(sheet_xml(row_xml(1, text_cell("A1", "a_xD800_b_x0000__x0007_c_x000D_&#10;d\u202ee")))), cells=(("abc\nde",),)
    ),
    "days outside the calendar": Hostile(
        lambda: workbook(
            sheet_xml(row_xml(1, *(f'<c s="2"><v>{value}</v></c>' for value in (-5, 0, 1, 59, 61, 46387, 99999999)))), styles=STYLES.format("0")
        ),
        cells=(("-5", "0", "1900-01-01", "1900-02-28", "1900-03-01", "2026-12-31", "99999999"),),
    ),
    "a style that is not there": Hostile(
        lambda: workbook(sheet_xml(row_xml(1, '<c s="999999999999"><v>1</v></c><c s="-1"><v>2</v></c>')), styles=STYLES.format("0")), cells=(("1", "2"),)
    ),
    "a format of brackets without end": Hostile(
        lambda: workbook(sheet_xml(row_xml(1, '<c s="1"><v>1</v></c>')), styles=STYLES.format("[\\_*" * 200_000)), cells=(("1",),)
    ),
    "macros": Hostile(lambda: with_parts({"xl/vbaProject.bin": compound("VBA")}), "a.xlsm", cells=GOOD, asides=(Aside.MACROS,)),
    "links to other files and addresses": Hostile(
        lambda: with_parts(
            {
                "xl/externalLinks/externalLink1.xml": "<x/>",
                "xl/externalLinks/_rels/externalLink1.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" Target="http://127.0.0.1:9/x" TargetMode="External"/></Relationships>',
                "xl/connections.xml": "<connections/>",
            },
            sheet_xml(row_xml(1, '<c r="A1" t="str"><f>WEBSERVICE("http://127.0.0.1:9/x")</f><v>Judul</v></c>')),
        ),
        cells=GOOD,
        asides=(Aside.LINKS,),
    ),
    "pictures, files inside and notes": Hostile(
        lambda: with_parts({"xl/media/image1.png": PICTURE, "xl/embeddings/x.bin": b"MZ", "xl/comments1.xml": "<x/>"}),
        cells=GOOD,
        asides=(Aside.PICTURES, Aside.OBJECTS, Aside.NOTES),
    ),
    "a bomb in a part that nobody needs": Hostile(
        lambda: zipped([*workbook_parts(sheet_xml(ONE)).items(), ("xl/media/a.bmp", blank(300))]), cells=GOOD, asides=(Aside.PICTURES,)
    ),
    "a million cells in one row without anything in them": Hostile(
        lambda: workbook(sheet_around(around(ONE + '<row r="2">', blank(8, b'<c s="1"/>'), "</row>"))), cells=GOOD
    ),
    "marks piled on one letter": Hostile(lambda: b"Judul;a" + "\u0301".encode() * 20_000, "a.csv", cells=(("Judul", "á" + "\u0301" * 29),)),
    "formulas in a CSV": Hostile(
        lambda: b"Judul;=cmd|' /C calc'!A0\n@SUM(1);+1\n", "a.csv", cells=(("Judul", "=cmd|' /C calc'!A0"), ("@SUM(1)", "+1"))
    ),
}  # fmt: skip
