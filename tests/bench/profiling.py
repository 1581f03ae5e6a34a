"""Why an aim is missed: where the time of a deed goes, by what takes it, measured in this process."""

import cProfile
import pstats
import time
from collections import defaultdict
from collections.abc import Callable
from http.client import HTTPMessage

from flask import Flask

from tests.bench.serving import Answer, Reader
from tests.queries import queries

TIMES = 12
# By a part of the file's path; the first that fits. What the profiler gives to built-in functions is its own line.
PARTS = (
    ("/sqlalchemy/", "SQLAlchemy: making questions, reading rows"),
    ("/psycopg", "the database's driver"),
    ("/jinja2/", "templates"),
    ("/markupsafe/", "templates"),
    ("/templates/", "templates"),
    ("/flask_babel/", "sentences"),
    ("/flask", "Flask and Werkzeug"),
    ("/werkzeug/", "Flask and Werkzeug"),
    ("/roadmap/", "the product's own code"),
)
BUILT_IN = {
    "sqlite3": "the database's driver",
    "zlib": "compressing",
    "psycopg": "the database's driver",
}


class Inside(Reader):
    """Somebody who asks the application in this process, where a profile can see it work."""

    def __init__(self, app: Flask, cookie: str) -> None:
        """Take the application."""
        super().__init__(0, cookie)
        self.client = app.test_client(use_cookies=False)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        headers |= {"Accept-Encoding": "gzip", "Cookie": self.cookie}
        began = time.perf_counter()
        answer = self.client.open(path, method=method, data=body, headers=headers)
        took = (time.perf_counter() - began) * 1000
        for cookie in answer.headers.get_all("Set-Cookie"):
            if cookie.startswith("roadmap="):
                self.cookie = cookie.partition(";")[0]
        kept = HTTPMessage()
        for name, value in answer.headers:
            kept[name] = value
        return Answer(answer.status_code, kept, answer.data, took)


def why(app: Flask, name: str, do: Callable[[], Answer]) -> str:
    """Say in one line how long a deed takes here, how many statements it sends, and what takes the time."""
    do()
    with queries(app) as asked:
        do()
    do()
    took = min(do().milliseconds for _ in range(TIMES))
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(TIMES):
        do()
    profile.disable()
    shares: dict[str, float] = defaultdict(float)
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    for (file, _line, function), row in stats.items():
        shares[_part(file, function)] += row[2]
    total = sum(shares.values())
    told = ", ".join(
        f"{share / total:.0%} {part}" for part, share in sorted(shares.items(), key=lambda one: -one[1])
    )
    return f"  {name}: {took:.1f} ms, {len(asked)} statements: {told}"


def _part(file: str, function: str) -> str:
    for sign, part in PARTS:
        if sign in file:
            return part
    for sign, part in BUILT_IN.items():
        if sign in function:
            return part
    return "Python itself"
