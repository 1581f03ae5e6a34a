"""What follows an approval: the instrument that adopts an edition, its implementation, its end."""

from datetime import date

from sqlalchemy import select

from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.history.models import Edition, Roadmap
from roadmap.history.operations import record
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import roadmap_for
from roadmap.review.access import edition_for
from roadmap.review.errors import NothingToAdopt
from roadmap.review.events import EditionAdopted, ImplementationBegan, RoadmapEnded
from roadmap.review.models import Adoption, Instrument
from roadmap.review.operations.steps import facts_on, move, seq_now, text_of
from roadmap.review.states import Move
from roadmap.text.lengths import JUST_TOO_LONG, LONGEST_WORDS
from roadmap.text.normal import normalise, normalise_line
from roadmap.text.plain import slug
from roadmap.text.words import N_
from roadmap.work import tell, unit_of_work

LONGEST_NUMBER, LONGEST_SLUG = 200, 140


def adopt(
    actor: Person,
    edition_id: int,
    *,
    instrument: Instrument,
    number: str,
    adopted_on: date | None,
    subject: str,
) -> Adoption:
    """Record the instrument that adopts the newest approved edition, which is in force and public from then on.

    Raises as the gate does; NothingToAdopt for an edition that is adopted or was overtaken; NotValid for a
    missing number, day or subject. The first adoption freezes the roadmap's slug. Tells EditionAdopted.
    """
    found = db.session.get(Edition, edition_id)
    with unit_of_work(found.roadmap_id if found else 0):
        edition, roadmap = edition_for(actor, edition_id, to=Act.ADOPT)
        facts = facts_on(roadmap)
        if facts.awaiting is None or facts.awaiting.id != edition.id:
            raise NothingToAdopt(
                N_("Edisi ini sudah ditetapkan atau sudah digantikan edisi yang lebih baru.")
            )
        number, subject = normalise_line(number), normalise(subject).strip()
        errors = _adoption_errors(number, adopted_on, subject)
        if errors or adopted_on is None:
            raise NotValid(errors)
        adoption = Adoption(
            edition_id=edition.id,
            instrument=Instrument(instrument),
            number=number,
            adopted_on=adopted_on,
            subject=subject,
            person_id=actor.id,
            seq=seq_now(),
        )
        db.session.add(adoption)
        _freeze_slug(roadmap, edition)
        move(roadmap, facts, Move.ADOPT)
        db.session.flush()
        payload = {"edition": edition.uid, "number": edition.number, "adoption": adoption.uid}
        record(actor, "adopt", payload=payload)
        tell(EditionAdopted(roadmap.id, seq_now(), actor.uid, edition.id))
        return adoption


def begin_implementation(actor: Person, roadmap_id: int) -> Roadmap:
    """Begin to carry out the edition in force. Raises as the gate does. Tells ImplementationBegan."""
    with unit_of_work(roadmap_id):
        roadmap = roadmap_for(actor, roadmap_id, to=Act.IMPLEMENT)
        move(roadmap, facts_on(roadmap), Move.IMPLEMENT)
        record(actor, "implement")
        tell(ImplementationBegan(roadmap.id, seq_now(), actor.uid))
        return roadmap


def finish(actor: Person, roadmap_id: int, reason: str = "", *, is_superseded: bool = False) -> Roadmap:
    """End the roadmap: finished, or superseded by another one. Raises as the gate does. Tells RoadmapEnded."""
    with unit_of_work(roadmap_id):
        roadmap = roadmap_for(actor, roadmap_id, to=Act.IMPLEMENT)
        way = Move.SUPERSEDE if is_superseded else Move.FINISH
        move(roadmap, facts_on(roadmap), way)
        record(actor, str(way), reason=text_of("reason", reason))
        tell(RoadmapEnded(roadmap.id, seq_now(), actor.uid, str(roadmap.stage)))
        return roadmap


def _adoption_errors(number: str, adopted_on: date | None, subject: str) -> dict[str, str]:
    errors = {}
    if not number:
        errors["number"] = N_("Isi nomor instrumennya.")
    elif len(number) > LONGEST_NUMBER:
        errors["number"] = N_("Nomornya terlalu panjang. Tulisan Anda tetap di sini.")
    if adopted_on is None:
        errors["adopted_on"] = N_("Isi tanggal penetapannya.")
    if not subject:
        errors["subject"] = N_("Isi tentang apa instrumen ini.")
    elif len(subject) > LONGEST_WORDS:
        errors["subject"] = JUST_TOO_LONG
    return errors


def _freeze_slug(roadmap: Roadmap, edition: Edition) -> None:
    if roadmap.slug:
        return
    words = edition.document["roadmap"]
    assert isinstance(words, dict)  # noqa: S101 - written by build_document
    period = f"{words['year_from']}-{words['year_to']}"
    bare = slug(str(words["title"])) or "peta-jalan"
    bare = bare.removesuffix(f"-{period}")[:LONGEST_SLUG].strip("-")
    wanted = f"{bare}-{period}"
    taken = set(
        db.session.scalars(
            select(Roadmap.slug).where(Roadmap.region_id == roadmap.region_id, Roadmap.slug.is_not(None))
        )
    )
    name, count = wanted, 2
    while name in taken:
        name, count = f"{wanted}-{count}", count + 1
    roadmap.slug = name
