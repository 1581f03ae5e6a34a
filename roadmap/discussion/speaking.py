"""Saying something: the forms of a new thread, of a reply and of changing one's own words, and what comes of them."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from roadmap.discussion.access import comment_for, thread_for
from roadmap.discussion.addresses import comment_url
from roadmap.discussion.audience import audience_for
from roadmap.discussion.blueprint import bp
from roadmap.discussion.forms import TalkForm, fill_talk, read_talk
from roadmap.discussion.models import ROADMAP, Comment, Thread
from roadmap.discussion.operations import About, edit_comment, open_thread, reply
from roadmap.discussion.pages import FORM_WORDS, echoes_of, fresh_thread, kept_of, outcome_of, thread_page
from roadmap.discussion.slots import threads_on
from roadmap.discussion.topics import Topic, read_about, topic_of
from roadmap.discussion.words import read_by
from roadmap.errors import NotAllowed, NotValid
from roadmap.history.errors import EditConflict
from roadmap.history.models import Roadmap
from roadmap.history.operations import keep_words
from roadmap.people.models import Person
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import roadmap_for
from roadmap.plan.forms import read_base_version
from roadmap.plan.keeping import kept_uid_for, settle_sent_words
from roadmap.plan.kinds import KINDS
from roadmap.plan.pages import enter, roadmap_page
from roadmap.text.diff import Piece, compare, fold
from roadmap.text.normal import normalise
from roadmap.text.words import N_
from roadmap.web.declare import asks
from roadmap.web.filters import dom_id
from roadmap.web.respond import Notice, done, wants_partial
from roadmap.work import unit_of_work

LONGEST_VERSION = 9


@bp.get("/roadmaps/<int:roadmap_id>/threads/new", endpoint="open_thread")
@asks(Act.COMMENT)
def new_thread_form(roadmap_id: int) -> Response:
    """Show the form of a new thread about what the address names, else about the roadmap; to htmx the form alone."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.COMMENT)
    kept = kept_of(person)
    topic = _topic(roadmap, str(kept.get("tentang") or request.args.get("tentang", "")))
    audience = audience_for(person, roadmap)
    form = fill_talk(MultiDict(kept), "new", audience)
    form.place = form.place or request.args.get("isian", "")
    return _thread_form(roadmap, topic, form)


