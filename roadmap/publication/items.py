"""A page for each action and each problem of an edition, at an address that stays."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from roadmap.exchange.matrix import money_by_year
from roadmap.history.canonical import NOT_AVAILABLE
from roadmap.plan.kinds import SOURCES
from roadmap.plan.outline import ItemView
from roadmap.plan.words import figure
from roadmap.publication.blueprint import bp, public_url
from roadmap.publication.pages import Open, edition_page, open_edition
from roadmap.publication.shelf import shelf
from roadmap.publication.talk import talks_about
from roadmap.text.plain import excerpt, plain
from roadmap.web.declare import for_everyone
from roadmap.web.filters import rupiah
from roadmap.web.language import chosen_language

IN_EDITION = "/<region_slug>/<roadmap_slug>/<int:number>"

Bar = tuple[str, float | None, str]


@dataclass(frozen=True)
class Measured:
    """One measure of an action: where it begins and where it is to go, to be drawn and to be read."""

    indicator: ItemView
    bars: list[Bar]


@bp.get(f"{IN_EDITION}/aksi/<name>")
@for_everyone
def action(region_slug: str, roadmap_slug: str, number: int, name: str) -> AnyResponse:
    """Show one action of an edition in plain words."""

    def show(opened: Open) -> str:
        item = opened.reading.named("action", name)
        row = opened.reading.row_of(item)
        plan = opened.reading.plan
        indicators = plan.indicators_of.get(item.uid, [])
        return edition_page(
            "publication/action.html",
            opened,
            **_shared(opened, item),
            talks=talks_about(opened.reading.talks, [item.uid, *(one.uid for one in indicators)]),
            row=row,
            entry=next(one for one in opened.reading.entries if one.row is row),
            measures=[_measured(one) for one in indicators],
            money=[(year, amount, rupiah(amount)) for year, amount in money_by_year(item).items()],
            sources=_sources(item),
            problems=plan.linked(item, "problems"),
            modalities=plan.linked(item, "modalities"),
            successor=plan.by_uid.get(str(item.superseded_by or "")),
        )

    return open_edition(region_slug, roadmap_slug, number, show)


@bp.get(f"{IN_EDITION}/masalah/<name>")
@for_everyone
def problem(region_slug: str, roadmap_slug: str, number: int, name: str) -> AnyResponse:
    """Show one problem of an edition, and what is done about it."""

    def show(opened: Open) -> str:
        item = opened.reading.named("problem", name)
        plan = opened.reading.plan
        answering = {one.uid for one in plan.actions_of(item.uid)}
        return edition_page(
            "publication/problem.html",
            opened,
            **_shared(opened, item),
            talks=talks_about(opened.reading.talks, [item.uid]),
            modalities=plan.linked(item, "modalities"),
            rows=[row for row in opened.reading.rows if row.action.uid in answering],
        )

    return open_edition(region_slug, roadmap_slug, number, show)


def _shared(opened: Open, item: ItemView) -> dict[str, Any]:
    before, after = opened.reading.beside(item)
    words = next(
        (
            str(text)
            for name in ("expected_result", "description", "cause")
            if (text := item.values.get(name))
        ),
        "",
    )
    return {
        "item": item,
        "newest": _in_newest(opened, item),
        "before": before,
        "after": after,
        "description": excerpt(plain(words), 160) if words else "",
    }


def _in_newest(opened: Open, item: ItemView) -> str:
    """Give where the item is read in the edition in force; the whole where it is no part of that any more."""
    if opened.found.is_newest:
        return opened.item_address(item)
    newest = shelf.reading_of(opened.found.newest, chosen_language())
    there = newest.plan.by_uid.get(item.uid)
    if there is None:
        return public_url("document", **opened.here)
    number = opened.found.newest.number
    return public_url(item.kind, **opened.here, number=number, name=newest.name_of(there))


def _measured(indicator: ItemView) -> Measured:
    bars: list[Bar] = []
    baseline = str(indicator.baseline or "")
    if baseline:
        year = indicator.baseline_year
        bars.append(
            (_("%(year)s, awal", year=year) if year else _("Awal"), _height(baseline), figure(baseline))
        )
    for year, target in sorted(indicator.entries("targets").items()):
        bars.append((year, _height(str(target)), figure(str(target))))
    return Measured(indicator, bars)


def _height(value: str) -> float | None:
    # Drawn only: the table beside the picture has the exact figure.
    return None if value == NOT_AVAILABLE else float(value)


def _sources(item: ItemView) -> list[tuple[str, int]]:
    """Give the money by where it comes from."""
    found: dict[str, int] = {}
    for key, amount in item.entries("budget").items():
        source = key.split(" ", 1)[-1]
        found[source] = found.get(source, 0) + int(amount)
    return [(_(words), found[source]) for source, words in SOURCES.items() if source in found]
