"""The key of a form tells whose form it is, and nobody can make one that tells another's name."""

import pytest
from flask import Flask
from flask_login import login_user

from roadmap.people.models import ActReceipt
from roadmap.people.writers import act_key, writer_of
from tests.cast import Cast

pytestmark = pytest.mark.engines("sqlite")  # nothing here asks the database


def _key(app: Flask, person: object = None) -> str:
    with app.test_request_context():
        if person is not None:
            login_user(person)
        return act_key()


def test_a_form_tells_its_reader_and_no_other(app: Flask, cast: Cast) -> None:
    key = _key(app, cast.rina)
    assert len(key) <= ActReceipt.act_key.type.length
    assert key != _key(app, cast.rina)
    with app.app_context():
        assert writer_of(key) == cast.rina.uid


def test_a_form_of_nobody_and_a_forged_key_tell_nothing(app: Flask, cast: Cast) -> None:
    ours, theirs = _key(app, cast.rina), _key(app, cast.dodi)
    forged = [
        _key(app),
        "",
        "k",
        "k.",
        "k." + "A" * 34,
        ours[:-1] + "!",
        theirs[:-12] + ours[-12:],
        "é.ü",
        ours + "x",
    ]
    with app.app_context():
        assert [writer_of(key) for key in forged] == [""] * len(forged)


def test_it_still_tells_after_a_change_of_the_secret(app: Flask, cast: Cast) -> None:
    key = _key(app, cast.rina)
    app.config["SECRET_KEY_FALLBACKS"], app.secret_key = [app.secret_key], "n" * 40
    with app.app_context():
        assert writer_of(key) == cast.rina.uid
        app.config["SECRET_KEY_FALLBACKS"] = []
        assert writer_of(key) == ""
