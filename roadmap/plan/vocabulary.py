"""A region's own words for rights and groups, beside the national ones; a word in use is retired, not deleted."""

from flask import make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.people.access import Place, region_for, require
from roadmap.people.models import Audit, Person, Region
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.blueprint import bp
from roadmap.plan.models import Term
from roadmap.plan.pages import enter
from roadmap.plan.queries import terms_seen_by
from roadmap.text.normal import normalise_line
from roadmap.text.plain import slug
from roadmap.text.words import N_
from roadmap.web.declare import asks
from roadmap.web.respond import Notice, done
from roadmap.work import unit_of_work

VOCABULARIES = {"rights": N_("Hak"), "groups": N_("Kelompok")}
LONGEST = 200


def add_term(actor: Person, region_id: int, vocabulary: str, label: str, label_en: str) -> Term:
    """Add a word to a region's vocabulary. Raises as the gate does, and NotValid for an empty or known word."""
    with unit_of_work():
        require(actor, Act.MANAGE_VOCABULARY, Place(region_id))
        if vocabulary not in VOCABULARIES:
            raise NotValid({"vocabulary": N_("Pilih salah satu dari daftar.")})
        if not label or len(label) > LONGEST or len(label_en) > LONGEST:
            raise NotValid({"label": N_("Tulis satu istilah, paling panjang 200 huruf.")})
        known = {term.label.casefold() for term in terms_seen_by(region_id, vocabulary)}
        if label.casefold() in known:
            raise NotValid({"label": N_("Istilah ini sudah ada.")})
        term = Term(
            vocabulary=vocabulary,
            code=slug(label)[:50] or "istilah",
            label=label,
            label_en=label_en or label,
            place=1000,
            region_id=region_id,
        )
        db.session.add(term)
        db.session.flush()
        db.session.add(
            Audit(region_id=region_id, actor_uid=actor.uid, verb="term-added", object_uid=term.uid)
        )
        return term


def retire_term(actor: Person, region_id: int, term_id: int, *, retired: bool) -> Term:
    """Take a region's own word out of the lists, or put it back; where it is used it stays readable.

    Raises as the gate does, and NotThere for a word that is not the region's own.
    """
    with unit_of_work():
        require(actor, Act.MANAGE_VOCABULARY, Place(region_id))
        term = db.session.get(Term, term_id)
        if term is None or term.region_id != region_id:
            raise NotThere
        term.is_retired = retired
        verb = "term-retired" if retired else "term-brought-back"
        db.session.add(Audit(region_id=region_id, actor_uid=actor.uid, verb=verb, object_uid=term.uid))
        return term


@bp.get("/regions/<int:region_id>/vocabulary", endpoint="vocabulary")
@asks(Act.MANAGE_VOCABULARY)
def vocabulary(region_id: int) -> Response:
    """Show the words of a region, its own and the national ones."""
    region = region_for(acting_person(), region_id, to=Act.MANAGE_VOCABULARY)
    return _page(region, {})


@bp.post("/regions/<int:region_id>/vocabulary")
@asks(Act.MANAGE_VOCABULARY)
def vocabulary_add(region_id: int) -> Response:
    """Add a word."""
    person = acting_person()
    region = region_for(person, region_id, to=Act.MANAGE_VOCABULARY)
    label, label_en = (normalise_line(request.form.get(name, "")) for name in ("label", "label_en"))
    try:
        outcome = once(
            person,
            pressed(),
            lambda: add_term(person, region_id, request.form.get("vocabulary", ""), label, label_en),
            lambda _term: url_for("plan.vocabulary", region_id=region_id),
        )
    except NotValid as problem:
        return _page(region, {name: _(sentence) for name, sentence in problem.errors.items()}, 422)
    return done(outcome.address, Notice(_("Istilah ditambahkan.")))


@bp.post("/regions/<int:region_id>/vocabulary/<int:term_id>/retirement", endpoint="retire_term")
@asks(Act.MANAGE_VOCABULARY)
def vocabulary_retire(region_id: int, term_id: int) -> Response:
    """Retire a word of the region, or bring it back."""
    person = acting_person()
    region_for(person, region_id, to=Act.MANAGE_VOCABULARY)
    retired = request.form.get("retired") == "1"
    outcome = once(
        person,
        pressed(),
        lambda: retire_term(person, region_id, term_id, retired=retired),
        lambda _term: url_for("plan.vocabulary", region_id=region_id),
    )
    return done(
        outcome.address,
        Notice(_("Istilah tidak ditawarkan lagi.") if retired else _("Istilah ditawarkan lagi.")),
    )


def _page(region: Region, errors: dict[str, str], status: int = 200) -> Response:
    enter(region)
    body = render_template(
        "plan/vocabulary.html",
        region=region,
        terms=terms_seen_by(region.id),
        vocabularies=VOCABULARIES,
        errors=errors,
        sent=request.form,
        **({"outcome_title": _("Perlu diperbaiki:")} if errors else {}),
    )
    return make_response(body, status)
