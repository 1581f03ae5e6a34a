"""What is not yet agreed stands on the pages of those who decide, as far as they read it."""

from roadmap.discussion import operations
from tests.cast import sign_in
from tests.discussion.talks import a_thread
from tests.review.stories import at_the_leaders, first_action


def test_the_leader_sees_what_is_not_agreed_before_deciding_and_not_what_the_team_says(cast, client, app):
    with app.app_context():
        roadmap, submission = at_the_leaders(cast)
        action = first_action(roadmap)
        number, submitted = roadmap.id, submission.id
        for_all = a_thread(
            cast, roadmap, about=action, nature="belum_sepakat", words="Belum sepakat soal tahunnya."
        ).id
        a_thread(cast, roadmap, nature="belum_sepakat", level="tim", words="Hanya untuk tim.")
        a_thread(cast, roadmap, words="Ini saran saja.")
    sign_in(client, cast.wali)
    for address in (f"/roadmaps/{number}/brief", f"/submissions/{submitted}", f"/roadmaps/{number}/stages"):
        shown = client.get(address).region("slot-open-disputes")
        assert shown.one("h2").text == "Belum sepakat, perlu dibahas dulu (1)"
        assert shown.link("Belum sepakat soal tahunnya.") == f"/threads/{for_all}"
        assert "Yusuf Tanoto, Perkumpulan Contoh Setara" in shown
        assert "Menyediakan kanal pengaduan" in shown
    sign_in(client, cast.rina)
    assert "(2)" in client.get(f"/roadmaps/{number}/stages").region("slot-open-disputes").text
    with app.app_context():
        operations.resolve(cast.yusuf, for_all, "Disepakati.")
    sign_in(client, cast.wali)
    assert "Belum sepakat" not in client.get(f"/roadmaps/{number}/brief").region("slot-open-disputes").text


def test_beyond_a_number_the_rest_stands_on_the_page_of_threads(cast, client, app):
    with app.app_context():
        roadmap, _submission = at_the_leaders(cast)
        for count in range(8):
            a_thread(cast, roadmap, nature="belum_sepakat", words=f"Keberatan {count}")
        number = roadmap.id
    sign_in(client, cast.wali)
    shown = client.get(f"/roadmaps/{number}/brief").region("slot-open-disputes")
    assert len(shown.all("li")) == 6
    page = client.follow(shown, "Lihat semua yang belum sepakat (8)")
    assert "Keberatan 0" in page
    assert "Keberatan 7" in page
