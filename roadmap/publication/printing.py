"""An edition as one text from beginning to end, to be printed or read through; a very long one in several pieces."""

from itertools import groupby

from werkzeug.wrappers import Response as AnyResponse

from roadmap.plan.outline import ItemView
from roadmap.publication.blueprint import bp
from roadmap.publication.items import IN_EDITION
from roadmap.publication.pages import Open, edition_page, open_edition
from roadmap.publication.reading import Reading
from roadmap.web.declare import for_everyone
from roadmap.web.paging import page_by_weight

MOST_LETTERS = 150_000
FRAME_LETTERS = 400


@bp.get(f"{IN_EDITION}/naskah")
@for_everyone
def full_text(region_slug: str, roadmap_slug: str, number: int) -> AnyResponse:
    """Show an edition from beginning to end."""

    def show(opened: Open) -> str:
        reading = opened.reading
        page = page_by_weight(_in_order(reading), _letters, MOST_LETTERS)
        rows = {row.action.uid: row for row in reading.rows} if page.items else {}
        return edition_page(
            "publication/full_text.html",
            opened,
            page=page,
            parts=[(kind, list(items)) for kind, items in groupby(page.items, key=lambda one: one.kind)],
            rows=rows,
        )

    return open_edition(region_slug, roadmap_slug, number, show)


def _in_order(reading: Reading) -> list[ItemView]:
    plan = reading.plan
    return [*plan.items["section"], *plan.items["modality"], *plan.items["problem"], *reading.numbers.actions]


def _letters(item: ItemView) -> int:
    return FRAME_LETTERS + sum(len(value) for value in item.values.values() if isinstance(value, str))
