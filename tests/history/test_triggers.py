"""The database itself refuses to rewrite the record: tried in SQL, past the application."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from roadmap.extensions import db
from roadmap.history.models import Edition
from roadmap.people.models import Audit
from roadmap.plan.document import build_document
from roadmap.plan.queries import outline_of
from roadmap.review.models import Desk, Round, Submission
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_roadmap, an_action
from tests.history.log import in_sql

NOW = "'2026-11-02 01:00:00+00:00'"


@pytest.fixture
def written(ctx: object, cast: Cast) -> int:
    """A roadmap with an act, a revision, an edition, a submission and an audited act."""
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap)
    with unit_of_work():
        document = build_document(roadmap, outline_of(roadmap.id), 2)
        db.session.add(Edition(roadmap_id=roadmap.id, number=1, seq=2, digest="x" * 64, document=document))
        opened = db.session.query(Round).filter_by(roadmap_id=roadmap.id).first()
        if opened is None:
            opened = Round(roadmap_id=roadmap.id, number=1, opened_seq=1)
            db.session.add(opened)
            db.session.flush()
        db.session.add(
            Submission(
                roadmap_id=roadmap.id, round_id=opened.id, number=1, desk=Desk.REVIEW, seq=2, digest="x" * 64,
                submitted_by=cast.rina.id,
            )
        )  # fmt: skip
        db.session.add(Audit(verb="tried"))
    return roadmap.id


def _refused(statement: str, **values: object) -> str:
    with pytest.raises(IntegrityError) as refusal:
        db.session.execute(text(statement), values)
    db.session.rollback()
    return str(refusal.value.orig)


KEPT = ("changeset", "revision", "edition", "audit")


def test_nothing_is_deleted(written: int) -> None:
    for table in KEPT:
        assert f"{table}: nothing in the record is deleted" in _refused(f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.engines("postgres")  # SQLite has no TRUNCATE
def test_nothing_is_emptied(written: int) -> None:
    for table in KEPT:
        assert "nothing in the record is deleted" in _refused(f"TRUNCATE {table} CASCADE")


def test_no_act_is_changed(written: int) -> None:
    for setting in (
        "seq = 99", "actor_uid = 'x'", "verb = 'x'", "reason = 'x'", "reason_salt = NULL", "payload = '{}'", "digest = 'x'",
    ):  # fmt: skip
        assert "never rewritten" in _refused(f"UPDATE changeset SET {setting}")  # noqa: S608
    assert "never rewritten" in _refused("UPDATE audit SET verb = 'x'")


def test_no_version_is_changed(written: int) -> None:
    for setting in (
        "snapshot = '{}'",
        "item_version = 7",
        "item_uid = 'x'",
        "seq = 9",
        "changed = '[]'",
        "gone = true",
        "snapshot_hash = 'x'",
        "content_hash = 'x'",
        "salt = NULL",
        f"salt = 'x', closed_at = {NOW}",
        f"salt = NULL, closed_at = {NOW}, snapshot_hash = 'x'",
        f"salt = NULL, closed_at = {NOW}, content_hash = 'x'",
        f"salt = NULL, closed_at = {NOW}, changed = '[]'",
        f"salt = NULL, closed_at = {NOW}, item_version = 9",
    ):
        assert "only the closing of a text" in _refused(f"UPDATE revision SET {setting}")  # noqa: S608


def test_a_version_can_be_closed_more_than_once(written: int) -> None:
    closing = f"UPDATE revision SET snapshot = :words, salt = NULL, closed_at = {NOW}"  # noqa: S608
    in_sql(closing, words='{"title": "[x]"}')
    in_sql(closing, words='{"title": "[x]", "area": "[x]"}')


def test_what_was_approved_stands(written: int) -> None:
    for setting in ("digest = 'x'", "seq = 1", "number = 2", "uid = 'x'"):
        assert "what was approved stands" in _refused(f"UPDATE edition SET {setting}")  # noqa: S608


def test_the_words_of_an_edition_can_be_closed(written: int) -> None:
    in_sql("UPDATE edition SET document = '{}'")


VERDICT = (
    "INSERT INTO verdict (uid, submission_id, judgement, person_id, seq, at, note, items)"  # noqa: S608
    f" SELECT :uid, id, :judgement, :person, 3, {NOW}, '', '[]' FROM submission"
)


def test_whoever_submitted_does_not_pass_it(written: int, cast: Cast) -> None:
    values = {"uid": "v", "judgement": "lolos"}
    assert "whoever submitted" in _refused(VERDICT, person=cast.rina.id, **values)
    in_sql(VERDICT, person=cast.maria.id, **values)
    assert "whoever submitted" in _refused("UPDATE verdict SET person_id = :person", person=cast.rina.id)
    assert "nothing in the record is deleted" in _refused("DELETE FROM verdict")


def test_whoever_submitted_may_say_that_it_comes_back(written: int, cast: Cast) -> None:
    in_sql(VERDICT, uid="v", judgement="dikembalikan", person=cast.rina.id)
