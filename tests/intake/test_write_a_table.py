"""What was tried and settled is written in one act, under the name the person gives it, once."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select

from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.intake import operations, running
from roadmap.intake.errors import NotNow, NotSettled
from roadmap.intake.models import State
from roadmap.intake.trial import Fate
from roadmap.people import operations as people_verbs
from roadmap.people.models import Audit, Membership, Organisation
from roadmap.plan import operations as plan_verbs
from roadmap.plan.queries import outline_of
from tests.cast import Cast
from tests.factories import a_roadmap, an_action, the_item
from tests.history.log import acts, faults, head
from tests.intake.wizard import a_csv, decided, imported, some_rows, the_intake, the_trial, tried, written


@pytest.fixture
def roadmap(ctx: Flask, cast: Cast) -> Roadmap:
    return a_roadmap(cast)


def test_a_table_is_one_act_with_its_name_and_its_writer(cast: Cast, roadmap: Roadmap) -> None:
    before = head(roadmap.id)
    intake = imported(cast.rina, roadmap, some_rows(30), "Matriks Bappeda, rapat 2 November")
    assert (intake.seq, intake.state) == (before + 1, State.DONE)
    act = acts(roadmap.id)[-1]
    assert (act.verb, act.source, act.actor_uid) == ("import", "import", cast.rina.uid)
    assert act.reason == "Matriks Bappeda, rapat 2 November"
    assert act.payload["added"] == {"problem": 3, "action": 30, "indicator": 30}
    plan = outline_of(roadmap.id)
    assert [len(plan.items[kind]) for kind in ("problem", "action", "indicator")] == [3, 30, 30]
    assert plan.items["action"][0].values["lead"] == cast.dinsos.uid
    assert faults(roadmap.id) == []


def test_nothing_is_written_before_the_confirmation(cast: Cast, roadmap: Roadmap) -> None:
    before = head(roadmap.id)
    intake_id = tried(cast.rina, roadmap, a_csv(some_rows(5)))
    assert head(roadmap.id) == before
    assert the_intake(intake_id).seq is None
    operations.leave(cast.rina, intake_id)
    assert the_intake(intake_id).state == State.LEFT
    running.carry_on(intake_id)
    assert head(roadmap.id) == before


def test_the_same_file_twice_changes_nothing_and_says_so(cast: Cast, roadmap: Roadmap) -> None:
    imported(cast.rina, roadmap, some_rows(8))
    before = head(roadmap.id)
    intake_id = tried(cast.rina, roadmap, a_csv(some_rows(8)))
    trial = the_trial(intake_id)
    assert (trial.count(Fate.UNCHANGED), trial.changes_something) == (len(trial.rows), False)
    intake = written(cast.rina, intake_id)
    assert (intake.state, intake.seq, head(roadmap.id)) == (State.DONE, None, before)


def test_a_table_changes_what_stands_and_leaves_what_it_does_not_name(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(
        cast,
        roadmap,
        title="Membuka loket pelayanan di kelurahan 0",
        description="Uraian yang panjang",
        area="Kota",
    )
    imported(cast.rina, roadmap, some_rows(1))
    item = the_item("action", action.id)
    assert (item.area, item.description, item.lead) == (
        "Kelurahan 0",
        "Uraian yang panjang",
        cast.dinsos.uid,
    )
    assert acts(roadmap.id)[-1].payload["changed"] == 1


def test_pressed_twice_it_is_written_once(cast: Cast, roadmap: Roadmap) -> None:
    before = head(roadmap.id)
    intake_id = tried(cast.rina, roadmap, a_csv(some_rows(3)))
    operations.write(cast.rina, intake_id, name="Sekali")
    operations.write(cast.rina, intake_id, name="Dua kali")
    running.carry_on(intake_id)
    operations.write(cast.rina, intake_id, name="Tiga kali")
    running.carry_on(intake_id)
    assert (head(roadmap.id), acts(roadmap.id)[-1].reason) == (before + 1, "Sekali")


def test_two_workers_write_it_once(app: Flask, cast: Cast, roadmap: Roadmap) -> None:
    before = head(roadmap.id)
    intake_id = tried(cast.rina, roadmap, a_csv(some_rows(12)))
    operations.write(cast.rina, intake_id, name="Matriks")
    db.session.rollback()
    together = threading.Barrier(4)

    def work() -> None:
        with app.app_context():
            together.wait()
            running.carry_on(intake_id)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert (head(roadmap.id), the_intake(intake_id).state) == (before + 1, State.DONE)


def test_what_is_still_asked_is_not_written(cast: Cast, roadmap: Roadmap) -> None:
    an_action(cast, roadmap, title="Membuka loket pelayanann di kelurahan 0")
    intake_id = tried(cast.rina, roadmap, a_csv(some_rows(1)))
    trial = the_trial(intake_id)
    assert trial.count(Fate.DOUBTFUL) == 1
    with pytest.raises(NotSettled):
        operations.write(cast.rina, intake_id, name="Terlalu dini")
    twin = next(one for one in trial.questions if one.key.startswith("twin:"))
    assert decided(cast.rina, intake_id, {twin.key: "apart"}).is_settled
    assert the_trial(intake_id).count(Fate.NEW) == 3
    joined = decided(cast.rina, intake_id, {twin.key: twin.options[0].value})
    assert (joined.count(Fate.CHANGED), joined.count(Fate.NEW)) == (1, 2)
    assert decided(cast.rina, intake_id, {twin.key: ""}).count(Fate.DOUBTFUL) == 1


# --- the plan goes on meanwhile


def test_what_others_do_elsewhere_meanwhile_does_not_stop_it(cast: Cast, roadmap: Roadmap) -> None:
    other = an_action(cast, roadmap, title="Menanam pohon")
    intake_id = tried(cast.rina, roadmap, a_csv(some_rows(2)))
    plan_verbs.edit_item(cast.dodi, "action", other.id, other.version, {"area": "Kota"})
    assert written(cast.rina, intake_id).state == State.DONE
    assert acts(roadmap.id)[-1].payload["added"] == {"problem": 2, "action": 2, "indicator": 2}


def test_the_same_table_brought_by_another_meanwhile_is_not_added_again(cast: Cast, roadmap: Roadmap) -> None:
    intake_id = tried(cast.rina, roadmap, a_csv(some_rows(2)))
    imported(cast.dodi, roadmap, some_rows(2))
    before = head(roadmap.id)
    intake = written(cast.rina, intake_id)
    assert (intake.state, head(roadmap.id)) == (State.TRIAL, before)
    assert intake.trouble is not None
    assert not the_trial(intake_id).changes_something


def test_a_field_that_others_changed_meanwhile_is_shown_again_first(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, title="Membuka loket pelayanan di kelurahan 0", area="Kota")
    intake_id = tried(cast.rina, roadmap, a_csv(some_rows(1)))
    plan_verbs.edit_item(cast.dodi, "action", action.id, action.version, {"area": "Seluruh kota"})
    before = head(roadmap.id)
    intake = written(cast.rina, intake_id)
    assert (intake.state, head(roadmap.id)) == (State.TRIAL, before)
    row = next(one for one in the_trial(intake_id).rows if one.kind == "action")
    assert [(one.before, one.after) for one in row.altered if one.field == "area"] == [
        ("Seluruh kota", "Kelurahan 0")
    ]
    assert written(cast.rina, intake_id).state == State.DONE


def test_whoever_lost_the_role_meanwhile_writes_nothing(cast: Cast, roadmap: Roadmap) -> None:
    intake_id = tried(cast.dodi, roadmap, a_csv(some_rows(1)))
    operations.write(cast.dodi, intake_id, name="Matriks")
    held = db.session.scalar(select(Membership).where(Membership.person_id == cast.dodi.id))
    assert held is not None
    people_verbs.end_membership(cast.adi, cast.city.id, held.id)
    before = head(roadmap.id)
    running.carry_on(intake_id)
    intake = the_intake(intake_id)
    assert (intake.state, head(roadmap.id)) == (State.TRIAL, before)
    with pytest.raises(NotThere):
        operations.write(cast.dodi, intake_id, name="Matriks")


# --- offices that nobody registered yet


def test_an_office_that_a_table_names_is_proposed_to_the_administrator(cast: Cast, roadmap: Roadmap) -> None:
    rows = [[*row[:2], "Badan Kesatuan Bangsa dan Politik", *row[3:]] for row in some_rows(2)]
    intake = imported(cast.rina, roadmap, rows)
    office = db.session.scalar(select(Organisation).where(Organisation.is_proposed))
    assert office is not None
    assert (office.name, office.kind, office.region_id) == (
        "Badan Kesatuan Bangsa dan Politik",
        "opd",
        cast.city.id,
    )
    assert {one.values["lead"] for one in outline_of(roadmap.id).items["action"]} == {office.uid}
    assert "organisation-proposed" in db.session.scalars(select(Audit.verb)).all()
    assert intake.report is not None
    assert intake.report["offices"] == 1


def test_an_act_that_is_not_open_any_more_is_refused_kindly(cast: Cast, roadmap: Roadmap) -> None:
    intake = imported(cast.rina, roadmap, some_rows(1))
    for verb in (
        lambda: operations.decide(cast.rina, intake.id, {"a": "b"}),
        lambda: operations.mend(cast.rina, intake.id, {"0-1-1": "b"}),
    ):
        with pytest.raises(NotNow):
            verb()
    operations.leave(cast.rina, intake.id)
    assert the_intake(intake.id).state == State.DONE
