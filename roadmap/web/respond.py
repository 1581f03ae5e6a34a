"""One place decides between page and partial, and says so to caches."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from roadmap.web.slots import echo


@dataclass(frozen=True)
class Notice:
    """The result of an act, in a sentence; stays until the next act."""

    text: str
    kind: str = "good"
    links: tuple[tuple[str, str], ...] = ()
    outcome: str = ""

    @property
    def title(self) -> str:
        """How the title of the next page begins, because without JavaScript no live region speaks."""
        return self.outcome or (_("Tersimpan:") if self.kind == "good" else "")


def wants_partial() -> bool:
    """Tell whether htmx asked for a region; a history restore or a boosted link gets the page."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def done(
    redirect_to: str,
    notice: Notice | None = None,
    *,
    partial: Callable[[], str] | None = None,
    echoes: Iterable[tuple[str, dict[str, object]]] = (),
) -> Response:
    """Answer an act: 303 to its result; with htmx the changed region, the notice and the echoes.

    Where there is no partial htmx is sent to the result as a whole page.
    """
    if not wants_partial():
        if notice:
            _flash(notice)
        return redirect(redirect_to, 303)
    if partial is None:
        if notice:
            _flash(notice)
        response = make_response("", 204)
        response.headers["HX-Redirect"] = redirect_to
        return response
    parts = [Markup(partial())]  # noqa: S704 - rendered by our templates
    parts += [echo(name, **context) for name, context in echoes]
    if notice:
        parts.append(notice_partial(notice))
    return make_response(Markup("\n").join(parts))


def notice_partial(notice: Notice) -> Markup:
    """Render a notice so that htmx puts it into the page's notice region."""
    body = render_template("_notice.html", kind=notice.kind, text=notice.text, links=list(notice.links))
    return Markup('<hx-partial hx-target="#notice" hx-swap="innerHTML">{}</hx-partial>').format(
        Markup(body)  # noqa: S704 - rendered by our template
    )


def _flash(notice: Notice) -> None:
    flash({"text": notice.text, "links": list(notice.links), "outcome": notice.title}, notice.kind)  # type: ignore[arg-type]
