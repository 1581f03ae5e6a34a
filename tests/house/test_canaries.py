"""Not one word, count, hit, page, export or mail shows anything to who may not see it (T5; a canary in each cage).

Words that stand nowhere else are put into every kind of text that some may not read; then every address is opened
as everybody. That nothing shows is looked at twice: no canary is on a page, and a page does not change at all for
somebody when others say something that is not theirs to know.
"""

import contextvars
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import BuildError, Rule

from roadmap.desk.models import SavedView
from roadmap.discussion import operations as talk
from roadmap.discussion.models import Comment, Nature
from roadmap.discussion.operations import About
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.history.operations import keep_words
from roadmap.intake.operations import bring
from roadmap.intake.running import carry_on
from roadmap.mail import OutboxMail
from roadmap.people.models import Organisation, Person
from roadmap.people.roles import Visibility
from roadmap.plan import operations as plan
from roadmap.plan.models import Action, Problem
from roadmap.review import operations as review
from roadmap.review.models import Desk
from roadmap.work import unit_of_work
from tests.house.test_routes import Town, rules, town  # noqa: F401 - the fixture

NOBODY = "nobody"
TEAM = {"rina", "adi", "sari", "yusuf"}
MEMBERS = TEAM | {"maria", "hendra", "ratna", "bagus"}
CSO_AND_MENTOR = {"yusuf", "maria"}
# One of each way of seeing.
WATCHERS = ("rina", "sari", "yusuf", "maria", "hendra", "tini", "lukas", NOBODY)
PASSING = re.compile(
    rb'name="(csrf_token|act_key(-\d+)?)" value="[^"]*"|name="csrf-token" content="[^"]*"|nomor [0-9a-f]{8}'
    rb"|pukul \d\d\.\d\d|names-\w+-[0-9a-f]{8}"
)


@dataclass
class Cages:
    """The canaries with who may see each, and the parts of addresses they may be met at."""

    seen_by: dict[str, set[str]] = field(default_factory=dict)
    parts: dict[str, list[Any]] = field(default_factory=dict)

    def put(self, name: str, seen_by: Iterable[str]) -> str:
        """Make a word that stands nowhere else, and say who may read it."""
        word = f"kenari{name}"
        self.seen_by[word] = set(seen_by)
        return word

    def hidden_from(self, who: str) -> list[bytes]:
        return [word.encode() for word, readers in self.seen_by.items() if who not in readers]


@pytest.fixture
def cages(town: Town) -> Cages:  # noqa: F811 - the fixture
    cages = Cages()
    with town.app.app_context(), town.app.test_request_context():
        _put_canaries(town, cages)
    return cages


def _people() -> dict[str, Person]:
    return {
        one.email.split("@")[0]: one
        for one in db.session.scalars(select(Person).where(Person.email.like("%@contoh.example")))
    }


def _put_canaries(town: Town, cages: Cages) -> None:  # noqa: F811
    people = _people()
    roadmap = db.session.get_one(Roadmap, town.samples["roadmap_id"])
    action = db.session.get_one(Action, town.samples["item_id"])
    _talk(cages, people, roadmap, action)
    _write(cages, people, roadmap, action)
    _close(cages, people, roadmap)
    _keep(town, cages, people, roadmap, action)
    db.session.expire_all()
    head = db.session.get_one(Roadmap, roadmap.id).head_seq
    cages.parts["seq"] += [head]


def _talk(cages: Cages, people: Mapping[str, Person], roadmap: Roadmap, action: Action) -> None:
    """Open a thread at every level, on every kind of thing, with a narrower reply, an edit, and a reason."""
    on_action = About("action", action.uid, "title")
    office = db.session.scalars(
        select(Organisation.uid).where(Organisation.region_id == roadmap.region_id)
    ).first()
    opened = [
        ("yusuf", on_action, Visibility.TEAM, "tim", TEAM),
        ("yusuf", About("roadmap", roadmap.uid), Visibility.CSO_AND_MENTOR, "oms", CSO_AND_MENTOR),
        ("maria", About("organisation", str(office)), Visibility.MEMBERS, "anggota", MEMBERS),
        ("rina", About("action", action.uid), Visibility.PUBLIC, "publik", MEMBERS),
    ]
    threads = []
    for who, about, level, name, readers in opened:
        words = f"Tentang {cages.put(name, readers)}"
        threads.append(
            talk.open_thread(
                people[who],
                roadmap.id,
                about,
                words,
                nature=Nature.QUESTION,
                visibility=level,
                wants_answer=level != Visibility.CSO_AND_MENTOR,
            ).id
        )
    team, hidden, members, _public = threads
    narrow = talk.reply(
        people["yusuf"], members, f"Hanya {cages.put('balasan', TEAM)}", visibility=Visibility.TEAM
    )
    first = db.session.scalars(select(Comment).where(Comment.id == narrow.id)).one()
    talk.edit_comment(people["yusuf"], first.id, first.version, f"Diubah {cages.put('suntingan', TEAM)}")
    talk.resolve(people["rina"], team, f"Sudah jelas {cages.put('alasan', TEAM)}")
    talk.resolve(people["yusuf"], hidden, f"Selesai {cages.put('usai', CSO_AND_MENTOR)}")
    cages.parts["thread_id"] = threads
    cages.parts["comment_id"] = list(
        db.session.scalars(select(Comment.id).order_by(Comment.id.desc()).limit(5))
    )
    db.session.expire_all()
    head = db.session.get_one(Roadmap, roadmap.id).head_seq
    cages.parts["seq"] = [head - 7, head - 1]


