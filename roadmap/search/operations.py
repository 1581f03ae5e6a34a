"""The verbs of the index: keep it in step with an act, make it anew from the tables. Each needs a unit of work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, insert, select, tuple_

from roadmap.extensions import db
from roadmap.history.models import Revision
from roadmap.history.shapes import shape_of, snapshot_of
from roadmap.search.kinds import INDEXED, TITLE, Found, entry_of
from roadmap.search.models import SearchEntry
from roadmap.search.words_table import forget_place, forget_words, office_word, place_word, write_words
from roadmap.text.finding import words_of
from roadmap.work import current_work

MOST_LETTERS = 300_000
AT_ONCE = 500


@dataclass(frozen=True)
class Item:
    """An item and what is to be found of it."""

    kind: str
    id: int
    uid: str
    found: Found


def keep_in_step(roadmap_id: int, revisions: Iterable[Revision]) -> None:
    """Bring the entries of the items that an act changed in step with them; what is gone is not found any more.

    An act that touched nothing the index holds costs nothing.
    """
    current_work()
    touched = [one for one in revisions if one.kind in INDEXED and _is_touched(one)]
    if not touched:
        return
    _forget(tuple_(SearchEntry.kind, SearchEntry.item_id).in_([(one.kind, one.item_id) for one in touched]))
    _write(
        roadmap_id,
        [
            Item(one.kind, one.item_id, one.item_uid, entry_of(one.kind, one.snapshot))
            for one in touched
            if not one.gone
        ],
    )


def reindex(roadmap_id: int) -> int:
    """Make a roadmap's entries anew from the tables, and tell how many there are now."""
    current_work()
    forget_place(roadmap_id)
    _forget(SearchEntry.roadmap_id == roadmap_id)
    items = list(standing_items(roadmap_id))
    for start in range(0, len(items), AT_ONCE):
        _write(roadmap_id, items[start : start + AT_ONCE])
    return len(items)


def standing_items(roadmap_id: int) -> Iterable[Item]:
    """Give every item of a roadmap that is to be found, as the tables have it."""
    for kind in INDEXED:
        model = shape_of(kind).model
        query = select(model).where(model.roadmap_id == roadmap_id, model.removed_at.is_(None))
        for one in db.session.scalars(query):
            found = entry_of(kind, snapshot_of(one))
            if found:
                yield Item(kind, one.id, one.uid, found)


def _is_touched(revision: Revision) -> bool:
    return not INDEXED[revision.kind].fields.isdisjoint(revision.changed)


def _forget(those: ColumnElement[bool]) -> None:
    forget_words(select(SearchEntry.id).where(those))
    db.session.execute(delete(SearchEntry).where(those).execution_options(synchronize_session=False))


def _write(roadmap_id: int, items: Sequence[Item]) -> None:
    rows = [_row(roadmap_id, item) for item in items if item.found]
    if not rows:
        return
    written = insert(SearchEntry).returning(SearchEntry.id, SearchEntry.kind, SearchEntry.item_id)
    ids = {(row.kind, row.item_id): row.id for row in db.session.execute(written, rows)}
    write_words([_words(ids[item.kind, item.id], roadmap_id, item.found) for item in items if item.found])


def _row(roadmap_id: int, item: Item) -> Mapping[str, object]:
    return {
        "roadmap_id": roadmap_id,
        "kind": item.kind,
        "item_id": item.id,
        "item_uid": item.uid,
        "level": item.found.level,
        "author": item.found.author,
        "thread": item.found.thread,
        "texts": dict(item.found.texts),
        "owners": list(item.found.owners),
    }


def _words(entry_id: int, roadmap_id: int, found: Found) -> Mapping[str, object]:
    body = "\n".join(words for name, words in found.texts.items() if name != TITLE)
    return {
        "id": entry_id,
        "title": " ".join(words_of(found.texts.get(TITLE, ""))),
        "body": " ".join(words_of(body[:MOST_LETTERS])),
        "owners": " ".join(office_word(uid) for uid in found.owners),
        "place": place_word(roadmap_id),
    }
