"""The drill at a small size: many at one item, pairs that do and do not meet, and a server killed with -9."""

from collections.abc import Iterator

import pytest

from tests.drill.editing import Figures, forced_conflicts, many_at_one_item, pairs_that_do_not_meet
from tests.drill.killing import READY_WITHIN, kills_in_a_storm
from tests.drill.stage import Ground, Server, prepare

EDITORS = 6


@pytest.fixture
def ground(app) -> Ground:
    return prepare(app, EDITORS)


@pytest.fixture
def server(app, database, tmp_path) -> Iterator[Server]:
    server = Server(
        {
            "ROADMAP_DATABASE_URL": database.url,
            "ROADMAP_INSTANCE": str(tmp_path / "instance"),
            "ROADMAP_SECRET_KEY": str(app.secret_key),
        },
        tmp_path,
    )
    yield server
    server.kill()


def _found(figures: Figures) -> dict[str, int]:
    """What should be nought and is not; how soon a busy machine starts is for the drill at full size."""
    return {name: n for name, n in figures.faults.items() if n and not name.startswith("ready later")}


def test_nothing_is_lost_doubled_or_asked_when_many_edit_at_once(ground, server):
    server.start()
    for figures in (
        many_at_one_item(ground, server.port, EDITORS, 10),
        pairs_that_do_not_meet(ground, server.port, 12, EDITORS // 2),
        forced_conflicts(ground, server.port, 6, EDITORS // 2),
    ):
        assert _found(figures) == {}, figures.name
        assert figures.done >= 6


def test_what_was_acknowledged_is_there_after_two_kills_in_a_storm(ground, server):
    figures = kills_in_a_storm(ground, server, kills=2, writers=4)
    assert _found(figures) == {}
    assert figures.done >= 4
    assert figures.told["slowest start (s)"] < 6 * READY_WITHIN
