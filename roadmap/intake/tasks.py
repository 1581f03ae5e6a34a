"""Tables that were begun and wait for whoever brought them, as tasks."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.intake.models import Intake
from roadmap.intake.queries import unfinished_of
from roadmap.intake.rules import WORK
from roadmap.intake.showing import STATE_WORDS, may_bring
from roadmap.people.models import Person
from roadmap.plan.queries import titles_of
from roadmap.review.tasks import Task


def table_tasks(person: Person) -> list[Task]:
    """Give the tables that wait for a person as tasks, oldest first; as many queries whatever the number."""
    waiting = waiting_tables(person)
    titles = titles_of(sorted({roadmap.id for _table, roadmap in waiting})) if waiting else {}
    return [_task(table, roadmap, titles.get(roadmap.id, "")) for table, roadmap in waiting]


def waiting_tables(person: Person) -> Sequence[tuple[Intake, Roadmap]]:
    """Give the tables a person can go on with now, each with its roadmap; what is being worked on waits for nobody."""
    begun = [one for one in unfinished_of(person) if one.state not in WORK]
    if not begun:
        return []
    query = select(Roadmap).where(Roadmap.id.in_({one.roadmap_id for one in begun}))
    open_ones = {one.id: one for one in db.session.scalars(query) if may_bring(person, one)}
    return [(one, open_ones[one.roadmap_id]) for one in begun if one.roadmap_id in open_ones]


def _task(table: Intake, roadmap: Roadmap, title: str) -> Task:
    return Task(
        _("Tabel “%(name)s” belum selesai: %(state)s", name=table.name, state=_(STATE_WORDS[table.state])),
        " · ".join(part for part in (title, roadmap.region.full_name) if part),
        table.created_at,
        _("Lanjutkan"),
        "intake.intake",
        {"intake_id": table.id},
    )
