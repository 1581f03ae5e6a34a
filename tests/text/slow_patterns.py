"""The corpus of slow patterns: what makes Markdown parsers and sanitisers slow, or breaks them, at any size."""

from collections.abc import Callable

_Pattern = Callable[[int], str]


def _repeated(unit: str, before: str = "", after: str = "") -> _Pattern:
    return lambda size: before + (unit * (size // len(unit) + 1))[:size] + after


def _halves(first: str, second: str) -> _Pattern:
    return lambda size: (first * size)[: size // 2] + (second * size)[: size // 2]


def _backticks_of_every_length(size: int) -> str:
    lengths = range(1, max(2, int((2 * size) ** 0.5)))
    return " ".join("`" * length for length in lengths)


def _shrinking_backticks(size: int) -> str:
    return " ".join(reversed(_backticks_of_every_length(size).split(" ")))


def _stairs(size: int) -> str:
    return "\n".join("    " * step + "- a" for step in range(int((size / 2) ** 0.5)))


def _stairs_of_quotes(size: int) -> str:
    return "\n".join(">" * step + " a" for step in range(1, int((2 * size) ** 0.5)))


def _many_abbreviations(size: int) -> str:
    definitions = "\n".join(f"*[a{number}]: b" for number in range(size // 20))
    return definitions + "\n\n" + " ".join(f"a{number}" for number in range(size // 12))


def _one_long_abbreviation(size: int) -> str:
    return f"*[a]: {'b' * (size // 2)}\n\n" + "a " * (size // 4)


def _one_long_reference(size: int) -> str:
    return f"[a]: http://{'b' * (size // 2)}\n\n" + "[a] " * (size // 8)


def _wide_table(size: int) -> str:
    columns = size // 6
    return "\n".join([f"|{'a|' * columns}", f"|{'-|' * columns}", f"|{'b|' * columns}"])


def _tall_table(size: int) -> str:
    return "|a|b|\n|-|-|\n" + "|1|2|\n" * (size // 6)


def _empty_table(size: int) -> str:
    width = int(size**0.5)
    return f"{'|' * width}\n{'|'.join('-' * (width // 2))}\n" + "|\n" * (size // 2)


_UNITS = (
    *(
        "[",
        "]",
        "![",
        "![[[",
        "[[",
        "[a",
        "[a](",
        "[a](b",
        '[a]("',
        "[a]('",
        "[a](<",
        "[a](<b>'",
        "[a][",
        "[a][b",
    ),
    *(
        "[a](b)",
        "[a](b 'c')",
        "![a](b)",
        "[![a](b)](c)",
        "[]()",
        "[](",
        "](",
        "](b)",
        "[a] ",
        "[x]: ",
        "[a]:\n",
        "[a\n",
    ),
    *("[a]: b\n", "[a]: b\n\n", "*[a]: b\n", "*[a]: b\n\n", "*[", "*[a\n", "*[\n", "*[a]\n", "[^a]"),
    *(
        "*",
        "**",
        "*a",
        "*a ",
        "*a*",
        "*a* ",
        "**a** ",
        "***a** b* ",
        "*a _b ",
        "*a _b* c_ ",
        "**a *b ",
        "a*!",
        "_",
        "__",
    ),
    *("_a", "_a ", "a_b", "*_", "* *", "*a**b***c ", "**a*", "***a", "&*"),
    *("`", "``", "` ", "`a` ", "`a``b", "\\`", "\\```a ", "\\``\\\\``", "`\\", "```\n", "~~~\n", "``<a@b>"),
    *(
        "<",
        "<<",
        "<a",
        "<a ",
        "<a b=",
        "<a b='",
        "</",
        "<!--",
        "<!-- -->",
        "<?",
        "<![CDATA[",
        "<script>",
        "<div>\n\n",
    ),
    *("<http://a>", "<http://a", "<http://", "<a@b>", "<a@", "<@", "http://a ", "a@b "),
    *(
        "&",
        "&amp;",
        "&a",
        "&#",
        "&#1",
        "&#x",
        "&#x41;",
        "&;",
        ">",
        "> ",
        ">\n",
        "> a\n",
        "> a\n\n",
        ">>",
        "> > a\n",
    ),
    *(
        "- ",
        "- - ",
        "* ",
        "+ ",
        "1. ",
        "1. 1. ",
        "- 1. ",
        "- > ",
        "> - ",
        "- a\n",
        "- a\n\n",
        "- a\n    - b\n",
        "1. a\n",
    ),
    *("1. a\n\n", "* a\n\n    b\n\n", "- ***\n", "-\n", "- # a\n", "> # a\n", "10000000000. a\n"),
    *(
        "#",
        "# ",
        "# a\n",
        "#a\n",
        "# a\\\n",
        "######\n",
        "a\n=\n",
        "a\n-\n",
        "=",
        "=\n",
        "===\n",
        "---\n",
        "***\n",
        "a\n***\n",
    ),
    *("- - -\n", "_ _ _\n", "---", "- -", "* * ", "-   ", "(---\n"),
    *("|", "||", "|a", "|-", "|`", "a|`b`", "\\|", "|\n", "|-|\n", "|a|b|\n|-|-|\n", "|a|b|\n|-|-|\n\n"),
    *("\\", "\\\\", "\\*", "\\[", "\\a", "\\\n", "\\~["),
    *(
        " ",
        "\t",
        "\n",
        "a\n",
        "a\n\n",
        " \n",
        "  \n",
        "a  \n",
        "    ",
        "    a\n",
        "    a\n\n",
        "\t- a\n",
        "\ta",
    ),
    *(
        "a",
        "a ",
        "é",
        "漢",
        "👩‍⚖️",
        "e\u0301",
        "\u0315\u0300",
        "\u0344",
        "\u202e",
        "\x00",
        "\x02",
        "\x02klzzwxh:0000\x03",
        "\ud800",
    ),
    *("(", ")", "()", '"', "'", ":", "!", "~", "?", ".", "{", "{: a=b}", "$", "%", "^"),
)

_MIXTURES = (
    ("- - - - ", "[a"),
    ("> > > ", "*a "),
    ("**", "[a]("),
    ("`a`", "["),
    ("[", "`a`"),
    ("\\*", "["),
    ("[", "]"),
    ("[a](", ")"),
    ("[[[[a", "](b)"),
    ("*", "a*"),
    ("# a\n", "- b\n"),
    ("<", ">"),
    ("a\n", "---\n"),
    ("|a", "`"),
    ("\\`a", "``"),
)

SLOW_PATTERNS: dict[str, _Pattern] = {
    **{repr(unit): _repeated(unit) for unit in _UNITS},
    **{f"{first!r} then {second!r}": _halves(first, second) for first, second in _MIXTURES},
    "backticks of every length": _backticks_of_every_length,
    "shrinking backticks": _shrinking_backticks,
    "stairs of lists": _stairs,
    "stairs of quotes": _stairs_of_quotes,
    "many abbreviations": _many_abbreviations,
    "one long abbreviation": _one_long_abbreviation,
    "one long reference": _one_long_reference,
    "wide table": _wide_table,
    "tall table": _tall_table,
    "empty table": _empty_table,
    "table of code": _repeated("|`a`", before="|a|b|\n|-|-|\n"),
    "quotes in a definition": _repeated('"', before="[a]: ", after=" x"),
    "parentheses in a definition": _repeated("(", before="[a]: ", after=")" * 50 + " x"),
    "a definition under a heading": _repeated("# a\n[b]: '", after="x"),
    "a heading full of signs": _repeated("#", before="# ", after="x\\\n"),
    "a rule that ends in a letter": _repeated("- ", after="x"),
    "a label over many lines": _repeated("a\n", before="*["),
    "escaped signs before brackets": _repeated("\\~[", before="\\[\\["),
    "rules under a quote": _repeated("---\n", before="> > (---\n"),
    "code in half a tag": _repeated("`a# a*'<b \"", before="> > (---\n&#\\*`a`"),
    "escaped code in a list": _repeated("\\```1. 'kata > "),
    "lists in lists in a line": _repeated("- - _"),
}
