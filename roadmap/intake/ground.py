"""The plan as a trial meets it: every item with its values, what each is called, and what this person may change."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import Plain, Roadmap, Snapshot, Versioned
from roadmap.history.queries import revisions_at, upcast
from roadmap.history.shapes import same_value, snapshot_of
from roadmap.intake.candidates import Candidate
from roadmap.intake.earlier import Earlier
from roadmap.intake.likeness import Register
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import open_fields_on, own_among, place_of
from roadmap.plan.kinds import COVER, KINDS
from roadmap.plan.queries import standing_in_editions

ACTION, INDICATOR = "action", "indicator"


@dataclass
class Standing:
    """One item of the plan: its row, its values, and the fields this person may change of it."""

    item: Versioned
    values: Snapshot
    open_fields: frozenset[str]
    stands: bool

    @property
    def parent(self) -> str:
        """The uid of an indicator's action; empty for the other kinds."""
        return str(self.values.get(ACTION) or "")


@dataclass
class Ground:
    """All that a trial asks of the plan, read in as many questions whatever its size."""

    actor: Person
    roadmap: Roadmap
    drafts: bool
    items: dict[str, Standing] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    seen: dict[tuple[str, int], Snapshot] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    by_name: dict[tuple[str, str], Register] = field(default_factory=dict)
    by_code: dict[str, str] = field(default_factory=dict)
    earlier: Earlier = field(default_factory=Earlier)

    def find(self, uid: str, kind: str) -> Standing | None:
        """Find an item of a kind, a removed one too."""
        found = self.items.get(uid)
        return found if found is not None and found.item.kind == kind else None

    def cover(self) -> Standing | None:
        """Give the roadmap's cover."""
        return next((one for one in self.items.values() if one.item.kind == COVER.name), None)

    def called(self, kind: str, label: str, parent: str = "") -> list[str]:
        """Give the standing items of a kind that are called so, but for case, spaces and punctuation."""
        register = self.by_name.get((kind, parent))
        return register.same(label) if register and label else []

    def nearly_called(self, kind: str, label: str, parent: str = "") -> list[str]:
        """Give the standing items of a kind whose names a careful clerk would take for this one."""
        register = self.by_name.get((kind, parent))
        return [uid for uid, _likeness in register.twins(label)] if register and label else []

    def base_of(self, candidate: Candidate, standing: Standing) -> Snapshot:
        """Give the values a row was written upon.

        They are those of the version it went out in or of the one an earlier import of the same table left,
        whichever is the later; else of the item as it stands.
        """
        line, then = candidate.line, self.earlier.items.get(standing.item.uid)
        is_its_line = line is not None and line.uid == standing.item.uid
        if then is not None and not (is_its_line and line is not None and line.version > then.version):
            return then.values
        if line is None or not is_its_line:
            return standing.values
        return self.seen.get((line.uid, line.version), standing.values)

    def had(self, uid: str, version: int, name: str) -> bool:
        """Tell whether a field stands as it stood in a version: an answer given then still holds."""
        standing = self.items[uid]
        if version == standing.item.version:
            return True
        seen = self.seen.get((uid, version))
        return seen is not None and same_value(seen.get(name), standing.values.get(name))


def read_ground(
    actor: Person, roadmap: Roadmap, versions: Mapping[str, set[int]], earlier: Earlier | None = None
) -> Ground:
    """Read the plan for a trial; `versions` are those that rows and answers speak of, by uid."""
    rows: list[Versioned] = []
    for kind in KINDS.values():
        rows += db.session.scalars(select(kind.model).where(kind.model.roadmap_id == roadmap.id))
    ground = Ground(actor, roadmap, drafts=allows(actor, Act.EDIT, place_of(roadmap)))
    ground.earlier = earlier or Earlier()
    ground.own = own_among(actor, roadmap, rows)
    is_open = open_fields_on(actor, roadmap, rows) if ground.drafts or ground.own else {}
    for row in rows:
        names = is_open.get(row.uid, frozenset()) & frozenset(KINDS[row.kind].by_name)
        ground.items[row.uid] = Standing(row, snapshot_of(row), names, row.removed_at is None)
    _name_all(ground)
    _read_versions(ground, versions)
    actions = [row for row in rows if row.kind == ACTION]
    in_edition = standing_in_editions(roadmap.id, ACTION, [row.id for row in actions]) if actions else set()
    ground.held = {row.uid for row in actions if row.id in in_edition}
    return ground


def _name_all(ground: Ground) -> None:
    for uid, one in ground.items.items():
        if not one.stands:
            continue
        title, code = str(one.values.get("title") or ""), str(one.values.get("code") or "")
        if title:
            ground.by_name.setdefault((one.item.kind, one.parent), Register()).add(uid, title)
        if code and one.item.kind == ACTION:
            ground.by_code.setdefault(code.casefold(), uid)


def _read_versions(ground: Ground, versions: Mapping[str, set[int]]) -> None:
    wanted: dict[str, list[tuple[int, int]]] = {}
    for uid, numbers in versions.items():
        standing = ground.items.get(uid)
        if standing is not None:
            pairs = [(standing.item.id, one) for one in numbers if one != standing.item.version]
            wanted.setdefault(standing.item.kind, []).extend(pairs)
    for kind, pairs in wanted.items():
        for revision in revisions_at(kind, pairs):
            ground.seen[revision.item_uid, revision.item_version] = upcast(kind, revision.snapshot)


def as_map(value: Plain) -> dict[str, int | str]:
    """Give the entries of a map; none for anything else."""
    return dict(value) if isinstance(value, dict) else {}


def as_list(value: Plain) -> list[str]:
    """Give the members of a set; none for anything else."""
    return list(value) if isinstance(value, list) else []
