"""What the tests of presence say again and again: a tab beats, somebody asks who is here and what is new."""

import json
from typing import Any

from roadmap.history.models import Roadmap, Versioned
from roadmap.plan.kinds import KINDS
from tests.cast import sign_in
from tests.page import LookingClient, Page

LIVE = {"X-Live": "1"}


def place(item: Versioned) -> str:
    """Name an item as pages do: actions/42."""
    return f"{KINDS[item.kind].plural}/{item.id}"


class Tab:
    """An open page of somebody: what its script sends and hears, without a browser."""

    def __init__(self, client: LookingClient, person: Any, roadmap: Roadmap, name: str = "tab1") -> None:
        self.client, self.roadmap, self.name = client.another(), roadmap, name
        sign_in(self.client, person)
        self.root = f"/roadmaps/{roadmap.id}"
        self.client.get("/help")  # for the token

    def beat(self, item: Versioned | None = None, *, editing: bool = False, **more: str) -> Page:
        form = {"tab": self.name, "item": place(item) if item else "", "editing": "1" if editing else "0"}
        return self.client.post(f"{self.root}/presence", form | more)

    def end(self) -> Page:
        return self.client.post(f"{self.root}/presence", {"tab": self.name, "ended": "1"})

    def sees(self, item: Versioned | None = None, *, before: str = "") -> str:
        """The words of who is here; `before` is the page that stood in this tab until now."""
        named = f"&item={place(item)}" if item else ""
        return self.client.get(f"{self.root}/presence?tab={self.name}&tab={before}{named}", headers=LIVE).text

    def news(self, since: int = 0, who: str = "0") -> dict[str, Any]:
        """What is new since; nothing where nothing is."""
        answer = self.client.get(f"{self.root}/changes?since={since}&who={who}", headers=LIVE)
        assert answer.status in {200, 204}
        return json.loads(answer.body) if answer.status == 200 else {}
