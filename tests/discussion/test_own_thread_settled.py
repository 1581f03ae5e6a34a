"""Whoever began a thread learns that somebody else resolved it, and it waits until they have read so."""

import pytest

from roadmap.discussion import operations as talk
from roadmap.discussion.models import Nature
from roadmap.discussion.operations import About
from roadmap.discussion.waiting import count_waiting, waiting_for
from roadmap.errors import NotValid
from roadmap.people.roles import Visibility
from tests.factories import a_roadmap


def _opened(cast, roadmap, **more):
    return talk.open_thread(
        cast.yusuf,
        roadmap.id,
        About("roadmap", roadmap.uid),
        "Belum cukup bagi lansia.",
        nature=Nature.NOT_AGREED,
        **{"visibility": Visibility.MEMBERS, **more},
    )


def test_yusufs_objection_that_rina_resolved_waits_for_him_until_he_read_it(cast, ctx):
    thread = _opened(cast, a_roadmap(cast))
    assert waiting_for(cast.yusuf) == []
    talk.resolve(cast.rina, thread.id, "Loket ditambahkan.")
    assert [one.thread.id for one in waiting_for(cast.yusuf)] == [thread.id]
    assert count_waiting(cast.yusuf) == 1
    assert waiting_for(cast.rina) == []
    talk.mark_read(cast.yusuf, thread.id)
    assert waiting_for(cast.yusuf) == []


def test_what_he_resolved_himself_does_not_wait_for_him(cast, ctx):
    thread = _opened(cast, a_roadmap(cast))
    talk.resolve(cast.yusuf, thread.id, "Sudah jelas.")
    assert waiting_for(cast.yusuf) == []


def test_nobody_asks_for_an_official_answer_from_who_does_not_read_the_question(cast, ctx):
    roadmap = a_roadmap(cast)
    with pytest.raises(NotValid) as refused:
        _opened(cast, roadmap, visibility=Visibility.CSO_AND_MENTOR, wants_answer=True)
    assert set(refused.value.errors) == {"visibility"}
    assert _opened(cast, roadmap, visibility=Visibility.TEAM, wants_answer=True).wants_answer


def test_the_task_says_that_it_was_resolved(cast, client):
    with client.app.app_context():
        thread = _opened(cast, a_roadmap(cast))
        talk.resolve(cast.rina, thread.id, "Loket ditambahkan.")
    client.sign_in(cast.yusuf)
    assert "Percakapan Anda ditandai selesai: “Belum cukup bagi lansia.”" in client.get("/tasks")
