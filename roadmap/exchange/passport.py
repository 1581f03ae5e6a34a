"""What a workbook carries so that it can come back: whose it is, which row is which item in which version.

Three things, out of people's way: a hidden first column in each sheet (`Line`), a hidden sheet with the passport,
and beside each sheet a hidden copy of its cells as they went out, so that what was not touched is known for
certain, whatever another program did to the looks of it.
"""

import json
import re
from dataclasses import asdict, dataclass
from typing import Self

FORMAT = 1
PASSPORT_SHEET = "_peta_jalan"
COPY_PREFIX = "_asal_"
LISTS_SHEET = "_pilihan"
# Stands where a line's code would in the example rows of a template: nobody's entry, as long as it equals its copy.
EXAMPLE = "contoh"
LONGEST_PASSPORT = 200_000
_LINE = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})")


class NoPassport(ValueError):
    """What stands there is no passport of ours, or one of a later format."""


@dataclass(frozen=True)
class Line:
    """The code of a row that went out: which item, in which version."""

    uid: str
    version: int

    def __str__(self) -> str:
        """Write it as the cell holds it."""
        return f"{self.uid}.{self.version}"

    @classmethod
    def read(cls, cell: str) -> Self | None:
        """Read the code of a row; None for anything else."""
        found = _LINE.fullmatch(cell.strip())
        return cls(found.group(1), int(found.group(2))) if found else None


@dataclass(frozen=True)
class SheetPass:
    """One sheet that went out: its name, its kind ("" for a sheet that is only read), its columns' places in order.

    `copy` names the hidden sheet that holds its cells as they went out.
    """

    name: str
    kind: str
    targets: tuple[str, ...]
    copy: str


@dataclass(frozen=True)
class Passport:
    """Where a workbook comes from: a roadmap as of a sequence number, in a language; `is_blank` for a template."""

    roadmap: str
    seq: int
    language: str
    sheets: tuple[SheetPass, ...]
    is_blank: bool = False
    format: int = FORMAT

    def write(self) -> str:
        """Write it as one text."""
        return json.dumps(asdict(self), ensure_ascii=True, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `write` wrote; everything in it may be forged. Raises NoPassport."""
        try:
            if len(text) > LONGEST_PASSPORT:
                raise NoPassport
            found = json.loads(text)
            if found["format"] != FORMAT:
                raise NoPassport
            sheets = tuple(
                SheetPass(
                    str(one["name"]), str(one["kind"]), tuple(map(str, one["targets"])), str(one["copy"])
                )
                for one in found["sheets"]
            )
            return cls(
                str(found["roadmap"]),
                int(found["seq"]),
                str(found["language"]),
                sheets,
                bool(found["is_blank"]),
            )
        except (ValueError, TypeError, KeyError, RecursionError) as problem:
            raise NoPassport from problem
