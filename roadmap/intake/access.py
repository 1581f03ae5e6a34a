"""The gate of the intake: whoever brought a table, and nobody else."""

from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.intake.models import Intake
from roadmap.people.access import allows, require
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import place_of, roadmap_for


def intake_for(person: Person, intake_id: int) -> Intake:
    """Give a person's own intake, while they may see its roadmap. Raises NotThere for another's."""
    intake = db.session.get(Intake, intake_id)
    if intake is None or intake.person_id != person.id:
        raise NotThere
    roadmap_for(person, intake.roadmap_id, to=Act.SEE)
    return intake


def intake_to_change(person: Person, intake_id: int) -> Intake:
    """Give a person's own intake to go on with, while they may bring tables to its roadmap. Raises as the gate does."""
    intake = intake_for(person, intake_id)
    require_bringing(person, intake.roadmap_id)
    return intake


def require_bringing(person: Person, roadmap_id: int) -> Roadmap:
    """Let through who may bring a table: drafters, and operators for their own office. Raises as the gate does."""
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    place = place_of(roadmap)
    if not allows(person, Act.EDIT, place) and allows(person, Act.EDIT_OWN_OFFICE, place):
        require(person, Act.EDIT_OWN_OFFICE, place)
    else:
        require(person, Act.EDIT, place)
    return roadmap
