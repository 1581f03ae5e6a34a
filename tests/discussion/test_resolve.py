"""Resolving a thread with a reason, and opening it again."""

import pytest

from roadmap.discussion import operations
from roadmap.discussion.access import may_resolve
from roadmap.discussion.errors import AlreadySettled
from roadmap.discussion.models import Thread
from roadmap.discussion.queries import counts_of, open_disputes
from roadmap.errors import NotAllowed, NotThere, NotValid
from roadmap.extensions import db
from tests.discussion.talks import a_thread, holds_together, last_act, now, seen
from tests.factories import a_roadmap, an_action


def test_the_drafter_resolves_saying_why_and_the_why_stands_in_the_thread_alone(cast, ctx, clock):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, level="tim")
    clock.advance(days=1)
    operations.resolve(cast.rina, thread.id, "Sudah tercakup dalam aksi 1.2.")
    view = seen(thread, cast.yusuf)
    assert (view.is_resolved, view.resolution) == (True, "Sudah tercakup dalam aksi 1.2.")
    assert view.settled_by is not None
    assert (view.settled_by.uid, view.settled_at) == (cast.rina.uid, clock.now)
    act = last_act(roadmap, cast.yusuf)
    assert act is not None
    assert (act.verb, act.reason, act.audience) == ("resolve", "", "tim")
    assert "tercakup" not in str(act.payload)
    assert last_act(roadmap, cast.wali) is None
    assert holds_together(roadmap)


def test_who_opened_it_may_resolve_it_and_open_it_again(cast, ctx):
    roadmap = a_roadmap(cast)
    for person in (cast.yusuf, cast.maria, cast.wali, cast.oki):
        thread = a_thread(cast, roadmap, by=person)
        operations.resolve(person, thread.id, "Terjawab.")
        operations.reopen(person, thread.id)
        assert seen(thread, person).is_resolved is False


def test_others_read_it_and_may_not_resolve_it(cast, ctx):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap)
    for person in (cast.oki, cast.maria, cast.vera, cast.wali, cast.sari):
        with pytest.raises(NotAllowed) as refusal:
            operations.resolve(person, thread.id, "Selesai.")
        assert refusal.value.who_can == ("penyusun",)
        assert not may_resolve(person, db.session.get_one(Thread, thread.id), now(roadmap))
    for person in (cast.adi, cast.eka, cast.nina):
        with pytest.raises(NotThere):
            operations.resolve(person, thread.id, "Selesai.")


def test_the_drafter_does_not_resolve_what_is_said_to_the_mentor_alone(cast, ctx):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, level="oms_mentor")
    with pytest.raises(NotThere):
        operations.resolve(cast.rina, thread.id, "Selesai.")
    assert seen(thread, cast.yusuf).is_resolved is False


def test_a_reason_is_needed_and_the_second_to_resolve_is_told(cast, ctx):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap)
    with pytest.raises(NotValid) as refusal:
        operations.resolve(cast.rina, thread.id, " ")
    assert list(refusal.value.errors) == ["reason"]
    with pytest.raises(AlreadySettled):
        operations.reopen(cast.rina, thread.id)
    operations.resolve(cast.rina, thread.id, "Sudah.")
    seq = now(roadmap).head_seq
    with pytest.raises(AlreadySettled):
        operations.resolve(cast.dodi, thread.id, "Sudah juga.")
    assert (seen(thread, cast.dodi).resolution, now(roadmap).head_seq) == ("Sudah.", seq)


def test_opened_again_it_says_why_and_counts_as_open(cast, ctx):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    thread = a_thread(cast, roadmap, about=action)
    operations.resolve(cast.rina, thread.id, "Sudah.")
    assert counts_of(now(roadmap), cast.maria) == {(action.uid, ""): (0, 1)}
    operations.reopen(cast.yusuf, thread.id, "Belum terjawab.")
    view = seen(thread, cast.rina)
    assert (view.is_resolved, view.resolution) == (False, "Belum terjawab.")
    assert counts_of(now(roadmap), cast.maria) == {(action.uid, ""): (1, 1)}
    assert holds_together(roadmap)


def test_what_is_not_yet_agreed_waits_until_it_is_resolved_for_whoever_reads_it(cast, ctx):
    roadmap = a_roadmap(cast)
    for_all = a_thread(cast, roadmap, nature="belum_sepakat")
    in_team = a_thread(cast, roadmap, nature="belum_sepakat", level="tim")
    a_thread(cast, roadmap, nature="saran")

    def open_ones(reader) -> list[int]:
        return [one.id for one in open_disputes(now(roadmap), reader).items]

    assert open_ones(cast.rina) == [in_team.id, for_all.id]
    assert open_ones(cast.wali) == [for_all.id]
    assert open_ones(cast.adi) == []
    operations.resolve(cast.yusuf, for_all.id, "Disepakati dalam rapat 3 Mei.")
    assert open_ones(cast.wali) == []
