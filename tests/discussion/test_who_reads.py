"""Who reads what: each role at each level, the author, another region; in lists, counts, the log and as of then."""

import pytest

from roadmap.discussion import operations
from roadmap.discussion.access import comment_for, thread_for
from roadmap.discussion.audience import audience_for
from roadmap.discussion.queries import counts_of, open_disputes, threads_as_of, threads_of
from roadmap.discussion.rules import levels_open_to
from roadmap.errors import NotThere
from roadmap.people.roles import Act, Role, Visibility
from tests.discussion.talks import a_thread, last_act, now, seen
from tests.factories import a_roadmap

EVERYBODY = ("rina", "oki", "yusuf", "maria", "vera", "wali", "sari", "adi", "eka", "nina")
READERS = {
    "oms_mentor": {"yusuf", "maria"},
    "tim": {"rina", "oki", "yusuf"},
    "tim_mentor": {"rina", "oki", "yusuf", "maria", "vera", "wali", "sari"},
    "publik": {"rina", "oki", "yusuf", "maria", "vera", "wali", "sari"},
}


@pytest.mark.parametrize("level", READERS)
def test_each_level_is_read_by_its_readers_and_is_not_there_for_others(cast, ctx, level):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, level=level, nature="belum_sepakat")
    comment = seen(thread, cast.yusuf).opening
    for name in EVERYBODY:
        person, reads = getattr(cast, name), name in READERS[level]
        here = now(roadmap)
        answers = {
            "gate": _passes(thread_for, person, thread.id),
            "comment": _passes(comment_for, person, comment.id),
            "list": threads_of(here, person).total == 1,
            "count": bool(counts_of(here, person)),
            "disputes": open_disputes(here, person).total == 1,
            "as of": bool(threads_as_of(here, here.head_seq, person)),
        }
        assert answers == dict.fromkeys(answers, reads), name
        if name in READERS["publik"]:
            assert (last_act(roadmap, person) is not None) == reads, name


def _passes(gate, person, number: int) -> bool:
    try:
        gate(person, number, Act.SEE)
    except NotThere:
        return False
    return True


@pytest.mark.parametrize("level", READERS)
def test_those_who_can_be_told_are_those_who_read(cast, ctx, level):
    roadmap = a_roadmap(cast)
    told = {one.uid for one in audience_for(cast.yusuf, now(roadmap)).at(level)}
    expected = {getattr(cast, name).uid for name in READERS[level] - {"yusuf"}}
    if level != "oms_mentor":
        expected.add(cast.dodi.uid)
    assert told == expected


def test_an_author_reads_their_own_words_when_their_role_has_changed(cast, ctx):
    from datetime import date

    from roadmap.extensions import db
    from roadmap.people.models import Membership
    from roadmap.people.operations import give_membership
    from roadmap.work import unit_of_work
    from tests.cast import SINCE

    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, level="tim")
    operations.reply(cast.rina, thread.id, "Untuk tim saja.")
    with unit_of_work():
        held = db.session.query(Membership).filter_by(person_id=cast.yusuf.id).one()
        held.starts_on, held.ends_on = date(2020, 1, 1), date(2020, 1, 2)
        give_membership(None, cast.yusuf, Role.VERIFIER, cast.city.id, starts_on=SINCE)
    view = seen(thread, cast.yusuf)
    assert [one.author_uid for one in view.comments] == [cast.yusuf.uid]
    assert view.count == 1
    other = a_thread(cast, roadmap, by=cast.rina, level="tim")
    with pytest.raises(NotThere):
        thread_for(cast.yusuf, other.id, Act.SEE)


def test_a_roadmap_of_another_region_answers_nothing_by_its_numbers(cast, ctx):
    theirs = a_roadmap(cast, by=cast.eka)
    thread = a_thread(cast, theirs, by=cast.eka)
    for name in EVERYBODY:
        if name == "eka":
            continue
        person = getattr(cast, name)
        assert not _passes(thread_for, person, thread.id)
        assert threads_of(now(theirs), person).total == 0


@pytest.mark.engines("sqlite")
def test_as_of_an_earlier_act_shows_what_was_said_until_then(cast, ctx, clock):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, words="Pertama")
    then = now(roadmap).head_seq
    clock.advance(days=1)
    opening = seen(thread, cast.yusuf).opening
    operations.edit_comment(cast.yusuf, opening.id, 1, "Diubah")
    operations.reply(cast.yusuf, thread.id, "Untuk mentor", visibility="oms_mentor")
    operations.resolve(cast.rina, thread.id, "Selesai")
    a_thread(cast, roadmap, words="Baru")
    (view,) = threads_as_of(now(roadmap), then, cast.maria)
    assert (view.opening.body, view.is_resolved, view.count) == ("Pertama", False, 1)
    assert (view.opening.edited_at, view.settled_at, view.last_at) == (None, None, view.at)
    assert threads_as_of(now(roadmap), then - 1, cast.maria) == []
    head = now(roadmap).head_seq
    shown = {who: threads_as_of(now(roadmap), head, who) for who in (cast.maria, cast.rina)}
    assert [[one.count for one in views] for views in shown.values()] == [[1, 2], [1, 1]]
    assert [one.opening.body for one in shown[cast.rina]] == ["Baru", "Diubah"]


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("role", "thread", "levels"),
    [
        (Role.PARTNER, None, ["oms_mentor", "tim", "tim_mentor", "publik"]),
        (Role.PARTNER, Visibility.TEAM, ["tim"]),
        (Role.PARTNER, Visibility.MEMBERS, ["oms_mentor", "tim", "tim_mentor"]),
        (Role.DRAFTER, None, ["tim", "tim_mentor", "publik"]),
        (Role.MENTOR, Visibility.PUBLIC, ["oms_mentor", "tim_mentor", "publik"]),
        (Role.LEADER, None, ["tim_mentor", "publik"]),
        (Role.LEADER, Visibility.TEAM, []),
        (Role.ADMIN, None, []),
    ],
)
def test_people_choose_among_the_levels_they_read_themselves(role, thread, levels):
    assert levels_open_to({role}, thread) == levels
