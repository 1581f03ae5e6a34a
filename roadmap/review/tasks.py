"""What the review asks of one person, over all regions, oldest first; a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import bindparam, inspect, select

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.models import Membership, Person
from roadmap.people.queries import memberships_of
from roadmap.people.roles import Role, Stage
from roadmap.plan.queries import titles_of
from roadmap.review.models import Desk, Submission
from roadmap.review.queries import Facts, days_left, facts_of, turn_of
from roadmap.review.words import desk_owner


@dataclass(frozen=True)
class Task:
    """One thing that waits: what, where, since when, and the button that leads to it; for me, or for others."""

    what: str
    where: str
    since: datetime
    button: str
    endpoint: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    is_mine: bool = True

    @property
    def address(self) -> str:
        """The address the button leads to."""
        return url_for(self.endpoint, **self.arguments)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Place:
    roadmap: Roadmap
    title: str
    facts: Facts

    def task(
        self,
        what: str,
        since: datetime,
        button: str,
        endpoint: str,
        *,
        is_mine: bool = True,
        **arguments: object,
    ) -> Task:
        """Make a task of this roadmap."""
        where = " · ".join(part for part in (self.title, self.roadmap.region.full_name) if part)
        return Task(
            what, where, since, button, endpoint, arguments or {"roadmap_id": self.roadmap.id}, is_mine
        )


def tasks_for(person: Person) -> list[Task]:
    """Give what waits for a person in the review, and (is_mine False) what they wait for, oldest first."""
    roles = _roles_by_roadmap(person)
    if not roles:
        return []
    roadmaps = db.session.scalars(select(Roadmap).where(Roadmap.id.in_(roles))).all()
    facts, titles = facts_of(list(roles)), titles_of(list(roles))
    found = [
        task
        for roadmap in roadmaps
        for task in _tasks_on(
            _Place(roadmap, titles.get(roadmap.id, ""), facts[roadmap.id]), roles[roadmap.id]
        )
    ]
    return sorted(found, key=lambda task: task.since)


_ROADMAP = inspect(Roadmap).local_table
_HEADS = select(_ROADMAP.c.id, _ROADMAP.c.region_id, _ROADMAP.c.head_digest).where(
    _ROADMAP.c.region_id.in_(bindparam("regions", expanding=True))
)


def heads_in(memberships: Sequence[Membership]) -> list[tuple[int, int, str]]:
    """Give number, region and head digest of every roadmap in the regions of these memberships."""
    asked = {"regions": sorted({held.region_id for held in memberships})}
    return [(row[0], row[1], row[2]) for row in db.session.execute(_HEADS, asked)]


def _roles_by_roadmap(person: Person) -> dict[int, set[Role]]:
    memberships = memberships_of(person)
    roles: dict[int, set[Role]] = defaultdict(set)
    for roadmap_id, region_id, _digest in heads_in(memberships):
        for held in memberships:
            if held.region_id == region_id and held.roadmap_id in (None, roadmap_id):
                roles[roadmap_id].add(Role(held.role))
    return roles


def _tasks_on(place: _Place, roles: set[Role]) -> Iterator[Task]:
    waiting = place.facts.undecided
    if waiting is not None:
        yield from _of_judges(place, waiting, roles)
    if Role.DRAFTER in roles:
        yield from _of_drafters(place, waiting)
        yield from _of_editions(place)


def _of_judges(place: _Place, waiting: Submission, roles: set[Role]) -> Iterator[Task]:
    desk, number = Desk(waiting.desk), waiting.number
    leader = _(place.roadmap.region.leader_title)
    if desk == Desk.REVIEW and Role.MENTOR in roles:
        what = _("Rancangan %(number)s menunggu telaah Anda", number=number)
        yield place.task(what, waiting.at, _("Telaah"), "review.submission", submission_id=waiting.id)
    if desk == Desk.VERIFICATION and Role.VERIFIER in roles:
        what = _("Rancangan %(number)s menunggu verifikasi Anda", number=number)
        yield place.task(what, waiting.at, _("Periksa"), "review.submission", submission_id=waiting.id)
    if desk == Desk.LEADER and Role.LEADER in roles:
        what = _("Rancangan %(number)s menunggu persetujuan Anda", number=number)
        yield place.task(what, waiting.at, _("Baca ringkasan"), "review.brief")
    if desk == Desk.LEADER and Role.LEADER_STAFF in roles:
        what = _("Rancangan %(number)s di meja %(leader)s", number=number, leader=leader)
        button = _("Catat arahan")
        yield place.task(what, waiting.at, button, "review.record_decision", submission_id=waiting.id)


def _of_drafters(place: _Place, waiting: Submission | None) -> Iterator[Task]:
    stage, region = Stage(place.roadmap.stage), place.roadmap.region
    turn, since = turn_of(place.roadmap, place.facts)
    if waiting is not None:
        what = _(
            "Rancangan %(number)s di meja %(desk)s",
            number=waiting.number,
            desk=desk_owner(waiting.desk, region),
        )
        yield place.task(what, waiting.at, _("Lihat tahapan"), "review.stages", is_mine=False)
    elif stage == Stage.CONSULTATION and (days_left(place.roadmap, place.facts) or 0) >= 0:
        yield place.task(
            _("Masukan sedang diterima"), since, _("Lihat tahapan"), "review.stages", is_mine=False
        )
    elif stage == Stage.ADOPTED:
        yield place.task(_("Pelaksanaan belum dimulai"), since, _("Mulai pelaksanaan"), "review.stages")
    elif turn == Role.DRAFTER and stage != Stage.APPROVED:
        yield _drafting_task(place, stage, since)


def _drafting_task(place: _Place, stage: Stage, since: datetime) -> Task:
    passed, returned = place.facts.passed, place.facts.returned
    if passed is not None:
        what = _("Rancangan %(number)s lolos dan menunggu dikirim", number=passed.number)
        return place.task(what, since, _("Kirim"), "review.stages")
    if stage == Stage.CONSULTATION:
        return place.task(_("Masa masukan sudah berakhir"), since, _("Tutup konsultasi"), "review.stages")
    if stage == Stage.REVISION and returned is not None and returned.verdict is not None:
        count = len(returned.verdict.items)
        what = _("Rancangan %(number)s dikembalikan dengan catatan", number=returned.number)
        if count:
            what = ngettext("%(num)s butir perlu diperbaiki", "%(num)s butir perlu diperbaiki", count)
        return place.task(what, returned.verdict.at, _("Perbaiki"), "review.stages")
    return place.task(_("Draf sedang disusun"), since, _("Lanjutkan"), "desk.roadmap")


def _of_editions(place: _Place) -> Iterator[Task]:
    awaiting = place.facts.awaiting
    if awaiting is not None:
        what, since = (
            _("Edisi %(number)s disetujui dan menunggu penetapan", number=awaiting.number),
            place.facts.approved_at(awaiting),
        )
        yield place.task(what, since, _("Catat penetapan"), "review.adopt", edition_id=awaiting.id)
