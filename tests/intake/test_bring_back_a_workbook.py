"""A workbook that went out and comes back: what was not touched gives nothing, what was touched gives its field only."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from roadmap.exchange.passport import COPY_PREFIX, PASSPORT_SHEET, Line
from roadmap.history.models import Roadmap
from roadmap.intake.books import Book, Cell
from roadmap.intake.candidates import Candidate, Gathered
from roadmap.intake.guarded import read_file
from roadmap.intake.headings import propose
from roadmap.intake.naming import Names
from roadmap.people.models import Organisation
from roadmap.people.queries import organisations_seen_by
from roadmap.plan.fields import Choices
from roadmap.plan.queries import choices_for
from tests import factories
from tests.cast import Cast, sign_in
from tests.intake.books import (
    YEARS,
    a_cell,
    column_of,
    gathered,
    of_kind,
    targets,
    values,
    with_sheet,
)
from tests.page import LookingClient

# Reading a workbook back asks the database for names only; that is tried on both elsewhere.
pytestmark = pytest.mark.engines("sqlite")

ACTIONS, INDICATORS, PROBLEMS = "Rencana aksi", "Indikator", "Permasalahan"
Rows = list[list[Cell | None]]


class Out:
    """A workbook that went out, and the way back."""

    def __init__(self, cast: Cast, client: LookingClient, app: Flask) -> None:
        with app.test_request_context():
            roadmap = self._plan(cast)
            known = choices_for(roadmap)
            self.choices = Choices(
                dict(known.organisations), {}, {name: dict(words) for name, words in known.terms.items()},
                {kind: dict(words) for kind, words in known.items.items()}, list(known.years),
            )  # fmt: skip
            offices = organisations_seen_by(roadmap.region_id)
            self.offices = [
                Organisation(uid=one.uid, name=one.name, abbreviation=one.abbreviation) for one in offices
            ]
            roadmap_id = roadmap.id
        sign_in(client, cast.rina)
        answer = client.get(f"/roadmaps/{roadmap_id}/workbook.xlsx")
        assert answer.status == 200
        self.book = read_file(answer.body, "lembar-kerja.xlsx")

    def _plan(self, cast: Cast) -> Roadmap:
        roadmap = factories.a_roadmap(cast, vision="=1+1 **bagi** semua\n- warga")
        perda = factories.a_modality(
            cast, roadmap, owner=cast.dinsos, evidence={"https://contoh.id/a": "Perda"}
        )
        problem = factories.a_problem(
            cast, roadmap, modalities=[perda], baseline="NA", description="-turun terus"
        )
        other = factories.a_problem(
            cast, roadmap, title="Belum ada data terpilah", baseline="12.5", baseline_unit="%"
        )
        self.problems = {"Belum ada data terpilah": other.uid}
        self.lines: dict[str, str] = {}
        for title, problems in (
            ("Melatih petugas", [problem]),
            ("Membuka kanal", [problem, other]),
            ("Mendata warga", []),
        ):
            action = factories.an_action(
                cast,
                roadmap,
                title=title,
                problems=problems,
                lead=cast.dinsos,
                supporting=[cast.oms, cast.kominfo],
                starts_on="2026-01-01",
                ends_on="2027-12-31",
                budget={"2026 apbd": 420_000_000, "2027 hibah": 1_500},
                subactivity_codes=["2.08.03.2.02.0001"],
                description="Satu paragraf.\n\nParagraf lain.",
            )
            self.lines[title] = action.uid
            factories.an_indicator(
                cast,
                action,
                title=f"Jumlah {title.lower()}",
                unit="orang",
                baseline="0",
                targets={"2026": "10", "2027": "NA"},
            )
        factories.a_section(cast, roadmap, body="# Pendahuluan\n\nIsi.")
        return roadmap

    def back(self, book: Book, *, as_new: bool = False) -> Gathered:
        return gathered(book, names=Names(self.choices, self.offices, {}), as_new=as_new)

    def changed(self, sheet: str, change: Callable[[Rows], object]) -> Gathered:
        return self.back(with_sheet(self.book, sheet, change))


_written: list[Out] = []


@pytest.fixture
def out(app: Flask, request: pytest.FixtureRequest) -> Out:
    """One workbook for all: what comes back is changed in a copy, and nothing is written to the plan."""
    if not _written:
        _written.append(Out(request.getfixturevalue("cast"), request.getfixturevalue("client"), app))
    return _written[0]


def no_change(found: Gathered) -> bool:
    return not (
        found.candidates
        or found.troubles
        or found.questions
        or found.missing_lines
        or found.touched_read_only
    )


def the_one(found: Gathered) -> Candidate:
    assert (found.troubles, found.missing_lines) == ([], [])
    (one,) = found.candidates
    return one


def put(rows: Rows, row: int, heading: str, typed: str | float | None) -> None:
    rows[row][column_of(rows, heading)] = a_cell(typed)


def row_of(rows: Rows, words: str) -> int:
    return next(number for number, row in enumerate(rows) if any(cell and cell.text == words for cell in row))


def test_a_file_that_nobody_touched_changes_nothing(out: Out) -> None:
    assert no_change(out.back(out.book))


def test_it_says_itself_where_every_column_belongs(out: Out) -> None:
    layout = propose(out.book, {}, YEARS)
    assert [out.book.sheets[one.sheet].name for one in layout.sheets][-2:] == [ACTIONS, INDICATORS]
    assert all(one.is_ours for one in layout.sheets)
    assert all(one.target for sheet in layout.sheets for one in sheet.columns)


def test_a_changed_cell_gives_its_field_alone(out: Out) -> None:
    one = the_one(
        out.changed(ACTIONS, lambda rows: put(rows, row_of(rows, "Melatih petugas"), "Uraian", "Baru"))
    )
    assert one.line == Line(out.lines["Melatih petugas"], 1)
    assert values(one) == {"description": "Baru"}
    assert one.label == "Melatih petugas"


def test_an_emptied_cell_empties_its_field(out: Out) -> None:
    one = the_one(out.changed(ACTIONS, lambda rows: put(rows, 1, "Pendukung", None)))
    assert values(one) == {"supporting": []}


def test_a_title_that_was_changed_is_a_title(out: Out) -> None:
    one = the_one(out.changed(ACTIONS, lambda rows: put(rows, 1, "Rencana aksi", "Melatih 60 petugas")))
    assert values(one) == {"title": "Melatih 60 petugas"}


def test_one_amount_leaves_the_others(out: Out) -> None:
    heading = "Anggaran 2026, APBD kabupaten/kota"
    one = the_one(out.changed(ACTIONS, lambda rows: put(rows, 1, heading, 5)))
    assert values(one) == {"budget": {"2026 apbd": 5, "2027 hibah": 1_500}}
    assert not one.values["budget"].is_part
    one = the_one(out.changed(ACTIONS, lambda rows: put(rows, 1, heading, None)))
    assert values(one) == {"budget": {"2027 hibah": 1_500}}


def test_an_amount_counts_whose_column_was_taken_out(out: Out) -> None:
    def change(rows: Rows) -> None:
        put(rows, 1, "Anggaran 2026, APBD kabupaten/kota", 5)
        gone = column_of(rows, "Anggaran 2027, Hibah")
        for row in rows:
            del row[gone]

    assert values(the_one(out.changed(ACTIONS, change))) == {"budget": {"2026 apbd": 5, "2027 hibah": 1_500}}


def test_links_are_read_by_number_and_title(out: Out) -> None:
    one = the_one(
        out.changed(
            ACTIONS, lambda rows: put(rows, 3, "Permasalahan yang dijawab", "2. Belum ada data terpilah")
        )
    )
    assert values(one)["problems"] == [out.problems["Belum ada data terpilah"]]


def test_sorted_rows_and_moved_columns_do_no_harm(out: Out) -> None:
    def change(rows: Rows) -> None:
        rows[1:] = rows[:0:-1]
        for row in rows:
            row.reverse()

    assert no_change(out.changed(ACTIONS, change))


def test_rows_above_and_columns_between_do_no_harm(out: Out) -> None:
    def change(rows: Rows) -> None:
        for number, row in enumerate(rows):
            row.insert(3, a_cell(f"Catatan saya {number}"))
        rows.insert(0, [a_cell("Dikerjakan bersama")])
        rows.insert(3, [])

    found = out.changed(ACTIONS, change)
    assert (found.candidates, found.troubles, found.missing_lines) == ([], [], [])
    assert "Catatan saya 0" in [heading for _sheet, heading in found.without_place]


def test_renamed_headings_are_known_by_what_stands_below(out: Out) -> None:
    def change(rows: Rows) -> None:
        put(rows, 0, "Uraian", "Cara kerja")
        put(rows, 0, "Mulai", "Awal pelaksanaan aksi")

    book = with_sheet(out.book, ACTIONS, change)
    assert no_change(out.back(book))
    assert targets(propose(book, {}, YEARS), -2)["Cara kerja"] == "action:description"


def test_a_renamed_sheet_is_known_by_its_rows(out: Out) -> None:
    sheets = tuple(replace(one, name="Aksi kami") if one.name == ACTIONS else one for one in out.book.sheets)
    assert no_change(out.back(replace(out.book, sheets=sheets)))


def test_a_row_that_was_deleted_is_told(out: Out) -> None:
    def change(rows: Rows) -> None:
        del rows[row_of(rows, "Mendata warga")]

    found = out.changed(ACTIONS, change)
    assert (found.candidates, found.missing_lines) == ([], [Line(out.lines["Mendata warga"], 1)])


def test_a_sheet_that_was_deleted_leaves_its_items(out: Out) -> None:
    book = replace(out.book, sheets=tuple(one for one in out.book.sheets if one.name != ACTIONS))
    found = out.back(book)
    assert (found.candidates, found.missing_lines) == ([], [])
    assert [one.values["name"] for one in found.remarks] == [ACTIONS]


def test_a_copied_row_is_a_new_item(out: Out) -> None:
    def change(rows: Rows) -> None:
        copy = list(rows[1])
        copy[column_of(rows, "Rencana aksi")] = a_cell("Melatih kader")
        rows.insert(1, copy)

    found = out.changed(ACTIONS, change)
    one = the_one(found)
    assert (one.line, one.label) == (None, "Melatih kader")
    assert values(one)["budget"] == {"2026 apbd": 420_000_000, "2027 hibah": 1_500}
    assert len(found.remarks) == 1


def test_a_row_that_was_added_is_a_new_item_of_the_action_it_names(out: Out) -> None:
    def change(rows: Rows) -> None:
        rows.append([None] * len(rows[0]))
        put(rows, -1, "Rencana aksi", "1.1. Melatih petugas")
        put(rows, -1, "Ukuran keberhasilan", "Jumlah modul")
        put(rows, -1, "Target 2026", 3)

    one = the_one(out.changed(INDICATORS, change))
    assert (one.line, one.parent_uid) == (None, out.lines["Melatih petugas"])
    assert values(one) == {"title": "Jumlah modul", "targets": {"2026": "3"}}


def test_an_action_and_its_measure_are_added_together(out: Out) -> None:
    def add_action(rows: Rows) -> None:
        rows.append([None] * len(rows[0]))
        put(rows, -1, "Rencana aksi", "Menyusun pedoman")

    def add_measure(rows: Rows) -> None:
        rows.append([None] * len(rows[0]))
        put(rows, -1, "Rencana aksi", "Menyusun pedoman")
        put(rows, -1, "Ukuran keberhasilan", "Jumlah pedoman")

    book = with_sheet(with_sheet(out.book, ACTIONS, add_action), INDICATORS, add_measure)
    found = out.back(book)
    (action,), (measure,) = of_kind(found, "action"), of_kind(found, "indicator")
    assert measure.parent == action.key


def test_a_row_without_its_title_is_told(out: Out) -> None:
    def change(rows: Rows) -> None:
        rows.append([None] * len(rows[0]))
        put(rows, -1, "Uraian", "Tanpa judul")

    found = out.changed(ACTIONS, change)
    assert found.candidates == []
    assert [one.typed for one in found.troubles] == ["Tanpa judul"]


def test_what_is_only_read_is_told_when_it_was_changed(out: Out) -> None:
    def change(rows: Rows) -> None:
        rows[3][1] = a_cell("Diubah")

    found = out.changed("Matriks", change)
    assert (found.candidates, found.touched_read_only) == ([], ["Matriks"])


def test_without_its_codes_rows_are_new_ones_and_nothing_is_missing(out: Out) -> None:
    def change(rows: Rows) -> None:
        for row in rows:
            del row[0]

    found = out.changed(ACTIONS, change)
    assert found.missing_lines == []
    assert [(one.label, one.line) for one in found.candidates] == [(title, None) for title in out.lines]


def test_a_workbook_of_another_roadmap_brings_new_items(out: Out) -> None:
    found = out.back(out.book, as_new=True)
    assert {one.line for one in found.candidates} == {None}
    assert [one.label for one in of_kind(found, "action")] == list(out.lines)
    assert [one.parent for one in of_kind(found, "indicator")] == [
        one.key for one in of_kind(found, "action")
    ]
    assert values(of_kind(found, "cover")[0])["vision"] == "=1+1 **bagi** semua\n- warga"


@pytest.mark.parametrize("text", ["", "{}", '{"format": 1}', "[1]"])
def test_a_broken_passport_is_no_passport(out: Out, text: str) -> None:
    sheets = tuple(
        replace(one, rows=((a_cell(text),),)) if one.name == PASSPORT_SHEET else one
        for one in out.book.sheets
    )
    assert out.back(out.book).candidates == []
    # Nothing vouches for the copies any more, so that every row says all that stands in it.
    found = out.back(replace(out.book, sheets=sheets))
    assert {one.kind for one in found.candidates} >= {"cover", "problem", "action"}


def test_a_passport_without_its_copies_is_not_believed(out: Out) -> None:
    sheets = tuple(one for one in out.book.sheets if not one.name.startswith(COPY_PREFIX))
    found = out.back(replace(out.book, sheets=sheets))
    assert [one.label for one in of_kind(found, "action")] == list(out.lines)
