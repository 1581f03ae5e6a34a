"""What the views of a plan show: the same for the plan as it stands and for the plan as of a moment."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from roadmap.desk.addresses import Addresses
from roadmap.desk.overview import PER_PAGE, Overview, chain_of, offices_of, sort_rows
from roadmap.exchange.matrix import add_up, rows_of, years_of
from roadmap.history.models import Roadmap
from roadmap.plan.findings import Finding
from roadmap.plan.kinds import KINDS, Kind
from roadmap.plan.outline import ItemView
from roadmap.plan.words import say, say_lines
from roadmap.text.words import N_
from roadmap.web.paging import page_by_weight, page_of, wanted_page

CHAIN, TABLE, OFFICES = "rangkaian", "tabel", "kantor"
VIEWS = {CHAIN: N_("Rangkaian"), TABLE: N_("Tabel"), OFFICES: N_("Per kantor")}
PART_PAGE = 50


def part_context(
    addresses: Addresses, overview: Overview, kind: Kind, *, moved_id: int | None = None
) -> dict[str, Any]:
    """Gather what the list of a kind shows."""
    everything = overview.plan.items[kind.name]
    under = _problem_asked(overview) if kind.name == "action" else None
    items = overview.plan.actions_of(under.uid) if under else everything
    places = {item.uid: place for place, item in enumerate(everything)}
    wanted = str(moved_id) if moved_id is not None else request.args.get("di", "")
    page = page_of(items, PART_PAGE, _page_holding(items, wanted))
    return _shared(addresses, overview) | {
        "kind": kind,
        "page": page,
        "before_page": items[(page.number - 1) * PART_PAGE - 1].uid if page.number > 1 else None,
        "under": under,
        "moved_id": moved_id,
        "after_for": lambda item: _neighbours(everything, places[item.uid]),
        "page_url": _page_urls(
            lambda **values: addresses.part(kind.name, **values), permasalahan=under and under.id
        ),
    }


def outline_context(
    found: Roadmap, addresses: Addresses, overview: Overview, *, usual: str = CHAIN
) -> dict[str, Any]:
    """Gather what the view that the address asks for shows, or the `usual` one where it asks for none."""
    view = request.args.get("view", usual)
    view = view if view in VIEWS else CHAIN
    shared = _shared(addresses, overview) | {
        "roadmap": found,
        "region": found.region,
        "view": view,
        "views": VIEWS,
    }
    if view == TABLE:
        return shared | _table(addresses, overview)
    if view == OFFICES:
        return shared | _offices(addresses, overview)
    return shared | _chain(addresses, overview)


def _chain(addresses: Addresses, overview: Overview) -> dict[str, Any]:
    page = page_by_weight(chain_of(overview), lambda block: block.weight, PER_PAGE)
    return {
        "page": page,
        "counted_heading": _counted(overview, "problem")
        + (f", {_counted(overview, 'action')}" if overview.whole else ""),
        "page_url": _page_urls(addresses.outline, view=CHAIN),
    }


def _table(addresses: Addresses, overview: Overview) -> dict[str, Any]:
    rows, sorted_by = sort_rows(
        rows_of(overview.plan, overview.choices, overview.numbers), request.args.get("urut", "")
    )
    return {
        "page": page_of(rows, PER_PAGE),
        "counted_heading": _counted(overview, "action"),
        "sorted_by": sorted_by,
        "page_url": _page_urls(addresses.outline, view=TABLE, urut=sorted_by or None),
    }


def _offices(addresses: Addresses, overview: Overview) -> dict[str, Any]:
    offices = offices_of(overview)
    actions = overview.plan.items["action"]
    return {
        "page": page_by_weight(offices, lambda office: office.weight, PER_PAGE),
        "counted_heading": _counted(overview, "action"),
        "all_money": add_up(actions),
        "office_count": sum(1 for office in offices if office.name and not office.is_continued),
        "page_url": _page_urls(addresses.outline, view=OFFICES),
    }


def _shared(addresses: Addresses, overview: Overview) -> dict[str, Any]:
    return {
        "overview": overview,
        "plan": overview.plan,
        "numbers": overview.numbers,
        "choices": overview.choices,
        "counted": lambda kind: _counted(overview, kind),
        "counted_in_all": lambda kind: _counted(overview.whole or overview, kind),
        "addresses": addresses,
        "item_url": addresses.item,
        "say": say,
        "say_lines": say_lines,
        "say_finding": say_finding,
        "years_of": years_of,
        "kinds": KINDS,
    }


def say_finding(finding: Finding) -> str:
    """Say a finding as a chip does: without its full stop."""
    return _(finding.sentence, **finding.values).rstrip(".")


def _counted(overview: Overview, kind: str) -> str:
    """Count the items of a kind; of a filtered plan how many of how many."""
    count = len(overview.plan.items[kind])
    if overview.whole is not None:
        everything = _counted(overview.whole, kind)
        return _("%(num)s dari %(everything)s", num=count, everything=everything)
    if kind == "modality":
        return ngettext("%(num)s modalitas", "%(num)s modalitas", count)
    if kind == "problem":
        return ngettext("%(num)s permasalahan", "%(num)s permasalahan", count)
    if kind == "section":
        return ngettext("%(num)s bab", "%(num)s bab", count)
    return ngettext("%(num)s rencana aksi", "%(num)s rencana aksi", count)


def grouped(overview: Overview) -> list[tuple[str, int]]:
    """Count the findings by what they say, the commonest first."""
    counted: dict[tuple[object, ...], int] = defaultdict(int)
    finding_of: dict[tuple[object, ...], Finding] = {}
    for finding in overview.findings:
        key = (finding.sentence, *finding.values.items())
        counted[key] += 1
        finding_of[key] = finding
    said = [(say_finding(finding_of[key]), count) for key, count in counted.items()]
    return sorted(said, key=lambda entry: -entry[1])


def _problem_asked(overview: Overview) -> ItemView | None:
    wanted = request.args.get("permasalahan", "")
    return next((one for one in overview.plan.items["problem"] if str(one.id) == wanted), None)


def _page_holding(items: list[ItemView], wanted: str) -> int:
    """Tell which page holds an item, or which one the address asks for."""
    place = next((place for place, item in enumerate(items) if str(item.id) == wanted), None)
    return wanted_page() if place is None else place // PART_PAGE + 1


def _neighbours(items: list[ItemView], place: int) -> tuple[str | None, str | None]:
    """Name after whom an item goes when it moves one up and one down; None where it cannot."""
    up = None if place == 0 else ("first" if place == 1 else items[place - 2].uid)
    down = items[place + 1].uid if place + 1 < len(items) else None
    return up, down


def _page_urls(address_of: Callable[..., str], **values: object) -> Callable[[int], str]:
    def address(number: int) -> str:
        return address_of(halaman=number if number > 1 else None, **values)

    return address
