"""What the journeys share."""

from collections.abc import Iterator

import pytest

from tests.journeys.failing import Scene, open_scene


@pytest.fixture
def scene(app, cast, client, monkeypatch, clock) -> Iterator[Scene]:
    """Rina at the open form of an action."""
    found = open_scene(app, cast, client, monkeypatch, clock)
    yield found
    found.mend()
