"""What the journeys share."""

from collections.abc import Iterator

import pytest

from tests.factories import a_roadmap, an_action
from tests.journeys.failing import Scene


@pytest.fixture
def scene(app, cast, client, monkeypatch, clock) -> Iterator[Scene]:
    """Rina at the open form of an action."""
    action = an_action(
        cast, a_roadmap(cast), title="Kanal pengaduan", lead=cast.dinsos, expected_result="Belum."
    )
    client.sign_in(cast.rina)
    form = client.get(f"/actions/{action.id}/edit")
    found = Scene(app, cast, client, action, form, monkeypatch, clock)
    yield found
    found.mend()
