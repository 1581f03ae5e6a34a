"""check-history: log, chain, tables and editions tell one story; what was falsified in SQL is named."""

from typing import Any

import pytest

from roadmap.extensions import db
from roadmap.history.canonical import edition_digest
from roadmap.history.models import Edition, Roadmap
from roadmap.history.queries import state_as_of
from roadmap.plan import operations
from roadmap.plan.document import build_document
from roadmap.plan.queries import outline_of
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_modality, a_problem, a_roadmap, a_section, an_action, an_indicator
from tests.history.log import faults, faults_after, head, walls_down


@pytest.fixture
def roadmap(ctx: object, cast: Cast) -> Roadmap:
    """A roadmap with one item of each kind, a past, and an edition."""
    made = a_roadmap(cast)
    a_section(cast, made)
    modality = a_modality(cast, made)
    problem = a_problem(cast, made, modalities=[modality])
    action = an_action(cast, made, problems=[problem], lead=cast.dinsos)
    an_indicator(cast, action, targets={"2026": "4"})
    operations.edit_item(
        cast.rina, "action", action.id, 1, {"title": "Kanal pengaduan"}, reason="Lebih pendek"
    )
    operations.remove_item(cast.dodi, "problem", problem.id)
    operations.restore_item(cast.dodi, "problem", problem.id)
    _approve(made)
    operations.edit_item(cast.dodi, "action", action.id, 2, {"expected_result": "Setiap warga dijawab"})
    return made


def _approve(roadmap: Roadmap) -> None:
    with unit_of_work():
        seq = head(roadmap.id)
        document = build_document(roadmap, outline_of(roadmap.id), seq)
        hashes = {(one.kind, one.item_uid): one.content_hash for one in state_as_of(roadmap.id, seq)}
        digest = edition_digest((kind, uid, hashes[kind, uid]) for kind, uid in document["order"])
        db.session.add(Edition(roadmap_id=roadmap.id, number=1, seq=seq, digest=digest, document=document))


def test_a_true_record_has_no_fault(roadmap: Roadmap) -> None:
    assert faults(roadmap.id) == []


ITEMS: list[tuple[str, str, str]] = [
    ("cover", "title = 'Lain'", "differs from the log"),
    ("cover", "year_to = 2031", "differs from the log"),
    ("section", "body = 'Lain'", "differs from the log"),
    ("modality", "title = 'Lain'", "differs from the log"),
    ("problem", "modalities = '[]'", "differs from the log"),
    ("action", "lead = NULL", "differs from the log"),
    ("action", "removed_at = '2026-01-01 00:00:00'", "differs from the log"),
    ("action", "position = '9'", "differs from the log"),
    ("action", "budget = '{\"2026 apbd\": 1}'", "differs from the log"),
    ("action", "version = 9", "version 9 in the table, 3 in the log"),
    ("indicator", 'targets = \'{"2026": "5"}\'', "differs from the log"),
    ("indicator", "uid = 'x'", "differs from the log"),
]


def test_an_item_changed_past_the_log_is_named(roadmap: Roadmap) -> None:
    for table, setting, what in ITEMS:
        found = faults_after(roadmap.id, f"UPDATE {table} SET {setting}")  # noqa: S608
        assert len(found) == 1, (table, setting, found)
        assert f": {table} " in found[0]
        assert what in found[0]
    assert faults(roadmap.id) == []


def test_an_item_that_was_deleted_or_slipped_in_is_named(roadmap: Roadmap) -> None:
    found = faults_after(roadmap.id, "DELETE FROM section")
    assert [fault.split(": ", 1)[1] for fault in found] == [
        "section number 1 stands in the log and not in the table"
    ]
    slipped_in = (
        "INSERT INTO section (id, uid, position, version, roadmap_id, title, body)"  # noqa: S608
        f" VALUES (77, 'x', '7', 1, {roadmap.id}, '', '')"
    )
    found = faults_after(roadmap.id, slipped_in)
    assert [fault.split(": ", 1)[1] for fault in found] == [
        "section x: stands in the table and not in the log"
    ]


