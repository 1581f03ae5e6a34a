"""Open data: every edition fits the published schema, stands at addresses that stay, and can be read by other sites."""

import csv
import json
from io import StringIO
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator

from roadmap import demo
from roadmap.demo.large import plant_large
from roadmap.extensions import db
from roadmap.history.models import Edition, Roadmap
from roadmap.plan.document import build_document
from roadmap.plan.queries import outline_of
from tests.cast import Cast
from tests.page import LookingClient
from tests.plans import a_plan, adopted

DOCUMENT = "/p/kota-contoh/peta-jalan-kota-ham-2026-2030"


def read(client: LookingClient, address: str) -> Any:
    answer = client.raw.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/json"), address
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    return json.loads(answer.data)


def the_schema(client: LookingClient) -> Any:
    schema = read(client, "/p/schema/edition-1.json")
    Draft202012Validator.check_schema(schema)
    return schema


def faults(schema: Any, value: Any) -> list[str]:
    return [
        f"{list(one.path)}: {one.message[:120]}" for one in Draft202012Validator(schema).iter_errors(value)
    ]


def test_an_edition_is_given_whole_with_its_adoption_and_its_addresses(
    cast: Cast, client: LookingClient
) -> None:
    edition = adopted(cast, a_plan(cast, problems=2, actions=5, modalities=2, loose=1))
    given = read(client, f"{DOCUMENT}/1.json")
    assert given["document"] == edition.document
    assert given["edition"]["digest"] == edition.digest
    assert given["adoption"] == {
        "instrument": "peraturan_kepala_daerah", "instrument_name": "Peraturan Wali Kota", "number": "12 Tahun 2026",
        "adopted_on": "2026-07-01", "subject": "Peta Jalan Kota HAM",
    }  # fmt: skip
    base = client.app.extensions["roadmap_config"].base_url
    assert given["links"]["self"] == f"{base}{DOCUMENT}/1.json"
    for address in given["links"].values():
        assert client.raw.get(address.removeprefix(base)).status_code == 200, address
    schema = the_schema(client)
    assert schema["$id"] == given["$schema"] == f"{base}/p/schema/edition-1.json"
    assert faults(schema, given) == []
    assert read(client, f"{DOCUMENT}.json") == given
    page = client.another().get(DOCUMENT)
    assert page.one('link[rel="alternate"][type="application/json"]')["href"] == f"{DOCUMENT}/1.json"


def test_the_schema_refuses_what_no_edition_holds(cast: Cast, client: LookingClient) -> None:
    adopted(cast, a_plan(cast, problems=1, actions=1, modalities=0, loose=0))
    schema, given = the_schema(client), read(client, f"{DOCUMENT}.json")
    uid = next(uid for kind, uid in given["document"]["order"] if kind == "action")
    for field, value in (
        ("lead", "Dinas Sosial"), ("budget", {"2026 apbd": 1.5}), ("budget", {"besok": 1}), ("status", "hampir"),
        ("starts_on", "Januari"), ("groups", "perempuan"), ("evidence", {"javascript:alert(1)": "x"}),
    ):  # fmt: skip
        broken = json.loads(json.dumps(given))
        broken["document"]["items"][uid]["fields"][field] = value
        assert faults(schema, broken), (field, value)
    assert faults(schema, given | {"author": "Rina"})
    assert faults(schema, {key: value for key, value in given.items() if key != "adoption"})


@pytest.mark.engines("sqlite")  # a document is the same on both: tests/history/test_canonical.py
def test_the_demo_city_and_large_plans_fit_the_schema(app: Flask, client: LookingClient) -> None:
    with app.app_context():
        demo.plant()
        plant_large(120, 2, 1, lambda _words: None)
    schema = the_schema(client)
    items = {"$defs": schema["$defs"], **schema["properties"]["document"]}
    with app.app_context():
        for edition in db.session.query(Edition):
            assert faults(items, edition.document) == []
        for roadmap in db.session.query(Roadmap):
            document = build_document(roadmap, outline_of(roadmap.id), roadmap.head_seq)
            assert faults(items, document) == [], roadmap.id


def test_the_actions_are_given_as_a_table(cast: Cast, client: LookingClient) -> None:
    adopted(cast, a_plan(cast, title="=1+1", problems=1, actions=3, modalities=0, loose=0))
    answer = client.raw.get("/p/kota-contoh/1-1-2026-2030/1/aksi.csv")
    assert (
        answer.headers["Content-Disposition"]
        == 'attachment; filename="rencana-aksi_1-1-2026-2030_edisi-1.csv"'
    )
    rows = list(
        csv.DictReader(StringIO(answer.get_data(as_text=True).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")))
    )
    assert [row["Nomor"] for row in rows] == ["1.1", "1.2", "1.3"]
    assert {row["Penanggung jawab utama"] for row in rows} == {
        "Dinas Sosial", "Dinas Komunikasi dan Informatika", "Badan Perencanaan Pembangunan Daerah",
    }  # fmt: skip


@pytest.mark.engines("sqlite")  # the same on both
def test_search_engines_are_led_to_what_is_published_only(cast: Cast, client: LookingClient) -> None:
    adopted(cast, a_plan(cast, problems=1, actions=1, modalities=0, loose=0))
    a_plan(cast, title="Rancangan lain", problems=1, actions=1, modalities=0, loose=0)
    base = client.app.extensions["roadmap_config"].base_url
    robots = client.raw.get("/robots.txt").get_data(as_text=True)
    assert f"Sitemap: {base}/p/sitemap.xml" in robots.splitlines()
    sitemap = client.raw.get("/p/sitemap.xml").get_data(as_text=True)
    assert sitemap.count("<loc>") == 1
    assert f"<loc>{base}{DOCUMENT}</loc>" in sitemap
