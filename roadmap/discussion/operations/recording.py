"""What every verb of the discussion ends with: its one changeset, for those who read what it says."""

from collections.abc import Sequence

from sqlalchemy import select

from roadmap.discussion.models import Comment, Thread
from roadmap.discussion.rules import audience_of
from roadmap.extensions import db
from roadmap.history.models import Changeset, Versioned
from roadmap.history.operations import record
from roadmap.people.models import Person
from roadmap.work import current_work


def roadmap_of(model: type[Thread] | type[Comment], number: int) -> int:
    """Give the roadmap of a thread or comment; 0, which no roadmap has, for an unknown one."""
    return db.session.scalar(select(model.roadmap_id).where(model.id == number)) or 0


def record_talk(
    actor: Person,
    verb: str,
    items: Sequence[Versioned],
    thread: Thread,
    comment: Comment | None = None,
    *,
    reason: str = "",
    payload: dict[str, object] | None = None,
) -> Changeset:
    """Record an act in a thread, for those who read what it says. A changed item is never without its revision."""
    named: dict[str, object] = {
        "thread": thread.uid,
        "about_kind": thread.about_kind,
        "about": thread.about,
        "field": thread.field,
    }
    if comment is not None:
        named["comment"] = comment.uid
    level = comment.visibility if comment is not None else thread.visibility
    act = record(
        actor, verb, items, payload=named | (payload or {}), reason=reason, audience=audience_of(level)
    )
    assert act is not None  # noqa: S101 - the verbs come here with a change only
    current_work().notes["changeset"] = act
    return act
