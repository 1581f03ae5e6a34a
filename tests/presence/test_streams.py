"""The streams of the server of production: numbers only, a cap below the threads, an end when a role ends."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import text

from roadmap.discussion.operations import About, open_thread
from roadmap.extensions import db
from roadmap.people import operations as people_verbs
from roadmap.people.models import Person
from roadmap.people.operations.sessions import end_sessions_of
from roadmap.people.queries import memberships_of
from roadmap.plan.operations import edit_item
from roadmap.presence.broker import Broker, Full, ListenFor, LookOften, Pulse
from roadmap.work import unit_of_work
from tests.cast import Cast, sign_in
from tests.factories import a_roadmap, an_action
from tests.page import LookingClient
from tests.presence.at_hand import place

SOON = 2.0


class Stream:
    """Somebody's open stream: the events as they come."""

    def __init__(self, base: str, cookie: str, address: str, last_id: str = "") -> None:
        self.line = http.client.HTTPConnection(urlsplit(base).netloc, timeout=10)
        headers = {"Cookie": cookie, "Accept": "text/event-stream", "Accept-Encoding": "gzip"}
        self.line.request("GET", address, headers=headers | ({"Last-Event-ID": last_id} if last_id else {}))
        self.answer = self.line.getresponse()

    def event(self) -> dict[str, str]:
        """Wait for the next thing said: its fields by name; a heartbeat is empty."""
        found: dict[str, str] = {}
        while line := self.answer.fp.readline():
            said = line.decode().rstrip("\r\n")
            if not said and found:
                return found
            name, _colon, value = said.partition(": ")
            if name in {"id", "event", "data", "retry"}:
                found[name] = value
        return {"event": "closed"}

    def news(self) -> dict[str, Any]:
        """Wait for the next news, or for the end."""
        while (event := self.event()).get("event") not in {"news", "end", "closed"}:
            pass
        return json.loads(event["data"]) | {"id": event.get("id", "")} if event["event"] == "news" else {}


def cookie_of(client: LookingClient, person: Person) -> str:
    own = client.another()
    sign_in(own, person)
    name = client.app.config["SESSION_COOKIE_NAME"]
    cookie = own.raw.get_cookie(name)
    assert cookie is not None
    return f"{name}={cookie.value}"


@contextmanager
def streams(*opened: Stream) -> Iterator[None]:
    try:
        yield
    finally:
        for one in opened:
            one.line.close()


def get(base: str, cookie: str, address: str) -> tuple[int, float]:
    line = http.client.HTTPConnection(urlsplit(base).netloc, timeout=10)
    began = time.perf_counter()
    line.request("GET", address, headers={"Cookie": cookie})
    status = line.getresponse().status
    line.close()
    return status, time.perf_counter() - began


def test_a_save_is_heard_at_once_by_number_and_a_hidden_comment_not_at_all(
    cast: Cast, client: LookingClient, gunicorn: Any
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    base = gunicorn(workers=2, threads=6, ROADMAP_STREAMS="3")
    maria = Stream(base, cookie_of(client, cast.maria), f"/roadmaps/{roadmap.id}/live?since=2&who=0")
    with streams(maria), cast.app.app_context():
        assert maria.answer.status == 200
        assert maria.answer.headers["X-Accel-Buffering"] == "no"
        assert maria.answer.headers["Content-Type"].startswith("text/event-stream")
        assert "Content-Encoding" not in maria.answer.headers
        about = About("action", action.uid)
        open_thread(cast.yusuf, roadmap.id, about, "Hanya untuk tim.", nature="saran", visibility="tim")
        began = time.perf_counter()
        edit_item(cast.rina, "action", action.id, 1, {"title": "Melatih petugas"})
        news = maria.news()
        assert time.perf_counter() - began < SOON
        assert news == {"seq": 4, "items": [place(action)], "others": 1, "id": "4.0"}


@pytest.mark.engines("sqlite")
def test_who_comes_back_hears_what_was_missed_and_not_what_was_heard(
    cast: Cast, client: LookingClient, gunicorn: Any
) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap)
    base = gunicorn(workers=1, threads=6, ROADMAP_STREAMS="3")
    cookie, address = cookie_of(client, cast.dodi), f"/roadmaps/{roadmap.id}/live?since=0&who=0"
    first = Stream(base, cookie, address)
    with streams(first):
        assert first.news()["seq"] == 2
    other = an_action(cast, roadmap)
    again = Stream(base, cookie, address, last_id="2.0")
    with streams(again):
        assert again.news() == {"seq": 3, "items": [place(other)], "others": 1, "id": "3.0"}


