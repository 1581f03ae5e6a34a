"""Where a region put a column is remembered for its next table, and for no other region's."""

import pytest
from flask import Flask
from sqlalchemy import select

from roadmap.exchange.columns import Target
from roadmap.extensions import db
from roadmap.intake.guessing import heading_key
from roadmap.intake.layouts import Column, Layout, Reading, SheetLayout
from roadmap.intake.models import RememberedColumn
from roadmap.intake.remembering import remember, remembered_for
from roadmap.work import unit_of_work
from tests.cast import Cast

AREA, LEAD = Target("action", "area"), Target("action", "lead")


def laid(*columns: Column, is_ours: bool = False) -> Layout:
    return Layout((SheetLayout(0, (0, 0), 1, 2, columns, is_ours=is_ours),))


def kept(region_id: int, layout: Layout) -> None:
    with unit_of_work():
        remember(region_id, layout)


def test_a_column_is_remembered_with_its_reading(ctx: Flask, cast: Cast) -> None:
    reading = Reading(decimal=",", scale=1_000_000)
    kept(
        cast.city.id,
        laid(Column(0, "Warna  Map", AREA, reading), Column(1, "Tanpa tempat"), Column(2, "", LEAD)),
    )
    assert remembered_for(cast.city.id) == {heading_key("warna map"): (AREA, reading)}
    assert remembered_for(cast.elsewhere.id) == {}


def test_the_last_place_counts(ctx: Flask, cast: Cast) -> None:
    kept(cast.city.id, laid(Column(0, "OPD", LEAD)))
    kept(cast.city.id, laid(Column(0, "opd", AREA), Column(1, "OPD", AREA)))
    assert remembered_for(cast.city.id) == {"opd": (AREA, Reading())}
    assert len(db.session.scalars(select(RememberedColumn)).all()) == 1


def test_what_went_out_from_here_needs_no_memory(ctx: Flask, cast: Cast) -> None:
    kept(cast.city.id, laid(Column(0, "OPD", LEAD), is_ours=True))
    assert remembered_for(cast.city.id) == {}


def test_a_place_the_plan_has_no_more_is_forgotten(ctx: Flask, cast: Cast) -> None:
    with unit_of_work():
        for heading, target in (
            ("satu", "gone:title"),
            ("dua", ""),
            ("tiga", "action:gone"),
            ("empat", "action:lead"),
        ):
            db.session.add(
                RememberedColumn(region_id=cast.city.id, heading=heading, target=target, reading={})
            )
    assert list(remembered_for(cast.city.id)) == ["empat"]


def test_remembering_belongs_to_an_act(ctx: Flask, cast: Cast) -> None:
    with pytest.raises(RuntimeError):
        remember(cast.city.id, laid(Column(0, "OPD", LEAD)))
