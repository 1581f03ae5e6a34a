"""In a browser: the disk is full, the words stand in the answer, and one more press saves them."""

import re
from typing import Any

import pytest
from sqlalchemy import event

from roadmap.extensions import db
from tests.browser import DESK, PHONE, barriers
from tests.cast import PASSWORD
from tests.factories import a_roadmap, an_action, the_item

WORDS = "Setiap warga dapat mengadu.\n\n- malam & <siang>"


@pytest.mark.engines("sqlite")  # what the browser does, not what the database does
@pytest.mark.parametrize("look", [(PHONE, "light", True), (DESK, "dark", False)])
def test_words_that_could_not_be_stored_stand_in_the_answer(app, cast, page_of, look):
    size, theme, js = look
    action = an_action(cast, a_roadmap(cast), title="Kanal pengaduan")
    page_of.expect("503")
    page = page_of(size, theme=theme, js=js)
    page.goto(f"/sign-in?next=/actions/{action.id}/edit")
    page.get_by_label("Alamat surel").fill(cast.rina.email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.locator("#sign-in-form button[type=submit]").click()
    page.wait_for_url("**/edit")
    page.locator("#f-expected_result").fill(WORDS)
    with app.app_context():
        engine = db.engine
    failure = engine.dialect.loaded_dbapi.OperationalError

    def full(_cursor: object, statement: str, *_more: Any) -> None:
        if re.match("INSERT|UPDATE", statement):
            message = "database or disk is full"
            raise failure(message)

    event.listen(engine, "do_execute", full)
    try:
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_selector("#given-back-form")
    finally:
        event.remove(engine, "do_execute", full)
    box = page.locator("#given-back-form textarea[name=expected_result]")
    assert box.input_value() == WORDS
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    # axe is a script itself: where there is none it would wait for ever.
    assert not js or barriers(page) == []
    page.get_by_role("button", name="Simpan lagi").click()
    page.wait_for_url(f"**/actions/{action.id}")
    with app.app_context():
        assert the_item("action", action.id).expected_result == WORDS
