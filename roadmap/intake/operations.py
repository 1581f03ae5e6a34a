"""The verbs of the intake: a person brings a table, lays it out, decides, mends, and has it written, or leaves it.

None of them reads, tries or writes the table itself: each puts down which step is due, and `running` does it.
"""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import and_, delete, or_, select

from roadmap.clock import now
from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.history.working_copies import let_go_below
from roadmap.intake.access import intake_for, intake_to_change, require_bringing
from roadmap.intake.books import MOST_BYTES
from roadmap.intake.earlier import EARLIER, find_earlier
from roadmap.intake.errors import NotNow, NotSettled
from roadmap.intake.layouts import Layout
from roadmap.intake.models import Intake, IntakeFile, State
from roadmap.intake.queries import count_open, has_book, is_kept, is_stalled, trial_of
from roadmap.intake.remembering import remember
from roadmap.intake.rules import (
    ENDED,
    KEPT_AFTER_END,
    KEPT_AFTER_LEAVING,
    KEPT_UNFINISHED,
    LONGEST_ANSWER,
    LONGEST_NAME,
    MOST_ANSWERS,
    MOST_OPEN,
)
from roadmap.people.models import Person
from roadmap.text.normal import normalise, normalise_line
from roadmap.text.words import N_
from roadmap.work import current_work, unit_of_work

MOVED_ON = N_("Tabel ini sudah beranjak ke langkah lain. Muat ulang halamannya; tidak ada yang hilang.")
BEING_WRITTEN = N_("Tabel ini sedang ditulis ke peta jalan. Tunggu sebentar; hasilnya dapat diurungkan.")


def bring(actor: Person, roadmap_id: int, name: str, content: bytes, *, is_paste: bool = False) -> Intake:
    """Take a file in, or rows that were pasted; reading them is then due. The plan is not touched.

    Old tables are let go of first (`purge`).

    Raises as the gate does, and NotValid for nothing, for more than 10 MB, and for too many open tables.
    """
    if not content:
        raise NotValid(
            sentence=N_("Berkas ini kosong. Pilih berkas yang berisi tabel, atau tempelkan barisnya.")
        )
    if len(content) > MOST_BYTES:
        raise NotValid(
            sentence=N_(
                "Berkas ini lebih besar dari %(most)s MB. Hapus gambar dan lembar yang tidak diperlukan, "
                "atau bagi menjadi beberapa berkas."
            ),
            most=MOST_BYTES // 1_000_000,
        )
    with unit_of_work():
        require_bringing(actor, roadmap_id)
        # Where no worker runs, whoever brings a table sees to it that old ones are let go of.
        purge()
        _refuse_too_many(actor)
        called, digest = normalise_line(name)[:LONGEST_NAME], sha256(content).hexdigest()
        earlier = find_earlier(actor, roadmap_id, digest, called)
        report = {"is_paste": True} if is_paste else {}
        intake = Intake(
            roadmap_id=roadmap_id,
            person_id=actor.id,
            name=called,
            size=len(content),
            sha256=digest,
            report={**report, **({EARLIER: earlier.id} if earlier is not None else {})} or None,
        )
        db.session.add(intake)
        db.session.flush()
        db.session.add(IntakeFile(intake_id=intake.id, content=content))
        return intake


def lay_out(actor: Person, intake_id: int, layout: Layout) -> Intake:
    """Say how the table is laid out; trying it is then due. The region remembers where its columns belong.

    Raises as the gate does, NotValid for a layout without a place for any column, and NotNow.
    """
    with unit_of_work():
        intake = _open(actor, intake_id, State.LAYOUT, State.TRYING, State.TRIAL)
        if not any(column.target for sheet in layout.sheets for column in sheet.columns):
            raise NotValid(
                {"columns": N_("Pilih tempat untuk paling sedikit satu kolom; yang lain boleh dilewati.")}
            )
        intake.layout = layout.as_json()
        remember(db.session.get_one(Roadmap, intake.roadmap_id).region_id, layout)
        _make_due(intake, State.TRYING)
        return intake


def decide(actor: Person, intake_id: int, answers: Mapping[str, str]) -> Intake:
    """Answer questions of the trial ("" takes an answer back); where one differs, trying again is due.

    "skip:<key>": "yes" leaves an item of the table out. Raises as the gate does, NotValid for too many, and NotNow.
    """
    with unit_of_work():
        intake = _open(actor, intake_id, State.TRIAL, State.TRYING)
        found = _laid_over(intake.answers, {name: normalise_line(one) for name, one in answers.items()})
        if found != intake.answers:
            intake.answers = found
            _make_due(intake, State.TRYING)
        return intake


def mend(actor: Person, intake_id: int, cells: Mapping[str, str]) -> Intake:
    """Write something else in place of cells, by str(Where); where one differs, trying again is due.

    The file stays as it came. Raises as the gate does, NotValid for too many or too long ones, and NotNow.
    """
    with unit_of_work():
        intake = _open(actor, intake_id, State.TRIAL, State.TRYING)
        found = {**intake.mended, **{where: normalise(text) for where, text in cells.items()}}
        _refuse_too_much(found)
        if found != intake.mended:
            intake.mended = found
            _make_due(intake, State.TRYING)
        return intake


def write(actor: Person, intake_id: int, *, name: str) -> Intake:
    """Have the table written in one act under a name that tells what it is; writing it is then due.

    Pressed again it changes nothing. Raises as the gate does, NotValid for a name too long, NotNow, and
    NotSettled while something is wrong or asked.
    """
    with unit_of_work():
        intake = intake_to_change(actor, intake_id)
        if intake.state in {State.WRITING, State.DONE}:
            return intake
        intake = _open(actor, intake_id, State.TRIAL)
        trial = trial_of(intake)
        if trial is None or not trial.is_settled:
            raise NotSettled(
                N_("Masih ada baris yang perlu diperbaiki atau diputuskan. Belum ada yang ditulis.")
            )
        reason = normalise_line(name) or intake.name
        if len(reason) > LONGEST_NAME:
            raise NotValid(
                {"name": N_("Terlalu panjang: paling banyak %(limit)s huruf.")}, limit=LONGEST_NAME
            )
        intake.report = {**(intake.report or {}), "reason": reason}
        _make_due(intake, State.WRITING)
        return intake


