"""What changed between two adopted editions, in public words, and never a word of what is still a draft."""

from datetime import date

from roadmap.extensions import db
from roadmap.history.models import Edition, Roadmap
from roadmap.plan import operations as plan_verbs
from roadmap.plan.models import Action
from roadmap.review import operations as review_verbs
from roadmap.review.models import Instrument
from tests import factories
from tests.cast import Cast
from tests.page import LookingClient
from tests.plans import adopted, approved

DOCUMENT = "/p/kota-contoh/peta-jalan-kota-contoh-2026-2030"


def a_city_with_editions(cast: Cast, client: LookingClient) -> Roadmap:
    """Three adopted editions, a fourth approved only, and words that are still a draft."""
    roadmap = factories.a_roadmap(cast)
    first = factories.an_action(
        cast, roadmap, title="Melatih petugas", lead=cast.dinsos, budget={"2026 apbd": 1_000}
    )
    adopted(cast, roadmap)
    for number, step in enumerate((2_000, 3_000), 2):
        with client.app.app_context():
            now = db.session.query(Action).filter_by(uid=first.uid).one()
            plan_verbs.edit_item(cast.rina, "action", now.id, now.version, {"budget": {"2026 apbd": step}})
            plan_verbs.add_item(
                cast.rina,
                roadmap.id,
                "action",
                {"title": f"Baru pada edisi {number}", "lead": cast.dinsos.uid},
            )
        adopt(client, cast, approved(cast, roadmap))
    with client.app.app_context():
        plan_verbs.add_item(
            cast.rina, roadmap.id, "action", {"title": "Disetujui saja", "lead": cast.dinsos.uid}
        )
    approved(cast, roadmap)
    with client.app.app_context():
        plan_verbs.add_item(cast.rina, roadmap.id, "action", {"title": "Masih ditulis"})
    return roadmap


def adopt(client: LookingClient, cast: Cast, edition: Edition) -> None:
    with client.app.app_context():
        review_verbs.adopt(
            cast.rina, edition.id, instrument=Instrument.DECREE, number="9", adopted_on=date(2026, 9, 1), subject="x"
        )  # fmt: skip


def test_a_villager_reads_what_became_of_a_promise(cast: Cast, client: LookingClient) -> None:
    a_city_with_editions(cast, client)
    page = client.follow(client.get(DOCUMENT), "Bandingkan dengan Edisi 2")
    assert "Dari Edisi 2 ke Edisi 3" in page
    assert "1 baru 1 diubah" in page
    assert [one.text for one in page.all(".change-title")] == ["1 Melatih petugas", "3 Baru pada edisi 3"]
    money = page.all(".changes > li")[0]
    assert "sebelumnya: Rp2.000 → sesudahnya: Rp3.000" in money.text.replace("  ", " ")
    assert client.follow(page, "1 Melatih petugas").path.startswith(f"{DOCUMENT}/3/aksi/")
    wide = client.submit(page, f"{DOCUMENT}/3/perubahan", {"dari": "1"})
    assert [one.text for one in wide.all(".change-title")] == [
        "1 Melatih petugas", "2 Baru pada edisi 2", "3 Baru pada edisi 3",
    ]  # fmt: skip
    assert "Rp1.000" in wide
    for shown in (page, wide):
        for hidden in ("Disetujui saja", "Masih ditulis", "Rina"):
            assert hidden not in shown.html


def test_only_adopted_editions_can_be_compared(cast: Cast, client: LookingClient) -> None:
    a_city_with_editions(cast, client)
    for address in ("3/perubahan?dari=4", "4/perubahan", "4/perubahan?dari=1", "3/perubahan?dari=9"):
        assert client.get(f"{DOCUMENT}/{address}").status == 404, address
    first = client.get(f"{DOCUMENT}/1/perubahan")
    assert "Ini edisi pertama peta jalan ini; belum ada yang dapat dibandingkan." in first
    assert "Isi kedua edisi ini sama." in client.get(f"{DOCUMENT}/3/perubahan?dari=3")
    backwards = client.get(f"{DOCUMENT}/1/perubahan?dari=2")
    assert "1 diubah 1 tidak ada lagi" in backwards
