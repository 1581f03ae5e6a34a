"""A table is its bringer's alone until it is written; how many, how large and how long has its bounds."""

import pytest
from flask import Flask
from sqlalchemy import select

from roadmap.errors import NotAllowed, NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.intake import operations, own_data
from roadmap.intake.access import intake_for
from roadmap.intake.books import MOST_BYTES
from roadmap.intake.models import Intake, IntakeFile, State
from roadmap.intake.queries import intakes_of
from roadmap.intake.rules import KEPT_AFTER_END, KEPT_UNFINISHED, MOST_OPEN
from roadmap.intake.trial import Fate
from roadmap.people import operations as people_verbs
from roadmap.people.models import Person
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import a_roadmap, an_action, the_item
from tests.history.log import acts
from tests.intake.wizard import a_csv, imported, some_rows, the_intake, the_trial, tried, written


@pytest.fixture
def roadmap(ctx: Flask, cast: Cast) -> Roadmap:
    return a_roadmap(cast)


def _brought(cast: Cast, roadmap: Roadmap, by: Person | None = None) -> int:
    return operations.bring(by or cast.rina, roadmap.id, "Rahasia.csv", b"a;b").id


def _files() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(IntakeFile.intake_id)))


@pytest.mark.parametrize("name", ["dodi", "adi", "maria", "oki", "eka", "nina"])
def test_another_persons_table_is_not_there(cast: Cast, roadmap: Roadmap, name: str) -> None:
    intake_id, other = _brought(cast, roadmap), getattr(cast, name)
    for verb in (
        lambda: intake_for(other, intake_id),
        lambda: operations.decide(other, intake_id, {"a": "b"}),
        lambda: operations.write(other, intake_id, name="x"),
        lambda: operations.leave(other, intake_id),
        lambda: operations.go_on(other, intake_id),
    ):
        with pytest.raises(NotThere):
            verb()
    assert list(intakes_of(other, roadmap.id)) == []


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("yusuf", NotAllowed),
        ("maria", NotAllowed),
        ("wali", NotAllowed),
        ("adi", NotThere),
        ("eka", NotThere),
        ("nina", NotThere),
    ],
)
def test_who_may_not_edit_brings_nothing(
    cast: Cast, roadmap: Roadmap, name: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        _brought(cast, roadmap, getattr(cast, name))
    assert _files() == []


def test_an_operator_changes_the_own_office_and_is_told_what_was_left(cast: Cast, roadmap: Roadmap) -> None:
    title = "Membuka loket pelayanan di kelurahan 0"
    own = an_action(cast, roadmap, title=title, lead=cast.dinsos, area="Kota")
    other = an_action(
        cast, roadmap, title="Membuka loket pelayanan di kelurahan 1", lead=cast.kominfo, area="Kota"
    )
    intake_id = tried(cast.oki, roadmap, a_csv(some_rows(2)))
    trial = the_trial(intake_id)
    fates = {(row.kind, row.label[-1]): row.fate for row in trial.rows}
    assert fates["action", "0"] == Fate.CHANGED
    assert fates["indicator", "0"] == Fate.NEW
    assert fates["problem", "i"] == Fate.LEFT_OUT
    assert fates["indicator", "1"] == Fate.LEFT_OUT
    assert fates["action", "1"] == Fate.UNCHANGED
    assert len(trial.remarks) >= 4
    assert written(cast.oki, intake_id).state == State.DONE
    assert the_item("action", own.id).area == "Kelurahan 0"
    assert (the_item("action", other.id).area, the_item("action", other.id).lead) == (
        "Kota",
        cast.kominfo.uid,
    )
    assert {one.kind for one in acts(roadmap.id)[-1].revisions} == {"action", "indicator"}


# --- bounds


def test_too_large_empty_and_too_many_are_refused_with_a_sentence(cast: Cast, roadmap: Roadmap) -> None:
    for content in (b"", b"x" * (MOST_BYTES + 1)):
        with pytest.raises(NotValid) as refused:
            operations.bring(cast.rina, roadmap.id, "a.csv", content)
        assert refused.value.sentence
    for _ in range(MOST_OPEN):
        last = _brought(cast, roadmap)
    with pytest.raises(NotValid) as refused:
        _brought(cast, roadmap)
    assert "belum selesai" in refused.value.sentence
    _brought(cast, roadmap, cast.dodi)
    operations.leave(cast.rina, last)
    assert _brought(cast, roadmap)


def test_a_file_is_let_go_fourteen_days_after_its_end(cast: Cast, roadmap: Roadmap, clock: Clock) -> None:
    intake = imported(cast.rina, roadmap, some_rows(1))
    intake_id = intake.id
    clock.advance(days=KEPT_AFTER_END.days - 1)
    operations.purge()
    assert _files() == [intake_id]
    clock.advance(days=2)
    assert operations.purge() == 1
    assert _files() == []
    assert the_intake(intake_id).report is not None


def test_a_table_nobody_finished_is_let_go_after_thirty_days(
    cast: Cast, roadmap: Roadmap, clock: Clock
) -> None:
    intake_id = _brought(cast, roadmap)
    clock.advance(days=KEPT_UNFINISHED.days - 1)
    assert operations.purge() == 0
    clock.advance(days=2)
    operations.purge()
    assert (_files(), the_intake(intake_id).state) == ([], State.LEFT)


def test_who_takes_the_own_data_away_finds_the_own_tables(cast: Cast, roadmap: Roadmap) -> None:
    _brought(cast, roadmap)
    _brought(cast, roadmap, cast.dodi)
    assert [one["name"] for one in own_data.tables_of(cast.rina)] == ["Rahasia.csv"]


def test_a_closed_account_leaves_no_file(cast: Cast, roadmap: Roadmap) -> None:
    open_one = _brought(cast, roadmap, cast.dodi)
    done = imported(cast.dodi, roadmap, some_rows(1)).id
    kept = _brought(cast, roadmap)
    people_verbs.close_account(cast.dodi)
    assert _files() == [kept]
    states = {one.id: one.state for one in db.session.scalars(select(Intake))}
    assert (states[open_one], states[done]) == (State.LEFT, State.DONE)
