"""Has the activity room overhear the review and the discussion."""

from flask import Flask

from roadmap.activity.listeners import tell_the_approval, tell_the_verdict, tell_whose_turn_it_is
from roadmap.activity.talk_listeners import (
    tell_of_a_reply,
    tell_of_a_thread,
    tell_of_another_beginning,
    tell_of_the_end,
)
from roadmap.discussion.events import Reopened, Replied, Resolved, ThreadOpened
from roadmap.review.events import EditionApproved, Judged, Submitted
from roadmap.work import listen


def register(app: Flask) -> None:
    """Have mails follow what happens in the review and in threads."""
    del app
    listen(Submitted, tell_whose_turn_it_is)
    listen(Judged, tell_the_verdict)
    listen(EditionApproved, tell_the_approval)
    listen(ThreadOpened, tell_of_a_thread)
    listen(Replied, tell_of_a_reply)
    listen(Resolved, tell_of_the_end)
    listen(Reopened, tell_of_another_beginning)
