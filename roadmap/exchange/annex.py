"""The matrix of actions as the annex of a regulation, in Word: clean, numbered, ready to be signed."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Emu, Pt
from flask_babel import gettext as _

from roadmap.exchange.annex_head import Head
from roadmap.exchange.annex_rows import (
    Group,
    action_rows,
    columns_of,
    group_of,
    heading_rows,
    signature_row,
    total_rows,
)
from roadmap.exchange.annex_styles import NUMBERING, styles_xml
from roadmap.exchange.matrix import Row, rows_of, said_totals, target_years
from roadmap.exchange.paper import Column, Paper, edges, has_room, set_table
from roadmap.exchange.word import (
    append,
    blank_document,
    describe,
    packed,
    paragraph,
    put_page_number,
    table_xml,
)
from roadmap.plan.fields import Choices
from roadmap.plan.outline import Outline

# With an office and a name that take two lines each, in points.
HIGHEST_SIGNATURE = 165.0


def write_annex(
    plan: Outline, choices: Choices, head: Head, paper: Paper, *, author: str, language: str, at: datetime
) -> bytes:
    """Write a plan's matrix as a Word document; the same plan, head and moment give the same bytes."""
    rows = rows_of(plan, choices)
    title = " ".join(head.title)
    size, table = _table(plan, rows, paper, title, _signature(head))
    document = blank_document(styles_xml(paper, size), NUMBERING, language)
    _lay_out(document, paper)
    append(document, *(paragraph(line, "KepalaLampiran") for line in head.place))
    append(document, paragraph("\n".join(head.title), "Heading1"))
    if rows:
        append(document, table)
    else:
        append(document, paragraph(_("Belum ada rencana aksi."), "Normal", keeps_next=True))
        append(document, *(paragraph(words, style) for words, style in _signature(head)))
    about = " ".join(head.place)
    describe(document, title=title, subject=about, author=author, language=language, at=at)
    return packed(document)


def _table(
    plan: Outline, rows: Sequence[Row], paper: Paper, title: str, signature: Sequence[tuple[str, str]]
) -> tuple[float, str]:
    """Write the table; gives the size of its letters too."""
    years, groups, columns = _columns(plan, rows, paper)
    setting = set_table(paper, columns)
    widths = edges(setting.widths)
    totals = said_totals(rows)

    def lines() -> Iterator[str]:
        yield from heading_rows(years, widths)
        foot = len(totals) * setting.height(1) + HIGHEST_SIGNATURE
        yield from action_rows(groups, setting, widths, paper.text_height, foot=foot)
        yield from total_rows(totals, widths)
        yield signature_row(signature, widths)

    about = _("Satu kelompok baris untuk setiap rencana aksi, satu baris untuk setiap indikatornya.")
    return setting.size, table_xml(lines(), widths, style="Matriks", caption=title, about=about)


def _columns(plan: Outline, rows: Sequence[Row], paper: Paper) -> tuple[list[str], list[Group], list[Column]]:
    """Give each year of the targets a column, or all of them one where the sheet is too narrow for that."""
    years = target_years(plan, rows)
    while True:
        groups = [group_of(row, years) for row in rows]
        columns = columns_of(groups, years)
        if not years or has_room(paper, columns):
            return years, groups, columns
        years = []


def _lay_out(document: Document, paper: Paper) -> None:
    """Turn the sheet on its long side, and number its pages from the second on."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Pt(paper.width), Pt(paper.height)
    section.left_margin, section.right_margin = Pt(paper.left), Pt(paper.right)
    section.top_margin, section.bottom_margin = Pt(paper.top), Pt(paper.bottom)
    section.header_distance, section.footer_distance = Pt(paper.top / 2), Pt(paper.bottom / 2)
    section.gutter = Emu(0)
    section.different_first_page_header_footer = True
    put_page_number(section, "- %s -")


def _signature(head: Head) -> list[tuple[str, str]]:
    """Give the lines of the signature with their styles."""
    styles = ["TandaTanganTempat", *["TandaTangan"] * (len(head.signed) - 1)]
    return [
        *zip(head.signed, styles, strict=True),
        (head.office, "TandaTanganJabatan"),
        (head.name, "TandaTanganNama"),
    ]
