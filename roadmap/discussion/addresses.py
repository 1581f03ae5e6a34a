"""Where something that was said stands: the thread's page is cut into pages, and a comment is on one of them."""

from collections.abc import Iterable

from flask import url_for
from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from roadmap.discussion.models import Comment, Thread
from roadmap.discussion.queries import read_by
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.web.filters import dom_id

# So many replies on one page of a thread.
A_PAGE = 50


def thread_url(thread_id: int) -> str:
    """Give the page of a thread."""
    return url_for("discussion.thread", thread_id=thread_id)


def comment_url(roadmap: Roadmap, reader: Person, thread: Thread, comment: Comment) -> str:
    """Give the place of a comment on the page of its thread, as this reader sees it."""
    query = select(func.count(Comment.id)).where(
        Comment.thread == thread.uid, Comment.id < comment.id, read_by(Comment, reader, roadmap)
    )
    return _place(thread.id, comment.id, db.session.scalar(query) or 0)


def comment_urls(roadmap: Roadmap, reader: Person, comment_ids: Iterable[int]) -> dict[int, str]:
    """Give the places of several comments of a roadmap that the reader reads, by id, one query."""
    earlier = aliased(Comment)
    query = (
        select(Comment.id, Thread.id, func.count(earlier.id))
        .join(Thread, Thread.uid == Comment.thread)
        .outerjoin(
            earlier,
            and_(
                earlier.thread == Comment.thread,
                earlier.id < Comment.id,
                read_by(earlier, reader, roadmap),
            ),
        )
        .where(Comment.roadmap_id == roadmap.id, Comment.id.in_(sorted(comment_ids)))
        .group_by(Comment.id, Thread.id)
    )
    return {row[0]: _place(row[1], row[0], row[2]) for row in db.session.execute(query)}


def _place(thread_id: int, comment_id: int, before: int) -> str:
    if not before:
        return thread_url(thread_id)
    number = (before - 1) // A_PAGE + 1
    address = url_for("discussion.thread", thread_id=thread_id, halaman=number if number > 1 else None)
    return f"{address}#{dom_id(f'comment-{comment_id}', 'heading')}"
