"""The leader's page: one screen to decide, one sheet of paper."""

from datetime import date

import pytest

from roadmap.review import operations
from roadmap.review.brief import brief_of, money_of
from tests.browser import PHONE, barriers
from tests.cast import sign_in
from tests.factories import a_problem, an_action, an_indicator
from tests.review.stories import a_plan, at_the_leaders, edit, switch

LONG = (
    "Menyediakan kanal pengaduan yang aksesibel bagi penyandang disabilitas sensorik di seluruh kecamatan "
    "dan memastikan jawaban dalam lima hari kerja"
)


def test_the_figures_are_those_of_the_plan(cast, ctx):
    from roadmap.plan.queries import outline_of

    roadmap = a_plan(cast)
    an_action(
        cast, roadmap, title="Kedua", lead=cast.kominfo, supporting=[cast.oms, cast.dinsos], priority="rendah"
    )
    an_action(cast, roadmap, title="Ketiga", budget={"2026 apbn": 100_000_000})
    plan = outline_of(roadmap.id)
    found = brief_of(plan, [], 2026)
    assert (found.actions, found.offices) == (3, 3)
    assert (found.money.of_year, found.money.own_percent) == (500_000_000, 60)
    assert [action.label for action in found.key_actions] == [
        "Menyediakan kanal pengaduan",
        "Kedua",
        "Ketiga",
    ]
    assert money_of(plan, 2040).year == 2026


def test_every_member_reads_it_and_only_the_leader_finds_the_buttons(cast, client):
    with client.app.app_context():
        roadmap, _submission = at_the_leaders(cast)
        roadmap_id = roadmap.id
        edit(cast, roadmap, title="Sesudah pengajuan")
    sign_in(client, cast.yusuf)
    page = client.get(f"/roadmaps/{roadmap_id}/brief")
    assert "1 rencana aksi · 1 kantor dan lembaga · Rp400 juta tahun 2026, 75% dari APBD" in page
    assert "Lolos telaah mentor, Maria Lestari" in page
    assert "“Sesudah pengajuan”" not in page
    assert "bukan tanda tangan elektronik" in page
    assert not {"Setujui…", "Kembalikan…", "Catat arahan Wali Kota…"} & set(page.links)
    sign_in(client, cast.wali)
    assert {"Setujui…", "Kembalikan…"} <= set(client.get(f"/roadmaps/{roadmap_id}/brief").links)
    sign_in(client, cast.eka)
    assert client.get(f"/roadmaps/{roadmap_id}/brief").status == 404


@pytest.mark.engines("sqlite")  # paper knows no database
def test_a_full_plan_prints_on_exactly_one_sheet_and_fits_a_telephone(cast, app, page_of, client):
    with app.app_context():
        switch(cast, has_review=False)
        roadmap = a_plan(cast, vision=LONG + ". " + LONG, rpjmd=LONG)
        for number in range(9):
            problem = a_problem(cast, roadmap, title=f"{LONG} {number}")
            budget = {f"{year} apbd": 10**9 + number for year in range(2026, 2031)}
            action = an_action(
                cast, roadmap, title=f"{LONG} {number}", lead=cast.dinsos, problems=[problem], budget=budget,
                starts_on=date(2026, 1, 1),
            )  # fmt: skip
            an_indicator(cast, action)
        first = operations.submit(cast.rina, roadmap.id, accepts_findings=True)
        operations.approve(cast.wali, first.id, first.seq, first.digest)
        for number in range(15):
            a_problem(cast, roadmap, title=f"{LONG} baru {number}")
        operations.submit(cast.rina, roadmap.id, "Perubahan anggaran.", accepts_findings=True)
        roadmap_id = roadmap.id
    token = sign_in(client, cast.wali)
    assert token
    page = page_of(PHONE)
    _carry_session(client, page)
    page.goto(f"/roadmaps/{roadmap_id}/brief")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert barriers(page) == []
    sheet = page.pdf(format="A4", prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") + sheet.count(b"/Type /Page ") == 1


def _carry_session(client, page) -> None:
    cookie = client.raw.get_cookie("roadmap")
    page.context.add_cookies(
        [{"name": "roadmap", "value": cookie.value, "domain": "127.0.0.1", "path": "/", "httpOnly": True}]
    )
