"""The table of rights, cell by cell, written down a second time by hand from the design, and asked at the gate.

A letter for each role: D penyusun · O operator OPD · P mitra OMS · M mentor · V verifikator · L pimpinan ·
S staf pimpinan · A admin daerah.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from roadmap.errors import NotAllowed, NotThere, StepNotOpen
from roadmap.people import operations
from roadmap.people.access import Place, allows, require
from roadmap.people.models import Membership, Person
from roadmap.people.roles import REGION_ACTS, Act, Role, Stage, exclude_each_other
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_roadmap

LETTERS = {
    "D": Role.DRAFTER,
    "O": Role.OPERATOR,
    "P": Role.PARTNER,
    "M": Role.MENTOR,
    "V": Role.VERIFIER,
    "L": Role.LEADER,
    "S": Role.LEADER_STAFF,
    "A": Role.ADMIN,
}
EVERY = (
    "draf konsultasi telaah perbaikan verifikasi diajukan disetujui ditetapkan pelaksanaan selesai digantikan"
)
OPEN = "draf konsultasi telaah perbaikan verifikasi diajukan disetujui ditetapkan pelaksanaan"

# act: who holds it, and at which stages it can be used
TABLE: dict[str, tuple[str, str]] = {
    "see": ("D O P M V L S", EVERY),
    "create-roadmap": ("D", EVERY),
    "edit": ("D", OPEN),
    "edit-own-office": ("O", OPEN),
    "submit": ("D", "draf konsultasi perbaikan telaah verifikasi"),
    "withdraw": ("D", "telaah verifikasi diajukan"),
    "open-consultation": ("D", "draf perbaikan"),
    "end-consultation": ("D", "konsultasi"),
    "comment": ("D O P M V L S", EVERY),
    "resolve": ("D", EVERY),
    "judge-review": ("M", "telaah"),
    "judge-verification": ("V", "verifikasi"),
    "judge-submission": ("L", "diajukan"),
    "record-decision": ("S", "diajukan"),
    "close-text": ("D M A", EVERY),
    "adopt": ("D L", OPEN),
    "implement": ("D L", "ditetapkan pelaksanaan"),
    "manage-people": ("A", EVERY),
    "manage-organisations": ("A", EVERY),
    "manage-vocabulary": ("A", EVERY),
    "manage-settings": ("A", EVERY),
}
OF_A_REGION = {
    "create-roadmap",
    "manage-people",
    "manage-organisations",
    "manage-vocabulary",
    "manage-settings",
}
SEES_DRAFTS = "D O P M V L S"


def expected(act: str, letter: str, stage: str) -> type[Exception] | None:
    """What the design says that this role meets."""
    holders, stages = TABLE[act]
    if letter not in holders.split():
        # An administrator knows of the region, not of its drafts.
        knows = act in OF_A_REGION or letter in SEES_DRAFTS.split()
        return NotAllowed if knows else NotThere
    return None if stage in stages.split() else StepNotOpen


def met(person: Person, act: Act, place: Place) -> type[Exception] | None:
    try:
        require(person, act, place)
    except (NotThere, NotAllowed, StepNotOpen) as refusal:
        return type(refusal)
    return None


def cells() -> Iterator[tuple[str, str, str]]:
    yield from ((act, letter, stage) for act in TABLE for letter in LETTERS for stage in EVERY.split())


def test_every_act_stage_and_role_stands_in_the_table():
    assert sorted(TABLE) == sorted(act.value for act in Act)
    assert set(EVERY.split()) == {stage.value for stage in Stage}
    assert set(LETTERS.values()) == set(Role)
    assert {act.value for act in REGION_ACTS} == OF_A_REGION


def test_in_the_own_region_everyone_meets_what_the_table_says(cast: Cast, ctx):
    # 21 acts × 8 roles × 11 stages, on no roadmap in particular: a region-wide role holds for all.
    wrong = []
    for act, letter, stage in cells():
        person = cast.team[LETTERS[letter]]
        found = met(person, Act(act), Place(cast.city.id, 1, Stage(stage)))
        if found != expected(act, letter, stage):
            wrong.append((act, letter, stage, found))
    assert wrong == []


def test_what_is_shown_agrees_with_what_is_let_through(cast: Cast, ctx):
    wrong = []
    for act, letter, stage in cells():
        person, place = cast.team[LETTERS[letter]], Place(cast.city.id, 1, Stage(stage))
        if allows(person, Act(act), place) != (expected(act, letter, stage) is None):
            wrong.append((act, letter, stage))
    assert wrong == []


CITY_PEOPLE = ["rina", "oki", "yusuf", "maria", "vera", "wali", "sari", "adi", "nina"]


def test_in_another_region_nobody_knows_of_anything(cast: Cast, ctx):
    for name in CITY_PEOPLE:
        person = getattr(cast, name)
        for act in Act:
            for stage in Stage:
                assert met(person, act, Place(cast.elsewhere.id, 1, stage)) is NotThere
                assert not allows(person, act, Place(cast.elsewhere.id, 1, stage))


def test_the_stranger_and_who_has_no_role_do_not_know_of_the_city(cast: Cast, ctx):
    for person in (cast.eka, cast.nina):
        for act in Act:
            for stage in Stage:
                assert met(person, act, Place(cast.city.id, 1, stage)) is NotThere


def test_a_role_on_one_roadmap_holds_there_and_nowhere_else(cast: Cast, ctx):
    here, beside = a_roadmap(cast, title="Ini").id, a_roadmap(cast, title="Itu").id
    for letter, role in LETTERS.items():
        person = _somebody(letter)
        with unit_of_work(here):
            _give(cast, person, role, roadmap_id=here)
        for act in Act:
            wanted = expected(act, letter, Stage.DRAFT)
            assert met(person, act, Place(cast.city.id, here, Stage.DRAFT)) == wanted, (letter, act)
            assert met(person, act, Place(cast.city.id, beside, Stage.DRAFT)) is NotThere, (letter, act)
            assert met(person, act, Place(cast.city.id)) is NotThere, (letter, act)


def test_a_role_gives_nothing_before_its_first_day_and_from_its_last_day_on(cast: Cast, ctx, clock):
    people = {letter: _somebody(letter) for letter in LETTERS}
    for letter, person in people.items():
        days = {"starts_on": date(2026, 11, 3), "ends_on": date(2026, 11, 5)}
        _give(cast, person, LETTERS[letter], **days)
    for day, holds in (("02T23:59", False), ("03T00:00", True), ("04T23:59", True), ("05T00:00", False)):
        clock.set(f"2026-11-{day}+07:00")
        for letter, person in people.items():
            for act in Act:
                wanted = expected(act, letter, Stage.DRAFT) if holds else NotThere
                found = met(person, act, Place(cast.city.id, 1, Stage.DRAFT))
                assert found == wanted, (day, letter, act)


def test_the_rights_of_several_roles_add_up(cast: Cast, ctx):
    for role in (Role.MENTOR, Role.ADMIN):
        _give(cast, cast.nina, role)
    for act in Act:
        wanted = None if {"M", "A"} & set(TABLE[act][0].split()) else NotAllowed
        found = met(cast.nina, act, Place(cast.city.id, 1, None))
        assert found == wanted, act


def test_the_day_is_the_regions_own(cast: Cast, ctx, clock):
    # 23.30 WIB on the 2nd is 00.30 WITA on the 3rd.
    clock.set("2026-11-02T23:30+07:00")
    with unit_of_work():
        for region in (cast.city, cast.elsewhere):
            operations.give_membership(None, cast.nina, Role.MENTOR, region.id, starts_on=date(2026, 11, 3))
    assert met(cast.nina, Act.SEE, Place(cast.city.id)) is NotThere
    assert met(cast.nina, Act.SEE, Place(cast.elsewhere.id)) is None


@pytest.mark.parametrize(
    ("one", "other", "excluded"),
    [
        (one, other, {one, other} & {"D", "O"} and {one, other} & {"M", "V", "L"})
        for one in LETTERS
        for other in LETTERS
    ],
)
def test_nobody_holds_roles_with_which_they_judge_what_they_edit(one, other, excluded):
    assert exclude_each_other([LETTERS[one]], [LETTERS[other]]) == bool(excluded)


def _somebody(letter: str) -> Person:
    return operations.create_person(f"Orang {letter}", f"orang-{letter.lower()}@contoh.go.id")


def _give(cast: Cast, person: Person, role: Role, **more) -> Membership:
    office = cast.kominfo if role == Role.OPERATOR else None
    return operations.give_membership(None, person, role, cast.city.id, organisation=office, **more)
