"""What is being typed is written down for its writer alone, offered back with its age, and gone once it is saved."""

import contextvars
from functools import partial
from typing import Any

import pytest
from flask import Flask

from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.models import Changeset, KeptWords, WorkingCopy
from roadmap.history.unsaved import as_kept, of_person
from roadmap.history.working_copies import MOST_COPIES, MOST_SIGNS, Typed, discard, write_down
from roadmap.people.operations.closing import close_account
from roadmap.people.own_data import own_data_of
from roadmap.plan import operations
from roadmap.plan.models import Action
from tests.cast import Cast, sign_in
from tests.conftest import Clock
from tests.factories import a_roadmap, an_action, the_item
from tests.page import Form, LookingClient


@pytest.fixture
def action(cast: Cast) -> Action:
    return an_action(
        cast,
        a_roadmap(cast),
        title="Kanal pengaduan",
        expected_result="Warga dapat mengadu.",
        lead=cast.dinsos,
    )


def _typed(words: str, *, turn: int = 1, key: str = "satu", continues: str = "") -> Typed:
    values = (("fields", "title"), ("title", words))
    return Typed("/actions/1/edit", values, 1, turn, key, continues)


def _copies(app: Flask) -> list[WorkingCopy]:
    with app.app_context():
        return list(db.session.query(WorkingCopy).order_by(WorkingCopy.id))


def _kept(app: Flask) -> list[KeptWords]:
    with app.app_context():
        return list(db.session.query(KeptWords).order_by(KeptWords.id))


def _write(
    client: LookingClient, person: Any, form: Form, address: str, more: dict[str, str], **said: Any
) -> Any:
    """Send what stands in an opened form, with what was typed into it, as its script does."""
    fields = form.fields | more
    machinery = {"csrf_token", "act_key", "base_version", "kept_uid"}
    entry = {
        "person": person.uid,
        "address": address,
        "values": [
            [name, one]
            for name, value in fields.items()
            if name not in machinery
            for one in (value if isinstance(value, list) else [value])
        ],
        "base_version": int(fields.get("base_version", 0)) or None,
        "turn": 1,
        "form_key": fields["act_key"],
        "continues": fields.get("kept_uid", ""),
    }
    send = partial(client.raw.post, json=entry | said, headers={"X-CSRFToken": form.fields["csrf_token"]})
    return contextvars.Context().run(send, "/working-copies")


def _type(client: LookingClient, person: Any, action: Action, **more: str) -> Any:
    """Open the form of an action, type into it, and leave."""
    page = client.get(f"/actions/{action.id}/edit")
    form = page.form(f"action-{action.id}-form")
    assert _write(client, person, form, f"/actions/{action.id}/edit", more).status_code == 200
    return page


# --- the verbs


def test_of_one_form_the_newest_turn_stays_whatever_arrives_last(ctx: Flask, cast: Cast) -> None:
    write_down(cast.rina, _typed("Ke", turn=1))
    write_down(cast.rina, _typed("Kanal", turn=3))
    write_down(cast.rina, _typed("Kan", turn=2))
    (copy,) = of_person(cast.rina.id)
    assert (as_kept(copy).values, copy.turn) == ({"title": "Kanal"}, 3)
    assert db.session.query(KeptWords).count() == 0


def test_what_another_tab_wrote_is_set_aside_and_not_written_over(ctx: Flask, cast: Cast) -> None:
    write_down(cast.rina, _typed("Dari telepon", turn=9, key="telepon"))
    write_down(cast.rina, _typed("Dari meja", key="meja"))
    (copy,) = of_person(cast.rina.id)
    (kept,) = db.session.query(KeptWords)
    assert (as_kept(copy).values, kept.values) == ({"title": "Dari meja"}, {"title": "Dari telepon"})