def _write(cages: Cages, people: Mapping[str, Person], roadmap: Roadmap, action: Action) -> None:
    """Draft words that are not published, give a reason, and remove something with words in it."""
    plan.edit_item(
        people["rina"],
        "action",
        action.id,
        action.version,
        {"description": f"Rancangan {cages.put('rancangan', MEMBERS)}"},
        reason=f"Karena {cages.put('sebab', MEMBERS)}",
    )
    gone = plan.add_item(
        people["rina"], roadmap.id, "problem", {"title": f"Dihapus {cages.put('hapus', MEMBERS)}"}
    )
    plan.remove_item(people["rina"], "problem", gone.id)


def _close(cages: Cages, people: Mapping[str, Person], roadmap: Roadmap) -> None:
    """Write names that must not stand anywhere, and close them."""
    name = cages.put("korban", ())
    problem = db.session.scalars(
        select(Problem).where(Problem.roadmap_id == roadmap.id).order_by(Problem.id)
    ).first()
    assert problem is not None
    plan.edit_item(people["rina"], "problem", problem.id, problem.version, {"effect": f"Dialami {name}"})
    plan.close_text(people["rina"], "problem", problem.id, ["effect"], basis="UU PDP", reason="Nama korban")
    said = cages.put("saksi", ())
    thread = talk.open_thread(
        people["yusuf"],
        roadmap.id,
        About("problem", problem.uid),
        f"Menurut {said}",
        nature=Nature.QUESTION,
        visibility=Visibility.PUBLIC,
    )
    comment = db.session.scalars(select(Comment).where(Comment.thread == thread.uid)).one()
    talk.close_comment(people["maria"], comment.id, basis="UU PDP", reason="Nama saksi")
    cages.parts["thread_id"].append(thread.id)
    cages.parts["comment_id"].append(comment.id)


def _keep(
    town: Town,  # noqa: F811
    cages: Cages,
    people: Mapping[str, Person],
    roadmap: Roadmap,
    action: Action,
) -> None:
    """Leave what belongs to one person alone: unsent words, a note not yet said, a way of looking."""
    submission = town.submissions[Desk.REVIEW]
    noted = db.session.get_one(Action, town.read[submission])
    review.jot_down(people["maria"], submission, noted.uid, f"Menurut saya {cages.put('catatan', {'maria'})}")
    with unit_of_work():
        db.session.expire_all()
        item = db.session.get_one(Action, action.id)
        words = {"title": f"Belum masuk {cages.put('simpan', {'rina', 'adi'})}"}
        keep_words(
            people["rina"], words, "stage", f"/actions/{item.id}/edit", item=item, roadmap_id=roadmap.id
        )
        name = cages.put("tampilan", {"rina"})
        db.session.add(
            SavedView(person_id=people["rina"].id, roadmap_id=roadmap.id, name=name, query="tahun=2026")
        )
    table = f"Rencana aksi;Hasil yang diharapkan\nMelatih petugas;{cages.put('tabel', {'rina'})}\n"
    brought = bring(people["rina"], roadmap.id, f"{cages.put('berkas', {'rina'})}.csv", table.encode())
    carry_on(brought.id)
    cages.parts["intake_id"] = [brought.id]


# --- opening everything


def _addresses(town: Town, cages: Cages) -> Iterator[str]:  # noqa: F811
    """Every address there is to read, with each part that a canary may be met at."""
    for rule in rules(town.app):
        if "GET" not in (rule.methods or set()) or rule.endpoint == "web.asset":
            continue
        names = sorted(rule.arguments)
        choices = [cages.parts.get(name) or [town.samples.get(name)] for name in names]
        for values in product(*choices):
            yield from _built(town, rule, dict(zip(names, values, strict=True)))


def _built(town: Town, rule: Rule, values: dict[str, Any]) -> Iterator[str]:  # noqa: F811
    if {"submission_id", "item_id"} <= set(values):
        values["submission_id"] = town.submissions[Desk.REVIEW]
        values["item_id"] = town.read[values["submission_id"]]
    if "plural" in values and "item_id" not in values:
        values["plural"] = "problems"
    with town.app.test_request_context():
        try:
            yield str(town.app.url_map.bind("localhost").build(rule.endpoint, values, method="GET"))
        except BuildError:
            return


