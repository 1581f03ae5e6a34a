"""How what was found is shown: its title, the piece of text that answers, the office that does, and where it leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask_babel import gettext as _

from roadmap.discussion.addresses import comment_urls, thread_url
from roadmap.discussion.models import ROADMAP, Thread
from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.people.queries import people_by_uid
from roadmap.plan.blueprint import item_url
from roadmap.plan.kinds import KINDS
from roadmap.search.kinds import COMMENT, GROUPS, TITLE
from roadmap.search.models import SearchEntry
from roadmap.search.queries import Results, threads_of, titles_of
from roadmap.search.rules import Asked
from roadmap.search.snippets import Part, parted, snippet_of
from roadmap.text.plain import excerpt


@dataclass(frozen=True)
class Hit:
    """One thing that was found, ready to be shown."""

    kind: str
    address: str
    title: Sequence[Part]
    label: str = ""
    snippet: Sequence[Part] = ()
    office: Sequence[Part] = ()
    said_by: str = ""


class _Address(NamedTuple):
    kind: str
    id: int


@dataclass(frozen=True)
class _Surroundings:
    asked: Asked
    results: Results
    threads: Mapping[str, Thread]
    titles: Mapping[str, tuple[str, str]]
    people: Mapping[str, Person]
    places: Mapping[int, str]


def hits_of(reader: Person, roadmap: Roadmap, asked: Asked, results: Results) -> list[Hit]:
    """Make hits of what was found on one page; four queries at most, however many there are."""
    threads = threads_of(results.entries)
    around = _Surroundings(
        asked,
        results,
        threads,
        titles_of(roadmap.id, sorted({thread.about for thread in threads.values()})),
        people_by_uid(entry.author for entry in results.entries if entry.author),
        comment_urls(roadmap, reader, [entry.item_id for entry in results.entries if entry.kind == COMMENT])
        if threads
        else {},
    )
    return [
        _item(entry, around) if entry.kind in KINDS else _said(entry, around) for entry in results.entries
    ]


def grouped(hits: Sequence[Hit]) -> list[tuple[str, list[Hit]]]:
    """Part hits by kind, in the order of the groups."""
    groups = [(kind, [hit for hit in hits if hit.kind == kind]) for kind in GROUPS]
    return [(kind, members) for kind, members in groups if members]


def _item(entry: SearchEntry, around: _Surroundings) -> Hit:
    address = item_url(_Address(entry.kind, entry.item_id))
    title = entry.texts.get(TITLE, "")
    name, snippet = _first_answer(entry, around.asked)
    anchor = f"#{entry.kind}-{entry.item_id}-{name}" if name else ""
    return Hit(
        entry.kind,
        address + anchor,
        parted(title, around.asked) if title else [Part(_("(belum bernama)"), is_marked=False)],
        label=_(KINDS[entry.kind].by_name[name].label) if name else "",
        snippet=snippet,
        office=() if snippet else _office(entry, around),
    )


def _said(entry: SearchEntry, around: _Surroundings) -> Hit:
    thread = around.threads[entry.thread or entry.item_uid]
    author = around.people.get(entry.author or "")
    return Hit(
        entry.kind,
        around.places[entry.item_id] if entry.kind == COMMENT else thread_url(thread.id),
        [Part(_about(thread, around), is_marked=False)],
        snippet=next((snippet_of(words, around.asked) for words in entry.texts.values()), ()),
        said_by=author.name if author else "",
    )


def _about(thread: Thread, around: _Surroundings) -> str:
    if thread.about_kind == ROADMAP:
        return _("Seluruh peta jalan")
    office = around.results.offices.get(thread.about)
    if office is not None:
        return office.name
    kind, title = around.titles.get(thread.about, ("", ""))
    if not kind:
        return _("Bagian yang sudah dihapus")
    return excerpt(title, 160) if title else _("(belum bernama)")


def _first_answer(entry: SearchEntry, asked: Asked) -> tuple[str, Sequence[Part]]:
    """Give the field whose words answer, beside the title, and the piece of it."""
    for name, words in entry.texts.items():
        if name != TITLE and (snippet := snippet_of(words, asked)):
            return name, snippet
    return "", ()


def _office(entry: SearchEntry, around: _Surroundings) -> Sequence[Part]:
    names = dict.fromkeys(
        around.results.offices[uid].name for uid in entry.owners if uid in around.results.offices
    )
    for name in names:
        parts = parted(name, around.asked)
        if any(part.is_marked for part in parts):
            return parts
    return ()
