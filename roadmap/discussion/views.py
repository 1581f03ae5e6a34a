"""Reading what was said: all threads of a roadmap, one thread, and what became of one comment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import make_response, render_template, request, url_for
from flask_babel import ngettext
from sqlalchemy import ColumnElement, select
from werkzeug.wrappers import Response

from roadmap.discussion.access import comment_for, thread_for
from roadmap.discussion.addresses import comment_url
from roadmap.discussion.blueprint import bp
from roadmap.discussion.counts import count_all, uids_of
from roadmap.discussion.models import ORGANISATION, ROADMAP, Comment, Nature, Thread
from roadmap.discussion.pages import thread_page
from roadmap.discussion.queries import threads_of
from roadmap.discussion.rules import About
from roadmap.discussion.telling import is_unread, tell_threads
from roadmap.discussion.topics import Topic, read_about, topic_of
from roadmap.discussion.words import AN_OFFICE, NATURE_NAMES, WHOLE_ROADMAP
from roadmap.history.models import Revision, Roadmap
from roadmap.history.operations import CLOSED
from roadmap.history.queries import revisions_of
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.queries import organisations_by_uid
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import place_of, roadmap_for
from roadmap.plan.kinds import KINDS
from roadmap.plan.pages import enter, roadmap_page
from roadmap.text.diff import Piece, compare, fold
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_
from roadmap.web.declare import asks
from roadmap.web.paging import wanted_page
from roadmap.web.respond import wants_partial

OPEN, RESOLVED, ALL = "terbuka", "selesai", "semua"
STATES = {OPEN: N_("Terbuka"), RESOLVED: N_("Selesai"), ALL: N_("Semua")}
MINE = {
    "mulai": N_("Yang saya mulai"),
    "ikut": N_("Yang saya ikuti"),
    "belum": N_("Yang belum saya baca"),
}
MOST_VERSIONS = 50


@dataclass(frozen=True)
class Wishes:
    """Which threads an address asks for; what it does not know is left out."""

    state: str = OPEN
    nature: str = ""
    wants_answer: bool = False
    kind: str = ""
    mine: str = ""
    about: About | None = None

    @property
    def is_narrow(self) -> bool:
        """Tell whether more is asked for than a state and a thing."""
        return bool(self.nature or self.wants_answer or self.kind or self.mine)

    def parameters(self, **changes: Any) -> dict[str, Any]:
        """Give what the address of the same wishes carries, with some of them changed."""
        held: dict[str, Any] = {
            "keadaan": self.state if self.state != OPEN else None,
            "jenis": self.nature or None,
            "jawaban": "ya" if self.wants_answer else None,
            "bagian": self.kind or None,
            "saya": self.mine or None,
        }
        if self.about is not None:
            held |= {"tentang": f"{self.about.kind}:{self.about.uid}", "isian": self.about.field or None}
        return held | changes


@bp.get("/roadmaps/<int:roadmap_id>/threads")
@asks(Act.SEE)
def threads(roadmap_id: int) -> Response:
    """List the threads a reader reads, open ones first, filtered as the address says; to htmx the list alone."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    wishes = _wishes()
    topic = topic_of(roadmap, wishes.about) if wishes.about else None
    context = _list_context(person, roadmap, wishes, topic)
    if wants_partial() and request.headers.get("HX-Target", "").endswith("talk-list"):
        enter(roadmap.region)
        return make_response(render_template("discussion/_list.html", roadmap=roadmap, **context))
    return roadmap_page(
        "discussion/threads.html",
        roadmap,
        tab="talk",
        may_comment=allows(person, Act.COMMENT, place_of(roadmap)),
        about_key=topic.key if topic else f"{ROADMAP}:{roadmap.uid}",
        **context,
    )


@bp.get("/threads/<int:thread_id>")
@asks(Act.SEE)
def thread(thread_id: int) -> Response:
    """Show one thread whole."""
    person = acting_person()
    found, roadmap = thread_for(person, thread_id, to=Act.SEE)
    return thread_page(person, roadmap, found)


