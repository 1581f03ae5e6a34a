"""What is different in one adopted edition from another, older or newer, in the words of both."""

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from roadmap.history.models import Edition
from roadmap.plan.differences import Difference, What, differences
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import KINDS
from roadmap.plan.telling import Teller
from roadmap.publication.blueprint import bp
from roadmap.publication.items import IN_EDITION
from roadmap.publication.pages import ITEM_PAGES, Open, edition_page, open_edition
from roadmap.publication.queries import Published
from roadmap.publication.reading import Reading
from roadmap.publication.shelf import shelf
from roadmap.web.declare import for_everyone
from roadmap.web.language import chosen_language
from roadmap.web.paging import page_of

PAGE = 40


@bp.get(f"{IN_EDITION}/perubahan")
@for_everyone
def comparison(region_slug: str, roadmap_slug: str, number: int) -> AnyResponse:
    """Show what is different in an edition from the one before it, or from the one the address names."""

    def show(opened: Open) -> str:
        other = _other(opened.found)
        if other is None:
            return edition_page("publication/comparison.html", opened, other=None, found_all=[])
        before = shelf.reading_of(other, chosen_language())
        after = opened.reading
        found = differences(before.plan, after.plan)
        page = page_of(found, PAGE)
        teller = Teller(before.plan, after.plan, (before.numbers, after.numbers), _choices(before, after))
        return edition_page(
            "publication/comparison.html",
            opened,
            roadmap=after,
            other=other,
            page=page,
            tellings=[(teller.tell(one, with_words=True), _address(opened, one)) for one in page.items],
            counts={what: sum(one.what == what for one in found) for what in What},
            kinds=KINDS,
        )

    return open_edition(region_slug, roadmap_slug, number, show)


def _other(found: Published) -> Edition | None:
    """Find the edition to compare with. Raises NotThere for one that was not adopted."""
    typed = request.args.get("dari", "")
    if typed.isascii() and typed.isdecimal() and len(typed) < len("10000"):
        return found.numbered(int(typed))
    return found.before


def _choices(before: Reading, after: Reading) -> Choices:
    """Give the words of both, each as it is called in the later one where both have it."""
    old, new = before.choices, after.choices
    return Choices(
        organisations={**old.organisations, **new.organisations},
        terms={
            name: {**old.terms.get(name, {}), **new.terms.get(name, {})} for name in {*old.terms, *new.terms}
        },
    )


def _address(opened: Open, difference: Difference) -> str | None:
    """Give the page of an item that stands in this edition and has one."""
    item = difference.after
    return opened.item_address(item) if item is not None and item.kind in ITEM_PAGES else None
