"""Rina writes, and something goes wrong: each time her words are found again, in the answer, kept for her, or in the plan."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, make_url, text

from roadmap import create_app, work
from roadmap.clock import now
from roadmap.errors import TooMany
from roadmap.extensions import db
from roadmap.history.events import Recorded
from roadmap.history.models import Changeset, KeptWords, Roadmap
from roadmap.people import operations as people
from roadmap.people.queries import find_member
from roadmap.people.roles import Stage
from roadmap.plan import operations
from roadmap.plan.models import Action
from roadmap.work import unit_of_work
from tests.cast import PASSWORD, Cast
from tests.databases import Database
from tests.factories import a_roadmap, an_action, the_item
from tests.page import LookingClient, Page

WORDS = "Setiap warga dapat mengadu.\r\n\r\n- <b>malam</b> & siang\r\n  - juga \N{LEFT DOUBLE QUOTATION MARK}libur\N{RIGHT DOUBLE QUOTATION MARK}"
ANSWER, KEPT, PLAN = "in the answer", "kept", "in the plan"


@dataclass
class Scene:
    """Rina at an open form, and everything that can happen to it."""

    app: Flask
    cast: Cast
    client: LookingClient
    action: Action
    form: Page
    monkeypatch: pytest.MonkeyPatch
    clock: Any
    undone: list[Callable[[], None]] = field(default_factory=list)

    def send(self, changes: dict[str, str | None] | None = None, **more: Any) -> Page:
        """Send the form with her words in it."""
        values = {"expected_result": WORDS, **(changes or {})}
        return self.client.submit(self.form, f"action-{self.action.id}-form", values, follow=False, **more)

    def sent_fields(self) -> dict[str, Any]:
        return self.form.form(f"action-{self.action.id}-form").filled({"expected_result": WORDS})

    @contextmanager
    def at_home(self) -> Iterator[None]:
        with self.app.app_context():
            yield

    def finish(self, stage: Stage = Stage.FINISHED) -> None:
        with self.at_home(), unit_of_work():
            db.session.get_one(Roadmap, self.action.roadmap_id).stage = stage

    def edit(self, values: dict[str, Any]) -> None:
        """Dodi saves something."""
        with self.at_home():
            item = the_item("action", self.action.id)
            operations.edit_item(self.cast.dodi, "action", item.id, item.version, values)

    def end_sessions(self) -> None:
        with self.at_home(), unit_of_work():
            people.end_sessions_of(db.session.merge(self.cast.rina))

    def break_database(self, words: str, statements: str = "") -> None:
        """Have the driver refuse all statements, or those that begin so, until mended."""
        failure = self._engine().dialect.loaded_dbapi.OperationalError

        def refuse(_cursor: object, statement: str, *_more: object) -> None:
            if re.match(statements, statement):
                raise failure(words)

        event.listen(self._engine(), "do_execute", refuse)
        self.undone.append(lambda: event.remove(self._engine(), "do_execute", refuse))

    def break_commits(self, words: str) -> None:
        """Have the driver refuse to commit, until mended."""
        dialect = self._engine().dialect
        failure = dialect.loaded_dbapi.OperationalError
        before = dialect.do_commit

        def refuse(_connection: object) -> None:
            raise failure(words)

        dialect.do_commit = refuse
        self.undone.append(lambda: setattr(dialect, "do_commit", before))

    def _engine(self) -> Any:
        with self.at_home():
            return db.engine

    def mend(self) -> None:
        while self.undone:
            self.undone.pop()()

    def acts(self) -> int:
        with self.at_home():
            return db.session.query(Changeset).filter_by(roadmap_id=self.action.roadmap_id).count()

    def places_of_words(self, page: Page) -> set[str]:
        """Where her words are, word for word."""
        boxes = [tag.get_text().removeprefix("\n") for tag in page.tag.select("textarea")]
        boxes += [str(tag.get("value", "")) for tag in page.tag.select("input")]
        places = {ANSWER} if any(_same(words) for words in boxes) else set()
        with self.at_home():
            for kept in db.session.query(KeptWords).filter_by(person_id=self.cast.rina.id):
                if any(_same(str(words)) for words in kept.values.values()):
                    places.add(KEPT)
            if _same(str(the_item("action", self.action.id).expected_result)):
                places.add(PLAN)
        return places


def _same(words: str) -> bool:
    return words.replace("\r\n", "\n") == WORDS.replace("\r\n", "\n")


@pytest.fixture
def scene(app, cast, client, monkeypatch, clock) -> Iterator[Scene]:
    action = an_action(
        cast, a_roadmap(cast), title="Kanal pengaduan", lead=cast.dinsos, expected_result="Belum."
    )
    client.sign_in(cast.rina)
    form = client.get(f"/actions/{action.id}/edit")
    found = Scene(app, cast, client, action, form, monkeypatch, clock)
    yield found
    found.mend()


# --- the ways: each gives the last answer she saw


def session_ended_elsewhere(scene: Scene) -> Page:
    scene.end_sessions()
    return scene.send()


def session_expired(scene: Scene) -> Page:
    scene.clock.advance(hours=13)
    return scene.send()


def cookie_lost(scene: Scene) -> Page:
    scene.client.forget()
    return scene.send()


def session_ended_and_signed_in_again(scene: Scene) -> Page:
    page = session_ended_elsewhere(scene)
    page = _sign_in(scene, page, scene.cast.rina.email)
    return scene.client.submit(page, "send-on-form", {}, follow=False)


def session_ended_and_a_wrong_password(scene: Scene) -> Page:
    return _sign_in(scene, session_ended_elsewhere(scene), scene.cast.rina.email, "keliru")


def session_ended_and_somebody_else_signs_in(scene: Scene) -> Page:
    return _sign_in(scene, session_ended_elsewhere(scene), scene.cast.dodi.email)


def session_ended_and_the_database_goes_too(scene: Scene) -> Page:
    page = session_ended_elsewhere(scene)
    scene.break_database("server closed the connection unexpectedly")
    return _sign_in(scene, page, scene.cast.rina.email)


def _sign_in(scene: Scene, page: Page, email: str, password: str = PASSWORD) -> Page:
    return scene.client.submit(page, "sign-in-form", {"email": email, "password": password}, follow=False)


def token_missing(scene: Scene) -> Page:
    sent = scene.sent_fields()
    del sent["csrf_token"]
    return scene.client.post(scene.form.path, sent, token=False)


def token_stale(scene: Scene) -> Page:
    return scene.client.post(scene.form.path, scene.sent_fields() | {"csrf_token": "usang"})


def another_person_signed_in_on_this_device(scene: Scene) -> Page:
    scene.client.sign_in(scene.cast.dodi)
    return scene.send()


def something_else_cannot_be_stored(scene: Scene) -> Page:
    return scene.send(
        {"budget-0-amount": "banyak sekali", "budget-0-year": "2026", "budget-0-source": "apbd"}
    )


def too_long_a_text_beside_it(scene: Scene) -> Page:
    return scene.send({"title": "x" * 600})


def form_arrives_damaged(scene: Scene) -> Page:
    return scene.client.post(scene.form.path, {"expected_result": WORDS})


def somebody_changed_the_same_sentence(scene: Scene) -> Page:
    scene.edit({"expected_result": "Sudah ada."})
    return scene.send()


def item_removed(scene: Scene) -> Page:
    with scene.at_home():
        operations.remove_item(scene.cast.dodi, "action", scene.action.id)
    return scene.send()


def roadmap_finished(scene: Scene) -> Page:
    scene.finish()
    return scene.send()


def roadmap_finished_and_the_disk_full(scene: Scene) -> Page:
    scene.finish()
    scene.break_database("database or disk is full", "INSERT|UPDATE")
    return scene.send()


def role_taken_away(scene: Scene) -> Page:
    with scene.at_home():
        membership = find_member(scene.cast.city.id, scene.cast.rina.uid)
        assert membership is not None
        people.end_membership(scene.cast.adi, scene.cast.city.id, membership.id)
    return scene.send()


def role_ended_by_its_date(scene: Scene) -> Page:
    with scene.at_home(), unit_of_work():
        membership = find_member(scene.cast.city.id, scene.cast.rina.uid)
        assert membership is not None
        membership.ends_on = now().date()
        db.session.flush()
        membership.starts_on = membership.starts_on.replace(year=2025)
        membership.ends_on = membership.ends_on.replace(year=2025)
    return scene.send()


def account_closed(scene: Scene) -> Page:
    with scene.at_home():
        people.close_account(scene.cast.rina)
    return scene.send()


def a_field_that_is_not_hers(scene: Scene) -> Page:
    scene.monkeypatch.setattr("roadmap.plan.operations.require_fields", _refuse)
    return scene.send()


def _refuse(*_arguments: object) -> None:
    from roadmap.errors import NotAllowed

    raise NotAllowed


def database_gone(scene: Scene) -> Page:
    scene.break_database("server closed the connection unexpectedly")
    return scene.send()


def database_goes_before_the_commit(scene: Scene) -> Page:
    scene.break_commits("server closed the connection unexpectedly")
    return scene.send()


def disk_full(scene: Scene) -> Page:
    scene.break_database("database or disk is full", "INSERT|UPDATE")
    return scene.send()


def database_locked(scene: Scene) -> Page:
    scene.break_database("database is locked", "BEGIN IMMEDIATE|UPDATE")
    return scene.send()


def overtaken_again_and_again(scene: Scene) -> Page:
    def overtaken(*_arguments: object, **_more: object) -> None:
        from sqlalchemy.orm.exc import StaleDataError

        raise StaleDataError

    scene.monkeypatch.setattr("roadmap.plan.saving.edit_item", overtaken)
    return scene.send()


def database_gone_while_it_is_new(scene: Scene) -> Page:
    form = scene.client.get(f"/roadmaps/{scene.action.roadmap_id}/problems/new")
    scene.break_database("server closed the connection unexpectedly")
    return scene.client.submit(form, "new-problem", {"cause": WORDS}, follow=False)


def something_new_in_a_finished_roadmap(scene: Scene) -> Page:
    form = scene.client.get(f"/roadmaps/{scene.action.roadmap_id}/problems/new")
    scene.finish()
    return scene.client.submit(form, "new-problem", {"cause": WORDS}, follow=False)


def larger_than_may_be_sent(scene: Scene) -> Page:
    return scene.send({"title": "x" * 4_100_000})


def asked_too_often(scene: Scene) -> Page:
    def too_many(*_arguments: object, **_more: object) -> None:
        raise TooMany("Terlalu sering.", seconds=30)

    scene.monkeypatch.setattr("roadmap.plan.saving.edit_item", too_many)
    return scene.send()


def a_fault_within_the_act(scene: Scene) -> Page:
    _have_fail(scene, work._within[Recorded])
    return scene.send()


def a_fault_within_and_nothing_can_be_kept(scene: Scene) -> Page:
    scene.monkeypatch.setattr("roadmap.web.errors._keepers", [_fail])
    _have_fail(scene, work._within[Recorded])
    return scene.send()


def a_fault_after_the_commit(scene: Scene) -> Page:
    _have_fail(scene, work._after[Recorded])
    return scene.send()


def _fail(_told: object) -> None:
    message = "on purpose"
    raise ValueError(message)


def _have_fail(scene: Scene, listeners: list[Callable[[Any], None]]) -> None:
    listeners.append(_fail)
    scene.undone.append(lambda: listeners.remove(_fail))


def answer_lost_and_sent_again(scene: Scene) -> Page:
    before = scene.acts()
    scene.send()  # committed, and the server killed before it could say so
    page = scene.send()
    assert scene.acts() == before + 1
    return page


def killed_before_the_commit_and_sent_again(scene: Scene) -> Page:
    before = scene.acts()
    database_goes_before_the_commit(scene)
    assert scene.acts() == before
    scene.mend()
    return scene.send()


def pressed_twice(scene: Scene) -> Page:
    before = scene.acts()
    pages = [scene.send(), scene.send()]
    assert ([page.status for page in pages], scene.acts()) == ([303, 303], before + 1)
    return pages[1]


def written_in_two_tabs(scene: Scene) -> Page:
    other = scene.client.get(f"/actions/{scene.action.id}/edit/area")
    scene.client.submit(other, f"/actions/{scene.action.id}/edit/area", {"area": "Kecamatan"}, follow=False)
    return scene.send()


def a_deploy_that_knows_the_old_key(scene: Scene) -> Page:
    _deploy(scene, knows_the_old=True)
    return scene.send()


def a_deploy_with_another_key(scene: Scene) -> Page:
    _deploy(scene, knows_the_old=False)
    return scene.send()


def _deploy(scene: Scene, *, knows_the_old: bool) -> None:
    config = scene.app.extensions["roadmap_config"]
    old = (config.secret_key,) if knows_the_old else ()
    deployed = create_app(replace(config, secret_key="k" * 40, secret_key_fallbacks=old))
    cookie = scene.client.raw.get_cookie("roadmap")
    assert cookie is not None
    scene.client.raw = deployed.test_client()
    scene.client.raw.set_cookie("roadmap", cookie.value)

    def close() -> None:
        with deployed.app_context():
            db.engine.dispose()

    scene.undone.append(close)


WAYS: dict[Callable[[Scene], Page], tuple[int, str]] = {
    session_ended_elsewhere: (401, ANSWER),
    session_expired: (401, ANSWER),
    cookie_lost: (401, ANSWER),
    session_ended_and_signed_in_again: (303, PLAN),
    session_ended_and_a_wrong_password: (422, ANSWER),
    session_ended_and_somebody_else_signs_in: (303, KEPT),
    session_ended_and_the_database_goes_too: (503, ANSWER),
    token_missing: (400, ANSWER),
    token_stale: (400, ANSWER),
    another_person_signed_in_on_this_device: (400, ANSWER),
    something_else_cannot_be_stored: (422, ANSWER),
    too_long_a_text_beside_it: (422, KEPT),
    form_arrives_damaged: (422, KEPT),
    somebody_changed_the_same_sentence: (409, KEPT),
    item_removed: (409, KEPT),
    roadmap_finished: (409, KEPT),
    roadmap_finished_and_the_disk_full: (409, ANSWER),
    role_taken_away: (404, KEPT),
    role_ended_by_its_date: (404, KEPT),
    account_closed: (401, ANSWER),
    a_field_that_is_not_hers: (403, KEPT),
    database_gone: (503, ANSWER),
    database_goes_before_the_commit: (503, ANSWER),
    disk_full: (503, ANSWER),
    database_locked: (503, ANSWER),
    overtaken_again_and_again: (503, ANSWER),
    database_gone_while_it_is_new: (503, ANSWER),
    something_new_in_a_finished_roadmap: (409, KEPT),
    larger_than_may_be_sent: (413, ANSWER),
    asked_too_often: (429, KEPT),
    a_fault_within_the_act: (500, KEPT),
    a_fault_within_and_nothing_can_be_kept: (500, ANSWER),
    a_fault_after_the_commit: (303, PLAN),
    answer_lost_and_sent_again: (303, PLAN),
    killed_before_the_commit_and_sent_again: (303, PLAN),
    pressed_twice: (303, PLAN),
    written_in_two_tabs: (303, PLAN),
    a_deploy_that_knows_the_old_key: (400, ANSWER),
    a_deploy_with_another_key: (401, ANSWER),
}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_words_are_found_again(scene: Scene, way: Callable[[Scene], Page]) -> None:
    status, place = WAYS[way]
    page = way(scene)
    assert page.status == status
    scene.mend()
    assert place in scene.places_of_words(page)


# --- the page that gives them back


def test_what_was_given_back_is_sent_again_with_one_press_and_lands_once(scene: Scene) -> None:
    before = scene.acts()
    page = disk_full(scene)
    assert "Tidak ada yang hilang" in page.text
    assert page.title.startswith("Belum tersimpan:")
    scene.mend()
    for _press in range(2):
        assert scene.client.submit(page, "given-back-form", {}, follow=False).status == 303
    assert (scene.acts(), scene.places_of_words(page) & {PLAN}) == (before + 1, {PLAN})


def test_with_htmx_the_words_stay_in_the_form_that_stands_there(scene: Scene) -> None:
    scene.break_database("database or disk is full", "INSERT|UPDATE")
    page = scene.send(htmx=True)
    assert (page.status, page.headers["HX-Reswap"]) == (503, "none")
    assert "tulisan Anda masih di formulir" in page.text


def test_a_page_that_is_only_read_says_that_the_system_is_busy(scene: Scene) -> None:
    database_gone(scene)
    page = scene.client.get(f"/actions/{scene.action.id}")
    assert (page.status, page.headers["Retry-After"]) == (503, "10")
    assert scene.client.get("/readyz").status == 503
    scene.mend()
    assert scene.client.get(f"/actions/{scene.action.id}").status == 200


@pytest.mark.engines("sqlite")
def test_a_disk_that_is_really_full_and_has_room_again(scene: Scene) -> None:
    with scene.at_home():
        engine = db.engine

        def full(connection: Any, *_more: Any) -> None:
            connection.exec_driver_sql("PRAGMA max_page_count=1")  # no smaller than what stands there

        event.listen(engine, "begin", full)
    page = scene.send({"description": "x" * 19_000})
    assert (page.status, ANSWER in scene.places_of_words(page)) == (503, True)
    event.remove(engine, "begin", full)
    with scene.at_home(), engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    engine.dispose()
    scene.client.submit(page, "given-back-form", {}, follow=False)
    assert PLAN in scene.places_of_words(page)


@pytest.mark.engines("sqlite")
def test_a_database_that_another_program_holds(scene: Scene, database: Database) -> None:
    import sqlite3

    with scene.at_home():
        engine = db.engine
        event.listen(engine, "begin", _impatient)
    other = sqlite3.connect(database.url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page = scene.send()
    assert (page.status, ANSWER in scene.places_of_words(page)) == (503, True)
    other.execute("ROLLBACK")
    other.close()
    event.remove(engine, "begin", _impatient)
    scene.client.submit(page, "given-back-form", {}, follow=False)
    assert PLAN in scene.places_of_words(page)


def _impatient(connection: Any) -> None:
    connection.exec_driver_sql("PRAGMA busy_timeout=20")


@pytest.mark.engines("postgres")
def test_a_postgresql_that_goes_and_comes_back(scene: Scene, database: Database) -> None:
    from tests.databases import _connected

    own = make_url(database.url)
    name = own.database
    with _connected(own.set(database="postgres").render_as_string(hide_password=False)) as admin:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            page = scene.send()
        finally:
            admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert (page.status, ANSWER in scene.places_of_words(page)) == (503, True)
    scene.client.submit(page, "given-back-form", {}, follow=False)
    assert PLAN in scene.places_of_words(page)


@pytest.mark.engines("postgres")
def test_a_row_that_another_program_holds_is_not_waited_for_without_end(
    scene: Scene, database: Database
) -> None:
    from tests.databases import _connected

    with scene.at_home():
        engine = db.engine
        limit = db.session.execute(text("SHOW lock_timeout")).scalar()
        db.session.rollback()

        def impatient(connection: Any) -> None:
            connection.exec_driver_sql("SET LOCAL lock_timeout = '20ms'")

        event.listen(engine, "begin", impatient)
    assert limit == "10s"
    with _connected(database.url) as other, other.transaction():
        other.execute("SELECT 1 FROM roadmap FOR UPDATE")
        page = scene.send()
    event.remove(engine, "begin", impatient)
    assert (page.status, ANSWER in scene.places_of_words(page)) == (503, True)
    scene.client.submit(page, "given-back-form", {}, follow=False)
    assert PLAN in scene.places_of_words(page)
