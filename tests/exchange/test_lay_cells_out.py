"""What stands in each cell of a table that goes out: real numbers and dates, names in words, every column with its place."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from roadmap.exchange.cells import Cells, CellValue, OutColumn, columns_of, figure_cell, years_of_plan
from roadmap.exchange.columns import NO_FIELDS, Target
from roadmap.exchange.passport import Line
from roadmap.history.models import Roadmap
from roadmap.plan.kinds import KINDS
from roadmap.plan.numbers import numbers_of
from roadmap.plan.queries import choices_for, outline_of
from tests import factories
from tests.cast import Cast


def row_of(roadmap: Roadmap, kind: str, place: int = 0) -> dict[str, CellValue]:
    plan = outline_of(roadmap.id)
    cells = Cells(plan, numbers_of(plan), choices_for(roadmap, plan))
    columns = columns_of(KINDS[kind], plan, years_of_plan(plan))
    return {column.title: cells.of(column, plan.items[kind][place]) for column in columns}


@pytest.mark.engines("sqlite")
def test_an_action_stands_in_its_row_as_people_read_it(cast: Cast, app: Flask) -> None:
    with app.app_context():
        roadmap = factories.a_roadmap(cast)
        problem = factories.a_problem(cast, roadmap, title="Belum ada kanal")
        gone = factories.an_action(cast, roadmap, title="Yang lama")
        action = factories.an_action(
            cast, roadmap, title="Melatih petugas", problems=[problem], lead=cast.dinsos,
            supporting=[cast.oms, cast.kominfo], starts_on="2026-01-01", ends_on="2027-12-31",
            budget={"2026 apbd": 420_000_000, "2028 dak": 10**15}, expected_result="**Semua**\nterlatih",
            priority="tinggi", subactivity_codes=["2.08.03.2.02.0001", "1.06"], superseded_by=gone.uid,
            evidence={"https://contoh.id/a|b": "Notulen | rapat", "https://contoh.id/z": ""},
        )  # fmt: skip
        row = row_of(roadmap, "action", 1)
        line = str(Line(action.uid, action.version))
    said = {title: value for title, value in row.items() if value is not None}
    assert said.pop("Kode baris") == line
    assert said.pop("Pendukung") in {
        "\n".join(pair)
        for pair in (
            ("Perkumpulan Contoh Setara", "Dinas Komunikasi dan Informatika"),
            ("Dinas Komunikasi dan Informatika", "Perkumpulan Contoh Setara"),
        )
    }
    assert said == {
        "Nomor": "1.1",
        "Rencana aksi": "Melatih petugas",
        "Hasil yang ingin dicapai": "**Semua**\nterlatih",
        "Permasalahan yang dijawab": "1. Belum ada kanal",
        "Penanggung jawab utama": "Dinas Sosial",
        "Mulai": date(2026, 1, 1),
        "Selesai": date(2027, 12, 31),
        "Anggaran 2026, APBD kabupaten/kota": 420_000_000,
        "Anggaran 2028, DAK": 10**15,
        "Prioritas": "Tinggi",
        "Kode sub kegiatan": "1.06\n2.08.03.2.02.0001",
        "Digantikan oleh": "2. Yang lama",
        "Bukti": "Notulen | rapat | https://contoh.id/a|b\nhttps://contoh.id/z",
    }
    assert {"Anggaran 2027, APBD kabupaten/kota", "Anggaran 2030, APBD kabupaten/kota"} <= row.keys()


@pytest.mark.engines("sqlite")
def test_an_indicator_names_its_action_and_has_a_column_for_each_year(cast: Cast, app: Flask) -> None:
    with app.app_context():
        roadmap = factories.a_roadmap(cast)
        action = factories.an_action(cast, roadmap, title="Melatih petugas")
        factories.an_indicator(
            cast, action, title="Petugas", unit="orang", baseline="1500.5", baseline_year=2025,
            targets={"2026": "NA", "2027": "0", "2033": "-2.25"},
        )  # fmt: skip
        row = row_of(roadmap, "indicator")
    assert list(row)[1:6] == ["Nomor", "Rencana aksi", "Ukuran keberhasilan", "Satuan", "Data dasar"]
    assert row["Rencana aksi"] == "1. Melatih petugas"
    assert (row["Data dasar"], row["Tahun data dasar"]) == (Decimal("1500.5"), 2025)
    targets = [row[f"Target {year}"] for year in (2026, 2027, 2028, 2029, 2030, 2033)]
    assert targets == ["tidak tersedia", Decimal(0), None, None, None, Decimal("-2.25")]


@pytest.mark.parametrize(
    ("stored", "cell"),
    [
        ("72.9", Decimal("72.9")),
        ("999999999999999", Decimal(999999999999999)),
        ("1234567890123456789.5", "1234567890123456789,5"),
        ("0.1234567890123456", "0,1234567890123456"),
        ("-0.0000000000000000001", "-0,0000000000000000001"),
        ("1" + "0" * 39, "1" + "0" * 39),
    ],
)
def test_a_figure_that_a_spreadsheet_would_cut_stands_as_text(stored: str, cell: CellValue) -> None:
    found = figure_cell(stored)
    assert (type(found), found) == (type(cell), cell)


@pytest.mark.engines("sqlite")
def test_every_field_of_every_kind_has_its_place_and_no_table_grows_too_wide(cast: Cast, app: Flask) -> None:
    with app.app_context():
        roadmap = factories.a_roadmap(cast)
        sources = list(KINDS["action"].by_name["budget"].type.sources)  # type: ignore[attr-defined]
        for start in (2026, 2032):
            money = {f"{year} {source}": 7 for year in range(start, start + 5) for source in sources}
            action = factories.an_action(cast, roadmap, budget=money, realisation=money)
        factories.an_indicator(cast, action, targets={str(year): "1" for year in range(2001, 2061)})
        plan = outline_of(roadmap.id)
        cells = Cells(plan, numbers_of(plan), choices_for(roadmap, plan))
        for name, kind in KINDS.items():
            columns = columns_of(kind, plan, years_of_plan(plan))
            assert {one.target.field for one in columns} - NO_FIELDS == set(kind.by_name)
            assert len({one.title for one in columns}) == len(columns) <= 100, name
            assert len({one.target for one in columns}) == len(columns)
            assert {Target.read(str(one.target)) for one in columns} == {one.target for one in columns}
        for row, item in enumerate(plan.items["action"]):
            assert _money_in(columns_of(KINDS["action"], plan, []), cells, item) == 7 * 55, row


def _money_in(columns: list[OutColumn], cells: Cells, item: object) -> int:
    """Add up an action's budget over its columns, those that share one too."""
    total = 0
    for column in columns:
        if column.target.field == "budget":
            cell = cells.of(column, item)  # type: ignore[arg-type]
            lines = str(cell).splitlines() if column.keys and cell else []
            total += (
                sum(int(line.rsplit(": ", 1)[1]) for line in lines) if column.keys else int(str(cell or 0))
            )
    return total
