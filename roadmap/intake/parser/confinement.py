"""What the reading process may not do: taken away before the first byte of the file is looked at, never given back."""

import contextlib
import ctypes
import os
import re
import resource
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

MEMORY = 512 * 1024 * 1024
SECONDS = 8
_ALARM = 12
_PEAK = re.compile(rb"VmHWM:\s+(\d+) kB")
_DIE_WITH_PARENT = 1
_NO_NEW_PRIVILEGES = 38
# Landlock: the same numbers on every machine; the rights of its first edition.
_CREATE_RULES, _LAY_ON_ONESELF, _EVERY_RIGHT = 444, 446, 0x1FFF
_FORBIDDEN = (
    "open",
    "os.",
    "socket.",
    "subprocess.",
    "shutil.",
    "ctypes.dlopen",
    "resource.",
    "sqlite3.",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
    "mmap.",
    "pty.",
    "_posixsubprocess.",
)


class Gauge:
    """Tells how much memory the process held at most; to be made while files can still be opened."""

    def __init__(self) -> None:
        """Open what the kernel tells, where it tells it."""
        self._status: BinaryIO | None = None
        with contextlib.suppress(OSError):
            self._status = Path("/proc/self/status").open("rb", buffering=0)  # noqa: SIM115 - read at the end

    def peak_kb(self) -> int:
        """Give the most memory held so far, in KiB; 0 where it is not known."""
        told = _PEAK.search(self._status.read()) if self._status else None
        return int(told.group(1)) if told else 0


def bind(parent: int) -> None:
    """Limit memory and time, and die when the parent dies. Needs the parent's number as the parent knows it."""
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CPU, SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    # Where the kernel tells nobody of a parent's death, the process ends by itself.
    signal.alarm(_ALARM)
    if sys.platform == "linux":
        kernel = ctypes.CDLL(None)
        kernel.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def seal() -> None:
    """Open nothing any more: no file, no socket, no process. To be called when all is imported.

    Three walls: Python refuses; the kernel hands out no descriptor, writes no file and starts no process; and where
    it knows Landlock, it makes, removes and renames nothing.
    """
    if sys.platform == "linux":
        _close_all_folders(ctypes.CDLL(None))
    _limit(resource.RLIMIT_NOFILE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NPROC, 0)
    sys.addaudithook(_refuse)


def _close_all_folders(kernel: ctypes.CDLL) -> None:
    # A set of rules that handles every right and grants none.
    handled = ctypes.c_uint64(_EVERY_RIGHT)
    rules = kernel.syscall(_CREATE_RULES, ctypes.byref(handled), ctypes.sizeof(handled), 0)
    if rules >= 0:
        kernel.syscall(_LAY_ON_ONESELF, rules, 0)
        os.close(rules)


def _limit(what: int, most: int) -> None:
    # A stricter limit that stands already stays.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
