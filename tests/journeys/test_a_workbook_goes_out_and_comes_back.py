"""Rina takes the plan along as a workbook, works on it in another program and brings it back: only what she changed changes.

Cells are changed by openpyxl, and then LibreOffice opens and saves the file: Debian's office without a screen brings
no language in which it could be told to change them itself.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.history.queries import state_as_of
from roadmap.intake.candidates import Asks
from roadmap.intake.models import State
from roadmap.intake.operations import leave
from roadmap.intake.trial import Fate, Trial
from roadmap.plan.bulk import Entry, add_many
from roadmap.plan.kinds import KINDS
from roadmap.plan.operations import edit_item
from roadmap.plan.queries import outline_of, terms_seen_by
from tests import factories
from tests.cast import Cast, sign_in
from tests.exchange.workbooks import taken
from tests.intake.wizard import LAST, decided, the_trial, tried, written
from tests.journeys.generated_plans import plans
from tests.page import LookingClient
from tests.plans import a_plan

pytestmark = pytest.mark.slow

Office = Callable[..., Path]
KIND_SHEETS = ("Sampul", "Bab", "Modalitas", "Permasalahan", "Rencana aksi", "Indikator")
PROBLEMS, ACTIONS, INDICATORS, MODALITIES = "Permasalahan", "Rencana aksi", "Indikator", "Modalitas"


def out(client: LookingClient, cast: Cast, roadmap: Roadmap) -> bytes:
    """Take the workbook along."""
    sign_in(client, cast.rina)
    return taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx")


def through(office: Office, content: bytes, folder: Path, name: str = "lembar-kerja") -> bytes:
    """Have LibreOffice open a workbook and save it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.xlsx"
    path.write_bytes(content)
    return office(path, "xlsx:Calc MS Excel 2007 XML", folder / "saved").read_bytes()


