"""Lets people of the demo city speak: each saying through the verb they would use, in the order of its days."""

from collections.abc import Sequence

from sqlalchemy import func, select

from roadmap.demo.texts.talk import Answered, Closed, Mended, Opened, Said, Settled
from roadmap.demo.town import Draft
from roadmap.discussion import operations
from roadmap.discussion.models import ORGANISATION, ROADMAP, Comment, Thread
from roadmap.discussion.operations import About
from roadmap.extensions import db
from roadmap.history.models import Roadmap


def talk(draft: Draft, sayings: Sequence[Said]) -> None:
    """Have everything said that is listed."""
    for saying in sayings:
        with draft.town.on(saying.days, "11:20"):
            _say(draft, saying)


def _say(draft: Draft, saying: Said) -> None:
    people = draft.town.people
    match saying:
        case Opened():
            _open(draft, saying)
        case Answered():
            operations.reply(
                people[saying.who],
                draft.talks[saying.key],
                saying.words,
                visibility=saying.level,
                notified=[people[one].uid for one in saying.tells],
            )
        case Mended():
            last = _last_comment(draft.talks[saying.key])
            author = next(one for one in people.values() if one.uid == last.author)
            operations.edit_comment(author, last.id, last.version, saying.words)
        case Settled():
            operations.resolve(people[saying.who], draft.talks[saying.key], saying.reason)
        case Closed():
            last = _last_comment(draft.talks[saying.key])
            operations.close_comment(people[saying.who], last.id, basis=saying.basis, reason=saying.reason)


def _open(draft: Draft, saying: Opened) -> None:
    people = draft.town.people
    thread = operations.open_thread(
        people[saying.who],
        draft.roadmap_id,
        _about(draft, saying),
        saying.words,
        nature=saying.nature,
        visibility=saying.level,
        wants_answer=saying.wants_answer,
        notified=[people[one].uid for one in saying.tells],
    )
    draft.talks[saying.key] = thread.id


def _about(draft: Draft, saying: Opened) -> About:
    kind, _colon, key = saying.about.partition(":")
    if kind == "roadmap":
        return About(ROADMAP, db.session.get_one(Roadmap, draft.roadmap_id).uid)
    if kind == "office":
        return About(ORGANISATION, draft.town.offices[key])
    return About(kind, draft.book[saying.about].uid, saying.field)


def _last_comment(thread_id: int) -> Comment:
    thread = db.session.get_one(Thread, thread_id)
    last = select(func.max(Comment.id)).where(Comment.thread == thread.uid)
    return db.session.get_one(Comment, db.session.scalars(last).one())
