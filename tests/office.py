"""LibreOffice as the other program: it opens, edits and saves what we wrote, and lays it out as pages.

`python -m tests.office` tells whether it can be had.
"""

import os
import shutil
import subprocess
import sys
import tempfile
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

    Each call has a profile of its own, so that several can run side by side. Raises RuntimeError with what it
    said where nothing came of it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{path.stem}.{to.partition(':')[0]}"
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
            str(path),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if done.returncode or not target.exists():
        raise RuntimeError(f"LibreOffice made no {target.name}: {done.stdout} {done.stderr}")
    return target


if __name__ == "__main__":
    try:
        print(soffice())  # noqa: T201 - a command's answer
    except NotToBeHad as problem:
        sys.exit(str(problem))
