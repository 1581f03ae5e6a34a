"""What a text would cost to render, counted before any parser sees it.

Python-Markdown and bleach are slow, or fail, on texts made for it. So each text gets a price: an estimate in
microseconds of what its marks cost the renderer, from a few counts that are themselves linear. The prices
were fitted to the corpus of slow patterns in tests/text; no clock is read. What costs more is shown plain.
"""

import re
from bisect import bisect
from collections.abc import Iterator

LONGEST_SOURCE = 20_000
BUDGET = 70_000
DEEPEST_NESTING = 10
MOST_ABBREVIATIONS = 60
MOST_COPIED_CHARACTERS = 100_000

# Microseconds for each, parsed and sanitised: each becomes one element or more.
_CHARACTER_PRICES = {
    "*": 18,
    "_": 18,
    "`": 18,
    "[": 30,
    "|": 35,
    "<": 45,
    ">": 15,
    "&": 15,
    "\\": 8,
}
_LINE_PRICE = 30
_LIST_LINE_PRICE = 110
_BLOCK_PRICE = 40
_CHARACTER_PRICE = 0.25

# Microseconds for one step of the loops that make a parser quadratic.
_SCAN_STEP = 0.2
_SEARCH_STEP = 0.02
_EMPHASIS_STEP = 0.01
_REPARSED_LINE = 0.6
_REPARSED_CHARACTER = 0.03
_PIPE_IN_CODE_STEP = 0.1

_MARKER = re.compile(r"[ ]{0,3}(?:(>)[ ]?|[-*+][ ]+|\d+\.[ ]+)")
_LIST_LINE = re.compile(r"[ >]*(?:[-*+]|\d+\.)[ ]")
_BEFORE_A_HEADING = " >*+-_=.0123456789"
_BACKTICKS = re.compile("`+")
_ABBREVIATION = re.compile(r"[*]\[([^\[\]\n]+)\][ ]?:[ ]*([^\n]*)")
_EMPHASIS_RUNS = re.compile(r"\*+|_+")
_TAB_LENGTH = 4

# The parser puts a placeholder of this length where it found code, an escaped character or a link,
# and what looks further reads the placeholders too.
_PLACEHOLDER = "x" * 14


def may_be_rendered(source: str) -> bool:
    """Tell whether rendering this normalised source stays within the bounds, in about linear time."""
    if len(source) > LONGEST_SOURCE or len(expanded := source.expandtabs(_TAB_LENGTH)) > 2 * LONGEST_SOURCE:
        return False
    return (
        nesting(expanded) <= DEEPEST_NESTING
        and expanded.count("*[") <= MOST_ABBREVIATIONS
        and copied_characters(expanded) <= MOST_COPIED_CHARACTERS
        and price(source) <= BUDGET
    )


def nesting(source: str) -> int:
    """Give the deepest nesting of lists and quotes that any line can open."""
    return max(map(_nesting_of, source.split("\n")), default=0)


def price(source: str) -> float:
    """Estimate, in microseconds, what parsing and sanitising this source costs; beyond the budget counting ends."""
    expanded = source.expandtabs(_TAB_LENGTH)
    total = _CHARACTER_PRICE * len(expanded)
    total += sum(cost * source.count(mark) for mark, cost in _CHARACTER_PRICES.items())
    for block in _blocks(expanded):
        if total > BUDGET:
            break
        total += _block_price(block)
    return total


def copied_characters(source: str) -> int:
    """Give how many characters definitions can add where they are used (abbreviations, references)."""
    copied = 0
    for abbreviation, meaning in _ABBREVIATION.findall(source):
        copied += source.count(abbreviation.strip()) * len(meaning)
    if "]:" in source:
        longest = max(len(line) for line in source.split("\n"))
        copied += longest * min(source.count("["), source.count("]"))
    return copied


def _blocks(source: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in source.split("\n"):
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _nesting_of(line: str) -> int:
    indent = len(line) - len(line.lstrip(" "))
    depth, start = 0, indent
    while marker := _MARKER.match(line, start):
        depth, start = depth + 1, marker.end()
    return depth + indent // _TAB_LENGTH if depth else 0


def _block_price(lines: list[str]) -> float:
    block = "\n".join(lines)
    read = _with_placeholders(block)
    listed = sum(1 for line in lines if _LIST_LINE.match(line))
    return (
        _BLOCK_PRICE
        + _LINE_PRICE * len(lines)
        + _LIST_LINE_PRICE * listed
        + _SCAN_STEP * (_bracket_steps(read) + _link_steps(read))
        + _SCAN_STEP * _backtick_steps(block)
        + _EMPHASIS_STEP * sum(len(run) ** 2 for run in _EMPHASIS_RUNS.findall(block))
        + _PIPE_IN_CODE_STEP * max(line.count("|") * line.count("`") for line in lines)
        + _reparsing_price(lines, block)
    )


def _with_placeholders(block: str) -> str:
    for mark in ("\\", "`", "](", "]["):
        block = block.replace(mark, mark + _PLACEHOLDER)
    return block


def _bracket_steps(block: str) -> int:
    """Count the steps of looking, from each `[`, for the `]` that closes it."""
    opened: list[int] = []
    steps = 0
    for found in re.finditer(r"[\[\]]", block):
        if found.group() == "[":
            opened.append(found.start())
        elif opened:
            steps += found.start() - opened.pop()
    return steps + sum(len(block) - start for start in opened)


def _link_steps(block: str) -> int:
    """Count the steps of looking, from each `](`, for the `)` that closes it; a quote may hide it."""
    closing = _closing_parentheses(block)
    quotes = [found.start() for found in re.finditer("[\"']", block)]
    steps = 0
    for found in re.finditer(r"\]\(", block):
        start = found.end() - 1
        end = closing.get(start, len(block))
        if bisect(quotes, end) > bisect(quotes, start):
            end = len(block)
        steps += end - start
    return steps


def _closing_parentheses(block: str) -> dict[int, int]:
    opened: list[int] = []
    closing: dict[int, int] = {}
    for found in re.finditer(r"[()]", block):
        if found.group() == "(":
            opened.append(found.start())
        elif opened:
            closing[opened.pop()] = found.start()
    return closing


def _backtick_steps(block: str) -> int:
    """Count the steps of looking for closing backticks.

    Only the last run of each length looks in vain, and every run that an escape has shortened.
    """
    lengths = {len(run) for run in _BACKTICKS.findall(block)}
    return (2 * len(lengths) + block.count("\\`")) * len(_with_placeholders(block))


def _reparsing_price(lines: list[str], block: str) -> float:
    """Price what the parser reads again: the rest of a block after each heading, rule or definition in it."""
    passes = 1 + sum(map(_starts_a_new_pass, lines))
    searched = block.count("*[") * len(block)
    if "]:" in block:
        searched += sum(map(block.count, "\"'(")) * len(block)
    return passes * (_REPARSED_LINE * len(lines) + _REPARSED_CHARACTER * len(block) + _SEARCH_STEP * searched)


def _starts_a_new_pass(line: str) -> bool:
    rest = line.lstrip(_BEFORE_A_HEADING)
    return not rest or rest.startswith("#") or "]:" in line
