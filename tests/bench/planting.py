"""The data of the bench, written with the verbs people use: a plan of a size, its edition, its talk; many regions."""

from dataclasses import dataclass
from datetime import date

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select

from roadmap.clock import now
from roadmap.demo.large import plant_large
from roadmap.discussion.models import Nature
from roadmap.discussion.operations import open_thread, reply
from roadmap.discussion.rules import About
from roadmap.extensions import db
from roadmap.history.models import Plain, Roadmap
from roadmap.people.models import Person, Region, RegionKind
from roadmap.people.operations import (
    add_organisation,
    begin_session,
    create_person,
    create_region,
    give_membership,
)
from roadmap.people.roles import Role, Visibility
from roadmap.plan.bulk import Edit, Entry, add_many, edit_many
from roadmap.plan.models import Action
from roadmap.plan.operations import create_roadmap, edit_item
from roadmap.review import operations as review
from roadmap.review.models import Instrument, Judgement
from roadmap.work import unit_of_work

COMMENTS, THREADS = 200, 10
CHANGES = 40
REVISIONS = 2


@dataclass(frozen=True)
class Planted:
    """Where everything is: what the deeds ask for."""

    roadmap_id: int
    action_id: int
    actions: tuple[int, ...]
    before: int
    public: str
    thread_id: int
    cookies: tuple[str, ...]


def plant(app: Flask, items: int, writers: int) -> Planted:
    """Plant a plan of so many items: adopted once, changed in 40 places since, talked about 200 times."""
    with app.app_context():
        plant_large(items, REVISIONS, 1, lambda _words: None)
        roadmap = db.session.scalars(select(Roadmap)).one()
        roadmap_id, region = roadmap.id, roadmap.region
        drafter = db.session.scalars(select(Person)).one()
        public = f"/p/{region.slug}/{_adopted(drafter, roadmap)}"
        before = db.session.get_one(Roadmap, roadmap_id).head_seq
        actions = tuple(
            db.session.scalars(
                select(Action.id).where(Action.roadmap_id == roadmap_id).order_by(Action.position).limit(200)
            )
        )
        _change(drafter, roadmap_id, actions)
        thread_id = _talk(drafter, roadmap_id, actions[0])
        cookies = tuple(cookie_of(app, drafter) for _ in range(writers + 1))
        return Planted(roadmap_id, actions[0], actions, before, public, thread_id, cookies)


def plant_regions(app: Flask, count: int) -> None:
    """Plant regions that have each published a small roadmap."""
    with app.app_context():
        drafter = create_person("Penyusun Semua", "penyusun@contoh.example", is_example=True)
        leader = create_person("Pimpinan Semua", "pimpinan@contoh.example", is_example=True)
        for number in range(count):
            kind = RegionKind.CITY if number % 5 == 0 else RegionKind.REGENCY
            region = create_region(f"Contoh {number:03}", kind, f"Provinsi {number % 38:02}")
            with unit_of_work():
                region = db.session.get_one(Region, region.id)
                region.has_review = False
            give_membership(None, drafter, Role.DRAFTER, region.id)
            give_membership(None, leader, Role.LEADER, region.id)
            values: dict[str, Plain] = {
                "title": "Peta Jalan Kota HAM 2026–2030",
                "year_from": 2026,
                "year_to": 2030,
            }
            roadmap = create_roadmap(drafter, region.id, values)
            office = add_organisation(None, region.id, "Dinas Sosial", "opd")
            add_many(drafter, roadmap.id, [Entry("action", {"title": "Membuka loket", "lead": office.uid})])
            _approve(drafter, leader, roadmap.id)


def _adopted(drafter: Person, roadmap: Roadmap) -> str:
    mentor = create_person("Mentor", "mentor@contoh.example", is_example=True)
    leader = create_person("Pimpinan", "pimpinan@contoh.example", is_example=True)
    give_membership(None, mentor, Role.MENTOR, roadmap.region_id)
    give_membership(None, leader, Role.LEADER, roadmap.region_id)
    submission = review.submit(drafter, roadmap.id)
    review.judge(mentor, submission.id, Judgement.PASSED)
    _approve(drafter, leader, roadmap.id)
    return str(db.session.get_one(Roadmap, roadmap.id).slug)


def _approve(drafter: Person, leader: Person, roadmap_id: int) -> None:
    submission = review.submit(drafter, roadmap_id, accepts_findings=True)
    edition = review.approve(leader, submission.id, submission.seq, submission.digest)
    review.adopt(
        drafter,
        edition.id,
        instrument=Instrument.LEADER_REGULATION,
        number="12 Tahun 2026",
        adopted_on=date(now().year, 1, 1),
        subject="Peta Jalan Kota HAM",
    )


def _change(drafter: Person, roadmap_id: int, actions: tuple[int, ...]) -> None:
    versions = {
        row.id: row.version
        for row in db.session.execute(
            select(Action.id, Action.version).where(Action.id.in_(actions[:CHANGES]))
        )
    }
    edits = [
        Edit("action", item_id, version, {"expected_result": "Warga terlayani di *setiap* kecamatan."})
        for item_id, version in versions.items()
    ]
    edit_many(drafter, roadmap_id, edits)
    # One item with a history of its own.
    for turn in range(8):
        item = db.session.get_one(Action, actions[0])
        words = f"Loket dibuka **{turn + 1} hari** seminggu.\n\n- pagi\n- sore"
        edit_item(drafter, "action", item.id, item.version, {"description": words})


def _talk(drafter: Person, roadmap_id: int, action_id: int) -> int:
    """Open threads on the item and reply until there are 200 comments; gives the last thread."""
    about = About("action", db.session.get_one(Action, action_id).uid)
    thread_id = 0
    for number in range(THREADS):
        question = f"Apakah loket ke-{number + 1} dapat dipakai kursi roda?"
        thread = open_thread(
            drafter, roadmap_id, about, question, nature=Nature.QUESTION, visibility=Visibility.MEMBERS
        )
        thread_id = thread.id
        for turn in range(COMMENTS // THREADS - 1):
            reply(drafter, thread_id, f"Jawaban {turn + 1}: *sudah* ditanyakan kepada Dinas Sosial.")
    return thread_id


def cookie_of(app: Flask, person: Person) -> str:
    """Sign somebody in; gives the cookie their browser would send."""
    with unit_of_work():
        token = begin_session(person)
    sign = SecureCookieSessionInterface().get_signing_serializer(app)
    return f"roadmap={sign.dumps({'_user_id': token, '_fresh': True})}" if sign else ""
