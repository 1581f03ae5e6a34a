"""Comments are found by those who read them, and by nobody else: neither as a hit, nor in a count, nor in a snippet."""

from sqlalchemy import select

from roadmap.discussion import operations as talk
from roadmap.discussion.models import Comment, Thread
from roadmap.discussion.rules import About
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from tests.cast import Cast, at_home, sign_in
from tests.factories import a_roadmap, an_action
from tests.page import LookingClient, Page


@at_home
def said(
    cast: Cast, roadmap: Roadmap, by: Person, words: str, level: str = "tim_mentor", **more: About
) -> Thread:
    """A thread on the roadmap, or on what is named (about=), with one comment."""
    about = more.get("about") or About("roadmap", roadmap.uid)
    return talk.open_thread(by, roadmap.id, about, words, nature="saran", visibility=level)


def ask(client: LookingClient, roadmap: Roadmap, words: str) -> Page:
    return client.get(f"/roadmaps/{roadmap.id}/search", query_string={"cari": words})


def hits(page: Page) -> int:
    return len(page.all(".hits li"))


def test_a_comment_is_found_with_who_said_it_and_leads_to_its_place(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Rumah aman")
    thread = said(
        cast, roadmap, cast.yusuf, "Mohon **juru bahasa** isyarat.", about=About("action", action.uid)
    )
    sign_in(client, cast.rina)
    page = ask(client, roadmap, "isyarat")
    assert page.region("search-heading").text == "1 hasil untuk ‘isyarat’"
    assert page.one(".hits h3").text == "Komentar 1"
    assert page.one(".snippet").text == "Yusuf Tanoto: Mohon juru bahasa isyarat."
    link = page.one(".hits a.item-link")
    assert link.text.startswith("Rumah aman")
    assert link["href"] == f"/threads/{thread.id}"
    with cast.app.app_context():
        reply = talk.reply(cast.rina, thread.id, "Akan ditanyakan kepada Gerakan Tuli.").id
    link = ask(client, roadmap, "tuli").one(".hits a.item-link")
    assert link["href"] == f"/threads/{thread.id}#comment-{reply}-heading"
    assert client.get(link["href"]).has_region(f"comment-{reply}-heading")


def test_each_level_is_found_by_its_readers_alone(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    for level in ("oms_mentor", "tim", "tim_mentor", "publik"):
        said(cast, roadmap, cast.yusuf, f"Kenari {level.replace('_', '')}", level)
    for name, count in (
        ("yusuf", 4),
        ("maria", 3),
        ("rina", 3),
        ("oki", 3),
        ("vera", 2),
        ("wali", 2),
        ("sari", 2),
    ):
        reader = client.another()
        sign_in(reader, getattr(cast, name))
        page = ask(reader, roadmap, "kenari")
        assert (hits(page), page.one(".hits h3").text) == (count, f"Komentar {count}"), name
        assert ("omsmentor" in page.text) is (name in {"yusuf", "maria"}), name
        sees_team = name in {"yusuf", "rina", "oki"}
        assert hits(ask(reader, roadmap, "kenari tim")) == 1 + sees_team, name  # the last word goes on
    sign_in(client, cast.vera)
    nothing = ask(client, roadmap, "omsmentor")
    assert nothing.region("search-heading").text == "Tidak ada yang cocok dengan ‘omsmentor’."


def test_a_narrower_reply_in_a_wider_thread_stays_narrow(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    thread = said(cast, roadmap, cast.rina, "Semua membaca ini.")
    with cast.app.app_context():
        talk.reply(cast.yusuf, thread.id, "Kenari kecil.", visibility="oms_mentor")
    for name, count in (("yusuf", 1), ("maria", 1), ("rina", 0), ("wali", 0)):
        reader = client.another()
        sign_in(reader, getattr(cast, name))
        assert hits(ask(reader, roadmap, "kenari")) == count, name


def test_what_one_said_oneself_is_found_whatever_ones_role(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    said(cast, roadmap, cast.rina, "Kenari tim.", "tim")
    sign_in(client, cast.rina)
    assert hits(ask(client, roadmap, "kenari")) == 1


def test_an_edited_comment_is_found_by_its_new_words_only(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    said(cast, roadmap, cast.yusuf, "Kenari kuning.")
    with cast.app.app_context():
        comment = db.session.scalars(select(Comment)).one()
        talk.edit_comment(cast.yusuf, comment.id, comment.version, "Gagak hitam.")
    sign_in(client, cast.rina)
    assert (hits(ask(client, roadmap, "kenari")), hits(ask(client, roadmap, "gagak"))) == (0, 1)


def test_a_closed_comment_is_not_found_any_more(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    said(cast, roadmap, cast.yusuf, "Korban bernama Kenari.")
    with cast.app.app_context():
        comment = db.session.scalars(select(Comment)).one()
        talk.close_comment(cast.maria, comment.id, basis="UU PDP", reason="Nama korban")
    sign_in(client, cast.yusuf)
    for words in ("kenari", "korban", "ditutup"):
        assert hits(ask(client, roadmap, words)) == 0


def test_the_reason_a_thread_was_closed_with_is_found(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    thread = said(cast, roadmap, cast.yusuf, "Mohon ditambah.", "tim")
    with cast.app.app_context():
        talk.resolve(cast.rina, thread.id, "Sudah ditambahkan pada kenari.")
    sign_in(client, cast.yusuf)
    assert ask(client, roadmap, "kenari").one(".hits h3").text == "Percakapan yang selesai 1"
    sign_in(client, cast.wali)
    assert hits(ask(client, roadmap, "kenari")) == 0


def test_comments_do_not_decide_what_the_overview_shows(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Rumah aman")
    said(cast, roadmap, cast.yusuf, "Kenari.", "oms_mentor", about=About("action", action.uid))
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}?view=tabel&cari=kenari")
    assert page.region("outline-heading").text == "Tabel: 0 dari 1 rencana aksi"
