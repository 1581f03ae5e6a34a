"""Yusuf takes his own data away: all of his, and nothing of anybody else's."""

import json

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.operations import keep_words
from roadmap.people.models import Audit
from roadmap.plan.operations import edit_item
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_roadmap, an_action


def _file(client) -> dict:
    page = client.get("/account/data")
    taken = client.submit(page, "own-data", follow=False)
    assert taken.status == 200
    assert taken.headers["Content-Disposition"].startswith('attachment; filename="data-saya-')
    assert taken.headers["Cache-Control"] == "no-store"
    return json.loads(taken.body)


def test_rina_finds_her_account_her_acts_and_her_unsent_words_in_the_file(cast: Cast, client):
    with client.app.app_context():
        roadmap = a_roadmap(cast)
        action = an_action(cast, roadmap)
        edit_item(
            cast.rina, "action", action.id, action.version, {"title": "Melatih kader"}, reason="Lebih jelas"
        )
        with unit_of_work():
            keep_words(cast.rina, {"title": "Belum masuk"}, "stage", "/actions/1/edit")
            keep_words(cast.dodi, {"title": "Milik Dodi"}, "stage", "/actions/1/edit")
    client.sign_in(cast.rina)
    held = _file(client)
    assert (held["account"]["email"], held["roles"][0]["role"]) == (cast.rina.email, "penyusun")
    assert [act["act"] for act in held["acts"]] == ["create", "add", "edit"]
    assert held["acts"][-1]["reason"] == "Lebih jelas"
    assert [one["words"] for one in held["kept_words"]] == [{"title": "Belum masuk"}]
    assert "Milik Dodi" not in json.dumps(held)


def test_no_secret_is_in_the_file(cast: Cast, client):
    token = client.sign_in(cast.rina)
    text = json.dumps(_file(client))
    assert token not in text
    assert "hash" not in text


def test_that_it_was_taken_is_audited(cast: Cast, client):
    client.sign_in(cast.yusuf)
    _file(client)
    with client.app.app_context():
        verbs = db.session.scalars(select(Audit.verb).where(Audit.actor_uid == cast.yusuf.uid)).all()
    assert "own-data-taken" in verbs
