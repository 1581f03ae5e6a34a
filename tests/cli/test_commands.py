"""What stands behind `roadmap …`: each command as whoever runs the house types it."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select, text

from roadmap import create_app, demo
from roadmap.config import Config
from roadmap.extensions import db
from roadmap.history.models import Changeset, KeptWords, Revision, Roadmap
from roadmap.mail import OutboxMail, post
from roadmap.operation import catalogues
from roadmap.people.models import Invitation, Person, Region
from roadmap.people.roles import Role, Stage
from roadmap.work import unit_of_work

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Type a command on this test's database."""
    return lambda *words: app.test_cli_runner().invoke(args=list(words))


@pytest.fixture
def fresh(empty_database: str, tmp_path: Path) -> Flask:
    """The house on a database without a table."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    return create_app(Config.for_tests(empty_database, folder))


def close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


# --- prepare and the demo city


@pytest.mark.slow
def test_preparing_an_empty_database_plants_the_demo_city_once(fresh: Flask) -> None:
    runner = fresh.test_cli_runner()
    first = runner.invoke(args=["prepare"])
    assert first.exit_code == 0, first.output
    with fresh.app_context():
        regions, people, acts = count(Region), count(Person), count(Changeset)
    assert (regions, people) == (2, 10)
    again = runner.invoke(args=["prepare"])
    assert (again.exit_code, again.output) == (0, "Siap.\n")
    with fresh.app_context():
        assert (count(Region), count(Person), count(Changeset)) == (regions, people, acts)
    checked = runner.invoke(args=["check-history"])
    assert (checked.exit_code, checked.output) == (0, "Riwayat utuh.\n")
    close(fresh)


def test_a_server_that_others_reach_gets_no_demo_people(empty_database: str, tmp_path: Path) -> None:
    app = create_app(
        Config.for_tests(empty_database, tmp_path, environment="production", base_url="https://contoh.go.id")
    )
    answer = app.test_cli_runner().invoke(args=["prepare"])
    assert answer.exit_code == 0, answer.output
    assert "invite EMAIL --administrator" in answer.output
    with app.app_context():
        assert count(Person) == 0
    close(app)


def test_a_database_that_others_made_gets_no_demo_city(run: Run, ctx: Flask) -> None:
    assert run("prepare").output == "Siap.\n"
    assert count(Region) == 0


@pytest.mark.slow
def test_the_demo_city_has_something_for_everybody(run: Run, ctx: Flask) -> None:
    assert run("demo").exit_code == 0
    stages = [roadmap.stage for roadmap in db.session.scalars(select(Roadmap).order_by(Roadmap.id))]
    assert stages == [Stage.REVIEW, Stage.SUBMITTED, Stage.VERIFICATION, Stage.REVISION, Stage.DRAFT]
    verbs = set(db.session.scalars(select(Changeset.verb)))
    assert {"add", "edit", "merge", "move", "remove", "submit", "adopt"} <= verbs
    assert db.session.scalars(select(KeptWords.cause)).all() == ["clash"]
    assert all(
        person.is_example and person.email.endswith(".example")
        for person in db.session.scalars(select(Person))
    )
    assert count(OutboxMail) == db.session.scalar(
        select(func.count()).select_from(OutboxMail).where(OutboxMail.sent_at.is_not(None))
    )
    moments = db.session.execute(
        select(Changeset.roadmap_id, Changeset.at).order_by(Changeset.roadmap_id, Changeset.seq)
    ).all()
    assert moments == sorted(moments, key=lambda row: (row[0], row[1])), "time went back"

    found = json.loads(run("demo-people", "--json").output)
    assert {one["role"] for one in found if one["region"] == "Kota Contoh"} == {role.value for role in Role}
    assert [one["email"] for one in found if one["region"] != "Kota Contoh"] == ["lukas@contoh.example"]
    assert set(found[0]) >= {"email", "role", "region", "roadmap"}
    assert demo.PASSWORD in run("demo-people").output
    assert run("demo").output == "Kota contoh sudah ada.\n"


@pytest.mark.slow
def test_large_data_comes_in_acts_of_two_hundred_through_the_record(run: Run, ctx: Flask) -> None:
    answer = run("demo", "--items", "250", "--revisions", "3", "--regions", "2")
    assert answer.exit_code == 0, answer.output
    assert (count(Region), count(Roadmap)) == (2, 2)
    # For each roadmap: the cover, and 250 items in two acts, three times.
    assert count(Changeset) == 2 * (1 + 2 * 3)
    assert count(Revision) == 2 * (1 + 250 * 3)
    largest = db.session.scalar(
        select(func.count())
        .select_from(Revision)
        .group_by(Revision.changeset_id)
        .order_by(func.count().desc())
        .limit(1)
    )
    assert largest == 200
    assert run("check-history").exit_code == 0


# --- keeping


@pytest.fixture
def written(app: Flask, run: Run) -> Flask:
    """A house with a little in it."""
    assert run("demo", "--items", "20", "--revisions", "2").exit_code == 0
    return app


def test_a_falsified_record_is_named(written: Flask, run: Run) -> None:
    from roadmap.history.triggers import remove

    with written.app_context(), db.engine.begin() as connection:
        remove(connection)
        connection.execute(text("UPDATE changeset SET verb = 'move' WHERE seq = 2"))
    answer = run("check-history")
    assert answer.exit_code == 1
    assert "changeset 2" in answer.output
    assert run("check-history", "--roadmap", "1").exit_code == 1
    assert run("check-history", "--roadmap", "99").exit_code == 1


def test_what_is_backed_up_is_what_comes_back(written: Flask, run: Run, fresh: Flask, tmp_path: Path) -> None:
    file = tmp_path / "salinan.zip"
    assert run("backup", str(file)).exit_code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    proved = run("restore", str(file), "--verify")
    assert (proved.exit_code, proved.output.startswith("Salinan utuh")) == (0, True)

    refused = run("restore", str(file))
    assert refused.exit_code == 1
    assert "sudah dipakai" in refused.output

    answer = fresh.test_cli_runner().invoke(args=["restore", str(file)])
    assert answer.exit_code == 0, answer.output
    again = tmp_path / "lagi.zip"
    assert fresh.test_cli_runner().invoke(args=["backup", str(again)]).exit_code == 0
    with zipfile.ZipFile(file) as one, zipfile.ZipFile(again) as other:
        tables = [name for name in one.namelist() if name.startswith("tables/")]
        assert [name for name in tables if one.read(name) != other.read(name)] == []
    # What comes back can be worked on: numbers go on where they were.
    assert fresh.test_cli_runner().invoke(args=["demo", "--items", "5", "--revisions", "1"]).exit_code == 0
    close(fresh)


def test_a_damaged_copy_is_refused(written: Flask, run: Run, tmp_path: Path) -> None:
    file, damaged = tmp_path / "salinan.zip", tmp_path / "rusak.zip"
    run("backup", str(file))
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(damaged, "w") as broken:
        for name in whole.namelist():
            data = whole.read(name)
            broken.writestr(
                name, data.replace(b"Melatih", b"Merugi ") if name == "tables/action.jsonl" else data
            )
    answer = run("restore", str(damaged), "--verify")
    assert answer.exit_code == 1
    assert "tabel action" in answer.output
    damaged.write_bytes(b"bukan zip")
    assert run("restore", str(damaged), "--verify").exit_code == 1


# --- people and mail


def test_an_empty_house_begins_with_an_administrators_link(run: Run, ctx: Flask) -> None:
    answer = run(
        "invite", "tini@contoh.go.id", "--administrator", "--region-name", "Baru", "--region-kind", "kota", "--province", "Jawa",
    )  # fmt: skip
    assert answer.exit_code == 0, answer.output
    link = answer.output.splitlines()[-1]
    assert link.startswith("http://localhost/invitations/")
    invitation = db.session.scalars(select(Invitation)).one()
    assert (invitation.email, invitation.role) == ("tini@contoh.go.id", Role.ADMIN)
    assert count(OutboxMail) == 0
    assert link.rsplit("/", 1)[1] not in invitation.token_hash


def test_an_invitation_goes_by_mail_unless_a_link_is_asked_for(run: Run, ctx: Flask) -> None:
    assert run("invite", "x@contoh.go.id", "--role", "mentor").exit_code == 2  # no region yet
    run(
        "invite",
        "a@contoh.go.id",
        "--administrator",
        "--region-name",
        "Baru",
        "--region-kind",
        "kota",
        "--province",
        "Jawa",
    )
    answer = run("invite", "maria@komnas.go.id", "--role", "mentor", "--region", "kota-baru")
    assert answer.exit_code == 0, answer.output
    assert "/invitations/" not in answer.output
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (mail.recipient, "/invitations/" in mail.body) == ("maria@komnas.go.id", True)
    shown = run("invite", "yusuf@oms.or.id", "--role", "mitra", "--region", "kota-baru", "--link")
    assert "/invitations/" in shown.output
    assert count(OutboxMail) == 1
    assert run("invite", "bukan-surel", "--role", "mitra", "--region", "kota-baru").exit_code == 1


def test_the_worker_sends_what_waits(run: Run, ctx: Flask) -> None:
    with unit_of_work():
        post("rina@contoh.go.id", "Kabar", "Satu kalimat.")
    assert run("worker", "--once").output == "1 surat terkirim.\n"
    config: Config = ctx.extensions["roadmap_config"]
    assert "Satu kalimat." in next((config.instance / "mail").glob("*.eml")).read_text()
    assert run("worker", "--once").output == "0 surat terkirim.\n"


def test_commands_say_so_kindly_when_there_is_no_database_yet(fresh: Flask) -> None:
    for words in (
        ["check-history"],
        ["demo"],
        ["demo-people"],
        ["worker", "--once"],
        ["invite", "a@b.id", "--role", "mentor"],
    ):
        answer = fresh.test_cli_runner().invoke(args=words)
        assert (answer.exit_code, "roadmap prepare" in answer.output) == (1, True), words
    close(fresh)


# --- routes and words


@pytest.mark.engines("sqlite")  # asks no database
def test_routes_tell_who_may(run: Run) -> None:
    found = {
        (route["endpoint"], *route["methods"]): route for route in json.loads(run("routes", "--json").output)
    }
    assert found["web.home", "GET"] == {
        "endpoint": "web.home",
        "rule": "/",
        "methods": ["GET"],
        "who": "public",
    }
    assert found["desk.roadmap", "GET"]["who"] == "see"
    assert "desk.roadmap" in run("routes").output


def test_the_catalogues_are_the_same_whoever_writes_them(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    catalogues.update(first)
    catalogues.update(second)
    for language in catalogues.LANGUAGES:
        path = Path(language) / "LC_MESSAGES" / "messages.po"
        assert (first / path).read_bytes() == (second / path).read_bytes()
        assert "POT-Creation-Date" not in (first / path).read_text()


def test_the_catalogues_faults_are_found(tmp_path: Path) -> None:
    catalogues.update(tmp_path)
    path = tmp_path / "en" / "LC_MESSAGES" / "messages.po"
    untouched = path.read_text()
    assert 'msgid "Simpan"\nmsgstr ""' in untouched
    cases = {
        'msgstr ""': "not translated",
        'msgstr "Save the changeset"': "says 'changeset', which no reader should meet",
        'msgstr "Save!"': "shouts",
        'msgstr "Save %(name)s"': "names other places than its id",
    }
    for said, what in cases.items():
        path.write_text(untouched.replace('msgid "Simpan"\nmsgstr ""', f'msgid "Simpan"\n{said}'))
        assert what in [fault.what for fault in catalogues.faults(tmp_path) if fault.sentence == "Simpan"], (
            what
        )
    path.write_text(untouched.replace('msgid "Simpan"\nmsgstr ""', 'msgid "Simpan"\nmsgstr "Save"'))
    assert [fault for fault in catalogues.faults(tmp_path) if fault.sentence == "Simpan"] == []
    catalogues.update(tmp_path)
    assert 'msgid "Simpan"\nmsgstr "Save"' in path.read_text(), "what was translated is kept"
