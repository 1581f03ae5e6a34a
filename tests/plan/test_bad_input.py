"""Forged, broken, stale and hostile forms: a clear answer, the words kept, nothing half-written, never a fault."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmap.extensions import db
from roadmap.history.check import faults_of
from roadmap.history.models import KeptWords, Roadmap
from roadmap.plan.kinds import ACTION
from tests.cast import sign_in
from tests.factories import a_roadmap, an_action, the_item


@pytest.fixture
def action(cast, client):
    roadmap = a_roadmap(cast)
    item = an_action(cast, roadmap, title="Semula")
    sign_in(client, cast.rina)
    client.get(f"/actions/{item.id}/edit")
    return item


def _title(app, item):
    with app.app_context():
        found = the_item("action", item.id)
        assert list(faults_of(db.session.get_one(Roadmap, item.roadmap_id))) == []
        return found.title


FORGED = {
    "no fields named": {"base_version": "1", "title": "X"},
    "an unknown field": {"base_version": "1", "fields": "title stage", "title": "X"},
    "the roadmap's own columns": {"base_version": "1", "fields": "roadmap_id version uid", "uid": "X"},
    "the place": {"base_version": "1", "fields": "position", "position": "1"},
    "no version": {"fields": "title", "title": "X"},
    "a version that is no number": {"base_version": "satu", "fields": "title", "title": "X"},
    "a version of the future": {"base_version": "99", "fields": "title", "title": "X"},
    "a negative version": {"base_version": "-1", "fields": "title", "title": "X"},
    "a huge version": {"base_version": "9" * 40, "fields": "title", "title": "X"},
    "a choice that is none": {"base_version": "1", "fields": "priority", "priority": "luar biasa"},
    "an office of another region": {"base_version": "1", "fields": "lead", "lead": "Dinas Sosial Lain"},
    "a right that is none": {"base_version": "1", "fields": "rights", "rights": "00000000-0000"},
    "too long a title": {"base_version": "1", "fields": "title", "title": "a" * 600},
    "a script link": {
        "base_version": "1",
        "fields": "evidence",
        "evidence-0-title": "x",
        "evidence-0-link": "javascript:alert(1)",
    },
    "money without a year": {"base_version": "1", "fields": "budget", "budget-0-amount": "5"},
    "money beyond counting": {
        "base_version": "1",
        "fields": "budget",
        "budget-0-year": "2026",
        "budget-0-source": "apbd",
        "budget-0-amount": "9" * 30,
    },
    "the month thirteen": {
        "base_version": "1",
        "fields": "starts_on",
        "starts_on-month": "13",
        "starts_on-year": "2026",
    },
    "a clash that never was": {"base_version": "1", "fields": "title", "clashing": "title", "title": "X"},
}


def test_a_forged_form_is_answered_clearly_and_changes_nothing(client, app, action):
    answers = {name: client.post(f"/actions/{action.id}/edit", data) for name, data in FORGED.items()}
    assert {name: page.status for name, page in answers.items() if page.status not in {403, 404, 422}} == {}
    assert [name for name, page in answers.items() if not page.heading] == []
    assert _title(app, action) == "Semula"


def test_a_field_without_the_right_to_it_is_refused_and_the_words_kept(client, app, cast):
    own = an_action(cast, a_roadmap(cast), lead=cast.dinsos)
    sign_in(client, cast.oki)
    client.get(f"/actions/{own.id}/edit")
    page = client.post(
        f"/actions/{own.id}/edit",
        {"base_version": "1", "fields": "lead area", "lead": "", "area": "Kota Lama"},
    )
    assert page.status == 403
    with app.app_context():
        assert the_item("action", own.id).lead == cast.dinsos.uid
        kept = db.session.query(KeptWords).one()
        assert "Kota Lama" in str(kept.values)
    assert "Tulisan Anda aman" in page.text


def test_named_and_absent_is_emptied_not_named_is_left_alone(client, app, action):
    page = client.post(
        f"/actions/{action.id}/edit", {"base_version": "1", "fields": "title", "area": "diabaikan"}
    )
    assert page.status == 303
    with app.app_context():
        item = the_item("action", action.id)
        assert (item.title, item.area) == ("", "")


def test_control_characters_and_loose_surrogates_never_reach_the_plan(client, app, action):
    typed = "Me\x00la\x07tih\u202e petugas\ud800"
    page = client.post(
        f"/actions/{action.id}/edit",
        {"base_version": "1", "fields": "title", "title": typed.encode("utf-8", "surrogatepass")},
    )
    assert page.status in {303, 422}
    assert not set(_title(app, action)) & {"\x00", "\x07", "\u202e", "\ud800"}


def test_hostile_markdown_is_shown_and_does_nothing(client, app, action):
    text = (
        "[" * 9000 + "<script>alert(1)</script> <b hx-post=/roadmaps/1/submission hx-trigger=load>x</b> "
        "[k](javascript:alert(1)) " + "> " * 400
    )
    page = client.post(
        f"/actions/{action.id}/edit", {"base_version": "1", "fields": "description", "description": text}
    )
    assert page.status == 303
    shown = client.get(f"/actions/{action.id}")
    assert shown.status == 200
    row = shown.region(f"action-{action.id}-description")
    assert not row.has("script")
    assert not row.has("[hx-post]")


def test_a_wrong_method_says_so(client, action):
    for method in ("put", "patch", "delete"):
        answer = getattr(client.raw, method)(f"/actions/{action.id}/edit")
        assert answer.status_code in {400, 405}, method


def test_an_unknown_id_is_not_there(client, action):
    for path in ("/actions/0", "/actions/99999999999999999999", "/aksi/1", "/actions/-1"):
        assert client.get(path).status == 404, path


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    data=st.dictionaries(
        st.sampled_from(
            [
                "title",
                "starts_on-month",
                "starts_on-year",
                "starts_on-day",
                "budget-0-year",
                "budget-0-source",
                "budget-0-amount",
                "lead",
                "problems",
                "problems-add",
                "supporting-add",
                "evidence-0-link",
                "subactivity_codes",
                "superseded_by",
                "clashing",
                "choice-title",
                "reason",
                "kept_uid",
                "act_key",
            ]
        ),
        st.text(max_size=60),
        max_size=8,
    )
)
def test_whatever_is_typed_is_never_a_fault(client, app, action, data):
    form = {"base_version": "1", "fields": " ".join(ACTION.by_name), **data}
    form = {key: value.encode("utf-8", "replace").decode() for key, value in form.items()}
    page = client.post(f"/actions/{action.id}/edit", form)
    assert page.status in {303, 409, 422}
