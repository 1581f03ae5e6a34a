"""The background steps of an intake: read, try, write; each claimed, so that a closed tab neither stops nor doubles it.

Whoever does a step holds the claim and says now and then that it goes on. A step whose holder fell silent is taken
up by another; what the first still comes to is dropped, because it holds the claim no more. The plan is changed in
one transaction only, the one that also says DONE.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy import func, or_, update

from roadmap.clock import now
from roadmap.errors import Refusal
from roadmap.extensions import db
from roadmap.intake import steps
from roadmap.intake.models import Intake, State
from roadmap.intake.queries import stalled_ids
from roadmap.intake.rules import STALLED_AFTER, WORK
from roadmap.people.models import new_uid
from roadmap.text.words import N_
from roadmap.work import again_if_overtaken, unit_of_work

log = logging.getLogger(__name__)

BEAT = 5.0
FAULT = N_(
    "Pekerjaan ini terhenti karena gangguan pada sistem. Tidak ada yang ditulis dan tidak ada yang hilang; coba lagi."
)
_STEPS: dict[State, Callable[[steps.Held], None]] = {
    State.READING: steps.read,
    State.TRYING: steps.try_it,
    State.WRITING: steps.write,
}
_BACK = {State.READING: State.UNREADABLE, State.TRYING: State.LAYOUT, State.WRITING: State.TRIAL}


@dataclass(frozen=True)
class _Taken:
    held: steps.Held
    state: State


def start(app: Flask, intake_id: int, *, patience: float = 2.0) -> None:
    """Begin the step that is due in a thread of its own, and wait for it at most `patience` seconds.

    Needs no unit of work to be open; what the caller has read of the intake is older than what follows.
    """
    db.session.rollback()
    thread = threading.Thread(
        target=_carry_on_in, args=(app, intake_id), name=f"intake-{intake_id}", daemon=True
    )
    thread.start()
    thread.join(patience)


def carry_on(intake_id: int) -> None:
    """Do the step that is due, here and now, and the one that follows from it; nothing where none is due.

    What goes wrong is kept with the intake, for the person; nothing is raised. Needs no unit of work to be open.
    """
    while taken := _take(intake_id):
        with _beating(taken.held):
            _do(taken)


def carry_on_stalled() -> int:
    """Take up every step that stood still, one after the other; tell how many."""
    ids = list(stalled_ids())
    db.session.rollback()
    for intake_id in ids:
        carry_on(intake_id)
    return len(ids)


def _carry_on_in(app: Flask, intake_id: int) -> None:
    with app.app_context():
        try:
            carry_on(intake_id)
        except Exception:
            # The step stays due; its claim falls silent and another takes it up.
            log.exception("a step of a table did not go")
        finally:
            db.session.remove()


def _take(intake_id: int) -> _Taken | None:
    """Claim the step that is due, unless somebody is at work on it."""

    def take() -> _Taken | None:
        claim, moment = new_uid(), now()
        is_free = or_(
            Intake.claim.is_(None), func.coalesce(Intake.beat_at, Intake.created_at) < moment - STALLED_AFTER
        )
        with unit_of_work():
            state = db.session.scalar(
                update(Intake)
                .where(Intake.id == intake_id, Intake.state.in_(WORK), is_free)
                .values(claim=claim, beat_at=moment)
                .returning(Intake.state)
                .execution_options(synchronize_session=False)
            )
        return _Taken(steps.Held(intake_id, claim), State(state)) if state else None

    return again_if_overtaken(take)


def _do(taken: _Taken) -> None:
    try:
        _STEPS[taken.state](taken.held)
    except steps.Lost:
        db.session.rollback()
    except Refusal as refusal:
        db.session.rollback()
        _fall_back(taken, refusal.sentence or FAULT, {name: str(one) for name, one in refusal.values.items()})
    except Exception:
        db.session.rollback()
        log.exception("a step of a table failed")
        _fall_back(taken, FAULT, {})


def _fall_back(taken: _Taken, sentence: str, values: dict[str, str]) -> None:
    """Say what went wrong, where the person can do something about it."""

    def note() -> None:
        with unit_of_work():
            intake = taken.held.intake()
            intake.state, intake.claim = _BACK[taken.state], None
            intake.trouble = {"sentence": sentence, "values": values}
            if intake.state == State.UNREADABLE:
                intake.finished_at = now()

    try:
        again_if_overtaken(note)
    except steps.Lost:
        db.session.rollback()


@contextmanager
def _beating(held: steps.Held) -> Iterator[None]:
    """Say every few seconds that the step goes on, from a thread of its own."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    is_over = threading.Event()
    thread = threading.Thread(target=_beat, args=(app, held, is_over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _beat(app: Flask, held: steps.Held, is_over: threading.Event) -> None:
    while not is_over.wait(BEAT):
        try:
            with app.app_context(), unit_of_work():
                db.session.execute(
                    update(Intake)
                    .where(Intake.id == held.intake_id, Intake.claim == held.claim)
                    .values(beat_at=now())
                    .execution_options(synchronize_session=False)
                )
        except Exception:
            # The next beat tries again; thirty seconds without one give the step away, which does no harm.
            log.warning("a beat was missed", exc_info=True)


__all__ = ["carry_on", "carry_on_stalled", "start"]
