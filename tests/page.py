"""The looking client: every page it is given, it looks at, as a careful person would; then it can be asked.

    page = client.get("/actions/42")
    assert page.region("action-42-card").text == "Pelatihan petugas Disnaker, 2027"
    page = client.submit(page, "action-42-form", {"title": "Pelatihan petugas loket"})
    assert page.status == 200

A form is posted as a browser posts it: with the fields that stand in it, the tokens among them, changed where the
test says so; a field that is not there cannot be filled. CSRF stays on.
"""

import contextvars
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

CSRF = "csrf_token"
ACT_KEY = "act_key"
NO_ACT_KEY = "data-no-act-key"
MOST_REDIRECTS = 10
REDIRECTS = frozenset({301, 302, 303, 307, 308})
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
NOT_FILLED = frozenset({"submit", "button", "reset", "image"})
NEEDS_NO_LABEL = NOT_FILLED | {"hidden"}


class Region:
    """A part of a page."""

    def __init__(self, tag: Tag) -> None:
        self.tag = tag

    @cached_property
    def text(self) -> str:
        """The words, with single spaces."""
        return _words(self.tag)

    @property
    def id(self) -> str:
        return _attribute(self.tag, "id")

    @property
    def classes(self) -> list[str]:
        return list(self.tag.get_attribute_list("class"))

    def __getitem__(self, attribute: str) -> str:
        return _attribute(self.tag, attribute)

    def __contains__(self, words: str) -> bool:
        return words in self.text

    def all(self, selector: str) -> "list[Region]":
        """Every part that a CSS selector finds."""
        return [Region(tag) for tag in self.tag.select(selector)]

    def one(self, selector: str) -> "Region":
        """The only part that a CSS selector finds."""
        found = self.tag.select(selector)
        assert len(found) == 1, f"{selector} finds {len(found)}"
        return Region(found[0])

    def has(self, selector: str) -> bool:
        return self.tag.select_one(selector) is not None

    def region(self, id: str) -> "Region":
        """The part with this id."""
        found = self.tag.find(id=id)
        assert isinstance(found, Tag), f"no region {id!r}; there are: {', '.join(_ids(self.tag)) or 'none'}"
        return Region(found)

    def has_region(self, id: str) -> bool:
        return self.tag.find(id=id) is not None

    @property
    def links(self) -> dict[str, str]:
        """Words (or the accessible name) and address of every link."""
        return {_name(tag): _attribute(tag, "href") for tag in self.tag.select("a[href]")}

    def link(self, words: str) -> str:
        """The address of the link with these words."""
        assert words in self.links, f"no link {words!r}; there are: {', '.join(self.links)}"
        return self.links[words]

    @property
    def rows(self) -> list[list[str]]:
        """The words of the cells of every table row."""
        return [[_words(cell) for cell in row.select("th, td")] for row in self.tag.select("tr")]

    def form(self, which: str) -> "Form":
        """The form with this id, this action, or an action that ends so."""
        forms = [tag for tag in self.tag.select("form") if which in {tag.get("id"), tag.get("action")}]
        forms = forms or [
            tag for tag in self.tag.select("form") if urlsplit(_attribute(tag, "action")).path.endswith(which)
        ]
        there = [f"{tag.get('id') or '-'} → {tag.get('action')}" for tag in self.tag.select("form")]
        if (
            len({str(tag) for tag in forms}) == 1
        ):  # a menu for wide screens and one for small ones hold the same form
            forms = forms[:1]
        assert len(forms) == 1, f"{len(forms)} forms {which!r}; there are: {', '.join(there) or 'none'}"
        return Form(forms[0])

    def has_form(self, which: str) -> bool:
        return any(
            which in {tag.get("id"), tag.get("action")}
            or urlsplit(_attribute(tag, "action")).path.endswith(which)
            for tag in self.tag.select("form")
        )


