"""Where the links of the overview lead: into the plan as it stands, or into the same plan as of a moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import url_for

from roadmap.plan.blueprint import Addressed, item_url
from roadmap.plan.kinds import KINDS


@dataclass(frozen=True)
class Addresses:
    """The addresses of one roadmap's pages; with `seq` those of the roadmap as of that act.

    What is `kept` (a filter) goes along from view to view and from list to list.
    """

    roadmap_id: int
    seq: int | None = None
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def bare(self) -> "Addresses":
        """The same addresses with nothing kept."""
        return replace(self, kept={})

    def outline(self, **values: object) -> str:
        """Give the address of the overview."""
        return self._at("desk.roadmap", "desk.as_of", **{**self.kept, **values})

    def part(self, kind: str, **values: object) -> str:
        """Give the address of the list of a kind."""
        return self._at("desk.part", "desk.as_of_part", plural=KINDS[kind].plural, **{**self.kept, **values})

    def matrix(self, **values: object) -> str:
        """Give the address of the matrix as a sheet of paper."""
        return self._at("exchange.matrix", "exchange.matrix_as_of", **values)

    def annex(self) -> str:
        """Give the address of the matrix as an annex in Word, on the paper that regulations are printed on."""
        return self._at("exchange.annex", "exchange.annex_as_of", kertas="f4")

    def workbook(self) -> str:
        """Give the address of the whole plan as one workbook."""
        return self._at("exchange.workbook", "exchange.workbook_as_of")

    def csv(self, kind: str) -> str:
        """Give the address of a kind as a table for a spreadsheet."""
        return self._at("exchange.csv", "exchange.csv_as_of", plural=KINDS[kind].plural)

    def threads(self, **values: object) -> str:
        """Give the address of all that was said."""
        return self._at("discussion.threads", "desk.as_of_threads", **values)

    def item(self, item: Addressed, **values: object) -> str:
        """Give the address of an item's page; values only of a page of the past."""
        if self.seq is None:
            return item_url(item)
        plural = KINDS[item.kind].plural
        return self._at("", "desk.as_of_item", plural=plural, item_id=item.id, **values)

    def _at(self, present: str, past: str, **values: object) -> str:
        if self.seq is None:
            return url_for(present, roadmap_id=self.roadmap_id, **values)  # type: ignore[arg-type]
        return url_for(past, roadmap_id=self.roadmap_id, seq=self.seq, **values)  # type: ignore[arg-type]