def test_a_form_that_goes_on_from_a_copy_sets_nothing_aside(ctx: Flask, cast: Cast) -> None:
    first = write_down(cast.rina, _typed("Kemarin", turn=9))
    assert first is not None
    write_down(cast.rina, _typed("Kemarin dan hari ini", key="dua", continues=first.uid))
    (copy,) = of_person(cast.rina.id)
    assert as_kept(copy).values == {"title": "Kemarin dan hari ini"}
    assert db.session.query(KeptWords).count() == 0


def test_only_ones_own_copy_can_be_thrown_away(ctx: Flask, cast: Cast) -> None:
    copy = write_down(cast.rina, _typed("Punya Rina"))
    assert copy is not None
    number = copy.id
    with pytest.raises(NotThere):
        discard(cast.dodi, number)
    discard(cast.rina, number)
    assert of_person(cast.rina.id) == []


def test_what_is_too_large_or_too_many_is_refused(ctx: Flask, cast: Cast) -> None:
    with pytest.raises(NotValid):
        write_down(cast.rina, _typed("x" * (MOST_SIGNS + 1)))
    for number in range(MOST_COPIES):
        write_down(cast.rina, Typed(f"/actions/{number}/edit", (("title", "x"),), form_key=str(number)))
    with pytest.raises(NotValid):
        write_down(cast.rina, Typed("/actions/999/edit", (("title", "x"),), form_key="lain"))
    assert write_down(cast.dodi, _typed("Dodi masih dapat")) is not None


def test_ones_own_data_tell_of_them_and_closing_an_account_lets_them_go(ctx: Flask, cast: Cast) -> None:
    write_down(cast.rina, _typed("Milik saya"))
    write_down(cast.dodi, _typed("Milik Dodi"))
    told = str(own_data_of(cast.rina)["working_copies"])
    assert "Milik saya" in told
    assert "Milik Dodi" not in told
    close_account(cast.rina)
    assert (len(of_person(cast.rina.id)), len(of_person(cast.dodi.id))) == (0, 1)


# --- the way of a person