class Page(Region):
    """An answer that has been looked at. Of an answer that is no HTML only status, headers, body and json hold."""

    def __init__(self, answer: TestResponse) -> None:
        self.answer = answer
        self.status: int = answer.status_code
        self.headers = answer.headers
        self.location: str | None = answer.headers.get("Location")
        self.address: str = answer.request.full_path.rstrip("?")
        self.path: str = answer.request.path
        self.body: bytes = answer.get_data()
        self.is_html = answer.mimetype == "text/html"
        self.html: str = self.body.decode() if self.is_html else ""
        super().__init__(BeautifulSoup(self.html, "html.parser"))
        self.is_whole = self.tag.find("html") is not None
        if self.is_html and self.html.strip() and self.status not in REDIRECTS:
            self.look()

    def look(self) -> None:
        """Fail with everything that is wrong with the page."""
        wrong = list(faults(self.html, self.tag, whole=self.is_whole))
        assert not wrong, f"{self.address} ({self.status}):\n  " + "\n  ".join(wrong)

    @property
    def title(self) -> str:
        return _words(self._only("title"))

    @property
    def heading(self) -> str:
        return _words(self._only("h1"))

    @property
    def language(self) -> str:
        return _attribute(self._only("html"), "lang")

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def token(self) -> str | None:
        """A CSRF token that stands on the page."""
        found = self.tag.select_one(f'input[name="{CSRF}"]')
        if found is not None:
            return _attribute(found, "value")
        found = self.tag.select_one('meta[name="csrf-token"]')
        return None if found is None else _attribute(found, "content")

    def _only(self, selector: str) -> Tag:
        return self.one(selector).tag


@dataclass
class Form:
    """A form as it stands on a page."""

    tag: Tag
    fields: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = {}
        for name, value in self._sent():
            if name not in self.fields:
                self.fields[name] = value
            elif isinstance(self.fields[name], list):
                self.fields[name].append(value)
            else:
                self.fields[name] = [self.fields[name], value]

    @property
    def id(self) -> str:
        return _attribute(self.tag, "id")

    @property
    def action(self) -> str:
        return _attribute(self.tag, "action")

    @property
    def method(self) -> str:
        return _attribute(self.tag, "method").upper()

    @property
    def names(self) -> list[str]:
        """The names of all that can be filled or pressed, each once."""
        return list(dict.fromkeys(_attribute(tag, "name") for tag in self._controls() if tag.get("name")))

    @property
    def buttons(self) -> list[str]:
        return [_name(tag) for tag in self._buttons()]

    def choices(self, name: str) -> dict[str, str]:
        """The values and words of a list, of radio buttons or of check boxes."""
        found: dict[str, str] = {}
        for tag in self._controls():
            if tag.get("name") != name:
                continue
            if tag.name == "select":
                found |= {_option(option): _words(option) for option in tag.select("option:not([disabled])")}
            elif tag.get("type") in {"radio", "checkbox"}:
                found[_attribute(tag, "value") or "on"] = _label(tag)
        return found

    def filled(self, changes: Mapping[str, Any], *, press: str | None = None) -> dict[str, Any]:
        """Give what a browser would send after these changes; None empties a box or a list."""
        sent = dict(self.fields)
        for name, value in changes.items():
            assert name in self.names, (
                f"form {self.action} has no field {name!r}; it has: {', '.join(self.names)}"
            )
            offered = self.choices(name)
            wanted = [value] if isinstance(value, str) else value
            if offered and wanted is not None:
                strange = [one for one in wanted if one not in offered]
                assert not strange, f"{name}: {strange} is not offered; there are: {', '.join(offered)}"
            if value is None:
                sent.pop(name, None)
            else:
                sent[name] = list(value) if isinstance(value, set | frozenset) else value
        buttons = self._buttons()
        if press is not None:
            buttons = [tag for tag in buttons if press in {_name(tag), tag.get("value"), tag.get("name")}]
            assert len(buttons) == 1, (
                f"form {self.action}: no one button {press!r}; there are: {self.buttons}"
            )
        if buttons and (name := _attribute(buttons[0], "name")):
            sent[name] = _attribute(buttons[0], "value")
        return sent

    def goes_to(self, press: str | None = None) -> str:
        """Tell the address, which a pressed button may change."""
        for tag in self._buttons():
            if press in {_name(tag), tag.get("value"), tag.get("name")} and tag.get("formaction"):
                return _attribute(tag, "formaction")
        return self.action

    def _controls(self) -> list[Tag]:
        inside = [tag for tag in _tags(self.tag, *CONTROLS) if not tag.get("form")]
        beside = _having(_root(self.tag), "form").get(self.id, []) if self.id else []
        return [
            tag
            for tag in [*inside, *beside]
            if not tag.has_attr("disabled") and not _disabled_by_fieldset(tag)
        ]

    def _buttons(self) -> list[Tag]:
        return [
            tag
            for tag in self._controls()
            if (tag.name == "button" and (tag.get("type") or "submit") == "submit")
            or (tag.name == "input" and tag.get("type") in {"submit", "image"})
        ]

    def _sent(self) -> Iterator[tuple[str, str]]:
        for tag in self._controls():
            name, kind = _attribute(tag, "name"), _attribute(tag, "type").lower()
            if not name or tag.name == "button" or kind in NOT_FILLED | {"file"}:
                continue
            if tag.name == "select":
                options = tag.select("option:not([disabled])")
                chosen = [option for option in options if option.has_attr("selected")]
                if not chosen and not tag.has_attr("multiple"):
                    chosen = options[:1]
                yield from ((name, _option(option)) for option in chosen)
            elif tag.name == "textarea":
                # A browser drops the first line break and sends the others as CRLF.
                words = tag.get_text().removeprefix("\r\n").removeprefix("\n")
                yield name, re.sub(r"\r?\n", "\r\n", words)
            elif kind in {"checkbox", "radio"}:
                if tag.has_attr("checked"):
                    yield name, _attribute(tag, "value") or "on"
            else:
                yield name, _attribute(tag, "value")


