"""Whatever form somebody writes in and whatever goes wrong: the words stand in the answer, or are kept for their writer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import delete

from roadmap.errors import TooMany
from roadmap.extensions import db
from roadmap.history.models import KeptWords
from roadmap.people.events import CarriedOut
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.journeys.failing import ANSWER, KEPT, House, stand_in
from tests.journeys.forms_with_words import FORMS, Open
from tests.page import LookingClient, Page

# How each engine fails is told in test_thirty_ways_of_failing; what a form does then is the same on both.
pytestmark = pytest.mark.engines("sqlite")


@dataclass
class Desk(House):
    """Somebody at an open form with words in it."""

    client: LookingClient
    monkeypatch: Any
    open: Open
    page: Page

    def send(self, **more: str | None) -> Page:
        filled = {self.open.box: self.open.words, **self.open.besides, **more}
        return self.client.submit(self.page, self.open.form, filled, press=self.open.press, follow=False)

    def found(self, page: Page) -> str:
        """Tell where the words are, and have forgotten what was kept of them."""
        self.mend()
        if self.has_kept(self.open.writer, self.open.words):
            with self.at_home(), unit_of_work():
                db.session.execute(delete(KeptWords))
            return KEPT
        return ANSWER if stand_in(page, self.open.words) else f"nowhere ({page.status})"


@pytest.fixture(params=FORMS, ids=lambda form: form.__name__)
def desk(request, app, cast: Cast, client: LookingClient, monkeypatch) -> Iterator[Desk]:
    with app.app_context():
        opened: Open = request.param(cast)
    client.sign_in(opened.writer)
    page = client.get(opened.address)
    assert page.status == 200
    desk = Desk(app, cast, client, monkeypatch, opened, page)
    yield desk
    desk.mend()


def session_lost(desk: Desk) -> Page:
    before = desk.client.raw
    desk.client.forget()
    desk.undone.append(lambda: setattr(desk.client, "raw", before))
    return desk.send()


def token_stale(desk: Desk) -> Page:
    filled = {desk.open.box: desk.open.words, **desk.open.besides}
    form = desk.page.form(desk.open.form)
    sent = form.filled(filled, press=desk.open.press) | {"csrf_token": "usang"}
    return desk.client.post(form.action, sent, token=False)


def database_gone(desk: Desk) -> Page:
    desk.break_database("server closed the connection unexpectedly")
    return desk.send()


def disk_full(desk: Desk) -> Page:
    desk.break_database("database or disk is full", "INSERT|UPDATE")
    return desk.send()


def larger_than_may_be_sent(desk: Desk) -> Page:
    form = desk.page.form(desk.open.form)
    sent = form.filled({desk.open.box: desk.open.words, **desk.open.besides}, press=desk.open.press)
    return desk.client.post(form.action, sent | {"more": "x" * 4_100_000})


def a_fault_within(desk: Desk) -> Page:
    desk.have_fail(CarriedOut)
    return desk.send()


def asked_too_often(desk: Desk) -> Page:
    def too_many(*_arguments: object, **_more: object) -> None:
        raise TooMany("Terlalu sering.", seconds=30)

    with desk.monkeypatch.context() as patch:
        patch.setattr("roadmap.people.once.again_if_overtaken", too_many)
        return desk.send()


def roadmap_over(desk: Desk) -> Page:
    desk.close(desk.open.roadmap_id)
    return desk.send()


def role_taken_away(desk: Desk) -> Page:
    desk.take_role(desk.open.writer)
    return desk.send()


# What the page gives back, and then what is kept; after the last ones the form cannot be saved any more.
CAUSES: dict[Callable[[Desk], Page], str] = {
    session_lost: ANSWER,
    token_stale: ANSWER,
    database_gone: ANSWER,
    disk_full: ANSWER,
    larger_than_may_be_sent: ANSWER,
    asked_too_often: KEPT,
    a_fault_within: KEPT,
    roadmap_over: KEPT,
    role_taken_away: KEPT,
}


def test_its_words_are_found_again_whatever_goes_wrong(desk: Desk) -> None:
    causes = [cause for cause in CAUSES if cause is not roadmap_over or desk.open.ends_with_the_roadmap]
    found = {cause.__name__: desk.found(cause(desk)) for cause in causes}
    assert found == {cause.__name__: CAUSES[cause] for cause in causes}
