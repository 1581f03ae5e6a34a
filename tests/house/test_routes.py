"""The laws of the routes: each says who may and asks the gate just that, acts are POSTs, and reading never writes.

The demo city is planted, and every route is called as every one of its people, a neighbour and a stranger.
"""

import contextvars
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.routing import Rule

from roadmap import demo
from roadmap.demo.texts.people import PEOPLE
from roadmap.desk.operations import save_view
from roadmap.discussion.models import Comment
from roadmap.discussion.operations import About, open_thread
from roadmap.extensions import db
from roadmap.history.models import Edition, KeptWords, Roadmap, WorkingCopy
from roadmap.history.working_copies import Typed, write_down
from roadmap.intake.operations import bring
from roadmap.operation.schema import all_tables
from roadmap.people import operations
from roadmap.people.access import note_asking
from roadmap.people.models import Membership, Organisation, Person, Region
from roadmap.people.roles import ALL_STAGES, REGION_ACTS, RIGHTS, Act, Role, Stage
from roadmap.plan.models import Action, Term
from roadmap.review.models import Desk, Submission, Verdict, VerdictNote
from roadmap.timeline.operations import add_pin
from roadmap.web.declare import ONESELF, PUBLIC, who_may_use
from roadmap.work import unit_of_work
from tests.databases import Database

PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?")
ROLES = {one.key: one.role for one in PEOPLE if one.region == "city"}
STRANGER = "lukas"
DESKS = {
    Act.JUDGE_REVIEW: Desk.REVIEW,
    Act.JUDGE_VERIFICATION: Desk.VERIFICATION,
    Act.JUDGE_SUBMISSION: Desk.LEADER,
    Act.RECORD_DECISION: Desk.LEADER,
}
# Whose own the sample is: what is somebody's own is asked of the session, not of the gate.
UNSTAGED = REGION_ACTS | {act for act, right in RIGHTS.items() if right.stages == ALL_STAGES}


# --- the routes as such


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))


def test_every_route_says_who_may(app: Flask) -> None:
    known = {act.value for act in Act} | {PUBLIC, ONESELF}
    wrong = {
        rule.endpoint: who for rule in rules(app) if (who := who_may_use(app, rule.endpoint)) not in known
    }
    assert not wrong, f"declare it with asks(Act.…), for_everyone or for_oneself: {wrong}"


def test_addresses_are_nouns_in_kebab_case_with_typed_parts(app: Flask) -> None:
    wrong = []
    for rule in rules(app):
        for part in re.sub(r"<[^>]*>", "<>", rule.rule).split("/"):
            bare = part.replace("<>.", "x.")
            if bare not in {"", "<>", ".well-known"} and not PLAIN.fullmatch(bare):
                wrong.append(f"{rule.rule}: {part!r}")
        for kind, name in re.findall(r"<(?:(\w+)[^:>]*:)?(\w+)>", rule.rule):
            if name.endswith("_id") and kind != "int":
                wrong.append(f"{rule.rule}: <{name}> is a number: <int:{name}>")
    assert not wrong, "\n".join(wrong)


def test_reading_is_get_and_acting_is_post(app: Flask) -> None:
    wrong = [
        f"{rule.rule} {sorted(rule.methods or ())}"
        for rule in rules(app)
        if (rule.methods or set()) - {"OPTIONS", "HEAD"} not in ({"GET"}, {"POST"}, {"GET", "POST"})
    ]
    assert not wrong, "\n".join(wrong)


# --- the demo city, and everybody in it


@dataclass
class Town:
    """The demo city with everybody signed in, and an address for every route."""

    app: Flask
    samples: dict[str, Any] = field(default_factory=dict)
    submissions: dict[Desk, int] = field(default_factory=dict)
    read: dict[int, int] = field(default_factory=dict)
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def address(self, rule: Rule, act: str | None = None) -> str:
        """Build the address of a rule about things of Kota Contoh."""
        values = {name: self.samples[name] for name in rule.arguments}
        if act in set(DESKS) and "submission_id" in values:
            values["submission_id"] = self.submissions[DESKS[Act(act or "")]]
        if {"submission_id", "item_id"} <= set(values):
            values["item_id"] = self.read[values["submission_id"]]
        if {"seq", "item_id"} <= set(values):
            values["seq"] = self.samples["head"]  # the item was not there yet at the sample's moment
        if "plural" in values and "item_id" not in values:
            values["plural"] = "problems"
        with self.app.test_request_context():
            return str(self.app.url_map.bind("localhost").build(rule.endpoint, values, method=_method(rule)))

    def ask(self, who: str, method: str, address: str) -> tuple[int, list[Act]]:
        """Ask as somebody; give the status and what the gate was asked."""
        asked: list[Act] = []

        def call() -> int:
            note_asking(asked)
            data = {"csrf_token": self.tokens[who]} if method == "POST" else None
            answer = self.clients[who].open(address, method=method, data=data)
            answer.close()
            return answer.status_code

        return contextvars.Context().run(call), asked


def _method(rule: Rule) -> str:
    return "POST" if rule.methods == {"POST", "OPTIONS"} else "GET"


