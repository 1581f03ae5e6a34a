"""The story tells that somebody spoke, never the words; whom it is not for, for them it did not happen."""

import pytest
from flask import Flask

from roadmap.discussion import operations as talk
from roadmap.discussion.models import Comment, Thread
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.history.queries import neighbours_of
from roadmap.people.models import Person
from roadmap.plan import operations, restoring
from roadmap.plan.models import Action
from roadmap.timeline.quiet import lines_of
from tests.cast import Cast, sign_in
from tests.discussion.talks import a_thread
from tests.factories import a_roadmap, an_action, the_item
from tests.history.log import head
from tests.page import LookingClient, Page


@pytest.fixture
def roadmap(cast: Cast) -> Roadmap:
    return a_roadmap(cast)


@pytest.fixture
def action(cast: Cast, roadmap: Roadmap) -> Action:
    return an_action(cast, roadmap, title="Melatih petugas", area="Kota")


def _story(page: Page) -> list[str]:
    return [one.text for one in page.all(".history > li .item-link")]


def _read(client: LookingClient, person: Person, roadmap: Roadmap) -> Page:
    sign_in(client, person)
    return client.get(f"/roadmaps/{roadmap.id}/history")


def test_every_act_of_a_talk_is_told_and_leads_to_the_thread(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap, action: Action
) -> None:
    thread = a_thread(cast, roadmap, about=action, field="area", words="Kata pertama di sini.")
    with app.app_context():
        comment = talk.reply(cast.maria, thread.id, "Kata kedua di sini.")
        talk.edit_comment(cast.maria, comment.id, 1, "Kata ketiga di sini.")
        talk.resolve(cast.rina, thread.id, "Sudah dijawab.")
        talk.reopen(cast.rina, thread.id)
        talk.close_comment(cast.rina, comment.id, basis="UU PDP", reason="Nama korban")
    page = _read(client, cast.rina, roadmap)
    assert _story(page)[:6] == [
        "Anda menutup isi sebuah komentar tentang Wilayah pada Melatih petugas karena data pribadi.",
        "Anda membuka lagi percakapan tentang Wilayah pada Melatih petugas.",
        "Anda menyelesaikan percakapan tentang Wilayah pada Melatih petugas.",
        "Maria Lestari menyunting komentar sendiri tentang Wilayah pada Melatih petugas.",
        "Maria Lestari membalas percakapan tentang Wilayah pada Melatih petugas.",
        "Yusuf Tanoto membuka percakapan tentang Wilayah pada Melatih petugas.",
    ]
    for line in page.all(".history > li .item-link")[:6]:
        assert line["href"] == f"/threads/{thread.id}"
        assert "Urungkan" not in line.text
    assert "Kata" not in page.one("main").text


def test_a_talk_about_all_or_about_an_office_is_called_so(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    a_thread(cast, roadmap)
    with app.app_context():
        about = talk.About("organisation", cast.dinsos.uid)
        talk.open_thread(cast.yusuf, roadmap.id, about, "Mohon.", nature="saran", visibility="tim_mentor")
        about = talk.About("cover", db.session.execute(db.text("SELECT uid FROM cover")).scalar_one())
        talk.open_thread(cast.yusuf, roadmap.id, about, "Mohon.", nature="saran", visibility="tim_mentor")
    assert _story(_read(client, cast.rina, roadmap))[:3] == [
        "Yusuf Tanoto membuka percakapan tentang sampul.",
        "Yusuf Tanoto membuka percakapan tentang Dinas Sosial.",
        "Yusuf Tanoto membuka percakapan tentang peta jalan ini.",
    ]


def test_what_is_not_for_somebody_leaves_no_trace_in_their_story(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap, action: Action
) -> None:
    with app.app_context():
        for turn in range(3):
            operations.edit_item(cast.rina, "action", action.id, turn + 1, {"code": f"A.{turn}"})
            if turn == 0:
                thread = a_thread(cast, roadmap, about=action, level="oms_mentor", words="Hanya berdua.")
                thread_id = thread.id
    before = {name: _lines(app, roadmap, getattr(cast, name)) for name in ("rina", "yusuf", "maria")}
    # The sitting is one line for all; the talk is a line for the two.
    assert [saves for _seq, saves in before["rina"]] == [3, 1, 1]
    assert [saves for _seq, saves in before["yusuf"]] == [3, 1, 1, 1]
    assert before["maria"] == before["yusuf"]
    with app.app_context():
        talk.reply(cast.maria, thread_id, "Baik.")
    assert _lines(app, roadmap, cast.rina) == before["rina"]
    page = _read(client, cast.rina, roadmap)
    assert "percakapan" not in page.one("main").text
    sign_in(client, cast.rina)
    assert client.get(f"/roadmaps/{roadmap.id}/changes/4").status == 404
    assert client.get(f"/roadmaps/{roadmap.id}/changes/4/undo").status == 404


def _lines(app: Flask, roadmap: Roadmap, reader: Person) -> list[tuple[int, int]]:
    with app.app_context():
        found = lines_of(db.session.get_one(Roadmap, roadmap.id), reader, before=None, limit=50)
        return [(one.seq, one.saves) for one in found.lines]


def test_the_acts_beside_an_act_are_those_one_may_know_of(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap, action: Action
) -> None:
    with app.app_context():
        first = head(roadmap.id)
        thread = a_thread(cast, roadmap, level="oms_mentor")
        talk.reply(cast.maria, thread.id, "Baik.")
        operations.edit_item(cast.rina, "action", action.id, 1, {"code": "A"})
        last = head(roadmap.id)
        here = db.session.get_one(Roadmap, roadmap.id)
        assert neighbours_of(here, first, cast.rina) == (1, last)
        assert neighbours_of(here, first, cast.yusuf) == (1, first + 1)
        assert neighbours_of(here, 1, cast.rina) == (None, first)
    for person, after in ((cast.rina, last), (cast.yusuf, first + 1)):
        sign_in(client, person)
        page = client.get(f"/roadmaps/{roadmap.id}/changes/{first}")
        assert page.link("Perubahan berikutnya") == f"/roadmaps/{roadmap.id}/changes/{after}"


def test_the_comment_of_an_act_is_never_taken_back_with_it(
    app: Flask, cast: Cast, roadmap: Roadmap, action: Action
) -> None:
    with app.app_context():
        operations.edit_item(cast.rina, "action", action.id, 1, {"area": "Desa"})
        seq = head(roadmap.id)
        thread = a_thread(cast, roadmap, about=action)
        restoring.restore_items(cast.rina, roadmap.id, seq - 1, None)
        assert the_item("action", action.id).area == "Kota"
        assert db.session.get_one(Thread, thread.id).removed_at is None
        assert db.session.query(Comment).one().version == 1
