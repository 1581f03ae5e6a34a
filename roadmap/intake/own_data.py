"""What the room holds of a person: the tables they brought."""

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.intake.models import Intake
from roadmap.people.models import Person


def tables_of(person: Person) -> list[dict[str, object]]:
    """Give the tables a person brought, with what they decided and mended; the file itself they have."""
    query = (
        select(Intake, Roadmap.uid)
        .join(Roadmap, Roadmap.id == Intake.roadmap_id)
        .where(Intake.person_id == person.id)
        .order_by(Intake.id)
    )
    return [
        {
            "roadmap": uid,
            "name": intake.name,
            "size": intake.size,
            "at": intake.created_at.isoformat(),
            "state": str(intake.state),
            "answers": dict(intake.answers),
            "mended": dict(intake.mended),
            "finished_at": intake.finished_at.isoformat() if intake.finished_at else None,
        }
        for intake, uid in db.session.execute(query)
    ]
