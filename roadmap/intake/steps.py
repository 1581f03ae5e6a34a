"""What each background step of an intake does, by whoever holds its claim."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select, update

from roadmap.clock import now
from roadmap.errors import Conflict, NotThere, NotValid
from roadmap.exchange.passport import Passport
from roadmap.extensions import db
from roadmap.history.models import Changeset, Roadmap
from roadmap.intake.access import require_bringing
from roadmap.intake.books import Book
from roadmap.intake.comparing import try_out
from roadmap.intake.earlier import EARLIER, earlier_of, is_same_file, read_earlier
from roadmap.intake.gathering import gather, passport_of
from roadmap.intake.guarded import read_file, read_paste
from roadmap.intake.headings import propose
from roadmap.intake.models import Intake, IntakeFile, State
from roadmap.intake.naming import Names
from roadmap.intake.queries import NOTHING, book_of, content_of, layout_of, pack, trial_of
from roadmap.intake.remembering import remembered_for
from roadmap.intake.row_periods import year_in
from roadmap.intake.trial import Fate, Trial
from roadmap.people.models import Person
from roadmap.people.operations import propose_organisation
from roadmap.people.queries import organisations_seen_by
from roadmap.plan.bulk import lay_many
from roadmap.plan.numbers import numbers_of
from roadmap.plan.queries import choices_for, outline_of
from roadmap.text.words import N_
from roadmap.work import again_if_overtaken, unit_of_work

TRIES = 5
CHANGED_MEANWHILE = N_(
    "Peta jalan berubah setelah tabel ini diperiksa, dan perubahannya menyentuh tabel ini. Belum ada yang ditulis. "
    "Periksa lagi di bawah, lalu tulis."
)


class Lost(Exception):
    """The claim is another's by now, or the person went on: what this step came to is dropped."""


class _Overtaken(Exception):
    """The roadmap went on between the look at it and the writing."""


