"""Where kept words of the discussion belong: in a thread their writer still reads, or in a new one."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from flask import current_app, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from roadmap.discussion.access import comment_for, may_read, thread_for
from roadmap.discussion.models import Comment, Thread
from roadmap.discussion.rules import About
from roadmap.discussion.topics import Topic, read_about, topics_of
from roadmap.errors import NotThere, Refusal
from roadmap.extensions import db
from roadmap.history.models import KeptWords, Roadmap
from roadmap.history.places import Place, Spot
from roadmap.history.words import plain_words
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.web.filters import dom_id

ROOM = "discussion."
REPLY = "discussion.reply"
SAYING = ("discussion.new_thread", "discussion.send_reply")
SAID_AT = re.compile(r"#(thread-(?P<thread>\d{1,9})|comment-(?P<comment>\d{1,9}))-heading$")
# What of such a form a person typed; the rest are choices.
SPOKEN = ("body", "reason", "basis")


@dataclass(frozen=True)
class _Sent:
    """Kept words with the form they were sent by."""

    kept: KeptWords
    endpoint: str
    parts: Mapping[str, Any]


def talk_spot(person: Person, view_args: Mapping[str, Any]) -> Spot | None:
    """Tell which comment or thread an address is about, where this person reads it; None for other addresses."""
    with suppress(Refusal):
        if "comment_id" in view_args:
            comment, _thread, roadmap = comment_for(person, view_args["comment_id"], to=Act.SEE)
            return Spot(comment, roadmap.id)
        if "thread_id" in view_args:
            thread, roadmap = thread_for(person, view_args["thread_id"], to=Act.SEE)
            return Spot(thread, roadmap.id)
        return None
    return Spot()


def talk_way_on(person: Person, went_in: str) -> str | None:
    """Give the form of the person's own comment that stands at an address; None where there is none to be changed."""
    found = SAID_AT.search(went_in)
    if found is None:
        return None
    said = select(Comment.id).where(Comment.author == person.uid).order_by(Comment.id).limit(1)
    if found["thread"]:
        said = said.join(Thread, Thread.uid == Comment.thread).where(Thread.id == int(found["thread"]))
    else:
        said = said.where(Comment.id == int(found["comment"]))
    comment_id = db.session.scalar(said)
    return url_for("discussion.edit_comment", comment_id=comment_id) if comment_id is not None else None


def talk_places(
    person: Person, kept: Sequence[KeptWords], roadmaps: Mapping[int, Roadmap]
) -> dict[str, Place | None]:
    """Give the place of each of the kept words that were sent in a form of talk; None where it is not read any more.

    Two queries, and one for each kind of thing that is talked about, whatever the number.
    """
    sent = [one for words in kept if (one := _sent(words)) is not None]
    comments = _by_id(Comment, {one.parts.get("comment_id") for one in sent})
    uids = {one.thread for one in comments.values()}
    threads = _by_id(Thread, {one.parts.get("thread_id") for one in sent}, uids)
    by_uid = {one.uid: one for one in threads.values()}
    spoken_in = [(one, _thread_of(one, comments, threads, by_uid)) for one in sent]
    topics = _topics(spoken_in, roadmaps)
    places: dict[str, Place | None] = {}
    for one, thread in spoken_in:
        roadmap = roadmaps.get(one.kept.roadmap_id or 0)
        comment = comments.get(one.parts.get("comment_id"))
        said = [words for words in (thread, comment) if words is not None]
        is_read = roadmap is not None and may_read(person, roadmap, *said)
        is_found = bool(said) or "roadmap_id" in one.parts
        topic = topics.get((one.kept.roadmap_id or 0, _about(one, thread)))
        places[one.kept.uid] = (
            _place(one, roadmap, thread, topic) if roadmap and is_read and is_found else None
        )
    return places


def _thread_of(
    sent: _Sent, comments: Mapping[int, Comment], threads: Mapping[int, Thread], by_uid: Mapping[str, Thread]
) -> Thread | None:
    comment = comments.get(sent.parts.get("comment_id", 0))
    return by_uid.get(comment.thread) if comment else threads.get(sent.parts.get("thread_id", 0))


def _about(sent: _Sent, thread: Thread | None) -> About | None:
    """Tell what was talked about: what the thread is about, or what a form for a new one names."""
    if thread is not None:
        return About(thread.about_kind, thread.about, thread.field)
    named, values = parse_qs(sent.kept.address.partition("?")[2]), sent.kept.values
    with suppress(NotThere):
        key = values.get("tentang") or named.get("tentang", [""])[0]
        return read_about(str(key), str(values.get("place") or ""))
    return None


def _topics(
    spoken_in: Sequence[tuple[_Sent, Thread | None]], roadmaps: Mapping[int, Roadmap]
) -> dict[tuple[int, About | None], Topic]:
    wanted: dict[int, set[About]] = {}
    for sent, thread in spoken_in:
        about, roadmap_id = _about(sent, thread), sent.kept.roadmap_id or 0
        if about is not None and roadmap_id in roadmaps:
            wanted.setdefault(roadmap_id, set()).add(about)
    return {
        (roadmap_id, about): topic
        for roadmap_id, abouts in wanted.items()
        for about, topic in topics_of(roadmaps[roadmap_id], abouts).items()
    }


def _place(sent: _Sent, roadmap: Roadmap, thread: Thread | None, topic: Topic | None) -> Place:
    kept = sent.kept
    if thread is not None:
        title = _("Percakapan tentang %(title)s", title=topic.words) if topic else _("Percakapan")
        url = url_for("discussion.thread", thread_id=thread.id)
    elif topic is not None:
        title, url = _("Komentar tentang %(title)s", title=topic.words), topic.place
    else:
        title, url = _("Percakapan baru"), url_for("discussion.threads", roadmap_id=roadmap.id)
    path = kept.address.partition("?")[0]
    # The form of a reply stands below all that was said.
    form = (
        "#" + dom_id(f"thread-{thread.id}", "reply") if thread is not None and sent.endpoint == REPLY else ""
    )
    words = {name: said for name, said in kept.values.items() if name in SPOKEN}
    return Place(title, roadmap.language, plain_words(kept, words), url, f"{path}?kept={kept.uid}{form}")


def _sent(kept: KeptWords) -> _Sent | None:
    try:
        endpoint, parts = current_app.url_map.bind("").match(kept.address.partition("?")[0], method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return _Sent(kept, endpoint, parts) if endpoint.startswith(ROOM) else None


def _by_id(model: type[Any], ids: set[Any], uids: Any = ()) -> dict[Any, Any]:
    wanted = sorted(one for one in ids if one is not None)
    if not wanted and not uids:
        return {}
    query = select(model).where(model.id.in_(wanted) | model.uid.in_(sorted(uids)))
    return {one.id: one for one in db.session.scalars(query)}
