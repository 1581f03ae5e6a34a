"""The demo town at hand: its regions, offices, people and words by short names, and its clock, which only goes on."""

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from roadmap.clock import ZONES, now, pretend
from roadmap.demo.texts import offices
from roadmap.demo.texts.people import PASSWORD, PEOPLE
from roadmap.extensions import db
from roadmap.history.models import Plain, Versioned
from roadmap.people.models import Organisation, Person, RegionKind
from roadmap.people.operations import (
    add_organisation,
    change_settings,
    create_person,
    create_region,
    give_membership,
)
from roadmap.plan.models import Term
from roadmap.plan.operations import add_item, create_roadmap

FOUNDED = 320
PROVINCE = "Provinsi Contoh"
YEAR = re.compile(r"\{Y(?:([+-])(\d))?\}")
SATURDAY = 5
PAUSE = timedelta(minutes=11)


@dataclass
class Town:
    """What the story needs at hand. `year` is the first year of the plans."""

    today: date
    year: int
    city: int = 0
    neighbour: int = 0
    people: dict[str, Person] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)
    last: datetime | None = None

    @contextmanager
    def on(self, days_ago: int, at: str = "09:30") -> Iterator[None]:
        """Let what happens inside have happened so many days ago, on a working day, after all that went before."""
        day = self.today - timedelta(days=days_ago)
        while day.weekday() >= SATURDAY:
            day -= timedelta(days=1)
        moment = datetime.combine(day, time.fromisoformat(at), ZONES["WIB"])
        if self.last is not None:
            moment = max(moment, self.last + PAUSE)
        self.last = moment = min(moment, now())
        with pretend(moment):
            yield

    def begin_another_tale(self) -> None:
        """Let what follows have happened beside what was told so far."""
        self.last = None

    def say(self, text: str) -> str:
        """Put the years into a text."""

        def year(match: re.Match[str]) -> str:
            sign, step = match.groups()
            return str(self.year + (int(f"{sign}{step}") if step else 0))

        return YEAR.sub(year, text)


def found_the_town() -> Town:
    """Make the regions, offices and people of the demo, as their administrators would have."""
    today = now().astimezone(ZONES["WIB"]).date()
    town = Town(today, (today - timedelta(days=180)).year)
    with town.on(FOUNDED, "08:15"):
        town.city = create_region("Contoh", RegionKind.CITY, PROVINCE, is_example=True).id
        town.neighbour = create_region("Lain Contoh", RegionKind.REGENCY, PROVINCE, is_example=True).id
        town.offices = (
            _register(town.city, offices.CITY)
            | _register(town.neighbour, offices.NEIGHBOUR)
            | _register(None, offices.NATIONAL)
        )
        _settle(town)
        _switch_on_verification(town)
    town.terms = {
        f"{term.vocabulary}:{term.code}": term.uid
        for term in db.session.scalars(select(Term).where(Term.region_id.is_(None)))
    }
    return town


@dataclass
class Draft:
    """A roadmap being written, with its items (`action:kanal`) and its threads by short names."""

    town: Town
    roadmap_id: int
    book: dict[str, Versioned] = field(default_factory=dict)
    talks: dict[str, int] = field(default_factory=dict)

    def add(self, author: str, kind: str, key: str, entry: Mapping[str, Any]) -> None:
        """Have somebody add an item with its indicators."""
        person = self.town.people[author]
        item = add_item(person, self.roadmap_id, kind, self.values(entry))
        self.book[f"{kind}:{key}"] = item
        for indicator in entry.get("indicators", []):
            add_item(person, self.roadmap_id, "indicator", self.values(indicator), parent_uid=item.uid)

    def values(self, entry: Mapping[str, Any]) -> dict[str, Plain]:
        """Turn the texts of an item into what its form would hold: names into uids, steps into years and days."""
        values: dict[str, Plain] = {}
        for name, value in entry.items():
            if name == "period":
                values |= self._days(*value)
            elif name != "indicators":
                values[name] = self._value(name, value)
        return values

    def _days(self, start: tuple[int, int], end: tuple[int, int]) -> dict[str, Plain]:
        year, month = self.town.year + end[0], end[1]
        return {
            "starts_on": date(self.town.year + start[0], start[1], 1).isoformat(),
            "ends_on": date(year, month, calendar.monthrange(year, month)[1]).isoformat(),
        }

    def _value(self, name: str, value: Any) -> Plain:
        town = self.town

        def money(amounts: Mapping[tuple[int, str], int]) -> Plain:
            return {f"{town.year + step} {source}": amount for (step, source), amount in amounts.items()}

        turn: Mapping[str, Callable[[Any], Plain]] = {
            "rights": lambda codes: sorted(town.terms[f"rights:{code}"] for code in codes),
            "groups": lambda codes: sorted(town.terms[f"groups:{code}"] for code in codes),
            "lead": town.offices.__getitem__,
            "owner": town.offices.__getitem__,
            "supporting": lambda keys: sorted(town.offices[key] for key in keys),
            "problems": lambda keys: sorted(self.book[f"problem:{key}"].uid for key in keys),
            "modalities": lambda keys: sorted(self.book[f"modality:{key}"].uid for key in keys),
            "budget": money,
            "realisation": money,
            "targets": lambda targets: {str(town.year + step): target for step, target in targets.items()},
            "evidence": lambda links: {link: town.say(title) for link, title in links.items()},
            "baseline_year": lambda step: town.year + int(step),
        }
        if value is None:
            return None
        if name in turn:
            return turn[name](value)
        plain: Plain = town.say(value) if isinstance(value, str) else value
        return plain


def begin_draft(town: Town, author: str, region_id: int, cover: Mapping[str, Any]) -> Draft:
    """Have somebody create a roadmap with its cover."""
    values: dict[str, Plain] = {
        name: town.year + value if name in {"year_from", "year_to"} else town.say(value)
        for name, value in cover.items()
    }
    return Draft(town, create_roadmap(town.people[author], region_id, values).id)


def write_whole(town: Town, author: str, region_id: int, texts: Mapping[str, Any]) -> Draft:
    """Have somebody write a small roadmap in one sitting."""
    draft = begin_draft(town, author, region_id, texts["cover"])
    for number, section in enumerate(texts["sections"]):
        draft.add(author, "section", str(number), section)
    for kind, many in (("modality", "modalities"), ("problem", "problems"), ("action", "actions")):
        for key, entry in texts[many].items():
            draft.add(author, kind, key, entry)
    return draft


def _register(region_id: int | None, entries: Mapping[str, tuple[str, str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, (name, abbreviation, kind) in entries.items():
        known = db.session.scalar(
            select(Organisation.uid).where(Organisation.region_id.is_(None), Organisation.name == name)
        )
        found[key] = known or add_organisation(None, region_id, name, kind, abbreviation=abbreviation).uid
    return found


def _settle(town: Town) -> None:
    since = town.today - timedelta(days=FOUNDED)
    for one in PEOPLE:
        person = create_person(one.name, one.email, PASSWORD, is_example=True)
        region_id = town.city if one.region == "city" else town.neighbour
        office = (
            db.session.scalar(select(Organisation).where(Organisation.uid == town.offices[one.office]))
            if one.office
            else None
        )
        give_membership(None, person, one.role, region_id, organisation=office, starts_on=since)
        town.people[one.key] = person


def _switch_on_verification(town: Town) -> None:
    tini = town.people["tini"]
    change_settings(
        tini,
        town.city,
        {"has_verification": True, "leader_name": "Ratna Kusumawardani", "planning_agency": "Bappeda"},
    )
