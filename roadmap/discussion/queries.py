"""Reading what was said, each time for one reader: what they do not read is not there and is not counted.

As many queries whatever the number of threads. The roadmap came through the gate.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, Subquery, false, func, or_, select

from roadmap.discussion.models import Comment, Nature, Thread
from roadmap.discussion.rules import reads
from roadmap.discussion.shown import Row, ThreadView, counts_in, row_of, row_of_revision, show, show_comments
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.history.queries import state_as_of
from roadmap.people.models import Person
from roadmap.people.queries import roles_on
from roadmap.people.roles import Act, Role, holds, levels_read_by
from roadmap.web.paging import Page

A_PAGE = 20


def read_by(model: type[Thread] | type[Comment], reader: Person, roadmap: Roadmap) -> ColumnElement[bool]:
    """Say in SQL which threads or comments of a roadmap a person reads."""
    roles = roles_on(reader, roadmap.region_id, roadmap.id)
    return _read_by(model, reader.uid, roles)


@lru_cache(maxsize=1000)
def _read_by(
    model: type[Thread] | type[Comment], reader_uid: str, roles: frozenset[Role]
) -> ColumnElement[bool]:
    if not holds(roles, Act.SEE):
        return false()
    return or_(model.visibility.in_(sorted(levels_read_by(roles))), model.author == reader_uid)


def threads_of(
    roadmap: Roadmap,
    reader: Person,
    *,
    about: str | None = None,
    field: str | None = None,
    about_kind: str | None = None,
    nature: Nature | str | None = None,
    is_resolved: bool | None = None,
    wants_answer: bool | None = None,
    author: str | None = None,
    also: Sequence[ColumnElement[bool]] = (),
    wanted: int = 1,
    size: int = A_PAGE,
) -> Page[ThreadView]:
    """Give a page of the threads a person reads, open ones first, of them the last spoken in first.

    Each carries its opening comment only (`with_comments` brings the rest). `about` and `author` are uids;
    None lets all through; `also` are further conditions on Thread. A page that does not exist is answered with
    the nearest one that does.
    """
    conditions = [Thread.roadmap_id == roadmap.id, read_by(Thread, reader, roadmap), *also]
    wishes = {
        "about": about,
        "field": field,
        "about_kind": about_kind,
        "nature": nature,
        "is_resolved": is_resolved,
        "wants_answer": wants_answer,
        "author": author,
    }
    conditions += [getattr(Thread, name) == value for name, value in wishes.items() if value is not None]
    total = db.session.scalar(select(func.count(Thread.id)).where(*conditions)) or 0
    pages = max(-(-total // size), 1)
    number = min(max(wanted, 1), pages)
    narrow = None if about is None else Comment.thread.in_(select(Thread.uid).where(Thread.about == about))
    said = _said(roadmap, reader, narrow)
    query = (
        select(Thread, said.c.count, said.c.first, said.c.last)
        .join(said, said.c.thread == Thread.uid)
        .where(*conditions)
        .order_by(Thread.is_resolved, said.c.last.desc())
        .limit(size)
        .offset((number - 1) * size)
    )
    return Page(_show(query), number, pages, total)


def thread_view(thread: Thread, roadmap: Roadmap, reader: Person) -> ThreadView:
    """Give one thread that came through the gate, with all its comments this reader reads."""
    said = _said(roadmap, reader, Comment.thread == thread.uid)
    query = (
        select(Thread, said.c.count, said.c.first, said.c.last)
        .join(said, said.c.thread == Thread.uid)
        .where(Thread.id == thread.id)
    )
    return with_comments(roadmap, reader, _show(query))[0]


def with_comments(
    roadmap: Roadmap, reader: Person, threads: Sequence[ThreadView], *, last: int | None = None
) -> list[ThreadView]:
    """Give the same threads with the comments this reader reads, in the order they were said.

    With `last` each with its opening and so many of its last ones.
    """
    conditions = (
        Comment.thread.in_([one.uid for one in threads]),
        read_by(Comment, reader, roadmap),
    )
    query = select(Comment).where(*conditions)
    if last is not None:
        place = func.row_number().over(partition_by=Comment.thread, order_by=Comment.id.desc())
        ranked = select(Comment.id, place.label("place")).where(*conditions).subquery()
        openings = [one.opening.id for one in threads]
        query = (
            select(Comment)
            .join(ranked, ranked.c.id == Comment.id)
            .where(or_(ranked.c.place <= last, Comment.id.in_(openings)))
        )
    found = show_comments(row_of(one) for one in db.session.scalars(query))
    return [replace(one, comments=tuple(found[one.uid])) for one in threads]


def counts_of(roadmap: Roadmap, reader: Person) -> dict[tuple[str, str], tuple[int, int]]:
    """Count the threads a person reads on each thing and field: (uid, field) → (open, all); one query."""
    query = (
        select(Thread.about, Thread.field, Thread.is_resolved, func.count(Thread.id))
        .where(Thread.roadmap_id == roadmap.id, read_by(Thread, reader, roadmap))
        .group_by(Thread.about, Thread.field, Thread.is_resolved)
    )
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for about, field, is_resolved, count in db.session.execute(query):
        open_ones, everything = found.get((about, field), (0, 0))
        found[about, field] = (open_ones + (0 if is_resolved else count), everything + count)
    return found


def open_disputes(roadmap: Roadmap, reader: Person, *, most: int = A_PAGE) -> Page[ThreadView]:
    """Give what is not yet agreed and open, as far as a person reads it, the last spoken in first."""
    return threads_of(roadmap, reader, nature=Nature.NOT_AGREED, is_resolved=False, size=most)


def threads_as_of(
    roadmap: Roadmap, seq: int, reader: Person, *, about: str | None = None
) -> list[ThreadView]:
    """Give the threads as they stood at an act, with their comments then, each by its own visibility.

    Open ones first, of them the last spoken in first; with `about` only those on one thing.
    """
    roles = roles_on(reader, roadmap.region_id, roadmap.id)
    if not holds(roles, Act.SEE):
        return []
    rows: dict[str, list[Row]] = {Thread.kind: [], Comment.kind: []}
    for revision in state_as_of(roadmap.id, seq, kinds=(Thread.kind, Comment.kind)):
        level, author = str(revision.snapshot["visibility"]), str(revision.snapshot["author"])
        if reads(roles, reader.uid, level, author):
            rows[revision.kind].append(row_of_revision(revision))
    threads = [row for row in rows[Thread.kind] if about in (None, row.values["about"])]
    seen = {row.uid for row in threads}
    comments = [row for row in rows[Comment.kind] if row.values["thread"] in seen]
    counts = counts_in(comments)
    threads.sort(key=lambda row: (bool(row.values["is_resolved"]), -counts[row.uid][1]))
    return show(threads, comments, counts, upto=seq)


def _said(roadmap: Roadmap, reader: Person, narrow: ColumnElement[bool] | None) -> Subquery:
    """Count, for each thread, the comments a person reads, and name the first and the last of them.

    Of the threads that `narrow` lets through, or of all on the roadmap.
    """
    which = Comment.roadmap_id == roadmap.id if narrow is None else narrow
    return (
        select(
            Comment.thread,
            func.count(Comment.id).label("count"),
            func.min(Comment.id).label("first"),
            func.max(Comment.id).label("last"),
        )
        .where(which, read_by(Comment, reader, roadmap))
        .group_by(Comment.thread)
        .subquery()
    )


def _show(query: Select[Thread, int, int, int]) -> list[ThreadView]:
    found = db.session.execute(query).all()
    openings = db.session.scalars(
        select(Comment).where(Comment.id.in_([first for _thread, _count, first, _last in found]))
    )
    return show(
        [row_of(thread) for thread, *_rest in found],
        [row_of(one) for one in openings],
        {thread.uid: (count, last) for thread, count, _first, last in found},
    )