def test_words_typed_after_a_lost_answer_are_written_down_though_the_key_is_spent(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    page = client.get(f"/actions/{action.id}/edit")
    form, name = page.form(f"action-{action.id}-form"), {"title": "Kanal warga"}
    client.submit(page, f"action-{action.id}-form", name, follow=False)
    _write(client, cast.rina, form, page.path, {"title": "Kanal w"})  # on its way when the form was sent
    _write(client, cast.rina, form, page.path, name, was_sent=True, turn=2)
    assert _copies(app) == []
    _write(client, cast.rina, form, page.path, {"title": "Kanal warga desa"}, was_sent=True, turn=3)
    assert [dict(copy.values)["title"] for copy in _copies(app)] == ["Kanal warga desa"]


def test_words_that_a_device_held_are_as_old_as_when_they_were_typed(
    client: LookingClient, cast: Cast, action: Action, clock: Clock
) -> None:
    sign_in(client, cast.rina)
    page = client.get(f"/actions/{action.id}/edit")
    form = page.form(f"action-{action.id}-form")
    _write(client, cast.rina, form, page.path, {"title": "Kanal warga"}, age=48 * 60)
    assert "Ada ketikan Anda dari 48 menit lalu" in client.get(page.path).text


def test_unsaved_typing_is_offered_with_its_age_and_saving_it_clears_it(
    app: Flask, client: LookingClient, cast: Cast, action: Action, clock: Clock
) -> None:
    sign_in(client, cast.rina)
    _type(client, cast.rina, action, expected_result="Warga dapat mengadu siang malam.")
    clock.advance(minutes=12)
    item = client.get(f"/actions/{action.id}")
    assert "Ketikan Anda belum disimpan" in item.region("slot-draft-on-item").text
    assert "Ketikan Anda yang belum disimpan." in client.get("/tasks").text
    form = client.get(f"/actions/{action.id}/edit")
    assert "Ada ketikan Anda dari 12 menit lalu yang belum disimpan." in form.text
    assert "siang malam" not in form.form(f"action-{action.id}-form").fields["expected_result"]
    again = client.follow(form, "Lanjutkan ketikan yang belum disimpan")
    assert "Ada ketikan Anda" not in again.text
    assert (
        again.form(f"action-{action.id}-form").fields["expected_result"] == "Warga dapat mengadu siang malam."
    )
    assert client.submit(again, f"action-{action.id}-form", {}).title.startswith("Tersimpan:")
    assert (_copies(app), _kept(app)) == ([], [])
    assert "Semua tulisan Anda sudah masuk" in client.get("/kept-words").text


def test_it_is_laid_on_the_version_it_was_typed_upon(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    _type(client, cast.rina, action, expected_result="Warga dapat mengadu siang malam.")
    with app.app_context():
        operations.edit_item(cast.dodi, "action", action.id, 1, {"title": "Kanal pengaduan warga"})
        acts = db.session.query(Changeset).count()
    form = client.get(f"/actions/{action.id}/edit")
    again = client.follow(form, "Lanjutkan ketikan yang belum disimpan")
    fields = again.form(f"action-{action.id}-form").fields
    assert (fields["base_version"], fields["title"]) == ("1", "Kanal pengaduan")
    assert (
        again.region("brought-words").text
        == "Tulisan Anda yang belum masuk ada di: Hasil yang ingin dicapai."
    )
    client.submit(again, f"action-{action.id}-form", {})
    with app.app_context():
        merged = the_item("action", action.id)
        assert (merged.title, merged.expected_result) == (
            "Kanal pengaduan warga",
            "Warga dapat mengadu siang malam.",
        )
        assert db.session.query(Changeset).count() == acts + 1


def test_it_can_be_thrown_away_without_a_script(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    _type(client, cast.rina, action, title="Tidak jadi")
    (copy,) = _copies(app)
    form = client.get(f"/actions/{action.id}/edit")
    after = client.submit(form, f"draft-{copy.id}", {})
    assert after.path == f"/actions/{action.id}/edit"
    assert "Ketikan itu dibuang" in after.text
    assert _copies(app) == []


def test_saving_another_form_sets_the_unsaved_words_aside(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    _type(client, cast.rina, action, expected_result="Belum selesai saya tulis")
    form = client.get(f"/actions/{action.id}/edit")
    client.submit(form, f"action-{action.id}-form", {"title": "Hanya judulnya"})
    assert _copies(app) == []
    (kept,) = _kept(app)
    assert kept.values["expected_result"] == "Belum selesai saya tulis"


def test_saving_what_changes_nothing_clears_it_too(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    page = _type(client, cast.rina, action)
    answer = client.submit(page, f"action-{action.id}-form", {})
    assert "Tidak ada yang berubah" in answer.text
    assert (_copies(app), _kept(app)) == ([], [])


def test_words_that_arrive_after_their_form_was_saved_are_not_offered_again(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    page = client.get(f"/actions/{action.id}/edit")
    form = page.form(f"action-{action.id}-form")
    client.submit(page, f"action-{action.id}-form", {"title": "Judul baru"})
    late = _write(client, cast.rina, form, f"/actions/{action.id}/edit", {"title": "Judul bar"})
    assert late.json == {"state": "arrived"}
    assert _copies(app) == []


def test_a_form_that_is_given_back_is_kept_once(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    wrong = {"title": "Judul lain", "evidence-0-link": "bukan alamat"}
    page = client.get(f"/actions/{action.id}/edit")
    form = page.form(f"action-{action.id}-form")
    _write(client, cast.rina, form, f"/actions/{action.id}/edit", {"title": "Judul lain"})
    assert client.submit(page, f"action-{action.id}-form", wrong, follow=False).status in {303, 422}
    assert len(_copies(app)) + len(_kept(app)) <= 1


def test_a_comment_being_written_is_kept_for_its_item(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.yusuf)
    here = f"/roadmaps/{action.roadmap_id}/threads/new?tentang=action:{action.uid}"
    page = client.get(here)
    form = page.form("new-thread-form")
    _write(client, cast.yusuf, form, form.action, {"body": "Mohon sebutkan"})
    assert "Ada ketikan Anda dari sesaat lalu" in client.get(here).text
    again = client.follow(client.get(here), "Lanjutkan ketikan yang belum disimpan")
    assert again.form("new-thread-form").fields["body"] == "Mohon sebutkan"
    client.submit(again, "new-thread-form", {"body": "Mohon sebutkan juru bahasa."})
    assert (_copies(app), _kept(app)) == ([], [])


def test_nobody_else_sees_a_word_of_it(app: Flask, client: LookingClient, cast: Cast, action: Action) -> None:
    sign_in(client, cast.rina)
    _type(client, cast.rina, action, title="Rahasia Rina")
    (copy,) = _copies(app)
    sign_in(client, cast.dodi)
    for address in (
        f"/actions/{action.id}",
        f"/actions/{action.id}/edit",
        f"/actions/{action.id}/history",
        "/kept-words",
        "/tasks",
        "/kept-words/download",
    ):
        page = client.get(address)
        assert b"Rahasia Rina" not in page.body
        assert "belum disimpan" not in page.text
    assert client.get(f"/kept-words/{copy.uid}").status == 404
    assert "Rahasia" not in client.get(f"/actions/{action.id}/edit?kept={copy.uid}").html
    client.get("/help")
    assert client.post(f"/working-copies/{copy.id}/discard", {"act_key": "x"}).status == 404
    assert len(_copies(app)) == 1


def test_passwords_and_machinery_are_never_written_down(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/edit").form(f"action-{action.id}-form")
    secret = {"title": "Judul", "new_password": "tiga kucing", "sandi": "x", "api_token": "y"}
    _write(
        client,
        cast.rina,
        form,
        f"/actions/{action.id}/edit",
        secret,
        values=[*map(list, secret.items()), ["csrf_token", "z"], ["act_key", "k"], ["title", "a\x00\ud800b"]],
    )
    (copy,) = _copies(app)
    assert copy.values == [["title", "Judul"], ["title", "a?b"]]


@pytest.mark.parametrize(
    "address",
    ["", "actions/1/edit", "//lain.example/x", "/sign-in", "/account/password", "/tidak-ada", "/help"],
)
def test_only_forms_of_the_house_are_written_down(
    app: Flask, client: LookingClient, cast: Cast, action: Action, address: str
) -> None:
    sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/edit").form(f"action-{action.id}-form")
    assert _write(client, cast.rina, form, address, {}).status_code == 422
    assert _copies(app) == []


def test_a_page_of_somebody_who_has_left_writes_nothing_for_who_came_after(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.dodi)
    form = client.get(f"/actions/{action.id}/edit").form(f"action-{action.id}-form")
    assert _write(client, cast.rina, form, f"/actions/{action.id}/edit", {}).status_code == 409
    assert _copies(app) == []


def test_words_can_be_taken_away_as_a_text(client: LookingClient, cast: Cast, action: Action) -> None:
    sign_in(client, cast.rina)
    _type(client, cast.rina, action, expected_result="Untuk saya simpan")
    answer = client.get("/kept-words/download")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "Untuk saya simpan" in answer.body.decode()


def test_the_list_shows_only_what_the_writer_changed(
    client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    _type(client, cast.rina, action, title="Kanal pengaduan yang aksesibel")
    page = client.get("/kept-words")
    assert "Kanal pengaduan yang aksesibel" in page.text
    assert "Warga dapat mengadu." not in page.text
    assert "sesaat lalu" in page.text
    assert client.follow(page, "Lanjutkan Kanal pengaduan").path == f"/actions/{action.id}/edit"
