"""A text that names a victim is closed: gone from every version, kept words and editions; the chain still holds."""

import pytest

from roadmap.errors import NotAllowed, NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.errors import EditConflict
from roadmap.history.models import Edition, KeptWords, Revision, Roadmap
from roadmap.history.operations import CLOSED, keep_words
from roadmap.people.models import Person
from roadmap.plan import operations
from roadmap.plan.document import build_document
from roadmap.plan.models import Action
from roadmap.plan.queries import outline_of
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_roadmap, an_action
from tests.history.log import acts, faults, head, versions

VICTIM = "Siti Aminah"
BASIS, REASON = "UU 27/2022", "Menyebut nama korban"


@pytest.fixture
def roadmap(ctx: object, cast: Cast) -> Roadmap:
    return a_roadmap(cast)


@pytest.fixture
def action(cast: Cast, roadmap: Roadmap) -> Action:
    """An action whose description named a victim in two of its three versions."""
    made = an_action(cast, roadmap, title="Rumah aman", description=f"Setelah {VICTIM} melapor")
    operations.edit_item(cast.rina, "action", made.id, 1, {"description": f"Karena {VICTIM} melapor"})
    operations.edit_item(cast.rina, "action", made.id, 2, {"description": "Karena ada laporan"})
    return made


def _close(cast: Cast, action: Action, by: Person | None = None) -> None:
    operations.close_text(by or cast.maria, "action", action.id, ["description"], basis=BASIS, reason=REASON)


def _everything_stored() -> str:
    """Every row of every table, as text."""
    db.session.expire_all()
    tables = db.metadata.sorted_tables
    return "".join(repr(tuple(row)) for table in tables for row in db.session.execute(table.select()))


def test_the_words_are_gone_and_the_chain_holds(cast: Cast, action: Action) -> None:
    assert VICTIM in _everything_stored()
    hashes = [(one.snapshot_hash, one.content_hash) for one in versions(action.uid)]
    _close(cast, action)
    assert VICTIM not in _everything_stored()
    after = versions(action.uid)
    assert [one.snapshot["description"] for one in after] == [CLOSED] * 4
    assert [one.salt is None for one in after] == [True, True, True, False]
    assert [one.closed_at is not None for one in after] == [True, True, True, False]
    assert [one.snapshot["title"] for one in after] == ["Rumah aman"] * 4
    assert [(one.snapshot_hash, one.content_hash) for one in after][:3] == hashes
    assert db.session.get_one(Action, action.id).description == CLOSED
    assert faults(action.roadmap_id) == []


def test_the_closing_is_an_act_with_basis_and_reason(cast: Cast, action: Action) -> None:
    _close(cast, action)
    last = acts(action.roadmap_id)[-1]
    assert (last.verb, last.actor_uid, last.reason) == ("close", cast.maria.uid, REASON)
    assert last.payload == {
        "kind": "action",
        "uid": action.uid,
        "fields": ["description"],
        "basis": BASIS,
    }


def test_the_words_are_gone_from_what_was_kept_of_the_item(cast: Cast, action: Action) -> None:
    with unit_of_work():
        keep_words(
            cast.dodi,
            {"description": f"Ketika {VICTIM} datang", "title": "Rumah singgah"},
            "clash",
            "/actions/1/edit",
            item=db.session.get_one(Action, action.id),
        )
    _close(cast, action)
    assert db.session.query(KeptWords).one().values == {"description": CLOSED, "title": "Rumah singgah"}


def test_the_words_are_gone_from_editions(cast: Cast, roadmap: Roadmap, action: Action) -> None:
    operations.edit_item(cast.rina, "action", action.id, 3, {"description": f"Untuk {VICTIM}"})
    cover = next(one for one in versions(outline_of(roadmap.id).cover.uid))  # type: ignore[union-attr]
    operations.edit_item(cast.rina, "cover", cover.item_id, 1, {"title": f"Peta Jalan {VICTIM}"})
    with unit_of_work():
        document = build_document(roadmap, outline_of(roadmap.id), head(roadmap.id))
        db.session.add(
            Edition(roadmap_id=roadmap.id, number=1, seq=head(roadmap.id), digest="x", document=document)
        )
    operations.close_text(cast.rina, "cover", cover.item_id, ["title"], basis=BASIS, reason=REASON)
    _close(cast, action)
    assert VICTIM not in _everything_stored()
    document = db.session.query(Edition).one().document
    assert document["items"][action.uid]["fields"]["description"] == CLOSED  # type: ignore[index]
    # Only the digest that this test made up does not fit; the words of the edition do.
    assert [fault.split(": ", 1)[1] for fault in faults(roadmap.id)] == [
        "its digest does not fit its content"
    ]


def test_a_form_opened_before_does_not_bring_the_words_back_unasked(cast: Cast, action: Action) -> None:
    form = {"description": f"Karena {VICTIM} melapor", "title": "Rumah aman bagi korban"}
    _close(cast, action)
    with pytest.raises(EditConflict) as clash:
        operations.edit_item(cast.rina, "action", action.id, 2, form)
    assert set(clash.value.clashes) == {"description"}
    assert clash.value.overtaken_by == cast.maria.uid
    assert VICTIM not in _everything_stored()
    # Saving again is a decision: new words go in, and what was closed stays closed.
    operations.edit_item(
        cast.rina, "action", action.id, clash.value.base_version, form | {"description": "Karena ada laporan"}
    )
    assert db.session.get_one(Action, action.id).description == "Karena ada laporan"
    assert VICTIM not in _everything_stored()


def test_new_words_in_another_field_still_merge(cast: Cast, action: Action) -> None:
    _close(cast, action)
    operations.edit_item(cast.rina, "action", action.id, 1, {"title": "Rumah aman bagi korban"})
    assert db.session.get_one(Action, action.id).title == "Rumah aman bagi korban"


@pytest.mark.parametrize("who", ["rina", "maria", "adi"])
def test_drafters_mentors_and_administrators_close(cast: Cast, action: Action, who: str) -> None:
    _close(cast, action, by=getattr(cast, who))
    assert db.session.get_one(Action, action.id).description == CLOSED


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("oki", NotAllowed),
        ("yusuf", NotAllowed),
        ("vera", NotAllowed),
        ("wali", NotAllowed),
        ("sari", NotAllowed),
        ("eka", NotThere),
        ("nina", NotThere),
    ],
)
def test_others_do_not(cast: Cast, action: Action, who: str, refusal: type[Exception]) -> None:
    before = head(action.roadmap_id)
    with pytest.raises(refusal):
        _close(cast, action, by=getattr(cast, who))
    assert head(action.roadmap_id) == before


@pytest.mark.parametrize(
    ("fields", "basis", "reason"),
    [
        ([], BASIS, REASON),
        (["lead"], BASIS, REASON),
        (["description", "uid"], BASIS, REASON),
        (["description"], " ", REASON),
        (["description"], BASIS, ""),
    ],
)
def test_without_a_text_a_basis_or_a_reason_nothing_is_closed(
    cast: Cast, action: Action, fields: list[str], basis: str, reason: str
) -> None:
    with pytest.raises(NotValid):
        operations.close_text(cast.rina, "action", action.id, fields, basis=basis, reason=reason)
    assert VICTIM in _everything_stored()
    assert db.session.query(Revision).filter(Revision.closed_at.is_not(None)).count() == 0
