"""What of the talk goes into an edition: only what is public, under the name of an office or a role."""

from roadmap.discussion import operations
from roadmap.discussion.operations import About
from roadmap.discussion.publishing import public_threads, published_threads
from roadmap.plan.document import build_document
from roadmap.plan.operations import remove_item
from roadmap.plan.queries import outline_as_of
from tests.discussion.talks import a_thread, now
from tests.factories import a_roadmap, an_action


def test_public_words_go_along_and_no_others(cast, ctx, clock):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    thread = a_thread(cast, roadmap, about=action, field="title", level="publik", words="Kami dukung.")
    for level in ("oms_mentor", "tim", "tim_mentor"):
        operations.reply(cast.yusuf, thread.id, f"Rahasia {level}", visibility=level)
        a_thread(cast, roadmap, about=action, level=level, words=f"Rahasia {level}")
    operations.reply(cast.wali, thread.id, "Terima kasih.")
    operations.resolve(cast.rina, thread.id, "Dijawab Wali Kota.")
    seq = now(roadmap).head_seq
    operations.reply(cast.rina, thread.id, "Sesudahnya.")
    (entry,) = public_threads(now(roadmap), seq)
    comments = entry.pop("comments")
    assert entry == {
        "uid": thread.uid,
        "about_kind": "action",
        "about": action.uid,
        "field": "title",
        "nature": "saran",
        "is_resolved": True,
        "resolution": "Dijawab Wali Kota.",
        "on": "2026-11-02",
        "by": {"organisation": "Perkumpulan Contoh Setara", "role": "mitra"},
    }
    assert [(one["body"], one["by"]) for one in comments] == [
        ("Kami dukung.", {"organisation": "Perkumpulan Contoh Setara", "role": "mitra"}),
        ("Terima kasih.", {"organisation": "", "role": "pimpinan"}),
    ]


def test_the_document_names_no_person_and_nothing_that_is_hidden(cast, ctx):
    roadmap = a_roadmap(cast)
    a_thread(cast, roadmap, level="publik", notified=[cast.rina.uid])
    a_thread(cast, roadmap, level="oms_mentor", words="Rahasia")
    roadmap = now(roadmap)
    document = build_document(roadmap, outline_as_of(roadmap.id, roadmap.head_seq), roadmap.head_seq)
    assert len(published_threads(document)) == 1
    written = str(document)
    for person in (cast.yusuf, cast.rina):
        assert person.name not in written
        assert person.uid not in written
    assert "Rahasia" not in written


def test_talk_about_what_was_removed_stays_behind_and_an_office_goes_along_by_its_name(cast, ctx):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    a_thread(cast, roadmap, about=action, level="publik")
    remove_item(cast.rina, "action", action.id)
    operations.open_thread(
        cast.rina,
        roadmap.id,
        About("organisation", cast.dinsos.uid),
        "Kantor ini buka hari Sabtu.",
        nature="apresiasi",
        visibility="publik",
    )
    roadmap = now(roadmap)
    (entry,) = public_threads(roadmap, roadmap.head_seq)
    assert (entry["about_kind"], entry["about_name"]) == ("organisation", "Dinas Sosial")


def test_an_edition_from_before_people_could_talk_has_no_threads():
    assert published_threads({"format": 1}) == []


def test_people_take_their_own_words_away_with_their_data_and_nobody_elses(cast, ctx):
    from roadmap.people.hooks import own_parts_of

    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, level="oms_mentor", words="Kata saya")
    operations.reply(cast.maria, thread.id, "Kata mentor")
    comments = own_parts_of(cast.yusuf)["comments"]
    assert isinstance(comments, list)
    assert [(one["body"], one["thread"], one["visibility"]) for one in comments] == [
        ("Kata saya", thread.uid, "oms_mentor")
    ]
    assert "Kata mentor" not in str(own_parts_of(cast.yusuf))
