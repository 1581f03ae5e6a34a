"""Markdown made safe: what is shown, what never gets through, and how long it may take."""

import logging
import threading
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from roadmap.text import guard, markdown
from roadmap.text.cache import BoundedCache
from roadmap.text.markdown import forget_rendered, render
from tests.text.hostile_strings import HOSTILE_STRINGS
from tests.text.slow_patterns import SLOW_PATTERNS

ALLOWED_TAGS = set(
    "a abbr blockquote br code em h4 h5 h6 hr li ol p pre strong table tbody td th thead tr ul".split(),
)
ALLOWED_ATTRIBUTES = {"a": {"href", "title", "rel"}, "abbr": {"title"}}
NEVER_CLOSED = {"br", "hr"}


class Dom(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.oddities: list[str] = []
        self._open: list[str] = []
        self.feed(str(html))
        self.close()
        self.oddities += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in NEVER_CLOSED:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.oddities.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        self.oddities.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.oddities.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.oddities.append(f"instruction {data}")

    def unknown_decl(self, data: str) -> None:
        self.oddities.append(f"declaration {data}")


def assert_harmless(html: str) -> Dom:
    dom = Dom(html)
    assert dom.oddities == []
    assert dom.elements[0][0] == "div"
    assert dom.elements[0][1].keys() == {"hx-ignore", "class"}
    for tag, attributes in dom.elements[1:]:
        assert tag in ALLOWED_TAGS
        assert attributes.keys() <= ALLOWED_ATTRIBUTES.get(tag, set())
        # A sanitiser takes off an address it cannot read; what is left leads nowhere.
        if "href" in attributes:
            assert (attributes["href"] or "").lower().startswith(("http://", "https://", "mailto:"))
            assert attributes["rel"] == "noopener noreferrer nofollow ugc"
    return dom


def inner(source: str) -> str:
    html = str(render(source))
    before, after = '<div hx-ignore class="prose">', "</div>"
    assert html.startswith(before)
    assert html.endswith(after)
    return html[len(before) : -len(after)]


def is_plain(html: Markup) -> bool:
    return html.startswith('<div hx-ignore class="prose prose-plain">')


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    forget_rendered()


# --- what is shown --------------------------------------------------------------------------------------

REL = 'rel="noopener noreferrer nofollow ugc"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        ("Hak **atas** *air*", "<p>Hak <strong>atas</strong> <em>air</em></p>"),
        ("satu\ndua", "<p>satu<br>\ndua</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("> kutip", "<blockquote>\n<p>kutip</p>\n</blockquote>"),
        ("`a<b`", "<p><code>a&lt;b</code></p>"),
        ("    kode", "<pre><code>kode\n</code></pre>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("HAM\n\n*[HAM]: Hak Asasi", '<p><abbr title="Hak Asasi">HAM</abbr></p>'),
        ('[a](https://b.id "c")', f'<p><a href="https://b.id" title="c" {REL}>a</a></p>'),
        ("<https://b.id/c_d>", f'<p><a href="https://b.id/c_d" {REL}>https://b.id/c_d</a></p>'),
        ("<a@b.id>", f'<p><a href="mailto:a@b.id" {REL}>a@b.id</a></p>'),
        ("[a](mailto:a@b.id)", f'<p><a href="mailto:a@b.id" {REL}>a</a></p>'),
        ("![peta](https://b.id/c.png)", "<p>peta (https://b.id/c.png)</p>"),
        ("![](https://b.id/c.png)", "<p>https://b.id/c.png</p>"),
        ("<b>tebal</b>", "<p>&lt;b&gt;tebal&lt;/b&gt;</p>"),
        ("[a](javascript:b)", "<p>a</p>"),
        ("[a](/roadmaps/3)", "<p>a</p>"),
        ("Rp 5 & 6 < 7", "<p>Rp 5 &amp; 6 &lt; 7</p>"),
        (
            "|a|\n|-|\n|1|",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>",
        ),
    ],
)
def test_a_source_is_shown_as(source: str, html: str) -> None:
    assert inner(source) == html


@pytest.mark.parametrize(
    ("source", "tag"),
    [("# a", "h4"), ("## a", "h5"), ("### a", "h6"), ("###### a", "h6"), ("a\n===", "h4"), ("a\n---", "h5")],
)
def test_a_heading_never_outranks_the_page(source: str, tag: str) -> None:
    assert inner(source) == f"<{tag}>a</{tag}>"


def ordinary_text() -> str:
    words = "Pemerintah kota menjamin hak atas air bersih bagi semua warga, tanpa kecuali. " * 6
    links = "\n".join(
        f"- [tautan {number}](https://contoh.id/bab/{number}) dan **butir**" for number in range(30)
    )
    nested = "\n".join(f"{number}. langkah\n    - rinci\n    - rinci lain" for number in range(1, 16))
    rows = "\n".join(f"| {2025 + number} | Perbaikan | {number}.000.000 | APBD |" for number in range(50))
    table = f"| Tahun | Kegiatan | Anggaran | Sumber |\n|---|---|---:|---|\n{rows}"
    return "\n\n".join(["# Judul", *[words] * 14, links, nested, table, "> kutipan"])


def test_an_ordinary_long_text_is_rendered_in_full() -> None:
    source = ordinary_text()
    assert len(source) > 10_000
    dom = assert_harmless(render(source))
    tags = [tag for tag, _ in dom.elements]
    assert not is_plain(render(source))
    assert [tags.count(tag) for tag in ("tr", "a", "strong", "ol", "blockquote", "h4")] == [
        51,
        30,
        30,
        1,
        1,
        1,
    ]


def test_prose_of_twenty_thousand_characters_is_rendered_and_one_more_is_shown_plain() -> None:
    source = "\n\n".join(["Kelompok rentan ikut merencanakan." * 10] * 60)
    source = source[: guard.LONGEST_SOURCE - 1] + "a"
    assert not is_plain(render(source))
    assert is_plain(render(source + "a"))


def test_a_text_beyond_the_bounds_keeps_its_words_and_lines() -> None:
    source = "[" * 20_000 + "\n<b>a & b</b>"
    html = render(source)
    assert html.endswith("[[[<br>\n&lt;b&gt;a &amp; b&lt;/b&gt;</div>")
    assert assert_harmless(html).words == source


def test_a_text_the_parser_fails_on_is_shown_plain(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_source: str) -> str:
        raise RecursionError

    monkeypatch.setattr(markdown, "_parsed", fail)
    with caplog.at_level(logging.ERROR):
        assert is_plain(render("satu *dua*"))
    assert "satu" not in caplog.messages[0]


def test_definitions_of_one_text_are_unknown_to_the_next() -> None:
    render("*[HAM]: Hak Asasi\n\n[a]: https://b.id")
    assert inner("HAM [a]") == "<p>HAM [a]</p>"


# --- what never gets through ----------------------------------------------------------------------------


def test_the_corpus_of_hostile_strings_is_large_enough() -> None:
    assert len(set(HOSTILE_STRINGS)) >= 60


@pytest.mark.parametrize(
    "frame",
    ["{}", "- {}", "> {}", "# {}", "|a|b|\n|-|-|\n|{}|b|", "**{}**", "[{}](https://a.id)", "a\n{}\nb"],
)
@pytest.mark.parametrize("hostile", HOSTILE_STRINGS)
def test_a_hostile_string_stays_words(hostile: str, frame: str) -> None:
    assert_harmless(render(frame.replace("{}", hostile)))


def test_a_script_link_is_not_a_link() -> None:
    assert "<a" not in render("[a](javascript:alert(1)) [b](data:text/html,x) [c](//d.id) <javascript://e>")


FRAGMENTS = st.sampled_from(
    [
        *HOSTILE_STRINGS,
        *"[]()<>*_`#|\\&!:\"'-=+.\n\t ",
        *(
            "\n\n",
            "    ",
            "](",
            "![",
            "> ",
            "- ",
            "1. ",
            "](https://a.id",
            "javascript:",
            "onclick=",
            "hx-get=",
            "<a href=",
            "*[a]: ",
        ),
        *("\x00", "\x02", "\x03", "\ud800", "\u202e", "a", "é", "HAM"),
    ],
)
HOSTILE_TEXT = st.lists(st.one_of(FRAGMENTS, st.text(max_size=5)), max_size=25).map("".join)


@settings(max_examples=250, deadline=None)
@given(HOSTILE_TEXT)
def test_no_text_brings_an_attribute_or_a_tag_of_its_own(source: str) -> None:
    assert_harmless(render(source))


# --- how long it may take -------------------------------------------------------------------------------

LONGEST_WAIT = 0.3


def seconds_to_render(source: str) -> float:
    """The better of two runs in processor time, so that a busy machine cannot fail a text."""
    best = float("inf")
    for _ in range(2):
        forget_rendered()
        started = time.process_time()
        render(source)
        best = min(best, time.process_time() - started)
        if best < LONGEST_WAIT / 3:
            break
    return best


def largest_admitted(pattern: str) -> str:
    low, high = 0, 20_000
    while high - low > 100:
        middle = (low + high) // 2
        low, high = (middle, high) if guard.may_be_rendered(SLOW_PATTERNS[pattern](middle)) else (low, middle)
    return SLOW_PATTERNS[pattern](low)


@pytest.mark.parametrize("pattern", SLOW_PATTERNS)
def test_a_slow_pattern_is_shown_in_time_at_every_size(pattern: str) -> None:
    sources = [SLOW_PATTERNS[pattern](size) for size in (300, 3_000, 19_900, 60_000)]
    for source in (*sources, largest_admitted(pattern)):
        assert seconds_to_render(source) < LONGEST_WAIT


SLOW_UNITS = st.sampled_from(
    sorted(
        {
            *"[]()<>*_`#|\\&!\"' \n",
            "](",
            "- ",
            "> ",
            "    ",
            "`a`",
            "*a ",
            "[a](b)",
            "\\`",
            "<http://a>",
            "---\n",
            "[a]: b\n",
            "*[a]: b\n",
            "|a|b|\n|-|-|\n",
            "\n\n",
            "- a\n\n",
            "é",
            "kata ",
        }
    )
)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(SLOW_UNITS, max_size=4),
    st.lists(SLOW_UNITS, min_size=1, max_size=6),
    st.integers(0, 20_000),
    st.lists(SLOW_UNITS, max_size=3),
)
def test_any_mixture_is_shown_in_time(
    before: list[str], repeated: list[str], size: int, after: list[str]
) -> None:
    unit = "".join(repeated)
    source = "".join([*before, unit * (size // len(unit) + 1), *after])
    assert seconds_to_render(source) < LONGEST_WAIT


@pytest.mark.parametrize("pattern", SLOW_PATTERNS)
def test_the_guard_itself_is_quick(pattern: str) -> None:
    source = SLOW_PATTERNS[pattern](19_900)
    started = time.process_time()
    guard.may_be_rendered(source)
    assert time.process_time() - started < LONGEST_WAIT / 3


# --- what is kept ---------------------------------------------------------------------------------------


def test_a_text_is_rendered_once_and_again_after_the_memory_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    really = markdown._parsed
    monkeypatch.setattr(markdown, "_parsed", lambda source: parsed.append(source) or really(source))
    first, second = render("*a*"), render("*a*")
    forget_rendered()
    assert first == second == render("*a*")
    assert parsed == ["*a*", "*a*"]


def test_another_version_of_the_renderer_shows_nothing_old(monkeypatch: pytest.MonkeyPatch) -> None:
    render("*a*")
    monkeypatch.setattr(markdown, "RENDERER_VERSION", "another")
    monkeypatch.setattr(markdown, "_parsed", lambda _source: "<p>baru</p>")
    assert inner("*a*") == "<p>baru</p>"


def test_hostile_texts_are_not_kept() -> None:
    for number in range(50):
        render("[" * 20_000 + str(number))
    assert markdown._kept.size() == (0, 0)


def test_the_cache_keeps_the_last_asked_for_within_its_bounds() -> None:
    cache = BoundedCache(most=2, most_bytes=10_000)
    for key in (b"a", b"b"):
        cache.keep(key, "x")
    cache.find(b"a")
    cache.keep(b"c", "x")
    assert [cache.find(key) for key in (b"a", b"b", b"c")] == ["x", None, "x"]
    cache.keep(b"d", "x" * 9_940)
    assert cache.size()[0] == 1
    cache.keep(b"e", "x" * 20_000)
    assert cache.size() == (0, 0)


def test_many_threads_render_the_same() -> None:
    sources = [f"*{number}* [a](https://b.id/{number})" for number in range(20)]
    expected = [render(source) for source in sources]
    forget_rendered()
    shown: list[list[Markup]] = []
    threads = [
        threading.Thread(target=lambda: shown.append([render(source) for source in sources]))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shown == [expected] * 6
