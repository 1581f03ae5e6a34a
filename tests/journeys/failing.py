"""A person at an open form, and everything that can happen to it: what the tests of lost words set their scene with."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import event

from roadmap import work
from roadmap.extensions import db
from roadmap.history.models import Changeset, KeptWords, Roadmap
from roadmap.people import operations as people
from roadmap.people.models import Person
from roadmap.people.queries import find_member
from roadmap.people.roles import Stage
from roadmap.plan import operations
from roadmap.plan.models import Action
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_roadmap, an_action, the_item
from tests.page import LookingClient, Page

WORDS = "Setiap warga dapat mengadu.\r\n\r\n- <b>malam</b> & siang\r\n  - juga \N{LEFT DOUBLE QUOTATION MARK}libur\N{RIGHT DOUBLE QUOTATION MARK}"
ANSWER, KEPT, PLAN = "in the answer", "kept", "in the plan"


@dataclass
class House:
    """The application and its database, of which much can be broken, until mended."""

    app: Flask
    cast: Cast
    undone: list[Callable[[], None]] = field(default_factory=list, kw_only=True)

    @contextmanager
    def at_home(self) -> Iterator[None]:
        with self.app.app_context():
            yield

    def break_database(self, words: str, statements: str = "") -> None:
        """Have the driver refuse all statements, or those that begin so, until mended."""
        failure = self.engine.dialect.loaded_dbapi.OperationalError

        def refuse(_cursor: object, statement: str, *_more: object) -> None:
            if re.match(statements, statement):
                raise failure(words)

        event.listen(self.engine, "do_execute", refuse)
        self.undone.append(lambda: event.remove(self.engine, "do_execute", refuse))

    def break_commits(self, words: str) -> None:
        """Have the driver refuse to commit, until mended."""
        dialect = self.engine.dialect
        failure = dialect.loaded_dbapi.OperationalError
        before = dialect.do_commit

        def refuse(_connection: object) -> None:
            raise failure(words)

        dialect.do_commit = refuse
        self.undone.append(lambda: setattr(dialect, "do_commit", before))

    def have_fail(self, happening: type, *, after: bool = False) -> None:
        """Have one who hears of an event fail, within the act or after it, until mended."""
        listeners = (work._after if after else work._within)[happening]
        listeners.append(fail)
        self.undone.append(lambda: listeners.remove(fail))

    @property
    def engine(self) -> Any:
        with self.at_home():
            return db.engine

    def mend(self) -> None:
        while self.undone:
            self.undone.pop()()

    def take_role(self, person: Person) -> None:
        """End somebody's membership in the city."""
        with self.at_home():
            membership = find_member(self.cast.city.id, person.uid)
            assert membership is not None
            people.end_membership(self.cast.adi, self.cast.city.id, membership.id)

    def close(self, roadmap_id: int, stage: Stage = Stage.FINISHED) -> None:
        """Have a roadmap be over."""
        with self.at_home(), unit_of_work():
            db.session.get_one(Roadmap, roadmap_id).stage = stage

    def has_kept(self, person: Person, words: str = WORDS) -> bool:
        """Tell whether the words are kept for somebody, word for word."""
        with self.at_home():
            kept = db.session.query(KeptWords).filter_by(person_id=person.id)
            return any(same(str(one), words) for row in kept for one in row.values.values())


@dataclass
class Scene(House):
    """Rina at the open form of an action."""

    client: LookingClient
    action: Action
    form: Page
    monkeypatch: Any
    clock: Any

    def send(self, changes: dict[str, str | None] | None = None, **more: Any) -> Page:
        """Send the form with her words in it."""
        values = {"expected_result": WORDS, **(changes or {})}
        return self.client.submit(self.form, f"action-{self.action.id}-form", values, follow=False, **more)

    def sent_fields(self) -> dict[str, Any]:
        return self.form.form(f"action-{self.action.id}-form").filled({"expected_result": WORDS})

    def finish(self, stage: Stage = Stage.FINISHED) -> None:
        self.close(self.action.roadmap_id, stage)

    def edit(self, values: dict[str, Any]) -> None:
        """Dodi saves something."""
        with self.at_home():
            item = the_item("action", self.action.id)
            operations.edit_item(self.cast.dodi, "action", item.id, item.version, values)

    def end_sessions(self) -> None:
        with self.at_home(), unit_of_work():
            people.end_sessions_of(db.session.merge(self.cast.rina))

    def acts(self) -> int:
        with self.at_home():
            return db.session.query(Changeset).filter_by(roadmap_id=self.action.roadmap_id).count()

    def places_of_words(self, page: Page) -> set[str]:
        """Where her words are, word for word."""
        places = {ANSWER} if stand_in(page) else set()
        places |= {KEPT} if self.has_kept(self.cast.rina) else set()
        with self.at_home():
            if same(str(the_item("action", self.action.id).expected_result)):
                places.add(PLAN)
        return places


def open_scene(app: Flask, cast: Cast, client: LookingClient, monkeypatch: Any, clock: Any = None) -> Scene:
    """Have Rina open the form of an action."""
    action = an_action(
        cast, a_roadmap(cast), title="Kanal pengaduan", lead=cast.dinsos, expected_result="Belum."
    )
    client.sign_in(cast.rina)
    form = client.get(f"/actions/{action.id}/edit")
    return Scene(app, cast, client, action, form, monkeypatch, clock)


def stand_in(page: Page, words: str = WORDS) -> bool:
    """Tell whether the words stand in a box of a page, word for word."""
    boxes = [tag.get_text().removeprefix("\n") for tag in page.tag.select("textarea")]
    boxes += [str(tag.get("value", "")) for tag in page.tag.select("input")]
    return any(same(box, words) for box in boxes)


def same(found: str, words: str = WORDS) -> bool:
    return found.replace("\r\n", "\n") == words.replace("\r\n", "\n")


def fail(_told: object) -> None:
    message = "on purpose"
    raise ValueError(message)
