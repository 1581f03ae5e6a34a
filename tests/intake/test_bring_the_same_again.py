"""The same file again: nothing is asked twice, nothing that was edited since is undone, nothing is added anew."""

from collections.abc import Mapping

import pytest
from flask import Flask

from roadmap.history.models import Plain, Roadmap
from roadmap.intake import operations, running
from roadmap.intake.candidates import Asks
from roadmap.intake.models import State
from roadmap.intake.queries import count_open
from roadmap.intake.rules import KEPT_AFTER_LEAVING, MOST_OPEN
from roadmap.intake.trial import Fate
from roadmap.people.models import Person
from roadmap.plan import operations as plan_verbs
from roadmap.plan import restoring
from roadmap.plan.queries import outline_of
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import a_roadmap, an_action, the_item
from tests.intake.wizard import (
    a_csv,
    brought,
    decided,
    imported,
    some_rows,
    the_intake,
    the_trial,
    tried,
    written,
)
from tests.page import LookingClient

FIRST = "Membuka loket pelayanan di kelurahan 0"


@pytest.fixture
def roadmap(ctx: Flask, cast: Cast) -> Roadmap:
    return a_roadmap(cast)


def _action(roadmap: Roadmap, title: str = FIRST) -> int:
    return next(one.id for one in outline_of(roadmap.id).items["action"] if one.label == title)


def _edit(by: Person, item_id: int, values: Mapping[str, Plain]) -> None:
    plan_verbs.edit_item(by, "action", item_id, the_item("action", item_id).version, values)


def test_it_is_tried_at_once_with_the_answers_of_the_last_time(cast: Cast, roadmap: Roadmap) -> None:
    rows = [[*row[:2], "Dinas Kebahagiaan", *row[3:]] for row in some_rows(2)]
    first = tried(cast.rina, roadmap, a_csv(rows))
    asked = [one.key for one in the_trial(first).questions if one.asks == Asks.OWNER]
    decided(cast.rina, first, dict.fromkeys(asked, "leave"))
    assert written(cast.rina, first).state == State.DONE
    again = the_intake(brought(cast.rina, roadmap, a_csv(rows)))
    assert (again.state, again.answers) == (State.TRIAL, the_intake(first).answers)
    assert (the_trial(again.id).is_settled, the_trial(again.id).changes_something) == (True, False)


def test_what_was_edited_since_stays(cast: Cast, roadmap: Roadmap) -> None:
    imported(cast.rina, roadmap, some_rows(3))
    _edit(cast.dodi, _action(roadmap), {"area": "Dodi"})
    trial = the_trial(brought(cast.rina, roadmap, a_csv(some_rows(3))))
    assert (trial.count(Fate.UNCHANGED), trial.changes_something) == (len(trial.rows), False)
    third = the_trial(brought(cast.rina, roadmap, a_csv(some_rows(3))))
    assert not third.changes_something


def test_what_was_renamed_since_is_not_added_anew(cast: Cast, roadmap: Roadmap) -> None:
    imported(cast.rina, roadmap, some_rows(2))
    _edit(cast.dodi, _action(roadmap), {"title": "Loket keliling bagi semua"})
    trial = the_trial(brought(cast.rina, roadmap, a_csv(some_rows(2))))
    assert (trial.changes_something, trial.questions) == (False, [])


def test_what_was_removed_since_stays_removed_and_is_named(cast: Cast, roadmap: Roadmap) -> None:
    imported(cast.rina, roadmap, some_rows(2))
    item_id = _action(roadmap)
    plan_verbs.remove_item(cast.dodi, "action", item_id)
    trial = the_trial(brought(cast.rina, roadmap, a_csv(some_rows(2))))
    assert (trial.changes_something, trial.count(Fate.LEFT_OUT)) == (False, 2)
    assert [one.values["name"] for one in trial.remarks if "dihapus" in one.sentence] == [FIRST]


def test_where_both_differ_it_is_asked_and_the_answer_holds(cast: Cast, roadmap: Roadmap) -> None:
    imported(cast.rina, roadmap, some_rows(2))
    item_id = _action(roadmap)
    _edit(cast.dodi, item_id, {"area": "Dodi"})
    rows = some_rows(2)
    rows[0][5] = "Rina"
    rows[1][5] = "Berubah juga"
    intake_id = tried(cast.rina, roadmap, a_csv(rows))
    question = next(one for one in the_trial(intake_id).questions if one.asks == Asks.CLASH)
    theirs = next(one.value for one in question.options if one.value.startswith("theirs"))
    assert decided(cast.rina, intake_id, {question.key: theirs}).is_settled
    assert written(cast.rina, intake_id).state == State.DONE
    assert the_item("action", item_id).area == "Dodi"
    again = the_trial(brought(cast.rina, roadmap, a_csv(rows)))
    assert (again.is_settled, again.changes_something) == (True, False)


