"""The verbs of the desk: keeping a way of looking at a roadmap under a name. Private marks, in no record."""

from sqlalchemy import func, select

from roadmap.desk.models import SavedView
from roadmap.desk.queries import find_saved_view
from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import roadmap_for
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_
from roadmap.work import unit_of_work

LONGEST_NAME = 60
MOST_VIEWS = 30


def save_view(actor: Person, roadmap_id: int, name: str, query: str) -> SavedView:
    """Keep a way of looking at a roadmap under a name; the same name again means it from now on.

    Raises as the gate does for seeing the roadmap, and NotValid without a name or beyond MOST_VIEWS.
    """
    with unit_of_work():
        roadmap = roadmap_for(actor, roadmap_id, to=Act.SEE)
        name = normalise_line(name)
        if not name or len(name) > LONGEST_NAME:
            raise NotValid({"name": N_("Tulis nama pendek untuk tampilan ini, paling banyak 60 huruf.")})
        own = (SavedView.person_id == actor.id, SavedView.roadmap_id == roadmap.id)
        view = db.session.scalar(select(SavedView).where(*own, SavedView.name == name))
        if view is None:
            if (db.session.scalar(select(func.count(SavedView.id)).where(*own)) or 0) >= MOST_VIEWS:
                raise NotValid(
                    {"name": N_("Sudah ada 30 tampilan. Hapus satu dulu, atau pakai nama yang sudah ada.")}
                )
            view = SavedView(person_id=actor.id, roadmap_id=roadmap.id, name=name, query=query)
            db.session.add(view)
        view.query = query
        db.session.flush()
        return view


def remove_view(actor: Person, roadmap_id: int, uid: str) -> str:
    """Remove one's own kept way of looking at a roadmap; give its name, or nothing where there was none.

    Raises as the gate does for seeing the roadmap.
    """
    with unit_of_work():
        roadmap = roadmap_for(actor, roadmap_id, to=Act.SEE)
        view = find_saved_view(actor.id, roadmap.id, uid)
        if view is None:
            return ""
        db.session.delete(view)
        db.session.flush()
        return view.name
