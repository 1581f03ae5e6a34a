"""Puts presence and live updates in place."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request
from flask.globals import request_ctx
from sqlalchemy import func, select

from roadmap.config import Config
from roadmap.extensions import db
from roadmap.history.events import Recorded
from roadmap.people.hooks import when_an_account_closes
from roadmap.presence import views
from roadmap.presence.blueprint import bp
from roadmap.presence.broker import Broker, ListenFor, LookOften, Pace
from roadmap.presence.events import CHANNEL, PresenceChanged
from roadmap.presence.operations import leave_everywhere
from roadmap.presence.rules import LISTEN_FOR, LOOK_EVERY
from roadmap.presence.slots import editing, presence
from roadmap.presence.stream import look
from roadmap.web.slots import fill_slot
from roadmap.work import listen, listen_within

BROKER = "roadmap_live"


def register(app: Flask) -> None:
    """Register the pages, the slot, and the broker that wakes this process's streams."""
    app.register_blueprint(bp)
    config: Config = app.extensions["roadmap_config"]
    broker = Broker(config.streams, lambda ids: look(app, list(ids)), _pace(app, config))
    app.extensions[BROKER] = broker
    listen(Recorded, _nudge)
    listen(PresenceChanged, _nudge)
    listen_within(Recorded, _notify)
    when_an_account_closes(leave_everywhere)
    fill_slot("presence", presence)
    fill_slot("editing", editing)
    app.before_request(_leave_notices)


def _nudge(_happening: object) -> None:
    """Have this process's streams hear at once of what happened in it."""
    broker: Broker = current_app.extensions[BROKER]
    broker.nudge()


def _notify(happening: Recorded) -> None:
    """Have PostgreSQL tell every process at the commit."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_notify(CHANNEL, str(happening.changeset.roadmap_id))))


def _pace(app: Flask, config: Config) -> Callable[[], Pace]:
    if config.is_sqlite:
        return lambda: LookOften(LOOK_EVERY)
    return lambda: ListenFor(lambda: _own_line(app), CHANNEL, LISTEN_FOR, LOOK_EVERY)


def _own_line(app: Flask) -> Any:
    """Take a connection out of the pool for good: a question on a line that listens would wait for ever."""
    with app.app_context():
        taken = db.engine.raw_connection()
    line: Any = taken.driver_connection  # none any more once it is detached
    taken.detach()
    line.autocommit = True
    return line


def _leave_notices() -> None:
    """Leave the notices of an act for the page it leads to: an open page asking anew must not take them away."""
    if request.headers.get(views.ASKS_FOR_REGIONS) == "1" and request.method == "GET":
        request_ctx.flashes = []
