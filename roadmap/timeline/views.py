"""The story of a roadmap, one act whole, the versions of an item, what was removed. These pages only read."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotThere
from roadmap.history.models import KeptWords, Revision, Roadmap, Versioned
from roadmap.history.queries import changeset_at, kept_words_on, neighbours_of, revisions_of
from roadmap.history.words import cause_in_words
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import item_for, may_change, own_among, place_of, roadmap_for
from roadmap.plan.blueprint import PLURALS, item_url
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import BY_PLURAL, KINDS
from roadmap.plan.laying import items_of
from roadmap.plan.pages import enter, roadmap_page
from roadmap.plan.queries import choices_for, removed_items
from roadmap.plan.restoring import NEVER, may_undo
from roadmap.timeline.blueprint import bp
from roadmap.timeline.changes import Touched
from roadmap.timeline.models import Pin
from roadmap.timeline.moments import pins_of
from roadmap.timeline.places import words_of
from roadmap.timeline.queries import (
    acts_that_removed,
    count_removed,
    people_by_id,
    read_acts,
    read_revisions,
)
from roadmap.timeline.quiet import lines_of, milestones_of
from roadmap.timeline.sentences import Sentence, Teller, tell_acts, tell_lines
from roadmap.timeline.showing import Shown, in_full, shown_changes
from roadmap.web.declare import asks
from roadmap.web.filters import clock_time, day
from roadmap.web.language import chosen_language
from roadmap.web.paging import page_of

A_PAGE = 30
VERSIONS_A_PAGE = 20
ITEMS_A_PAGE = 50
LONGEST_NUMBER = 9
# Beyond so many items an act's page folds each.
MOST_OPEN = 5


@dataclass(frozen=True)
class ShownItem:
    """One item in one act: what the page says of it."""

    touched: Touched
    title: str
    changes: list[Shown]


@dataclass(frozen=True)
class Version:
    """One version of an item: what the act did to it, and the words it left in the fields it changed."""

    revision: Revision
    sentence: str
    words: list[tuple[str, str]]


@bp.get("/roadmaps/<int:roadmap_id>/history")
@asks(Act.SEE)
def roadmap_history(roadmap_id: int) -> Response:
    """Tell the story of a roadmap, newest first, by day: a line for each sitting, or the milestones only."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    enter(roadmap.region)
    only_milestones = bool(request.args.get("tonggak"))
    find = milestones_of if only_milestones else lines_of
    found = find(roadmap, person, before=_asked_before(), limit=A_PAGE)
    sentences = tell_lines(roadmap, found.lines, person)
    can_edit = allows(person, Act.EDIT, place_of(roadmap))
    return roadmap_page(
        "timeline/history.html",
        roadmap,
        tab="history",
        days=_by_day(sentences),
        older=found.older,
        is_newest=_asked_before() is None,
        only_milestones=only_milestones,
        pins=_pins_by_moment(roadmap),
        can_pin=can_edit,
        undoable=_undoable(person, roadmap, sentences),
        clock_time=clock_time,
        removed=count_removed(roadmap.id),
    )


