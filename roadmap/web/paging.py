"""Long lists go out a page at a time; a page that does not exist is answered with the nearest one that does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

T = TypeVar("T")

PARAMETER = "halaman"


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list: what stands on it, its number, and how many there are."""

    items: Sequence[T]
    number: int
    pages: int
    total: int


def page_of(everything: Sequence[T], size: int, wanted: int | None = None) -> Page[T]:
    """Cut a list into pages of a size and give the wanted one, or the nearest that exists."""
    pages = [everything[start : start + size] for start in range(0, len(everything), size)]
    return _pick(pages, len(everything), wanted)


def page_by_weight(
    everything: Sequence[T], weigh: Callable[[T], int], most: int, wanted: int | None = None
) -> Page[T]:
    """Cut a list of unequal things into pages that weigh at most so much, or hold one thing that weighs more."""
    pages: list[list[T]] = []
    left = 0
    for one in everything:
        weight = weigh(one)
        if not pages or weight > left:
            pages.append([])
            left = most
        pages[-1].append(one)
        left -= weight
    return _pick(pages, len(everything), wanted)


def wanted_page() -> int:
    """Tell which page the address asks for."""
    typed = request.args.get(PARAMETER, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < len("1000000") else 1


def _pick(pages: Sequence[Sequence[T]], total: int, wanted: int | None) -> Page[T]:
    number = min(max(wanted if wanted is not None else wanted_page(), 1), max(len(pages), 1))
    return Page(pages[number - 1] if pages else (), number, max(len(pages), 1), total)
