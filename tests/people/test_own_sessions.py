"""Rina looks where she is signed in, and signs out of what is not hers any more."""

import pytest

from roadmap.people.devices import device_named
from roadmap.people.models import SignedIn
from tests.cast import Cast

TELEPHONE = "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


def test_rina_ends_the_session_on_the_office_computer(cast: Cast, client):
    office = client.another()
    office.sign_in(cast.rina)
    client.sign_in(cast.rina)
    page = client.get("/account/sessions")
    assert page.text.count("Perangkat ini") == 1
    (form,) = [
        one["id"]
        for one in page.all("main form")
        if one["id"].startswith("end-") and one["id"] != "end-others"
    ]
    after = client.submit(page, form)
    assert "Perangkat itu sudah dikeluarkan" in after
    assert (client.get("/account").status, office.get("/account").status) == (200, 302)


def test_rina_does_not_end_marias_session(cast: Cast, client):
    maria = client.another()
    maria.sign_in(cast.maria)
    client.sign_in(cast.rina)
    client.get("/account")
    with client.app.app_context():
        hers = _of(cast.maria.id)
    assert client.post(f"/account/sessions/{hers}/end").status == 404
    assert client.post("/account/sessions/99999/end").status == 404
    assert maria.get("/account").status == 200


def _of(person_id: int) -> int:
    from roadmap.extensions import db

    return db.session.query(SignedIn).filter_by(person_id=person_id).one().id


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("said", "named"),
    [
        (TELEPHONE, ("Chrome", "Android")),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
            ("Edge", "Windows"),
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
            ("Safari", "iPhone"),
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", ("Firefox", "Linux")),
        ("curl/8", ("", "")),
    ],
)
def test_a_device_is_called_what_people_call_it(said: str, named: tuple[str, str]) -> None:
    assert device_named(said) == named
