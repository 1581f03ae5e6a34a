"""One place decides between page and partial, and says so to caches."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from flask import flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from roadmap.web.slots import echo


@dataclass(frozen=True)
class Notice:
    """The result of an act, in a sentence; stays until the next act. `undo` is where a press takes it back."""

    text: str
    kind: str = "good"
    links: tuple[tuple[str, str], ...] = ()
    outcome: str = ""
    undo: str = ""

    @property
    def title(self) -> str:
        """How the title of the next page begins, because without JavaScript no live region speaks."""
        return self.outcome or (_("Tersimpan:") if self.kind == "good" else "")


_offers: list[Callable[[], str]] = []


def offer_undo_with(offer: Callable[[], str]) -> None:
    """Have a room tell where the act of this very request can be taken back by its actor; empty where it cannot."""
    _offers[:] = [offer]


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

    Where there is no partial htmx is sent to the result as a whole page. The notice offers to take one's own
    act back where that can be done.
    """
    notice = with_undo(notice) if notice else None
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


def changed_region(partial: str, notice: Notice, status: int = 200) -> Response:
    """Answer htmx with the region as it is after an act, done or held back, and the notice."""
    parts = [Markup(partial), notice_partial(with_undo(notice))]  # noqa: S704 - rendered by our templates
    return make_response(Markup("\n").join(parts), status)


def with_undo(notice: Notice) -> Notice:
    """Have a notice offer to take back what this very request did."""
    undo = notice.undo or next((address for offer in _offers if (address := offer())), "")
    return replace(notice, undo=undo)


def notice_partial(notice: Notice) -> Markup:
    """Render a notice so that htmx puts it into the page's notice region."""
    body = render_template(
        "_notice.html", kind=notice.kind, text=notice.text, links=list(notice.links), undo=notice.undo
    )
    return Markup('<hx-partial hx-target="#notice" hx-swap="innerHTML">{}</hx-partial>').format(
        Markup(body)  # noqa: S704 - rendered by our template
    )


def say_on_this_page(notice: Notice) -> None:
    """Have the page that this very request answers with show a notice."""
    _flash(notice)


def _flash(notice: Notice) -> None:
    said = {
        "text": notice.text,
        "links": list(notice.links),
        "outcome": notice.title,
        "undo": notice.undo,
    }
    flash(said, notice.kind)  # type: ignore[arg-type]
