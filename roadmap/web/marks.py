"""What this installation serves, as one mark: pages that caches keep are asked for anew once it has changed."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from roadmap.resources import resource

_ROOTS = ("templates", "static")
_ENDINGS = frozenset({".py", ".po", ".html", ".css", ".js", ".svg"})


@cache
def code_mark() -> str:
    """Give the first twelve signs of a hash over code, templates, catalogues and static files."""
    digest = hashlib.sha256()
    for path in _files():
        data = path.read_bytes()
        digest.update(f"{path.name}:{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()[:12]


@cache
def code_changed_at() -> datetime:
    """Tell when the newest of these files was written, in UTC, to the second."""
    newest = max(int(path.stat().st_mtime) for path in _files())
    return datetime.fromtimestamp(newest, UTC)


def _files() -> list[Path]:
    package = Path(__file__).resolve().parents[1]
    roots = [package, *(resource(name) for name in _ROOTS)]
    return sorted(path for root in roots for path in root.rglob("*") if path.suffix in _ENDINGS)
