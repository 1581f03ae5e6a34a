"""A roadmap as of a moment: what stood then and nothing else, under a band that says so, and for each only what they may know of."""

import pytest

from roadmap.people.models import Person
from roadmap.plan import operations as plan_verbs
from tests.cast import Cast, sign_in
from tests.factories import a_problem, a_roadmap, a_section, an_action, an_indicator
from tests.page import LookingClient, Page


def open_as(client: LookingClient, person: Person, address: str, **more: object) -> Page:
    sign_in(client, person)
    return client.get(address, **more)  # type: ignore[arg-type]


def test_smoke(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    problem = a_problem(cast, roadmap, title="Belum ada juru bahasa isyarat")
    action = an_action(cast, roadmap, title="Melatih petugas", problems=[problem], lead=cast.dinsos)
    an_indicator(cast, action)
    with client.app.app_context():
        plan_verbs.edit_item(cast.rina, "action", action.id, 1, {"title": "Mendidik petugas"})
        plan_verbs.remove_item(cast.rina, "problem", problem.id)
    for seq in range(1, 7):
        for tail in ("", "?view=tabel", "?view=kantor", "/actions", "/sections", "/threads", "/matrix", "/actions.csv"):
            page = open_as(client, cast.rina, f"/roadmaps/{roadmap.id}/as-of/{seq}{tail}")
            assert page.status == 200, (seq, tail)
        page = client.get(f"/roadmaps/{roadmap.id}/as-of/{seq}/actions/{action.id}")
        assert page.status == (200 if seq >= 3 else 404)
    assert client.get(f"/roadmaps/{roadmap.id}/as-of").status == 200
