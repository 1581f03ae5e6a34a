"""The leader approves exactly what was read; it becomes an edition that later edits never touch."""

from typing import Any

import pytest

from roadmap.errors import Conflict, NotAllowed
from roadmap.extensions import db
from roadmap.history.canonical import edition_digest
from roadmap.history.models import Edition
from roadmap.history.queries import state_as_of
from roadmap.people.roles import Stage
from roadmap.plan import operations as plan
from roadmap.plan.document import choices_from, outline_from
from roadmap.plan.queries import outline_as_of
from roadmap.review import operations
from roadmap.review.errors import NoLongerSubmitted
from roadmap.review.models import Judgement
from tests.cast import PASSWORD, sign_in
from tests.factories import a_problem
from tests.review.stories import approved, at_the_leaders, clean, edit, first_action, in_review, now_of


def test_the_approval_makes_an_edition_of_what_was_submitted(cast, ctx):
    roadmap, submission = at_the_leaders(cast)
    edit(cast, roadmap, title="Sesudah pengajuan")

    edition = operations.approve(cast.wali, submission.id, submission.seq, submission.digest)

    assert (edition.number, edition.seq, now_of(roadmap).stage) == (1, submission.seq, Stage.APPROVED)
    hashes = {(one.kind, one.item_uid): one.content_hash for one in state_as_of(roadmap.id, submission.seq)}
    document: dict[str, Any] = edition.document
    order = document["order"]
    assert edition.digest == edition_digest((kind, uid, hashes[kind, uid]) for kind, uid in order)
    assert clean(roadmap)


def test_the_document_reads_by_itself_with_the_labels_of_the_day(cast, ctx):
    roadmap, edition = approved(cast)
    document: dict[str, Any] = edition.document
    assert document["format"] == 1
    assert document["region"]["full_name"] == "Kota Contoh"
    assert document["roadmap"] == {
        "uid": roadmap.uid,
        "language": "id",
        "title": "Peta Jalan Kota HAM 2026–2030",
        "year_from": 2026,
        "year_to": 2030,
    }
    assert document["organisations"] == {
        cast.dinsos.uid: {"name": "Dinas Sosial", "abbreviation": "Dinsos", "kind": "opd"}
    }
    read, then = outline_from(document), outline_as_of(roadmap.id, edition.seq)
    assert [one.uid for one in read.in_published_order()] == [one.uid for one in then.in_published_order()]
    for uid, item in then.by_uid.items():
        values = {name: value for name, value in item.values.items() if name not in {"position", "action"}}
        assert {name: read.by_uid[uid].values[name] for name in values} == values
    assert choices_from(document).organisations[cast.dinsos.uid] == "Dinas Sosial"


def test_later_edits_leave_the_edition_alone(cast, ctx):
    roadmap, edition = approved(cast)
    document, digest = dict(edition.document), edition.digest
    edit(cast, roadmap, title="Judul baru", budget={"2026 apbd": 1})
    a_problem(cast, roadmap)
    plan.move_item(cast.rina, "problem", a_problem(cast, roadmap).id, plan.FIRST)
    kept = db.session.get_one(Edition, edition.id, populate_existing=True)
    assert (kept.document, kept.digest) == (document, digest)
    assert clean(roadmap)


@pytest.mark.parametrize(("shift", "digest"), [(1, None), (-1, None), (0, "0" * 64), (0, "")])
def test_a_form_that_speaks_of_another_state_approves_nothing(cast, ctx, shift, digest):
    roadmap, submission = at_the_leaders(cast)
    with pytest.raises(NoLongerSubmitted):
        operations.approve(
            cast.wali, submission.id, submission.seq + shift, submission.digest if digest is None else digest
        )
    assert now_of(roadmap).stage == Stage.SUBMITTED


