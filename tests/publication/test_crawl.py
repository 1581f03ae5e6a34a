"""A crawler that follows every link from the start page meets what is published, and not one word of anything else."""

from collections import Counter
from datetime import date
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from roadmap.discussion import operations as talk
from roadmap.discussion.models import Nature
from roadmap.discussion.rules import About
from roadmap.extensions import db
from roadmap.history.models import Plain, Roadmap
from roadmap.people.roles import Visibility
from roadmap.plan import operations as plan_verbs
from roadmap.plan.fields import Line, Text
from roadmap.plan.kinds import KINDS
from roadmap.plan.models import Action
from roadmap.review import operations as review_verbs
from roadmap.review.models import Instrument
from tests import factories
from tests.cast import Cast
from tests.page import LookingClient
from tests.plans import a_plan, adopted, approved

CANARY = "Burungkenari"
MOST_PAGES = 600


def hide_canaries(cast: Cast, client: LookingClient, roadmap: Roadmap) -> None:
    """Write the canary wherever words can stand that nobody has adopted."""
    with client.app.app_context():
        known = {
            kind: db.session.query(KINDS[kind].model).filter_by(roadmap_id=roadmap.id).first()
            for kind in KINDS
        }
        ids = {kind: (item.id, item.version, item.uid) for kind, item in known.items() if item is not None}
        for kind, (item_id, version, _uid) in ids.items():
            texts: dict[str, Plain] = {
                field.name: f"{CANARY} {field.name}"
                for field in KINDS[kind].fields
                if type(field.type) in {Line, Text} and field.type.limit > len(CANARY) + len(field.name) + 1
            }
            plan_verbs.edit_item(cast.rina, kind, item_id, version, texts)
        plan_verbs.add_item(
            cast.rina, roadmap.id, "action", {"title": f"{CANARY} aksi", "lead": cast.dinsos.uid}
        )
        plan_verbs.add_item(cast.rina, roadmap.id, "problem", {"title": f"{CANARY} masalah"})
        for level in Visibility:
            talk.open_thread(
                cast.yusuf, roadmap.id, About("action", ids["action"][2]), f"{CANARY} {level}",
                nature=Nature.QUESTION, visibility=level,
            )  # fmt: skip
    factories.a_roadmap(cast, title=f"{CANARY} rancangan")
    factories.a_roadmap(cast, by=cast.eka, title=f"{CANARY} daerah lain")


def crawl(client: LookingClient) -> dict[str, str]:
    """Follow every link of the house as somebody who never signs in; give what each address answered."""
    seen: dict[str, str] = {}
    wrong: list[str] = []
    waiting = ["/", "/robots.txt", "/p/sitemap.xml"]
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith("/static/"):
            continue
        assert len(seen) < MOST_PAGES, Counter(urlsplit(one).path for one in seen).most_common(5)
        answer = client.raw.get(address)
        seen[address] = text = answer.get_data(as_text=True)
        if answer.status_code in {301, 302, 303}:
            waiting.append(answer.headers["Location"])
        elif answer.status_code != 200:
            wrong.append(f"{answer.status_code} {address}")
        if answer.mimetype == "text/html" and answer.status_code == 200:
            for link in BeautifulSoup(text, "html.parser").select("a[href], link[rel=alternate]"):
                parts = urlsplit(urljoin(f"http://localhost{address}", str(link["href"])))
                if parts.hostname == "localhost":
                    waiting.append(parts._replace(scheme="", netloc="", fragment="").geturl())
        assert CANARY not in text, address
    assert wrong == []
    return seen


@pytest.mark.slow
@pytest.mark.engines("sqlite")  # what is shown knows no engine: all of it is read from one document
def test_a_crawler_meets_only_what_is_published(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=2, actions=4, modalities=2, loose=1)
    adopted(cast, roadmap)
    with client.app.app_context():
        action = db.session.query(Action).filter_by(roadmap_id=roadmap.id).first()
        assert action is not None
        plan_verbs.edit_item(
            cast.rina, "action", action.id, action.version, {"title": "Yang sudah dibaca semua"}
        )
    edition = approved(cast, roadmap)
    with client.app.app_context():
        review_verbs.adopt(
            cast.rina, edition.id, instrument=Instrument.DECREE, number="9", adopted_on=date(2026, 9, 1), subject="x"
        )  # fmt: skip
    hide_canaries(cast, client, roadmap)
    seen = crawl(client)
    document = "/p/kota-contoh/peta-jalan-kota-ham-2026-2030"
    kinds = Counter(urlsplit(address).path.removeprefix(document).split("/")[-2:][0] for address in seen)
    assert {f"{document}/2/perubahan", f"{document}/1", f"{document}/2.json", f"{document}/2/aksi.csv"} <= {
        urlsplit(address).path for address in seen
    }
    assert kinds["aksi"] >= 8, kinds
    assert kinds["masalah"] >= 4, kinds
    for person in ("Rina", "Yusuf", "Bu Wali", "Maria Lestari"):
        assert not [address for address, text in seen.items() if person in text], person
