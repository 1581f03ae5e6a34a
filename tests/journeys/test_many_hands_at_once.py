"""Eight editors at one item through the server of production, and a button pressed eight times at once."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.sessions import SecureCookieSessionInterface

from roadmap.extensions import db
from roadmap.history.check import faults_of
from roadmap.history.models import Roadmap
from roadmap.history.queries import revisions_of
from roadmap.people import operations
from roadmap.people.roles import Role
from roadmap.review.models import Submission
from roadmap.work import unit_of_work
from tests.cast import PASSWORD
from tests.factories import a_roadmap, an_action, the_item
from tests.hidden_boxes import hidden_boxes

EDITORS, ROUNDS = 8, 25
FIELDS = (
    "title",
    "expected_result",
    "description",
    "success_criteria",
    "area",
    "code",
    "planning_links",
    "origin_reference",
)


class Stay(urllib.request.HTTPRedirectHandler):
    """Shows a redirection instead of following it."""

    def redirect_request(self, *_arguments: Any, **_more: Any) -> None:
        return None


class Editor:
    """Somebody at a simple browser."""

    def __init__(self, base: str, cookie: str) -> None:
        self.base, self.cookie = base, cookie
        self.open = urllib.request.build_opener(Stay()).open

    def get(self, path: str) -> tuple[int, str]:
        return self._answer(urllib.request.Request(self.base + path, headers={"Cookie": self.cookie}))

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        data = urlencode(fields).encode()
        return self._answer(
            urllib.request.Request(self.base + path, data=data, headers={"Cookie": self.cookie})
        )

    def _answer(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.open(request, timeout=60) as answer:
                self._keep(answer.headers)
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            self._keep(answer.headers)
            return answer.code, answer.read().decode()

    def _keep(self, headers: Any) -> None:
        """Keep the session as a browser would: the token of the forms is in it."""
        for cookie in headers.get_all("Set-Cookie") or ():
            if cookie.startswith("roadmap="):
                self.cookie = cookie.partition(";")[0]


def hidden(page: str, action: str = "") -> dict[str, str]:
    """Read the hidden boxes of the form with this action, or of the page's own form."""
    forms = re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', page.partition("<main")[2], re.DOTALL)
    body = next(body for where, body in forms if where == action or not action)
    return hidden_boxes(body)


@pytest.fixture
def editors(app, cast, gunicorn) -> list[Editor]:
    cookies = []
    sign = SecureCookieSessionInterface().get_signing_serializer(app)
    assert sign is not None
    with app.app_context(), unit_of_work():
        for number in range(EDITORS):
            person = operations.create_person(f"Penyunting {number}", f"p{number}@contoh.go.id", PASSWORD)
            operations.give_membership(None, person, Role.DRAFTER, cast.city.id)
            signed = sign.dumps({"_user_id": operations.begin_session(person), "_fresh": True})
            cookies.append(f"roadmap={signed}")
    base = gunicorn(workers=2, threads=8)
    return [Editor(base, cookie) for cookie in cookies]


def _save(editor: Editor, action_id: int, field: str, words: str) -> int:
    path = f"/actions/{action_id}/edit/{field}"
    status, page = editor.get(path)
    assert status == 200
    return editor.post(path, {**hidden(page, path), field: words})[0]


def _all_at_once(editors: list[Editor], work: Callable[[int, Editor], Any]) -> list[Any]:
    with ThreadPoolExecutor(len(editors)) as pool:
        return list(pool.map(lambda pair: work(*pair), enumerate(editors)))


def test_eight_people_in_eight_fields_lose_nothing_and_are_asked_nothing(app, cast, editors):
    action = an_action(cast, a_roadmap(cast))

    def write(number: int, editor: Editor) -> list[int]:
        return [
            _save(editor, action.id, FIELDS[number], f"{FIELDS[number]} {turn}") for turn in range(ROUNDS)
        ]

    answers = _all_at_once(editors, write)
    assert answers == [[303] * ROUNDS] * EDITORS
    with app.app_context():
        item = the_item("action", action.id)
        assert [getattr(item, field) for field in FIELDS] == [f"{field} {ROUNDS - 1}" for field in FIELDS]
        told = {
            (revision.changed[0], revision.snapshot[revision.changed[0]])
            for revision in revisions_of(item)[:-1]
        }
        assert told == {(field, f"{field} {turn}") for field in FIELDS for turn in range(ROUNDS)}
        assert list(faults_of(db.session.get_one(Roadmap, action.roadmap_id))) == []


def test_eight_people_in_one_field_are_asked_and_whatever_was_acknowledged_is_in_the_history(
    app, cast, editors
):
    action = an_action(cast, a_roadmap(cast))

    def write(number: int, editor: Editor) -> list[tuple[int, str]]:
        words = [f"Penyunting {number}, putaran {turn}" for turn in range(ROUNDS)]
        return [(_save(editor, action.id, "title", one), one) for one in words]

    answers = [one for several in _all_at_once(editors, write) for one in several]
    assert {status for status, _words in answers} <= {303, 409}
    acknowledged = sorted(words for status, words in answers if status == 303)
    with app.app_context():
        item = the_item("action", action.id)
        recorded = sorted(str(revision.snapshot["title"]) for revision in revisions_of(item)[:-1])
        assert recorded == acknowledged
        assert list(faults_of(db.session.get_one(Roadmap, action.roadmap_id))) == []


def test_a_submission_pressed_eight_times_at_once_is_one(app, cast, editors):
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, lead=cast.dinsos)
    path = f"/roadmaps/{roadmap.id}/submissions"
    one = editors[0]
    form = hidden(one.get(f"/roadmaps/{roadmap.id}/stages")[1], path)
    with ThreadPoolExecutor(EDITORS) as pool:
        answers = list(pool.map(lambda _press: one.post(path, form)[0], range(EDITORS)))
    assert set(answers) == {303}
    with app.app_context():
        assert db.session.query(Submission).count() == 1
        assert list(faults_of(db.session.get_one(Roadmap, roadmap.id))) == []
