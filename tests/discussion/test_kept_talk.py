"""What somebody says and what does not go through waits for them, word for word, and for nobody else."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import KeptWords
from roadmap.people.models import Membership
from roadmap.work import unit_of_work
from tests.cast import sign_in
from tests.discussion.talks import a_thread
from tests.factories import a_roadmap, an_action

LONG = "kata " * 2_400 + "terakhir"


def _kept(app: Flask) -> list[KeptWords]:
    with app.app_context():
        return list(db.session.scalars(select(KeptWords).order_by(KeptWords.id)))


def test_a_new_thread_that_is_too_long_waits_and_fills_the_form_again(app, client, cast):
    action = an_action(cast, a_roadmap(cast), title="Melatih petugas")
    sign_in(client, cast.yusuf)
    address = f"/roadmaps/{action.roadmap_id}/threads/new"
    form = client.get(f"{address}?tentang=action:{action.uid}")
    page = client.submit(form, "new-thread-form", {"body": LONG, "nature": "catatan_hukum"})
    assert page.status == 422
    assert LONG in page.text
    (kept,) = _kept(app)
    assert (kept.item_kind, kept.roadmap_id) == (None, action.roadmap_id)
    page = client.get(f"/kept-words/{kept.uid}")
    assert page.link("Komentar tentang Melatih petugas") == f"/actions/{action.id}"
    assert "Komentar tentang Melatih petugas" in client.get("/tasks")
    assert LONG in page.text
    assert "catatan_hukum" not in page.text
    assert action.uid not in page.text
    again = client.get(f"{address}?kept={kept.uid}")
    assert LONG in again.text
    assert "Melatih petugas" in again


def test_a_reply_waits_at_its_thread_as_long_as_its_writer_reads_it(app, client, cast):
    thread = a_thread(cast, a_roadmap(cast), level="tim")
    sign_in(client, cast.oki)
    form = client.get(f"/threads/{thread.id}/replies")
    page = client.submit(form, f"thread-{thread.id}-reply", {"body": LONG})
    assert page.status == 422
    (kept,) = _kept(app)
    assert (kept.item_kind, kept.item_uid) == ("thread", thread.uid)
    page = client.get(f"/kept-words/{kept.uid}")
    assert page.link("Percakapan tentang Seluruh peta jalan") == f"/threads/{thread.id}"
    with app.app_context(), unit_of_work():
        held = db.session.query(Membership).filter_by(person_id=cast.oki.id).one()
        held.starts_on, held.ends_on = date(2020, 1, 1), date(2020, 1, 2)
    page = client.get(f"/kept-words/{kept.uid}")
    assert "Tempat yang tidak lagi dapat Anda buka" in page
    assert LONG in page.text


@pytest.mark.engines("sqlite")
def test_words_sent_to_a_thread_one_does_not_read_say_nothing_of_it(app, client, cast):
    thread = a_thread(cast, a_roadmap(cast), level="oms_mentor")
    sign_in(client, cast.rina)
    client.get("/help")
    page = client.post(f"/threads/{thread.id}/replies", {"body": "Halo, ada yang di sini?"})
    assert page.status == 404
    (kept,) = _kept(app)
    assert (kept.item_uid, kept.roadmap_id) == (None, None)
    assert f"/threads/{thread.id}" not in client.get(f"/kept-words/{kept.uid}").text
