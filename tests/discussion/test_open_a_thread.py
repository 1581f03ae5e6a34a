"""Opening a thread: about what, in which words, for whom; and what the record says of it."""

from uuid import uuid4

import pytest

from roadmap.discussion import operations
from roadmap.discussion.events import ThreadOpened
from roadmap.discussion.models import Nature
from roadmap.discussion.operations import About
from roadmap.discussion.queries import counts_of, threads_of
from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.errors import NoSuchVersion
from roadmap.history.models import Changeset
from roadmap.people.roles import Role, Visibility
from roadmap.plan.events import PlanChanged
from roadmap.plan.operations import edit_item, remove_item
from roadmap.review.models import Round
from roadmap.review.queries import facts_of
from roadmap.work import listen
from tests.discussion.talks import WORDS, a_thread, holds_together, last_act, now, seen
from tests.factories import a_roadmap, an_action


def test_yusuf_suggests_something_on_a_field_and_it_stands_there_as_he_wrote_it(cast, ctx, clock):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    thread = a_thread(cast, roadmap, about=action, field="title", wants_answer=True, notified=[cast.rina.uid])
    view = seen(thread, cast.dodi)
    assert (view.about, view.about_version) == (About("action", action.uid, "title"), 1)
    assert (view.nature, view.visibility, view.wants_answer) == (Nature.SUGGESTION, Visibility.MEMBERS, True)
    assert (view.is_resolved, view.count, view.at) == (False, 1, clock.now)
    said = view.opening
    assert (said.body, said.author_uid, said.role) == (WORDS, cast.yusuf.uid, Role.PARTNER)
    assert said.organisation is not None
    assert said.organisation.name == cast.oms.name
    assert said.notified == (cast.rina.uid,)
    assert holds_together(roadmap)


def test_one_act_is_written_down_with_thread_and_comment_and_without_their_words(cast, ctx):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    thread = a_thread(cast, roadmap, about=action)
    act = last_act(roadmap, cast.dodi)
    assert act is not None
    assert (act.verb, act.audience, act.reason) == ("open-thread", None, "")
    assert sorted(revision.kind for revision in act.revisions) == ["comment", "thread"]
    assert act.payload["thread"] == thread.uid
    assert act.payload["about"] == action.uid
    assert WORDS not in str(act.payload)


def test_a_thread_can_be_about_the_roadmap_an_office_or_something_removed(cast, ctx):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    remove_item(cast.rina, "action", action.id)
    a_thread(cast, roadmap)
    operations.open_thread(
        cast.yusuf,
        roadmap.id,
        About("organisation", cast.dinsos.uid),
        "Siapa narahubungnya?",
        nature="pertanyaan",
        visibility="tim",
    )
    a_thread(cast, roadmap, about=action)
    counts = counts_of(now(roadmap), cast.rina)
    assert counts == {
        (roadmap.uid, ""): (1, 1),
        (cast.dinsos.uid, ""): (1, 1),
        (action.uid, ""): (1, 1),
    }


def test_what_is_not_of_this_roadmap_is_not_there(cast, ctx):
    roadmap = a_roadmap(cast)
    other = an_action(cast, a_roadmap(cast))
    action = an_action(cast, roadmap)
    for about in (
        About("action", other.uid),
        About("problem", action.uid),
        About("action", str(uuid4())),
        About("action", action.uid, "targets"),
        About("roadmap", other.uid),
        About("roadmap", roadmap.uid, "title"),
        About("organisation", cast.foreign_office.uid),
        About("thread", str(uuid4())),
    ):
        with pytest.raises(NotThere):
            operations.open_thread(
                cast.yusuf, roadmap.id, about, WORDS, nature="saran", visibility="tim_mentor"
            )
    with pytest.raises(NotThere):
        a_thread(cast, roadmap, by=cast.eka)
    with pytest.raises(NotThere):
        a_thread(cast, roadmap, by=cast.adi)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("body", {"words": " \n\t"}),
        ("body", {"words": "a" * 10_001}),
        ("nature", {"nature": "gosip"}),
        ("visibility", {"level": "semua"}),
        ("visibility", {"level": "oms_mentor", "by": "rina"}),
    ],
)
@pytest.mark.engines("sqlite")
def test_what_cannot_be_stored_is_said_beside_its_field(cast, ctx, field, wrong):
    roadmap = a_roadmap(cast)
    who = getattr(cast, wrong.pop("by", "yusuf"))
    with pytest.raises(NotValid) as refusal:
        a_thread(cast, roadmap, by=who, **wrong)
    assert list(refusal.value.errors) == [field]
    assert now(roadmap).head_seq == 1