@bp.get("/roadmaps/<int:roadmap_id>/changes/<int:seq>")
@asks(Act.SEE)
def change(roadmap_id: int, seq: int) -> Response:
    """Show one act whole: each item, each field before and after."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    act = changeset_at(roadmap, seq, person)
    if act is None:
        raise NotThere
    sentence = tell_acts(roadmap, [act], person)[0]
    before, after = neighbours_of(roadmap, seq, person)
    reading = read_acts(roadmap, [act], language=chosen_language(), few=None)
    teller = Teller(reading, person)
    page = page_of(reading.touched.get(act.id, []), ITEMS_A_PAGE)
    return roadmap_page(
        "timeline/change.html",
        roadmap,
        tab="history",
        act=act,
        sentence=sentence,
        before=before,
        after=after,
        can_undo=may_undo(person, roadmap, act),
        can_pin=act.audience is None and allows(person, Act.EDIT, place_of(roadmap)),
        never=_(NEVER[act.verb]) if act.verb in NEVER else "",
        basis=str(act.payload.get("basis") or ""),
        page=page,
        items=[
            ShownItem(touched, teller.title_of(touched), shown_changes(touched, reading.choices))
            for touched in page.items
        ],
        folds=len(page.items) > MOST_OPEN,
        address_of=lambda number: url_for("timeline.change", roadmap_id=roadmap.id, seq=seq, halaman=number),
        item_url=item_url,
    )


@bp.get(f"/{PLURALS}/<int:item_id>/history")
@asks(Act.SEE)
def item_history(plural: str, item_id: int) -> Response:
    """Tell the versions of one item; to who may edit it also what was typed there and did not go through."""
    person, kind = acting_person(), BY_PLURAL[plural]
    access = item_for(person, kind.name, item_id, to=Act.SEE)
    item, roadmap = access.item, access.roadmap
    found = revisions_of(item, before=_asked_before(), limit=VERSIONS_A_PAGE + 1)
    choices = choices_for(roadmap, language=chosen_language())
    kept = kept_words_on(item.uid) if may_change(person, roadmap, item) else ()
    return roadmap_page(
        "timeline/item_history.html",
        roadmap,
        tab="history",
        item=item,
        kind=kind,
        title=None,
        item_title=str(getattr(item, "title", "")),
        versions=_versions(roadmap, found[:VERSIONS_A_PAGE], person),
        older=found[VERSIONS_A_PAGE - 1].item_version if len(found) > VERSIONS_A_PAGE else None,
        kept=_kept_shown(kept, item, choices),
        can_restore=item.removed_at is None and may_change(person, roadmap, item),
        cause_in_words=cause_in_words,
        item_url=item_url,
    )


@bp.get("/roadmaps/<int:roadmap_id>/removed")
@asks(Act.SEE)
def removed(roadmap_id: int) -> Response:
    """List what was removed, by whom and when; drafters can bring it back."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    items = removed_items(roadmap.id)
    gone_with = {item.uid for item in items if item.kind == "action"}
    page = page_of([item for item in items if getattr(item, "action", None) not in gone_with], ITEMS_A_PAGE)
    acts = acts_that_removed(roadmap.id, page.items)
    told = tell_acts(roadmap, list({act.id: act for act in acts.values()}.values()), person, here=True)
    return roadmap_page(
        "timeline/removed.html",
        roadmap,
        tab="history",
        page=page,
        kinds=KINDS,
        sentences={sentence.act.id: sentence for sentence in told},
        acts=acts,
        can_restore=allows(person, Act.EDIT, place_of(roadmap)),
        address_of=lambda number: url_for("timeline.removed", roadmap_id=roadmap.id, halaman=number),
    )


def _versions(roadmap: Roadmap, revisions: Sequence[Revision], person: Person) -> list[Version]:
    reading = read_revisions(roadmap, revisions, language=chosen_language())
    teller = Teller(reading, person, here=True)
    versions = []
    for revision in revisions:
        touched = next(one for one in reading.touched[revision.changeset_id] if one.revision is revision)
        words = [
            (change.field.label, in_full(change.field, change.after, reading.choices))
            for change in touched.changes
        ]
        versions.append(Version(revision, teller.tell(revision.changeset), [one for one in words if one[1]]))
    return versions


def _kept_shown(
    kept: Sequence[KeptWords], item: Versioned, choices: Choices
) -> list[tuple[KeptWords, Person | None, tuple[tuple[str, str], ...]]]:
    writers = people_by_id([one.person_id for one in kept])
    return [(one, writers.get(one.person_id), words_of(one, KINDS[item.kind], choices)) for one in kept]


def _pins_by_moment(roadmap: Roadmap) -> dict[int, list[Pin]]:
    found: dict[int, list[Pin]] = {}
    for pin in pins_of(roadmap.id):
        found.setdefault(pin.moment, []).append(pin)
    return found


def _undoable(person: Person, roadmap: Roadmap, sentences: Sequence[Sentence]) -> set[int]:
    """Give the acts whose line offers to take them back: single ones on items that this person may change."""
    single = [one for one in sentences if one.touches_plan and one.saves == 1 and one.act.verb not in NEVER]
    if allows(person, Act.EDIT, place_of(roadmap)):
        return {one.act.seq for one in single}
    if not allows(person, Act.EDIT_OWN_OFFICE, place_of(roadmap)):
        return set()
    named = {one.act.seq: one.item.revision for one in single if one.item is not None}
    items = items_of(roadmap.id, [(revision.kind, revision.item_uid) for revision in named.values()])
    own = own_among(person, roadmap, list(items.values()))
    return {seq for seq, revision in named.items() if revision.item_uid in own}


def _by_day(sentences: list[Sentence]) -> list[tuple[str, list[Sentence]]]:
    return [(name, list(group)) for name, group in groupby(sentences, key=lambda one: day(one.act.at))]


def _asked_before() -> int | None:
    typed = request.args.get("sebelum", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER else None
