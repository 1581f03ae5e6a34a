"""The pages of an item, as people use them: reading, the form, one field in place, the page of a clash."""

import pytest

from roadmap.extensions import db
from roadmap.history.models import KeptWords
from roadmap.people.operations import end_session
from roadmap.plan.operations import edit_item, remove_item
from roadmap.plan.queries import find_item, outline_of
from roadmap.work import unit_of_work
from tests.cast import PASSWORD, sign_in
from tests.factories import a_modality, a_problem, a_roadmap, an_action, an_indicator


@pytest.fixture
def action(cast):
    roadmap = a_roadmap(cast)
    return an_action(cast, roadmap, title="Melatih petugas", expected_result="Petugas dapat menyapa.")


def _read(app, kind, item_id):
    with app.app_context():
        return {**vars(find_item(kind, item_id))}


def test_a_drafter_changes_a_whole_form_and_reads_that_it_was_saved(client, cast, action, app):
    sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/edit")
    page = client.submit(form, "action-1-form", {"title": "Melatih 60 petugas", "area": "Semua"}, follow=True)
    assert page.heading == "Melatih 60 petugas"
    assert page.title.startswith("Tersimpan:")
    assert "terlihat oleh tim" in page.text
    saved = _read(app, "action", action.id)
    assert (saved["title"], saved["area"], saved["version"]) == ("Melatih 60 petugas", "Semua", 2)


def test_a_field_is_edited_in_its_place_and_its_row_comes_back(client, cast, action):
    sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/edit/expected_result")
    answer = client.submit(
        form, f"action-{action.id}-expected_result-form", {"expected_result": "Semua **ramah**."}, htmx="x"
    )
    assert answer.status == 200
    row = answer.region(f"action-{action.id}-expected_result")
    assert row.one("strong").text == "ramah"
    assert row.one("[data-focus]").text.startswith("Sunting")


def test_everything_a_form_can_hold_comes_back_as_it_was_typed(client, cast, app):
    roadmap = a_roadmap(cast)
    problem, modality = a_problem(cast, roadmap), a_modality(cast, roadmap)
    sign_in(client, cast.rina)
    form = client.get(f"/roadmaps/{roadmap.id}/actions/new")
    page = client.submit(
        form,
        "new-action",
        {
            "title": "Melatih petugas",
            "problems": [problem.uid],
            "modalities": [modality.uid],
            "lead": "Dinas Sosial",
            "supporting": [cast.oms.uid, cast.ministry.uid],
            "starts_on-month": "8",
            "starts_on-year": "2026",
            "ends_on-month": "12",
            "ends_on-year": "2027",
            "budget-0-year": "2026",
            "budget-0-source": "apbd",
            "budget-0-amount": "Rp 420.000.000",
            "budget-1-year": "2026",
            "budget-1-source": "csr",
            "budget-1-amount": "50.000.000,00",
            "evidence-0-title": "Surat keputusan",
            "evidence-0-link": "https://contoh.example/sk.pdf",
            "subactivity_codes": "2.08.03.2.02.0001\n2.08.03.2.02.01",
            "origin": "musrenbang",
            "priority": "tinggi",
        },
        follow=True,
    )
    assert page.heading == "Melatih petugas"
    with app.app_context():
        item = outline_of(roadmap.id).items["action"][0]
    assert item.values["lead"] == cast.dinsos.uid
    assert item.values["supporting"] == sorted([cast.oms.uid, cast.ministry.uid])
    assert (item.values["starts_on"], item.values["ends_on"]) == ("2026-08-01", "2027-12-31")
    assert item.values["budget"] == {"2026 apbd": 420_000_000, "2026 csr": 50_000_000}
    assert item.values["evidence"] == {"https://contoh.example/sk.pdf": "Surat keputusan"}
    assert item.values["subactivity_codes"] == ["2.08.03.2.02.0001", "2.08.03.2.02.01"]
    again = client.submit(client.get(f"/actions/{item.id}/edit"), f"action-{item.id}-form", {}, follow=True)
    assert "Tidak ada yang berubah" in again.text


