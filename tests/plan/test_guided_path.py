"""Langkah demi langkah: seven questions that fill the same fields, left and taken up again anywhere."""

import pytest

from roadmap.plan.operations import edit_item
from roadmap.plan.queries import outline_of
from tests.cast import sign_in
from tests.factories import a_problem, a_roadmap, an_action


@pytest.fixture
def roadmap(client, cast):
    sign_in(client, cast.rina)
    return a_roadmap(cast)


def _step(client, roadmap, number, changes, press="Lanjut"):
    page = client.get(f"/roadmaps/{roadmap.id}/guided/{number}")
    return client.submit(page, "guided-form", changes, press=press, follow=True)


def _plan(app, roadmap):
    with app.app_context():
        return outline_of(roadmap.id)


def test_a_newcomer_answers_seven_questions_and_has_a_roadmap(client, cast, app, roadmap):
    _step(client, roadmap, 1, {"vision": "Setiap warga terlayani."})
    _step(client, roadmap, 2, {"title": "Perda disabilitas"}, "Simpan dan tambah lagi")
    page = _step(client, roadmap, 2, {"title": "Forum warga"})
    assert page.heading == "Masalah apa yang ingin diselesaikan?"
    _step(client, roadmap, 3, {"title": "Belum ada kanal pengaduan"})
    problem = _plan(app, roadmap).items["problem"][0]
    _step(client, roadmap, 4, {"cause": "Belum ada juru bahasa isyarat."})
    _step(client, roadmap, 5, {"title": "Melatih petugas", "problems": [problem.uid]})
    _step(client, roadmap, 6, {"lead": "Dinas Sosial", "starts_on-year": "2026", "ends_on-year": "2027"})
    last = _step(client, roadmap, 7, {"title": "Petugas terlatih", "unit": "orang", "baseline": "0"})
    assert last.heading == "Yang masih kurang"
    plan = _plan(app, roadmap)
    assert [item.label for item in plan.items["modality"]] == ["Perda disabilitas", "Forum warga"]
    assert plan.items["problem"][0].values["cause"] == "Belum ada juru bahasa isyarat."
    action = plan.items["action"][0]
    assert (action.values["lead"], action.values["problems"]) == (cast.dinsos.uid, [problem.uid])
    assert [item.label for item in plan.indicators_of[action.uid]] == ["Petugas terlatih"]
    assert plan.cover.values["vision"] == "Setiap warga terlayani."


def test_it_begins_again_at_the_first_question_without_an_answer(client, roadmap):
    assert client.get(f"/roadmaps/{roadmap.id}/guided").location == f"/roadmaps/{roadmap.id}/guided/2"
    _step(client, roadmap, 2, {"title": "Perda disabilitas"}, "Simpan dan berhenti")
    assert client.get(f"/roadmaps/{roadmap.id}/guided").location == f"/roadmaps/{roadmap.id}/guided/3"


def test_each_item_is_asked_about_in_turn_the_open_ones_first(client, cast, app, roadmap):
    a_problem(cast, roadmap, title="Sudah", cause="Sebabnya.")
    a_problem(cast, roadmap, title="Belum satu")
    a_problem(cast, roadmap, title="Belum dua")
    page = client.get(f"/roadmaps/{roadmap.id}/guided/4")
    assert "Belum satu" in page.text
    page = client.submit(page, "guided-form", {"cause": "A"}, press="Lanjut", follow=True)
    assert "Belum dua" in page.text
    page = client.submit(page, "guided-form", {"cause": "B"}, press="Lanjut", follow=True)
    assert page.heading == "Apa yang akan dilakukan untuk menjawab masalah itu?"
    assert [item.values["cause"] for item in _plan(app, roadmap).items["problem"]] == ["Sebabnya.", "A", "B"]


def test_nothing_typed_adds_nothing_and_goes_on(client, app, roadmap):
    page = _step(client, roadmap, 2, {})
    assert page.heading == "Masalah apa yang ingin diselesaikan?"
    assert _plan(app, roadmap).items["modality"] == []


def test_what_cannot_be_stored_comes_back_with_every_word(client, cast, roadmap):
    an_action(cast, roadmap)
    page = _step(client, roadmap, 6, {"lead": "Dinas Antah Berantah", "starts_on-year": "2026"})
    assert page.status == 422
    fields = page.form("guided-form").fields
    assert (fields["lead"], fields["starts_on-year"]) == ("Dinas Antah Berantah", "2026")


def test_somebody_was_quicker_in_the_same_answer(client, cast, app, roadmap):
    problem = a_problem(cast, roadmap)
    page = client.get(f"/roadmaps/{roadmap.id}/guided/4")
    with app.app_context():
        edit_item(cast.dodi, "problem", problem.id, 1, {"cause": "Kata Dodi."})
    form = client.submit(page, "guided-form", {"cause": "Kata Rina."}, press="Lanjut", follow=True)
    assert form.form(f"problem-{problem.id}-form").fields["cause"] == "Kata Rina."
    assert _plan(app, roadmap).items["problem"][0].values["cause"] == "Kata Dodi."


def test_a_partner_is_not_asked_to_write(client, cast, roadmap):
    sign_in(client, cast.yusuf)
    assert client.get(f"/roadmaps/{roadmap.id}/guided/2").status == 403
    sign_in(client, cast.eka)
    assert client.get(f"/roadmaps/{roadmap.id}/guided/2").status == 404
    sign_in(client, cast.rina)
    assert client.get(f"/roadmaps/{roadmap.id}/guided/8").status == 404
