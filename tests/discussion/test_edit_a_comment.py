"""Changing one's own comment: what it said before stays in its history."""

import pytest

from roadmap.discussion import operations
from roadmap.errors import NotAllowed, NotThere, NotValid
from roadmap.history.errors import EditConflict, NoSuchVersion
from roadmap.history.queries import snapshot_at
from tests.discussion.talks import a_thread, holds_together, last_act, now, seen
from tests.factories import a_roadmap


def test_yusuf_mends_his_comment_and_the_old_words_stay_in_its_history(cast, ctx, clock):
    roadmap = a_roadmap(cast)
    opening = seen(a_thread(cast, roadmap, level="tim"), cast.yusuf).opening
    clock.advance(hours=1)
    comment = operations.edit_comment(cast.yusuf, opening.id, opening.version, "Mohon sebutkan tahunnya.")
    assert (comment.body, comment.version) == ("Mohon sebutkan tahunnya.", 2)
    assert snapshot_at(comment, 1)["body"] == opening.body
    act = last_act(roadmap, cast.rina)
    assert act is not None
    assert (act.verb, act.audience) == ("edit-comment", "tim")
    assert last_act(roadmap, cast.maria) is None
    assert holds_together(roadmap)


def test_the_reader_sees_that_it_was_changed(cast, ctx, clock):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap)
    opening = seen(thread, cast.yusuf).opening
    assert opening.edited_at is None
    written = clock.now
    clock.advance(hours=1)
    operations.edit_comment(cast.yusuf, opening.id, 1, "Lebih jelas.")
    opening = seen(thread, cast.rina).opening
    assert (opening.at, opening.edited_at) == (written, clock.now)


def test_nothing_changed_means_nothing_happened(cast, ctx):
    roadmap = a_roadmap(cast)
    opening = seen(a_thread(cast, roadmap), cast.yusuf).opening
    seq = now(roadmap).head_seq
    operations.edit_comment(cast.yusuf, opening.id, 1, f"{opening.body}  \n")
    assert now(roadmap).head_seq == seq


def test_anothers_comment_is_not_to_be_changed_and_a_hidden_one_is_not_there(cast, ctx):
    roadmap = a_roadmap(cast)
    opening = seen(a_thread(cast, roadmap, level="oms_mentor"), cast.yusuf).opening
    with pytest.raises(NotAllowed):
        operations.edit_comment(cast.maria, opening.id, 1, "Saya ubah")
    for person in (cast.rina, cast.adi, cast.eka):
        with pytest.raises(NotThere):
            operations.edit_comment(person, opening.id, 1, "Saya ubah")
    with pytest.raises(NotThere):
        operations.edit_comment(cast.yusuf, 999_999, 1, "Saya ubah")


def test_words_are_needed_and_the_version_is_one_it_had(cast, ctx):
    roadmap = a_roadmap(cast)
    opening = seen(a_thread(cast, roadmap), cast.yusuf).opening
    with pytest.raises(NotValid) as refusal:
        operations.edit_comment(cast.yusuf, opening.id, 1, "  ")
    assert list(refusal.value.errors) == ["body"]
    with pytest.raises(NoSuchVersion):
        operations.edit_comment(cast.yusuf, opening.id, 7, "Lain")


def test_two_browsers_of_one_person_merge_lines_and_clash_on_the_same_one(cast, ctx):
    roadmap = a_roadmap(cast)
    opening = seen(a_thread(cast, roadmap, words="Satu\n\nDua\n\nTiga"), cast.yusuf).opening
    operations.edit_comment(cast.yusuf, opening.id, 1, "Satu!\n\nDua\n\nTiga")
    comment = operations.edit_comment(cast.yusuf, opening.id, 1, "Satu\n\nDua\n\nTiga!")
    assert comment.body == "Satu!\n\nDua\n\nTiga!"
    with pytest.raises(EditConflict) as clash:
        operations.edit_comment(cast.yusuf, opening.id, 1, "Satu?\n\nDua\n\nTiga")
    assert list(clash.value.clashes) == ["body"]
    assert holds_together(roadmap)


def test_whoever_lost_the_role_does_not_change_their_old_words(cast, ctx):
    from datetime import date

    from roadmap.extensions import db
    from roadmap.people.models import Membership
    from roadmap.work import unit_of_work

    roadmap = a_roadmap(cast)
    opening = seen(a_thread(cast, roadmap), cast.yusuf).opening
    with unit_of_work():
        held = db.session.query(Membership).filter_by(person_id=cast.yusuf.id).one()
        held.starts_on, held.ends_on = date(2020, 1, 1), date(2020, 1, 2)
    with pytest.raises(NotThere):
        operations.edit_comment(cast.yusuf, opening.id, 1, "Masih saya")
