"""Threads that wait for a person, as tasks: pointed out to them, answered for them, or to be answered officially."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import func, select, union_all

from roadmap.discussion.models import ROADMAP, Comment
from roadmap.discussion.waiting import Waiting, waiting_for
from roadmap.extensions import db
from roadmap.people.models import Organisation, Person
from roadmap.plan.kinds import KINDS
from roadmap.plan.queries import titles_of
from roadmap.review.tasks import Task
from roadmap.text.plain import excerpt, plain

LENGTH = 80


def talk_tasks(person: Person) -> list[Task]:
    """Give the threads that wait for a person as tasks, oldest first; as many queries whatever the number."""
    waiting = waiting_for(person)
    if not waiting:
        return []
    titles = titles_of(sorted({one.roadmap.id for one in waiting}))
    names = _names_of([one.thread.about for one in waiting if one.thread.about_kind != ROADMAP])
    words = _openings_of([one.thread.uid for one in waiting])
    return [_task(one, person, titles.get(one.roadmap.id, ""), names, words) for one in waiting]


def _task(
    one: Waiting, person: Person, title: str, names: Mapping[str, str], words: Mapping[str, str]
) -> Task:
    said = excerpt(plain(words[one.thread.uid]), LENGTH)
    if one.wants_answer:
        what, button = _("Menunggu jawaban resmi: “%(words)s”", words=said), _("Jawab")
    elif one.thread.is_resolved:
        what, button = _("Percakapan Anda ditandai selesai: “%(words)s”", words=said), _("Baca")
    elif one.thread.author == person.uid:
        what, button = _("Ada balasan untuk Anda: “%(words)s”", words=said), _("Baca")
    else:
        what, button = _("Anda diberi tahu: “%(words)s”", words=said), _("Baca")
    about = excerpt(names.get(one.thread.about, ""), LENGTH)
    where = " · ".join(part for part in (about, title, one.roadmap.region.full_name) if part)
    return Task(what, where, one.since, button, "discussion.thread", {"thread_id": one.thread.id})


def _openings_of(threads: Sequence[str]) -> dict[str, str]:
    """Give the words that opened threads, by the thread's uid; whoever reads a thread reads these."""
    first = (
        select(func.min(Comment.id).label("id"))
        .where(Comment.thread.in_(threads))
        .group_by(Comment.thread)
        .subquery()
    )
    query = select(Comment.thread, Comment.body).join(first, first.c.id == Comment.id)
    return {row.thread: row.body for row in db.session.execute(query)}


def _names_of(uids: Sequence[str]) -> dict[str, str]:
    """Give what items and organisations are called, by uid; one query."""
    wanted = sorted(set(uids))
    if not wanted:
        return {}
    kinds = [
        select(kind.model.uid, kind.model.title).where(kind.model.uid.in_(wanted))  # type: ignore[attr-defined]
        for kind in KINDS.values()
    ]
    offices = select(Organisation.uid, Organisation.name).where(Organisation.uid.in_(wanted))
    return {row[0]: row[1] for row in db.session.execute(union_all(*kinds, offices))}
