"""Saving fields of an item: merged with what others saved meanwhile, never over it."""

import pytest

from roadmap.errors import NotAllowed, NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.check import faults_of
from roadmap.history.errors import EditConflict, ItemGone, NoSuchVersion
from roadmap.history.models import Roadmap
from roadmap.history.queries import revisions_of
from roadmap.plan.errors import FieldNotYours
from roadmap.plan.operations import edit_item, remove_item
from tests.factories import a_modality, a_problem, a_roadmap, an_action, an_indicator, the_item


def _clean(roadmap):
    assert list(faults_of(db.session.get_one(Roadmap, roadmap.id))) == []


def test_a_drafter_changes_one_field_and_the_record_names_just_that(ctx, cast):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    edited = edit_item(cast.rina, "action", action.id, 1, {"title": "Menyediakan kanal", "area": ""})
    assert edited.changed == ("title",)
    assert [one.changed for one in revisions_of(edited.item)][:1] == [["title"]]
    _clean(roadmap)


def test_two_people_in_different_fields_are_both_kept_without_a_question(ctx, cast):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    edit_item(cast.rina, "action", action.id, 1, {"ends_on": "2027-03-31"})
    edited = edit_item(cast.dodi, "action", action.id, 1, {"expected_result": "Setiap pengaduan dijawab."})
    item = the_item("action", action.id)
    assert (item.ends_on.isoformat(), item.expected_result) == ("2027-03-31", "Setiap pengaduan dijawab.")
    assert edited.changed == ("expected_result",)
    _clean(roadmap)


def test_two_people_in_one_field_are_asked_and_nothing_changes_until_they_choose(ctx, cast):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="A")
    edit_item(cast.rina, "action", action.id, 1, {"title": "B", "area": "Semua kecamatan"})
    with pytest.raises(EditConflict) as clash:
        edit_item(cast.dodi, "action", action.id, 1, {"title": "C", "area": "", "code": "1.1"})
    asked = clash.value.clashes
    assert {name: (one.base, one.theirs, one.mine) for name, one in asked.items()} == {
        "title": ("A", "B", "C")
    }
    assert clash.value.fields["area"] == "Semua kecamatan"
    assert clash.value.fields["code"] == "1.1"
    item = the_item("action", action.id)
    assert (item.title, item.code, item.version) == ("B", "", 2)
    edited = edit_item(cast.dodi, "action", action.id, clash.value.base_version, {"title": "C"})
    assert edited.changed == ("title",)
    _clean(roadmap)


def test_links_money_and_targets_of_two_people_come_together_entry_by_entry(ctx, cast):
    roadmap = a_roadmap(cast)
    one, two = a_problem(cast, roadmap, title="Satu"), a_problem(cast, roadmap, title="Dua")
    action = an_action(cast, roadmap, budget={"2026 apbd": 5})
    edit_item(
        cast.rina, "action", action.id, 1, {"problems": [one.uid], "budget": {"2026 apbd": 5, "2027 apbd": 7}}
    )
    edit_item(cast.dodi, "action", action.id, 1, {"problems": [two.uid], "budget": {"2026 apbd": 6}})
    item = the_item("action", action.id)
    assert item.problems == sorted([one.uid, two.uid])
    assert item.budget == {"2026 apbd": 6, "2027 apbd": 7}
    _clean(roadmap)


def test_the_same_words_again_are_no_act(ctx, cast):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="A")
    before = db.session.get_one(Roadmap, roadmap.id).head_seq
    edited = edit_item(cast.rina, "action", action.id, 1, {"title": "A"})
    assert edited.changed == ()
    assert db.session.get_one(Roadmap, roadmap.id).head_seq == before
    _clean(roadmap)


def test_an_operator_edits_the_own_offices_action_but_not_its_owners(ctx, cast):
    roadmap = a_roadmap(cast)
    own = an_action(cast, roadmap, lead=cast.dinsos)
    helped = an_action(cast, roadmap, lead=cast.kominfo, supporting=[cast.dinsos])
    other = an_action(cast, roadmap, lead=cast.kominfo)
    indicator = an_indicator(cast, own)
    assert edit_item(cast.oki, "action", own.id, 1, {"area": "Kota"}).changed == ("area",)
    assert edit_item(cast.oki, "action", helped.id, 1, {"area": "Kota"}).changed == ("area",)
    assert edit_item(cast.oki, "indicator", indicator.id, 1, {"unit": "orang"}).changed == ("unit",)
    with pytest.raises(FieldNotYours):
        edit_item(cast.oki, "action", own.id, 2, {"lead": cast.kominfo.uid})
    with pytest.raises(NotAllowed):
        edit_item(cast.oki, "action", other.id, 1, {"area": "Kota"})


@pytest.mark.parametrize("who", ["yusuf", "maria", "vera", "wali", "sari"])
def test_who_sees_the_draft_without_drafting_is_told_why_not(ctx, cast, who):
    action = an_action(cast, a_roadmap(cast))
    with pytest.raises(NotAllowed) as refusal:
        edit_item(getattr(cast, who), "action", action.id, 1, {"title": "X"})
    assert refusal.value.who_can == ("penyusun",)


@pytest.mark.parametrize("who", ["adi", "eka", "nina"])
def test_who_may_not_know_of_the_draft_finds_nothing(ctx, cast, who):
    action = an_action(cast, a_roadmap(cast))
    with pytest.raises(NotThere):
        edit_item(getattr(cast, who), "action", action.id, 1, {"title": "X"})


def test_what_another_region_or_roadmap_holds_cannot_be_named(ctx, cast):
    roadmap, elsewhere = a_roadmap(cast), a_roadmap(cast, by=cast.eka)
    foreign = a_problem(cast, elsewhere, by=cast.eka)
    action = an_action(cast, roadmap)
    for values in (
        {"problems": [foreign.uid]},
        {"lead": cast.foreign_office.uid},
        {"rights": ["6f2b2f7e-0000-4000-8000-000000000000"]},
        {"superseded_by": action.uid},
    ):
        with pytest.raises(NotValid) as refusal:
            edit_item(cast.rina, "action", action.id, 1, values)
        assert set(refusal.value.errors) == set(values)


def test_words_for_a_removed_item_or_from_a_version_it_never_had_are_refused(ctx, cast):
    roadmap = a_roadmap(cast)
    modality = a_modality(cast, roadmap)
    with pytest.raises(NoSuchVersion):
        edit_item(cast.rina, "modality", modality.id, 77, {"title": "X"})
    remove_item(cast.rina, "modality", modality.id)
    with pytest.raises(ItemGone):
        edit_item(cast.rina, "modality", modality.id, 1, {"title": "X"})


def test_a_link_to_a_removed_item_stays_and_comes_back_with_it(ctx, cast):
    roadmap = a_roadmap(cast)
    problem = a_problem(cast, roadmap)
    action = an_action(cast, roadmap, problems=[problem])
    remove_item(cast.rina, "problem", problem.id)
    edit_item(cast.rina, "action", action.id, 1, {"title": "Lain", "problems": [problem.uid]})
    assert the_item("action", action.id).problems == [problem.uid]