def leave(actor: Person, intake_id: int) -> Intake:
    """Leave a table: nothing of it is written; for seven days it can be gone on with. Left or ended ones stay so.

    Raises NotThere for another's, and NotNow while it is being written.
    """
    with unit_of_work():
        intake = _locked(intake_for(actor, intake_id))
        if intake.state == State.WRITING:
            raise NotNow(BEING_WRITTEN)
        if intake.state not in ENDED:
            intake.state, intake.claim, intake.finished_at = State.LEFT, None, now()
        return intake


def go_on(actor: Person, intake_id: int) -> Intake:
    """Free a step that stood still from whoever held it, or take up a table that was left, where it stood.

    Raises NotThere for another's, and NotValid for too many open tables.
    """
    with unit_of_work():
        intake = _locked(intake_to_change(actor, intake_id))
        if is_stalled(intake):
            intake.claim = None
        elif intake.state == State.LEFT and is_kept(intake):
            _refuse_too_many(actor)
            intake.finished_at = None
            is_read = has_book(intake)
            if is_read and trial_of(intake) is None:
                intake.state, intake.claim = State.LAYOUT, None
            else:
                _make_due(intake, State.TRYING if is_read else State.READING)
        return intake


def let_go(intake: Intake) -> None:
    """End an intake that was not written, and forget its file; needs an open unit of work."""
    current_work()
    intake.state, intake.claim, intake.finished_at = State.LEFT, None, intake.finished_at or now()
    _forget_decisions(intake)
    db.session.execute(delete(IntakeFile).where(IntakeFile.intake_id == intake.id))


def purge() -> int:
    """Let go of files 14 days after the end, 7 after they were left, and of tables nobody finished for 30 days.

    Tells how many.
    """
    moment = now()
    with unit_of_work():
        old = db.session.scalars(
            select(Intake).where(
                Intake.state.not_in({State.DONE, State.LEFT, State.UNREADABLE, State.WRITING}),
                Intake.created_at < moment - KEPT_UNFINISHED,
            )
        ).all()
        for intake in old:
            let_go(intake)
        left = and_(Intake.state == State.LEFT, Intake.finished_at < moment - KEPT_AFTER_LEAVING)
        for intake in db.session.scalars(select(Intake).join(IntakeFile).where(left)):
            _forget_decisions(intake)
        ended = select(Intake.id).where(or_(Intake.finished_at < moment - KEPT_AFTER_END, left))
        gone = db.session.scalars(
            delete(IntakeFile)
            .where(IntakeFile.intake_id.in_(ended))
            .returning(IntakeFile.intake_id)
            .execution_options(synchronize_session=False)
        ).all()
        return len(old) + len(gone)


def _forget_decisions(intake: Intake) -> None:
    intake.answers, intake.mended, intake.layout = {}, {}, []
    let_go_below(f"/intakes/{intake.id}")


def forget_tables_of(person: Person) -> None:
    """Let go of all that is kept of a person's tables; what was written of them stays in the plan."""
    current_work()
    for intake in db.session.scalars(select(Intake).where(Intake.person_id == person.id)):
        if intake.state not in {State.DONE, State.UNREADABLE, State.WRITING}:
            let_go(intake)
    theirs = select(Intake.id).where(Intake.person_id == person.id, Intake.state != State.WRITING)
    db.session.execute(
        delete(IntakeFile)
        .where(IntakeFile.intake_id.in_(theirs))
        .execution_options(synchronize_session=False)
    )


def _open(actor: Person, intake_id: int, *states: State) -> Intake:
    """Give an intake to go on with, where it has come to one of these states. Raises as the gate does, and NotNow."""
    intake = _locked(intake_to_change(actor, intake_id))
    if intake.state not in states:
        raise NotNow(BEING_WRITTEN if intake.state == State.WRITING else MOVED_ON)
    return intake


def _refuse_too_many(actor: Person) -> None:
    # Whoever brings another at this moment waits here.
    db.session.execute(select(Person.id).where(Person.id == actor.id).with_for_update())
    if count_open(actor) >= MOST_OPEN:
        raise NotValid(
            sentence=N_(
                "Ada %(most)s tabel Anda yang belum selesai. Selesaikan atau tinggalkan salah satunya, "
                "lalu kirim lagi."
            ),
            most=MOST_OPEN,
        )


def _locked(intake: Intake) -> Intake:
    """Read an intake again so that no worker ends its step meanwhile."""
    db.session.refresh(intake, with_for_update=True)
    return intake


def _make_due(intake: Intake, state: State) -> None:
    """Have a step begin; whoever is still at another one holds nothing any more, and their outcome is dropped."""
    intake.state, intake.claim, intake.beat_at, intake.trouble = state, None, now(), None
    intake.step = intake.steps = 0


def _laid_over(kept: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    found = {name: text for name, text in {**kept, **given}.items() if text}
    _refuse_too_much(found)
    return found


def _refuse_too_much(found: Mapping[str, str]) -> None:
    if len(found) > MOST_ANSWERS or any(len(text) > LONGEST_ANSWER for text in found.values()):
        raise NotValid(
            sentence=N_(
                "Terlalu banyak sekaligus. Perbaiki sebagian dalam berkasnya, lalu kirim berkas itu lagi."
            )
        )