class LookingClient:
    """One person's browser without script: it keeps cookies, looks at every page, and sends forms."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.raw: FlaskClient = app.test_client()
        self.last: Page | None = None
        self.token: str | None = None

    def get(self, address: str, *, follow: bool = False, htmx: bool | str = False, **more: Any) -> Page:
        """Ask for a page; `htmx` asks as htmx does, with the target's id if it is given."""
        return self._open("GET", address, follow=follow, htmx=htmx, **more)

    def post(
        self,
        address: str,
        data: Mapping[str, Any] | None = None,
        *,
        follow: bool = False,
        htmx: bool | str = False,
        token: bool = True,
        **more: Any,
    ) -> Page:
        """Post something that no form of a page would send. The CSRF token of the last page goes along unless `token=False`."""
        sent = dict(data or {})
        if token and self.token and CSRF not in sent:
            sent[CSRF] = self.token
        return self._open("POST", address, follow=follow, htmx=htmx, data=sent, **more)

    def submit(
        self,
        page: Region,
        form: str | Form,
        changes: Mapping[str, Any] | None = None,
        *,
        press: str | None = None,
        follow: bool = True,
        htmx: bool | str = False,
        **more: Any,
    ) -> Page:
        """Send a form of a page as a browser would, with these changes; `press` names a button if there are several."""
        form = page.form(form) if isinstance(form, str) else form
        sent = form.filled(changes or {}, press=press)
        base = page.address if isinstance(page, Page) else (self.last.address if self.last else "/")
        address = urljoin(base, form.goes_to(press) or base)
        if form.method == "GET":
            return self._open("GET", address, follow=follow, htmx=htmx, query_string=sent, **more)
        return self._open("POST", address, follow=follow, htmx=htmx, data=sent, **more)

    def follow(self, page: Region, words: str) -> Page:
        """Follow the link with these words."""
        base = page.address if isinstance(page, Page) else (self.last.address if self.last else "/")
        return self.get(urljoin(base, page.link(words)), follow=True)

    def sign_in(self, person: Any) -> str:
        """Be signed in as a person, without going through the page; gives the session's token."""
        from tests.cast import sign_in

        return sign_in(self, person)

    def forget(self) -> None:
        """Lose the cookies, as when a session ends."""
        self.raw = self.app.test_client()

    def another(self) -> Self:
        """Give another browser, with no cookies."""
        return type(self)(self.app)

    def _open(self, method: str, address: str, *, follow: bool, htmx: bool | str, **more: Any) -> Page:
        headers = dict(more.pop("headers", None) or {})
        if htmx:
            headers |= {"HX-Request": "true"} | ({"HX-Target": htmx} if isinstance(htmx, str) else {})
        page = self._look(_apart(self.raw.open, _local(address), method=method, headers=headers, **more))
        steps = 0
        while follow and page.status in REDIRECTS and page.location:
            steps += 1
            assert steps <= MOST_REDIRECTS, f"{address} redirects without end"
            assert page.status in {301, 302, 303} or method == "GET", (
                f"{address} asks to post again: {page.status}"
            )
            page = self._look(
                _apart(self.raw.get, _local(urljoin(page.address, page.location)), headers=headers)
            )
        return page

    def _look(self, answer: TestResponse) -> Page:
        page = Page(answer)
        answer.close()
        self.last = page
        self.token = page.token or self.token
        return page


