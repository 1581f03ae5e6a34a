"""A table that was taken in is one line of the story, a milestone, told by its name; undone it is one more."""

import re

import pytest
from flask import Flask

from roadmap.history.models import Roadmap
from roadmap.plan.bulk import Edit, Entry, lay_many
from roadmap.plan.restoring import undo
from roadmap.timeline.sentences import tell_acts
from tests.cast import Cast
from tests.factories import a_problem, a_roadmap
from tests.history.log import acts
from tests.page import LookingClient
from tests.queries import queries


@pytest.fixture
def roadmap(ctx: Flask, cast: Cast) -> Roadmap:
    return a_roadmap(cast)


def _import(cast: Cast, roadmap: Roadmap, problems: int, actions: int) -> int:
    old = a_problem(cast, roadmap)
    entries = [Entry("problem", {"title": f"Masalah {n}"}) for n in range(problems)]
    entries += [Entry("action", {"title": f"Aksi {n}"}) for n in range(actions)]
    edit = Edit("problem", old.id, old.version, {"area": "Kota"})
    act = lay_many(cast.rina, roadmap.id, entries, [edit], [], reason="Matriks Bappeda")
    assert act is not None
    return act.seq


@pytest.mark.parametrize(("problems", "actions"), [(12, 30), (1, 1)])
def test_it_is_told_by_its_name_and_its_numbers(
    ctx: Flask, cast: Cast, roadmap: Roadmap, problems: int, actions: int
) -> None:
    _import(cast, roadmap, problems, actions)
    with ctx.test_request_context():
        told = tell_acts(roadmap, acts(roadmap.id)[-1:], cast.dodi)[0]
    assert told.text == (
        f"Rina Wulandari memasukkan berkas “Matriks Bappeda”: {problems} permasalahan ditambah, "
        f"1 permasalahan diubah dan {actions} rencana aksi ditambah."
    )
    assert (told.is_milestone, told.reason) == (True, "")


def test_its_page_and_its_undo_stay_short_and_ask_as_often_whatever_its_size(
    cast: Cast, roadmap: Roadmap, client: LookingClient
) -> None:
    small, large = _import(cast, roadmap, 40, 40), _import(cast, roadmap, 150, 150)
    client.sign_in(cast.rina)
    for page in ("", "/undo"):
        counts = []
        for seq in (small, large):
            client.get(f"/roadmaps/{roadmap.id}/changes/{seq}{page}")
            with queries(client.app) as asked:
                answer = client.get(f"/roadmaps/{roadmap.id}/changes/{seq}{page}")
            assert answer.status == 200
            assert len(answer.body) < 200_000
            counts.append(len(asked))
        assert counts[0] == counts[1]


def test_the_story_tells_the_import_and_its_undoing(
    cast: Cast, roadmap: Roadmap, client: LookingClient
) -> None:
    seq = _import(cast, roadmap, 12, 30)
    undo(cast.rina, roadmap.id, seq)
    client.sign_in(cast.dodi)
    page = client.get(f"/roadmaps/{roadmap.id}/history")
    assert "memasukkan berkas “Matriks Bappeda”: 12 permasalahan ditambah" in page.text
    assert re.search(
        r"mengurungkan perubahan[^:]*: 1 permasalahan diubah, 12 permasalahan dihapus", page.text
    )
