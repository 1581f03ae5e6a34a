"""The cast: people whose names carry their rights, two regions that must never see each other, their offices.

    rina     penyusun of Kota Contoh, of Bappeda       maria  mentor of Kota Contoh
    dodi     a second penyusun                          vera   verifikator
    oki      operator OPD of Dinas Sosial               wali   pimpinan
    yusuf    mitra OMS                                  sari   staf pimpinan
    adi      admin daerah: sees no draft                eka    the stranger: penyusun of Kabupaten Lain
    nina     has an account and no membership

All are made through the operations people use. What `gather` gives is read and let go: it can be used inside
and outside an application context, and a verb that is given it reads the row again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import pytest
import time_machine
from flask import Flask, current_app, has_app_context
from sqlalchemy import select

from roadmap.clock import now
from roadmap.extensions import Base, db
from roadmap.people import operations
from roadmap.people.models import Organisation, Person, Region
from roadmap.people.passwords import hash_cheaply
from roadmap.people.roles import Role
from roadmap.work import unit_of_work
from tests import laid

SINCE = date(2026, 1, 1)  # before every moment at which a test's clock stands
PASSWORD = "tiga-kucing-oranye-di-atap"

T = TypeVar("T")
KINDS: tuple[type[Any], ...] = (Region, Organisation, Person)


@dataclass(frozen=True)
class Cast:
    """Who is there."""

    app: Flask
    city: Region
    elsewhere: Region
    bappeda: Organisation
    dinsos: Organisation
    kominfo: Organisation
    oms: Organisation
    ministry: Organisation
    foreign_office: Organisation
    rina: Person
    dodi: Person
    oki: Person
    yusuf: Person
    maria: Person
    vera: Person
    wali: Person
    sari: Person
    adi: Person
    eka: Person
    nina: Person

    @property
    def team(self) -> dict[Role, Person]:
        """One person for each role in Kota Contoh."""
        return {
            Role.DRAFTER: self.rina,
            Role.OPERATOR: self.oki,
            Role.PARTNER: self.yusuf,
            Role.MENTOR: self.maria,
            Role.VERIFIER: self.vera,
            Role.LEADER: self.wali,
            Role.LEADER_STAFF: self.sari,
            Role.ADMIN: self.adi,
        }


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The cast, on this test's database."""
    with app.app_context():
        stands_still = time_machine.escape_hatch.is_travelling()
        when = now() if stands_still else None
        return _named(app, laid.once(("cast", db.engine.dialect.name, when), lambda: _numbers(gather())))


def gather() -> Cast:
    """Make the cast. Needs an application context."""
    hash_cheaply()
    with unit_of_work():
        city = operations.create_region("Contoh", "kota", "Provinsi Contoh")
        elsewhere = operations.create_region("Lain", "kabupaten", "Provinsi Lain", zone="WITA")
        offices = _offices(city, elsewhere)
        people = {name: _person(*words) for name, words in PEOPLE.items()}
        for name, role, office in MEMBERS:
            operations.give_membership(
                None,
                people[name],
                role,
                city.id,
                organisation=offices[office] if office else None,
                starts_on=SINCE,
            )
        operations.give_membership(None, people["eka"], Role.DRAFTER, elsewhere.id, starts_on=SINCE)
    everybody: dict[str, Any] = {**offices, **people}
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return read(Cast(app, city, elsewhere, **everybody))


def _numbers(cast: Cast) -> dict[str, tuple[type[Any], int]]:
    rows = {name: row for name, row in vars(cast).items() if isinstance(row, KINDS)}
    return {name: (type(row), row.id) for name, row in rows.items()}


def _named(app: Flask, numbers: dict[str, tuple[type[Any], int]]) -> Cast:
    """Read the cast by its numbers, and let it go."""
    hash_cheaply()
    rows: dict[tuple[type[Any], int], Any] = {}
    for kind in KINDS:
        wanted = [number for model, number in numbers.values() if model is kind]
        for row in db.session.scalars(select(kind).where(kind.id.in_(wanted))).all():
            rows[kind, row.id] = row
    db.session.expunge_all()
    return Cast(app, **{name: rows[key] for name, key in numbers.items()})


PEOPLE = {
    "rina": ("Rina Wulandari", "rina@contoh.go.id"),
    "dodi": ("Dodi Pranata", "dodi@contoh.go.id"),
    "oki": ("Oki Ramadhan", "oki@contoh.go.id"),
    "yusuf": ("Yusuf Tanoto", "yusuf@setara.or.id"),
    "maria": ("Maria Lestari", "maria@komnas.go.id"),
    "vera": ("Vera Siahaan", "vera@contoh.go.id"),
    "wali": ("Bu Wali", "wali@contoh.go.id"),
    "sari": ("Sari Puspita", "sari@contoh.go.id"),
    "adi": ("Adi Nugroho", "adi@contoh.go.id"),
    "eka": ("Eka Saputra", "eka@lain.go.id"),
    "nina": ("Nina Kartika", "nina@mana.org"),
}
MEMBERS = (
    ("rina", Role.DRAFTER, "bappeda"),
    ("dodi", Role.DRAFTER, "bappeda"),
    ("oki", Role.OPERATOR, "dinsos"),
    ("yusuf", Role.PARTNER, "oms"),
    ("maria", Role.MENTOR, None),
    ("vera", Role.VERIFIER, None),
    ("wali", Role.LEADER, None),
    ("sari", Role.LEADER_STAFF, None),
    ("adi", Role.ADMIN, None),
)


def _offices(city: Region, elsewhere: Region) -> dict[str, Organisation]:
    add = operations.add_organisation
    return {
        "bappeda": add(None, city.id, "Badan Perencanaan Pembangunan Daerah", "opd", abbreviation="Bappeda"),
        "dinsos": add(None, city.id, "Dinas Sosial", "opd", abbreviation="Dinsos"),
        "kominfo": add(None, city.id, "Dinas Komunikasi dan Informatika", "opd", abbreviation="Kominfo"),
        "oms": add(None, city.id, "Perkumpulan Contoh Setara", "oms"),
        "ministry": add(None, None, "Kementerian Contoh", "lembaga_nasional"),
        "foreign_office": add(None, elsewhere.id, "Dinas Sosial Lain", "opd"),
    }


def _person(name: str, email: str) -> Person:
    return operations.create_person(name, email, PASSWORD)


def read(thing: T) -> T:
    """Read rows once more and let them go, so that they can be used without a context; a Cast row by row."""
    rows = (
        [row for row in vars(thing).values() if isinstance(row, Base)] if isinstance(thing, Cast) else [thing]
    )
    for row in rows:
        db.session.refresh(row)
    for row in rows:
        db.session.expunge(row)
    return thing


@contextmanager
def in_house(app: Flask) -> Iterator[bool]:
    """Be in an application context; tells whether it had to be made."""
    if has_app_context():
        yield False
        return
    with app.app_context():
        yield True


def at_home(make: Callable[..., T]) -> Callable[..., T]:
    """Have a factory, whose first argument is the cast, work inside and outside an application context."""

    def made(cast: Cast, *args: Any, **kwargs: Any) -> T:
        with in_house(cast.app) as was_made:
            thing = make(cast, *args, **kwargs)
            return read(thing) if was_made else thing

    return made


def sign_in(client: Any, person: Person) -> str:
    """Sign a looking client in as a person, by a session row and its cookie; gives the session's token."""
    with client.app.app_context(), unit_of_work():
        token = operations.begin_session(person)
    with client.raw.session_transaction() as cookie:
        cookie.clear()
        cookie["_user_id"], cookie["_fresh"] = token, True
    return token