RECORD: list[tuple[str, str, str]] = [
    # table, what is changed where, what is found
    ("changeset", "actor_uid = 'x' WHERE seq = 3", "changeset 3: its digest does not fit what it says"),
    ("changeset", "verb = 'x' WHERE seq = 3", "changeset 3: its digest does not fit what it says"),
    ("changeset", "at = '2020-01-01 00:00:00+00:00' WHERE seq = 3", "changeset 3: its digest does not fit"),
    (
        "changeset",
        "payload = '{\"x\": 1}' WHERE seq = 3",
        "changeset 3: its digest does not fit what it says",
    ),
    ("changeset", "source = 'import' WHERE seq = 3", "changeset 3: its digest does not fit what it says"),
    ("changeset", "on_behalf_of = 'x' WHERE seq = 3", "changeset 3: its digest does not fit what it says"),
    ("changeset", "reason = 'x' WHERE seq = 7", "changeset 7: its reason is not the one that was written"),
    ("changeset", "reason = 'x', reason_salt = NULL WHERE seq = 7", "changeset 7: its reason is not the one"),
    ("changeset", "digest = 'x' WHERE seq = 3", "changeset 3: its digest does not fit what it says"),
    ("changeset", "previous_digest = 'x' WHERE seq = 3", "changeset 3: does not follow the act before it"),
    ("revision", 'snapshot = \'{"title": "Lain"}\' WHERE seq = 3', "changeset 3: modality"),
    ("revision", "item_version = 5 WHERE seq = 7", "changeset 7: its digest does not fit what it says"),
    ("revision", "item_uid = 'x' WHERE seq = 8", "changeset 8: its digest does not fit what it says"),
    ("revision", "kind = 'section' WHERE seq = 7", "changeset 7: its digest does not fit what it says"),
    ("revision", "salt = NULL WHERE seq = 7", "has lost its salt without having been closed"),
    ("revision", "snapshot_hash = 'x' WHERE seq = 7", "changeset 7: its digest does not fit what it says"),
    ("revision", "content_hash = 'x' WHERE seq = 7", "its content is not the one that was recorded"),
    ("revision", "gone = NOT gone WHERE seq = 8", "changeset 8: problem"),
    ("revision", "changed = '[\"area\"]' WHERE seq = 7", "does not name the fields it changed"),
    ("revision", "changed = '[]' WHERE seq = 3", "does not name the fields it changed"),
    ("revision", "seq = 6 WHERE seq = 7", "says it belongs to another act"),
    ("roadmap", "head_seq = 99", "its head is not the last act of its log"),
    ("roadmap", "head_digest = 'x'", "its head is not the last act of its log"),
    ("edition", "digest = 'x'", "edition 1: its digest does not fit its content"),
    ("edition", "seq = 4", "edition 1: holds other items than its sequence number"),
    ("edition", "document = '{}'", "edition 1: holds other items than its sequence number"),
]


def test_a_falsified_record_is_named(roadmap: Roadmap) -> None:
    with walls_down():
        for table, setting, what in RECORD:
            found = faults_after(roadmap.id, f"UPDATE {table} SET {setting}")  # noqa: S608
            assert any(what in fault for fault in found), (table, setting, found)
    assert faults(roadmap.id) == []


def test_an_act_taken_out_is_named(roadmap: Roadmap) -> None:
    with walls_down():
        found = faults_after(
            roadmap.id, "DELETE FROM revision WHERE seq = 7", "DELETE FROM changeset WHERE seq = 7"
        )
    assert any("changeset 8: expected sequence number 7" in fault for fault in found)


def test_a_word_changed_in_an_edition_is_named(roadmap: Roadmap) -> None:
    edition = db.session.query(Edition).one()
    document: dict[str, Any] = dict(edition.document)
    uid = next(uid for kind, uid in document["order"] if kind == "action")
    entry = document["items"][uid]
    for fields in ({**entry["fields"], "title": "Lain"}, {**entry["fields"], "lead": None}, {}):
        with unit_of_work():
            row = db.session.query(Edition).one()
            row.document = {**document, "items": {**document["items"], uid: {**entry, "fields": fields}}}
        assert [fault.split(": ", 1)[1] for fault in faults(roadmap.id)] == [
            f"shows action {uid} otherwise than it was approved"
        ]
