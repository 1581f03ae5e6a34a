"""The verbs of the discussion. Each takes the acting person, asks the gate inside its unit of work, and records."""

from roadmap.discussion.operations.closing import close_comment, close_resolution
from roadmap.discussion.operations.talking import (
    LONGEST_BODY,
    edit_comment,
    mark_read,
    open_thread,
    reopen,
    reply,
    resolve,
)
from roadmap.discussion.rules import About

__all__ = [
    "LONGEST_BODY",
    "About",
    "close_comment",
    "close_resolution",
    "edit_comment",
    "mark_read",
    "open_thread",
    "reopen",
    "reply",
    "resolve",
]