@pytest.fixture
def town(app: Flask) -> Town:
    town = Town(app)
    with app.app_context():
        demo.plant()
        _sample(town)
        tokens = {}
        for one in PEOPLE:
            with unit_of_work():
                person = db.session.scalars(select(Person).where(Person.email == one.email)).one()
                tokens[one.key] = operations.begin_session(person)
    for key, token in tokens.items():
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        town.clients[key] = client
    town.clients["nobody"] = app.test_client()
    for key, client in town.clients.items():
        page = contextvars.Context().run(client.get, "/help").get_data(as_text=True)
        found = re.search(r'name="csrf-token" content="([^"]+)"', page)
        assert found
        town.tokens[key] = found.group(1)
    return town


def _sample(town: Town) -> None:
    """Give every kind of part of an address something of Kota Contoh that stands there."""
    one = db.session.scalars
    city = one(select(Region).where(Region.slug == "kota-contoh")).one()
    roadmap = one(select(Roadmap).where(Roadmap.region_id == city.id).order_by(Roadmap.id)).first()
    assert roadmap is not None
    # Not of the operator's own office.
    action = one(select(Action).where(Action.roadmap_id == roadmap.id, Action.code == "1.2")).one()
    rina = one(select(Person).where(Person.email == "rina@contoh.example")).one()
    membership = one(
        select(Membership).where(Membership.person_id == rina.id, Membership.region_id == city.id)
    ).one()
    with unit_of_work():
        invited = operations.invite(None, city.id, ["baru@contoh.example"], Role.MENTOR)[0]
        term = Term(
            vocabulary="groups", code="nelayan", label="Nelayan", label_en="Fishers", region_id=city.id
        )
        db.session.add(term)
        db.session.flush()
        invitation_id, token, term_id = invited.invitation.id, invited.token, term.id
    # A drafter's, so that nobody else may resolve it, at the level that all read.
    thread = open_thread(
        rina,
        roadmap.id,
        About("roadmap", roadmap.uid),
        "Sudah tepatkah?",
        nature="pertanyaan",
        visibility="tim_mentor",
    )
    town.samples = {
        "region_id": city.id,
        "region_slug": city.slug,
        "roadmap_id": roadmap.id,
        "roadmap_slug": roadmap.slug,
        "plural": "actions",
        "item_id": action.id,
        "field_name": "title",
        "seq": 3,
        "version": 1,
        "pin_id": add_pin(rina, roadmap.id, 1, "Awal").id,
        "head": roadmap.head_seq,
        "number": 1,
        "step": 2,
        "submission_id": one(select(Submission.id).where(Submission.roadmap_id == roadmap.id)).first(),
        "edition_id": one(select(Edition.id)).first(),
        "membership_id": membership.id,
        "organisation_id": one(select(Organisation.id).where(Organisation.region_id == city.id)).first(),
        "person_uid": rina.uid,
        "kept_uid": one(select(KeptWords.uid)).first(),
        "copy_id": _copy_of(rina, action).id,
        "view_uid": save_view(rina, roadmap.id, "Yang berjalan", "status=berjalan").uid,
        "thread_id": thread.id,
        "comment_id": one(select(Comment.id).where(Comment.thread == thread.uid)).one(),
        "intake_id": bring(rina, roadmap.id, "Matriks.csv", b"Rencana aksi\nMelatih petugas loket\n").id,
        "note_id": one(select(VerdictNote.id).where(VerdictNote.roadmap_id == roadmap.id)).first(),
        "invitation_id": invitation_id,
        "session_id": 1,
        "token": token,
        "term_id": term_id,
        "name": action.uid[:8],
        "mark": "0",
        "path": "css/base.css",
    }
    undecided = one(
        select(Submission).where(
            Submission.withdrawn_at.is_(None),
            ~select(Verdict.id).where(Verdict.submission_id == Submission.id).exists(),
        )
    )
    for submission in undecided:
        town.submissions[Desk(submission.desk)] = submission.id
        of_it = select(Action.id).where(Action.roadmap_id == submission.roadmap_id).order_by(Action.id)
        town.read[submission.id] = int(one(of_it).first() or 0)


def _copy_of(person: Person, action: Action) -> WorkingCopy:
    copy = write_down(person, Typed(f"/actions/{action.id}/edit", (("title", "Melatih"),)))
    assert copy is not None
    return copy


def _roadmap_of(town: Town, address: str, act: str) -> int:
    if act in set(DESKS) and "/submissions/" in address:
        submission = db.session.get_one(Submission, town.submissions[DESKS[Act(act)]])
        return submission.roadmap_id
    return int(town.samples["roadmap_id"])


# --- who may


def expected(act: Act, role: Role | None, *, is_open: bool) -> int:
    """What the table of rights says of somebody's asking: 0 stands for being let through."""
    if role is None:
        return 404
    if role in RIGHTS[act].roles:
        return 0 if is_open else 409
    knows = act in REGION_ACTS or role in RIGHTS[Act.SEE].roles
    return 403 if knows else 404


