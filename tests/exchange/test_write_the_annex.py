"""The matrix as the annex of a regulation: a Word document that Bagian Hukum hangs on it without touching it up."""

import io
import re
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as OpenDocument
from docx.oxml.ns import qn
from docx.table import Table
from flask import Flask, g

from roadmap.exchange.annex import write_annex
from roadmap.exchange.annex_head import head_of
from roadmap.exchange.matrix import HEADINGS, rows_of, totals_of
from roadmap.exchange.paper import PAPERS
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.models import Region
from roadmap.plan import operations as plan_verbs
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import ItemView, Outline, outline
from roadmap.plan.queries import choices_for, outline_of
from roadmap.text.numbers import write_number
from roadmap.work import unit_of_work
from tests import factories
from tests.cast import Cast, sign_in
from tests.conftest import MORNING, Clock
from tests.office import convert_all
from tests.page import LookingClient
from tests.plans import a_plan, adopted, approved
from tests.text.hostile_strings import HOSTILE_STRINGS

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SAME_ON_BOTH = pytest.mark.engines(
    "sqlite"
)  # what is written comes from what was read, and that is tried elsewhere


def annex(client: LookingClient, address: str) -> OpenDocument:
    answer = client.get(address)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == WORD
    return Document(io.BytesIO(answer.body))


def cells(table: Table) -> list[list[str]]:
    """Each row's own cells without the signature's, those that go on from the row above as ""."""
    rows = []
    for row in table.rows[:-1]:
        texts = []
        for cell in row._tr.tc_lst:
            goes_on = cell.tcPr is not None and cell.tcPr.vMerge_val == "continue"
            texts.append("" if goes_on else "\n".join(one.text for one in cell.p_lst))
        rows.append(texts)
    return rows


def head(document: OpenDocument) -> list[str]:
    return [one.text for one in document.paragraphs if one.style and one.style.name == "Kepala Lampiran"]


def signature(document: OpenDocument) -> list[str]:
    last = [cell for table in document.tables for cell in table.rows[-1].cells[:1]]
    return [
        one.text
        for one in [*document.paragraphs, *(one for cell in last for one in cell.paragraphs)]
        if str(one.style and one.style.name).startswith("Tanda Tangan")
    ]


@pytest.fixture
def roadmap(cast: Cast, clock: Clock) -> Roadmap:
    """One action with two indicators and two sources of money, and one that answers no problem."""
    roadmap = factories.a_roadmap(cast, title="Peta Jalan Kota HAM 2026–2030")
    problem = factories.a_problem(cast, roadmap, title="Belum ada kanal")
    action = factories.an_action(
        cast, roadmap, title="Melatih", problems=[problem], lead=cast.dinsos, supporting=[cast.oms, cast.kominfo],
        budget={"2026 apbd": 420_000_000, "2026 apbn": 1_000, "2027 apbd": 5}, code="A-7",
    )  # fmt: skip
    factories.an_indicator(
        cast, action, title="Petugas", unit="orang", baseline="0", baseline_year=2025,
        targets={"2026": "1500.5", "2027": "NA", "2030": "0"},
    )  # fmt: skip
    factories.an_indicator(cast, action, title="Puskesmas", baseline="NA")
    factories.an_action(cast, roadmap, title="Menyusun pedoman", budget={"2028 dak": 1_081_275_230})
    return roadmap