def test_only_who_may_read_it_can_be_told_of_it(cast, ctx):
    roadmap = a_roadmap(cast)
    for level, who in (("tim", "maria"), ("oms_mentor", "rina"), ("publik", "adi"), ("publik", "eka")):
        with pytest.raises(NotValid) as refusal:
            a_thread(cast, roadmap, level=level, notified=[getattr(cast, who).uid])
        assert list(refusal.value.errors) == ["notified"]
    with pytest.raises(NotValid):
        a_thread(cast, roadmap, notified=["siapa saja"])
    thread = a_thread(cast, roadmap, level="oms_mentor", notified=[cast.maria.uid, cast.yusuf.uid])
    assert seen(thread, cast.maria).opening.notified == (cast.maria.uid,)


def test_a_thread_names_the_version_on_the_writers_screen(cast, ctx):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    edit_item(cast.rina, "action", action.id, 1, {"title": "Kanal baru"})
    assert seen(a_thread(cast, roadmap, about=action), cast.rina).about_version == 2
    assert seen(a_thread(cast, roadmap, about=action, about_version=1), cast.rina).about_version == 1
    with pytest.raises(NoSuchVersion):
        a_thread(cast, roadmap, about=action, about_version=9)


def test_talk_is_no_drafting_opens_no_round_and_is_told_to_those_who_listen(cast, ctx):
    from tests.review.stories import approved

    heard: list[object] = []
    listen(ThreadOpened, heard.append)
    listen(PlanChanged, heard.append)
    roadmap, _edition = approved(cast)
    heard.clear()
    rounds = db.session.query(Round).count()
    a_thread(cast, roadmap, by=cast.wali)
    assert [type(one) for one in heard] == [ThreadOpened]
    assert db.session.query(Round).count() == rounds
    assert facts_of([roadmap.id])[roadmap.id].undecided is None


def test_a_mentor_who_comments_may_still_judge_and_the_talk_counts_as_no_change(cast, ctx):
    from roadmap.history.queries import binding_acts
    from roadmap.review import operations as review
    from roadmap.review.models import Judgement
    from tests.review.stories import in_review

    roadmap, submission = in_review(cast)
    thread = a_thread(cast, roadmap, by=cast.maria)
    operations.reply(cast.maria, thread.id, "Satu lagi.")
    assert binding_acts(roadmap.id, submission.seq, now(roadmap).head_seq) == []
    review.judge(cast.maria, submission.id, Judgement.PASSED, "Baik.")
    assert db.session.query(Changeset).filter_by(verb="pass").count() == 1


def test_the_newest_open_thread_stands_first_and_pages_hold_so_many(cast, ctx):
    roadmap = a_roadmap(cast)
    threads = [a_thread(cast, roadmap, words=f"Saran {number}") for number in range(5)]
    operations.resolve(cast.yusuf, threads[4].id, "Sudah.")
    operations.reply(cast.rina, threads[1].id, "Terima kasih.")
    roadmap = now(roadmap)
    page = threads_of(roadmap, cast.rina, size=3)
    assert [one.opening.body for one in page.items] == ["Saran 1", "Saran 3", "Saran 2"]
    assert (page.total, page.pages, page.items[0].count) == (5, 2, 2)
    page = threads_of(roadmap, cast.rina, size=3, wanted=9)
    assert [one.opening.body for one in page.items] == ["Saran 0", "Saran 4"]


def test_threads_are_found_by_what_they_are(cast, ctx):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    asked = a_thread(cast, roadmap, nature="pertanyaan", wants_answer=True)
    on_title = a_thread(cast, roadmap, by=cast.maria, about=action, field="title")
    done = a_thread(cast, roadmap, by=cast.rina, nature="apresiasi")
    operations.resolve(cast.rina, done.id, "Sama-sama.")
    roadmap = now(roadmap)

    def found(**wishes) -> list[int]:
        return [one.id for one in threads_of(roadmap, cast.rina, **wishes).items]

    assert found(nature="pertanyaan") == [asked.id]
    assert found(wants_answer=True) == [asked.id]
    assert found(about=action.uid) == [on_title.id]
    assert found(about=action.uid, field="") == []
    assert found(about_kind="action", field="title") == [on_title.id]
    assert found(author=cast.maria.uid) == [on_title.id]
    assert found(is_resolved=True) == [done.id]
    assert found(is_resolved=False) == [on_title.id, asked.id]
