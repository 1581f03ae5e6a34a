"""Words nobody came back for go after 90 days, never before their owner was told two weeks ahead."""

from flask import Flask
from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.letters import post_words_will_go
from roadmap.history.operations import keep_words, settle_words
from roadmap.history.purging import purge_words
from roadmap.history.queries import waiting_words_of
from roadmap.history.working_copies import Typed, write_down
from roadmap.mail import OutboxMail
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.conftest import Clock
from tests.page import LookingClient


def _mails() -> list[tuple[str, str]]:
    return [
        (one.recipient, one.body) for one in db.session.scalars(select(OutboxMail).order_by(OutboxMail.id))
    ]


def test_the_owner_is_told_once_and_the_words_go_two_weeks_later(
    ctx: Flask, cast: Cast, clock: Clock
) -> None:
    write_down(cast.rina, Typed("/actions/1/edit", (("title", "Belum disimpan"),)))
    with unit_of_work():
        keep_words(cast.rina, {"title": "Belum masuk"}, "clash", "/actions/2")
        settled = keep_words(cast.rina, {"title": "Sudah diputuskan"}, "clash", "/actions/3")
        assert settled is not None
        settle_words(cast.rina, settled.uid)
    clock.advance(days=75)
    assert (purge_words(post_words_will_go), _mails()) == (0, [])
    clock.advance(days=2)
    assert purge_words(post_words_will_go) == 0
    ((recipient, body),) = _mails()
    assert recipient == cast.rina.email
    assert body.startswith("2 tulisan Anda")
    assert "/kept-words" in body
    clock.advance(days=13)
    assert purge_words(post_words_will_go) == 0
    assert len(waiting_words_of(cast.rina.id)) == 2
    clock.advance(days=2)
    assert purge_words(post_words_will_go) == 2
    assert waiting_words_of(cast.rina.id) == []
    assert len(_mails()) == 1


def test_words_whose_owner_was_told_late_wait_two_weeks_more(ctx: Flask, cast: Cast, clock: Clock) -> None:
    write_down(cast.rina, Typed("/actions/1/edit", (("title", "Lama"),)))
    clock.advance(days=200)
    assert purge_words(post_words_will_go) == 0
    assert len(waiting_words_of(cast.rina.id)) == 1
    clock.advance(days=15)
    assert purge_words(post_words_will_go) == 1


def test_the_owner_reads_until_when_and_takes_the_words_away(
    app: Flask, cast: Cast, client: LookingClient, clock: Clock
) -> None:
    with app.app_context():
        write_down(cast.rina, Typed("/regions/1/roadmaps/new", (("vision", "Kota yang mendengar"),)))
        with unit_of_work():
            keep_words(cast.rina, {"reason": "Belum dibahas bersama"}, "clash", "/roadmaps/1/withdrawal")
    client.sign_in(cast.rina)
    assert client.get("/kept-words").text.count("Disimpan sampai 31 Januari 2027") == 2
    clock.advance(days=77)
    with app.app_context():
        purge_words(post_words_will_go)
    client.sign_in(cast.rina)
    for page in ("/kept-words", "/tasks"):
        assert client.get(page).text.count("Dihapus 1 Februari 2027") == 2
    text = client.get(client.get("/kept-words").link("Unduh semuanya sebagai teks")).body.decode()
    assert all(words in text for words in ("Kota yang mendengar", "Belum dibahas bersama"))
