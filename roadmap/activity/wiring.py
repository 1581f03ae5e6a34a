"""Has the activity room overhear the review."""

from flask import Flask

from roadmap.activity.listeners import tell_the_approval, tell_the_verdict, tell_whose_turn_it_is
from roadmap.review.events import EditionApproved, Judged, Submitted
from roadmap.work import listen


def register(app: Flask) -> None:
    """Have mails follow what happens in the review."""
    del app
    listen(Submitted, tell_whose_turn_it_is)
    listen(Judged, tell_the_verdict)
    listen(EditionApproved, tell_the_approval)
