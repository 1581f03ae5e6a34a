"""A table taken through the wizard by its verbs, as its pages do; each background step is done here and now."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.canonical import edition_digest
from roadmap.history.models import Roadmap
from roadmap.history.queries import state_as_of
from roadmap.intake import operations, running
from roadmap.intake.models import Intake, State
from roadmap.intake.queries import layout_of, trial_of
from roadmap.intake.trial import Trial
from roadmap.people.models import Person
from roadmap.plan.queries import outline_of

LAST = 2**31 - 1
HEADINGS = ("Permasalahan", "Rencana Aksi", "Penanggung Jawab", "Indikator", "Target 2026", "Wilayah")


def a_csv(rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> bytes:
    """Write rows as a file that Excel saves here: semicolons, quoted cells."""
    lines = [headings, *rows]
    return "\r\n".join(";".join(f'"{cell}"' for cell in line) for line in lines).encode()


def some_rows(count: int, *, problems: int = 3, begin: str = "") -> list[list[str]]:
    """Rows of a problem, an action, its owner, a measure with its target, and where."""
    return [
        [
            f"{begin}Warga wilayah {n % problems} belum terlayani",
            f"{begin}Membuka loket pelayanan di kelurahan {n}",
            "Dinas Sosial",
            f"Jumlah warga yang dilayani loket {n}",
            str(n + 1),
            f"Kelurahan {n}",
        ]
        for n in range(count)
    ]


def the_intake(intake_id: int) -> Intake:
    """The table as it is kept now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Intake, intake_id)


def the_trial(intake_id: int) -> Trial:
    """The last trial of a table."""
    trial = trial_of(the_intake(intake_id))
    assert trial is not None
    return trial


def brought(by: Person, roadmap: Roadmap, content: bytes, name: str = "Matriks Bappeda.csv") -> int:
    """Bring a file and have it read; gives the intake's number."""
    intake_id = operations.bring(by, roadmap.id, name, content).id
    running.carry_on(intake_id)
    return intake_id


def tried(by: Person, roadmap: Roadmap, content: bytes, name: str = "Matriks Bappeda.csv") -> int:
    """Bring a file, take the layout that is proposed, and have it tried."""
    intake_id = brought(by, roadmap, content, name)
    intake = the_intake(intake_id)
    if intake.state == State.LAYOUT:
        operations.lay_out(by, intake_id, layout_of(intake))
        running.carry_on(intake_id)
    intake = the_intake(intake_id)
    assert (intake.state, intake.trouble) == (State.TRIAL, None)
    return intake_id


def decided(by: Person, intake_id: int, answers: Mapping[str, str]) -> Trial:
    """Answer questions and have the table tried again."""
    operations.decide(by, intake_id, answers)
    running.carry_on(intake_id)
    return the_trial(intake_id)


def written(by: Person, intake_id: int, name: str = "Matriks Bappeda") -> Intake:
    """Confirm a table and have it written."""
    operations.write(by, intake_id, name=name)
    running.carry_on(intake_id)
    return the_intake(intake_id)


def imported(by: Person, roadmap: Roadmap, rows: Sequence[Sequence[str]], name: str = "Matriks") -> Intake:
    """Take rows all the way into the plan."""
    intake = written(by, tried(by, roadmap, a_csv(rows)), name)
    assert intake.state == State.DONE
    return intake


def digest_of_items(roadmap_id: int) -> str:
    """The digest over the items of a plan, as an edition of it would have."""
    db.session.rollback()
    db.session.expire_all()
    items = outline_of(roadmap_id).in_published_order()
    hashes = {one.item_uid: one.content_hash for one in state_as_of(roadmap_id, LAST)}
    return edition_digest((one.kind, one.uid, hashes[one.uid]) for one in items)


def open_steps() -> list[int]:
    """The tables with a step due."""
    db.session.rollback()
    query = select(Intake.id).where(Intake.state.in_([State.READING, State.TRYING, State.WRITING]))
    return list(db.session.scalars(query))
