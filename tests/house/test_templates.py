"""The laws of the templates: nothing inline, every htmx verb a plain twin, one region one root, nothing unescaped."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PARTIALS = [path for path in TEMPLATES if path.name.startswith("_")]

# A tag with its attributes; Jinja inside is taken as text, so that a > in an expression does not end it.
TAG = re.compile(r"<([a-z][a-z0-9-]*)((?:\{\{.*?\}\}|\{%.*?%\}|\"[^\"]*\"|'[^']*'|[^<>\"'])*)>", re.DOTALL)
INLINE = (
    (re.compile(r"<style\b", re.IGNORECASE), "style sheets live in static/css"),
    (re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE), "scripts live in static/js"),
    (
        re.compile(r"\sstyle\s*=", re.IGNORECASE),
        "the content policy forbids style attributes: give it a class",
    ),
    (
        re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
        "the content policy forbids on… attributes: use static/js",
    ),
    (re.compile(r"javascript:", re.IGNORECASE), "no script in an address"),
    (re.compile(r"\|\s*safe\b"), "nothing is declared safe by hand: user text goes through |markdown"),
    (re.compile(r"\{%-?\s*autoescape"), "escaping stays on"),
    (re.compile(r"src=\"https?://|<link[^>]*href=\"https?://"), "no third-party host"),
)
VERBS = ("hx-post", "hx-put", "hx-patch", "hx-delete", "hx-get")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def source(path: Path) -> str:
    """The source without comments."""
    return re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_inline(path: Path) -> None:
    text = source(path)
    wrong = [
        f"{name(path)}:{text.count(chr(10), 0, found.start()) + 1}: {found.group().strip()!r}: {why}"
        for pattern, why in INLINE
        for found in pattern.finditer(text)
    ]
    assert not wrong, "\n".join(wrong)


def faults_of_verbs(path: Path) -> Iterator[str]:
    for found in TAG.finditer(source(path)):
        tag, attributes = found.groups()
        for verb in VERBS:
            if not re.search(rf"\b{verb}=", attributes):
                continue
            if verb == "hx-get":
                twin = "href=" in attributes or "action=" in attributes or "hx-trigger" in attributes
            elif verb == "hx-post":
                is_form = tag == "form" and 'method="post"' in attributes and "action=" in attributes
                twin = is_form or "formaction=" in attributes
            else:
                yield f"{name(path)}: <{tag}> {verb}: every act is a POST, also without script"
                continue
            if not twin:
                yield f"{name(path)}: <{tag}> {verb} has no plain twin: give it method and action, or an href"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_htmx_verb_has_a_plain_twin(path: Path) -> None:
    wrong = list(faults_of_verbs(path))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_form_says_how_and_where_it_goes(path: Path) -> None:
    wrong = []
    text = source(path)
    for found in TAG.finditer(text):
        tag, attributes = found.groups()
        if tag != "form":
            continue
        method = re.search(r'method="(get|post)"', attributes)
        if method is None:
            wrong.append(f"{name(path)}: a form without its method")
        elif method.group(1) == "post" and "action=" not in attributes:
            wrong.append(f"{name(path)}: a form without its action")
        elif method.group(1) == "post":
            body = text[found.end() : text.find("</form>", found.end())]
            if (
                "csrf" not in body
                and "act_fields" not in body
                and "caller()" not in body
                and "form_" not in body
            ):
                wrong.append(f"{name(path)}: a form without its token: {{{{ forms.act_fields() }}}}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", PARTIALS, ids=name)
def test_a_partial_has_one_root(path: Path) -> None:
    """Either one root element with an id (a region), or it is only ever included (a part)."""
    if path.name == "_notice.html":
        return  # it goes into the notice region, whose id the page holds
    text = re.sub(r"\{%-?\s*macro .*?endmacro\s*-?%\}", "", source(path), flags=re.DOTALL)
    first = next((found for found in TAG.finditer(text) if found.group(1) != "br"), None)
    if first is not None and re.search(r"\bid=", first.group(2)):
        return
    own = path.relative_to(ROOT / "templates").as_posix()
    answered = [
        str(code.relative_to(ROOT))
        for code in (ROOT / "roadmap").rglob("*.py")
        if f'"{own}"' in code.read_text()
    ]
    assert not answered, f"{name(path)} is answered by {answered}: its root needs an id made by dom_id()"


def test_python_declares_nothing_safe() -> None:
    """`Markup(` stands only where our own renderer, or our own template, made the text."""
    allowed = {
        "roadmap/text/markdown.py",  # the renderer
        "roadmap/text/diff.py",  # escapes first, marks up after
        "roadmap/web/slots.py",  # what a template rendered
        "roadmap/web/respond.py",  # the same
        "roadmap/web/filters.py",  # icons and ids of our own
        "roadmap/web/language.py",  # sentences of our catalogues, as Jinja's own extension marks them
    }
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "roadmap").rglob("*.py")
        if re.search(r"\bMarkup\(", path.read_text())
    }
    assert found <= allowed, f"escape, or let a template do it: {sorted(found - allowed)}"
