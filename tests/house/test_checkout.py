"""The checkout itself: what lies in it, what it says about machines and registries, and what a wheel of it holds."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GIT = ("git", "-c", "safe.directory=*")  # the checkout may belong to somebody else than who tests it
TOP = {
    ".ci", ".containerignore", ".dockerignore", ".gitignore", "Containerfile", "Makefile", "README.md", "compose.yaml",
    "migrations", "pyproject.toml", "requirements.lock", "roadmap", "static", "templates", "tests",
}  # fmt: skip
# Written apart, because this file lies in the checkout too.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pypi", "python", "org"), ("python" + "hosted", "org"), ("npm" + "js", "org"), ("npm" + "js", "com"),
        ("deb", "debian", "org"), ("yarn" + "pkg", "com"), ("proxy", "golang", "org"),
    )
)  # fmt: skip
STRANGE_HOSTS = tuple(
    ".".join(parts)
    for parts in (("cdn", "jsdelivr", "net"), ("un" + "pkg", "com"), ("cdnjs", "cloudflare", "com"), ("fonts", "googleapis", "com"),
                  ("fonts", "gstatic", "com"))
)  # fmt: skip
LARGEST = 600_000


def tracked() -> list[str]:
    listed = subprocess.run(
        [*GIT, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    found = {}
    for name in tracked():
        body = (ROOT / name).read_bytes()
        if b"\0" not in body:
            found[name] = body.decode("utf-8")
    return found


def pinned() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    return {
        found[1]: found[2]
        for line in lines
        if (found := re.match(r"([a-z0-9-]+)(?:\[[^]]*\])?==([^ ;]+)", line))
    }


def wanted() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = settings["project"]
    return [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
        *settings["dependency-groups"]["dev"],
    ]


def test_only_the_given_folders_and_files_stand_at_the_top() -> None:
    assert {name.split("/")[0] for name in tracked()} - TOP == set()


def test_no_file_names_a_registry_or_a_foreign_host() -> None:
    named = [
        f"{name}: {host}"
        for name, text in texts().items()
        for host in (*REGISTRIES, *STRANGE_HOSTS)
        if host in text
    ]
    assert named == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    path = re.compile(r"(?<![\w.~/-])/(?:work|home|Users)/\w+/")
    named = [f"{name}: {found[0]}" for name, text in texts().items() if (found := path.search(text))]
    assert named == []
    assert [name for name, text in texts().items() if str(ROOT) in text and len(ROOT.parts) > 2] == []


def test_no_file_is_made_large_or_left_behind_by_a_run() -> None:
    assert [name for name in tracked() if (ROOT / name).stat().st_size > LARGEST] == []
    left = re.compile(
        r"(^|/)(instance|__pycache__|node_modules|build|dist)/|\.(py[co]|mo|sqlite3?|db|log|orig|rej|env)$"
    )
    assert [name for name in tracked() if left.search(name)] == []


def test_no_file_holds_marks_of_a_merge_or_windows_line_ends() -> None:
    marks = re.compile(r"^(<{7} |>{7} |={7}$)", re.MULTILINE)
    assert [name for name, text in texts().items() if marks.search(text)] == []
    assert [name for name, text in texts().items() if "\r\n" in text and "/cases/" not in name] == []


def test_the_folders_that_a_wheel_takes_along_are_not_ignored() -> None:
    for folder in ("templates", "static", "migrations"):
        asked = subprocess.run([*GIT, "check-ignore", "-q", f"{folder}/x.html"], cwd=ROOT, check=False)
        assert asked.returncode == 1, folder


def test_the_lock_file_pins_every_dependency_with_its_digest() -> None:
    lock = pinned()
    for line in wanted():
        name, _, version = line.split("[")[0].partition("==") if "[" in line else line.partition("==")
        name = re.split(r"[<>=\[ ]", name)[0].lower()
        version = line.partition("==")[2] or version
        assert name in lock, f"{name}: run make lock"
        assert version in {"", lock[name]}, f"{name}: run make lock"
    text = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("werkzeug", (3, 1, 6)), ("jinja2", (3, 1, 6)), ("flask", (3, 1, 3)), ("gunicorn", (23, 0)), ("bleach", (6, 0)),
        ("nh3", (0, 3)), ("sqlalchemy", (2, 1)), ("markdown", (3, 10)), ("argon2-cffi", (25, 1)), ("weasyprint", (69, 0)),
        ("pillow", (11, 3)), ("lxml", (6, 0)), ("authlib", (1, 6)),
    ],
)  # fmt: skip
def test_nothing_stands_below_the_versions_whose_holes_are_known(name: str, floor: tuple[int, ...]) -> None:
    version = pinned().get(name)
    if version is not None:
        assert tuple(int(part) for part in version.split(".")[: len(floor)]) >= floor


def test_what_ci_runs_can_be_run() -> None:
    scripts = sorted((ROOT / ".ci").iterdir())
    assert [script.name for script in scripts if not os.access(script, os.X_OK)] == []
    for script in scripts:
        if "bash" in script.read_text().splitlines()[0]:
            subprocess.run(["bash", "-n", script], check=True)


def test_make_knows_its_words() -> None:
    for word in ("run", "test", "check", "format"):
        subprocess.run(["make", "--dry-run", word], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.slow
def test_a_wheel_holds_templates_static_files_and_migrations(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for name in tracked():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy / name)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    for name in tracked():
        folder = name.split("/")[0]
        if folder == "roadmap":
            assert name in inside
        elif folder in {"templates", "static", "migrations"}:
            assert f"roadmap/_files/{name}" in inside
        else:
            assert name not in inside


def test_the_settings_for_web_containers_are_one_story() -> None:
    container = (ROOT / "Containerfile").read_text()
    assert "USER roadmap" in container
    assert "--require-hashes" in container
    assert json.dumps("roadmap:create_app()") in container
