"""Static files at hashed, immutable addresses, compressed once per process."""

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from flask import url_for
from werkzeug.security import safe_join

from roadmap.resources import resource

TEXT_TYPES = frozenset({"text/css", "text/javascript", "image/svg+xml", "text/plain", "application/json"})
LONGEST_AGE = 31_536_000


def asset(path: str) -> str:
    """Give the address of a static file, with its hash in it."""
    return url_for("web.asset", mark=mark_of(path), path=path)


@cache
def mark_of(path: str) -> str:
    """Give the first twelve signs of a file's hash. Raises FileNotFoundError."""
    return hashlib.sha256((resource("static") / path).read_bytes()).hexdigest()[:12]


@cache
def packed(path: str) -> bytes:
    """Give a file compressed, always the same bytes."""
    return gzip.compress((resource("static") / path).read_bytes(), compresslevel=9, mtime=0)


def find_asset(path: str) -> Path | None:
    """Find a static file by its path inside the folder, or None; never outside it."""
    joined = safe_join(str(resource("static")), path)
    if joined is None or not Path(joined).is_file():
        return None
    return Path(joined)


def type_of(path: str) -> str:
    """Tell the media type of a static file."""
    guessed = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return "text/javascript" if guessed in {"application/javascript", "text/javascript"} else guessed