def _apart(ask: Callable[..., TestResponse], *args: Any, **more: Any) -> TestResponse:
    """Ask outside the test's own application context, whose session and signed-in person a request would share."""
    return contextvars.Context().run(ask, *args, **more)


def _local(address: str) -> str:
    """Give an address without its host, which must be ours."""
    parts = urlsplit(address)
    assert parts.hostname in {None, "localhost", "127.0.0.1"}, f"{address} leads out of the house"
    return parts._replace(scheme="", netloc="", fragment="").geturl() or "/"


# --- what a careful person sees


def faults(html: str, soup: Tag, *, whole: bool) -> Iterator[str]:
    """Tell everything that is wrong with a page, or with a fragment of one."""
    if whole:
        yield from _frame_faults(soup)
    yield from Balance(html).faults
    yield from (f"the id {id!r} stands {n} times" for id, n in Counter(_ids(soup)).items() if n > 1)
    yield from _inline_faults(soup)
    for form in _tags(soup, "form"):
        yield from _form_faults(form)
    for tag in _tags(soup, "input", "select", "textarea"):
        if tag.get("type") not in NEEDS_NO_LABEL and not tag.has_attr("hidden") and not _label(tag):
            yield f"no label: {_short(tag)}"
    for tag in _tags(soup, "a", "button", "summary", "input"):
        if not _is_pressed(tag):
            continue
        if not _name(tag):
            yield f"no words: {_short(tag)}"
    yield from _picture_faults(soup)
    if whole:
        yield from _reference_faults(soup)


def _frame_faults(soup: Tag) -> Iterator[str]:
    headings = _tags(soup, "h1")
    titles = [tag for tag in _tags(soup, "title") if tag.parent and tag.parent.name == "head"]
    if len(headings) != 1:
        yield f"{len(headings)} h1 instead of one"
    if len(titles) != 1 or not _words(titles[0]):
        yield "no title" if len(titles) < 2 else f"{len(titles)} titles"
    if not any(root.get("lang") for root in _tags(soup, "html")):
        yield "html has no lang"
    if not _tags(soup, "main"):
        yield "no main"


def _inline_faults(soup: Tag) -> Iterator[str]:
    for tag in _all(soup):
        if tag.name == "style" or (
            tag.name == "script" and not tag.get("src") and tag.get("type") != "application/json"
        ):
            yield f"inline {tag.name}: {_short(tag)}"
        for name, value in tag.attrs.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"attribute {name}: {_short(tag)}"
            elif name in {"href", "src", "action", "formaction"} and str(value).strip().lower().startswith(
                "javascript:"
            ):
                yield f"script in {name}: {_short(tag)}"


def _form_faults(form: Tag) -> Iterator[str]:
    method = _attribute(form, "method").upper()
    if not form.get("action"):
        yield f"form without action: {_short(form)}"
    if method not in {"GET", "POST"}:
        yield f"form without method: {_short(form)}"
    names = Form(form).names
    if method == "POST":
        if CSRF not in names:
            yield f"form without {CSRF}: {_short(form)}"
        if ACT_KEY not in names and not form.has_attr(NO_ACT_KEY):
            yield f"form without {ACT_KEY}: {_short(form)}"
    elif CSRF in names:
        yield f"form gives {CSRF} away in an address: {_short(form)}"


def _picture_faults(soup: Tag) -> Iterator[str]:
    for tag in _tags(soup, "img"):
        if not tag.has_attr("alt"):
            yield f"no alt: {_short(tag)}"
    for tag in _tags(soup, "svg"):
        if tag.get("aria-hidden") != "true" and not (
            _name(tag) or tag.find_parent(attrs={"aria-hidden": "true"})
        ):
            yield f"picture neither named nor hidden: {_short(tag)}"


def _reference_faults(soup: Tag) -> Iterator[str]:
    ids = set(_ids(soup))
    for tag in _tags(soup, "a"):
        address = _attribute(tag, "href")
        target = address[1:] if address.startswith("#") else ""
        if target and target != "top" and target not in ids:
            yield f"leads nowhere: {_short(tag)}"
    for name in ("for", "aria-labelledby", "aria-describedby"):
        for named, tags in _having(soup, name).items():
            for target in named.split():
                if target not in ids:
                    yield f"{name}={target!r} points nowhere: {_short(tags[0])}"


