"""Many actions in the cells of a table: saved at once or row by row, taken back whole, and nothing of anybody lost."""

from typing import Any

import pytest
from flask import Flask

from roadmap.extensions import db
from roadmap.history.models import KeptWords, Roadmap
from roadmap.plan.operations import edit_item, remove_item
from tests.cast import Cast, sign_in
from tests.factories import a_roadmap, an_action, the_item
from tests.history.log import head
from tests.page import LookingClient, Page
from tests.plans import a_plan
from tests.queries import queries


@pytest.fixture
def roadmap(cast: Cast) -> Roadmap:
    return a_roadmap(cast)


def grid(client: LookingClient, roadmap: Roadmap, query: str = "") -> Page:
    return client.get(f"/roadmaps/{roadmap.id}/grid{query}")


def save(client: LookingClient, page: Page, changes: dict[str, Any], press: str = "Simpan semua") -> Page:
    return client.submit(page, "grid-form", changes, press=press)


def cell(item: Any, column: str) -> str:
    return f"c-{item.id}-{column}"


def now(app: Flask, item: Any) -> Any:
    with app.app_context():
        return the_item("action", item.id)


def test_an_office_is_set_on_fifty_rows_in_one_act_and_taken_back_in_one(
    app: Flask, client: LookingClient, cast: Cast
) -> None:
    roadmap = a_plan(cast, problems=3, actions=50, modalities=0, indicators=0)
    sign_in(client, cast.rina)
    page = grid(client, roadmap)
    with app.app_context():
        begun, before = head(roadmap.id), [one[5] for one in _leads(roadmap)]
    filled = save(
        client,
        page,
        {"fill-column": "lead", "fill-value": "Bappeda", "fill-rows": "semua"},
        press="Tulis ke baris itu",
    )
    assert filled.status == 200
    with app.app_context():
        assert head(roadmap.id) == begun, "filling saves nothing"
    saved = save(client, filled, {})
    assert "baris tersimpan di peta jalan pukul" in saved.text
    with app.app_context():
        assert head(roadmap.id) == begun + 1
        assert {one[5] for one in _leads(roadmap)} == {cast.bappeda.uid}
    undone = client.submit(saved, "undo-own", {})
    assert undone.title.startswith("Diurungkan:")
    assert client.follow(undone, "Kembali ke tabel").form("grid-form")
    with app.app_context():
        assert head(roadmap.id) == begun + 2
        assert [one[5] for one in _leads(roadmap)] == before


def _leads(roadmap: Roadmap) -> list[Any]:
    from roadmap.plan.models import Action

    query = db.select(Action).where(Action.roadmap_id == roadmap.id).order_by(Action.id)
    return [(one.id, 0, 0, 0, 0, one.lead) for one in db.session.scalars(query)]


