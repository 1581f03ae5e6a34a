"""Tells the record the shape of threads and comments: nothing in them is what a leader approves."""

from roadmap.discussion.models import Comment, Thread
from roadmap.history.shapes import Merge, Shape, tell_shape

THREAD = Shape(
    Thread.kind,
    Thread,
    {
        "about_kind": Merge.WHOLE,
        "about": Merge.WHOLE,
        "field": Merge.WHOLE,
        "about_version": Merge.WHOLE,
        "nature": Merge.WHOLE,
        "visibility": Merge.WHOLE,
        "author": Merge.WHOLE,
        "organisation": Merge.WHOLE,
        "role": Merge.WHOLE,
        "wants_answer": Merge.WHOLE,
        "is_resolved": Merge.WHOLE,
        "resolution": Merge.TEXT,
        "position": Merge.WHOLE,
    },
    frozenset(),
)
COMMENT = Shape(
    Comment.kind,
    Comment,
    {
        "thread": Merge.WHOLE,
        "body": Merge.TEXT,
        "visibility": Merge.WHOLE,
        "author": Merge.WHOLE,
        "organisation": Merge.WHOLE,
        "role": Merge.WHOLE,
        "notified": Merge.SET,
        "position": Merge.WHOLE,
    },
    frozenset(),
)

tell_shape(THREAD)
tell_shape(COMMENT)
