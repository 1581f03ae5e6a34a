"""What several views of this room share: the page of a thread, what else a saying changes on a page, kept words."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.discussion.addresses import A_PAGE, thread_url
from roadmap.discussion.audience import audience_for
from roadmap.discussion.forms import TalkForm
from roadmap.discussion.models import Thread
from roadmap.discussion.queries import thread_view, with_comments
from roadmap.discussion.telling import Told, tell_threads
from roadmap.discussion.then import words_then
from roadmap.discussion.words import LEVEL_NAMES, LEVEL_SENTENCES, NATURE_NAMES, READ_BY
from roadmap.history.models import Roadmap
from roadmap.history.queries import find_kept
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.people.words import ROLE_NAMES
from roadmap.plan.access import place_of
from roadmap.plan.kinds import KINDS
from roadmap.plan.pages import roadmap_page
from roadmap.web.paging import page_of, wanted_page

# What the forms of this room say.
FORM_WORDS: Mapping[str, Any] = {
    "read_by": READ_BY,
    "level_names": LEVEL_NAMES,
    "level_sentences": LEVEL_SENTENCES,
    "nature_names": NATURE_NAMES,
    "role_names": ROLE_NAMES,
}

# So many of its last comments are shown of a thread on another thing's page.
LAST = 2

Echoes = Sequence[tuple[str, dict[str, object]]]


def echoes_of(roadmap: Roadmap, kind: str, uid: str, field: str = "", *, has_heading: bool = False) -> Echoes:
    """Name what else on a page counts what was just said: tab, heading (if not in the answer), link on the field."""
    echoes: list[tuple[str, dict[str, object]]] = [("talk-tab", {"roadmap": roadmap})]
    if not has_heading:
        echoes.append(("thread-total", {"roadmap": roadmap, "uid": uid}))
    if field:
        label = _(KINDS[kind].by_name[field].label)
        on_field = {"uid": uid, "field": field, "kind": kind, "label": label, "at": f"{uid}-{field}"}
        echoes.append(("thread-count", {"roadmap": roadmap, **on_field}))
    return echoes


def kept_of(person: Person) -> dict[str, Any]:
    """Give the reader's own kept words that the address names, to fill a form with them."""
    kept_uid = request.args.get("kept", "")
    kept = find_kept(person.id, kept_uid) if kept_uid else None
    return dict(kept.values) if kept is not None else {}


def outcome_of(status: int) -> dict[str, Any]:
    """Say how the title of a page begins that gives a form back."""
    words = {422: _("Perlu diperbaiki:"), 409: _("Perlu dipilih:")}
    return {"outcome_title": words[status]} if status in words else {}


def fresh_thread(person: Person, roadmap: Roadmap, thread: Thread) -> Told:
    """Read a thread as it stands on another thing's page: its first comment and the last ones."""
    view = thread_view(thread, roadmap, person)
    return tell_threads(roadmap, person, with_comments(roadmap, person, [view], last=LAST))[0]


def thread_page(
    person: Person,
    roadmap: Roadmap,
    thread: Thread,
    *,
    form: TalkForm | None = None,
    is_writing: bool = False,
    status: int = 200,
    kept_uid: str = "",
    **context: Any,
) -> Response:
    """Render a thread whole, a page of its replies at a time, with the form of a reply below."""
    told = tell_threads(roadmap, person, [thread_view(thread, roadmap, person)])[0]
    wanted = -(-len(told.later) // A_PAGE) if is_writing else wanted_page()
    return roadmap_page(
        "discussion/thread.html",
        roadmap,
        tab="talk",
        status=status,
        told=told,
        thread=told.thread,
        here=told.thread.about.uid,
        then=words_then(roadmap, told),
        page=page_of(told.later, A_PAGE, wanted),
        page_url=lambda number: f"{thread_url(thread.id)}?halaman={number}",
        form=form or TalkForm(f"t{thread.id}", audience_for(person, roadmap, thread)),
        kept_uid=kept_uid,
        in_place=False,
        closable=allows(person, Act.CLOSE_TEXT, place_of(roadmap)),
        **FORM_WORDS,
        **context,
    )
