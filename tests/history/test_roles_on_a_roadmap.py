"""A role on one roadmap is an act on it: recorded in the same transaction, told in its history."""

import pytest

from roadmap.errors import NotAllowed
from roadmap.extensions import db
from roadmap.people.models import Membership
from roadmap.people.operations import end_membership, give_membership
from roadmap.people.roles import Role
from roadmap.timeline.sentences import tell_acts
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_roadmap
from tests.history.log import acts, faults, head


def test_a_role_on_a_roadmap_is_given_and_ended_in_its_log(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    given = give_membership(cast.adi, cast.nina, Role.VERIFIER, cast.city.id, roadmap_id=roadmap.id)
    end_membership(cast.adi, cast.city.id, given.id)
    last = acts(roadmap.id)[-2:]
    assert [(act.verb, act.actor_uid, act.payload["person"], act.payload["role"]) for act in last] == [
        ("role-given", cast.adi.uid, cast.nina.uid, "verifikator"),
        ("role-ended", cast.adi.uid, cast.nina.uid, "verifikator"),
    ]
    assert faults(roadmap.id) == []
    with ctx.test_request_context():  # type: ignore[attr-defined]
        assert [one.text for one in tell_acts(roadmap, last, cast.rina)] == [
            "Adi Nugroho memberi Nina Kartika peran verifikator.",
            "Adi Nugroho mengakhiri peran verifikator bagi Nina Kartika.",
        ]


def test_a_role_in_the_whole_region_is_no_act_on_a_roadmap(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    before = head(roadmap.id)
    give_membership(cast.adi, cast.nina, Role.VERIFIER, cast.city.id)
    assert head(roadmap.id) == before


def test_several_roles_given_in_one_go_are_several_acts(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    before = head(roadmap.id)
    with unit_of_work(roadmap.id):
        for role in (Role.PARTNER, Role.LEADER_STAFF):
            give_membership(cast.adi, cast.nina, role, cast.city.id, roadmap_id=roadmap.id)
    assert head(roadmap.id) == before + 2
    assert faults(roadmap.id) == []


def test_a_role_that_is_refused_leaves_no_act(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    before, held = head(roadmap.id), db.session.query(Membership).count()
    with pytest.raises(NotAllowed):
        give_membership(cast.rina, cast.nina, Role.VERIFIER, cast.city.id, roadmap_id=roadmap.id)
    assert (head(roadmap.id), db.session.query(Membership).count()) == (before, held)