@pytest.mark.slow
@pytest.mark.engines("sqlite")  # rights know no engine; its file is put back after each act
def test_every_route_asks_the_gate_what_it_declares_and_answers_by_the_table(
    town: Town, database: Database, tmp_path: Path
) -> None:
    put_back = _keep(town.app, database, tmp_path)
    wrong: list[str] = []
    for rule in rules(town.app):
        who = who_may_use(town.app, rule.endpoint)
        if who in {PUBLIC, ONESELF}:
            continue
        act = Act(str(who))
        address = town.address(rule, act)
        for stage in _stages(act):
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                wrong += Asking(act, method, address, stage).faults(town, put_back)
    assert not wrong, f"{len(wrong)} answers differ from the table of rights:\n" + "\n".join(wrong)


def _stages(act: Act) -> list[Stage]:
    """One stage that admits the act, and one that does not, if there is one."""
    admitting = sorted(RIGHTS[act].stages)
    refusing = sorted(ALL_STAGES - RIGHTS[act].stages)
    return [admitting[0], *([] if act in UNSTAGED else refusing[:1])]


@dataclass
class Asking:
    """One way of asking for an act: a method on an address while the roadmap is at a stage."""

    act: Act
    method: str
    address: str
    stage: Stage

    def faults(self, town: Town, put_back: Callable[[], None]) -> Iterator[str]:
        """Ask as everybody; after an act that was done, on the city as it was planted."""
        is_touched = True
        for who in [*ROLES, STRANGER, "nobody"]:
            if is_touched:
                put_back()
                _set_stage(town, self)
            status, asked = town.ask(who, self.method, self.address)
            is_touched = self.method == "POST" and status < 403
            trouble = self._trouble(who, status, asked)
            if trouble:
                yield f"{self.method} {self.address} ({self.act}, {self.stage}) as {who}: {status}; {trouble}"

    def _trouble(self, who: str, status: int, asked: list[Act]) -> str:
        if who == "nobody":
            is_led = status in {302, 303, 401}
            return "" if is_led else "whoever is not signed in is led to the door"
        if self.act not in asked:
            return f"it asked the gate {[one.value for one in asked]}"
        wanted = expected(self.act, ROLES.get(who), is_open=self.stage in RIGHTS[self.act].stages)
        return "" if _fits(status, wanted) else f"wanted {wanted or 'to be let through'}"


def _fits(status: int, wanted: int) -> bool:
    # Whoever is let through may still be refused by the verb: nothing to adopt, decided already, own work.
    return status < 500 and status != 404 if wanted == 0 else status == wanted


def _keep(app: Flask, database: Database, folder: Path) -> Callable[[], None]:
    path = Path(database.url.removeprefix("sqlite:///"))
    kept = folder / "planted.sqlite3"
    with app.app_context():
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    shutil.copyfile(path, kept)

    def put_back() -> None:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        shutil.copyfile(kept, path)

    return put_back


def _set_stage(town: Town, asking: Asking) -> None:
    with town.app.app_context():
        roadmap_id = _roadmap_of(town, asking.address, asking.act)
        with db.engine.begin() as connection:
            connection.execute(
                text("UPDATE roadmap SET stage = :stage WHERE id = :id"),
                {"stage": str(asking.stage), "id": roadmap_id},
            )
        db.session.remove()


# --- reading


@pytest.mark.slow
def test_reading_any_page_as_anybody_writes_nothing_and_never_breaks(town: Town) -> None:
    before = _everything(town.app)
    broken = []
    for rule in rules(town.app):
        if "GET" not in (rule.methods or ()):
            continue
        act = who_may_use(town.app, rule.endpoint)
        address = town.address(rule, act)
        for who in town.clients:
            status, _asked = town.ask(who, "GET", address)
            if status >= 500 and rule.endpoint != "web.ready":
                broken.append(f"{address} as {who}: {status}")
    assert not broken, "\n".join(broken)
    after = _everything(town.app)
    assert after == before, f"a GET wrote into {[name for name in before if before[name] != after[name]]}"


def _everything(app: Flask) -> dict[str, tuple[int, str]]:
    with app.app_context(), db.engine.connect() as connection:
        found = {}
        for table in all_tables():
            rows = connection.execute(select(table).order_by(*table.primary_key)).all()
            found[table.name] = (len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
        return found


@pytest.mark.slow
@pytest.mark.engines("sqlite")  # rights know no engine
def test_an_operator_edits_the_actions_of_the_own_office_and_no_owners(town: Town) -> None:
    with town.app.app_context():
        own = db.session.scalars(select(Action.id).where(Action.code == "1.1")).one()
        assert db.session.scalar(text("SELECT count(*) FROM action")) == 23
    assert town.ask("sari", "GET", f"/actions/{own}/edit")[0] == 200
    assert town.ask("sari", "GET", f"/actions/{own}/edit/title")[0] == 200
    assert town.ask("sari", "GET", f"/actions/{own}/edit/lead")[0] == 403
    assert town.ask("sari", "GET", f"/actions/{own}/removal")[0] == 403
    assert town.ask("sari", "GET", f"/actions/{own}/move")[0] == 403
