"""Markdown made safe: the only place that imports markdown, bleach and nh3.

A heading in a text never outranks the page that shows it: `#` becomes h4, `##` h5, every deeper one h6.
An image becomes its alternative text and address as words; raw HTML is shown as it was typed.
"""

import logging
import re
from hashlib import sha256
from xml.etree.ElementTree import Element

import nh3
from bleach.sanitizer import Cleaner
from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.nl2br import Nl2BrExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import (
    AUTOMAIL_RE,
    IMAGE_LINK_RE,
    AutomailInlineProcessor,
    ImageInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markupsafe import Markup, escape

from roadmap.text.cache import BoundedCache
from roadmap.text.guard import may_be_rendered
from roadmap.text.normal import normalise

# Raise it with every change of what `render` gives for a source: results of older ones are then never shown.
RENDERER_VERSION = "1"

MOST_KEPT = 2_000
MOST_KEPT_BYTES = 16_000_000
MOST_TAGS = 4_000
LONGEST_HTML = 300_000

_HEADINGS = {"h1": "h4", "h2": "h5", "h3": "h6", "h4": "h6", "h5": "h6", "h6": "h6"}
_TEXT_TAGS = {"a", "abbr", "blockquote", "br", "code", "em", "h4", "h5", "h6", "hr", "p", "pre", "strong"}
_LIST_TAGS = {"li", "ol", "ul"}
_TABLE_TAGS = {"table", "tbody", "td", "th", "thead", "tr"}
_TAGS = frozenset(_TEXT_TAGS | _LIST_TAGS | _TABLE_TAGS)
_ATTRIBUTES = {"a": ["href", "title"], "abbr": ["title"]}
_SCHEMES = frozenset({"http", "https", "mailto"})
_SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\"<>][^\"<>]*", re.IGNORECASE)
_LINK_REL = "noopener noreferrer nofollow ugc"

_log = logging.getLogger(__name__)
_kept = BoundedCache(most=MOST_KEPT, most_bytes=MOST_KEPT_BYTES)


class _TooMuchMarkup(Exception):
    """The parser made more of a text than the sanitisers should be given."""


def render(source: str) -> Markup:
    """Give the source as safe HTML in one element that htmx ignores.

    A text beyond the bounds of `guard`, or one that a parser fails on, comes escaped with its line breaks
    (class `prose-plain`). The result is kept by content, in a bounded cache. Raises nothing.
    """
    key = _content_hash(source)
    prose = _kept.find(key)
    if prose is None:
        prose = _prose(normalise(source))
        if prose is None:
            return _plain_prose(normalise(source))
        _kept.keep(key, prose)
    return Markup(prose)  # noqa: S704  # what bleach and nh3 have let through


def forget_rendered() -> None:
    """Empty the cache; only speed is lost."""
    _kept.clear()


def _content_hash(source: str) -> bytes:
    return sha256(f"{RENDERER_VERSION}\n{source}".encode("utf-8", "surrogatepass")).digest()


def _prose(source: str) -> str | None:
    if not may_be_rendered(source):
        return None
    try:
        return f'<div hx-ignore class="prose">{_sanitised(_parsed(source))}</div>'
    except _TooMuchMarkup:
        return None
    except Exception:  # noqa: BLE001
        # Whatever a parser trips over, RecursionError included, the reader still gets the words.
        _log.exception("a text of %d characters was shown plain", len(source))
        return None


def _plain_prose(source: str) -> Markup:
    lines = escape(source).replace("\n", Markup("<br>\n"))
    return Markup('<div hx-ignore class="prose prose-plain">{}</div>').format(lines)


def _parsed(source: str) -> str:
    html = _parser().convert(source)
    if html.count("<") + html.count("&") > MOST_TAGS or len(html) > LONGEST_HTML:
        raise _TooMuchMarkup
    return html


def _sanitised(html: str) -> str:
    cleaner = Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, protocols=_SCHEMES, strip=True)
    return nh3.clean(
        cleaner.clean(html),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(_SCHEMES),
        url_relative="deny",
        link_rel=_LINK_REL,
        generic_attribute_prefixes=set(),
    )


def _parser() -> Markdown:
    # A new one each time: a parser remembers definitions, and after an error half a text.
    parser = Markdown(
        extensions=[TableExtension(), SaneListExtension(), Nl2BrExtension(), AbbrExtension()],
        output_format="html",
    )
    parser.preprocessors.deregister("html_block")
    parser.postprocessors.deregister("raw_html")
    for name in ("html", "entity", "image_reference", "short_image_ref"):
        parser.inlinePatterns.deregister(name)
    parser.inlinePatterns.register(_ImageAsWords(IMAGE_LINK_RE, parser), "image_link", 150)
    parser.inlinePatterns.register(_Automail(AUTOMAIL_RE, parser), "automail", 110)
    parser.treeprocessors.register(_HouseRules(parser), "house_rules", 5)
    return parser


class _ImageAsWords(ImageInlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        image, start, end = super().handleMatch(m, data)
        if not isinstance(image, Element):
            return None, None, None
        words, address = image.get("alt", ""), image.get("src", "")
        return f"{words} ({address})" if words and address else words or address, start, end


class _Automail(AutomailInlineProcessor):
    """Without the entities that the original makes of each character: they hide nothing, cost tenfold."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        address = self.unescape(m.group(1)).removeprefix("mailto:")
        link = Element("a", href=f"mailto:{address}")
        link.text = AtomicString(address)
        return link, m.start(0), m.end(0)


class _HouseRules(Treeprocessor):
    """Lower the headings and unmake the links that lead nowhere allowed."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            element.tag = _HEADINGS.get(element.tag, element.tag)
            if element.tag == "a" and not _SAFE_ADDRESS.fullmatch(element.get("href", "")):
                element.tag = "span"
