"""What people said and did in threads; each is complete in itself and told after the commit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Talk:
    """An act in a thread."""

    roadmap_id: int
    seq: int
    actor_uid: str
    thread_id: int


@dataclass(frozen=True)
class ThreadOpened(Talk):
    """A thread was opened with its first comment."""

    comment_id: int


@dataclass(frozen=True)
class Replied(Talk):
    """Somebody replied in a thread."""

    comment_id: int


@dataclass(frozen=True)
class CommentEdited(Talk):
    """Somebody changed their own comment."""

    comment_id: int


@dataclass(frozen=True)
class CommentClosed(Talk):
    """A comment's words were closed because they held private data."""

    comment_id: int


@dataclass(frozen=True)
class ResolutionClosed(Talk):
    """The words with which a thread was resolved were closed because they held private data."""


@dataclass(frozen=True)
class Resolved(Talk):
    """A thread was resolved, with a reason."""


@dataclass(frozen=True)
class Reopened(Talk):
    """A resolved thread was opened again."""
