"""Roadmaps brought as far as a test needs them, through the verbs people use."""

from datetime import date
from typing import Any

from roadmap.extensions import db
from roadmap.history.check import faults_of
from roadmap.history.models import Edition, Roadmap
from roadmap.people.models import Region
from roadmap.plan import operations as plan
from roadmap.review import operations
from roadmap.review.models import Instrument, Judgement, Submission
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_problem, a_roadmap, an_action

NUMBER = "12 Tahun 2026"


def a_plan(cast: Cast, **fields: Any) -> Roadmap:
    """A roadmap with a problem and an action that answers it, led by Dinas Sosial; its indicator is missing."""
    roadmap = a_roadmap(cast, title="Peta Jalan Kota HAM 2026–2030", **fields)
    problem = a_problem(cast, roadmap)
    an_action(
        cast,
        roadmap,
        title="Menyediakan kanal pengaduan",
        lead=cast.dinsos,
        problems=[problem],
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
        budget={"2026 apbd": 300_000_000, "2026 hibah": 100_000_000, "2027 apbd": 50_000_000},
        priority="tinggi",
    )
    return roadmap


def in_review(cast: Cast) -> tuple[Roadmap, Submission]:
    roadmap = a_plan(cast)
    return roadmap, operations.submit(cast.rina, roadmap.id)


def passed_review(cast: Cast) -> tuple[Roadmap, Submission]:
    roadmap, submission = in_review(cast)
    operations.judge(cast.maria, submission.id, Judgement.PASSED, "Sudah baik.")
    return roadmap, submission


def at_the_leaders(cast: Cast) -> tuple[Roadmap, Submission]:
    roadmap, _submission = passed_review(cast)
    return roadmap, operations.submit(cast.rina, roadmap.id, accepts_findings=True)


def approved(cast: Cast) -> tuple[Roadmap, Edition]:
    roadmap, submission = at_the_leaders(cast)
    return roadmap, operations.approve(cast.wali, submission.id, submission.seq, submission.digest)


def adopted(cast: Cast) -> tuple[Roadmap, Edition]:
    roadmap, edition = approved(cast)
    adopt(cast, edition)
    return roadmap, edition


def adopt(cast: Cast, edition: Edition) -> None:
    operations.adopt(
        cast.rina,
        edition.id,
        instrument=Instrument.LEADER_REGULATION,
        number=NUMBER,
        adopted_on=date(2026, 7, 1),
        subject="Peta Jalan Kota HAM",
    )


def edit(cast: Cast, roadmap: Roadmap, **values: Any) -> None:
    """Have Rina change the first action."""
    action = first_action(roadmap)
    plan.edit_item(cast.rina, "action", action.id, action.version, values)


def first_action(roadmap: Roadmap) -> Any:
    from roadmap.plan.queries import outline_of

    return outline_of(roadmap.id).items["action"][0]


def now_of(roadmap: Roadmap) -> Roadmap:
    """The roadmap as it stands in the database."""
    db.session.rollback()
    return db.session.get_one(Roadmap, roadmap.id)


def switch(cast: Cast, **switches: bool) -> None:
    """Switch steps of the city on and off."""
    with unit_of_work():
        region = db.session.get_one(Region, cast.city.id)
        for name, value in switches.items():
            setattr(region, name, value)


def clean(roadmap: Roadmap) -> bool:
    """Tell whether log, chain, tables and editions tell one story."""
    assert list(faults_of(now_of(roadmap))) == []
    return True
