"""What the timeline shows on other rooms' pages: the last acts, and that words wait on an item."""

from flask import render_template
from sqlalchemy import func, select

from roadmap.extensions import db
from roadmap.history.models import KeptWords, Roadmap
from roadmap.history.queries import Identified, revisions_of
from roadmap.people.session import acting_person
from roadmap.plan.kinds import KINDS
from roadmap.timeline.queries import read_revisions
from roadmap.timeline.quiet import lines_of
from roadmap.timeline.sentences import Sentence, Teller, tell_lines
from roadmap.web.filters import clock_time
from roadmap.web.language import chosen_language

LAST = 3
ACTS_LOOKED_AT = 60


def item_history(item: Identified, roadmap: Roadmap) -> str:
    """Show the last acts on an item."""
    revisions = revisions_of(item, limit=LAST)
    reading = read_revisions(roadmap, revisions, language=chosen_language())
    teller = Teller(reading, acting_person(), here=True)
    sentences = [Sentence(one.changeset, teller.tell(one.changeset)) for one in revisions]
    return render_template(
        "timeline/_item_history.html",
        item=item,
        kind=KINDS[item.kind],
        roadmap=roadmap,
        sentences=sentences,
        clock_time=clock_time,
    )


def roadmap_news(roadmap: Roadmap) -> str:
    """Show the last acts on a roadmap."""
    person = acting_person()
    found = lines_of(roadmap, person, before=None, limit=LAST, most=ACTS_LOOKED_AT)
    sentences = tell_lines(roadmap, found.lines, person)
    return render_template(
        "timeline/_roadmap_news.html", roadmap=roadmap, sentences=sentences, clock_time=clock_time
    )


def kept_on_item(item: Identified, roadmap: Roadmap) -> str:
    """Say that words wait on an item: the reader's own, and others' for who may edit it (the page asks)."""
    person = acting_person()
    uid = str(getattr(item, "uid", ""))
    query = (
        select(KeptWords.person_id, func.count(KeptWords.id))
        .where(KeptWords.item_uid == uid, KeptWords.settled_at.is_(None))
        .group_by(KeptWords.person_id)
    )
    counts = {row[0]: row[1] for row in db.session.execute(query)}
    return render_template(
        "timeline/_kept_on_item.html",
        item=item,
        kind=KINDS[item.kind],
        roadmap=roadmap,
        mine=counts.pop(person.id, 0),
        others=sum(counts.values()),
    )
