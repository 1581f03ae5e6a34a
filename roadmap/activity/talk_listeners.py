"""What is overheard of threads and becomes a mail: to those who are told, and to who opened the thread.

Whom a mail goes to is decided when it is sent: by who may read it then, not by who was named.
"""

from collections.abc import Callable, Iterable

from sqlalchemy import select

from roadmap import mail
from roadmap.activity.talk_words import (
    pointed_out_letter,
    reopened_letter,
    replied_letter,
    resolved_letter,
)
from roadmap.activity.words import Letter
from roadmap.discussion.access import may_read
from roadmap.discussion.events import Reopened, Replied, Resolved, Talk, ThreadOpened
from roadmap.discussion.models import Comment, Thread
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.people.queries import people_by_uid
from roadmap.work import unit_of_work

Writer = Callable[[Person, Person, Roadmap, Thread, str], Letter]


def tell_of_a_thread(happening: ThreadOpened) -> None:
    """Tell those to whom a new thread is pointed out."""
    with unit_of_work():
        thread, comment = _what(happening)
        _post(happening, thread, comment.notified, pointed_out_letter, comment)


def tell_of_a_reply(happening: Replied) -> None:
    """Tell those to whom a reply is pointed out, and otherwise who opened the thread; each once."""
    with unit_of_work():
        thread, comment = _what(happening)
        _post(happening, thread, comment.notified, pointed_out_letter, comment)
        if thread.author not in comment.notified:
            _post(happening, thread, [thread.author], replied_letter, comment)


def tell_of_the_end(happening: Resolved) -> None:
    """Tell who opened a thread that it was resolved."""
    with unit_of_work():
        thread = db.session.get_one(Thread, happening.thread_id)
        _post(happening, thread, [thread.author], resolved_letter)


def tell_of_another_beginning(happening: Reopened) -> None:
    """Tell who opened a thread that it was opened again."""
    with unit_of_work():
        thread = db.session.get_one(Thread, happening.thread_id)
        _post(happening, thread, [thread.author], reopened_letter)


def _what(happening: ThreadOpened | Replied) -> tuple[Thread, Comment]:
    return db.session.get_one(Thread, happening.thread_id), db.session.get_one(Comment, happening.comment_id)


def _post(happening: Talk, thread: Thread, uids: Iterable[str], write: Writer, *said: Comment) -> None:
    """Put a mail into the outbox for each of these who reads the thread and what was said; not for who said it."""
    roadmap = db.session.get_one(Roadmap, happening.roadmap_id)
    actor = db.session.scalars(select(Person).where(Person.uid == happening.actor_uid)).one()
    level = said[0].visibility if said else thread.visibility
    for reader in people_by_uid(uids).values():
        if reader.uid == actor.uid or reader.closed_at is not None:
            continue
        if may_read(reader, roadmap, thread, *said):
            letter = write(reader, actor, roadmap, thread, level)
            mail.post(reader.email, letter.subject, letter.body)
