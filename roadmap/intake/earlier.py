"""What an earlier import of the same table left in the plan: the base on which that table is laid when it comes again.

So what anybody edited since is not undone without a question, and what was renamed since is not added anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision, Snapshot
from roadmap.history.queries import standing_as_of, upcast
from roadmap.intake.candidates import Candidate
from roadmap.intake.likeness import Register
from roadmap.intake.models import Intake, State
from roadmap.intake.queries import trial_of
from roadmap.people.models import Person
from roadmap.plan.kinds import KINDS
from roadmap.plan.queries import outline_of

ACTION = "action"
EARLIER = "earlier"


@dataclass(frozen=True)
class Then:
    """An item as the earlier import left it."""

    version: int
    values: Snapshot


@dataclass
class Earlier:
    """The items that an earlier import wrote or found, as they stood right after it; empty where there was none."""

    items: dict[str, Then] = field(default_factory=dict)
    by_name: dict[tuple[str, str, str], Register] = field(default_factory=dict)
    by_code: dict[str, str] = field(default_factory=dict)

    def add(self, uid: str, kind: str, then: Then) -> None:
        """Take in one item."""
        self.items[uid] = then
        title, code = str(then.values.get("title") or ""), str(then.values.get("code") or "")
        parent, party = str(then.values.get(ACTION) or ""), str(then.values.get("party") or "")
        if title:
            self.by_name.setdefault((kind, parent, party), Register()).add(uid, title)
        if code and kind == ACTION:
            self.by_code.setdefault(code.casefold(), uid)

    def find(self, one: Candidate, parent: str) -> str:
        """Give the uid of the item that a row was then, by its code or its name of then; empty where it was none."""
        code, party = (
            str(one.values[name].value or "") if name in one.values else "" for name in ("code", "party")
        )
        if one.kind == ACTION and code.casefold() in self.by_code:
            return self.by_code[code.casefold()]
        register = self.by_name.get((one.kind, parent, party))
        found = register.same(one.label) if register and one.label else []
        return found[0] if len(found) == 1 else ""


def find_earlier(person: Person, roadmap_id: int, sha256: str, name: str) -> Intake | None:
    """Find the newest import of the very same file, by anybody, else of a file so called by the same person."""
    ended = (
        select(Intake)
        .where(Intake.roadmap_id == roadmap_id, Intake.state == State.DONE)
        .order_by(Intake.id.desc())
        .limit(1)
    )
    same = db.session.scalar(ended.where(Intake.sha256 == sha256))
    return same or db.session.scalar(ended.where(Intake.person_id == person.id, Intake.name == name))


def earlier_of(intake: Intake) -> Intake | None:
    """Give the import that this table was brought after, where it is the same or of the same name."""
    found = (intake.report or {}).get(EARLIER)
    return db.session.get(Intake, found) if isinstance(found, int) else None


def is_same_file(intake: Intake, earlier: Intake) -> bool:
    """Tell whether two tables are one file, byte for byte."""
    return intake.sha256 == earlier.sha256


def undone_acts(roadmap_id: int) -> dict[int, int]:
    """Give, by the number of each act that was taken back and is so still, the number of the act that did it."""
    query = select(Changeset.seq, Changeset.payload).where(
        Changeset.roadmap_id == roadmap_id, Changeset.source == "undo"
    )
    found: dict[int, int] = {}
    for seq, payload in db.session.execute(query.order_by(Changeset.seq.desc())):
        undone = payload.get("undone")
        if seq not in found and isinstance(undone, int):
            found.setdefault(undone, seq)
    return found


def read_earlier(intake: Intake) -> Earlier:
    """Read what the earlier import of a table left; nothing where there was none, or where it was taken back."""
    source = _in_force(intake)
    found = Earlier()
    if source is None or source.seq is None:
        return found
    wrote = _wrote(source)
    added = {uid for uid, version in wrote.items() if version == 1}
    if added and added.isdisjoint(outline_of(source.roadmap_id).by_uid):
        # All of it was taken out again, by whatever way: whoever brings it again wants it in.
        return found
    trial = trial_of(source)
    known = {*wrote, *(row.uid for row in trial.rows)} if trial is not None else set(wrote)
    takes_all = trial is None and is_same_file(intake, source)
    for row in standing_as_of(source.roadmap_id, source.seq, KINDS):
        if takes_all or row.item_uid in known:
            found.add(row.item_uid, row.kind, Then(row.item_version, upcast(row.kind, row.snapshot)))
    return found


def _in_force(intake: Intake) -> Intake | None:
    """Give the newest import before this one that wrote something and was not taken back."""
    undone: Mapping[int, int] = undone_acts(intake.roadmap_id)
    found = earlier_of(intake)
    while found is not None and (found.seq is None or found.seq in undone):
        found = earlier_of(found)
    return found


def _wrote(source: Intake) -> dict[str, int]:
    query = select(Revision.item_uid, Revision.item_version).where(
        Revision.roadmap_id == source.roadmap_id, Revision.seq == source.seq
    )
    return {row.item_uid: row.item_version for row in db.session.execute(query)}
