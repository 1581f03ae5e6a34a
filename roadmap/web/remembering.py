"""A reader's language and look, kept in the cookie of their session: a page made without the database needs them."""

from flask import Flask, Response, g, session
from flask_login import AnonymousUserMixin

# What everybody has who chose nothing; only what differs from it is kept.
USUAL = {"language": "id", "theme": "auto"}
_OWN = "own"


class Unasked(AnonymousUserMixin):
    """Somebody the database could not be asked about: nobody is named, but their language and look are kept."""

    def __init__(self) -> None:
        """Read what the session's cookie knows of them."""
        own = session.get(_OWN, {})
        self.language = str(own.get("language", USUAL["language"]))
        self.theme = str(own.get("theme", USUAL["theme"]))


def register(app: Flask) -> None:
    """Note on each answer to somebody signed in what differs from what is noted."""
    app.after_request(_note)


def _note(response: Response) -> Response:
    reader = vars(g.get("_login_user") or object) if not g.get("is_without_database") else {}
    if not all(isinstance(reader.get(name), str) for name in USUAL):
        return response  # nobody, or not read again after a rollback: no query only for this
    own = {name: reader[name] for name, usual in USUAL.items() if reader[name] != usual}
    if own != session.get(_OWN, {}):
        session[_OWN] = own
    return response