def _asking_for(cages: Cages, town: Town) -> Iterator[str]:  # noqa: F811
    """The addresses that look for words, or between two moments."""
    roadmap = f"/roadmaps/{town.samples['roadmap_id']}"
    for word in (word[:-2] for word in cages.seen_by):
        # What is looked for is said again on the page, so only its beginning is.
        yield f"{roadmap}/search?cari={word}"
        yield f"{roadmap}?cari={word}"
        yield f"/p/{town.samples['region_slug']}/{town.samples['roadmap_slug']}?cari={word}"
    head = cages.parts["seq"][-1]
    yield f"{roadmap}/comparison?dari=1&sampai={head}"
    yield f"{roadmap}/comparison?dari={cages.parts['seq'][0] - 1}&sampai={head}"
    yield f"{roadmap}/history?tonggak=1"


def _read(town: Town, who: str, address: str) -> tuple[int, bytes]:  # noqa: F811
    def call() -> tuple[int, bytes]:
        answer = town.clients[who].get(address)
        body = answer.get_data()
        answer.close()
        return answer.status_code, _inside(body)

    return contextvars.Context().run(call)


def _inside(body: bytes) -> bytes:
    """Give what stands in a file; that of a workbook or a document of Word is in its parts."""
    if not body.startswith(b"PK\x03\x04"):
        return body
    with ZipFile(BytesIO(body)) as parts:
        return b"\n".join(parts.read(name) for name in parts.namelist())


@pytest.mark.slow
@pytest.mark.engines("sqlite")
def test_no_page_export_or_hit_shows_anybody_what_is_not_theirs(town: Town, cages: Cages) -> None:  # noqa: F811
    shown: list[str] = []
    broken: list[str] = []
    met: set[str] = set()
    for address in [*_addresses(town, cages), *_asking_for(cages, town)]:
        for who in WATCHERS:
            status, body = _read(town, who, address)
            broken += [f"{status} at {address} for {who}"] if status >= 500 else []
            shown += [
                f"{who} reads {word.decode()} at {address}" for word in cages.hidden_from(who) if word in body
            ]
            met |= {word for word in cages.seen_by if word.encode() in body}
    assert not broken, f"{len(broken)} faults:\n" + "\n".join(broken[:20])
    assert not shown, f"{len(shown)} leaks:\n" + "\n".join(shown[:40])
    unmet = {word for word, readers in cages.seen_by.items() if readers} - met
    assert not unmet, f"nobody met these canaries, so their cages were not looked into: {sorted(unmet)}"


@pytest.mark.slow
@pytest.mark.engines("sqlite")
def test_no_mail_carries_anybodys_words(town: Town, cages: Cages) -> None:  # noqa: F811
    with town.app.app_context():
        mails = list(db.session.scalars(select(OutboxMail)))
    assert mails, "the canaries told nobody"
    wrong = [
        f"{mail.recipient}: {word}"
        for mail in mails
        for word in cages.seen_by
        if word in mail.subject or word in mail.body
    ]
    assert not wrong


@pytest.mark.slow
@pytest.mark.engines("sqlite")
def test_nothing_changes_for_who_may_not_know_that_others_talk(town: Town) -> None:  # noqa: F811
    """Rina and Hendra read every page before and after Yusuf and Maria talk among themselves: they are the same."""
    cages = Cages(parts={"seq": [town.samples["seq"]]})
    addresses = [one for one in _addresses(town, cages) if "thread_id" not in one]
    before = {
        (who, one): PASSING.sub(b"", _read(town, who, one)[1])
        for one in addresses
        for who in ("rina", "hendra")
    }
    with town.app.app_context():
        people = _people()
        roadmap_id = town.samples["roadmap_id"]
        roadmap = db.session.get_one(Roadmap, roadmap_id)
        action = db.session.get_one(Action, town.samples["item_id"])
        for about in (About("roadmap", roadmap.uid), About("action", action.uid, "title")):
            thread = talk.open_thread(
                people["yusuf"],
                roadmap_id,
                about,
                "Di antara kita",
                nature=Nature.NOT_AGREED,
                visibility=Visibility.CSO_AND_MENTOR,
            )
            talk.reply(people["maria"], thread.id, "Baik", notified=[people["yusuf"].uid])
    changed = [
        f"{who} at {one}: {_first_difference(old, now)}"
        for (who, one), old in before.items()
        if (now := PASSING.sub(b"", _read(town, who, one)[1])) != old
    ]
    assert not changed, f"{len(changed)} pages changed:\n" + "\n".join(changed[:40])


def _first_difference(old: bytes, now: bytes) -> str:
    place = next((place for place, pair in enumerate(zip(old, now, strict=False)) if pair[0] != pair[1]), 0)
    start = max(place - 60, 0)
    return f"…{old[start : place + 60]!r} | …{now[start : place + 60]!r}"


def test_the_canaries_of_the_house_are_known_words(app: Flask) -> None:
    """A canary is looked for as it was typed; so it must be one word that no rendering changes."""
    cages = Cages()
    word = cages.put("uji", ())
    from roadmap.text.markdown import render

    with app.app_context():
        assert word in str(render(f"Tentang **{word}**"))