def test_every_sort_of_cell_is_written_and_an_untouched_one_keeps_its_exact_value(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    action = an_action(
        cast, roadmap, starts_on="2026-03-17", budget={"2026 apbd": 1_000_000, "2027 hibah": 5}
    )
    sign_in(client, cast.rina)
    page = grid(client, roadmap)
    assert page.form("grid-form").fields[cell(action, "starts_on")] == "Maret 2026"
    changes = {
        cell(action, "lead"): "Dinsos",
        cell(action, "ends_on"): "12/2027",
        cell(action, "status"): "berjalan",
        cell(action, "code"): "A.1",
        cell(action, "budget-2026-apbd"): "Rp 420.000.000",
        cell(action, "budget-2027-hibah"): "",
    }
    save(client, page, changes)
    found = now(app, action)
    assert (found.lead, found.status, found.code) == (cast.dinsos.uid, "berjalan", "A.1")
    assert (found.starts_on.isoformat(), found.ends_on.isoformat()) == ("2026-03-17", "2027-12-31")
    assert found.budget == {"2026 apbd": 420_000_000}
    same = save(client, grid(client, roadmap), {})
    assert "Tidak ada yang berubah" in same.text


def test_what_another_wrote_in_other_cells_stays_and_what_clashes_is_asked_while_the_rest_is_saved(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    clashing, merging, free = (
        an_action(cast, roadmap, title=title, code="1") for title in ("Satu", "Dua", "Tiga")
    )
    sign_in(client, cast.rina)
    page = grid(client, roadmap)
    with app.app_context():
        edit_item(cast.dodi, "action", clashing.id, clashing.version, {"code": "D", "status": "selesai"})
        edit_item(cast.dodi, "action", merging.id, merging.version, {"status": "berjalan"})
    changes = {cell(one, "code"): "R" for one in (clashing, merging, free)}
    asked = save(client, page, {**changes, cell(clashing, "lead"): "Bappeda"})
    assert asked.status == 409
    assert "2 baris tersimpan" in asked.text
    assert "1 baris belum tersimpan" in asked.text
    assert (now(app, merging).code, now(app, merging).status) == ("R", "berjalan")
    assert now(app, free).code == "R"
    assert (now(app, clashing).code, now(app, clashing).lead) == ("D", None)
    row = asked.region(f"grid-row-{clashing.id}")
    for words in (
        "Isian ini juga diubah Dodi Pranata",
        "Sebelum diubah berdua: 1",
        "Tulisan Anda: R",
        "Dodi Pranata: D",
    ):
        assert words in row.text
    with app.app_context():
        kept = db.session.scalars(db.select(KeptWords).where(KeptWords.settled_at.is_(None))).one()
        assert (kept.values["code"], kept.item_uid) == ("R", clashing.uid)
    undecided = save(client, asked, {})
    assert undecided.status == 409
    choice = f"choice-{clashing.id}-code"
    decided = save(client, undecided, {choice: "mine"})
    assert decided.status == 200
    found = now(app, clashing)
    assert (found.code, found.lead, found.status) == ("R", cast.bappeda.uid, "selesai")
    with app.app_context():
        assert not db.session.scalars(db.select(KeptWords).where(KeptWords.settled_at.is_(None))).all()


def test_theirs_may_be_chosen_and_money_clashes_by_the_year(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    action = an_action(cast, roadmap, budget={"2026 apbd": 1, "2027 apbd": 1})
    sign_in(client, cast.rina)
    page = grid(client, roadmap)
    with app.app_context():
        edit_item(
            cast.dodi,
            "action",
            action.id,
            action.version,
            {"budget": {"2026 apbd": 2, "2027 apbd": 1, "2028 apbd": 8}},
        )
    asked = save(client, page, {cell(action, "budget-2026-apbd"): "3", cell(action, "budget-2027-apbd"): "7"})
    assert asked.status == 409
    assert len(asked.all(".grid-clash")) == 1
    decided = save(client, asked, {f"choice-{action.id}-budget-2026-apbd": "theirs"})
    assert decided.status == 200
    assert now(app, action).budget == {"2026 apbd": 2, "2027 apbd": 7, "2028 apbd": 8}


def test_what_cannot_be_read_comes_back_at_its_cell_and_the_other_rows_are_saved(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    wrong, right = an_action(cast, roadmap, title="Satu"), an_action(cast, roadmap, title="Dua")
    sign_in(client, cast.rina)
    changes = {
        cell(wrong, "lead"): "Dinas Antah Berantah",
        cell(wrong, "starts_on"): "besok",
        cell(wrong, "code"): "A.1",
        cell(right, "code"): "A.2",
    }
    page = save(client, grid(client, roadmap), changes)
    assert page.status == 422
    assert page.title.startswith("Perlu diperbaiki:")
    form = page.form("grid-form")
    assert {name: form.fields[name] for name in changes if name != cell(right, "code")} == {
        name: words for name, words in changes.items() if name != cell(right, "code")
    }
    assert "belum ada di daftar kantor" in page.region(f"f-{cell(wrong, 'lead')}-told").text
    assert "Mei 2026 atau 05/2026" in page.region(f"f-{cell(wrong, 'starts_on')}-told").text
    assert now(app, right).code == "A.2"
    assert now(app, wrong).code == ""
    kept = client.get("/kept-words")
    for words in ("Dinas Antah Berantah", "besok", "A.1"):
        assert words in kept.text
    save(client, page, {cell(wrong, "lead"): "Dinsos", cell(wrong, "starts_on"): "Mei 2026"})
    assert (now(app, wrong).lead, now(app, wrong).code) == (cast.dinsos.uid, "A.1")
    assert "Antah" not in client.get("/kept-words").text


def test_words_that_came_back_without_their_version_are_asked_about_and_never_dropped(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    old, gone = (an_action(cast, roadmap, title=title, code="1") for title in ("Satu", "Dua"))
    sign_in(client, cast.rina)
    page = grid(client, roadmap)
    with app.app_context():
        edit_item(cast.dodi, "action", old.id, old.version, {"code": "D", "status": "selesai"})
        remove_item(cast.dodi, "action", gone.id)
    form = page.form("grid-form")
    typed = {cell(old, "code"): "R", cell(old, "ends_on"): "besok", cell(gone, "code"): "Kode Rina"}
    sent = {**form.filled(typed), f"base-{old.id}": "", f"base-{gone.id}": ""}
    with app.app_context():
        begun = head(roadmap.id)
    asked = client.post(form.action, sent)
    assert asked.status == 409
    fields = asked.form("grid-form").fields
    assert (fields[cell(old, "code")], fields[cell(old, "ends_on")]) == ("R", "besok")
    assert "mungkin sudah diubah setelah Anda mengetiknya" in asked.region(f"grid-row-{old.id}").text
    assert "Isi sekarang: D" in asked.region(f"grid-row-{old.id}").text
    for words in ("besok", "Kode Rina"):
        assert words in client.get("/kept-words").text
    undecided = save(client, asked, {})
    assert undecided.status == 409
    with app.app_context():
        assert head(roadmap.id) == begun, "nothing is laid that nobody decided"
    choices = {f"choice-{old.id}-code": "mine", f"choice-{old.id}-status": "theirs"}
    mended = save(client, undecided, {**choices, cell(old, "ends_on"): "Mei 2026"})
    assert mended.status == 409, "what could not be read was not asked about yet"
    decided = save(client, mended, {f"choice-{old.id}-ends_on": "mine"})
    assert decided.status == 200
    found = now(app, old)
    assert (found.code, found.status, found.ends_on.isoformat()) == ("R", "selesai", "2026-05-31")


def test_the_money_of_the_page_is_added_up_at_its_foot_and_what_is_no_number_is_left_out(
    client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    budgets: tuple[dict[str, int], ...] = (
        {"2026 apbd": 1_000_000, "2027 hibah": 5},
        {"2026 apbd": 500_000},
        {},
    )
    one, *_others = [an_action(cast, roadmap, budget=budget) for budget in budgets]
    sign_in(client, cast.rina)
    page = grid(client, roadmap)
    foot = [tag.text for tag in page.all("tfoot th, tfoot td")]
    assert foot == [
        "Jumlah 3 baris di halaman ini: Rp1.500.005",
        "Jumlah tiap kolom",
        "Rp1.500.000",
        "Rp5",
        "",
    ]
    told = save(client, page, {cell(one, "budget-2026-apbd"): "sejuta"})
    assert told.all("tfoot th")[0].text == (
        "Jumlah 3 baris di halaman ini: Rp500.005 1 sel bukan angka, tidak dihitung."
    )
    assert "3 baris di halaman ini." in grid(client, roadmap, "?kolom=code").all("tfoot th")[0].text


def test_one_row_is_saved_alone_and_the_words_in_the_others_stay(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    one, other = an_action(cast, roadmap, title="Satu"), an_action(cast, roadmap, title="Dua")
    sign_in(client, cast.rina)
    changes = {cell(one, "code"): "A.1", cell(other, "code"): "A.2"}
    page = save(client, grid(client, roadmap), changes, press=str(one.id))
    assert "1 baris tersimpan" in page.text
    assert (now(app, one).code, now(app, other).code) == ("A.1", "")
    assert page.form("grid-form").fields[cell(other, "code")] == "A.2"
    assert "Belum disimpan" in page.region(f"grid-row-{other.id}").text
    row = save(client, page, {}, press=str(other.id))
    assert now(app, other).code == "A.2"
    assert row.status == 200


def test_in_place_a_row_answers_with_itself(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    action = an_action(cast, roadmap, code="1")
    sign_in(client, cast.rina)
    page = grid(client, roadmap)
    row = client.submit(page, "grid-form", {cell(action, "code"): "2"}, press=str(action.id), htmx=True)
    assert row.html.lstrip().startswith("<tr")
    assert row.form("undo-own").action.endswith(f"/undo?next=%2Froadmaps%2F{roadmap.id}%2Fgrid")
    again = client.submit(page, "grid-form", {cell(action, "code"): "3"}, press=str(action.id), htmx=True)
    assert again.status == 409, "the same press from an old page saves nothing over what is newer"
    assert now(app, action).code == "2"


def test_an_operator_writes_in_the_own_offices_rows_and_reads_the_others(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    own = an_action(cast, roadmap, title="Punya Dinsos", lead=cast.dinsos)
    others = an_action(cast, roadmap, title="Punya Kominfo", lead=cast.kominfo, code="K.1")
    sign_in(client, cast.oki)
    page = grid(client, roadmap)
    names = page.form("grid-form").names
    assert cell(own, "code") in names
    assert cell(own, "lead") not in names, "who answers for it is not theirs to change"
    assert not [name for name in names if name.startswith(f"c-{others.id}-")]
    assert "K.1" in page.region(f"grid-row-{others.id}").text
    save(client, page, {cell(own, "code"): "D.1"})
    assert now(app, own).code == "D.1"
    with app.app_context():
        begun = head(roadmap.id)
    form = page.form("grid-form")
    forged = {**form.filled({}), f"base-{others.id}": "1", cell(others, "code"): "X", "act_key": "other"}
    assert client.post(form.action, forged).status == 403
    forged = {**form.filled({}), cell(own, "lead"): "Kominfo", "act_key": "another"}
    assert client.post(form.action, forged).status == 403
    with app.app_context():
        assert head(roadmap.id) == begun


@pytest.mark.engines("sqlite")
def test_who_may_not_edit_finds_no_door(client: LookingClient, cast: Cast, roadmap: Roadmap) -> None:
    an_action(cast, roadmap)
    for person, status in (
        (cast.yusuf, 403),
        (cast.maria, 403),
        (cast.wali, 403),
        (cast.adi, 404),
        (cast.eka, 404),
    ):
        sign_in(client, person)
        refused = grid(client, roadmap)
        assert refused.status == status
        if status == 403:
            assert "Sunting dalam tabel" not in client.get(f"/roadmaps/{roadmap.id}?view=tabel").text
    sign_in(client, cast.rina)
    assert "Sunting dalam tabel" in client.get(f"/roadmaps/{roadmap.id}?view=tabel").text


def test_one_press_twice_saves_once_and_tells_the_same_again(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    good, bad = an_action(cast, roadmap, title="Satu"), an_action(cast, roadmap, title="Dua", code="1")
    sign_in(client, cast.rina)
    page = grid(client, roadmap)
    with app.app_context():
        edit_item(cast.dodi, "action", bad.id, bad.version, {"code": "D"})
        begun = head(roadmap.id)
    changes = {cell(good, "code"): "A.1", cell(bad, "code"): "R"}
    answers = [save(client, page, changes) for _press in range(2)]
    assert [one.status for one in answers] == [409, 409]
    assert answers[1].form("grid-form").fields[cell(bad, "code")] == "R"
    with app.app_context():
        assert head(roadmap.id) == begun + 1


def test_words_in_a_row_that_was_removed_wait_in_the_box(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    gone, stays = an_action(cast, roadmap, title="Satu"), an_action(cast, roadmap, title="Dua")
    sign_in(client, cast.rina)
    page = grid(client, roadmap)
    with app.app_context():
        remove_item(cast.dodi, "action", gone.id)
    told = save(client, page, {cell(gone, "code"): "Kode Rina", cell(stays, "code"): "A.2"})
    assert told.status == 409
    assert "sudah dihapus orang lain" in told.text
    assert now(app, stays).code == "A.2"
    assert "Kode Rina" in client.get("/kept-words").text


def test_filling_needs_rows_and_a_value_that_can_be_read(
    client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    one, other = an_action(cast, roadmap, title="Satu"), an_action(cast, roadmap, title="Dua")
    sign_in(client, cast.rina)
    page = grid(client, roadmap)
    fill = {"fill-column": "status", "fill-value": "Berjalan", "fill-rows": "dicentang"}
    none = save(client, page, fill, press="Tulis ke baris itu")
    assert none.status == 422
    assert "centang baris" in none.text
    odd = save(
        client, page, {**fill, "fill-value": "Entah", "ticked": [str(one.id)]}, press="Tulis ke baris itu"
    )
    assert odd.status == 422
    filled = save(client, page, {**fill, "ticked": [str(one.id)]}, press="Tulis ke baris itu")
    fields = filled.form("grid-form").fields
    assert (fields[cell(one, "status")], fields[cell(other, "status")]) == ("berjalan", "")


@pytest.mark.engines("sqlite")
def test_the_filter_the_columns_and_the_page_go_along(app: Flask, client: LookingClient, cast: Cast) -> None:
    roadmap = a_plan(cast, problems=1, actions=60, modalities=0, indicators=0)
    sign_in(client, cast.rina)
    page = grid(client, roadmap)
    assert len(page.all("tr[data-row]")) == 50
    second = client.follow(page, "Berikutnya")
    assert len(second.all("tr[data-row]")) == 10
    narrow = grid(client, roadmap, "?status=berjalan&kolom=lead&kolom=budget-2026")
    assert len(narrow.all("tr[data-row]")) == 20
    assert [tag.text for tag in narrow.all("thead th")][1:-1] == [
        "Penanggung jawab utama",
        "Pagu 2026, APBD kabupaten/kota",
    ]
    action = narrow.form("grid-form").action
    assert "status=berjalan" in action
    assert "kolom=budget-2026" in action


@pytest.mark.engines("sqlite")
def test_as_many_queries_for_fifty_rows_as_for_five(app: Flask, client: LookingClient, cast: Cast) -> None:
    sign_in(client, cast.rina)
    counts = []
    for size in (5, 50):
        roadmap = a_plan(cast, problems=1, actions=size, modalities=0, indicators=0)
        with queries(app) as reading:
            page = grid(client, roadmap)
        changes = {name: "X" for name in page.form("grid-form").names if name.endswith("-code")}
        with queries(app) as writing:
            assert client.submit(page, "grid-form", changes, press="Simpan semua", follow=False).status == 303
        counts.append(
            (len(reading), len([one for one in writing if not one.startswith(("UPDATE", "INSERT"))]))
        )
    assert counts[0] == counts[1]


@pytest.mark.engines("sqlite")
def test_words_typed_after_going_back_to_a_form_that_was_saved_wait_for_the_next_press(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    one, other = an_action(cast, roadmap, title="Satu"), an_action(cast, roadmap, title="Dua")
    sign_in(client, cast.rina)
    page = grid(client, roadmap)
    save(client, page, {cell(one, "code"): "A.1"})
    again = save(client, page, {cell(one, "code"): "A.1", cell(other, "code"): "A.2"})
    assert again.form("grid-form").fields[cell(other, "code")] == "A.2"
    assert now(app, other).code == ""
    save(client, again, {})
    assert now(app, other).code == "A.2"