def test_the_annex_has_the_columns_the_rows_and_the_sums_of_the_matrix(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    sign_in(client, cast.yusuf)
    document = annex(client, f"/roadmaps/{roadmap.id}/annex.docx?kertas=f4")
    assert len(document.tables) == 1
    above, below, *rows = cells(document.tables[0])
    assert above == list(HEADINGS)
    assert below == ["", "", "", "", "", "", "2026", "2027", "2028", "2029", "2030", "", "", "", ""]
    supporting = "Dinas Komunikasi dan Informatika\nPerkumpulan Contoh Setara"
    assert rows[0][:8] + rows[0][11:-3] + rows[0][-2:] == [
        "1.1\nA-7", "–", "1. Belum ada kanal", "Melatih", "Petugas (orang)", "0 (nihil), tahun 2025", "1.500,5",
        "Tidak tersedia", "Dinas Sosial", "APBD kabupaten/kota\nAPBN",
        "APBD kabupaten/kota\n2026: 420.000.000\n2027: 5\nAPBN\n2026: 1.000",
    ]  # fmt: skip
    assert sorted(rows[0][-3].split("\n")) == supporting.split("\n")
    assert rows[0][8:11] == ["–", "–", "0 (nihil)"]
    assert rows[1] == ["", "", "", "", "Puskesmas", "Tidak tersedia", *["–"] * 5, *[""] * 4]
    assert rows[2][:5] == ["2", "–", "–", "Menyusun pedoman", "–"]
    assert rows[2][-2:] == ["DAK", "2028: 1.081.275.230"]
    assert rows[3:] == [
        ["Jumlah pagu tahun 2026", "420.001.000"],
        ["Jumlah pagu tahun 2027", "5"],
        ["Jumlah pagu tahun 2028", "1.081.275.230"],
        ["Jumlah pagu seluruhnya", "1.501.276.235"],
    ]


def test_the_sums_are_those_of_the_plan(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=3, actions=11, modalities=1)
    sign_in(client, cast.rina)
    table = annex(client, f"/roadmaps/{roadmap.id}/annex.docx").tables[0]
    with client.app.test_request_context():
        plan = outline_of(roadmap.id)
        rows = rows_of(plan, choices_for(roadmap, plan))
    totals = totals_of(rows)
    assert totals == {"2026": 11 * 420_000_000, "2027": 11 * 310_000_000}
    said = dict(row for row in cells(table) if len(row) == 2)
    assert list(said.values()) == [
        write_number(amount) for amount in [*totals.values(), sum(totals.values())]
    ]
    assert [row[0] for row in cells(table)[2:-3] if row[0]] == [row.number for row in rows]


def test_both_heading_rows_are_told_to_word_as_such_and_the_table_has_a_name(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    sign_in(client, cast.rina)
    document = annex(client, f"/roadmaps/{roadmap.id}/annex.docx")
    table = document.tables[0]
    headings = [
        row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows
    ]
    assert headings == [True, True, *[False] * (len(headings) - 2)]
    spans = [cell.grid_span for cell in table.rows[0]._tr.tc_lst]
    assert spans == [1, 1, 1, 1, 1, 1, 5, 1, 1, 1, 1]
    named = {
        mark: table._tblPr.find(qn(f"w:{mark}")).get(qn("w:val")) for mark in ("tblCaption", "tblDescription")
    }
    assert named["tblCaption"] == "MATRIKS RENCANA AKSI PETA JALAN KOTA HAM 2026–2030 KOTA CONTOH"
    assert "rencana aksi" in named["tblDescription"]


def test_title_language_sheet_and_properties_are_real(
    cast: Cast, client: LookingClient, roadmap: Roadmap, clock: Clock
) -> None:
    sign_in(client, cast.rina)
    for paper, size in {"a4": (297, 210), "f4": (330, 215)}.items():
        document = annex(client, f"/roadmaps/{roadmap.id}/annex.docx?kertas={paper}")
        section = document.sections[0]
        assert section.page_width is not None
        assert section.page_height is not None
        assert (round(section.page_width.mm), round(section.page_height.mm)) == size
        grid = sum(int(column.get(qn("w:w"))) for column in document.tables[0]._tbl.tblGrid)
        assert abs(grid - (size[0] - 35) / 25.4 * 1440) < 2
    titles = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    assert titles == ["MATRIKS RENCANA AKSI\nPETA JALAN KOTA HAM 2026–2030\nKOTA CONTOH"]
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "id-ID"
    fonts = document.styles.element.find(f".//{qn('w:rFonts')}")
    assert fonts.get(qn("w:ascii")) == "Bookman Old Style"
    assert "PAGE" in section.header._element.xml
    assert section.different_first_page_header_footer
    core = document.core_properties
    assert (core.language, core.author, core.last_modified_by) == ("id-ID", "Kota Contoh", "")
    assert core.title == titles[0].replace("\n", " ")
    people = {person.name for person in (cast.rina, cast.dodi, cast.wali)}
    answer = client.get(f"/roadmaps/{roadmap.id}/annex.docx")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as package:
        everything = "".join(package.read(name).decode() for name in package.namelist())
    assert not [name for name in people if name in everything]
    assert not any(name.startswith(("customXml", "docProps/thumbnail")) for name in package.namelist())


def test_no_paragraph_is_empty_for_the_sake_of_space(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    sign_in(client, cast.rina)
    document = annex(client, f"/roadmaps/{roadmap.id}/annex.docx")
    assert [one.text for one in document.paragraphs if not one.text.strip()] == []


def test_a_working_plan_is_a_draft_in_its_head_and_leaves_dots_for_what_is_not_known(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    sign_in(client, cast.rina)
    document = annex(client, f"/roadmaps/{roadmap.id}/annex.docx")
    assert [re.sub("…+", "…", line) for line in head(document)] == [
        "LAMPIRAN", "RANCANGAN PERATURAN WALI KOTA CONTOH", "NOMOR … TAHUN …", "TENTANG", "…",
    ]  # fmt: skip
    assert [re.sub("…+", "…", line) for line in signature(document)] == [
        "Ditetapkan di Contoh", "pada tanggal …", "WALI KOTA CONTOH,", "…",
    ]  # fmt: skip
    assert "RANCANGAN" not in document.sections[0].header._element.xml


def test_an_edition_is_no_draft_and_bears_its_regulation_once_it_is_adopted(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    with client.app.app_context():
        with unit_of_work():
            db.session.get_one(Region, cast.city.id).leader_name = "Ahmad Fulan, S.Sos., M.Si."
        approved(cast, roadmap)
    sign_in(client, cast.maria)
    document = annex(client, f"/roadmaps/{roadmap.id}/annex.docx?edisi=1")
    assert [re.sub("…+", "…", line) for line in head(document)] == [
        "LAMPIRAN", "PERATURAN WALI KOTA CONTOH", "NOMOR … TAHUN …", "TENTANG", "…",
    ]  # fmt: skip
    second = a_plan(cast, title="Peta Jalan Kedua", problems=1, actions=1, modalities=1, loose=0)
    adopted(cast, second)
    with client.app.app_context():
        plan_verbs.add_item(cast.rina, second.id, "action", {"title": "Sesudah edisi"})
    document = annex(client, f"/roadmaps/{second.id}/annex.docx?edisi=1&kertas=f4")
    assert head(document) == [
        "LAMPIRAN", "PERATURAN WALI KOTA CONTOH", "NOMOR 12 TAHUN 2026", "TENTANG", "PETA JALAN KOTA HAM",
    ]  # fmt: skip
    assert signature(document) == [
        "Ditetapkan di Contoh", "pada tanggal 1 Juli 2026", "WALI KOTA CONTOH,", "AHMAD FULAN, S.Sos., M.Si.",
    ]  # fmt: skip
    assert "Sesudah edisi" not in str(cells(document.tables[0]))
    assert "Sesudah edisi" in str(cells(annex(client, f"/roadmaps/{second.id}/annex.docx").tables[0]))
    xml = document.element.xml
    assert not re.search(r"<w:drawing|<w:pict|<w:hyperlink|>[^<]*[0-9a-f]{12}", xml)
    for unknown in ("2", "0", "x", "9" * 30):
        assert client.get(f"/roadmaps/{second.id}/annex.docx?edisi={unknown}").status == 404


def test_a_moment_that_has_passed_is_a_draft_and_says_which_moment(
    cast: Cast, client: LookingClient, roadmap: Roadmap, clock: Clock
) -> None:
    with client.app.app_context():
        seq = db.session.get_one(Roadmap, roadmap.id).head_seq
        clock.advance(days=1)
        plan_verbs.add_item(cast.rina, roadmap.id, "action", {"title": "Sesudah itu"})
    sign_in(client, cast.yusuf)
    then = f"/roadmaps/{roadmap.id}/as-of/{seq}/annex.docx"
    answer = client.get(then)
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="lampiran_peta-jalan-kota-ham-2026-2030_keadaan-2026-11-02_08.00.00-wib_a4.docx"'
    )
    document = annex(client, then)
    assert head(document)[1].startswith("RANCANGAN")
    assert head(document)[-1] == "Keadaan 2 November 2026 pukul 08.00 WIB"
    assert "Sesudah itu" not in str(cells(document.tables[0]))
    clock.advance(days=1)
    sign_in(client, cast.yusuf)
    assert client.get(then).body == answer.body


def test_a_regency_speaks_of_its_regent_and_leaves_its_seat_to_be_written(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = factories.a_roadmap(cast, by=cast.eka, title="Peta Jalan Kabupaten Lain")
    sign_in(client, cast.eka)
    document = annex(client, f"/roadmaps/{roadmap.id}/annex.docx")
    assert head(document)[1] == "RANCANGAN PERATURAN BUPATI LAIN"
    assert signature(document)[0].startswith("Ditetapkan di …")
    assert signature(document)[2] == "BUPATI LAIN,"
    assert not document.tables
    assert "Belum ada rencana aksi." in [one.text for one in document.paragraphs]
    titles = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    assert titles == ["MATRIKS RENCANA AKSI\nPETA JALAN KABUPATEN LAIN"]


def test_the_same_plan_gives_the_same_bytes_on_another_day_and_in_another_language(
    cast: Cast, client: LookingClient, roadmap: Roadmap, clock: Clock
) -> None:
    sign_in(client, cast.rina)
    first = client.get(f"/roadmaps/{roadmap.id}/annex.docx").body
    clock.advance(days=3, hours=5)
    client.raw.set_cookie("bahasa", "en")
    sign_in(client, cast.rina)
    assert client.get(f"/roadmaps/{roadmap.id}/annex.docx").body == first


def test_who_may_not_see_the_draft_gets_no_annex(cast: Cast, client: LookingClient, roadmap: Roadmap) -> None:
    for person in (cast.eka, cast.adi, cast.nina):
        sign_in(client, person)
        for address in ("annex.docx", "as-of/1/annex.docx"):
            assert client.get(f"/roadmaps/{roadmap.id}/{address}").status in {403, 404}


def test_the_documents_and_the_edition_offer_it(cast: Cast, client: LookingClient, roadmap: Roadmap) -> None:
    with client.app.app_context():
        edition = approved(cast, roadmap)
        number, seq = edition.number, edition.seq
    sign_in(client, cast.yusuf)
    pages = {
        f"/roadmaps/{roadmap.id}/documents": 4,
        f"/roadmaps/{roadmap.id}/editions/{number}": 2,
        f"/roadmaps/{roadmap.id}/as-of/{seq}": 1,
    }
    for address, expected in pages.items():
        offered = [url for url in client.get(address).links.values() if "annex.docx" in url]
        assert len(offered) == expected, address
        for url in offered:
            annex(client, url)


def test_a_closed_text_shows_its_mark(cast: Cast, client: LookingClient, roadmap: Roadmap) -> None:
    with client.app.app_context():
        action = outline_of(roadmap.id).items["action"][0]
        approved(cast, roadmap)
        plan_verbs.close_text(
            cast.maria, "action", action.id, ["title"], basis="UU 27/2022", reason="Menyebut korban."
        )
    sign_in(client, cast.rina)
    for asked in ("", "?edisi=1"):
        rows = cells(annex(client, f"/roadmaps/{roadmap.id}/annex.docx{asked}").tables[0])
        assert "[Isi ditutup karena data pribadi]" in {row[3] for row in rows if len(row) > 3}
        assert "Melatih" not in str(rows)


# --- without a database: plans as they may be, long and hostile


def a_long_plan(
    actions: int, words: Callable[[int], str], *, last_year: int = 2030, each: int = 1, has_money: bool = True
) -> Outline:
    """A plan of so many actions under thirty problems, each with an indicator, every third with three.

    `each` is how many actions one after the other answer the same problem.
    """

    def item(kind: str, uid: str, place: int, **values: object) -> ItemView:
        empty = {field.name: field.type.empty for field in KINDS[kind].fields}
        return ItemView(kind, place, uid, 1, {**empty, "position": f"{place:06}", **values})  # type: ignore[dict-item]

    items = [item("cover", "c", 0, title="Peta Jalan Kota HAM", year_from=2026, year_to=last_year)]
    items += [item("problem", f"p{n}", n, title=words(n)) for n in range(30)]
    for n in range(actions):
        budget = {f"{year} apbd": 1_000_000 * n for year in range(2026, 2031)} | {"2027 csr": 5}
        budget = budget if has_money else {}
        items.append(
            item("action", f"a{n}", n, title=words(n + 1), problems=[f"p{n // each % 30}"], budget=budget, lead="o1",
                 supporting=["o1", "o2"], rights=["r1", "r2"])
        )  # fmt: skip
        items += [
            item("indicator", f"i{n}-{m}", m, action=f"a{n}", title=words(n + m), unit="persen", baseline="72.9",
                 baseline_year=2025, targets={"2026": "75", "2028": "NA", "2030": "1081275"})
            for m in range(3 if n % 3 == 0 else 1)
        ]  # fmt: skip
    return outline(items)


CHOICES = Choices(
    organisations={"o1": "Dinas Pemberdayaan Perempuan dan Perlindungan Anak", "o2": "Forum Warga & Mitra"},
    terms={"rights": {"r1": "Hak atas informasi", "r2": "Hak turut serta dalam pemerintahan"}},
)
SENTENCE = (
    "Menyelenggarakan pelatihan bagi petugas layanan di seluruh kelurahan, mendampingi keluarga yang belum memiliki "
    "dokumen kependudukan, dan mempertanggungjawabkan pemberdayaan penyandang disabilitas bersama organisasinya. "
)


def written(app: Flask, plan: Outline, paper: str = "f4") -> bytes:
    with app.test_request_context():
        g.language, g.zone = "id", "WIB"
        region = Region(name="Contoh", kind="kota", province="Provinsi Contoh", leader_name="Ahmad Fulan")
        words = head_of(region, plan.title, is_draft=True)
        return write_annex(
            plan, CHOICES, words, PAPERS[paper], author="Kota Contoh", language="id", at=MORNING
        )


@SAME_ON_BOTH
def test_more_years_than_there_is_room_for_stand_in_one_column(app: Flask) -> None:
    plan = a_long_plan(2, lambda n: f"Kata {n}", last_year=2035)
    heading, first, *_rest = cells(Document(io.BytesIO(written(app, plan))).tables[0])
    assert heading == list(HEADINGS)
    assert first[6] == "2026: 75\n2028: Tidak tersedia\n2030: 1.081.275"


@SAME_ON_BOTH
def test_where_the_sheet_is_too_narrow_for_the_years_words_go_before_columns(app: Flask) -> None:
    plan = a_long_plan(4, lambda _: SENTENCE)
    narrow, wide = (
        cells(Document(io.BytesIO(written(app, plan, paper))).tables[0]) for paper in ("a4", "f4")
    )
    assert narrow[0] == wide[0] == list(HEADINGS)
    assert wide[1][6:11] == ["2026", "2027", "2028", "2029", "2030"]
    assert narrow[1][6].startswith("2026: 75\n")


@SAME_ON_BOTH
def test_hostile_words_stay_words(app: Flask) -> None:
    hostile = [
        *HOSTILE_STRINGS,
        "]]>",
        "&amp;",
        "\x00\x08\x0b\x1f\ufffe\uffff\ud800",
        "\u202ekanan ke kiri",
        "=1+1",
        "baris\nbaru\tdi sini",
    ]
    plan = a_long_plan(len(hostile), lambda n: hostile[n % len(hostile)])
    rows = cells(Document(io.BytesIO(written(app, plan))).tables[0])
    said = [row[3] for row in rows[2:] if len(row) > 3 and row[3]]
    gone = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
    expected = {
        gone.sub("", words).replace("\r", "\n").replace("\n", "").replace("\t", "") for words in hostile
    }
    assert {words.replace("\n", "").replace("\t", "") for words in said} == expected - {""}


@SAME_ON_BOTH
def test_three_hundred_actions_are_written_in_seconds_and_two_thousand_come_too(app: Flask) -> None:
    written(app, a_long_plan(1, lambda _: SENTENCE))
    began = time.process_time()  # whatever else the machine does
    written(app, a_long_plan(300, lambda n: SENTENCE * (1 + n % 3)))
    assert time.process_time() - began < 5
    document = Document(io.BytesIO(written(app, a_long_plan(2000, lambda n: f"{SENTENCE} ({n})"), "f4")))
    rows = document.tables[0]._tbl.tr_lst
    assert len(rows) == 2 + 2000 + 2 * 667 + 6 + 1


@SAME_ON_BOTH
@pytest.mark.slow
def test_libreoffice_lays_it_out_and_saves_it_and_lays_out_what_it_saved(
    app: Flask, office: Callable[..., Path], tmp_path: Path
) -> None:
    plan = a_long_plan(60, lambda n: SENTENCE if n % 9 else SENTENCE * 4)
    sizes = {"a4": (842, 595), "f4": (936, 610)}
    paths = [tmp_path / f"{paper}.docx" for paper in sizes]
    for path in paths:
        path.write_bytes(written(app, plan, path.stem))
    laid_out = convert_all(paths, "pdf", tmp_path / "once")
    saved = convert_all(paths, "docx", tmp_path / "saved")
    laid_out_again = convert_all(saved, "pdf", tmp_path / "twice")
    for path, once, again, twice in zip(paths, laid_out, saved, laid_out_again, strict=True):
        pages = pages_of(once)
        assert 20 <= len(pages) <= 100
        assert {tuple(map(round, page)) for page in pages} == {sizes[path.stem]}
        assert abs(len(pages_of(twice)) - len(pages)) <= 1
        before, after = (cells(Document(str(one)).tables[0]) for one in (path, again))
        assert [row[-1] for row in after] == [row[-1] for row in before]
        assert (
            after[-1]
            == before[-1]
            == ["Jumlah pagu seluruhnya", write_number(5_000_000 * sum(range(60)) + 300)]
        )


@SAME_ON_BOTH
@pytest.mark.slow
def test_the_signature_never_stands_on_a_page_without_rows_of_the_table(
    app: Flask, office: Callable[..., Path], tmp_path: Path
) -> None:
    lengths = [(1, True), (2, True), (9, True), (12, True), (4, False), (7, False), (8, False)]
    paths = []
    for actions, has_money in lengths:
        plan = a_long_plan(
            actions, lambda n: SENTENCE if n % 4 else SENTENCE * 3, each=2, has_money=has_money
        )
        paths.append(tmp_path / f"{actions}.docx")
        paths[-1].write_bytes(written(app, plan))
    for length, laid_out in zip(lengths, convert_all(paths, "pdf", tmp_path), strict=True):
        # The signature's rows alone would bring the two rows of headings, which have three lines across.
        assert len(lines_across_the_last_page(laid_out)) > 3, length


@SAME_ON_BOTH
def test_actions_one_after_the_other_say_the_problem_and_the_rights_they_share_once(app: Flask) -> None:
    def table(plan: Outline) -> list[list[str]]:
        return cells(Document(io.BytesIO(written(app, plan))).tables[0])[2:]

    several = [row for row in table(a_long_plan(6, lambda n: f"Kata {n}", each=3)) if len(row) > 3]
    assert [row[0] for row in several if row[0]] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    problems = {row[0]: row[2] for row in several if row[0]}
    # The first of each three is long; the other two stand together.
    assert problems == {
        **dict.fromkeys(("1.1", "1.2"), "1. Kata 0"),
        **dict.fromkeys(("2.1", "2.2"), "2. Kata 1"),
        "1.3": "",
        "2.3": "",
    }
    assert [bool(row[1]) for row in several].count(True) < 6
    for row in table(a_long_plan(6, lambda _: SENTENCE * 3, each=6)):
        if len(row) > 3 and row[0]:  # more than a page has room for together: each page says it
            assert row[2].startswith("1. Menyelenggarakan")


def lines_across_the_last_page(pdf: Path) -> set[float]:
    """Give how high the horizontal lines of a document's last page stand."""
    written = pdf.read_bytes()
    number = re.findall(rb"/Type/Page/.*?/Contents (\d+) 0 R", written, re.DOTALL)[-1]
    found = re.search(rb"\n%s 0 obj.*?stream\r?\n(.*?)endstream" % number, written, re.DOTALL)
    assert found
    drawn = zlib.decompressobj().decompress(found[1]).decode("latin-1")
    ends = re.findall(r"([\d.]+) ([\d.]+) m\s+([\d.]+) ([\d.]+) l", drawn)
    return {round(float(y)) for _x, y, _to_x, to_y in ends if y == to_y}


def pages_of(pdf: Path) -> list[tuple[float, float]]:
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf.read_bytes())
    return [(float(wide), float(high)) for wide, high in boxes]
