"""What is not yet agreed, shown on the review's pages before somebody decides: as far as the reader reads it."""

from flask import render_template

from roadmap.discussion.queries import open_disputes
from roadmap.discussion.telling import who_is
from roadmap.discussion.topics import topics_of
from roadmap.history.models import Roadmap
from roadmap.people.session import acting_person

MOST = 6


def disputes(roadmap: Roadmap) -> str:
    """Show the open threads in which something is not yet agreed; nothing where there is none."""
    page = open_disputes(roadmap, acting_person(), most=MOST)
    topics = topics_of(roadmap, [one.about for one in page.items])
    return render_template(
        "discussion/_open_disputes.html",
        roadmap=roadmap,
        page=page,
        rows=[(one, topics.get(one.about), who_is(one)) for one in page.items],
    )