class Balance(HTMLParser):
    """Finds tags that are closed wrongly or never."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> has {name} twice" for name, n in Counter(names).items() if n > 1]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Accept `<path … />`."""

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag not in self.open:
            self.faults.append(f"</{tag}> closes nothing, line {self.getpos()[0]}")
            return
        while (inner := self.open.pop()) != tag:
            self.faults.append(f"<{inner}> is not closed before </{tag}>, line {self.getpos()[0]}")


# --- reading tags


def _attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return "" if value is None else " ".join(value) if isinstance(value, list) else str(value)


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split()) if tag.find(True) is None else _joined(tag)


def _joined(tag: Tag) -> str:
    """Join the words as they are seen: inline tags do not tear a word apart."""
    parts: list[str] = []
    for part in tag.descendants:
        if isinstance(part, Tag):
            if part.name not in INLINE:
                parts.append(" ")
        elif part.parent is not None and part.parent.name not in {"script", "template"} and type(part).__name__ not in {
            "Comment", "Doctype",
        }:  # fmt: skip
            parts.append(str(part))
            if part.parent.name not in INLINE and part.next_sibling is None:
                parts.append(" ")
    return " ".join("".join(parts).split())


CONTROLS = ("input", "select", "textarea", "button")
INLINE = frozenset(
    "a abbr b bdi cite code del em i ins kbd mark q s small span strong sub sup time u var".split()
)


def _ids(tag: Tag) -> list[str]:
    return [_attribute(found, "id") for found in _all(tag) if found.has_attr("id")]


def _all(tag: Tag) -> list[Tag]:
    """Give all tags within a tag; read once, because nobody changes a page that was answered."""
    held: list[Tag] | None = vars(tag).get("_all")
    if held is None:
        held = vars(tag)["_all"] = [one for one in tag.descendants if isinstance(one, Tag)]
    return held


def _tags(tag: Tag, *names: str) -> list[Tag]:
    return [one for one in _all(tag) if one.name in names]


def _having(tag: Tag, attribute: str) -> dict[str, list[Tag]]:
    """Give the tags within a tag that have an attribute, by its value."""
    key = f"_having {attribute}"
    held: dict[str, list[Tag]] | None = vars(tag).get(key)
    if held is None:
        held = vars(tag)[key] = defaultdict(list)
        for one in _all(tag):
            if one.has_attr(attribute):
                held[_attribute(one, attribute)].append(one)
    return held


def _is_pressed(tag: Tag) -> bool:
    if tag.name == "a":
        return tag.has_attr("href")
    return tag.name != "input" or tag.get("type") in {"submit", "button"}


def _option(tag: Tag) -> str:
    return _attribute(tag, "value") if tag.has_attr("value") else _words(tag)


def _root(tag: Tag) -> Tag:
    parents = list(tag.parents)
    return parents[-1] if parents else tag


def _named_by(tag: Tag) -> str:
    """Read aria-labelledby and aria-label."""
    root = _root(tag)
    named = _attribute(tag, "aria-labelledby").split()
    parts = [part for id in named for part in _having(root, "id").get(id, [])[:1]]
    words = " ".join(_words(part) for part in parts)
    return words or _attribute(tag, "aria-label").strip()


def _name(tag: Tag) -> str:
    """Give the accessible name of a link, a button or a picture."""
    if words := _named_by(tag):
        return words
    if tag.name == "input":
        return _attribute(tag, "value") or _attribute(tag, "alt")
    if tag.name == "svg":
        title = tag.find("title")
        return _words(title) if isinstance(title, Tag) else ""
    pictures = " ".join(_attribute(image, "alt") for image in _tags(tag, "img"))
    return " ".join(f"{_words(tag)} {pictures}".split())


def _label(tag: Tag) -> str:
    """Give the words of a field's label."""
    if words := _named_by(tag):
        return words
    wrapping = tag.find_parent("label")
    if wrapping is not None:
        return _words(wrapping)
    labels = _having(_root(tag), "for").get(_attribute(tag, "id"), []) if tag.get("id") else []
    return next((_words(label) for label in labels if label.name == "label"), "")


def _disabled_by_fieldset(tag: Tag) -> bool:
    return any(parent.has_attr("disabled") for parent in tag.find_parents("fieldset"))


def _short(tag: Tag) -> str:
    attributes = "".join(f' {name}="{_attribute(tag, name)[:40]}"' for name in tag.attrs)
    return f"<{tag.name}{attributes}> {_words(tag)[:40]}".strip()
