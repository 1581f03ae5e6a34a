"""What changed between any two moments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.history.models import Roadmap
from roadmap.history.queries import last_known_to
from roadmap.people.models import Organisation, Person
from roadmap.people.queries import organisations_by_uid, people_by_uid
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import roadmap_for
from roadmap.plan.blueprint import item_url
from roadmap.plan.differences import Difference, differences
from roadmap.plan.kinds import BY_PLURAL, KINDS
from roadmap.plan.numbers import numbers_of
from roadmap.plan.outline import ItemView
from roadmap.plan.pages import enter, roadmap_page
from roadmap.plan.queries import choices_for
from roadmap.plan.telling import Teller, Telling
from roadmap.review.strip import standing_on_page
from roadmap.timeline.blueprint import bp
from roadmap.timeline.comparing import Hand, hands_between, moments_of, plan_at, talk_between
from roadmap.timeline.landmarks import Landmarks, Span, landmarks_of, read_span
from roadmap.timeline.sentences import CLOSED_ACCOUNT
from roadmap.timeline.sieve import Sieve, Wishes
from roadmap.timeline.visits import last_visit, visit_of
from roadmap.web.declare import asks
from roadmap.web.language import chosen_language
from roadmap.web.paging import Page, page_of

A_PAGE = 20
EVERYBODY_ELSE = "lain"
BESIDE = "berdampingan"
_PARAMETERS = ("dari", "sampai", "orang", "kantor", "jenis", "bagian", "tampilan")


@dataclass(frozen=True)
class Shown:
    """One difference on the page: its place among all, its words, whose hands were on it, the last of them when."""

    place: int
    telling: Telling
    people: Sequence[str]
    seq: int | None
    at: datetime | None


class Comparison:
    """Two states of a roadmap for one reader, and what differs."""

    def __init__(self, roadmap: Roadmap, reader: Person, span: Span) -> None:
        """Read both states, and who touched what between them."""
        self.roadmap, self.reader, self.span = roadmap, reader, span
        self.before, self.after = plan_at(roadmap, span.before), plan_at(roadmap, span.after)
        self.found = differences(self.before, self.after)
        self.hands = hands_between(roadmap, reader, span.before, span.after)
        self.organisations = organisations_by_uid(roadmap.region_id)
        self.people = people_by_uid({hand.person for hands in self._hands_on(self.found) for hand in hands})
        self.sieve = Sieve(
            self.before,
            self.after,
            {uid: [hand.person for hand in hands] for uid, hands in self.hands.items()},
            {uid: one.uid for uid, one in self.organisations.items()},
        )

    def _hands_on(self, found: Iterable[Difference]) -> Iterable[Sequence[Hand]]:
        return (self.hands.get(one.item.uid, ()) for one in found)

    def people_on(self, found: Iterable[Difference]) -> set[str]:
        """Give whose hands were on some of the differences."""
        return {hand.person for hands in self._hands_on(found) for hand in hands}

    def name(self, uid: str) -> str:
        """Name a person as the reader knows them."""
        if uid == self.reader.uid:
            return _("Anda")
        person = self.people.get(uid)
        return person.name if person is not None and person.closed_at is None else _(CLOSED_ACCOUNT)

    def item(self, uid: str) -> ItemView | None:
        """Find an item in either state."""
        return self.after.by_uid.get(uid) or self.before.by_uid.get(uid)

    def wishes(self, args: Mapping[str, str]) -> Wishes:
        """Read what the reader wants to see; what the address does not know leaves nothing out."""
        kind = BY_PLURAL.get(args.get("jenis", ""))
        people = None
        if args.get("orang") == EVERYBODY_ELSE:
            people = frozenset(self.people_on(self.found) - {self.reader.uid})
        elif person := next((one for one in self.people.values() if str(one.id) == args.get("orang")), None):
            people = frozenset({person.uid})
        offices = self.organisations.values()
        office = next((one.uid for one in offices if str(one.id) == args.get("kantor")), None)
        part = next((uid for value, uid in self._parts() if value == args.get("bagian")), None)
        return Wishes(kind.name if kind else None, people, office, part)

    def options(self) -> dict[str, list[tuple[str, str]]]:
        """Give what can be chosen: only what some difference has, each with its value in the address and its words."""
        kinds = {one.item.kind for one in self.found}
        offices: dict[str, Organisation] = {}
        for one in self.found:
            offices |= {
                uid: self.organisations[uid]
                for uid in self.sieve.offices_of(one)
                if uid in self.organisations
            }
        people = sorted(self.people.values(), key=lambda person: person.name.casefold())
        return {
            "orang": [
                *([(EVERYBODY_ELSE, _("Semua selain saya"))] if len(people) > 1 else []),
                *((str(one.id), self.name(one.uid)) for one in people),
            ],
            "kantor": [
                (str(one.id), one.name)
                for one in sorted(offices.values(), key=lambda one: one.name.casefold())
            ],
            "jenis": [(kind.plural, _(kind.label)) for kind in KINDS.values() if kind.name in kinds],
            "bagian": [(value, self._title(uid)) for value, uid in self._parts()],
        }

    def _parts(self) -> list[tuple[str, str]]:
        wanted = {uid for one in self.found for uid in self.sieve.parts_of(one)}
        items = [item for uid in wanted if (item := self.item(uid)) is not None]
        order = list(KINDS)
        items.sort(key=lambda item: (order.index(item.kind), item.position, item.uid))
        return [(f"{KINDS[item.kind].plural}-{item.id}", item.uid) for item in items]

    def _title(self, uid: str) -> str:
        item = self.item(uid)
        label = _(KINDS[item.kind].label) if item else ""
        return f"{label}: {item.label}" if item and item.label else label

    def show(self, page: Page[Difference]) -> list[Shown]:
        """Put the differences of a page into words."""
        choices = choices_for(self.roadmap, self.after, language=chosen_language())
        numbers = numbers_of(self.before), numbers_of(self.after)
        teller = Teller(self.before, self.after, numbers, choices)
        last = {one.item.uid: hands[0] for one in page.items if (hands := self.hands.get(one.item.uid))}
        moments = moments_of(self.roadmap.id, [hand.seq for hand in last.values()])
        first = (page.number - 1) * A_PAGE + 1
        return [
            Shown(
                place,
                teller.tell(one, with_words=True),
                [self.name(hand.person) for hand in self.hands.get(one.item.uid, ())],
                seq := last[one.item.uid].seq if one.item.uid in last else None,
                moments.get(seq) if seq is not None else None,
            )
            for place, one in enumerate(page.items, first)
        ]


@bp.get("/roadmaps/<int:roadmap_id>/comparison")
@asks(Act.SEE)
def compare(roadmap_id: int) -> Response:
    """Show what changed between two moments; the address says which, and what of it is wanted."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    enter(roadmap.region)
    facts = standing_on_page(roadmap).facts
    landmarks = landmarks_of(roadmap, facts, last_visit(visit_of(person, roadmap.id)))
    span = read_span(roadmap, person, landmarks, request.args)
    comparison = Comparison(roadmap, person, span)
    return roadmap_page(
        "timeline/compare.html",
        roadmap,
        tab="history",
        title=comparison.after.title or None,
        last=last_known_to(person, roadmap),
        landmarks=landmarks,
        choosable=_choosable(landmarks),
        talk=talk_between(roadmap, person, span.before, span.after),
        **_wanted(comparison),
        **_addresses(roadmap, span),
    )


