"""A tab says that it is here, and that it goes. Neither is an act on the plan: nothing is recorded of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from roadmap.clock import now
from roadmap.errors import NotAllowed, NotValid, StepNotOpen
from roadmap.extensions import db
from roadmap.history.models import Roadmap, Versioned
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import item_for, roadmap_for
from roadmap.presence.events import CHANNEL, PresenceChanged
from roadmap.presence.models import Presence
from roadmap.presence.rules import FORGOTTEN, GONE, GRACE, LONGEST_TAB, MOST_TABS
from roadmap.text.words import N_
from roadmap.work import tell, unit_of_work


def beat(
    person: Person,
    roadmap_id: int,
    tab: str,
    item: tuple[str, int] | None = None,
    *,
    is_editing: bool = False,
) -> Roadmap:
    """Say that a tab has a roadmap open, and which item it shows or edits; gives the roadmap.

    The gate is asked before the unit of work, so that the writer's turn is as short as can be: who is shown is
    decided on reading. Side effects in their order: the tab's row is made or renewed; where others see a
    difference, PresenceChanged is told. Raises as the gate does, and NotValid for a tab without a name.
    """
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    if not (tab.isascii() and tab.isalnum()) or len(tab) > LONGEST_TAB:
        raise NotValid({"tab": N_("Permintaan ini tidak lengkap.")})
    shown, may_edit = _shown(person, roadmap, item, is_editing=is_editing)
    kind, uid = (shown.kind, shown.uid) if shown is not None else ("", "")
    person_id = person.id
    with unit_of_work():
        row = db.session.execute(_OWN, {"person_id": person_id, "tab": tab}).one_or_none()
        since = _since(row, uid) if may_edit else None
        values: dict[str, Any] = {
            "roadmap_id": roadmap_id,
            "item_kind": kind,
            "item_uid": uid,
            "editing_since": since,
            "seen_at": now(),
        }
        if row is None:
            _make_room(person_id)
            db.session.execute(_insert().values(person_id=person_id, tab=tab, **values))
        else:
            db.session.execute(update(Presence).where(Presence.id == row.id).values(**values))
        if row is None or _is_otherwise(row, uid, since):
            _say(roadmap_id)
    return db.session.get_one(Roadmap, roadmap_id)


def leave(person: Person, tab: str) -> None:
    """End a tab's presence: its editing at once, the rest a moment later, in case its next page comes.

    Side effects in their order: its row is about to wear off; where it was editing PresenceChanged is told.
    """
    with unit_of_work():
        asked = {"person_id": person.id, "tab": tab[:LONGEST_TAB].replace("\x00", "")}
        row = db.session.execute(_OWN, asked).one_or_none()
        if row is None:
            return
        ending = {"editing_since": None, "seen_at": now() - GONE + GRACE}
        db.session.execute(update(Presence).where(Presence.id == row.id).values(**ending))
        if row.editing_since is not None:
            _say(row.roadmap_id)


def leave_everywhere(person: Person) -> None:
    """Let go of all tabs of a person. Needs an open unit of work."""
    db.session.execute(delete(Presence).where(Presence.person_id == person.id))


_OWN = select(Presence.id, Presence.roadmap_id, Presence.item_uid, Presence.editing_since).where(
    Presence.person_id == bindparam("person_id"), Presence.tab == bindparam("tab")
)


def _insert() -> Any:
    # The same beat twice in one moment is one tab.
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(Presence).on_conflict_do_nothing(index_elements=["person_id", "tab"])


def _shown(
    person: Person, roadmap: Roadmap, item: tuple[str, int] | None, *, is_editing: bool
) -> tuple[Versioned | None, bool]:
    """Give the item a tab shows, where it is one of the roadmap, and whether the person edits it with right."""
    if item is None:
        return None, False
    found = item_for(person, *item, to=Act.SEE)
    if found.roadmap.id != roadmap.id:
        return None, False
    if not is_editing:
        return found.item, False
    try:
        item_for(person, *item, to=Act.EDIT)
    except (NotAllowed, StepNotOpen):
        return found.item, False
    return found.item, True


def _since(row: Any, uid: str) -> datetime:
    goes_on = row is not None and row.item_uid == uid and row.editing_since is not None
    return row.editing_since if goes_on else now()


def _is_otherwise(row: Any, uid: str, since: datetime | None) -> bool:
    edited = row.item_uid if row.editing_since is not None else ""
    return edited != (uid if since is not None else "")


def _make_room(person_id: int) -> None:
    """Let go of rows long past, and of a person's oldest tabs where there are very many."""
    db.session.execute(delete(Presence).where(Presence.seen_at < now() - FORGOTTEN))
    newest = (
        select(Presence.id)
        .where(Presence.person_id == person_id)
        .order_by(Presence.seen_at.desc(), Presence.id.desc())
    )
    too_many = db.session.scalars(newest.offset(MOST_TABS - 1)).all()
    if too_many:
        db.session.execute(delete(Presence).where(Presence.id.in_(too_many)))


def _say(roadmap_id: int) -> None:
    """Tell the other processes at the commit, where the engine can, and this one after it."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_notify(CHANNEL, str(roadmap_id))))
    tell(PresenceChanged(roadmap_id))
