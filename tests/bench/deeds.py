"""What is measured: each deed by its name, how it is done, and which view of the bare twin stands beside it."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.bench.planting import CHANGES, COMMENTS, Planted
from tests.bench.serving import Answer, Reader
from tests.hidden_boxes import hidden_boxes

ACTS_A_PAGE = 30
HITS_A_PAGE = 20


@dataclass(frozen=True)
class Deed:
    """One thing people do: as often as it is called, it does it once and gives the answer."""

    name: str
    do: Callable[[Reader], Answer]
    twin: Callable[[Reader], Answer] | None = None
    aim: float | None = None
    statuses: tuple[int, ...] = (200,)
    path: str | None = None


def deeds_on(planted: Planted, hand: "Hand", width: int) -> Iterator[Deed]:
    """Give the deeds on one plan, in the order of the table."""
    root, item = f"/roadmaps/{planted.roadmap_id}", f"/actions/{planted.action_id}"
    row, acts, hits = f"/row/{planted.action_id}", f"/rows/{ACTS_A_PAGE}", f"/rows/{HITS_A_PAGE}"
    since = planted.before
    yield page("roadmap page", root)
    yield page("whole plan, printed", f"{root}/matrix", f"/plan/{width}", 3)
    yield page(f"item page, {COMMENTS} comments", item, row, 10)
    yield Deed("save, with htmx", lambda _reader: hand.save(), _twin_save(row), 8)
    yield page("its history", f"{item}/history", hits, 6)
    yield page("history of the plan", f"{root}/history", acts, 6)
    yield page(f"comparison, {CHANGES} changes", f"{root}/comparison?dari={since}", acts)
    yield page("as of a moment", f"{root}/as-of/{since}", f"/plan/{width}")
    yield page("search", f"{root}/search?cari=layanan+kesehatan", hits, 6)
    yield Deed("comment", _commenting(planted.thread_id), _twin_save(row), statuses=(200, 303))
    yield page("public page", planted.public)


def page(name: str, path: str, twin: str | None = None, aim: float | None = None) -> Deed:
    """Describe the reading of a page, with the address of its twin."""
    return Deed(name, _getting(path), _getting(twin) if twin else None, aim, path=path)


def _getting(path: str) -> Callable[[Reader], Answer]:
    return lambda reader: reader.get(path)


def _twin_save(path: str) -> Callable[[Reader], Answer]:
    return lambda reader: reader.post(path, {"description": secrets.token_hex(30)})


class Hand:
    """Somebody who saves one field of one item again and again, as htmx sends it."""

    def __init__(self, reader: Reader, item: str, field: str = "description") -> None:
        """Open the form once, for its token and its version."""
        self.reader, self.address, self.field = reader, f"{item}/edit/{field}", field
        form = reader.get(self.address).text
        self.version = int(_box(form, "base_version"))
        reader.token = _box(form, "csrf_token")

    def save(self) -> Answer:
        """Save other words."""
        answer = self.reader.post(
            self.address,
            {
                "base_version": self.version,
                "fields": self.field,
                "act_key": secrets.token_urlsafe(12),
                self.field: f"Loket dibuka {secrets.token_hex(4)} hari.\n\n- pagi\n- sore",
            },
            htmx=True,
        )
        self.version += answer.status == 200
        return answer


def _commenting(thread_id: int) -> Callable[[Reader], Answer]:
    def comment(reader: Reader) -> Answer:
        form = {"body": f"Sudah ditanyakan, {secrets.token_hex(4)}.", "act_key": secrets.token_urlsafe(12)}
        reader.token = reader.token or _box(reader.get(f"/threads/{thread_id}").text, "csrf_token")
        return reader.post(f"/threads/{thread_id}/replies", form)

    return comment


def _box(page: str, name: str) -> str:
    found = hidden_boxes(page).get(name)
    if found is None:
        message = f"the form has no {name}"
        raise RuntimeError(message)
    return found