@pytest.mark.engines("sqlite")
def test_beyond_the_cap_pages_poll_and_ordinary_pages_stay_quick(
    cast: Cast, client: LookingClient, gunicorn: Any
) -> None:
    roadmap = a_roadmap(cast)
    base = gunicorn(workers=1, threads=6, ROADMAP_STREAMS="2")
    cookie, address = cookie_of(client, cast.dodi), f"/roadmaps/{roadmap.id}/live?since=1&who=0"
    opened = [Stream(base, cookie, address) for _ in range(8)]
    with streams(*opened):
        assert sorted(one.answer.status for one in opened) == [200] * 2 + [204] * 6
        for _ in range(10):
            status, took = get(base, cookie, f"/roadmaps/{roadmap.id}")
            assert (status, took < SOON) == (200, True)


def test_a_role_that_ends_and_a_session_that_ends_end_the_stream(
    cast: Cast, client: LookingClient, gunicorn: Any
) -> None:
    roadmap = a_roadmap(cast)
    base = gunicorn(workers=1, threads=6, ROADMAP_STREAMS="3")
    address = f"/roadmaps/{roadmap.id}/live?since=1&who=0"
    yusuf = Stream(base, cookie_of(client, cast.yusuf), address)
    maria = Stream(base, cookie_of(client, cast.maria), address)
    with streams(yusuf, maria), cast.app.app_context():
        for one in memberships_of(cast.yusuf):
            people_verbs.end_membership(cast.adi, cast.city.id, one.id)
        with unit_of_work():
            end_sessions_of(cast.maria)
        an_action(cast, roadmap)
        assert list(yusuf.event()) == ["retry"]
        assert yusuf.event() == {"event": "end", "data": "{}"}
        assert maria.news() == {}


@pytest.mark.engines("postgres")
def test_no_stream_holds_a_connection(cast: Cast, client: LookingClient, gunicorn: Any) -> None:
    roadmap = a_roadmap(cast)
    base = gunicorn(workers=1, threads=16, ROADMAP_STREAMS="12", ROADMAP_POOL_SIZE="2")
    cookie, address = cookie_of(client, cast.dodi), f"/roadmaps/{roadmap.id}/live?since=1&who=0"
    opened = [Stream(base, cookie, address) for _ in range(12)]
    with streams(*opened), cast.app.app_context():
        assert [one.answer.status for one in opened] == [200] * 12
        for one in opened:
            assert list(one.event()) == ["retry"]
        an_action(cast, roadmap)
        assert [one.news()["seq"] for one in opened] == [2] * 12
        held = db.session.scalar(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
        )
        assert held == 0
        listening = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN roadmap_live'"
        assert db.session.scalar(text(listening)) == 1, "woken by the database, not by looking often"
        everybody = db.session.scalar(
            text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        )
        assert everybody <= 2 * 2 + 1 + 2, "the pool, the line that listens, and this test"


@pytest.mark.engines("sqlite")
def test_a_place_is_given_back_when_a_reader_goes(app: Flask) -> None:
    broker: Broker = Broker(1, lambda ids: {one: Pulse(1, "0") for one in ids}, lambda: LookOften(0.01))
    first = broker.listen(1)
    with pytest.raises(Full):
        broker.listen(1)
    assert first.wait(Pulse(0, ""), 5) == Pulse(1, "0")
    first.close()
    first.close()
    assert broker.open_streams == 0
    with broker.listen(2) as second:
        assert second.wait(Pulse(1, "0"), 0.05) == Pulse(1, "0")
    assert broker.open_streams == 0


@pytest.mark.engines("sqlite")
def test_where_listening_breaks_off_it_looks_often_meanwhile(app: Flask) -> None:
    class Broken:
        closed = False

        def execute(self, _words: str) -> None:
            """Listen."""

        def notifies(self, **_how: object) -> Iterator[object]:
            raise ConnectionError

        def close(self) -> None:
            self.closed = True

    line, nudged = Broken(), threading.Event()
    pace = ListenFor(lambda: line, "c", 5, 0.01)
    pace.wait(nudged)
    pace.wait(nudged)
    assert line.closed
    began = time.perf_counter()
    refusing = ListenFor(lambda: 1 / 0, "c", 5, 0.01)
    refusing.wait(nudged)
    assert time.perf_counter() - began < 1
