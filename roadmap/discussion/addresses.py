"""Where something that was said stands: the thread's page is cut into pages, and a comment is on one of them."""

from flask import url_for
from sqlalchemy import func, select

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
    before = db.session.scalar(query) or 0
    if not before:
        return thread_url(thread.id)
    number = (before - 1) // A_PAGE + 1
    address = url_for("discussion.thread", thread_id=thread.id, halaman=number if number > 1 else None)
    return f"{address}#{dom_id(f'comment-{comment.id}', 'heading')}"
