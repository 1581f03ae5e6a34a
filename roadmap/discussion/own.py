"""What one person said, for the file of their own data: their words as they stand, and nobody else's."""

from sqlalchemy import select

from roadmap.discussion.models import Comment, Thread
from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision
from roadmap.people.models import Person


def own_comments(person: Person) -> list[dict[str, object]]:
    """Give a person's own comments, oldest first, each with its thread and when it was last said."""
    query = (
        select(Comment, Thread, Changeset.at)
        .join(Thread, Thread.uid == Comment.thread)
        .join(
            Revision,
            (Revision.kind == Comment.kind)
            & (Revision.item_id == Comment.id)
            & (Revision.item_version == Comment.version),
        )
        .join(Changeset, Changeset.id == Revision.changeset_id)
        .where(Comment.author == person.uid)
        .order_by(Comment.id)
    )
    return [
        {
            "uid": comment.uid,
            "thread": thread.uid,
            "about_kind": thread.about_kind,
            "about": thread.about,
            "field": thread.field,
            "body": comment.body,
            "visibility": str(comment.visibility),
            "role": str(comment.role),
            "at": at.isoformat(),
        }
        for comment, thread, at in db.session.execute(query)
    ]
