"""What the address asks to look at: the filter, the view and the order; and the form that asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _

from roadmap.desk.addresses import Addresses
from roadmap.desk.filtering import ANYTHING, PARAMETERS, Filter, narrow, options_of, read_filter
from roadmap.desk.overview import ORDERS, Overview
from roadmap.desk.showing import VIEWS, say_finding
from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.plan.kinds import ACTION_STATUSES
from roadmap.search.queries import items_found
from roadmap.search.rules import read_question

VIEW, ORDER = "view", "urut"
Select = tuple[str, str, list[tuple[str, str]], str]


@dataclass(frozen=True)
class Look:
    """One way of looking at a roadmap: all of it, what is shown of it, and the addresses that keep the filter."""

    whole: Overview
    wanted: Filter
    shown: Overview
    addresses: Addresses


def look_of(person: Person, roadmap: Roadmap, whole: Overview) -> Look:
    """Narrow an overview to what the address asks for; one query more where it asks for words."""
    wanted = read_filter(request.args)
    asked = read_question(wanted.words)
    if not asked:
        wanted = replace(wanted, words="")
    found = items_found(person, roadmap, asked) if asked else None
    return Look(whole, wanted, narrow(whole, wanted, found), Addresses(roadmap.id, kept=wanted.args))


def holds_empty_parts() -> bool:
    """Tell whether the address carries the empty boxes of a form, as browsers send them."""
    return any(request.args.get(name) == "" for name in PARAMETERS)


def query_of(args: Mapping[str, str]) -> str:
    """Write down what an address asks to look at, and nothing else of it; always in the same order."""
    parts = read_filter(args).args
    if args.get(VIEW) in VIEWS:
        parts[VIEW] = args[VIEW]
        if args.get(ORDER, "").removeprefix("-") in ORDERS:
            parts[ORDER] = args[ORDER]
    return urlencode(parts)


def filter_context(look: Look) -> dict[str, Any]:
    """Gather what the form of the filter shows: its lists, what is chosen, and the same in words."""
    selects = _selects(look)
    told = [
        words for _name, _label, options, value in selects for choice, words in options if choice == value
    ]
    if look.wanted.words:
        told.insert(0, f"‘{look.wanted.words}’")
    return {
        "wanted": look.wanted,
        "selects": selects,
        "told": told,
        "whole": look.whole,
    }


def _selects(look: Look) -> list[Select]:
    options, wanted = options_of(look.whole), look.wanted
    statuses = [(name, _(ACTION_STATUSES.get(name, name))) for name in options.statuses]
    lists = [
        ("hak", _("Hak"), options.rights, wanted.right),
        ("kelompok", _("Kelompok"), options.groups, wanted.group),
        ("kantor", _("Kantor atau lembaga"), options.offices, wanted.office),
        ("tahun", _("Tahun"), [(year, year) for year in options.years], wanted.year),
        ("status", _("Status"), statuses, wanted.status),
        ("kurang", _("Yang masih kurang"), _missing(look.whole), wanted.missing),
    ]
    return [one for one in lists if one[2] or one[3]]


def _missing(overview: Overview) -> list[tuple[str, str]]:
    found = {
        finding.code: finding
        for finding in overview.findings
        if finding.item and finding.item.kind != "cover"
    }
    named = {code: say_finding(finding) for code, finding in found.items()}
    if not named:
        return []
    return [(ANYTHING, _("Apa saja yang kurang")), *sorted(named.items(), key=lambda one: one[1])]
