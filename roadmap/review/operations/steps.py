"""What every verb of the review is made of: the one place that writes a roadmap's stage, and small things."""

from roadmap.clock import now
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.roles import Stage
from roadmap.review.models import Round, Submission
from roadmap.review.queries import Facts, facts_of
from roadmap.review.states import Detail, Move, step
from roadmap.text.lengths import LONGEST_WORDS, bounded
from roadmap.text.normal import normalise
from roadmap.work import current_work


def move(roadmap: Roadmap, facts: Facts, way: Move, detail: Detail = None) -> None:
    """Take a roadmap to the stage the table names. Raises StepNotOpen. Needs an open unit of work."""
    before = Stage(roadmap.stage)
    roadmap.stage = step(before, way, detail)
    if roadmap.stage != before:
        round_of(roadmap, facts).stage_since = now()


def facts_on(roadmap: Roadmap) -> Facts:
    """Read the rows of one roadmap's review."""
    return facts_of([roadmap.id])[roadmap.id]


def round_of(roadmap: Roadmap, facts: Facts) -> Round:
    """Give the latest round of a roadmap."""
    if facts.round is None:
        # A roadmap that came into being where nobody was listening gets its first round with its first step.
        facts.round = Round(roadmap_id=roadmap.id, number=1, opened_seq=1)
        db.session.add(facts.round)
        db.session.flush()
    return facts.round


def seq_now() -> int:
    """Tell the sequence number of the act that is under way."""
    return current_work().seq or 0


def named(submission: Submission) -> dict[str, object]:
    """Name a submission in a payload."""
    return {
        "submission": submission.uid,
        "number": submission.number,
        "desk": str(submission.desk),
        "seq": submission.seq,
    }


def text_of(name: str, text: str) -> str:
    """Take a person's words for a field. Raises NotValid where they are too long."""
    words = normalise(text).strip()
    return bounded(name, words, LONGEST_WORDS)
