"""The process that reads a file reaches nothing else: no network, no file, no other process; and it never outlives its use."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from roadmap.intake import guarded
from roadmap.intake.books import Cell, CellKind
from roadmap.intake.errors import Unreadable
from roadmap.intake.parser.faults import Fault
from tests.intake.packing import ONE, sheet_xml, workbook

TABLE = b"Judul;Target\nPerda;1\n"
Implant = Callable[[str], None]


@pytest.fixture
def implant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Implant:
    """Have the reading process run our lines where it would parse a workbook, as a file that took it over would."""

    def lay(lines: str) -> None:
        folder = tmp_path / "defusedxml"
        folder.mkdir()
        (folder / "__init__.py").touch()
        (folder / "common.py").write_text("class DefusedXmlException(ValueError): pass\n")
        (folder / "ElementTree.py").write_text(
            "import ctypes, json, os, shutil, signal, socket, subprocess, sys, time, zipfile\n"
            "kernel = ctypes.CDLL(None, use_errno=True)\n"
            "def fromstring(content, forbid_dtd=False):\n"
            + "".join(f"    {line}\n" for line in lines.splitlines())
        )
        monkeypatch.syspath_prepend(tmp_path)

    return lay


def read() -> guarded.Reading:
    return guarded.run(workbook(sheet_xml(ONE)), "a.xlsx")


def refusal() -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        guarded.book_of(read())
    return refused.value


PROBE = """
def tried(act):
    try:
        return repr(act())
    except BaseException as problem:
        return type(problem).__name__