@bp.post("/roadmaps/<int:roadmap_id>/threads/new")
@asks(Act.COMMENT)
def new_thread(roadmap_id: int) -> Response:
    """Open a thread, and show it; or give the form back with every word."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.COMMENT)
    topic = _topic(roadmap, request.form.get("tentang", ""))
    enter(roadmap.region)
    form = read_talk(request.form, "new", audience_for(person, roadmap), dict(_places(topic)))
    if form.errors:
        return _thread_form(roadmap, topic, form, 422)
    try:
        outcome = once(
            person,
            pressed(),
            lambda: open_thread(
                person,
                roadmap_id,
                About(topic.about.kind, topic.uid, form.place),
                form.body,
                nature=form.settled_nature,
                visibility=form.level,
                wants_answer=form.wants_answer,
                notified=form.notified,
                about_version=_seen_version(topic),
            ),
            lambda opened: f"{topic.url}#{dom_id(f'thread-{opened.id}', 'heading')}",
            roadmap_id=roadmap_id,
        )
    except NotValid as problem:
        form.errors |= {name: _(sentence) for name, sentence in problem.errors.items()}
        return _thread_form(roadmap, topic, form, 422)
    settle_sent_words(person)
    opened = outcome.result
    in_place = request.form.get("di_halaman") and opened is not None
    return done(
        outcome.address,
        _sent(form),
        partial=(lambda: threads_on(roadmap, topic, opened.id if opened else None)) if in_place else None,
        echoes=echoes_of(roadmap, topic.about.kind, topic.uid, form.place, has_heading=True),
    )


@bp.get("/threads/<int:thread_id>/replies", endpoint="reply")
@asks(Act.COMMENT)
def reply_form(thread_id: int) -> Response:
    """Show the form of a reply below the thread; to htmx alone, or the buttons again where it is let be."""
    person = acting_person()
    thread, roadmap = thread_for(person, thread_id, to=Act.COMMENT)
    form = fill_talk(MultiDict(kept_of(person)), f"t{thread.id}", audience_for(person, roadmap, thread))
    if wants_partial() and request.args.get("batal"):
        enter(roadmap.region)
        told = fresh_thread(person, roadmap, thread)
        return make_response(render_template("discussion/_acts.html", told=told, roadmap=roadmap))
    return _reply_form(person, roadmap, thread, form)


@bp.post("/threads/<int:thread_id>/replies")
@asks(Act.COMMENT)
def send_reply(thread_id: int) -> Response:
    """Reply, and show the reply in the thread; or give the form back with every word."""
    person = acting_person()
    thread, roadmap = thread_for(person, thread_id, to=Act.COMMENT)
    enter(roadmap.region)
    form = read_talk(request.form, f"t{thread.id}", audience_for(person, roadmap, thread))
    if form.errors:
        return _reply_form(person, roadmap, thread, form, 422)
    try:
        outcome = once(
            person,
            pressed(),
            lambda: reply(person, thread_id, form.body, visibility=form.level, notified=form.notified),
            lambda said: comment_url(roadmap, person, thread, said),
            roadmap_id=roadmap.id,
        )
    except NotValid as problem:
        form.errors |= {name: _(sentence) for name, sentence in problem.errors.items()}
        return _reply_form(person, roadmap, thread, form, 422)
    settle_sent_words(person)
    said = outcome.result
    return done(
        outcome.address,
        _sent(form),
        partial=(lambda: _replied(person, roadmap, thread, said)) if said is not None else None,
        echoes=echoes_of(roadmap, thread.about_kind, thread.about, thread.field),
    )


@bp.get("/comments/<int:comment_id>/edit", endpoint="edit_comment")
@asks(Act.COMMENT)
def edit_comment_form(comment_id: int) -> Response:
    """Show one's own comment in a form."""
    person = acting_person()
    comment, thread, roadmap = _own_comment(person, comment_id)
    body = str(kept_of(person).get("body") or comment.body)
    return _edit_form(roadmap, thread, comment, body, comment.version)


@bp.post("/comments/<int:comment_id>/edit")
@asks(Act.COMMENT)
def save_comment(comment_id: int) -> Response:
    """Change one's own comment; what it said stays in its history."""
    person = acting_person()
    comment, thread, roadmap = _own_comment(person, comment_id)
    body, base = normalise(request.form.get("body", "")), read_base_version(request.form)
    try:
        outcome = once(
            person,
            pressed(),
            lambda: edit_comment(person, comment_id, base, body),
            lambda changed: comment_url(roadmap, person, thread, changed),
            roadmap_id=roadmap.id,
        )
    except NotValid as problem:
        errors = [_(sentence) for sentence in problem.errors.values()]
        return _edit_form(roadmap, thread, comment, body, base, status=422, error=" ".join(errors))
    except EditConflict as clash:
        return _clash(roadmap, thread, comment, body, clash)
    settle_sent_words(person)
    changed = outcome.result
    if changed is not None and changed.version == base:
        return done(outcome.address, Notice(_("Tidak ada yang berubah; komentar sudah seperti ini."), "info"))
    return done(outcome.address, Notice(_("Komentar diubah. Yang ditulis sebelumnya tetap di riwayatnya.")))


def _topic(roadmap: Roadmap, key: str) -> Topic:
    return topic_of(roadmap, read_about(key or f"{ROADMAP}:{roadmap.uid}"))


def _places(topic: Topic) -> list[tuple[str, str]]:
    """Give the whole and its fields, where a thread about it can be laid."""
    if topic.item is None:
        return []
    kind = KINDS[topic.item.kind]
    whole = _("Seluruh %(kind)s ini", kind=_(kind.label).lower())
    return [("", whole), *((field.name, _(field.label)) for field in kind.fields)]


def _seen_version(topic: Topic) -> int | None:
    """Tell which version of the item stood on the screen, as the form says; None where it does not say it well."""
    typed = request.form.get("seen_version", "")
    if topic.item is None or not (typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_VERSION):
        return None
    return int(typed) if 0 < int(typed) <= topic.item.version else None