def test_an_indicator_is_added_with_figures_and_what_is_not_available(client, cast, action, app):
    sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/indicators/new")
    client.submit(
        form,
        "new-indicator",
        {
            "title": "Jumlah petugas",
            "unit": "orang",
            "baseline-na": "1",
            "targets-0-year": "2026",
            "targets-0-value": "0",
            "targets-1-year": "2027",
            "targets-1-value": "72,9",
            "targets-2-year": "2028",
            "targets-2-na": "1",
        },
        follow=True,
    )
    with app.app_context():
        indicator = outline_of(action.roadmap_id).items["indicator"][0]
    assert indicator.values["baseline"] == "NA"
    assert indicator.values["targets"] == {"2026": "0", "2027": "72.9", "2028": "NA"}
    page = client.get(f"/indicators/{indicator.id}")
    assert "Tidak tersedia" in page.text
    assert "0 (nihil)" in page.text


def test_words_that_cannot_be_stored_come_back_with_what_to_do(client, cast, action, app):
    sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/edit")
    page = client.submit(
        form,
        f"action-{action.id}-form",
        {"title": "Judul baru", "lead": "Dinas Antah Berantah", "starts_on-year": "dua ribu"},
    )
    assert page.status == 422
    assert page.title.startswith("Perlu diperbaiki:")
    assert "2 isian perlu diperbaiki. Tulisan Anda utuh." in page.text
    fields = page.form(f"action-{action.id}-form").fields
    assert fields["title"] == "Judul baru"
    assert fields["lead"] == "Dinas Antah Berantah"
    assert fields["starts_on-year"] == "dua ribu"
    assert _read(app, "action", action.id)["title"] == "Melatih petugas"


def test_words_that_come_back_are_kept_too_until_they_go_through(client, cast, action, app):
    sign_in(client, cast.rina)
    name = f"action-{action.id}-form"
    page = client.submit(
        client.get(f"/actions/{action.id}/edit"), name, {"area": "Kota Lama", "lead": "Entah"}
    )
    page = client.submit(page, name, {"area": "Kota Lama dan Baru"})
    assert page.status == 422
    with app.app_context():
        waiting = db.session.query(KeptWords).filter(KeptWords.settled_at.is_(None)).all()
        assert [(one.cause, one.values["area"], one.item_uid) for one in waiting] == [
            ("invalid", "Kota Lama dan Baru", action.uid)
        ]
    client.submit(page, name, {"lead": "Dinas Sosial"}, follow=True)
    with app.app_context():
        assert db.session.query(KeptWords).filter(KeptWords.settled_at.is_(None)).count() == 0
    assert _read(app, "action", action.id)["area"] == "Kota Lama dan Baru"


@pytest.mark.parametrize("in_place", [False, True])
def test_two_people_in_one_field_choose_and_all_three_texts_stay(client, cast, action, app, in_place):
    sign_in(client, cast.rina)
    path = f"/actions/{action.id}/edit" + ("/expected_result" if in_place else "")
    name = f"action-{action.id}-expected_result-form" if in_place else f"action-{action.id}-form"
    form = client.get(path)
    with app.app_context():
        edit_item(
            cast.dodi, "action", action.id, 1, {"expected_result": "Petugas dapat berisyarat.", "code": "1.1"}
        )
    page = client.submit(form, name, {"expected_result": "Petugas dapat menolong."})
    assert page.status == 409
    assert page.heading == "Satu isian diubah bersamaan"
    assert "Dodi Pranata menyimpan lebih dulu" in page.text
    for words in ("Petugas dapat menyapa.", "Petugas dapat berisyarat.", "Petugas dapat menolong."):
        assert words in page.text
    with app.app_context():
        assert [one.cause for one in db.session.query(KeptWords)] == ["clash"]
    conflict = name if in_place else f"action-{action.id}-conflict-form"
    undecided = client.submit(page, conflict, {})
    assert undecided.status == 422
    saved = client.submit(page, conflict, {"choice-expected_result": "both"}, follow=True)
    assert saved.status == 200
    after = _read(app, "action", action.id)
    assert after["expected_result"] == "Petugas dapat berisyarat.\nPetugas dapat menolong."
    assert after["code"] == "1.1"
    with app.app_context():
        assert db.session.query(KeptWords).one().settled_at is not None


