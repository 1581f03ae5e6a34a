"""A table that was begun and not finished waits among the tasks of whoever brought it, and of nobody else."""

from datetime import date

from roadmap.extensions import db
from roadmap.intake import operations, running
from roadmap.intake.queries import layout_of
from roadmap.people.models import Membership
from roadmap.work import unit_of_work
from tests.cast import Cast, sign_in
from tests.factories import a_roadmap
from tests.intake.wizard import a_csv, brought, some_rows, the_intake
from tests.page import LookingClient, Page, Region
from tests.queries import queries

COUNT = ".top-tasks .count"


def _rows(client: LookingClient) -> list[Region]:
    return _tables(client.get("/tasks"))


def _tables(page: Page) -> list[Region]:
    return [row for row in page.all(".rows > li") if "Tabel" in row]


def test_a_table_that_was_begun_waits_until_it_is_left(
    cast: Cast, client: LookingClient, ctx: object
) -> None:
    roadmap = a_roadmap(cast, title="Peta Jalan Contoh")
    intake_id = brought(cast.rina, roadmap, a_csv(some_rows(2)))
    sign_in(client, cast.rina)
    page = client.get("/tasks")
    (row,) = _tables(page)
    assert "Tabel “Matriks Bappeda.csv” belum selesai: menunggu pencocokan kolom" in row
    assert "Peta Jalan Contoh · Kota Contoh" in row
    assert client.get(next(iter(row.links.values()))).has_form("layout")
    operations.lay_out(cast.rina, intake_id, layout_of(the_intake(intake_id)))
    assert _rows(client) == [], "nobody has to do anything while it is being tried"
    running.carry_on(intake_id)
    assert "menunggu pemeriksaan Anda" in _rows(client)[0]
    operations.leave(cast.rina, intake_id)
    assert _rows(client) == []


def test_a_table_waits_for_nobody_else_and_not_where_it_may_no_longer_be_brought(
    cast: Cast, client: LookingClient, ctx: object
) -> None:
    brought(cast.rina, a_roadmap(cast), a_csv(some_rows(2)))
    sign_in(client, cast.yusuf)
    assert _rows(client) == []
    sign_in(client, cast.rina)
    assert len(_rows(client)) == 1
    with unit_of_work():
        held = db.session.query(Membership).filter_by(person_id=cast.rina.id).one()
        held.starts_on, held.ends_on = date(2020, 1, 1), date(2020, 1, 2)
    page = client.get("/tasks")
    assert (_tables(page), page.all(COUNT)) == ([], [])


def test_the_header_counts_them_with_as_many_queries_for_several_as_for_one(
    cast: Cast, client: LookingClient, ctx: object
) -> None:
    roadmap = a_roadmap(cast)
    sign_in(client, cast.rina)
    seen = []
    for count in (0, 1, 3):
        while len(_rows(client)) < count:
            brought(cast.rina, roadmap, a_csv(some_rows(1)))
        with queries(client.app) as asked:
            page = client.get("/tasks")
        seen.append((int(page.all(COUNT)[0].text) - count, len(asked)))
    (draft, _none), one, three = seen
    assert one == three == (draft, one[1])