def _wanted(comparison: Comparison) -> dict[str, Any]:
    """Gather what the address asks to see of a comparison, a page of it."""
    wishes = comparison.wishes(request.args)
    wanted = comparison.sieve.sift(comparison.found, wishes)
    page = page_of(wanted, A_PAGE)
    shown = comparison.show(page)
    return {
        "span": comparison.span,
        "total": len(comparison.found),
        "people_count": len(comparison.people_on(wanted)),
        "wishes": wishes,
        "options": comparison.options(),
        "page": page,
        "shown": shown,
        "groups": _grouped(shown),
        "is_beside": request.args.get("tampilan") == BESIDE,
        "beside": BESIDE,
        "item_url": item_url,
        "plural_of": lambda item: KINDS[item.kind].plural,
    }


def _choosable(landmarks: Landmarks) -> list[tuple[int, str]]:
    """Give the moments that can be chosen from lists, each once."""
    named: dict[int, str] = {}
    for one in landmarks:
        named.setdefault(one.seq, one.name)
    return [*sorted(named.items(), reverse=True), (0, _("Awal, sebelum ada isinya"))]


def _grouped(shown: Sequence[Shown]) -> list[tuple[str, list[Shown]]]:
    """Group what is on the page by kind, as the list beside it does; indicators stand with their actions."""

    def kind(one: Shown) -> str:
        item = KINDS[one.telling.difference.item.kind]
        return KINDS[item.parent].label_many if item.parent else item.label_many

    return [(_(label), list(group)) for label, group in groupby(shown, key=kind)]


def _addresses(roadmap: Roadmap, span: Span) -> dict[str, Any]:
    """Give what makes the page's links: the same comparison with something changed."""
    here = {name: request.args[name] for name in _PARAMETERS if request.args.get(name)} | dict(span.args)

    def address(*, anchor: str | None = None, **changes: Any) -> str:
        wanted = {name: value for name, value in (here | changes).items() if value not in (None, "")}
        return url_for("timeline.compare", roadmap_id=roadmap.id, _anchor=anchor, **wanted)

    return {"address": address, "address_of": lambda number: address(halaman=number, anchor="hasil")}
