"""What the pages of one edition share: the edition and its words, and the addresses of everything in it."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template, request
from werkzeug.wrappers import Response as AnyResponse

from roadmap.people.models import Region
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import ItemView
from roadmap.plan.pages import enter
from roadmap.plan.words import say, say_lines
from roadmap.publication.blueprint import public_url
from roadmap.publication.caching import marked_by_edition
from roadmap.publication.queries import Published, find_published
from roadmap.publication.reading import Reading
from roadmap.publication.shelf import shelf
from roadmap.review.words import adoption_sentence
from roadmap.web.language import chosen_language

ITEM_PAGES = frozenset({"action", "problem"})


@dataclass(frozen=True)
class Open:
    """An edition that lies open: what was found, and its words."""

    found: Published
    reading: Reading
    region: Region

    @property
    def here(self) -> dict[str, object]:
        """The parts of the address that name the edition."""
        return {"region_slug": self.found.region.slug, "roadmap_slug": self.found.roadmap_slug}

    def address(self, **values: object) -> str:
        """Give the address of the whole edition: with what is asked of it, a part, a number of a page."""
        if self.found.is_newest:
            return public_url("document", **self.here, **values)
        return public_url("edition", **self.here, number=self.found.edition.number, **values)

    def numbered(self, endpoint: str, **values: object) -> str:
        """Give the address of something of this edition, whatever comes after it."""
        return public_url(endpoint, **self.here, **{"number": self.found.edition.number, **values})

    def item_address(self, item: ItemView) -> str:
        """Give the address of an item's own page."""
        return self.numbered(item.kind, name=self.reading.name_of(item))


def open_edition(
    region_slug: str, roadmap_slug: str, number: int | None, show: Callable[[Open], AnyResponse | str]
) -> AnyResponse:
    """Find an adopted edition and answer with what shows it; whoever has it still is told so. Raises NotThere."""
    found = find_published(region_slug, roadmap_slug, number)

    def make() -> AnyResponse | str:
        reading = shelf.reading_of(found.edition, chosen_language())
        region = reading.region(found.region.zone)
        enter(region)
        return show(Open(found, reading, region))

    return marked_by_edition(found, make)


def edition_page(template: str, opened: Open, **context: object) -> str:
    """Render a page of an edition."""
    reading, found = opened.reading, opened.found
    return render_template(
        template,
        opened=opened,
        found=found,
        region=opened.region,
        edition=found.edition,
        adoption=found.adoption,
        adoption_sentence=adoption_sentence,
        reading=reading,
        numbers=reading.numbers,
        choices=reading.choices,
        title=reading.title or opened.region.full_name,
        address=opened.address,
        item_address=opened.item_address,
        is_plain=not request.args,
        say=say,
        say_lines=say_lines,
        action_fields=KINDS["action"].by_name,
        problem_fields=KINDS["problem"].by_name,
        indicator_fields=KINDS["indicator"].by_name,
        **context,
    )
