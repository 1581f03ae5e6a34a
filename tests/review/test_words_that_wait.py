"""What is written in a form of the review waits for its writer: offered there with its age, put into the form, cleared by sending."""

from sqlalchemy import func, select

from roadmap.extensions import db
from roadmap.history.models import KeptWords, WorkingCopy
from roadmap.history.working_copies import Typed, write_down
from tests.review.stories import in_review

WORDS = "Siapa yang menerima pengaduan lisan?"


def _waiting() -> int:
    kept = select(func.count(KeptWords.id)).where(KeptWords.settled_at.is_(None))
    return (db.session.scalar(kept) or 0) + (db.session.scalar(select(func.count(WorkingCopy.id))) or 0)


def test_a_mentors_typing_is_offered_on_the_submission_and_cleared_by_her_verdict(app, cast, client):
    with app.app_context():
        roadmap, submission = in_review(cast)
        root = f"/submissions/{submission.id}"
        boxes = (("judgement", "dikembalikan"), ("note", WORDS))
        write_down(cast.maria, Typed(f"{root}/verdict", boxes, roadmap_id=roadmap.id))
    client.sign_in(cast.maria)
    offered = client.get(root)
    assert "Ada ketikan Anda dari sesaat lalu yang belum disimpan." in offered.text
    told = offered.region("slot-draft-line")
    assert "Anda punya tulisan yang belum dikirim di halaman ini, sesaat lalu." in told.text
    assert offered.has(told.one("a").tag["href"]), "it leads to the offer, which stands at the form"
    filled = client.follow(offered, "Lanjutkan ketikan yang belum disimpan")
    form = filled.form(f"{root}/verdict")
    assert not filled.has("#slot-draft-line"), "the words stand in the form"
    assert (form.fields["note"], form.fields["judgement"]) == (WORDS, "dikembalikan")
    assert client.submit(filled, form).status == 200
    with app.app_context():
        assert _waiting() == 0


def test_words_that_did_not_go_through_are_put_into_the_form_again_in_one_step(app, cast, client):
    with app.app_context():
        _roadmap, submission = in_review(cast)
        address = f"/submissions/{submission.id}/verdict"
    client.sign_in(cast.maria)
    page = client.get(address)
    refused = client.submit(page, "/verdict", {"note": WORDS}, follow=False)
    assert refused.status == 422
    box = client.get("/kept-words")
    assert "Putusan. Ada isian yang perlu diperbaiki." in box.text
    again = client.follow(box, "Pakai lagi Peta Jalan Kota HAM 2026–2030")
    assert again.form("/verdict").fields["note"] == WORDS
    client.submit(again, "/verdict", {"judgement": "dikembalikan"})
    with app.app_context():
        assert _waiting() == 0


def test_a_reason_for_withdrawing_is_offered_where_its_form_stands_open(app, cast, client):
    with app.app_context():
        roadmap, _submission = in_review(cast)
        root = f"/roadmaps/{roadmap.id}"
        write_down(cast.rina, Typed(f"{root}/withdrawal", (("reason", WORDS),), roadmap_id=roadmap.id))
    client.sign_in(cast.rina)
    page = client.get(f"{root}/stages")
    offer = page.region("slot-draft-line").one("a").tag["href"]
    assert page.has(f"details[open] {offer}")
