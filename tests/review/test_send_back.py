"""The leader returns what was read, with a reason."""

import pytest

from roadmap.errors import NotValid
from roadmap.people.roles import Stage
from roadmap.review import operations
from roadmap.review.errors import NoLongerSubmitted
from tests.cast import sign_in
from tests.review.stories import at_the_leaders, clean, first_action, now_of


def test_returned_it_is_to_be_mended_and_the_round_goes_on(cast, ctx):
    roadmap, submission = at_the_leaders(cast)
    with pytest.raises(NotValid):
        operations.send_back(cast.wali, submission.id, submission.seq, submission.digest, note="")
    with pytest.raises(NoLongerSubmitted):
        operations.send_back(cast.wali, submission.id, submission.seq - 1, submission.digest, note="Belum.")
    items = [first_action(roadmap).uid]
    verdict = operations.send_back(
        cast.wali, submission.id, submission.seq, submission.digest, note="Belum.", items=items
    )
    assert (verdict.items, now_of(roadmap).stage) == (items, Stage.REVISION)
    assert clean(roadmap)


def test_bu_wali_returns_it_on_the_page(cast, client):
    with client.app.app_context():
        roadmap_id = at_the_leaders(cast)[0].id
    sign_in(client, cast.wali)
    page = client.follow(client.get(f"/roadmaps/{roadmap_id}/brief"), "Kembalikan…")
    refused = client.submit(page, "send-back", {"note": " "})
    assert refused.status == 422
    page = client.submit(page, "send-back", {"note": "Tambahkan anggaran 2028."})
    assert page.title.startswith("Dikembalikan:")
    assert "Dikembalikan Wali Kota, Bu Wali" in page
    assert "Tambahkan anggaran 2028." in page
