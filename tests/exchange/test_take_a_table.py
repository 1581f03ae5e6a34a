"""Each kind as a file for a spreadsheet: in words, complete, and with no cell that a spreadsheet would run."""

import csv
import io

import pytest

from roadmap.history.models import Versioned
from roadmap.plan.kinds import KINDS
from tests import factories
from tests.cast import Cast, sign_in
from tests.page import LookingClient

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'=")


def table(client: LookingClient, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))


def test_actions_are_written_as_people_read_them(cast: Cast, client: LookingClient) -> None:
    roadmap = factories.a_roadmap(cast)
    problem = factories.a_problem(cast, roadmap, title="Belum ada kanal")
    action = factories.an_action(
        cast,
        roadmap,
        title='Melatih "petugas", bersama OMS',
        problems=[problem],
        lead=cast.dinsos,
        supporting=[cast.oms, cast.kominfo],
        starts_on="2026-01-01",
        ends_on="2027-12-31",
        budget={"2026 apbd": 420000000},
        expected_result="**Semua** petugas\nterlatih",
        status="berjalan",
    )
    action_uid = action.uid
    factories.an_indicator(cast, action, baseline="1500.5", targets={"2026": "NA", "2027": "0"})
    sign_in(client, cast.yusuf)
    head, row = table(client, f"/roadmaps/{roadmap.id}/actions.csv")
    assert head == ["Nomor", *(field.label for field in KINDS["action"].fields), "Kode baris"]
    said = dict(zip(head, row, strict=True))
    assert said["Nomor"] == "1.1"
    assert said["Rencana aksi"] == 'Melatih "petugas", bersama OMS'
    assert said["Permasalahan yang dijawab"] == "1. Belum ada kanal"
    assert (
        said["Pendukung"] == "Perkumpulan Contoh Setara; Dinas Komunikasi dan Informatika"
        or said["Pendukung"] == "Dinas Komunikasi dan Informatika; Perkumpulan Contoh Setara"
    )
    assert (said["Mulai"], said["Selesai"]) == ("Januari 2026", "Desember 2027")
    assert said["Anggaran"] == "2026 Rp420.000.000 dari APBD kabupaten/kota"
    assert said["Hasil yang ingin dicapai"] == "**Semua** petugas\nterlatih"
    assert said["Status pelaksanaan"] == "Berjalan"
    assert said["Kode baris"] == f"{action_uid}.1"
    assert cast.dinsos.uid not in ",".join(row)
    head, row = table(client, f"/roadmaps/{roadmap.id}/indicators.csv")
    said = dict(zip(head, row, strict=True))
    assert said["Nomor"] == "1.1.1"
    assert said["Rencana aksi"] == '1.1. Melatih "petugas", bersama OMS'
    assert said["Data dasar"] == "1.500,5"
    assert said["Target per tahun"] == "2026: Tidak tersedia; 2027: 0 (nihil)"


def test_the_heads_are_in_the_readers_language_and_the_file_says_what_it_is(
    cast: Cast, client: LookingClient, clock: object
) -> None:
    roadmap = factories.a_roadmap(cast, title="Peta Jalan Kota HAM 2026–2030")
    sign_in(client, cast.yusuf)
    answer = client.get(f"/roadmaps/{roadmap.id}/problems.csv")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="permasalahan_peta-jalan-kota-ham-2026-2030_2026-11-02.csv"'
    )


@pytest.mark.parametrize("kind", ["section", "modality", "problem", "action", "indicator"])
def test_no_text_of_any_kind_can_become_a_formula(cast: Cast, client: LookingClient, kind: str) -> None:
    texts = [field.name for field in KINDS[kind].fields if field.type.widget in {"line", "area"}]
    roadmap = factories.a_roadmap(cast)
    action = factories.an_action(cast, roadmap)
    make = {
        "section": lambda **words: factories.a_section(cast, roadmap, **words),
        "modality": lambda **words: factories.a_modality(cast, roadmap, **words),
        "problem": lambda **words: factories.a_problem(cast, roadmap, **words),
        "action": lambda **words: factories.an_action(cast, roadmap, **words),
        "indicator": lambda **words: factories.an_indicator(cast, action, **words),
    }[kind]
    made: list[Versioned] = [make(**dict.fromkeys(texts, f"{trigger}SUM(A1:A9)*cmd")) for trigger in TRIGGERS]
    sign_in(client, cast.yusuf)
    rows = table(client, f"/roadmaps/{roadmap.id}/{KINDS[kind].plural}.csv")
    assert len(rows) >= len(made) + 1
    dangerous = [
        cell
        for row in rows
        for cell in row
        if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    ]
    assert dangerous == []
    guarded = [cell for row in rows for cell in row if cell.startswith("'")]
    assert len(guarded) >= len(texts) * 5


def test_codes_and_links_and_names_cannot_become_formulas_either(cast: Cast, client: LookingClient) -> None:
    roadmap = factories.a_roadmap(cast)
    factories.a_problem(cast, roadmap, title="=1+1")
    factories.an_action(
        cast, roadmap, subactivity_codes=["=cmd|calc"], evidence={"https://contoh.id/x": "=HYPERLINK()"}
    )
    sign_in(client, cast.yusuf)
    rows = table(client, f"/roadmaps/{roadmap.id}/actions.csv")
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_a_kind_that_is_not_there_has_no_table(cast: Cast, client: LookingClient) -> None:
    roadmap = factories.a_roadmap(cast)
    sign_in(client, cast.rina)
    for plural in ("covers", "people", "changesets"):
        assert client.get(f"/roadmaps/{roadmap.id}/{plural}.csv").status == 404
