"""What is broken, made to harm or no table at all is refused with a sentence that names it, or read within its bounds."""

import time

import pytest

from roadmap.intake import guarded
from roadmap.intake.books import MOST_BYTES, Book
from roadmap.intake.errors import Unreadable
from roadmap.intake.parser.faults import Aside, Fault
from tests.intake.hostile import READ, REFUSED, Hostile

SECONDS = 10
MEMORY_KB = 512 * 1024


def within_bounds(file: Hostile) -> Book:
    content = file.make()
    began = time.monotonic()
    try:
        if len(content) > MOST_BYTES:
            return guarded.read_file(content, file.name)
        reading = guarded.run(content, file.name)
        assert reading.peak_kb < MEMORY_KB
        return guarded.book_of(reading)
    finally:
        assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_with_its_sentence(what: str) -> None:
    file = REFUSED[what]
    with pytest.raises(Unreadable) as refusal:
        within_bounds(file)
    assert refusal.value.sentence == file.fault
    assert {key: refusal.value.values[key] for key in file.values} == file.values
    assert refusal.value.sentence % refusal.value.values


@pytest.mark.parametrize("what", READ)
def test_a_file_that_looks_bad_is_read_all_the_same(what: str) -> None:
    file = READ[what]
    book = within_bounds(file)
    assert tuple(tuple(cell and cell.text for cell in row) for row in book.sheets[0].rows) == file.cells
    assert book.remarks == tuple(map(str, file.asides))


def test_every_sentence_is_seen_here_or_where_the_process_is_ended() -> None:
    seen = {file.fault for file in REFUSED.values()}
    assert set(Fault) - seen == {Fault.TOO_LONG, Fault.STOPPED}
    assert set(Aside) == {aside for file in READ.values() for aside in file.asides}
    assert len(REFUSED) + len(READ) >= 100
