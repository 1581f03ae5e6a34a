"""Who is told what: one sentence and a link, never a word of a draft."""

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.mail import OutboxMail
from roadmap.people.models import Person
from roadmap.plan import operations as plan
from roadmap.review import operations
from roadmap.review.models import Judgement
from roadmap.work import unit_of_work
from tests.review.stories import a_plan, at_the_leaders, edit, first_action, in_review, passed_review


def _posted() -> list[OutboxMail]:
    """Take what is in the outbox since the last time."""
    with unit_of_work():
        found = list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.recipient)))
        told = [OutboxMail(recipient=one.recipient, subject=one.subject, body=one.body) for one in found]
        for one in found:
            db.session.delete(one)
    return told


def _to(letters: list[OutboxMail]) -> list[str]:
    return [one.recipient for one in letters]


def test_the_mentor_is_told_that_it_is_her_turn(cast, ctx):
    _posted()
    _roadmap, submission = in_review(cast)
    (letter,) = _posted()
    assert letter.recipient == cast.maria.email
    assert letter.subject == "Giliran Anda: Rancangan 1, Kota Contoh"
    assert letter.body == (
        "Rancangan 1 peta jalan Kota Contoh menunggu telaah Anda.\n\n"
        f"http://localhost/submissions/{submission.id}\n"
    )


def test_drafters_and_who_submitted_are_told_of_a_return_without_its_words(cast, ctx):
    roadmap, submission = in_review(cast)
    _posted()
    operations.judge(
        cast.maria, submission.id, Judgement.RETURNED, "Kalimat rahasia.", [first_action(roadmap).uid]
    )
    letters = _posted()
    assert _to(letters) == [cast.dodi.email, cast.rina.email]
    for letter in letters:
        assert letter.subject == "Dikembalikan: Rancangan 1, Kota Contoh"
        assert "Kalimat rahasia" not in letter.body
        assert "kanal pengaduan" not in letter.body
        assert f"http://localhost/roadmaps/{roadmap.id}/stages" in letter.body


def test_a_pass_is_the_drafters_turn_and_the_leader_is_told_with_the_staff(cast, ctx):
    roadmap, submission = in_review(cast)
    _posted()
    operations.judge(cast.maria, submission.id, Judgement.PASSED)
    assert _to(_posted()) == [cast.dodi.email, cast.rina.email]
    operations.submit(cast.dodi, roadmap.id, accepts_findings=True)
    letters = _posted()
    assert _to(letters) == [cast.sari.email, cast.wali.email]
    assert all(f"http://localhost/roadmaps/{roadmap.id}/brief" in letter.body for letter in letters)


def test_an_approval_is_told_once_to_each(cast, ctx):
    roadmap, submission = at_the_leaders(cast)
    _posted()
    operations.approve(cast.wali, submission.id, submission.seq, submission.digest)
    letters = _posted()
    assert _to(letters) == [cast.dodi.email, cast.rina.email]
    assert "disetujui dan menjadi Edisi 1" in letters[0].body
    assert f"http://localhost/roadmaps/{roadmap.id}/editions/1" in letters[0].body


def test_whoever_left_is_told_nothing_and_an_edit_tells_nobody(cast, ctx):
    from datetime import date

    from roadmap.people.models import Membership

    roadmap, submission = passed_review(cast)
    with unit_of_work():
        held = db.session.scalars(select(Membership).where(Membership.person_id == cast.rina.id)).one()
        held.starts_on, held.ends_on = date(2020, 1, 1), date(2020, 1, 2)
    _posted()
    plan.edit_item(
        cast.dodi,
        "action",
        first_action(roadmap).id,
        first_action(roadmap).version,
        {"area": "Kecamatan Satu"},
    )
    assert _posted() == []
    sent = operations.submit(cast.dodi, roadmap.id, accepts_findings=True)
    _posted()
    operations.send_back(cast.wali, sent.id, sent.seq, sent.digest, note="Belum.")
    assert _to(_posted()) == [cast.dodi.email]
    assert submission.id != sent.id


def test_each_is_told_in_the_own_language(cast, ctx):
    with unit_of_work():
        db.session.get_one(Person, cast.maria.id).language = "en"
    _posted()
    roadmap = a_plan(cast)
    operations.submit(cast.rina, roadmap.id)
    (letter,) = _posted()
    assert letter.recipient == cast.maria.email
    assert letter.body.endswith("\n")
    edit(cast, roadmap, title="Tetap dapat disunting")
