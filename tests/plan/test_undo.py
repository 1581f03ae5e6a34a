"""An act is taken back by laying what stood before it on what stands now: later work survives, a clash is asked about."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmap.errors import NotAllowed, NotThere, StepNotOpen
from roadmap.extensions import db
from roadmap.history.models import Changeset, Roadmap
from roadmap.history.operations import CLOSED, record
from roadmap.people.models import Person
from roadmap.people.roles import Role, Stage, Visibility
from roadmap.plan import bulk, operations, restoring
from roadmap.plan.earlier import STANDING, Why
from roadmap.plan.errors import NotUndoable, Unsettled
from roadmap.plan.laying import Answer
from roadmap.plan.queries import find_item, outline_of
from roadmap.work import unit_of_work
from tests.cast import Cast, sign_in
from tests.factories import a_problem, a_roadmap, an_action, an_indicator, the_item
from tests.history.log import acts, faults, head
from tests.page import LookingClient
from tests.plans import a_plan, adopted
from tests.queries import queries


@pytest.fixture
def roadmap(ctx: Flask, cast: Cast) -> Roadmap:
    return a_roadmap(cast)


def _edit(by: Person, item: Any, **values: Any) -> int:
    """Save fields of an item on the version it stands in; give the act's place in the log."""
    operations.edit_item(by, item.kind, item.id, the_item(item.kind, item.id).version, values)
    return head(item.roadmap_id)


def _state(roadmap_id: int) -> dict[str, Any]:
    """Every item of a plan with all its fields, its place and whether it stands."""
    newest: dict[str, Any] = {}
    for act in acts(roadmap_id):
        for one in act.revisions:
            newest[one.item_uid] = (one.snapshot, one.gone, one.content_hash)
    return newest


# --- edits


