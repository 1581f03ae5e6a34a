"""How many things wait for a person: asked on every page, counted again only when what it follows from changed."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from sqlalchemy import bindparam, func, inspect, select

from roadmap.discussion.models import ThreadRead
from roadmap.discussion.waiting import count_waiting
from roadmap.extensions import db
from roadmap.history.models import KeptWords, WorkingCopy
from roadmap.history.waiting import count_said_twice
from roadmap.intake.models import Intake
from roadmap.intake.rules import ENDED
from roadmap.intake.tasks import waiting_tables
from roadmap.people.models import Person
from roadmap.people.queries import memberships_of, today_in
from roadmap.review.tasks import heads_in, tasks_for

MOST_COUNTS = 2000
# Safe in a worker's memory: what a count follows from is named in its key, the logs by their digests.
_counts: OrderedDict[Hashable, int] = OrderedDict()
_lock = Lock()

_COPY = inspect(WorkingCopy).local_table
_KEPT, _READ = inspect(KeptWords).local_table, inspect(ThreadRead).local_table
_TABLE = inspect(Intake).local_table
_OWN_MARKS = select(
    select(func.count(_KEPT.c.id))
    .where(_KEPT.c.person_id == bindparam("person_id"), _KEPT.c.settled_at.is_(None))
    .scalar_subquery(),
    select(func.count(_COPY.c.id)).where(_COPY.c.person_id == bindparam("person_id")).scalar_subquery(),
    select(func.count(_TABLE.c.id))
    .where(_TABLE.c.person_id == bindparam("person_id"), _TABLE.c.state.not_in(ENDED))
    .scalar_subquery(),
    # Marks only go up, so that no two states of them have the same number and the same sum.
    select(func.count(_READ.c.id)).where(_READ.c.person_id == bindparam("person_id")).scalar_subquery(),
    select(func.sum(_READ.c.seq)).where(_READ.c.person_id == bindparam("person_id")).scalar_subquery(),
)


def count_waiting_for(person: Person) -> int:
    """Count for the header what waits for a person: tasks, threads, tables, and words that did not go through."""
    kept, copies, tables, marks, sum_of_marks = db.session.execute(_OWN_MARKS, {"person_id": person.id}).one()
    held = memberships_of(person)
    key = (
        person.uid,
        tuple(heads_in(held)),
        tuple((one.role, one.region_id, one.roadmap_id, today_in(one.region)) for one in held),
        (marks, sum_of_marks),
    )
    begun = len(waiting_tables(person)) if tables else 0
    words = kept + copies - (count_said_twice(person) if kept and copies else 0)
    return _counted(key, person) + int(words) + begun


def _counted(key: Hashable, person: Person) -> int:
    with _lock:
        known = _counts.get(key)
    if known is None:
        known = sum(1 for task in tasks_for(person) if task.is_mine) + count_waiting(person)
        with _lock:
            _counts[key] = known
            while len(_counts) > MOST_COUNTS:
                _counts.popitem(last=False)
    return known
