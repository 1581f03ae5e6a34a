"""The reason for closing a text waits like all words while it is written; once the text is closed, no copy of it is left."""

import pytest

from roadmap.extensions import db
from roadmap.history.models import KeptWords, WorkingCopy
from roadmap.history.working_copies import Typed, write_down
from roadmap.plan.models import Action
from tests.cast import Cast
from tests.discussion.talks import a_thread, seen
from tests.factories import a_roadmap, an_action

BASIS, REASON = "UU 27/2022", "Menyebut nama Ibu Sumarni."


def _of_an_item(cast: Cast) -> str:
    made = an_action(
        cast, a_roadmap(cast), title="Rumah aman", expected_result="Setelah Ibu Sumarni melapor."
    )
    return f"/actions/{made.id}/closing"


def _of_a_comment(cast: Cast) -> str:
    thread = a_thread(cast, a_roadmap(cast), words="Rumah Ibu Sumarni belum dikunjungi.")
    return f"/comments/{seen(thread, cast.yusuf).opening.id}/close"


@pytest.mark.parametrize("address_of", [_of_an_item, _of_a_comment])
def test_half_a_reason_is_offered_and_a_refused_one_put_back_and_none_outlasts_the_text(
    app, cast, client, address_of
):
    with app.app_context():
        path = address_of(cast)
        action = db.session.query(Action).one_or_none()
        boxes = (("closed", "expected_result"), ("basis", BASIS), ("reason", REASON))
        write_down(cast.maria, Typed(path, boxes, item=action, roadmap_id=1))
    client.sign_in(cast.maria)
    filled = client.follow(client.get(path), "Lanjutkan ketikan yang belum disimpan")
    assert filled.form("closing").fields["reason"] == REASON
    refused = client.submit(filled, "closing", {"basis": ""}, follow=False)
    assert (refused.status, refused.form("closing").fields["reason"]) == (422, REASON)
    box = client.get("/kept-words")
    assert REASON in box.text
    assert "expected_result" not in box.text
    again = client.get(box.all("a[href*='kept=']")[0].tag["href"])
    assert again.form("closing").fields["reason"] == REASON
    assert client.submit(again, "closing", {"basis": BASIS, "reason": "Menyebut nama."}).status == 200
    with app.app_context():
        assert db.session.query(KeptWords).count() + db.session.query(WorkingCopy).count() == 0
