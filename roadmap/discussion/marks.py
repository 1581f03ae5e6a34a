"""Writes up to which act somebody has read a thread that was pointed out to them (`ThreadRead`)."""

from collections.abc import Iterable

from sqlalchemy.dialects import postgresql, sqlite

from roadmap.discussion.models import ThreadRead
from roadmap.extensions import db
from roadmap.work import current_work


def point_out(person_ids: Iterable[int], thread_id: int, seq: int) -> None:
    """Note that these persons have read a thread up to an act (0: not yet); what they have read stays read.

    Needs an open unit of work.
    """
    current_work()
    rows = [{"person_id": one, "thread_id": thread_id, "seq": seq} for one in sorted(set(person_ids))]
    if not rows:
        return
    # Two browsers of one person may say it in the same moment; the database makes one row of it.
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(ThreadRead).values(rows)
    db.session.execute(
        insert.on_conflict_do_update(
            index_elements=["person_id", "thread_id"],
            set_={"seq": insert.excluded.seq, "at": insert.excluded.at},
            where=ThreadRead.seq < insert.excluded.seq,
        ),
        execution_options={"synchronize_session": False},
    )
