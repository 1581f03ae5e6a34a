"""No cell of any file that leaves the house runs as a formula, and each is given back as it was typed (T16)."""

import csv
import io

import pytest
from sqlalchemy import select

from roadmap.exchange.cells import columns_of, years_of_plan
from roadmap.exchange.xlsx_file import written
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.plan.bulk import Entry, add_many
from roadmap.plan.fields import Line, Text
from roadmap.plan.kinds import KINDS
from roadmap.plan.models import Cover
from roadmap.plan.operations import edit_item
from roadmap.plan.queries import outline_of
from roadmap.text.normal import normalise, normalise_line
from roadmap.text.plain import restore_cell
from tests import factories
from tests.cast import Cast, sign_in
from tests.exchange.workbooks import kinds_of_cells, opened, passport_in, rows_of, taken
from tests.page import LookingClient

TRIGGERS = (
    "=1+1", '=HYPERLINK("https://contoh.id")', "=cmd|' /C calc'!A0", "+1+1", "+62 812 3456", "-1+1", "- butir",
    "-2,5", "@SUM(A1:A9)", "@nama", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "'=1+1",
    "''=1+1", "'+1", "'-1", "'@x", "=",
)  # fmt: skip
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def test_there_are_twenty_three_triggers() -> None:
    assert len(set(TRIGGERS)) == 23


@pytest.fixture
def hostile(cast: Cast) -> Roadmap:
    """A plan in which every text field of every kind holds each trigger once."""
    roadmap = factories.a_roadmap(cast)
    action = factories.an_action(cast, roadmap, title="Wadah").uid
    entries = [
        Entry(
            kind, dict.fromkeys(texts_of(kind), trigger), parent_uid=action if kind == "indicator" else None
        )
        for kind in ("section", "modality", "problem", "action", "indicator")
        for trigger in TRIGGERS
    ]
    with cast.app.app_context():
        add_many(cast.rina, roadmap.id, entries)
    factories.an_action(
        cast, roadmap, title="Terakhir", subactivity_codes=["=cmd|calc", "+1"], evidence={"https://contoh.id/x": "=HYPERLINK()"},
    )  # fmt: skip
    return roadmap


def texts_of(kind: str) -> list[str]:
    return [field.name for field in KINDS[kind].fields if isinstance(field.type, Text | Line)]


def kept(kind: str, field: str, typed: str) -> str:
    """What the plan keeps of what was typed."""
    is_text = isinstance(KINDS[kind].by_name[field].type, Text)
    return normalise(typed) if is_text else normalise_line(typed)


@pytest.mark.engines("sqlite")  # what a file holds is the same on both
def test_no_cell_of_a_workbook_is_a_formula_and_each_text_is_given_back(
    cast: Cast, client: LookingClient, hostile: Roadmap
) -> None:
    sign_in(client, cast.yusuf)
    for name in ("workbook.xlsx", "template.xlsx", "offices.xlsx"):
        book = opened(taken(client, f"/roadmaps/{hostile.id}/{name}"))
        assert kinds_of_cells(book) <= {"s", "n", "d"}
        cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if isinstance(cell, str) and cell.startswith(SIGNS)]
    book = opened(taken(client, f"/roadmaps/{hostile.id}/workbook.xlsx"))
    for one in passport_in(book).sheets:
        for field in texts_of(one.kind) if one.kind not in {"", "cover"} else ():
            place = one.targets.index(f"{one.kind}:{field}")
            found = {restore_cell(str(row[place])) for row in rows_of(book, one.name)[1:] if row[place]}
            wanted = {kept(one.kind, field, trigger) for trigger in TRIGGERS} - {""}
            assert wanted <= found, (one.kind, field)


@pytest.mark.engines("sqlite")
def test_no_cell_of_a_table_is_a_formula_and_each_text_is_given_back(
    cast: Cast, client: LookingClient, hostile: Roadmap
) -> None:
    sign_in(client, cast.yusuf)
    for kind in KINDS.values():
        if kind.name == "cover":
            continue
        body = client.get(f"/roadmaps/{hostile.id}/{kind.plural}.csv").body.decode("utf-8-sig")
        head, *rows = csv.reader(io.StringIO(body, newline=""))
        assert not [cell for row in rows for cell in row if cell.startswith(SIGNS)]
        for field in texts_of(kind.name):
            place = head.index(kind.by_name[field].label, 2 if kind.parent else 1)
            found = {restore_cell(row[place]) for row in rows}
            wanted = {kept(kind.name, field, trigger) for trigger in TRIGGERS}
            assert wanted <= found, (kind.name, field)


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_every_trigger_comes_back_from_its_cell(trigger: str) -> None:
    cell = written(trigger)
    assert not cell.startswith(SIGNS)
    assert restore_cell(cell) == trigger


@pytest.mark.engines("sqlite")
def test_no_heading_or_name_of_a_sheet_begins_like_a_formula(cast: Cast, ctx: object) -> None:
    roadmap = factories.a_roadmap(cast, title="=Judul")
    plan = outline_of(roadmap.id)
    for kind in KINDS.values():
        assert not [one for one in columns_of(kind, plan, years_of_plan(plan)) if one.title.startswith(SIGNS)]


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("trigger", TRIGGERS)
def test_no_cell_of_a_cover_is_a_formula_and_each_text_is_given_back(
    cast: Cast, client: LookingClient, trigger: str
) -> None:
    roadmap = factories.a_roadmap(cast)
    with cast.app.app_context():
        cover = find_cover(roadmap.id)
        edit_item(
            cast.rina, "cover", cover.id, cover.version, dict.fromkeys(texts_of("cover"), f"{trigger} sampul")
        )
        held = {field: getattr(find_cover(roadmap.id), field) for field in texts_of("cover")}
    assert all(words.endswith(" sampul") for words in held.values())
    sign_in(client, cast.yusuf)
    book = opened(taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx"))
    assert kinds_of_cells(book) <= {"s", "n", "d"}
    one = next(one for one in passport_in(book).sheets if one.kind == "cover")
    for field in texts_of("cover"):
        cell = str(rows_of(book, one.name)[1][one.targets.index(f"cover:{field}")])
        assert not cell.startswith(SIGNS)
        assert restore_cell(cell) == held[field]


def find_cover(roadmap_id: int) -> Cover:
    return db.session.scalars(select(Cover).where(Cover.roadmap_id == roadmap_id)).one()
