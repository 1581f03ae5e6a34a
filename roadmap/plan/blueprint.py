"""The plan's blueprint, and the converter that admits only the kinds there are into its addresses."""

from typing import Any, Protocol

from flask import Blueprint, url_for

from roadmap.plan.kinds import BY_PLURAL, KINDS

bp = Blueprint("plan", __name__)

# In addresses: /modalities/3, /actions/42/edit.
PLURALS = f"<any({', '.join(BY_PLURAL)}):plural>"
ADDABLE = "<any(sections, modalities, problems, actions):plural>"


class Addressed(Protocol):
    """An item of the tables or of an outline: what its address needs."""

    @property
    def kind(self) -> str:
        """The kind's name."""
        ...

    @property
    def id(self) -> Any:
        """Its number."""
        ...


def item_url(item: Addressed) -> str:
    """Give the address of an item's page."""
    return url_for("plan.item", plural=KINDS[item.kind].plural, item_id=item.id)