def test_an_edit_with_nothing_since_is_taken_back_wholly(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota", budget={"2026 apbd": 5}, supporting=[cast.oms])
    before = _state(roadmap.id)
    seq = _edit(cast.dodi, action, area="", budget={"2027 apbd": 7}, supporting=[], title="Lain")
    went = restoring.undo(cast.rina, roadmap.id, seq, reason="Salah ketik")
    assert _state(roadmap.id) == before
    assert went.changeset is not None
    last = acts(roadmap.id)[-1]
    assert (last.verb, last.source, last.payload) == ("undo", "undo", {"undone": seq})
    assert (last.actor_uid, last.reason) == (cast.rina.uid, "Salah ketik")
    assert faults(roadmap.id) == []


def test_what_others_did_since_in_other_fields_stays(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(
        cast, roadmap, area="Kota", code="A.1", budget={"2026 apbd": 5}, expected_result="satu\n\ndua"
    )
    seq = _edit(cast.dodi, action, area="Desa", budget={"2026 apbd": 6}, expected_result="satu\n\ndua!")
    _edit(
        cast.rina, action, code="A.2", budget={"2026 apbd": 6, "2027 apbd": 1}, expected_result="SATU\n\ndua!"
    )
    restoring.undo(cast.rina, roadmap.id, seq)
    item = the_item("action", action.id)
    assert (item.area, item.code) == ("Kota", "A.2")
    assert item.budget == {"2026 apbd": 5, "2027 apbd": 1}
    assert item.expected_result == "SATU\n\ndua"


def test_sets_give_back_what_was_taken_and_lose_what_was_added(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, subactivity_codes=["a", "b"])
    seq = _edit(cast.dodi, action, subactivity_codes=["b", "c"])
    _edit(cast.rina, action, subactivity_codes=["b", "c", "d"])
    restoring.undo(cast.rina, roadmap.id, seq)
    assert the_item("action", action.id).subactivity_codes == ["a", "b", "d"]


def test_a_field_that_was_changed_since_is_asked_about_and_nothing_is_done(
    cast: Cast, roadmap: Roadmap
) -> None:
    action = an_action(cast, roadmap, area="Kota", code="A.1")
    seq = _edit(cast.dodi, action, area="Desa", code="A.2")
    last = _edit(cast.rina, action, area="Kecamatan")
    with pytest.raises(Unsettled) as asked:
        restoring.undo(cast.rina, roadmap.id, seq)
    (question,) = restoring.preview_undo(cast.rina, roadmap.id, seq).questions
    assert (question.field, question.base, question.now, question.wanted) == (
        "area",
        "Desa",
        "Kecamatan",
        "Kota",
    )
    assert asked.value.preview.questions == [question]  # type: ignore[attr-defined]
    assert head(roadmap.id) == last
    assert the_item("action", action.id).code == "A.2"


@pytest.mark.parametrize(("takes_old", "area"), [(True, "Kota"), (False, "Kecamatan")])
def test_the_answer_decides_and_the_rest_is_taken_back(
    cast: Cast, roadmap: Roadmap, takes_old: bool, area: str
) -> None:
    action = an_action(cast, roadmap, area="Kota", code="A.1")
    seq = _edit(cast.dodi, action, area="Desa", code="A.2")
    _edit(cast.rina, action, area="Kecamatan")
    answers = {(action.uid, "area"): Answer(takes_old, 3)}
    restoring.undo(cast.rina, roadmap.id, seq, answers)
    item = the_item("action", action.id)
    assert (item.area, item.code) == (area, "A.1")


def test_of_a_map_only_the_entry_that_clashes_is_asked_about(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, budget={"2026 apbd": 1, "2027 apbd": 1})
    seq = _edit(cast.dodi, action, budget={"2026 apbd": 2, "2027 apbd": 2})
    _edit(cast.rina, action, budget={"2026 apbd": 3, "2027 apbd": 2, "2028 apbd": 9})
    for takes_old, budget in ((False, 3), (True, 1)):
        preview = restoring.preview_undo(
            cast.rina, roadmap.id, seq, {(action.uid, "budget"): Answer(takes_old, 3)}
        )
        ((_before, after),) = preview.changing
        assert after is not None
        assert after.values["budget"] == {"2026 apbd": budget, "2027 apbd": 1, "2028 apbd": 9}


def test_an_answer_to_what_stands_there_no_longer_is_asked_again(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota")
    seq = _edit(cast.dodi, action, area="Desa")
    _edit(cast.rina, action, area="Kecamatan")
    answers = {(action.uid, "area"): Answer(takes_old=True, version=3)}
    _edit(cast.dodi, action, code="A.9")
    assert restoring.preview_undo(cast.rina, roadmap.id, seq, answers).questions == []
    _edit(cast.dodi, action, area="Kelurahan")
    with pytest.raises(Unsettled):
        restoring.undo(cast.rina, roadmap.id, seq, answers)
    forged = {(action.uid, "area"): Answer(takes_old=True, version=77)}
    assert restoring.preview_undo(cast.rina, roadmap.id, seq, forged).questions


def test_what_is_as_before_already_needs_no_act(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota")
    seq = _edit(cast.dodi, action, area="Desa")
    last = _edit(cast.rina, action, area="Kota")
    went = restoring.undo(cast.rina, roadmap.id, seq)
    assert went.changeset is None
    assert head(roadmap.id) == last


# --- adding, removing, bringing back, moving


def test_an_addition_is_taken_back_by_removing(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap)
    restoring.undo(cast.rina, roadmap.id, head(roadmap.id))
    assert the_item("action", action.id).removed_at is not None
    restored = operations.restore_item(cast.rina, "action", action.id)
    assert restored.removed_at is None


def test_an_addition_that_others_wrote_on_is_asked_about(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap)
    seq = head(roadmap.id)
    indicator = an_indicator(cast, action, by=cast.dodi)
    with pytest.raises(Unsettled) as asked:
        restoring.undo(cast.rina, roadmap.id, seq)
    assert [one.field for one in asked.value.preview.questions] == [STANDING]  # type: ignore[attr-defined]
    keep = {(action.uid, STANDING): Answer(takes_old=False, version=1)}
    assert restoring.undo(cast.rina, roadmap.id, seq, keep).changeset is None
    gone = {(action.uid, STANDING): Answer(takes_old=True, version=1)}
    restoring.undo(cast.rina, roadmap.id, seq, gone)
    assert the_item("indicator", indicator.id).removed_at == the_item("action", action.id).removed_at
    operations.restore_item(cast.rina, "action", action.id)
    assert the_item("indicator", indicator.id).removed_at is None


def test_an_action_of_an_edition_is_not_removed_by_the_back_door(cast: Cast, ctx: Flask) -> None:
    roadmap = a_plan(cast, problems=1, actions=2, modalities=1)
    adopted(cast, roadmap)
    (added,) = [act.seq for act in acts(roadmap.id) if act.revisions and act.revisions[0].kind == "action"][
        :1
    ]
    loose = an_action(cast, roadmap)
    preview = restoring.preview_undo(cast.rina, roadmap.id, added)
    assert {one.why for one in preview.obstacles} == {Why.IN_EDITION}
    assert len(preview.obstacles) == 2
    assert restoring.undo(cast.rina, roadmap.id, added).changeset is None
    restoring.undo(cast.rina, roadmap.id, head(roadmap.id))
    assert the_item("action", loose.id).removed_at is not None


def test_a_removal_is_taken_back_with_the_indicators_that_went_along(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap)
    indicator = an_indicator(cast, action)
    before = _state(roadmap.id)
    operations.remove_item(cast.dodi, "action", action.id)
    restoring.undo(cast.rina, roadmap.id, head(roadmap.id))
    assert _state(roadmap.id) == before
    assert the_item("indicator", indicator.id).removed_at is None


def test_an_indicator_does_not_come_back_without_its_action(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap)
    indicator = an_indicator(cast, action)
    operations.remove_item(cast.rina, "indicator", indicator.id)
    seq = head(roadmap.id)
    operations.remove_item(cast.rina, "action", action.id)
    (obstacle,) = restoring.preview_undo(cast.rina, roadmap.id, seq).obstacles
    assert obstacle.why == Why.ACTION_GONE
    assert restoring.undo(cast.rina, roadmap.id, seq).changeset is None


def test_an_edit_of_what_was_removed_since_waits_for_its_return(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota")
    seq = _edit(cast.dodi, action, area="Desa")
    operations.remove_item(cast.rina, "action", action.id)
    assert [one.why for one in restoring.preview_undo(cast.rina, roadmap.id, seq).obstacles] == [Why.GONE]
    operations.restore_item(cast.rina, "action", action.id)
    restoring.undo(cast.rina, roadmap.id, seq)
    assert the_item("action", action.id).area == "Kota"


def test_a_move_is_taken_back_and_never_clashes_with_an_edit(cast: Cast, roadmap: Roadmap) -> None:
    one, two, three = (an_action(cast, roadmap, title=title) for title in ("Satu", "Dua", "Tiga"))
    operations.move_item(cast.dodi, "action", three.id, "first")
    seq = head(roadmap.id)
    _edit(cast.rina, three, title="Tiga, ditulis lagi")
    restoring.undo(cast.rina, roadmap.id, seq)
    assert [item.uid for item in outline_of(roadmap.id).items["action"]] == [one.uid, two.uid, three.uid]
    assert the_item("action", three.id).title == "Tiga, ditulis lagi"


def test_what_was_moved_again_stays_where_it_was_put_last(cast: Cast, roadmap: Roadmap) -> None:
    one, two, three = (an_action(cast, roadmap, title=title) for title in ("Satu", "Dua", "Tiga"))
    operations.move_item(cast.dodi, "action", three.id, "first")
    seq = head(roadmap.id)
    operations.move_item(cast.rina, "action", three.id, one.uid)
    preview = restoring.preview_undo(cast.rina, roadmap.id, seq)
    assert [(item.why, item.field) for item in preview.obstacles] == [(Why.MOVED_AGAIN, "position")]
    assert preview.questions == []
    assert [item.uid for item in outline_of(roadmap.id).items["action"]] == [one.uid, three.uid, two.uid]


def test_who_comes_back_to_a_place_that_is_taken_stands_beside(cast: Cast, roadmap: Roadmap) -> None:
    one, two = (an_action(cast, roadmap, title=title) for title in ("Satu", "Dua"))
    old = the_item("action", two.id).position
    operations.move_item(cast.dodi, "action", two.id, "first")
    seq = head(roadmap.id)
    newcomer = an_action(cast, roadmap, title="Baru")
    assert the_item("action", newcomer.id).position == old
    restoring.undo(cast.rina, roadmap.id, seq)
    places = [item.position for item in outline_of(roadmap.id).items["action"]]
    assert len(set(places)) == 3
    assert outline_of(roadmap.id).items["action"][0].uid == one.uid


def test_two_hundred_items_in_one_act_are_one_act_to_take_back(
    app: Flask, cast: Cast, roadmap: Roadmap
) -> None:
    counts = []
    for count in (20, 200):
        before = _state(roadmap.id)
        items = bulk.add_many(
            cast.rina, roadmap.id, [bulk.Entry("problem", {"title": f"M {n}"}) for n in range(count)]
        )
        added = head(roadmap.id)
        edits = [bulk.Edit("problem", item.id, 1, {"area": "Semua"}) for item in items]
        bulk.edit_many(cast.dodi, roadmap.id, edits)
        with queries(app) as asked:
            restoring.undo(cast.rina, roadmap.id, head(roadmap.id))
        counts.append(len([one for one in asked if one.startswith("SELECT")]))
        restoring.undo(cast.rina, roadmap.id, added)
        assert len(acts(roadmap.id)[-1].revisions) == count
        assert {uid: one for uid, one in _state(roadmap.id).items() if uid in before} == before
        assert outline_of(roadmap.id).items["problem"] == []
    assert counts[0] == counts[1]
    assert faults(roadmap.id) == []


# --- undo of an undo


def test_an_undo_is_taken_back_like_any_act(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota")
    an_indicator(cast, action)
    seq = _edit(cast.dodi, action, area="Desa", title="Lain")
    after = _state(roadmap.id)
    restoring.undo(cast.rina, roadmap.id, seq)
    restoring.undo(cast.dodi, roadmap.id, head(roadmap.id))
    assert _state(roadmap.id) == after
    operations.remove_item(cast.rina, "action", action.id)
    gone = _state(roadmap.id)
    restoring.undo(cast.rina, roadmap.id, head(roadmap.id))
    restoring.undo(cast.rina, roadmap.id, head(roadmap.id))
    assert _state(roadmap.id) == gone


EDITS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Melatih", "Menyediakan", ""]),
        "area": st.sampled_from(["Kota", "Desa", ""]),
        "expected_result": st.sampled_from(
            ["satu\n\ndua\n\ntiga", "SATU\n\ndua\n\ntiga", "satu\n\ndua\n\nTIGA", ""]
        ),
        "subactivity_codes": st.lists(st.sampled_from(["1", "2", "3"]), unique=True, max_size=3).map(sorted),
        "budget": st.dictionaries(st.sampled_from(["2026 apbd", "2027 apbd"]), st.integers(0, 2), max_size=2),
    },
)
ACT = st.one_of(
    EDITS.map(lambda values: ("edit", values)),
    st.just(("move", None)),
    st.just(("remove", None)),
    st.just(("add", None)),
)


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(history=st.lists(ACT, min_size=1, max_size=5), other=EDITS)
def test_undo_and_undo_again_are_exact(
    ctx: Flask, cast: Cast, history: list[Any], other: dict[str, Any]
) -> None:
    """Each act undone with nothing since gives the state before, undone again the state after; later fields survive."""
    roadmap = a_roadmap(cast)
    first, second = an_action(cast, roadmap), an_action(cast, roadmap)
    for verb, values in history:
        before, last = _state(roadmap.id), head(roadmap.id)
        _do(cast, first.id, second.uid, (verb, values))
        seq = head(roadmap.id)
        if seq == last:
            continue
        after = _state(roadmap.id)
        restoring.undo(cast.rina, roadmap.id, seq)
        undone = {uid: one for uid, one in _state(roadmap.id).items() if uid in before}
        assert undone == before
        restoring.undo(cast.dodi, roadmap.id, head(roadmap.id))
        assert _state(roadmap.id) == after
    item = find_item("action", second.id)
    seq = _edit(cast.dodi, item, area="Hutan")
    mine = {name: value for name, value in other.items() if name != "area"}
    _edit(cast.rina, item, **mine)
    restoring.undo(cast.rina, roadmap.id, seq)
    item = the_item("action", second.id)
    assert item.area == ""
    assert all(getattr(item, name) == value for name, value in mine.items())
    assert faults(roadmap.id) == []


def _do(cast: Cast, item_id: int, neighbour: str, act: tuple[str, Any]) -> None:
    item, (verb, values) = the_item("action", item_id), act
    if verb == "add":
        an_action(cast, db.session.get_one(Roadmap, item.roadmap_id))
    elif item.removed_at is not None:
        operations.restore_item(cast.rina, "action", item_id)
    elif verb == "edit" and values:
        operations.edit_item(cast.dodi, "action", item_id, item.version, values)
    elif verb == "move":
        operations.move_item(cast.dodi, "action", item_id, neighbour)
    elif verb == "remove":
        operations.remove_item(cast.dodi, "action", item_id)


# --- who, and what never


def test_who_may_not_edit_takes_nothing_back(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota")
    seq = _edit(cast.dodi, action, area="Desa")
    for role, person in cast.team.items():
        if role in {Role.DRAFTER, Role.ADMIN}:
            continue
        with pytest.raises(NotAllowed):
            restoring.undo(person, roadmap.id, seq)
        with pytest.raises(NotAllowed):
            restoring.preview_undo(person, roadmap.id, seq)
    for person in (cast.adi, cast.eka, cast.nina):
        with pytest.raises(NotThere):
            restoring.undo(person, roadmap.id, seq)
    with unit_of_work():
        db.session.get_one(Roadmap, roadmap.id).stage = Stage.FINISHED
    with pytest.raises(StepNotOpen):
        restoring.undo(cast.rina, roadmap.id, seq)


def test_an_operator_takes_back_what_is_open_to_them(cast: Cast, roadmap: Roadmap) -> None:
    own = an_action(cast, roadmap, lead=cast.dinsos, area="Kota")
    others = an_action(cast, roadmap, lead=cast.kominfo, area="Kota")
    seq = _edit(cast.rina, own, area="Desa", supporting=[cast.oms.uid])
    foreign = _edit(cast.rina, others, area="Desa")
    preview = restoring.preview_undo(cast.oki, roadmap.id, seq)
    assert [(one.why, one.field) for one in preview.obstacles] == [(Why.RIGHTS, "supporting")]
    restoring.undo(cast.oki, roadmap.id, seq)
    item = the_item("action", own.id)
    assert (item.area, item.supporting) == ("Kota", [cast.oms.uid])
    with pytest.raises(NotAllowed):
        restoring.undo(cast.oki, roadmap.id, foreign)
    indicator = an_indicator(cast, own, by=cast.oki)
    preview = restoring.preview_undo(cast.oki, roadmap.id, head(roadmap.id))
    assert [one.why for one in preview.obstacles] == [Why.RIGHTS]
    assert the_item("indicator", indicator.id).removed_at is None


def test_closed_words_are_never_brought_back(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota")
    wrote = _edit(cast.dodi, action, description="Siti Aminah", area="Desa")
    rewrote = _edit(cast.dodi, action, description="Ibu Siti Aminah")
    operations.close_text(cast.maria, "action", action.id, ["description"], basis="UU PDP", reason="Korban")
    closed = head(roadmap.id)
    with pytest.raises(NotUndoable):
        restoring.undo(cast.rina, roadmap.id, closed)
    assert restoring.undo(cast.rina, roadmap.id, rewrote).changeset is None
    preview = restoring.preview_undo(cast.rina, roadmap.id, wrote)
    assert [(one.why, one.field) for one in preview.obstacles] == [(Why.CLOSED, "description")]
    restoring.undo(cast.rina, roadmap.id, wrote)
    item = the_item("action", action.id)
    assert (item.description, item.area) == (CLOSED, "Kota")


def test_acts_that_touch_no_item_say_why_they_stay(cast: Cast, roadmap: Roadmap) -> None:
    said = set()
    for verb in ("submit", "role-given", "reply", "pass"):
        with unit_of_work(roadmap.id):
            record(cast.maria, verb)
        with pytest.raises(NotUndoable) as refused:
            restoring.undo(cast.rina, roadmap.id, head(roadmap.id))
        said.add(refused.value.sentence)
    with pytest.raises(NotUndoable) as refused:
        restoring.undo(cast.rina, roadmap.id, 1)
    assert len(said | {refused.value.sentence}) == 4


def test_an_act_one_may_not_know_of_is_not_there(cast: Cast, roadmap: Roadmap) -> None:
    with unit_of_work(roadmap.id):
        record(cast.yusuf, "reply", audience=Visibility.CSO_AND_MENTOR)
    for seq in (head(roadmap.id), 99, 0, -1):
        with pytest.raises(NotThere):
            restoring.undo(cast.rina, roadmap.id, seq)


def test_links_to_what_was_removed_since_come_back_unshown(cast: Cast, roadmap: Roadmap) -> None:
    problem = a_problem(cast, roadmap)
    action = an_action(cast, roadmap, problems=[problem])
    seq = _edit(cast.rina, action, problems=[])
    operations.remove_item(cast.rina, "problem", problem.id)
    restoring.undo(cast.rina, roadmap.id, seq)
    assert the_item("action", action.id).problems == [problem.uid]


def test_nothing_that_went_back_is_rewritten(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota")
    seq = _edit(cast.dodi, action, area="Desa")
    kept = [(one.seq, one.digest) for one in acts(roadmap.id)]
    restoring.undo(cast.rina, roadmap.id, seq)
    assert [(one.seq, one.digest) for one in acts(roadmap.id)][: len(kept)] == kept
    assert isinstance(acts(roadmap.id)[-1], Changeset)


# --- the pages


def test_from_the_history_through_the_preview_to_the_act_undone(
    app: Flask, client: LookingClient, cast: Cast
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Melatih petugas", area="Kota", code="A.1")
    with app.app_context():
        seq = _edit(cast.dodi, action, area="Desa", supporting=[cast.oms.uid])
    sign_in(client, cast.rina)
    history = client.get(f"/roadmaps/{roadmap.id}/history")
    line = history.all(".history > li")[0]
    assert line.all("a")[1].text.startswith("Urungkan: Dodi Pranata mengubah Wilayah")
    page = client.get(line.all("a")[1]["href"])
    assert page.heading == "Urungkan perubahan ini?"
    assert "1 bagian akan berubah" in page.text
    assert "Wilayah berubah dari Desa menjadi Kota." in page.text
    assert "dihapus: Perkumpulan Contoh Setara" in page.text
    done = client.submit(page, "undo", {"reason": "Salah wilayah"})
    assert done.title.startswith("Diurungkan:")
    assert done.one(".lead").text.startswith("Anda mengurungkan perubahan Dodi Pranata: mengubah Wilayah")
    assert "Alasan: Salah wilayah" in done.text
    again = client.submit(client.follow(done, "Urungkan"), "undo", {})
    assert again.one(".lead").text.startswith(
        "Anda mengurungkan perubahan Anda sendiri: mengubah Wilayah dari Kota ke Desa"
    )
    with app.app_context():
        assert the_item("action", action.id).area == "Desa"
    nothing = client.get(f"/roadmaps/{roadmap.id}/changes/{seq + 1}/undo")
    assert "Semuanya sudah seperti itu" in nothing.text
    assert "Urungkan" not in nothing.form("undo").buttons


def test_a_clash_is_chosen_on_the_page_and_asked_again_when_somebody_is_quicker(
    app: Flask, client: LookingClient, cast: Cast
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Melatih petugas", area="Kota", code="A.1")
    with app.app_context():
        seq = _edit(cast.dodi, action, area="Desa", code="A.2")
        _edit(cast.rina, action, area="Kecamatan")
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/changes/{seq}/undo")
    assert "1 hal diubah lagi sesudahnya" in page.text
    name = f"choice-{action.uid}-area"
    assert page.form("undo").choices(name) == {"now": "Biarkan yang sekarang", "old": "Kembali ke yang lama"}
    unanswered = client.submit(page, "undo", {"reason": "Salah wilayah"})
    assert unanswered.status == 409
    assert unanswered.title.startswith("Perlu dipilih:")
    assert 'value="Salah wilayah"' in unanswered.html
    with app.app_context():
        _edit(cast.dodi, action, area="Kelurahan")
    overtaken = client.submit(page, "undo", {name: "old", "reason": "Salah wilayah"})
    assert overtaken.status == 409
    assert "Kelurahan" in overtaken.text
    assert overtaken.form("undo").filled({})[name] == "old"
    with app.app_context():
        assert (the_item("action", action.id).area, the_item("action", action.id).code) == (
            "Kelurahan",
            "A.2",
        )
    client.submit(overtaken, "undo", {})
    with app.app_context():
        assert (the_item("action", action.id).area, the_item("action", action.id).code) == ("Kota", "A.1")


def test_the_page_says_what_stays_and_why(app: Flask, client: LookingClient, cast: Cast) -> None:
    with app.app_context():
        roadmap = a_plan(cast, problems=1, actions=1, modalities=1)
        adopted(cast, roadmap)
        roadmap_id = roadmap.id
        added = next(
            act.seq for act in acts(roadmap_id) if act.revisions and act.revisions[0].kind == "action"
        )
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap_id}/changes/{added}/undo")
    assert "1 hal tetap seperti sekarang" in page.text
    assert "sudah disetujui dalam sebuah edisi, jadi tidak dihapus" in page.text
    assert "bagian akan berubah" not in page.text
    refused = client.get(f"/roadmaps/{roadmap_id}/changes/1/undo")
    assert refused.status == 409
    assert "dapat diubah satu per satu" in refused.text


def test_the_notice_of_ones_own_act_offers_to_take_it_back(
    app: Flask, client: LookingClient, cast: Cast
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Melatih petugas", area="Kota")
    sign_in(client, cast.rina)
    saved = client.submit(
        client.get(f"/actions/{action.id}/edit/area"), f"action-{action.id}-area-form", {"area": "Desa"}
    )
    client.submit(saved, "undo-own", {})
    with app.app_context():
        assert the_item("action", action.id).area == "Kota"
    removed = client.submit(client.get(f"/actions/{action.id}/removal"), "removal", {})
    client.submit(removed, "undo-own", {})
    with app.app_context():
        assert the_item("action", action.id).removed_at is None


def test_one_press_twice_is_one_undo(app: Flask, client: LookingClient, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, area="Kota")
    with app.app_context():
        seq = _edit(cast.dodi, action, area="Desa")
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/changes/{seq}/undo")
    for _press in range(2):
        assert client.submit(page, "undo", {}).status == 200
    with app.app_context():
        assert head(roadmap.id) == seq + 1


@pytest.mark.engines("sqlite")
def test_who_may_not_is_offered_nothing(app: Flask, client: LookingClient, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    own = an_action(cast, roadmap, title="Punya Dinsos", lead=cast.dinsos)
    others = an_action(cast, roadmap, title="Punya Kominfo", lead=cast.kominfo)
    with app.app_context():
        mine, theirs = (_edit(cast.rina, item, area="Desa") for item in (own, others))
    for person, allowed in ((cast.yusuf, set()), (cast.maria, set()), (cast.oki, {mine})):
        sign_in(client, person)
        history = client.get(f"/roadmaps/{roadmap.id}/history")
        offered = {one["href"].split("/")[-2] for one in history.all("a[href$='/undo']")}
        assert offered >= {str(seq) for seq in allowed}
        assert str(theirs) not in offered
        for seq in (mine, theirs):
            address = f"/roadmaps/{roadmap.id}/changes/{seq}"
            assert client.get(f"{address}/undo").status == (200 if seq in allowed else 403)
            assert ("Urungkan" in client.get(address).links) is (seq in allowed)
