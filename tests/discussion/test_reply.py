"""Replying: as widely as the thread or more narrowly, never more widely; in resolved threads too."""

import pytest

from roadmap.discussion import operations
from roadmap.discussion.queries import threads_of, with_comments
from roadmap.errors import NotThere, NotValid
from tests.discussion.talks import a_thread, holds_together, last_act, now, seen
from tests.factories import a_roadmap
from tests.queries import queries


def test_a_reply_is_read_by_whoever_reads_the_thread(cast, ctx):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, level="tim")
    reply = operations.reply(cast.rina, thread.id, "  Terima kasih, kami catat.\r\n")
    assert (reply.body, reply.visibility) == ("Terima kasih, kami catat.", "tim")
    assert [one.body for one in seen(thread, cast.oki).comments][1:] == ["Terima kasih, kami catat."]
    act = last_act(roadmap, cast.oki)
    assert act is not None
    assert (act.verb, act.audience) == ("reply", "tim")
    assert last_act(roadmap, cast.maria) is None
    assert holds_together(roadmap)


def test_a_narrower_reply_is_not_there_for_others_and_is_not_counted(cast, ctx):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap)
    operations.reply(cast.yusuf, thread.id, "Hanya untuk mentor.", visibility="oms_mentor")
    for reader, count in ((cast.maria, 2), (cast.yusuf, 2), (cast.rina, 1), (cast.wali, 1)):
        view = seen(thread, reader)
        assert (view.count, len(view.comments)) == (count, count)
    open_thread = a_thread(cast, roadmap, words="Lain")
    operations.reply(cast.yusuf, thread.id, "Lagi, untuk mentor.", visibility="oms_mentor")
    first = {who: threads_of(now(roadmap), who).items[0].id for who in (cast.maria, cast.rina)}
    # What Rina does not read moves nothing before her eyes.
    assert first == {cast.maria: thread.id, cast.rina: open_thread.id}


def test_a_reply_is_never_wider_than_its_thread(cast, ctx):
    roadmap = a_roadmap(cast)
    for level, wider in (("tim", "tim_mentor"), ("tim_mentor", "publik"), ("oms_mentor", "tim")):
        thread = a_thread(cast, roadmap, level=level)
        with pytest.raises(NotValid) as refusal:
            operations.reply(cast.yusuf, thread.id, "Lebih luas", visibility=wider)
        assert list(refusal.value.errors) == ["visibility"]


def test_nobody_replies_in_a_thread_they_do_not_read(cast, ctx):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, level="oms_mentor")
    for person in (cast.rina, cast.oki, cast.wali, cast.vera, cast.sari, cast.adi, cast.eka, cast.nina):
        with pytest.raises(NotThere):
            operations.reply(person, thread.id, "Halo")
    with pytest.raises(NotThere):
        operations.reply(cast.maria, 999_999, "Halo")
    with pytest.raises(NotValid):
        operations.reply(cast.maria, thread.id, "\n")
    assert seen(thread, cast.maria).count == 1


def test_a_resolved_thread_can_still_be_answered_and_stays_resolved(cast, ctx):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap)
    operations.resolve(cast.rina, thread.id, "Sudah masuk.")
    operations.reply(cast.yusuf, thread.id, "Terima kasih.")
    view = seen(thread, cast.yusuf)
    assert (view.is_resolved, view.count) == (True, 2)


def test_many_threads_with_many_replies_take_as_many_queries_as_one(cast, ctx, app):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap)

    def count() -> int:
        here = now(roadmap)
        with queries(app) as asked:
            with_comments(here, cast.rina, threads_of(here, cast.rina).items)
        return len(asked)

    few = count()
    for number in range(4):
        operations.reply(cast.maria, thread.id, f"Balasan {number}")
        a_thread(cast, roadmap, by=cast.dodi)
    assert count() == few


def test_the_last_replies_of_a_long_thread_can_be_had_alone(cast, ctx):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, words="Pembuka")
    for number in range(5):
        operations.reply(cast.dodi, thread.id, f"Balasan {number}")
    roadmap = now(roadmap)
    (view,) = with_comments(roadmap, cast.rina, threads_of(roadmap, cast.rina).items, last=2)
    assert [one.body for one in view.comments] == ["Pembuka", "Balasan 3", "Balasan 4"]
    assert (view.count, view.replies) == (6, 5)
