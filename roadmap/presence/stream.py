"""A stream of numbers to one page: what happened, as far as its reader may know, until they may no longer.

No database connection is held while it waits. At each wake, and with each heartbeat, session and role are asked
for again. What the reader may not know of makes no sound at all, not even a heartbeat out of its time.
"""

import json
import logging
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from roadmap.errors import Refusal
from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.people.operations import find_session, is_alive
from roadmap.people.roles import Act
from roadmap.plan.access import roadmap_for
from roadmap.presence.broker import Listening, Pulse, life
from roadmap.presence.queries import News, heads_of, marks_of, news_since
from roadmap.presence.rules import HEARTBEAT, JITTER, LONGEST_STREAM
from roadmap.work import begin_reading

log = logging.getLogger(__name__)

# After a restart they do not all come back in the same moment.
RETRY_MS, RETRY_JITTER_MS = 1_500, 1_500
# Streams that are woken together ask one after the other: so much apart for each, so that pages get their turn.
A_LITTLE, MOST_SPREAD = 0.006, 1.0
END = "event: end\ndata: {}\n\n"


@dataclass(frozen=True)
class Known:
    """What a page knows: the last act its reader may know of, and the mark of who is there."""

    seq: int
    mark: str

    @property
    def id(self) -> str:
        """How a browser names it when it comes back."""
        return f"{self.seq}.{self.mark}"


def read_known(since: str, mark: str, last_id: str = "") -> Known:
    """Read what a page says it knows; the stream's last event knows better than the page's first address."""
    if "." in last_id:
        since, _dot, mark = last_id.partition(".")
    seq = int(since) if since.isascii() and since.isdecimal() and len(since) < 10 else 0  # noqa: PLR2004
    return Known(seq, mark[:16] if mark.isascii() and mark.isalnum() else "")


def look(app: Flask, roadmap_ids: list[int]) -> dict[int, Pulse]:
    """Look how roadmaps stand; two queries, and the connection is given back."""
    with app.app_context():
        heads, marks = heads_of(roadmap_ids), marks_of(roadmap_ids)
        return {one: Pulse(head, marks.get(one, "0")) for one, head in heads.items()}


def told(roadmap: Roadmap, reader: Person, known: Known, mark: str) -> tuple[Known, dict[str, object]]:
    """Give what a page knows afterwards, and what it is told; nothing where nothing happened that it may know."""
    news = news_since(roadmap, reader, known.seq)
    said: dict[str, object] = _said(news) if news else {}
    if mark != known.mark:
        said["who"] = mark
    return Known(news.seq if news else known.seq, mark), said


def _said(news: News) -> dict[str, object]:
    said: dict[str, object] = {"seq": news.seq, "items": list(news.items), "others": news.others}
    return said | ({"wide": True} if news.is_wide else {})


@dataclass(frozen=True)
class Ticket:
    """Whose stream it is, and of which roadmap; the session is found again at each wake."""

    token: str
    roadmap_id: int


def events(app: Flask, ticket: Ticket, known: Known, listening: Listening) -> Iterator[str]:
    """Give the events of a stream until its life is over, its reader may no longer listen, or nobody reads it."""
    until = time.monotonic() + life(LONGEST_STREAM, JITTER)
    pulse = Pulse(-1, "")
    with listening:
        yield f"retry: {RETRY_MS + int(random.random() * RETRY_JITTER_MS)}\n\n"  # noqa: S311 - no secret
        beats_at = time.monotonic() + HEARTBEAT
        while (moment := time.monotonic()) < until:
            seen = listening.wait(pulse, max(beats_at - moment, 0))
            is_woken, pulse = seen != pulse, seen
            if is_woken:
                time.sleep(random.random() * min(A_LITTLE * listening.beside, MOST_SPREAD))  # noqa: S311
            after = _after_or_end(app, ticket, known, pulse if is_woken else None)
            if after is None:
                yield END
                return
            known, said = after
            if said:
                yield f"id: {known.id}\nevent: news\ndata: {json.dumps(said)}\n\n"
            elif time.monotonic() >= beats_at:
                yield ":\n\n"
            if said or time.monotonic() >= beats_at:
                beats_at = time.monotonic() + HEARTBEAT


def _after_or_end(
    app: Flask, ticket: Ticket, known: Known, pulse: Pulse | None
) -> tuple[Known, dict[str, object]] | None:
    try:
        return _after(app, ticket, known, pulse)
    except SQLAlchemyError:
        # The page comes back by itself, to whichever process can ask.
        log.warning("a stream ended because the database could not be asked", exc_info=True)
        return None


def _after(
    app: Flask, ticket: Ticket, known: Known, pulse: Pulse | None
) -> tuple[Known, dict[str, object]] | None:
    """Ask again whether the reader may listen, and what is new to them; None where they may not."""
    with app.app_context():
        begin_reading()
        session = find_session(ticket.token)
        if session is None or not is_alive(session):
            return None
        try:
            roadmap = roadmap_for(session.person, ticket.roadmap_id, to=Act.SEE)
        except Refusal:
            return None
        if pulse is None or pulse.seq < 0:
            return known, {}
        return told(roadmap, session.person, known, pulse.mark)
