"""Who is told what of threads: who and where, never a word of the talk, and never somebody who may not read it."""

from datetime import date

import pytest
from sqlalchemy import select

from roadmap.discussion import operations
from roadmap.extensions import db
from roadmap.mail import OutboxMail
from roadmap.people.models import Membership, Person
from roadmap.work import unit_of_work
from tests.discussion.talks import a_thread, seen
from tests.factories import a_roadmap, an_action

SECRET = "Kalimat rahasia"


def _posted() -> list[OutboxMail]:
    """Take what is in the outbox since the last time."""
    with unit_of_work():
        found = list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.recipient)))
        told = [OutboxMail(recipient=one.recipient, subject=one.subject, body=one.body) for one in found]
        for one in found:
            db.session.delete(one)
    return told


def _to(letters: list[OutboxMail]) -> list[str]:
    return [one.recipient for one in letters]


def _end_roles_of(person: Person) -> None:
    with unit_of_work():
        for held in db.session.scalars(select(Membership).where(Membership.person_id == person.id)):
            held.starts_on, held.ends_on = date(2020, 1, 1), date(2020, 1, 2)


def test_those_who_are_told_learn_who_and_where_and_nothing_that_was_said(cast, ctx):
    roadmap = a_roadmap(cast, title="Judul rahasia")
    action = an_action(cast, roadmap, title="Aksi rahasia")
    _posted()
    thread = a_thread(
        cast, roadmap, about=action, words=SECRET, notified=[cast.rina.uid, cast.maria.uid, cast.yusuf.uid]
    )
    letters = _posted()
    assert _to(letters) == [cast.maria.email, cast.rina.email]
    for letter in letters:
        assert letter.subject == "Anda diberi tahu tentang sebuah percakapan, Kota Contoh"
        assert letter.body == (
            "Yusuf Tanoto memberi tahu Anda tentang sebuah percakapan pada peta jalan Kota Contoh.\n\n"
            f"http://localhost/threads/{thread.id}\n"
        )


def test_nobody_is_told_where_nobody_was_named(cast, ctx):
    roadmap = a_roadmap(cast)
    _posted()
    a_thread(cast, roadmap, wants_answer=True)
    assert _posted() == []


def test_who_opened_it_learns_of_replies_and_is_told_once(cast, ctx):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap)
    _posted()
    operations.reply(cast.rina, thread.id, SECRET)
    (letter,) = _posted()
    assert (letter.recipient, letter.subject) == (
        cast.yusuf.email,
        "Ada balasan dalam percakapan Anda, Kota Contoh",
    )
    assert SECRET not in letter.body
    operations.reply(cast.maria, thread.id, SECRET, notified=[cast.yusuf.uid, cast.rina.uid])
    assert _to(_posted()) == [cast.rina.email, cast.yusuf.email]
    operations.reply(cast.yusuf, thread.id, SECRET)
    assert _posted() == []


def test_who_opened_it_learns_that_it_was_resolved_and_opened_again_without_the_why(cast, ctx):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap)
    _posted()
    operations.resolve(cast.rina, thread.id, SECRET)
    (letter,) = _posted()
    assert (letter.recipient, letter.subject) == (
        cast.yusuf.email,
        "Percakapan Anda diselesaikan, Kota Contoh",
    )
    assert SECRET not in letter.body
    operations.reopen(cast.dodi, thread.id, SECRET)
    (letter,) = _posted()
    assert (letter.recipient, letter.subject) == (
        cast.yusuf.email,
        "Percakapan Anda dibuka lagi, Kota Contoh",
    )
    assert SECRET not in letter.body
    operations.resolve(cast.yusuf, thread.id, SECRET)
    assert _posted() == []


@pytest.mark.engines("sqlite")
def test_who_may_read_it_is_asked_when_it_is_sent(cast, ctx):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, by=cast.rina)
    _posted()
    operations.reply(cast.yusuf, thread.id, SECRET, visibility="oms_mentor")
    assert _posted() == [], "Rina does not read what is said to the mentor alone"
    _end_roles_of(cast.rina)
    operations.reply(cast.yusuf, thread.id, SECRET)
    operations.resolve(cast.dodi, thread.id, SECRET)
    assert _posted() == []


@pytest.mark.engines("sqlite")
def test_a_mail_does_not_say_who_speaks_with_the_mentor_alone(cast, ctx):
    roadmap = a_roadmap(cast)
    _posted()
    thread = a_thread(cast, roadmap, level="oms_mentor", notified=[cast.maria.uid])
    (letter,) = _posted()
    assert letter.body.startswith("Seseorang memberi tahu Anda")
    other = a_thread(cast, roadmap)
    operations.reply(cast.maria, other.id, SECRET, visibility="oms_mentor")
    (letter,) = _posted()
    assert letter.body.startswith("Seseorang membalas percakapan Anda")
    assert seen(thread, cast.maria).count == 1


@pytest.mark.engines("sqlite")
def test_each_reads_the_mail_in_their_own_language(cast, ctx):
    roadmap = a_roadmap(cast)
    with unit_of_work():
        db.session.get_one(Person, cast.maria.id).language = "en"
    _posted()
    thread = a_thread(cast, roadmap, notified=[cast.maria.uid])
    (letter,) = _posted()
    assert f"/threads/{thread.id}" in letter.body
    assert "Yusuf Tanoto" in letter.body
