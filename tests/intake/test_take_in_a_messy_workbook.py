"""Rina brings the office's 200 rows: twelve cells are named, mended in place, written as one act, and taken back."""

from collections import Counter

import pytest
from flask import Flask

from roadmap.history.models import Roadmap
from roadmap.intake import operations, running
from roadmap.intake.errors import NotSettled
from roadmap.intake.gathering import place_words
from roadmap.intake.models import State
from roadmap.intake.queries import book_of, layout_of
from roadmap.intake.trial import Fate
from roadmap.plan import restoring
from roadmap.plan.queries import outline_of
from tests.cast import Cast
from tests.factories import a_problem, a_roadmap, an_action
from tests.history.log import acts, faults, head
from tests.intake.messy import FAULTS, ROWS, a_messy_workbook, cell_of
from tests.intake.wizard import digest_of_items, the_intake, the_trial, tried, written

NAMED = [
    (9, "Target · 2026"),
    (17, "Pagu Indikatif 2026 (Rp) · APBD"),
    (30, "Waktu Pelaksanaan"),
    (43, "Target · 2027"),
    (58, "Target · 2026"),
    (74, "Pagu Indikatif 2026 (Rp) · APBD"),
    (96, "Waktu Pelaksanaan"),
    (113, "Target · 2026"),
    (137, "Pagu Indikatif 2026 (Rp) · APBD"),
    (155, "Waktu Pelaksanaan"),
    (172, "Target · 2027"),
    (194, "Target · 2027"),
]


@pytest.fixture
def roadmap(ctx: Flask, cast: Cast) -> Roadmap:
    roadmap = a_roadmap(cast)
    a_problem(cast, roadmap)
    an_action(cast, roadmap, title="Membuka layanan aduan keliling tahap 7", area="Kota", lead=cast.bappeda)
    return roadmap


def test_twelve_faults_are_twelve_named_cells_and_nothing_is_written(cast: Cast, roadmap: Roadmap) -> None:
    before = head(roadmap.id)
    intake_id = tried(cast.rina, roadmap, a_messy_workbook(), "Matriks Final (2).xlsx")
    trial, intake = the_trial(intake_id), the_intake(intake_id)
    book, layout = book_of(intake), layout_of(intake)
    assert [place_words(book, layout, one.where)[1:] for one in trial.troubles] == NAMED
    assert {(one.where.row, one.where.column) for one in trial.troubles} == {cell_of(at) for at in FAULTS}
    assert all(one.sentence for one in trial.troubles)
    with pytest.raises(NotSettled):
        operations.write(cast.rina, intake_id, name="Matriks")
    assert head(roadmap.id) == before
    assert len(outline_of(roadmap.id).items["action"]) == 1


def test_mended_it_is_one_act_and_undone_the_plan_is_as_before(cast: Cast, roadmap: Roadmap) -> None:
    before, digest = head(roadmap.id), digest_of_items(roadmap.id)
    intake_id = tried(cast.rina, roadmap, a_messy_workbook(), "Matriks Final (2).xlsx")
    cells = {
        str(one.where): FAULTS[one.where.row - 5, one.where.column][1]
        for one in the_trial(intake_id).troubles
    }
    operations.mend(cast.rina, intake_id, cells)
    running.carry_on(intake_id)
    trial = the_trial(intake_id)
    assert (trial.troubles, trial.is_settled) == ([], True)
    assert Counter(row.fate for row in trial.rows) == {Fate.NEW: 40 + 2 * ROWS - 1, Fate.CHANGED: 1}
    intake = written(cast.rina, intake_id, "Matriks Final")
    assert (intake.state, intake.seq, head(roadmap.id)) == (State.DONE, before + 1, before + 1)
    assert (acts(roadmap.id)[-1].verb, acts(roadmap.id)[-1].reason) == ("import", "Matriks Final")
    _same_file_again(cast, roadmap)
    assert faults(roadmap.id) == []
    restoring.undo(cast.dodi, roadmap.id, before + 1)
    assert digest_of_items(roadmap.id) == digest


def _same_file_again(cast: Cast, roadmap: Roadmap) -> None:
    again = tried(cast.rina, roadmap, a_messy_workbook(faults=False), "Matriks Final (3).xlsx")
    trial = the_trial(again)
    assert {row.fate for row in trial.rows} == {Fate.UNCHANGED}
    assert not trial.changes_something


def test_what_was_written_is_what_the_rows_say(cast: Cast, roadmap: Roadmap) -> None:
    intake_id = tried(cast.rina, roadmap, a_messy_workbook(faults=False))
    assert written(cast.rina, intake_id).state == State.DONE
    plan = outline_of(roadmap.id)
    by_title = {one.label: one for one in plan.items["action"]}
    assert len(by_title) == ROWS
    first, second = (by_title[f"Membuka layanan aduan keliling tahap {n}"] for n in (1, 2))
    assert first.values["budget"] == {"2026 apbd": 1_250_000}
    assert first.values["lead"] == second.values["lead"] == cast.dinsos.uid
    assert set(first.texts("supporting")) == {cast.bappeda.uid, cast.oms.uid}
    assert first.texts("problems") == second.texts("problems")
    assert (second.values["starts_on"], second.values["ends_on"]) == ("2026-07-01", "2026-09-30")
    measure = plan.indicators_of[first.uid][0]
    assert (measure.values["unit"], measure.values["targets"]) == ("orang", {"2026": "1", "2027": "2"})
    known = by_title["Membuka layanan aduan keliling tahap 7"]
    assert (known.values["area"], known.values["lead"]) == ("Kelurahan 7", cast.dinsos.uid)
