"""Threads among what waits for somebody: pointed out and not read, answered, or asking for an official answer."""

from roadmap.desk.talks import talk_tasks
from roadmap.discussion import operations
from roadmap.discussion.waiting import count_waiting
from roadmap.extensions import db
from tests.cast import sign_in
from tests.discussion.talks import a_thread
from tests.factories import a_roadmap, an_action
from tests.queries import queries


def _waiting(app, person) -> list[tuple[str, str]]:
    db.session.rollback()
    with app.test_request_context("/tasks"):
        tasks = talk_tasks(person)
        assert count_waiting(person) == len(tasks)
        return [(task.what, task.address) for task in tasks]


def test_what_was_pointed_out_waits_until_it_is_read(cast, ctx, app):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, words="Apakah sudah tepat?", notified=[cast.maria.uid, cast.oki.uid])
    expected = [("Anda diberi tahu: “Apakah sudah tepat?”", f"/threads/{thread.id}")]
    assert _waiting(app, cast.maria) == expected
    assert _waiting(app, cast.wali) == []
    operations.mark_read(cast.maria, thread.id)
    assert _waiting(app, cast.maria) == []
    assert _waiting(app, cast.oki) == expected


def test_whoever_answers_has_read_it(cast, ctx, app):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, notified=[cast.maria.uid])
    operations.reply(cast.maria, thread.id, "Sudah.")
    assert _waiting(app, cast.maria) == []
    operations.reply(cast.rina, thread.id, "Terima kasih.")
    assert _waiting(app, cast.maria) == [], "what others say afterwards was not pointed out to her"
    operations.reply(cast.rina, thread.id, "Satu lagi.", notified=[cast.maria.uid])
    assert len(_waiting(app, cast.maria)) == 1


def test_a_reply_waits_for_who_opened_the_thread(cast, ctx, app):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, words="Apakah sudah tepat?")
    assert _waiting(app, cast.yusuf) == []
    operations.reply(cast.rina, thread.id, "Sudah.")
    assert _waiting(app, cast.yusuf) == [
        ("Ada balasan untuk Anda: “Apakah sudah tepat?”", f"/threads/{thread.id}")
    ]
    operations.mark_read(cast.yusuf, thread.id)
    assert _waiting(app, cast.yusuf) == []


def test_what_is_resolved_waits_for_nobody_and_waits_again_when_it_is_opened_again(cast, ctx, app):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, notified=[cast.maria.uid, cast.rina.uid])
    operations.resolve(cast.rina, thread.id, "Sudah.")
    assert _waiting(app, cast.maria) == []
    operations.reopen(cast.yusuf, thread.id)
    assert len(_waiting(app, cast.maria)) == 1
    assert _waiting(app, cast.rina) == [], "whoever resolved it has read it"


def test_what_asks_for_an_official_answer_waits_for_all_drafters_until_it_is_resolved(cast, ctx, app, clock):
    first = a_roadmap(cast)
    later = a_thread(cast, first, words="Kedua", wants_answer=True)
    operations.resolve(cast.yusuf, later.id, "Selesai.")
    clock.advance(days=1)
    old = a_thread(cast, first, words="Pertama", wants_answer=True)
    clock.advance(days=1)
    newer = a_thread(cast, a_roadmap(cast), by=cast.rina, words="Ketiga", wants_answer=True)
    operations.reopen(cast.yusuf, later.id)
    found = [
        ("Menunggu jawaban resmi: “Kedua”", f"/threads/{later.id}"),
        ("Menunggu jawaban resmi: “Pertama”", f"/threads/{old.id}"),
        ("Menunggu jawaban resmi: “Ketiga”", f"/threads/{newer.id}"),
    ]
    assert _waiting(app, cast.dodi) == found
    assert _waiting(app, cast.rina) == found[:2], "she asked the third herself"
    for person in (cast.maria, cast.oki, cast.wali, cast.adi, cast.eka, cast.nina):
        assert _waiting(app, person) == []


def test_what_somebody_may_not_read_never_waits_for_them(cast, ctx, app):
    from datetime import date

    from roadmap.people.models import Membership
    from roadmap.work import unit_of_work

    roadmap = a_roadmap(cast)
    hidden = a_thread(cast, roadmap, level="oms_mentor", notified=[cast.maria.uid])
    mixed = a_thread(cast, roadmap, by=cast.rina)
    operations.reply(cast.yusuf, mixed.id, "Untuk mentor saja", visibility="oms_mentor")
    assert _waiting(app, cast.rina) == []
    assert [address for _what, address in _waiting(app, cast.maria)] == [f"/threads/{hidden.id}"]
    with unit_of_work():
        held = db.session.query(Membership).filter_by(person_id=cast.maria.id).one()
        held.starts_on, held.ends_on = date(2020, 1, 1), date(2020, 1, 2)
    assert _waiting(app, cast.maria) == []


def test_the_page_and_the_header_show_them_with_as_many_queries_for_many_as_for_one(cast, client):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Menyediakan kanal pengaduan")
    a_thread(cast, roadmap, about=action, words="Kapan dimulai?", wants_answer=True)
    sign_in(client, cast.dodi)
    counts = []
    for _ in range(2):
        page = client.get("/tasks")
        with queries(client.app) as asked:
            client.raw.get("/tasks").close()
        counts.append(len(asked))
        for number in range(4):
            a_thread(cast, a_roadmap(cast), words=f"Kapan {number}?", notified=[cast.dodi.uid])
    assert counts[0] == counts[1]
    rows = [row for row in page.all(".rows > li") if "Kapan dimulai?" in row]
    assert len(rows) == 1
    assert "Menyediakan kanal pengaduan · Peta Jalan Kota Contoh · Kota Contoh" in rows[0]
    assert "Kapan 0?" in client.get("/tasks")