told = [tried(act) for act in {list}]
sys.stdout.write(json.dumps(told) + "\\n0")
sys.stdout.flush()
os._exit(0)
"""
REACHING_OUT = (
    "socket.socket()",
    "socket.create_connection(('127.0.0.1', 9))",
    "socket.getaddrinfo('localhost', 80)",
    "open('{folder}/written', 'w')",
    "open('/etc/passwd')",
    "os.open('{folder}/written', os.O_CREAT | os.O_WRONLY)",
    "os.mkdir('{folder}/made')",
    "os.remove('{folder}/there')",
    "os.rename('{folder}/there', '{folder}/elsewhere')",
    "os.symlink('/etc/passwd', '{folder}/linked')",
    "os.chmod('{folder}/there', 0)",
    "os.listdir('{folder}')",
    "os.system('true')",
    "os.fork()",
    "os.kill(os.getppid(), 0)",
    "os.execv('/bin/true', ['true'])",
    "subprocess.run(['true'])",
    "shutil.rmtree('{folder}')",
    "ctypes.CDLL('libm.so.6')",
)


def test_the_process_can_reach_nothing(implant: Implant, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("utuh")
    acts = ", ".join(f"lambda: {act.replace('{folder}', str(tmp_path))}" for act in REACHING_OUT)
    implant(PROBE.replace("{list}", f"[{acts}]"))
    told = json.loads(read().answer)
    assert dict(zip(REACHING_OUT, told, strict=True)) == dict.fromkeys(REACHING_OUT, "PermissionError")
    assert (tmp_path / "there").read_text() == "utuh"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["defusedxml", "there"]


def test_the_kernel_hands_out_no_socket_and_no_file_either(implant: Implant, tmp_path: Path) -> None:
    implant(
        PROBE.replace(
            "{list}",
            f"[lambda: kernel.socket(2, 1, 0), lambda: kernel.open(b'{tmp_path}/written', 0o101, 0o600), "
            "lambda: kernel.open(b'/etc/passwd', 0), lambda: sorted(set(os.environ) - {'LC_CTYPE'}), lambda: os.getcwd()]",
        )
    )
    assert read().answer == b'["-1", "-1", "-1", "[]", "\'/\'"]'
    assert not (tmp_path / "written").exists()


def test_the_kernel_makes_and_removes_nothing_where_it_can_be_told(implant: Implant, tmp_path: Path) -> None:
    if ctypes.CDLL(None).syscall(444, None, 0, 1) < 1:
        return  # the two other walls stand, and are looked at above
    (tmp_path / "there").write_text("utuh")
    acts = f"[lambda: kernel.unlink(b'{tmp_path}/there'), lambda: kernel.mkdir(b'{tmp_path}/made', 0o700)]"
    implant(PROBE.replace("{list}", acts))
    assert read().answer == b'["-1", "-1"]'
    assert (tmp_path / "there").read_text() == "utuh"
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("end", "fault"),
    [
        ("os._exit(3)", Fault.STOPPED),
        ("kernel.kill(os.getpid(), signal.SIGKILL)", Fault.TOO_LONG),
        ("kernel.kill(os.getpid(), signal.SIGSEGV)", Fault.STOPPED),
        ("kernel.abort()", Fault.STOPPED),
        ("bytearray(2 ** 30)", Fault.TOO_LONG),
        ("raise KeyError('rahasia')", Fault.BROKEN),
        ("sys.stdout.write('not what was asked for'), sys.stdout.flush(), os._exit(0)", Fault.STOPPED),
        ('sys.stdout.write(\'{"fault": "Nothing"}\\n0\'), sys.stdout.flush(), os._exit(0)', Fault.STOPPED),
        (
            'sys.stdout.write(\'{"sheets": [], "remarks": ["<b>"]}\\n0\'), sys.stdout.flush(), os._exit(0)',
            Fault.STOPPED,
        ),
    ],
)
def test_however_it_ends_there_is_a_sentence(end: str, fault: Fault, implant: Implant) -> None:
    implant(end)
    assert refusal().sentence == fault


def test_what_takes_too_long_is_ended(implant: Implant, monkeypatch: pytest.MonkeyPatch) -> None:
    implant("time.sleep(60)")
    monkeypatch.setattr(guarded, "PATIENCE", 1.0)
    began = time.monotonic()
    assert refusal().sentence == Fault.TOO_LONG
    assert time.monotonic() - began < 9


def test_an_endless_answer_is_cut(implant: Implant, monkeypatch: pytest.MonkeyPatch) -> None:
    implant("while True: sys.stdout.write('x' * 100_000)")
    monkeypatch.setattr(guarded, "MOST_ANSWER", 1_000_000)
    assert refusal().sentence in {Fault.STOPPED, Fault.TOO_LONG}


def test_what_a_file_holds_never_reaches_the_log(implant: Implant, caplog: pytest.LogCaptureFixture) -> None:
    implant("raise KeyError('rahasia')")
    refusal()
    assert "KeyError at ElementTree.py" in caplog.text
    assert "rahasia" not in caplog.text


def test_it_dies_with_the_one_who_asked(implant: Implant, tmp_path: Path) -> None:
    implant("time.sleep(60)")
    book = tmp_path / "a.xlsx"
    book.write_bytes(workbook(sheet_xml(ONE)))
    asking = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import sys, pathlib; from roadmap.intake import guarded; sys.path.insert(0, {str(tmp_path)!r}); "  # noqa: ISC004
            f"guarded.run(pathlib.Path({str(book)!r}).read_bytes(), 'a')",
        ]
    )
    reader = _child_of(asking.pid)
    asking.kill()
    asking.wait()
    _wait_until_gone(reader)


def _child_of(parent: int) -> int:
    children = Path(f"/proc/{parent}/task/{parent}/children")
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found = children.read_text().split()
        if found and b"parser" in Path(f"/proc/{found[0]}/cmdline").read_bytes():
            return int(found[0])
        time.sleep(0.02)
    pytest.fail("no reading process was started")


def _wait_until_gone(process: int) -> None:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{process}/stat").read_text().split(") ")[1].startswith("Z"):
            return
        time.sleep(0.02)
    os.kill(process, signal.SIGKILL)
    pytest.fail("the reading process outlived the one who asked")


def own_children() -> set[int]:
    """Give the processes that this one began and that are not cleared away."""
    lists = Path("/proc/self/task").glob("*/children")
    return {int(process) for each in lists for process in each.read_text().split()}


def test_it_leaves_no_process_and_no_thread_behind() -> None:
    before, children = threading.active_count(), own_children()
    guarded.read_file(TABLE, "a.csv")
    assert own_children() <= children
    until = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.01)
    assert threading.active_count() == before


def test_many_threads_read_at_once() -> None:
    with ThreadPoolExecutor(8) as readers:
        books = list(
            readers.map(lambda number: guarded.read_file(TABLE + b"x;%d\n" % number, "a.csv"), range(16))
        )
    assert [book.sheets[0].at(2, 1) for book in books] == [
        Cell(CellKind.TEXT, str(number)) for number in range(16)
    ]


def test_the_application_is_not_loaded_to_read_a_file(implant: Implant) -> None:
    implant(
        PROBE.replace(
            "{list}", "[lambda: sorted({'flask', 'sqlalchemy', 'openpyxl', 'lxml'} & set(sys.modules))]"
        )
    )
    assert read().answer == b'["[]"]'