def test_the_same_file_of_a_colleague_counts_as_well(cast: Cast, roadmap: Roadmap) -> None:
    imported(cast.dodi, roadmap, some_rows(2))
    _edit(cast.dodi, _action(roadmap), {"area": "Dodi"})
    assert not the_trial(brought(cast.rina, roadmap, a_csv(some_rows(2)), "Lain.csv")).changes_something


def test_taken_back_it_is_no_base_any_more(cast: Cast, roadmap: Roadmap) -> None:
    first = imported(cast.rina, roadmap, some_rows(2))
    assert first.seq is not None
    restoring.undo(cast.rina, roadmap.id, first.seq)
    trial = the_trial(brought(cast.rina, roadmap, a_csv(some_rows(2))))
    assert trial.count(Fate.NEW) == len(trial.rows)


def test_a_table_that_changes_nothing_takes_no_place_among_the_unfinished(
    cast: Cast, roadmap: Roadmap
) -> None:
    imported(cast.rina, roadmap, some_rows(2))
    for _ in range(MOST_OPEN + 1):
        brought(cast.rina, roadmap, a_csv(some_rows(2)))
    assert count_open(cast.rina) == 0


def test_the_page_says_first_that_it_came_before(cast: Cast, client: LookingClient, roadmap: Roadmap) -> None:
    imported(cast.rina, roadmap, some_rows(2))
    again = brought(cast.rina, roadmap, a_csv(some_rows(2)))
    client.sign_in(cast.rina)
    page = client.get(f"/intakes/{again}")
    assert "Berkas yang sama sudah Anda masukkan" in page
    assert "tidak ada perubahan" in client.get(f"/roadmaps/{roadmap.id}/intakes/new")


def test_who_changed_the_other_text_and_when_is_said(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    imported(cast.rina, roadmap, some_rows(1))
    _edit(cast.dodi, _action(roadmap), {"area": "Dodi", "title": "Loket keliling"})
    rows = some_rows(1)
    rows[0][5] = "Rina"
    again = tried(cast.rina, roadmap, a_csv(rows))
    client.sign_in(cast.rina)
    part = client.get(f"/intakes/{again}").region("part")
    assert f"Isi yang sekarang ditulis {cast.dodi.name}" in part
    assert "Loket keliling" in part


def test_sums_of_money_are_said_before_and_after(cast: Cast, client: LookingClient, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, title="Melatih petugas", budget={"2026 apbd": 1_000_000})
    content = a_csv([["Melatih petugas", "500000"]], ("Rencana Aksi", "Anggaran 2027 APBD (Rp)"))
    again = tried(cast.rina, roadmap, content)
    assert action.title
    decided(cast.rina, again, {"scale:0-1": "1"})
    client.sign_in(cast.rina)
    page = client.get(f"/intakes/{again}")
    assert "Anggaran seluruhnya Rp1.000.000 → Rp1.500.000." in page
    confirm = client.follow(page, "Beri nama dan tulis")
    assert "Anggaran seluruhnya Rp1.000.000 → Rp1.500.000." in confirm


def test_what_was_taken_back_is_said_on_its_page_and_in_the_list(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    rows = [[*row[:2], "Dinas Kebahagiaan", *row[3:]] for row in some_rows(1)]
    first = imported(cast.rina, roadmap, rows)
    first_id, seq = first.id, first.seq
    assert seq is not None
    client.sign_in(cast.rina)
    assert client.get(f"/intakes/{first_id}").link("Urungkan semuanya")
    restoring.undo(cast.rina, roadmap.id, seq)
    page = client.get(f"/intakes/{first_id}")
    assert page.heading == "Tabel ini sudah diurungkan"
    assert "Urungkan semuanya" not in page.links
    assert page.link("Lihat pengurungannya")
    assert "Dinas Kebahagiaan" in page
    assert "lalu diurungkan" in client.get(f"/roadmaps/{roadmap.id}/intakes/new")


def test_a_table_that_was_left_is_gone_on_with_for_seven_days(
    cast: Cast, roadmap: Roadmap, clock: Clock
) -> None:
    intake_id = tried(cast.rina, roadmap, a_csv(some_rows(1)))
    operations.leave(cast.rina, intake_id)
    operations.go_on(cast.rina, intake_id)
    running.carry_on(intake_id)
    assert the_intake(intake_id).state == State.TRIAL
    operations.leave(cast.rina, intake_id)
    clock.advance(days=KEPT_AFTER_LEAVING.days + 1)
    operations.purge()
    assert operations.go_on(cast.rina, intake_id).state == State.LEFT


def test_a_column_that_is_missing_is_chosen_in_step_two(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    content = a_csv([["Warga belum terlayani", "Dinas Sosial"]], ("Permasalahan", "Penanggung Jawab"))
    intake_id = tried(cast.rina, roadmap, content)
    client.sign_in(cast.rina)
    part = client.get(f"/intakes/{intake_id}?lihat=sel").region("part")
    assert any(address == f"/intakes/{intake_id}/layout" for address in part.links.values())
    assert not part.has("textarea, input[type=text]")
