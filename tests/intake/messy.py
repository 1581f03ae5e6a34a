"""A workbook as it comes from an office: titles above, headings on two lines, merged cells, totals below, many hands.

`a_messy_workbook()` has 200 rows and twelve cells that cannot be taken (`FAULTS`); with `faults=False` they are mended.
"""

import io
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Matriks Final (2)"
ROWS = 200
PER_PROBLEM = 5
FIRST_ROW = 6
COLUMNS = (
    ("No", ""),
    ("Permasalahan HAM", ""),
    ("Rencana Aksi", ""),
    ("Penanggung Jawab", "Utama"),
    ("Penanggung Jawab", "Pendukung"),
    ("Indikator Keberhasilan", ""),
    ("Satuan", ""),
    ("Target", "2026"),
    ("Target", "2027"),
    ("Waktu Pelaksanaan", ""),
    ("Pagu Indikatif 2026 (Rp)", "APBD"),
    ("Lokasi", ""),
)
B, C, D, E, H, I, J, K = 1, 2, 3, 4, 7, 8, 9, 10  # noqa: E741 - columns as spreadsheets name them
# Row (from 0 among the entries) and column, what stands there, and what is written in its place.
FAULTS: Mapping[tuple[int, int], tuple[object, str]] = {
    (3, H): ("sekitar tujuh", "7"),
    (11, K): ("menyesuaikan", "15.000.000"),
    (24, J): ("31/02/2026", "28/02/2026"),
    (37, I): ("> 2.800", "2800"),
    (52, H): ("60-70", "65"),
    (68, K): ("Rp 1,5 M atau 2 M", "1.500.000.000"),
    (90, J): ("Triwulan V 2026", "Triwulan IV 2026"),
    (107, H): ("#REF!", "4"),
    (131, K): (-5_000_000, "5.000.000"),
    (149, J): ("secepatnya", "Desember 2026"),
    (166, I): ("≥ 75", "75"),
    (188, I): ("naik", "378"),
}
OWNERS = ("Dinas Sosial", "DINAS SOSIAL", "Dinsos", "Dinas  Sosial", "Diskominfo")
TIMES = ("2026", "Triwulan III 2026", "Januari - Juni 2026", "B04 2026", "Semester 1 2026", "Desember 2026")


def cell_of(fault: tuple[int, int]) -> tuple[int, int]:
    """The row and the column, from 0, at which a fault stands in the sheet."""
    return FIRST_ROW - 1 + fault[0], fault[1]


def a_messy_workbook(*, faults: bool = True) -> bytes:
    """Write it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    sheet.append(["MATRIKS RENCANA AKSI DAERAH HAK ASASI MANUSIA"])
    sheet.append(["KOTA CONTOH TAHUN 2026-2027"])
    sheet.append([])
    sheet.append([heading for heading, _below in COLUMNS])
    sheet.append([below for _heading, below in COLUMNS])
    _merge_headings(sheet)
    for number in range(ROWS):
        sheet.append(_row(number, with_faults=faults))
    for start in range(0, ROWS, PER_PROBLEM * 2):
        _merge(sheet, FIRST_ROW + start, B + 1, FIRST_ROW + start + PER_PROBLEM - 1, B + 1)
    sheet.append(["", "JUMLAH", *[""] * 8, f"=SUM(K{FIRST_ROW}:K{FIRST_ROW + ROWS - 1})"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(number: int, *, with_faults: bool) -> list[object]:
    is_first = number % PER_PROBLEM == 0
    row: list[object] = [
        number // PER_PROBLEM + 1 if is_first else None,
        f"Warga di wilayah binaan {number // PER_PROBLEM + 1} belum terlayani" if is_first else None,
        f"Membuka layanan aduan keliling tahap {number + 1}",
        "sda" if number % PER_PROBLEM == 1 else OWNERS[number // PER_PROBLEM % len(OWNERS)],
        "1. Bappeda\n2. Perkumpulan Contoh Setara" if number % 3 == 0 else "Bappeda; Diskominfo",
        f"Jumlah warga yang dilayani pada tahap {number + 1}",
        "orang",
        number + 1 if number % 2 else f"{number + 1}",
        (number + 1) * 2,
        TIMES[number % len(TIMES)],
        (number + 1) * 1_250_000 if number % 4 else _rupiah((number + 1) * 1_250_000),
        f"Kelurahan {number + 1} ",
    ]
    for (at, column), (fault, mended) in FAULTS.items():
        if at == number:
            row[column] = fault if with_faults else mended
    return row


def _rupiah(amount: int) -> str:
    return f"Rp {amount:,}".replace(",", ".")


def _merge_headings(sheet: Worksheet) -> None:
    _merge(sheet, 1, 1, 1, len(COLUMNS))
    for column, (_heading, below) in enumerate(COLUMNS, 1):
        if not below:
            _merge(sheet, 4, column, 5, column)
    _merge(sheet, 4, D + 1, 4, E + 1)
    _merge(sheet, 4, H + 1, 4, I + 1)


def _merge(sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
    sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
