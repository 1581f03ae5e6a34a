"""Tables as they are once they were read and understood, made by hand: what a trial meets the plan with."""

from collections.abc import Iterable, Mapping, Sequence

from roadmap.exchange.passport import Line
from roadmap.history.models import Plain
from roadmap.intake.candidates import Candidate, Gathered, Given, Where


def a_row(
    row: int,
    kind: str,
    values: Mapping[str, Plain],
    *,
    links: Mapping[str, Iterable[str]] | None = None,
    parent: str | None = None,
    parent_uid: str | None = None,
    line: Line | None = None,
    part: Sequence[str] = (),
) -> Candidate:
    """One item in a row of its own: each field in a column of its own, in the order given."""
    given = {
        name: Given(value, (Where(0, row, column),), is_part=name in part)
        for column, (name, value) in enumerate(values.items())
    }
    return Candidate(
        f"0-{row}-{kind}",
        kind,
        str(values.get("title", "")),
        given,
        {name: set(keys) for name, keys in (links or {}).items()},
        parent,
        parent_uid,
        line,
        [(0, row)],
    )


def a_table(problems: int = 12, actions: int = 30, indicators: int = 30, *, begin: str = "") -> Gathered:
    """Problems, actions that answer them, and a measure of each action."""
    rows = [
        a_row(n, "problem", {"title": f"{begin}Warga wilayah {n} belum terlayani"}) for n in range(problems)
    ]
    rows += [
        a_row(
            100 + n,
            "action",
            {"title": f"{begin}Membuka loket {n}", "budget": {"2026 apbd": 1_000_000 + n}},
            links={"problems": [f"0-{n % problems}-problem"]} if problems else {},
        )
        for n in range(actions)
    ]
    rows += [
        a_row(
            10_000 + n,
            "indicator",
            {"title": f"Jumlah loket {n}", "unit": "loket", "targets": {"2026": str(n + 1)}},
            parent=f"0-{100 + n % actions}-action",
        )
        for n in range(indicators)
    ]
    return Gathered(candidates=rows)