def _sent(form: TalkForm) -> Notice:
    return Notice(_("Terkirim. %(readers)s.", readers=_(read_by(form.level))), outcome=_("Terkirim:"))


def _thread_form(roadmap: Roadmap, topic: Topic, form: TalkForm, status: int = 200) -> Response:
    kept_uid = kept_uid_for(status)
    context: dict[str, Any] = {
        **FORM_WORDS,
        "form": form,
        "topic": topic,
        "places": _places(topic),
        "version": _seen_version(topic) or (topic.item.version if topic.item is not None else None),
        "kept_uid": kept_uid,
        "in_place": wants_partial(),
    }
    if wants_partial():
        enter(roadmap.region)
        body = render_template("discussion/_thread_form.html", roadmap=roadmap, **context)
        response = make_response(body, status)
        if status != HTTPStatus.OK:
            response.headers["HX-Retarget"] = "#new-thread"  # what is sent comes among the threads
        return response
    return roadmap_page(
        "discussion/new_thread.html", roadmap, tab="talk", status=status, **context, **outcome_of(status)
    )


def _reply_form(
    person: Person, roadmap: Roadmap, thread: Thread, form: TalkForm, status: int = 200
) -> Response:
    kept_uid = kept_uid_for(status)
    if wants_partial():
        enter(roadmap.region)
        body = render_template(
            "discussion/_reply_form.html",
            roadmap=roadmap,
            thread=thread,
            form=form,
            kept_uid=kept_uid,
            in_place=True,
            **FORM_WORDS,
        )
        return make_response(body, status)
    return thread_page(
        person,
        roadmap,
        thread,
        form=form,
        kept_uid=kept_uid,
        status=status,
        is_writing=True,
        **outcome_of(status),
    )


def _replied(person: Person, roadmap: Roadmap, thread: Thread, said: Comment) -> str:
    told = fresh_thread(person, roadmap, thread)
    fresh = next(one for one in told.later if one.comment.id == said.id)
    comment = render_template(
        "discussion/_comment.html",
        roadmap=roadmap,
        said=fresh,
        takes_focus=said.id,
        comment_tag="h4",
        closable=False,
    )
    return comment + render_template("discussion/_acts.html", roadmap=roadmap, told=told)


def _own_comment(person: Person, comment_id: int) -> tuple[Comment, Thread, Roadmap]:
    comment, thread, roadmap = comment_for(person, comment_id, to=Act.COMMENT)
    enter(roadmap.region)
    if comment.author != person.uid:
        raise NotAllowed(N_("Hanya penulisnya yang dapat mengubah komentar ini. Anda dapat membalasnya."))
    return comment, thread, roadmap


def _edit_form(
    roadmap: Roadmap,
    thread: Thread,
    comment: Comment,
    body: str,
    base: int | None,
    *,
    status: int = 200,
    error: str = "",
    theirs: str = "",
    change: Sequence[Piece] = (),
    kept_uid: str | None = None,
) -> Response:
    kept_uid = kept_uid if kept_uid is not None else kept_uid_for(status)
    return roadmap_page(
        "discussion/edit_comment.html",
        roadmap,
        tab="talk",
        status=status,
        thread=thread,
        comment=comment,
        url=comment_url(roadmap, acting_person(), thread, comment),
        body=body,
        base_version=base,
        error=error,
        theirs=theirs,
        change=change,
        kept_uid=kept_uid,
        readers=_(read_by(comment.visibility)),
        **outcome_of(status),
    )


def _clash(roadmap: Roadmap, thread: Thread, comment: Comment, body: str, clash: EditConflict) -> Response:
    with unit_of_work():
        kept = keep_words(acting_person(), {"body": body}, "clash", request.path, item=comment)
        kept_uid = kept.uid if kept else ""
    both = clash.clashes["body"]
    return _edit_form(
        roadmap,
        thread,
        comment,
        body,
        clash.base_version,
        status=409,
        theirs=str(both.theirs),
        change=fold(compare(str(both.base or ""), str(both.theirs))),
        kept_uid=kept_uid,
    )