def test_only_the_leader_approves_and_only_once(cast, ctx):
    roadmap, submission = at_the_leaders(cast)
    for person in (cast.rina, cast.maria, cast.vera, cast.sari, cast.oki, cast.yusuf):
        with pytest.raises(NotAllowed):
            operations.approve(person, submission.id, submission.seq, submission.digest)
    operations.approve(cast.wali, submission.id, submission.seq, submission.digest)
    with pytest.raises(Conflict):
        operations.approve(cast.wali, submission.id, submission.seq, submission.digest)
    assert len(list(db.session.query(Edition).where(Edition.roadmap_id == roadmap.id))) == 1


def test_a_closed_text_is_closed_in_the_edition_too_and_opens_no_round(cast, ctx):
    roadmap, edition = approved(cast)
    action = first_action(roadmap)
    plan.close_text(cast.maria, "action", action.id, ["title"], basis="UU 27/2022", reason="Menyebut korban.")
    assert now_of(roadmap).stage == Stage.APPROVED
    kept = db.session.get_one(Edition, edition.id, populate_existing=True)
    assert "Menyediakan kanal pengaduan" not in str(kept.document)
    assert clean(roadmap)


def test_bu_wali_approves_with_her_password_on_the_page(cast, client):
    with client.app.app_context():
        roadmap, submission = at_the_leaders(cast)
        roadmap_id, submission_id = roadmap.id, submission.id
    sign_in(client, cast.wali)
    brief = client.get(f"/roadmaps/{roadmap_id}/brief")
    assert "Dimohon persetujuan atas Rancangan 1." in brief
    page = client.follow(brief, "Setujui…")
    wrong = client.submit(page, "approve", {"password": "bukan-kata-sandinya", "note": "Lanjutkan."})
    assert wrong.status == 422
    assert wrong.form("approve").fields["note"] == "Lanjutkan."
    done = client.submit(wrong, "approve", {"password": PASSWORD})
    assert done.title.startswith("Disetujui:")
    assert done.path.endswith("/editions/1")
    assert "Disetujui Wali Kota, Bu Wali" in done
    assert "Menunggu nomor Peraturan Wali Kota." in done
    empty = client.get(f"/roadmaps/{roadmap_id}/brief")
    assert "Tidak ada yang perlu diputuskan" in empty
    assert not empty.has_form("approve")
    assert client.get(f"/submissions/{submission_id}/approval").status == 409


def test_the_page_she_left_open_says_what_changed_instead_of_approving(cast, client):
    with client.app.app_context():
        roadmap, submission = at_the_leaders(cast)
        roadmap_id, submission_id = roadmap.id, submission.id
    sign_in(client, cast.wali)
    page = client.get(f"/submissions/{submission_id}/approval")
    with client.app.app_context():
        operations.withdraw(cast.rina, roadmap_id)
        edit(cast, roadmap, title="Kanal pengaduan keliling")
        again = operations.submit(cast.rina, roadmap_id)
        operations.judge(cast.maria, again.id, Judgement.PASSED)
        operations.submit(cast.rina, roadmap_id, accepts_findings=True)
    stale = client.submit(page, "approve", {"password": PASSWORD})
    assert stale.status == 409
    assert "Rancangannya sudah berganti" in stale
    assert "keliling" in stale
    assert "Baca Rancangan 2" in stale.links
    with client.app.app_context():
        assert now_of(roadmap).stage == Stage.SUBMITTED


def test_nobody_else_opens_her_page(cast, client):
    with client.app.app_context():
        submission_id = at_the_leaders(cast)[1].id
        early = in_review(cast)[1].id
    for person, status in ((cast.rina, 403), (cast.sari, 403), (cast.eka, 404)):
        sign_in(client, person)
        assert client.get(f"/submissions/{submission_id}/approval").status == status
        assert client.post(f"/submissions/{submission_id}/approval", {"password": PASSWORD}).status == status
    sign_in(client, cast.wali)
    assert client.get(f"/submissions/{early}/approval").status == 409
    forged = {"password": PASSWORD, "seq": "9" * 400, "digest": "x"}
    assert client.post(f"/submissions/{submission_id}/approval", forged).status == 409
