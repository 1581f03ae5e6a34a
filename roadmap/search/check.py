"""Tells where the index is not what the tables would make of it."""

from collections.abc import Iterator

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.search.models import SearchEntry
from roadmap.search.operations import standing_items
from roadmap.search.words_table import count_words


def faults_of_index(roadmap_id: int) -> Iterator[str]:
    """Name every item of a roadmap that the index holds otherwise than the tables; nothing where they agree."""
    query = select(SearchEntry).where(SearchEntry.roadmap_id == roadmap_id)
    entries = {(entry.kind, entry.item_id): entry for entry in db.session.scalars(query)}
    count = len(entries)
    for item in standing_items(roadmap_id):
        entry = entries.pop((item.kind, item.id), None)
        found = item.found
        if entry is None:
            yield f"{item.kind} {item.uid}: not in the index"
        elif (entry.item_uid, entry.texts, entry.owners, entry.level, entry.author, entry.thread) != (
            item.uid,
            dict(found.texts),
            list(found.owners),
            found.level,
            found.author,
            found.thread,
        ):
            yield f"{item.kind} {item.uid}: the index holds other words"
    for kind, item_id in entries:
        yield f"{kind} number {item_id}: in the index and not to be found"
    if count != count_words(roadmap_id):
        yield "the index lacks words for some of its entries"