@bp.get("/comments/<int:comment_id>/history")
@asks(Act.SEE)
def comment_history(comment_id: int) -> Response:
    """Show what became of one comment, newest first, word by word."""
    person = acting_person()
    comment, found, roadmap = comment_for(person, comment_id, to=Act.SEE)
    return roadmap_page(
        "discussion/comment_history.html",
        roadmap,
        tab="talk",
        thread=found,
        url=comment_url(roadmap, person, found, comment),
        versions=_versions(revisions_of(comment, limit=MOST_VERSIONS)),
    )


def _wishes() -> Wishes:
    asked = request.args
    nature, kind, mine = asked.get("jenis", ""), asked.get("bagian", ""), asked.get("saya", "")
    state, key = asked.get("keadaan", OPEN), asked.get("tentang", "")
    return Wishes(
        state if state in STATES else OPEN,
        nature if nature in set(Nature) else "",
        asked.get("jawaban") == "ya",
        kind if kind in _kinds() else "",
        mine if mine in MINE else "",
        read_about(key, normalise_line(asked.get("isian", ""))) if key else None,
    )


def _kinds() -> Mapping[str, str]:
    """Name the kinds of things that are talked about."""
    kinds = {kind.name: kind.label for kind in KINDS.values()}
    return {ROADMAP: WHOLE_ROADMAP, **kinds, ORGANISATION: AN_OFFICE}


def _list_context(person: Person, roadmap: Roadmap, wishes: Wishes, topic: Topic | None) -> dict[str, Any]:
    page = threads_of(
        roadmap,
        person,
        about=topic.uid if topic and topic.about.kind != ORGANISATION else None,
        field=topic.about.field or None if topic else None,
        about_kind=wishes.kind or None,
        nature=wishes.nature or None,
        is_resolved={OPEN: False, RESOLVED: True, ALL: None}[wishes.state],
        wants_answer=True if wishes.wants_answer else None,
        author=person.uid if wishes.mine == "mulai" else None,
        also=[*_mine(roadmap, person, wishes.mine), *_on_organisation(roadmap, topic)],
        wanted=wanted_page(),
    )
    return {
        "wishes": wishes,
        "topic": topic,
        "here": topic.uid if topic and not topic.about.field else None,
        "page": page,
        "told_threads": tell_threads(roadmap, person, page.items),
        "count": count_all(roadmap, person),
        "results": ngettext("%(num)s percakapan", "%(num)s percakapan", page.total),
        "states": STATES,
        "natures": NATURE_NAMES,
        "kinds": _kinds(),
        "mine": MINE,
        "list_url": lambda **changes: url_for(
            "discussion.threads", roadmap_id=roadmap.id, **wishes.parameters(**changes)
        ),
        "page_url": lambda number: url_for(
            "discussion.threads",
            roadmap_id=roadmap.id,
            **wishes.parameters(halaman=number if number > 1 else None),
        ),
    }


def _mine(roadmap: Roadmap, person: Person, wish: str) -> Sequence[ColumnElement[bool]]:
    if wish == "belum":
        return [is_unread(roadmap, person)]
    if wish == "ikut":
        spoke = select(Comment.id).where(Comment.thread == Thread.uid, Comment.author == person.uid)
        return [spoke.correlate(Thread).exists()]
    return []


def _on_organisation(roadmap: Roadmap, topic: Topic | None) -> Sequence[ColumnElement[bool]]:
    if topic is None or topic.about.kind != ORGANISATION:
        return []
    return [Thread.about.in_(uids_of(organisations_by_uid(roadmap.region_id), topic.uid))]


def _versions(revisions: Sequence[Revision]) -> list[tuple[Revision, Sequence[Piece], str]]:
    """Pair each version with what changed in it; the oldest one, and what was closed, stand as they are."""
    shown: list[tuple[Revision, Sequence[Piece], str]] = []
    for place, revision in enumerate(revisions):
        body = str(revision.snapshot["body"])
        older = revisions[place + 1] if place + 1 < len(revisions) else None
        if older is None or CLOSED in (body, older.snapshot["body"]):
            shown.append((revision, (), body))
        else:
            shown.append((revision, fold(compare(str(older.snapshot["body"]), body)), body))
    return shown
