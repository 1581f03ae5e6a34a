"""A blank workbook: the same sheets, drop-downs to choose from, the plain question on each heading, and one example."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from roadmap.exchange.columns import Target
from roadmap.exchange.passport import EXAMPLE, LISTS_SHEET
from roadmap.intake.gathering import gather
from roadmap.intake.guarded import read_file
from roadmap.intake.headings import passport_of, propose
from roadmap.intake.layouts import Layout, Reading
from roadmap.intake.naming import Names
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import KINDS
from tests import factories
from tests.cast import Cast, sign_in
from tests.exchange.workbooks import entries, opened, passport_in, rows_of, taken
from tests.page import LookingClient
from tests.plans import a_plan

SHEETS = ["Baca dulu", "Sampul", "Bab", "Modalitas", "Permasalahan", "Rencana aksi", "Indikator"]


@pytest.fixture
def template(cast: Cast, client: LookingClient) -> Any:
    roadmap = a_plan(cast, problems=2, actions=2, modalities=1, loose=0)
    sign_in(client, cast.rina)
    return opened(taken(client, f"/roadmaps/{roadmap.id}/template.xlsx"))


def test_it_has_the_same_sheets_with_the_same_headings_and_nothing_of_the_plan(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = factories.a_roadmap(cast)
    factories.an_indicator(cast, factories.an_action(cast, roadmap, title="Aksi yang sudah ada"))
    sign_in(client, cast.rina)
    blank = opened(taken(client, f"/roadmaps/{roadmap.id}/template.xlsx"))
    full = opened(taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx"))
    assert [sheet.title for sheet in blank if sheet.sheet_state == "visible"] == SHEETS
    for name in SHEETS[1:]:
        assert rows_of(blank, name)[0] == rows_of(full, name)[0]
        assert "Aksi yang sudah ada" not in str(rows_of(blank, name))
    assert passport_in(blank).is_blank
    assert not passport_in(full).is_blank


def test_each_heading_asks_its_plain_question(template: Any) -> None:
    for kind in KINDS.values():
        sheet = template[kind.label_many]
        notes = {cell.value: cell.comment.text for cell in sheet[1] if cell.comment}
        for field in kind.fields:
            asked = [note for note in notes.values() if note.startswith(field.question)]
            assert asked, (kind.name, field.name)
    actions = {cell.value: cell.comment.text for cell in template["Rencana aksi"][1] if cell.comment}
    assert actions["Pendukung"].endswith("Satu per baris (Alt+Enter untuk baris baru).")
    assert actions["Selesai"] == "Kapan selesai?\nTulis tanggal atau bulannya, misalnya Desember 2026."


def test_choices_offices_and_vocabularies_can_be_picked(template: Any, cast: Cast) -> None:
    menus = menus_of(template, "Rencana aksi")
    assert menus["Prioritas"] == ["Tinggi", "Sedang", "Rendah"]
    assert menus["Penanggung jawab utama"] == menus["Pendukung"]
    assert {cast.dinsos.name, cast.oms.name} <= set(menus["Pendukung"])
    assert "Perempuan" in menus["Kelompok sasaran"]
    assert menus["Permasalahan yang dijawab"][0].startswith("1. ")
    assert menus_of(template, "Indikator")["Rencana aksi"][0].startswith("1.1. ")
    closed = {
        rule.sqref: rule.showErrorMessage for rule in template["Rencana aksi"].data_validations.dataValidation
    }
    assert sorted(closed.values()).count(True) == 3, "only what has a fixed list refuses other words"


def menus_of(book: Any, name: str) -> dict[str, list[str]]:
    """Give the words of each drop-down of a sheet by the heading it stands under."""
    sheet, found = book[name], {}
    for rule in sheet.data_validations.dataValidation:
        column = str(rule.sqref).split(":", 1)[0].rstrip("0123456789")
        where, area = rule.formula1.split("!")
        assert where.strip("'") == LISTS_SHEET
        cells = book[LISTS_SHEET][area.replace("$", "")]
        found[sheet[f"{column}1"].value] = [row[0].value for row in cells]
    return found


def test_the_example_is_marked_and_differs_from_what_people_write(template: Any) -> None:
    for kind in KINDS.values():
        rows = entries(template, kind.label_many)
        assert len(rows) == 1
        assert rows[0].pop("Kode baris") == EXAMPLE
        assert rows[0].pop("Nomor", "Contoh") == "Contoh"
        assert rows[0]
        assert all(cell.font.italic for cell in template[kind.label_many][2] if cell.value is not None)
    assert "contoh dan tidak ikut diambil" in str(rows_of(template, "Baca dulu"))


@pytest.mark.engines("sqlite")  # what another program makes of it is the same on both
def test_libreoffice_keeps_its_drop_downs_notes_and_passport(
    cast: Cast, client: LookingClient, office: Callable[..., Path], tmp_path: Path
) -> None:
    roadmap = a_plan(cast, problems=1, actions=1, modalities=1, loose=0)
    sign_in(client, cast.rina)
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(taken(client, f"/roadmaps/{roadmap.id}/template.xlsx"))
    ours, theirs = opened(path), opened(office(path, "xlsx", tmp_path / "simpan"))
    assert passport_in(theirs) == passport_in(ours)
    for name in SHEETS[1:]:
        assert menus_of(theirs, name) == menus_of(ours, name)
        notes = [[cell.comment and cell.comment.text for cell in book[name][1]] for book in (ours, theirs)]
        assert [note and note.strip() for note in notes[1][: len(notes[0])]] == notes[0]


def test_what_is_filled_in_is_taken_and_the_example_is_nobodys_entry(
    cast: Cast, client: LookingClient, template: Any
) -> None:
    assert gathered(client, template) == []
    problems, actions = template["Permasalahan"], template["Rencana aksi"]
    problems["C3"] = "Belum ada jalur pemandu"
    for name, value in {
        "C": "Membangun jalur pemandu",
        "E": "Belum ada jalur pemandu",
        "F": "Dinas Sosial",
    }.items():
        actions[f"{name}3"] = value
    # Whoever writes over the example means it.
    template["Bab"]["C2"] = "Bab kami sendiri"
    assert gathered(client, template) == [
        ("section", "Bab kami sendiri"),
        ("problem", "Belum ada jalur pemandu"),
        ("action", "Membangun jalur pemandu"),
    ]


def gathered(client: LookingClient, book: Any) -> list[tuple[str, str]]:
    """Save a workbook, read it as it comes in, and tell what items it holds."""
    file = BytesIO()
    book.save(file)
    with client.app.app_context():
        read = read_file(file.getvalue(), "isian.xlsx")
        found = gather(
            read, propose(read, {}, range(2026, 2031)), Names(Choices(), [], {}), {}, {}, passport_of(read)
        )
    assert not found.troubles
    return [(one.kind, one.label) for one in found.candidates]


def test_a_plan_without_a_period_gets_five_years_from_this_one(
    cast: Cast, client: LookingClient, clock: object
) -> None:
    roadmap = factories.a_roadmap(cast, year_from=None, year_to=None)
    sign_in(client, cast.rina)
    book = opened(taken(client, f"/roadmaps/{roadmap.id}/template.xlsx"))
    targets = [str(title) for title in rows_of(book, "Indikator")[0] if str(title).startswith("Target ")]
    assert targets == [f"Target {year}" for year in range(2026, 2031)]


def test_its_columns_are_known_and_its_unused_example_is_passed_over_in_silence(
    cast: Cast, client: LookingClient, template: Any
) -> None:
    template["Permasalahan"]["C4"] = "Belum ada jalur pemandu"
    file = BytesIO()
    template.save(file)
    with client.app.app_context():
        read = read_file(file.getvalue(), "isian.xlsx")
        layout = propose(read, {"rencana aksi": (Target("indicator", "parent"), Reading())}, [2026, 2027])
        assert all(sheet.is_known and not sheet.is_ours for sheet in layout.sheets)
        found = gather(read, layout, Names(Choices(), [], {}), {}, {})
    assert [one.label for one in found.candidates] == ["Belum ada jalur pemandu"]
    # The row that was really left empty is told of, the example above it is not.
    assert [one.values.get("count") for one in found.remarks] == ["1"]
    assert Layout.from_json(layout.as_json()) == layout


def test_the_examples_fit_one_another(template: Any) -> None:
    problem, action, measure = (
        entries(template, KINDS[kind].label_many)[0] for kind in ("problem", "action", "indicator")
    )
    assert action["Permasalahan yang dijawab"] == f"1. {problem['Permasalahan']}"
    assert measure["Rencana aksi"] == f"1. {action['Rencana aksi']}"
    assert "petugas" in measure["Ukuran keberhasilan"]
    assert measure["Satuan"] == "orang"
