"""Threads made through the verbs people use.

thread = a_thread(cast, roadmap, by=cast.yusuf, about=action, level="tim")
"""

from typing import Any

from roadmap.discussion import operations
from roadmap.discussion.models import ROADMAP, Thread
from roadmap.discussion.operations import About
from roadmap.discussion.queries import thread_view
from roadmap.discussion.shown import ThreadView
from roadmap.extensions import db
from roadmap.history.check import faults_of
from roadmap.history.models import Changeset, Roadmap, Versioned
from roadmap.history.queries import changeset_at
from roadmap.people.models import Person
from tests.cast import Cast, at_home

WORDS = "Mohon sebutkan juru bahasa isyarat pada tahun pertama."


@at_home
def a_thread(
    cast: Cast,
    roadmap: Roadmap,
    by: Person | None = None,
    *,
    about: Versioned | None = None,
    field: str = "",
    level: str = "tim_mentor",
    nature: str = "saran",
    words: str = WORDS,
    **more: Any,
) -> Thread:
    """A thread by Yusuf, on the whole roadmap where nothing is named."""
    where = About(about.kind, about.uid, field) if about is not None else About(ROADMAP, roadmap.uid)
    return operations.open_thread(
        by or cast.yusuf, roadmap.id, where, words, nature=nature, visibility=level, **more
    )


def now(roadmap: Roadmap) -> Roadmap:
    """The roadmap as its row stands."""
    db.session.rollback()
    return db.session.get_one(Roadmap, roadmap.id)


def seen(thread: Thread, reader: Person) -> ThreadView:
    """A thread with its comments, as somebody reads it."""
    row = db.session.get_one(Thread, thread.id)
    return thread_view(row, db.session.get_one(Roadmap, row.roadmap_id), reader)


def last_act(roadmap: Roadmap, reader: Person) -> Changeset | None:
    """The newest act on a roadmap, where somebody may know of it."""
    roadmap = now(roadmap)
    return changeset_at(roadmap, roadmap.head_seq, reader)


def holds_together(roadmap: Roadmap) -> bool:
    """Whether log, chain and tables tell one story."""
    return list(faults_of(now(roadmap))) == []
