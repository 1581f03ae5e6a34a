"""LibreOffice as the other program: it opens, edits and saves what we wrote, and lays it out as pages.

`python -m tests.office` tells whether it can be had.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

SETTING = "ROADMAP_TEST_OFFICE"
NAMES = ("soffice", "libreoffice", "/usr/lib/libreoffice/program/soffice")
PATIENCE = 120


class NotToBeHad(Exception):
    """No office program on this machine; the message says what to install."""


def soffice() -> str:
    """Find LibreOffice: the one that is set, or Debian's. Raises NotToBeHad."""
    for name in (os.environ.get(SETTING), *NAMES):
        if name and (found := shutil.which(name)):
            return found
    message = f"no LibreOffice: install Debian's libreoffice-calc-nogui and libreoffice-writer-nogui, or set {SETTING}"
    raise NotToBeHad(message)


def convert(path: Path, to: str, folder: Path, *, infilter: str = "") -> Path:
    """Have LibreOffice open a file and save it as another kind ("xlsx", "pdf", "docx") in a folder.

    Raises RuntimeError with what it said where nothing came of it.
    """
    return convert_all([path], to, folder, infilter=infilter)[0]


def convert_all(paths: Sequence[Path], to: str, folder: Path, *, infilter: str = "") -> list[Path]:
    """Do the same to several files in one call, which costs hardly more than one file.

    Each call has a profile of its own, so that several can run side by side. Raises RuntimeError with what it
    said where nothing came of one of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    targets = [folder / f"{path.stem}.{to.partition(':')[0]}" for path in paths]
    with tempfile.TemporaryDirectory(prefix="office-") as profile:
        command = [
            soffice(),
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            *([f"--infilter={infilter}"] if infilter else []),
            "--convert-to",
            to,
            "--outdir",
            str(folder),
            *map(str, paths),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    missing = [target.name for target in targets if not target.exists()]
    if done.returncode or missing:
        raise RuntimeError(f"LibreOffice made no {', '.join(missing)}: {done.stdout} {done.stderr}")
    return targets


if __name__ == "__main__":
    try:
        print(soffice())  # noqa: T201 - a command's answer
    except NotToBeHad as problem:
        sys.exit(str(problem))
