"""Whatever several people do to a roadmap: as of each moment it is, to the byte, what could be taken away then.

Hypothesis lets them add, edit, merge, move, remove, restore, undo and talk. After each act everything that can be
exported is written down: the tables as files, the canonical document's hash, what two readers read of the talk. At
the end the same is asked for as of each of those moments, and the record must hold.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from roadmap.discussion import operations as talk_verbs
from roadmap.discussion.errors import AlreadySettled
from roadmap.discussion.models import ORGANISATION, ROADMAP, Comment, Nature, Thread
from roadmap.discussion.queries import threads_as_of, threads_of, with_comments
from roadmap.discussion.rules import About
from roadmap.discussion.shown import ThreadView
from roadmap.errors import NotThere
from roadmap.exchange.sheets import write_csv
from roadmap.extensions import db
from roadmap.history.canonical import canonical, sha256
from roadmap.history.check import faults_of
from roadmap.history.errors import EditConflict, ItemGone
from roadmap.history.models import Changeset, Plain, Roadmap, Versioned
from roadmap.people.models import Person
from roadmap.people.roles import Visibility
from roadmap.plan import operations as plan_verbs
from roadmap.plan import restoring
from roadmap.plan.document import build_document, choices_as_of
from roadmap.plan.errors import NotUndoable, Unsettled
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import Outline
from roadmap.plan.queries import choices_for, outline_as_of, outline_of
from tests.cast import Cast, sign_in
from tests.page import LookingClient

PARTS = ("section", "modality", "problem", "action")
TABLES = (*PARTS, "indicator")
TEXTS = {"section": "body", "modality": "description", "problem": "cause", "action": "description"}
REFUSALS = (EditConflict, ItemGone, NotUndoable, Unsettled, AlreadySettled)
EVERY_VERB = {
    *("create", "add", "edit", "merge", "move", "remove", "restore", "undo", "restore-items"),
    *("open-thread", "reply", "edit-comment", "resolve", "reopen"),
}

numbers = some.integers(0, 999)
words = some.text("abc ñ\n=é*", min_size=1, max_size=30).filter(str.strip)
drafters = some.sampled_from(("rina", "dodi"))
speakers = some.sampled_from(("rina", "yusuf", "maria", "wali"))
LEVELS = {  # what each of them reads, and so can choose
    "rina": (Visibility.TEAM, Visibility.MEMBERS, Visibility.PUBLIC),
    "yusuf": (Visibility.CSO_AND_MENTOR, Visibility.TEAM, Visibility.MEMBERS),
    "maria": (Visibility.CSO_AND_MENTOR, Visibility.MEMBERS, Visibility.PUBLIC),
    "wali": (Visibility.MEMBERS, Visibility.PUBLIC),
}
READERS = ("yusuf", "wali")


@dataclass(frozen=True)
class Export:
    """All that could be taken away at a moment."""

    tables: tuple[bytes, ...]
    document: str
    answered: bytes
    read: tuple[list[Any], ...]


class Team(RuleBasedStateMachine):
    """People at work on one roadmap, and a clerk who writes down what could be exported after each act."""

    cast: Cast
    client: LookingClient
    verbs: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.exports: dict[int, Export] = {}
        self.roadmap_id = 0

    # --- the plan

    @initialize()
    def begin(self) -> None:
        with self.cast.app.app_context():
            values: dict[str, Plain] = {"title": "Peta Jalan Uji", "year_from": 2026, "year_to": 2030}
            self.roadmap_id = plan_verbs.create_roadmap(self.cast.rina, self.cast.city.id, values).id
        self.write_down()
        self.do_everything_once()

    def do_everything_once(self) -> None:
        """Begin with a morning on which each thing that can be done is done."""
        for kind in PARTS:
            self.add("rina", kind, f"{kind} pertama", None)
        self.add("dodi", "action", "action kedua", "first")
        self.measure(0, "Berapa", "NA")
        self.link(0, [0], 420_000_000)
        self.edit_at_once(0, "Satu", "Dua")
        self.move("dodi", 3, 4)
        self.remove("rina", 3)
        self.restore("dodi", 0)
        for who in LEVELS:
            self.open_thread(who, len(who), 0, f"Kata {who}", Nature.QUESTION)
        self.reply(0, "Balasan")
        self.edit_comment(0, "Disunting")
        self.settle(0, "Sudah dibahas")
        self.reopen(0)
        self.edit("rina", 1, "Judul lain", 0)
        self.undo("dodi", 0)
        self.edit("rina", 2, "Judul lain lagi", 0)
        self.restore_from(5, 3)

    @rule(who=drafters, kind=some.sampled_from(PARTS), title=words, after=some.sampled_from((None, "first")))
    def add(self, who: str, kind: str, title: str, after: str | None) -> None:
        self.act(lambda: self.add_one(getattr(self.cast, who), kind, title, after))

    def add_one(self, person: Person, kind: str, title: str, after: str | None) -> None:
        plan_verbs.add_item(person, self.roadmap_id, kind, {"title": title}, after=after)

    @rule(which=numbers, title=words, figure=some.sampled_from(("0", "NA", "12.5")))
    def measure(self, which: int, title: str, figure: str) -> None:
        def add() -> None:
            action = self.standing(which, "action")
            values: dict[str, Plain] = {"title": title, "baseline": figure, "targets": {"2026": figure}}
            plan_verbs.add_item(self.cast.dodi, self.roadmap_id, "indicator", values, parent_uid=action.uid)

        self.act(add)

    @rule(who=drafters, which=numbers, title=words, back=some.integers(0, 2))
    def edit(self, who: str, which: int, title: str, back: int) -> None:
        """Save a title, perhaps from a form that is some versions old."""

        def save() -> None:
            item = self.standing(which)
            base = max(1, item.version - back)
            plan_verbs.edit_item(getattr(self.cast, who), item.kind, item.id, base, {"title": title})

        self.act(save)

    @rule(which=numbers, one=words, other=words)
    def edit_at_once(self, which: int, one: str, other: str) -> None:
        """Two people save the whole form of one item from the same version; each wrote in another field."""
        with self.cast.app.app_context():
            item = self.standing(which, *TEXTS)
            kind, number, base = item.kind, item.id, item.version
            as_it_was = {"title": item.title, TEXTS[kind]: getattr(item, TEXTS[kind])}  # type: ignore[attr-defined]
        hers = as_it_was | {"title": f"{one}, {base}"}
        his = as_it_was | {TEXTS[kind]: f"{other}\n{base}"}
        self.act(lambda: plan_verbs.edit_item(self.cast.rina, kind, number, base, hers))
        self.act(lambda: plan_verbs.edit_item(self.cast.dodi, kind, number, base, his))

    @rule(which=numbers, problems=some.lists(numbers, max_size=3), money=some.integers(0, 10**9))
    def link(self, which: int, problems: list[int], money: int) -> None:
        """Say what an action answers, who leads it and what it costs."""

        def save() -> None:
            action = self.standing(which, "action")
            values: dict[str, Plain] = {
                "problems": sorted({self.standing(one, "problem").uid for one in problems}),
                "budget": {"2026 apbd": money},
                "lead": (self.cast.dinsos, self.cast.kominfo)[money % 2].uid,
            }
            plan_verbs.edit_item(self.cast.rina, "action", action.id, action.version, values)

        self.act(save)

    @rule(who=drafters, which=numbers, neighbour=numbers)
    def move(self, who: str, which: int, neighbour: int) -> None:
        def put() -> None:
            item = self.standing(which, *PARTS)
            after = self.standing(neighbour, item.kind).uid
            person = getattr(self.cast, who)
            plan_verbs.move_item(person, item.kind, item.id, "first" if after == item.uid else after)

        self.act(put)

    @rule(who=drafters, which=numbers)
    def remove(self, who: str, which: int) -> None:
        def take_out() -> None:
            item = self.standing(which)
            if len(self.items(item.kind)) > 1:
                plan_verbs.remove_item(getattr(self.cast, who), item.kind, item.id)

        self.act(take_out)

    @rule(who=drafters, which=numbers)
    def restore(self, who: str, which: int) -> None:
        def bring_back() -> None:
            gone = self.items(*PARTS, gone=True)
            if gone:
                item = gone[which % len(gone)]
                plan_verbs.restore_item(getattr(self.cast, who), item.kind, item.id)

        self.act(bring_back)

    @rule(who=drafters, back=some.integers(0, 6))
    def undo(self, who: str, back: int) -> None:
        def take_back() -> None:
            person, seq = getattr(self.cast, who), max(2, max(self.exports) - back)
            try:
                restoring.undo(person, self.roadmap_id, seq)
            except NotThere:  # of what was said to others only, a drafter knows nothing
                act = db.session.query(Changeset).filter_by(roadmap_id=self.roadmap_id, seq=seq).one()
                assert act.audience == Visibility.CSO_AND_MENTOR

        self.act(take_back)

    @rule(moment=numbers, which=numbers)
    def restore_from(self, moment: int, which: int) -> None:
        """Have one item be again as it was at some moment."""

        def go_back() -> None:
            seq = sorted(self.exports)[moment % len(self.exports)]
            then = outline_as_of(self.roadmap_id, seq).in_published_order()
            uid = then[which % len(then)].uid
            restoring.restore_items(self.cast.rina, self.roadmap_id, seq, [uid])

        self.act(go_back)

    # --- the talk

    @rule(who=speakers, which=numbers, level=numbers, body=words, nature=some.sampled_from(Nature))
    def open_thread(self, who: str, which: int, level: int, body: str, nature: Nature) -> None:
        def say() -> None:
            visibility = LEVELS[who][level % len(LEVELS[who])]
            person = getattr(self.cast, who)
            talk_verbs.open_thread(
                person, self.roadmap_id, self.topic(which), body, nature=nature, visibility=visibility
            )

        self.act(say)

    @rule(which=numbers, body=words)
    def reply(self, which: int, body: str) -> None:
        self.act(lambda: talk_verbs.reply(self.cast.yusuf, self.a_thread("yusuf", which), body))

    @rule(which=numbers, body=words)
    def edit_comment(self, which: int, body: str) -> None:
        def save() -> None:
            own = {"roadmap_id": self.roadmap_id, "author": self.cast.yusuf.uid}
            comments = db.session.query(Comment).filter_by(**own).order_by(Comment.id).all()
            comment = comments[which % len(comments)]
            talk_verbs.edit_comment(self.cast.yusuf, comment.id, comment.version, body)

        self.act(save)

    @rule(which=numbers, why=words)
    def settle(self, which: int, why: str) -> None:
        self.act(lambda: talk_verbs.resolve(self.cast.rina, self.a_thread("rina", which), why))

    @rule(which=numbers)
    def reopen(self, which: int) -> None:
        self.act(lambda: talk_verbs.reopen(self.cast.rina, self.a_thread("rina", which)))

    # --- what they work on

    def items(self, *kinds: str, gone: bool = False) -> list[Versioned]:
        found: list[Versioned] = []
        for kind in kinds or KINDS:
            model = KINDS[kind].model
            every = db.session.query(model).filter_by(roadmap_id=self.roadmap_id).order_by(model.id)
            found += [item for item in every if (item.removed_at is not None) == gone and kind != "cover"]
        return found

    def standing(self, which: int, *kinds: str) -> Versioned:
        found = self.items(*kinds)
        return found[which % len(found)]

    def topic(self, which: int) -> About:
        roadmap = db.session.get_one(Roadmap, self.roadmap_id)
        item = self.standing(which)
        field = next(iter(KINDS[item.kind].by_name)) if which % 2 else ""
        return (
            About(ROADMAP, roadmap.uid),
            About(ORGANISATION, self.cast.dinsos.uid),
            About(item.kind, item.uid, field),
        )[which % 3]

    def a_thread(self, who: str, which: int) -> int:
        """One of the threads somebody reads, by id."""
        found = db.session.query(Thread).filter_by(roadmap_id=self.roadmap_id).order_by(Thread.id)
        read = [one.id for one in found if one.visibility in LEVELS[who]]
        return read[which % len(read)]

    # --- the clerk

    def act(self, verb: Callable[[], object]) -> None:
        """Have somebody do something; whatever is refused has changed nothing, whatever is done is written down."""
        before, was_refused = max(self.exports), False
        with self.cast.app.app_context():
            try:
                verb()
            except REFUSALS:
                was_refused = True
        after = self.write_down()
        assert after - before <= (0 if was_refused else 1)

    def write_down(self) -> int:
        with self.cast.app.test_request_context():
            roadmap = db.session.get_one(Roadmap, self.roadmap_id)
            seq = roadmap.head_seq
            if seq in self.exports:
                return seq
            act = db.session.query(Changeset).filter_by(roadmap_id=roadmap.id, seq=seq).one()
            self.verbs[act.verb] += 1
            plan = outline_of(roadmap.id)
            export = exported(roadmap, plan, choices_for(roadmap, plan), seq)
            read = tuple(read_now(roadmap, getattr(self.cast, who)) for who in READERS)
        answered = self.table(f"/roadmaps/{self.roadmap_id}", seq)
        self.exports[seq] = Export(*export, answered, read)
        return seq

    def table(self, address: str, seq: int) -> bytes:
        """One of the tables as the browser gets it, each in its turn."""
        answer = self.client.raw.get(f"{address}/{KINDS[TABLES[seq % len(TABLES)]].plural}.csv")
        assert answer.status_code == 200
        return answer.get_data()

    def teardown(self) -> None:
        for seq, then in self.exports.items():
            assert self.export_as_of(seq) == then, seq
        with self.cast.app.app_context():
            assert list(faults_of(db.session.get_one(Roadmap, self.roadmap_id))) == []

    def export_as_of(self, seq: int) -> Export:
        with self.cast.app.test_request_context():
            roadmap = db.session.get_one(Roadmap, self.roadmap_id)
            plan = outline_as_of(roadmap.id, seq)
            export = exported(roadmap, plan, choices_as_of(roadmap, plan, seq), seq)
            people = [getattr(self.cast, who) for who in READERS]
            read = tuple(said(threads_as_of(roadmap, seq, one)) for one in people)
        return Export(*export, self.table(f"/roadmaps/{self.roadmap_id}/as-of/{seq}", seq), read)


def exported(roadmap: Roadmap, plan: Outline, choices: Choices, seq: int) -> tuple[tuple[bytes, ...], str]:
    tables = tuple(write_csv(KINDS[kind], plan, choices).encode() for kind in TABLES)
    return tables, sha256(canonical(build_document(roadmap, plan, seq)))


def read_now(roadmap: Roadmap, reader: Person) -> list[Any]:
    return said(with_comments(roadmap, reader, threads_of(roadmap, reader, size=1000).items))


def said(threads: list[ThreadView]) -> list[Any]:
    """All that is read of threads, in their order."""
    return [
        (
            (one.uid, one.version, one.about, one.about_version, one.nature, one.visibility),
            (one.is_resolved, one.resolution, one.count, one.at, one.last_at, one.settled_at),
            [(say.uid, say.version, say.body, say.visibility, say.at, say.edited_at) for say in one.comments],
        )
        for one in threads
    ]


def let_them_work(cast: Cast, client: LookingClient, *, teams: int, acts: int) -> Counter[str]:
    """Let several teams work; give what was done, each of it one moment that was compared."""
    sign_in(client, cast.rina)
    verbs: Counter[str] = Counter()
    team = type("TeamOfThisTest", (Team,), {"cast": cast, "client": client, "verbs": verbs})
    run_state_machine_as_test(
        team,
        settings=settings(
            max_examples=teams,
            stateful_step_count=acts,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
            deadline=None,
        ),
    )
    return verbs


@pytest.mark.slow
@pytest.mark.engines("sqlite")
def test_two_hundred_moments_are_what_they_were(cast: Cast, client: LookingClient) -> None:
    verbs = let_them_work(cast, client, teams=7, acts=30)
    assert set(verbs) >= EVERY_VERB, verbs
    assert verbs.total() >= 200, verbs


@pytest.mark.slow
@pytest.mark.engines("postgres")
def test_so_they_are_on_the_larger_engine(cast: Cast, client: LookingClient) -> None:
    verbs = let_them_work(cast, client, teams=2, acts=20)
    assert set(verbs) >= EVERY_VERB, verbs
