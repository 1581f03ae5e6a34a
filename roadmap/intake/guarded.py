"""Has a table read by a process apart, which has little time and memory, no network, and can write nothing."""

import json
import logging
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roadmap.intake.books import MOST_BYTES, Book
from roadmap.intake.errors import Unreadable
from roadmap.intake.parser.faults import Aside, Fault
from roadmap.text.words import N_

log = logging.getLogger(__name__)

PATIENCE = 9.0
MOST_ANSWER = 200 * 1024 * 1024
PASTE_NAME = N_("Tempelan")
_PROGRAM = Path(__file__).parent / "parser" / "__main__.py"
_OUT_OF_TIME = {-9, -14, -24}


@dataclass(frozen=True)
class Reading:
    """How the process ended: its answer, its exit code, the memory it held at most (0 where it was ended)."""

    answer: bytes
    code: int
    peak_kb: int


def read_file(content: bytes, name: str) -> Book:
    """Read a file of tables; its bytes tell what it is, its name is only shown.

    Side effects: starts a process and waits for it, at most ten seconds. Raises Unreadable.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable(Fault.TOO_BIG.value, most=MOST_BYTES // (1024 * 1024))
    return book_of(run(content, name))


def read_paste(text: str) -> Book:
    """Read rows copied from a spreadsheet or a web table. Side effects as for a file. Raises Unreadable."""
    content = text.encode("utf-8", "ignore")
    if len(content) > MOST_BYTES:
        raise Unreadable(Fault.TOO_BIG.value, most=MOST_BYTES // (1024 * 1024))
    return book_of(run(content, PASTE_NAME, is_paste=True))


def run(content: bytes, name: str, *, is_paste: bool = False) -> Reading:
    """Have the reading process read, and wait for its end or end it. Raises Unreadable if it cannot start."""
    try:
        process = subprocess.Popen(  # noqa: S603 - our own program, named by its path
            [sys.executable, "-I", "-S", "-B", str(_PROGRAM), str(os.getpid()), *_folders()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            close_fds=True,
        )
    except OSError as problem:
        log.exception("the reading process could not be started")
        raise Unreadable(Fault.STOPPED.value) from problem
    watch = threading.Timer(PATIENCE, process.kill)
    watch.daemon = True
    watch.start()
    try:
        return _converse(process, content, json.dumps({"name": name, "is_paste": is_paste}).encode())
    finally:
        watch.cancel()
        if process.returncode is None:
            process.kill()
            process.wait()


def _folders() -> list[str]:
    return [folder for folder in sys.path if folder and Path(folder).is_absolute()]


def _converse(process: "subprocess.Popen[bytes]", content: bytes, head: bytes) -> Reading:
    incoming, outgoing = process.stdin, process.stdout
    if incoming is None or outgoing is None:  # pragma: no cover - both are pipes
        raise Unreadable(Fault.STOPPED.value)
    with outgoing:
        try:
            with incoming:
                incoming.write(head + b"\n")
                incoming.write(content)
        except BrokenPipeError:
            log.info("the reading process ended before it had read all")
        answer = outgoing.read(MOST_ANSWER + 1)
    if len(answer) > MOST_ANSWER:
        process.kill()
    found, _, peak = answer.rpartition(b"\n")
    return Reading(found, process.wait(), int(peak) if peak.isdigit() else 0)


def book_of(reading: Reading) -> Book:
    """Give the book that was read. Raises Unreadable with the sentence of the process, or one for its end."""
    if reading.code != 0 or len(reading.answer) > MOST_ANSWER:
        log.warning("the reading process ended with %s", reading.code)
        raise Unreadable((Fault.TOO_LONG if reading.code in _OUT_OF_TIME else Fault.STOPPED).value)
    try:
        answer: dict[str, Any] = json.loads(reading.answer)
        if "fault" not in answer:
            return _known(Book.from_json(answer))
        fault, values = (
            Fault[answer["fault"]],
            {str(key): str(value) for key, value in answer["values"].items()},
        )
        if answer["note"]:
            log.error("a file was not understood: %s", answer["note"])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as problem:
        log.exception("the reading process answered what is no answer")
        raise Unreadable(Fault.STOPPED.value) from problem
    raise Unreadable(fault.value, **values)


def _known(book: Book) -> Book:
    return Book(book.sheets, tuple(str(Aside(remark)) for remark in book.remarks))
