"""Adi, the administrator, invites people."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from roadmap.extensions import db
from roadmap.mail import OutboxMail
from roadmap.people.models import Audit, Invitation
from tests.cast import Cast
from tests.factories import a_roadmap
from tests.page import Page


@pytest.fixture
def adi(cast: Cast, client):
    client.sign_in(cast.adi)
    return client


def invite(client, cast: Cast, emails: str = "baru@contoh.go.id", role: str = "mitra", **changes) -> Page:
    page = client.get(f"/regions/{cast.city.id}/invitations/new")
    return client.submit(page, "invite-form", {"emails": emails, "role": role, **changes})


def invitations(client) -> list[Invitation]:
    with client.app.app_context():
        rows = list(db.session.scalars(select(Invitation).order_by(Invitation.id)))
        db.session.expunge_all()
        return rows


def mails(client) -> list[OutboxMail]:
    with client.app.app_context():
        rows = list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))
        db.session.expunge_all()
        return rows


def test_adi_invites_several_people_at_once_by_mail(cast: Cast, adi):
    page = invite(adi, cast, "Satu@Contoh.go.id, dua@contoh.go.id;\r\n\r\n tiga@setara.or.id \r\n")
    assert page.title.startswith("Terkirim:")
    assert "3 surel dikirim." in page.region("notice")
    assert [one.email for one in invitations(adi)] == [
        "satu@contoh.go.id",
        "dua@contoh.go.id",
        "tiga@setara.or.id",
    ]
    sent = mails(adi)
    assert [mail.recipient for mail in sent] == ["satu@contoh.go.id", "dua@contoh.go.id", "tiga@setara.or.id"]
    assert sent[0].subject == "Undangan: peta jalan HAM Kota Contoh"
    assert sent[0].body.startswith("Anda diundang menjadi Mitra OMS pada peta jalan HAM Kota Contoh;")
    assert len({_link_in(mail) for mail in sent}) == 3


def test_the_link_leads_to_the_configured_host_and_its_token_is_stored_hashed(cast: Cast, adi):
    invite(adi, cast)
    link = _link_in(mails(adi)[0])
    assert link.startswith("http://localhost/invitations/")
    token = link.rsplit("/", 1)[1]
    assert len(token) >= 43
    assert token not in invitations(adi)[0].token_hash
    assert adi.another().get(urlsplit(link).path).status == 200


def test_a_forged_host_does_not_reach_the_mail(cast: Cast, adi):
    page = adi.get(f"/regions/{cast.city.id}/invitations/new")
    sent = page.form("invite-form").filled({"emails": "baru@contoh.go.id", "role": "mitra"})
    adi.post(f"/regions/{cast.city.id}/invitations/new", sent, headers={"X-Forwarded-Host": "evil.example"})
    assert _link_in(mails(adi)[0]).startswith("http://localhost/")
    assert adi.raw.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_without_mail_links_and_codes_are_shown_once(cast: Cast, adi):
    page = invite(adi, cast, "satu@contoh.go.id, dua@contoh.go.id", way="link")
    assert page.heading == "Tautan sekali pakai"
    links = [box["value"] for box in page.all("input[readonly]")]
    assert len(set(links)) == 2
    assert [picture["aria-label"] for picture in page.all("svg.qr")] == [
        "Kode QR untuk satu@contoh.go.id", "Kode QR untuk dua@contoh.go.id",
    ]  # fmt: skip
    assert mails(adi) == []
    assert adi.another().get(urlsplit(links[1]).path).status == 200
    people = adi.get(f"/regions/{cast.city.id}/people")
    assert not any(urlsplit(link).path.rsplit("/", 1)[1] in people.html for link in links)


def test_the_code_can_be_read_by_a_telephone(cast: Cast, adi):
    import segno

    page = invite(adi, cast, way="link")
    link = page.one("input[readonly]")["value"]
    drawn = _modules(page.one("svg.qr path")["d"])
    wanted = {
        (x + 4, y + 4)
        for y, row in enumerate(segno.make(link, error="m", micro=False).matrix)
        for x, dark in enumerate(row)
        if dark
    }
    assert drawn == wanted


def test_pressing_twice_invites_once_and_says_so(cast: Cast, adi):
    page = adi.get(f"/regions/{cast.city.id}/invitations/new")
    sent = page.form("invite-form").filled({"emails": "baru@contoh.go.id", "role": "mitra", "way": "link"})
    adi.post(page.path, sent)
    again = adi.post(page.path, sent, follow=True)
    assert "Itu sudah dilakukan." in again.region("notice")
    assert len(invitations(adi)) == 1


def test_the_same_address_twice_gets_one_invitation(cast: Cast, adi):
    invite(adi, cast, "baru@contoh.go.id, BARU@contoh.go.id")
    assert len(invitations(adi)) == 1


def test_a_newer_invitation_to_the_same_role_replaces_the_older(cast: Cast, adi):
    old = invite(adi, cast, way="link").one("input[readonly]")["value"]
    new = invite(adi, cast, way="link").one("input[readonly]")["value"]
    assert adi.another().get(urlsplit(old).path).status == 410
    assert adi.another().get(urlsplit(new).path).status == 200


def test_role_office_roadmap_and_last_day_come_along(cast: Cast, adi):
    roadmap = a_roadmap(cast, title="Peta Jalan 2026–2030")
    invite(
        adi,
        cast,
        role="operator",
        organisation=cast.dinsos.uid,
        roadmap=str(roadmap.id),
        ends_on="2031-01-01",
    )
    one = invitations(adi)[0]
    assert (one.role, one.organisation_uid, one.roadmap_id, one.ends_on, one.region_id) == (
        "operator", cast.dinsos.uid, roadmap.id, date(2031, 1, 1), cast.city.id,
    )  # fmt: skip


def test_an_operator_needs_an_office(cast: Cast, adi):
    page = invite(adi, cast, role="operator")
    assert page.status == 422
    assert page.region("f-organisation-error").text == (
        "Operator OPD menyunting rencana aksi kantornya: pilih kantornya."
    )
    assert invitations(adi) == []


def test_what_was_typed_stays_and_the_address_to_mend_is_named(cast: Cast, adi):
    typed = "baik@contoh.go.id\r\nbukan alamat\r\njuga@baik.id"
    page = invite(adi, cast, typed)
    assert page.status == 422
    assert page.title.startswith("Perlu diperbaiki:")
    fields = page.form("invite-form").fields
    assert fields["emails"] == typed
    assert fields["role"] == "mitra"
    assert "bukan alamat" in page.region("f-emails-error").text
    assert (invitations(adi), mails(adi)) == ([], [])


IMPOSSIBLE = [
    ({"emails": ""}, "emails"),
    ({"emails": "\x00"}, "emails"),
    ({"emails": "a@b"}, "emails"),
    ({"emails": "x" * 300 + "@contoh.go.id"}, "emails"),
    ({"emails": "baru@contoh.go.id\x00evil"}, "emails"),
    ({"emails": ",".join(f"orang{n}@contoh.go.id" for n in range(101))}, "emails"),
    ({"role": ""}, "role"),
    ({"role": "raja"}, "role"),
    ({"organisation": "00000000-0000-4000-8000-000000000000"}, "organisation"),
    ({"organisation": "FOREIGN"}, "organisation"),
    ({"organisation": "x" * 9000}, "organisation"),
    ({"organisation": "\x00"}, "organisation"),
    ({"roadmap": "\x00"}, "roadmap"),
    ({"role": "\x00"}, "role"),
    ({"act_key": "\x00" * 9, "emails": ""}, "emails"),
    ({"roadmap": "999999"}, "roadmap"),
    ({"roadmap": "FOREIGN"}, "roadmap"),
    ({"roadmap": "99999999999999999999999"}, "roadmap"),
    ({"roadmap": "-1"}, "roadmap"),
    ({"ends_on": "2026-02-30"}, "ends_on"),
    ({"ends_on": "kapan-kapan"}, "ends_on"),
    ({"ends_on": "2020-01-01"}, "ends_on"),
    ({"ends_on": "99999-01-01"}, "ends_on"),
]


def test_what_cannot_be_is_refused_where_it_stands(cast: Cast, adi):
    foreign = {"organisation": cast.foreign_office.uid, "roadmap": str(a_roadmap(cast, by=cast.eka).id)}
    adi.get("/account")
    for changes, named in IMPOSSIBLE:
        sent = {"emails": "baru@contoh.go.id", "role": "mitra", "act_key": str(changes)[:60], **changes}
        sent[named] = foreign[named] if sent[named] == "FOREIGN" else sent[named]
        page = adi.post(f"/regions/{cast.city.id}/invitations/new", sent)
        assert page.status == 422, changes
        assert [link.tag["href"] for link in page.region("error-summary").all("a")] == [f"#f-{named}"]
        assert invitations(adi) == []


@pytest.mark.parametrize(
    ("who", "role"), [("rina", "mentor"), ("oki", "pimpinan"), ("maria", "penyusun"), ("wali", "operator")]
)
def test_nobody_is_invited_to_judge_what_they_edit(cast: Cast, adi, who, role):
    page = invite(adi, cast, getattr(cast, who).email, role=role, organisation=cast.dinsos.uid)
    assert page.status == 422
    assert "menilai peta jalan yang juga dapat ia sunting" in page.region("f-role-error").text
    assert invitations(adi) == []


TEAM = ["rina", "oki", "yusuf", "maria", "vera", "wali", "sari"]


def test_the_team_may_not_invite(cast: Cast, client):
    for name in TEAM:
        client.sign_in(getattr(cast, name))
        path = f"/regions/{cast.city.id}/invitations/new"
        page = client.get(path)
        assert page.status == 403
        assert f"Yang dapat melakukannya: Admin daerah ({cast.adi.name})." in page.text
        assert (
            client.post(path, {"emails": "a@contoh.go.id", "role": "admin_daerah", "act_key": "k"}).status
            == 403
        )


@pytest.mark.parametrize("name", ["eka", "nina"])
def test_who_is_not_of_the_region_does_not_know_of_it(cast: Cast, client, name):
    client.sign_in(getattr(cast, name))
    client.get("/account")
    for address in ("people", "invitations/new", "settings", "organisations"):
        assert client.get(f"/regions/{cast.city.id}/{address}").status == 404
    assert client.post(f"/regions/{cast.city.id}/invitations/new", {"emails": "a@b.id"}).status == 404


def test_adi_may_not_invite_to_another_region(cast: Cast, adi):
    adi.get("/account")
    path = f"/regions/{cast.elsewhere.id}/invitations/new"
    assert (adi.get(path).status, adi.post(path, {"emails": "a@b.id", "role": "mitra"}).status) == (404, 404)


def test_he_takes_an_invitation_back(cast: Cast, adi):
    link = invite(adi, cast, way="link").one("input[readonly]")["value"]
    page = adi.get(f"/regions/{cast.city.id}/people")
    page = adi.submit(page, f"/invitations/{invitations(adi)[0].id}/revocation")
    assert "Undangan dicabut." in page.region("notice")
    assert "baru@contoh.go.id" not in page.text
    assert adi.another().get(urlsplit(link).path).status == 410


def test_he_makes_a_new_link_for_one_that_ran_out(cast: Cast, adi, clock):
    adi.sign_in(cast.adi)
    old = invite(adi, cast, way="link", ends_on="2031-01-01").one("input[readonly]")["value"]
    clock.advance(days=7, seconds=1)
    adi.sign_in(cast.adi)
    page = adi.get(f"/regions/{cast.city.id}/people")
    assert "Lewat waktunya" in page.text
    page = adi.submit(page, f"/invitations/{invitations(adi)[0].id}/renewal")
    new = page.one("input[readonly]")["value"]
    assert adi.another().get(urlsplit(old).path).status == 410
    assert adi.another().get(urlsplit(new).path).status == 200
    assert invitations(adi)[-1].ends_on == date(2031, 1, 1)


def test_another_regions_invitation_cannot_be_touched(cast: Cast, adi):
    from roadmap.people import operations
    from roadmap.people.roles import Role
    from roadmap.work import unit_of_work

    with adi.app.app_context(), unit_of_work():
        foreign = operations.invite(None, cast.elsewhere.id, ["x@lain.go.id"], Role.PARTNER)[0].invitation.id
    adi.get("/account")
    for act in ("revocation", "renewal"):
        assert (
            adi.post(f"/regions/{cast.city.id}/invitations/{foreign}/{act}", {"act_key": act}).status == 404
        )
        assert adi.post(f"/regions/{cast.city.id}/invitations/987654/{act}", {"act_key": act}).status == 404
    assert invitations(adi)[0].revoked_at is None


def test_it_is_written_down_without_the_address(cast: Cast, adi):
    invite(adi, cast)
    with adi.app.app_context():
        row = db.session.scalars(select(Audit).where(Audit.verb == "join-link-made")).one()
        assert (row.actor_uid, row.region_id, row.payload) == (cast.adi.uid, cast.city.id, {})


def test_the_list_costs_as_much_for_thirty_people_as_for_ten(cast: Cast, adi):
    from sqlalchemy import event

    from roadmap.people import operations
    from roadmap.people.roles import Role
    from roadmap.work import unit_of_work

    def count() -> int:
        asked: list[str] = []
        with adi.app.app_context():
            engine = db.engine
        listener = lambda *arguments: asked.append(arguments[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", listener)
        assert adi.get(f"/regions/{cast.city.id}/people").status == 200
        event.remove(engine, "before_cursor_execute", listener)
        return len(asked)

    count()  # what the first page after a start reads once
    before = count()
    with adi.app.app_context(), unit_of_work():
        for number in range(20):
            person = operations.create_person(f"Orang {number}", f"orang{number}@contoh.go.id")
            operations.give_membership(None, person, Role.PARTNER, cast.city.id, organisation=cast.oms)
            operations.invite(None, cast.city.id, [f"tamu{number}@contoh.go.id"], Role.PARTNER)
    assert count() == before


def _link_in(mail: OutboxMail) -> str:
    found = re.search(r"http://\S+", mail.body)
    assert found
    return found[0]


def _modules(path: str) -> set[tuple[int, int]]:
    dark = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path):
        dark |= {(int(x) + step, int(y)) for step in range(int(width))}
    return dark