def test_choosing_the_others_words_changes_nothing_and_settles_the_kept_ones(client, cast, action, app):
    sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/edit")
    with app.app_context():
        edit_item(cast.dodi, "action", action.id, 1, {"title": "Judul Dodi"})
    page = client.submit(form, f"action-{action.id}-form", {"title": "Judul Rina", "area": "Kota"})
    done = client.submit(page, f"action-{action.id}-conflict-form", {"choice-title": "theirs"}, follow=True)
    assert done.heading == "Judul Dodi"
    after = _read(app, "action", action.id)
    assert (after["title"], after["area"]) == ("Judul Dodi", "Kota")
    with app.app_context():
        assert db.session.query(KeptWords).one().settled_at is not None


def test_a_third_save_meanwhile_asks_again_with_the_newer_words(client, cast, action, app):
    sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/edit")
    with app.app_context():
        edit_item(cast.dodi, "action", action.id, 1, {"title": "Kedua"})
    page = client.submit(form, f"action-{action.id}-form", {"title": "Milik Rina"})
    with app.app_context():
        edit_item(cast.dodi, "action", action.id, 2, {"title": "Ketiga"})
    again = client.submit(page, f"action-{action.id}-conflict-form", {"choice-title": "mine"})
    assert again.status == 409
    assert "Ketiga" in again.text
    assert "Milik Rina" in again.text


def test_a_form_pressed_twice_adds_one_item(client, cast, app):
    roadmap = a_roadmap(cast)
    sign_in(client, cast.rina)
    form = client.get(f"/roadmaps/{roadmap.id}/problems/new")
    first = client.submit(form, "new-problem", {"title": "Sekali saja"}, follow=False)
    second = client.submit(form, "new-problem", {"title": "Sekali saja"}, follow=False)
    assert (first.status, second.status) == (303, 303)
    assert first.location == second.location
    with app.app_context():
        assert [item.label for item in outline_of(roadmap.id).items["problem"]] == ["Sekali saja"]


def test_a_partner_reads_and_finds_no_way_to_edit(client, cast, action):
    sign_in(client, cast.yusuf)
    page = client.get(f"/actions/{action.id}")
    assert page.status == 200
    assert not page.has("a[href$='/edit']")
    refused = client.get(f"/actions/{action.id}/edit")
    assert refused.status == 403
    assert "Penyusun" in refused.text


def test_a_stranger_cannot_tell_an_item_from_none(client, cast, action):
    sign_in(client, cast.eka)
    hidden, missing = client.get(f"/actions/{action.id}"), client.get("/actions/999999")
    assert (hidden.status, missing.status) == (404, 404)
    assert hidden.heading == missing.heading


def test_a_removed_item_says_so_and_shows_no_form(client, cast, action, app):
    with app.app_context():
        remove_item(cast.rina, "action", action.id)
    sign_in(client, cast.rina)
    page = client.get(f"/actions/{action.id}")
    assert (page.status, page.heading) == (404, "Bagian ini sudah dihapus")
    assert client.get(f"/actions/{action.id}/edit").status == 404


def test_the_operator_of_the_office_sees_no_box_for_owners(client, cast):
    roadmap = a_roadmap(cast)
    own = an_action(cast, roadmap, lead=cast.dinsos)
    an_indicator(cast, own)
    sign_in(client, cast.oki)
    form = client.get(f"/actions/{own.id}/edit").form(f"action-{own.id}-form")
    assert "title" in form.fields
    assert "lead" not in form.fields
    assert client.get(f"/actions/{own.id}/edit/lead").status == 403
    assert client.get(f"/actions/{own.id}/removal").status == 403


def test_a_session_that_ends_in_mid_edit_costs_no_word(client, cast, action, app):
    token = sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/edit")
    with app.app_context(), unit_of_work():
        end_session(token)
    door = client.submit(
        form, f"action-{action.id}-form", {"expected_result": "Tulisan yang panjang."}, follow=False
    )
    assert door.status == 401
    assert "Tulisan Anda aman" in door.text
    waiting = client.submit(
        door, "sign-in-form", {"email": cast.rina.email, "password": PASSWORD}, follow=False
    )
    page = client.submit(waiting, f"/actions/{action.id}/edit", {}, follow=True)
    assert "Tulisan yang panjang." in page.text
    assert _read(app, "action", action.id)["expected_result"] == "Tulisan yang panjang."
