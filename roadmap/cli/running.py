"""Getting the house to run: its database, its mail, and the list of its routes."""

import json
import time
from dataclasses import asdict, dataclass

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from roadmap import demo as demo_city
from roadmap.config import Config
from roadmap.extensions import db
from roadmap.history.letters import post_words_will_go
from roadmap.history.purging import purge_words
from roadmap.intake import running as tables
from roadmap.intake.operations import purge
from roadmap.mail import deliver_pending
from roadmap.operation.schema import current_migration, has_tables, migrate, only_one
from roadmap.web.declare import who_may_use

PAUSE = 5
AN_HOUR = 3600


def the_config() -> Config:
    """Give the settings of the running application."""
    config: Config = current_app.extensions["roadmap_config"]
    return config


def need_database() -> None:
    """Stop kindly where the database was never prepared."""
    if current_migration() is None:
        message = "Basis data belum ada; jalankan dulu `roadmap prepare`."
        raise click.ClickException(message)


@click.command()
@with_appcontext
def prepare() -> None:
    """Siapkan basis data: buat, perbarui, dan isi kota contoh bila basis data ini baru."""
    config = the_config()
    with only_one(config.instance):
        is_new = not has_tables()
        migrate()
        db.session.remove()
        # A town whose passwords stand in the README belongs on no server that others can reach.
        if is_new and not config.is_production:
            click.echo("Basis data baru. Menanam kota contoh ...")
            demo_city.plant()
    if is_new and config.is_production:
        click.echo("Basis data baru. Undang administrator pertama: roadmap invite EMAIL --administrator")
    click.echo("Siap.")


@click.command()
@click.option("--once", is_flag=True, help="Kerjakan yang menunggu, lalu berhenti.")
@with_appcontext
def worker(*, once: bool) -> None:
    """Kirim surat yang menunggu, lanjutkan tabel yang terhenti, dan lepas berkas lama, terus-menerus."""
    need_database()
    config = the_config()
    purge_at = 0.0
    while True:
        sent = deliver_pending(config)
        resumed = tables.carry_on_stalled()
        db.session.remove()
        if once:
            click.echo(f"{sent} surat terkirim.")
            if resumed:
                click.echo(f"{resumed} tabel dilanjutkan.")
            if gone := purge() + purge_words(post_words_will_go):
                click.echo(f"{gone} berkas dan tulisan lama dilepas.")
            return
        if time.monotonic() >= purge_at:
            purge()
            purge_words(post_words_will_go)
            purge_at = time.monotonic() + AN_HOUR
        if not sent and not resumed:
            time.sleep(PAUSE)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Untuk dibaca mesin.")
@with_appcontext
def routes(*, as_json: bool) -> None:
    """Daftar alamat: endpoint, pola, cara, dan siapa yang boleh."""
    found = all_routes(current_app)
    if as_json:
        click.echo(json.dumps([asdict(route) for route in found], indent=1))
        return
    for route in found:
        click.echo(f"{route.rule:<60} {', '.join(route.methods):<10} {route.who:<22} {route.endpoint}")


@dataclass(frozen=True)
class Route:
    """One address: its pattern, how it is asked, who may (an act of the table of rights, public, oneself)."""

    endpoint: str
    rule: str
    methods: list[str]
    who: str


def all_routes(app: Flask) -> list[Route]:
    """Give every route, by its pattern."""
    found = [
        Route(
            rule.endpoint,
            rule.rule,
            sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
            who_may_use(app, rule.endpoint) or "",
        )
        for rule in app.url_map.iter_rules()
    ]
    return sorted(found, key=lambda route: (route.rule, route.methods))