@dataclass(frozen=True)
class Held:
    """A step that is being done: the intake, and the claim by which it is held."""

    intake_id: int
    claim: str

    def intake(self) -> Intake:
        """Read the intake, locked while a unit of work is open. Raises Lost where the claim is another's."""
        query = (
            select(Intake)
            .where(Intake.id == self.intake_id, Intake.claim == self.claim)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        found = db.session.scalar(query)
        if found is None:
            raise Lost
        return found

    def reach(self, step: int, steps: int) -> None:
        """Say how far it is. Raises Lost where the claim is another's."""

        def say() -> None:
            with unit_of_work():
                intake = self.intake()
                intake.step, intake.steps, intake.beat_at = step, steps, now()

        again_if_overtaken(say)


def read(held: Held) -> None:
    """Read the file in a process apart and propose a layout.

    One that went out from here is tried at once, and so is one that was written before: as it was laid out and
    decided then.

    Raises Unreadable.
    """
    held.reach(0, 2)
    intake = _look(held)
    content, is_paste = content_of(intake), bool((intake.report or {}).get("is_paste"))
    name, roadmap_id = intake.name, intake.roadmap_id
    db.session.rollback()
    book = read_paste(content.decode("utf-8", "replace")) if is_paste else read_file(content, name)
    held.reach(1, 2)
    roadmap = db.session.get_one(Roadmap, roadmap_id)
    layout = propose(book, remembered_for(roadmap.region_id), choices_for(roadmap).years)
    is_ours = bool(layout.sheets) and all(sheet.is_ours or sheet.is_known for sheet in layout.sheets)
    packed, laid = pack(book.as_json()), layout.as_json()

    def keep() -> None:
        with unit_of_work():
            found = held.intake()
            found.layout = laid
            was_laid = _take_over(found)
            _keep(held.intake_id, book=packed)
            _hand_on(found, State.TRYING if is_ours or was_laid else State.LAYOUT)

    again_if_overtaken(keep)


def _take_over(intake: Intake) -> bool:
    """Take over how the same file was laid out, decided and mended before; tell whether it was."""
    earlier = earlier_of(intake)
    if earlier is None or not is_same_file(intake, earlier) or not earlier.layout:
        return False
    intake.layout, intake.answers, intake.mended = earlier.layout, earlier.answers, earlier.mended
    return True


def try_it(held: Held) -> None:
    """Make the trial upon the plan as it stands, and hand it to the person. Raises as the gate does."""
    held.reach(0, 2)
    trial, seq = _trial(held)
    held.reach(1, 2)
    _hand_to_person(held, trial, seq, None)


def write(held: Held) -> None:
    """Write the settled trial in one act; where the plan has gone on and touches it, hand it back to the person.

    Raises as the gate does, and what cannot be stored.
    """
    for _ in range(TRIES):
        held.reach(0, 2)
        trial, seq = _settled(held)
        if trial is None:
            return
        try:
            again_if_overtaken(partial(_lay, held, trial, seq))
        except _Overtaken:
            continue
        except (Conflict, NotThere, NotValid):
            db.session.rollback()
            _hand_to_person(held, *_trial(held), CHANGED_MEANWHILE)
        return
    _hand_to_person(held, *_trial(held), CHANGED_MEANWHILE)


def _settled(held: Held) -> tuple[Trial | None, int]:
    """Give the trial that the person confirmed, and the `seq` at which it still means the same items.

    Where the plan has gone on so that it does not, the new trial is handed to the person.
    """
    intake = _look(held)
    trial, seq = trial_of(intake), _head(intake.roadmap_id)
    if trial is not None and seq == intake.tried_at_seq:
        return trial, seq
    again, seq = _trial(held)
    if trial is not None and again.is_settled and _means(again) == _means(trial):
        return trial, seq
    _hand_to_person(held, again, seq, CHANGED_MEANWHILE)
    return None, seq


def _means(trial: Trial) -> object:
    """Say what a trial would add, change and remove; what others changed in an item meanwhile the merge sees to."""
    rows = [(row.key, row.fate, row.item_id) for row in trial.rows if row.fate != Fate.UNCHANGED]
    return (
        rows,
        sorted((one.kind, one.item_id) for one in trial.removals),
        sorted(name for _, name in trial.offices),
    )


def _lay(held: Held, trial: Trial, seq: int) -> None:
    """Change the plan and say DONE, in one transaction. Raises Lost, _Overtaken, and as the writing does."""
    intake = _look(held)
    roadmap_id, reason = intake.roadmap_id, str((intake.report or {}).get("reason") or intake.name)
    if not trial.changes_something:
        with unit_of_work():
            _finish(held.intake(), trial, None, reason)
        return
    with unit_of_work(roadmap_id) as work:
        found = held.intake()
        if work.seq != seq + 1:
            raise _Overtaken
        actor = db.session.get_one(Person, found.person_id)
        for uid, name in trial.offices:
            propose_organisation(actor, roadmap_id, name, uid=uid)
        act = lay_many(
            actor,
            roadmap_id,
            trial.entries,
            trial.edits,
            trial.removals,
            reason=reason,
            payload={"intake": found.uid, **_counts(trial)},
        )
        if act is not None:
            _finish(found, trial, act, reason)
            return
    with unit_of_work():
        _finish(held.intake(), trial, None, reason)


def _finish(intake: Intake, trial: Trial, act: Changeset | None, reason: str) -> None:
    counts = _counts(trial) if act is not None else {}
    after = {name: one for name, one in (intake.report or {}).items() if name == EARLIER}
    intake.report = {"reason": reason, "unchanged": trial.count(Fate.UNCHANGED), **counts, **after}
    intake.seq = act.seq if act is not None else None
    intake.state, intake.claim, intake.trouble, intake.finished_at = State.DONE, None, None, now()


def _counts(trial: Trial) -> dict[str, object]:
    """Count what is added, changed and removed, by kind."""
    added: dict[str, int] = {}
    for entry in trial.entries:
        added[entry.kind] = added.get(entry.kind, 0) + 1
    return {
        "added": added,
        "changed": len(trial.edits),
        "removed": len(trial.removals),
        "offices": len(trial.offices),
        "left_out": trial.count(Fate.LEFT_OUT),
    }


def _trial(held: Held) -> tuple[Trial, int]:
    """Try the table upon the plan as it stands; the `seq` is looked at first, so that it is never too late."""
    db.session.rollback()
    intake = _look(held)
    actor = db.session.get_one(Person, intake.person_id)
    roadmap = require_bringing(actor, intake.roadmap_id)
    seq = _head(roadmap.id)
    book, layout = book_of(intake), layout_of(intake)
    names = _names(roadmap, intake.answers)
    gathered = gather(book, layout, names, intake.answers, intake.mended, _passport(book, roadmap))
    return try_out(actor, roadmap, gathered, intake.answers, layout=layout, earlier=read_earlier(intake)), seq


def _names(roadmap: Roadmap, answers: Mapping[str, str]) -> Names:
    plan = outline_of(roadmap.id)
    return Names(
        choices_for(roadmap, plan),
        organisations_seen_by(roadmap.region_id),
        answers,
        numbers=numbers_of(plan).of,
        years={one.uid: (year_in(one.starts_on), year_in(one.ends_on)) for one in plan.items["action"]},
    )


def _passport(book: Book, roadmap: Roadmap) -> Passport | None:
    passport = passport_of(book)
    return passport if passport is not None and passport.roadmap == roadmap.uid else None


def _hand_to_person(held: Held, trial: Trial, seq: int, sentence: str | None) -> None:
    packed = pack(trial.as_json())

    def keep() -> None:
        with unit_of_work():
            found = held.intake()
            found.tried_at_seq = seq
            changes_nothing = trial.is_settled and not trial.changes_something
            found.report = {**(found.report or {}), NOTHING: changes_nothing}
            found.trouble = {"sentence": sentence, "values": {}} if sentence else None
            _keep(held.intake_id, trial=packed)
            _hand_on(found, State.TRIAL)

    again_if_overtaken(keep)


def _hand_on(intake: Intake, state: State) -> None:
    intake.state, intake.claim, intake.beat_at = state, None, now()
    intake.step = intake.steps = 0


def _keep(intake_id: int, **parts: bytes) -> None:
    db.session.execute(
        update(IntakeFile)
        .where(IntakeFile.intake_id == intake_id)
        .values(**parts)
        .execution_options(synchronize_session=False)
    )


def _look(held: Held) -> Intake:
    """Read the intake without locking it. Raises Lost where the claim is another's."""
    query = select(Intake).where(Intake.id == held.intake_id, Intake.claim == held.claim)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise Lost
    return found


def _head(roadmap_id: int) -> int:
    return db.session.scalar(select(Roadmap.head_seq).where(Roadmap.id == roadmap_id)) or 0
