"""Wherever somebody writes: how long it may be stands there before it is sent, and nothing longer is ever cut."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from roadmap.extensions import db
from roadmap.history.models import WorkingCopy
from roadmap.plan.kinds import KINDS
from roadmap.text.normal import normalise
from tests.browser import PHONE, Pages, barriers
from tests.cast import Cast
from tests.desk.at_a_desk import signed_in
from tests.factories import a_roadmap, an_action
from tests.journeys.failing import House, stand_in
from tests.journeys.forms_with_words import FORMS, Open, answers_of_a_table, grid
from tests.page import LookingClient

WRITTEN = [form for form in FORMS if form not in {grid, answers_of_a_table}]


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


# Only PostgreSQL holds a column to its length.
@pytest.mark.engines("postgres")
@pytest.mark.parametrize("form", WRITTEN, ids=lambda form: form.__name__)
def test_the_limit_that_is_said_is_the_one_that_holds_and_nothing_is_cut(
    form, app: Flask, cast: Cast, client: LookingClient
) -> None:
    with app.app_context():
        opened: Open = form(cast)
    client.sign_in(opened.writer)
    page = client.get(opened.address)
    box = next(one for one in page.form(opened.form).tag.select(f"[name='{opened.box}']"))
    limit = int(str(box["data-limit"]))
    assert "maxlength" not in box.attrs
    assert page.region(f"{box['id']}-limit").text == f"Paling banyak {_dotted(limit)} huruf."
    over = "a" * (limit - 1) + "\r\n😀"
    back = client.submit(page, opened.form, {opened.box: over, **opened.besides}, press=opened.press)
    assert back.status == 422
    assert f"{_dotted(limit + 1)} huruf, lebih 1 dari batas {_dotted(limit)}" in back.text
    house = House(app, cast)
    assert stand_in(back, normalise(over)) or house.has_kept(opened.writer, normalise(over))
    whole = over.replace("a", "", 1)
    page = client.get(opened.address)
    kinds = page.form(opened.form).choices("instrument")
    filled = {opened.box: whole, **opened.besides, **({"instrument": next(iter(kinds))} if kinds else {})}
    there = client.submit(page, opened.form, filled, press=opened.press, follow=False)
    assert there.status == 303


@pytest.mark.engines("sqlite")
def test_all_that_a_form_can_hold_lies_far_below_what_may_be_sent(
    app: Flask, cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast)
    client.sign_in(cast.rina)
    for kind in KINDS.values():
        if kind.name in {"cover", "indicator"}:
            continue
        page = client.get(f"/roadmaps/{roadmap.id}/{kind.plural}/new")
        said = {one["name"]: int(one["data-limit"]) for one in page.all("[data-limit]")}
        enforced = {one.name: one.type.limit for one in kind.fields if one.type.widget in {"line", "area"}}
        assert said == enforced
        most = app.config["MAX_FORM_MEMORY_SIZE"]
        # A letter of the Latin script is a byte on its way, an emoji twelve.
        assert 10 * sum(said.values()) < most
        assert 12 * sum(said.values()) < most


@pytest.mark.engines("sqlite")
def test_the_page_counts_as_the_server_does_and_what_is_too_long_goes_on_being_written_down(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages
) -> None:
    action = an_action(cast, a_roadmap(cast))
    page = signed_in(page_of, client, cast.rina, PHONE)
    page.goto(f"/actions/{action.id}/edit")
    told = page.locator("#f-title-limit")
    expect(told).to_be_hidden()
    for text, words in {
        "a" * 410: "Masih muat 90 huruf lagi; paling banyak 500.",
        "😀" * 499 + "  ": "Masih muat 1 huruf lagi; paling banyak 500.",
        "e\u0301" * 503: "Kelebihan 3 huruf; paling banyak 500.",
        "a  " * 260: "Kelebihan 19 huruf; paling banyak 500.",
    }.items():
        page.locator("[name=title]").fill(text)
        expect(told).to_contain_text(words)
    expect(page.locator("#live")).to_contain_text("Kelebihan 19 huruf")
    long = "kata " * 5_000
    page.locator("[name=expected_result]").fill(long)
    expect(page.locator("#f-expected_result-limit")).to_contain_text("Kelebihan 4.999 huruf")
    expect(page.locator("#main form [data-state=kept]")).to_be_visible()
    with app.app_context():
        (copy,) = db.session.query(WorkingCopy)
        assert dict(copy.values)["expected_result"] == long
    assert barriers(page) == []
    page.locator(".save-bar button").click()
    expect(page.locator("#error-summary")).to_contain_text("lebih 4.999 dari batas 20.000")
    assert page.locator("[name=expected_result]").input_value().split() == long.split()
    page.locator("[name=title]").fill("Kanal")
    page.locator("[name=expected_result]").fill("Pendek.")
    expect(page.locator("#f-expected_result-limit")).to_have_text("Paling banyak 20.000 huruf.")
    page.locator(".save-bar button").click()
    expect(page.locator("#notice")).to_contain_text("Tersimpan di peta jalan")