def changed(content: bytes, change: Callable[[Workbook], object]) -> bytes:
    """Change a workbook by hand."""
    book = load_workbook(BytesIO(content))
    change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def sheet_of(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def put(book: Workbook, name: str, row: int, heading: str, value: Any) -> None:
    """Write into the cell of a row (from 2) under a heading."""
    sheet = sheet_of(book, name)
    column = next(cell.column for cell in sheet[1] if cell.value == heading)
    sheet.cell(row, column).value = value


def title_in(content: bytes, name: str, row: int) -> str:
    """Read the title of a row (from 2)."""
    sheet = sheet_of(load_workbook(BytesIO(content)), name)
    column = next(cell.column for cell in sheet[1] if cell.value == name)
    return str(sheet.cell(row, column).value)


def tried_again(cast: Cast, roadmap: Roadmap, content: bytes, name: str = "lembar-kerja.xlsx") -> Trial:
    with cast.app.app_context():
        intake_id = tried(cast.rina, roadmap, content, name)
        trial = the_trial(intake_id)
        leave(cast.rina, intake_id)
        return trial


def changes_nothing(trial: Trial) -> bool:
    assert (trial.questions, trial.troubles, trial.touched_read_only) == ([], [], [])
    assert {row.fate for row in trial.rows} <= {Fate.UNCHANGED}
    return not trial.changes_something


def hashes(roadmap_id: int) -> dict[str, str]:
    """What every item holds, by its uid."""
    db.session.rollback()
    db.session.expire_all()
    return {one.item_uid: one.content_hash for one in state_as_of(roadmap_id, LAST)}


def edited(cast: Cast, roadmap: Roadmap, kind: str, title: str, values: Mapping[str, Any]) -> None:
    """Dodi changes an item meanwhile."""
    with cast.app.app_context():
        item = next(one for one in outline_of(roadmap.id).items[kind] if one.label == title)
        edit_item(cast.dodi, kind, item.id, item.version, values)


def a_full_plan(cast: Cast) -> Roadmap:
    """A plan with every kind, and words that a spreadsheet might take for something else."""
    roadmap = a_plan(cast, problems=3, actions=6, modalities=3)
    factories.a_section(cast, roadmap, title="=1+1", body="-turun\n\n- satu\n- dua\n\n" + "panjang " * 3_000)
    problem = factories.a_problem(
        cast, roadmap, title="@rapat +62", baseline="NA", baseline_year=2024, description="=SUM(A1)"
    )
    action = factories.an_action(
        cast, roadmap, title="1.5", problems=[problem], lead=cast.dinsos, supporting=[cast.oms, cast.kominfo],
        starts_on="2026-02-01", ends_on="2028-02-29", code="007", evidence={"https://contoh.id/a": "Perda"},
        budget={"2026 apbd": 0, "2027 hibah": 1_081_275_230}, realisation={"2026 apbd": 17},
        status="terhambat", status_reason="Hujan",
    )  # fmt: skip
    factories.an_indicator(
        cast,
        action,
        title="31/12/2026",
        baseline="0.0001",
        targets={"2026": "NA", "2027": "1500", "2030": "72.9"},
    )
    return roadmap


def test_five_cells_changed_and_one_changed_by_another_meanwhile(
    cast: Cast, client: LookingClient, office: Office, tmp_path: Path
) -> None:
    roadmap = a_plan(cast, problems=3, actions=6, modalities=3)

    def change(book: Workbook) -> None:
        put(book, PROBLEMS, 2, "Penyebab", "Loket belum ramah")
        put(book, ACTIONS, 3, "Uraian", "Dijalankan bertahap\ndi semua kecamatan")
        put(book, ACTIONS, 4, "Selesai", datetime(2029, 12, 31))  # noqa: DTZ001 - as a spreadsheet keeps it
        put(book, ACTIONS, 5, "Anggaran 2027, APBD kabupaten/kota", 315_500_000)
        put(book, INDICATORS, 2, "Target 2027", 13)

    there = out(client, cast, roadmap)
    back = through(office, changed(there, change), tmp_path)
    edited(cast, roadmap, "action", title_in(there, ACTIONS, 3), {"description": "Sedang ditinjau ulang"})
    edited(cast, roadmap, "modality", title_in(there, MODALITIES, 2), {"description": "Diubah Dodi"})
    with cast.app.app_context():
        before = hashes(roadmap.id)
        intake_id = tried(cast.rina, roadmap, back, "lembar-kerja.xlsx")
        trial = the_trial(intake_id)
        assert (trial.troubles, trial.touched_read_only) == ([], [])
        (clash,) = trial.questions
        assert clash.asks == Asks.CLASH
        assert trial.count(Fate.CHANGED) == 4
        assert trial.count(Fate.DOUBTFUL) == 1
        assert trial.count(Fate.UNCHANGED) == len(trial.rows) - 5
        mine = next(option.value for option in clash.options if option.value.startswith("mine"))
        assert decided(cast.rina, intake_id, {clash.key: mine}).is_settled
        intake = written(cast.rina, intake_id, "Dari lapangan")
        assert (intake.state, intake.report and intake.report["changed"]) == (State.DONE, 5)
        after = hashes(roadmap.id)
        assert len([uid for uid in before if before[uid] != after[uid]]) == 5
        assert before.keys() == after.keys()
        _check_the_five(roadmap.id)


def _check_the_five(roadmap_id: int) -> None:
    plan = outline_of(roadmap_id)
    actions = [one.values for problem in plan.items["problem"] for one in _answering(plan, problem.uid)]
    assert "Dijalankan bertahap\ndi semua kecamatan" in [one["description"] for one in actions]
    assert [one["ends_on"] for one in actions].count("2029-12-31") == 1
    assert {"2026 apbd": 420_000_000, "2027 apbd": 315_500_000} in [one["budget"] for one in actions]
    assert "Loket belum ramah" in [one.values["cause"] for one in plan.items["problem"]]
    assert {"2026": "6", "2027": "13", "2028": "16"} in [
        one.values["targets"] for one in plan.items["indicator"]
    ]


def _answering(plan: Any, uid: str) -> list[Any]:
    return [one for one in plan.items["action"] if uid in one.values["problems"]]


@pytest.mark.engines("sqlite")
def test_an_untouched_workbook_changes_nothing_whatever_office_saved_it(
    cast: Cast, client: LookingClient, office: Office, tmp_path: Path
) -> None:
    roadmap = a_full_plan(cast)
    there = out(client, cast, roadmap)
    trial = tried_again(cast, roadmap, there)
    assert {row.kind for row in trial.rows} <= set(KINDS)
    assert changes_nothing(trial)
    saved = through(office, there, tmp_path)
    assert changes_nothing(tried_again(cast, roadmap, saved))
    assert changes_nothing(tried_again(cast, roadmap, changed(saved, lambda _book: None)))


@pytest.mark.engines("sqlite")
def test_what_people_do_to_a_table_to_read_it_does_no_harm(
    cast: Cast, client: LookingClient, office: Office, tmp_path: Path
) -> None:
    roadmap = a_full_plan(cast)
    dressed = changed(out(client, cast, roadmap), _dress_up)
    assert changes_nothing(tried_again(cast, roadmap, through(office, dressed, tmp_path)))


def _dress_up(book: Workbook) -> None:
    """Sort, filter, hide, colour, widen, freeze otherwise, move columns, and other sheets first."""
    for name in KIND_SHEETS:
        sheet = sheet_of(book, name)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head, *entries = rows
        order = [0, *range(len(head) - 1, 0, -1)]
        for number, row in enumerate([head, *reversed(entries)], 1):
            for column, place in enumerate(order, 1):
                cell = sheet.cell(number, column)
                cell.value = row[place]
                cell.number_format = "General" if not isinstance(row[place], datetime) else "mmm yyyy"
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFFF00")
        sheet.auto_filter.ref = sheet.dimensions
        sheet.freeze_panes = "D4"
        sheet.column_dimensions["C"].hidden = True
        if sheet.max_row > 2:
            sheet.row_dimensions[3].hidden = True
    book.move_sheet(INDICATORS, offset=-4)


@pytest.mark.engines("sqlite")
def test_a_row_of_my_own_between_the_others_is_new_and_one_taken_out_is_asked_about(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_plan(cast, problems=2, actions=3, modalities=1)

    def change(book: Workbook) -> None:
        sheet = sheet_of(book, ACTIONS)
        sheet.delete_rows(3)
        sheet.insert_rows(2)
        put(book, ACTIONS, 2, "Rencana aksi", "Membuka posko di setiap pasar")
        put(book, ACTIONS, 2, "Penanggung jawab utama", "Dinas Sosial")

    trial = tried_again(cast, roadmap, changed(out(client, cast, roadmap), change))
    (gone,) = trial.questions
    assert (gone.asks, gone.default) == (Asks.GONE, "keep")
    (entry,) = trial.entries
    assert entry.values == {"title": "Membuka posko di setiap pasar", "lead": cast.dinsos.uid}
    assert (trial.edits, trial.removals) == ([], [])


@pytest.mark.engines("sqlite")
def test_each_kind_as_csv_comes_back_without_a_change(cast: Cast, client: LookingClient) -> None:
    roadmap = a_full_plan(cast)
    sign_in(client, cast.rina)
    for kind in ("modality", "problem", "action", "indicator"):
        content = client.get(f"/roadmaps/{roadmap.id}/{KINDS[kind].plural}.csv").body
        trial = tried_again(cast, roadmap, content, f"{KINDS[kind].plural}.csv")
        assert (trial.troubles, trial.entries, trial.removals) == ([], [], []), kind
        assert [one.key for one in trial.questions if one.default is None] == [], kind
        assert trial.edits == [], (kind, trial.edits)
        assert [row for row in trial.rows if row.fate != Fate.UNCHANGED] == []


@pytest.mark.engines("sqlite")
def test_whatever_stands_in_a_plan_goes_out_and_comes_back_as_it_was(
    cast: Cast, client: LookingClient, office: Office, tmp_path: Path
) -> None:
    with cast.app.app_context():
        terms = {
            name: [one.uid for one in terms_seen_by(cast.city.id, name)] for name in ("rights", "groups")
        }
    offices = [cast.dinsos.uid, cast.kominfo.uid, cast.oms.uid]
    kept: list[tuple[Roadmap, bytes]] = []

    @settings(
        max_examples=6, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
    )
    @given(entries=plans(offices, terms))
    def check(entries: list[Entry]) -> None:
        roadmap = factories.a_roadmap(cast)
        with cast.app.app_context():
            add_many(cast.rina, roadmap.id, entries)
        there = out(client, cast, roadmap)
        assert changes_nothing(tried_again(cast, roadmap, there))
        kept.append((roadmap, there))

    check()
    roadmap, there = kept[-1]
    assert changes_nothing(tried_again(cast, roadmap, through(office, there, tmp_path)))
