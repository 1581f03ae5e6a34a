"""Keeping what the house holds: proving the record, whole copies of it, and proving those."""

import secrets
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from roadmap.cli.running import need_database, the_config
from roadmap.config import Config
from roadmap.extensions import db
from roadmap.history.check import faults_of
from roadmap.history.models import Roadmap
from roadmap.operation.archive import BadArchive, Manifest, load_archive, read_manifest, write_archive
from roadmap.operation.schema import holds_people, migrate, only_one
from roadmap.search.check import faults_of_index
from roadmap.search.operations import reindex
from roadmap.work import unit_of_work

MOST_NAMED = 20


@click.command("check-history")
@click.option("--roadmap", "roadmap_id", type=int, help="Hanya peta jalan dengan nomor ini.")
@with_appcontext
def check_history(roadmap_id: int | None) -> None:
    """Buktikan bahwa riwayat utuh: catatan, rantai, isi, dan edisi menceritakan hal yang sama."""
    need_database()
    found = list(islice(faults(roadmap_id), MOST_NAMED))
    for fault in found:
        click.echo(fault)
    if found:
        sys.exit(1)
    click.echo("Riwayat utuh.")
    if any(next(faults_of_index(one), None) for one in _roadmaps(roadmap_id)):
        click.echo("Indeks pencarian tertinggal; jalankan `roadmap reindex`.")


@click.command("reindex")
@click.option("--roadmap", "roadmap_id", type=int, help="Hanya peta jalan dengan nomor ini.")
@click.option("--check", "only_check", is_flag=True, help="Hanya bandingkan, tanpa mengubah apa pun.")
@with_appcontext
def reindex_all(roadmap_id: int | None, *, only_check: bool) -> None:
    """Susun ulang indeks pencarian dari isi peta jalan."""
    need_database()
    if only_check:
        found = [fault for one in _roadmaps(roadmap_id) for fault in faults_of_index(one)]
        for fault in found[:MOST_NAMED]:
            click.echo(fault)
        sys.exit(1 if found else 0)
    click.echo(f"{make_index(roadmap_id)} bagian dan komentar dapat dicari.")


def make_index(roadmap_id: int | None = None) -> int:
    """Make the index of one roadmap, or of all, anew; each in a transaction of its own, so that people can go on."""
    count = 0
    for one in _roadmaps(roadmap_id):
        with unit_of_work():
            count += reindex(one)
        db.session.expunge_all()
    return count


def _roadmaps(roadmap_id: int | None) -> list[int]:
    query = select(Roadmap.id).order_by(Roadmap.id)
    return list(db.session.scalars(query if roadmap_id is None else query.where(Roadmap.id == roadmap_id)))


def faults(roadmap_id: int | None = None) -> Iterator[str]:
    """Tell every place where the record of a roadmap, or of all, does not fit."""
    query = select(Roadmap.id).order_by(Roadmap.id)
    if roadmap_id is not None:
        query = query.where(Roadmap.id == roadmap_id)
    ids = db.session.scalars(query).all()
    if roadmap_id is not None and not ids:
        yield f"roadmap {roadmap_id}: tidak ada"
    for one in ids:
        yield from faults_of(db.session.get_one(Roadmap, one))
        db.session.rollback()
        db.session.expunge_all()


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Salin seluruh isi basis data ke satu berkas, sambil orang tetap bekerja."""
    try:
        manifest = write_archive(file)
    except (BadArchive, OSError) as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"{file}: {manifest.rows} baris, {len(manifest.heads)} peta jalan.")
    click.echo("Berkas ini memuat data pribadi dan rancangan. Simpan seaman basis datanya.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--verify", is_flag=True, help="Hanya periksa: muat ke basis data sementara, lalu buktikan.")
@with_appcontext
def restore(file: Path, *, verify: bool) -> None:
    """Kembalikan salinan ke basis data yang masih kosong, setelah salinan itu terbukti utuh."""
    config = the_config()
    try:
        manifest = read_manifest(file)
        _prove(file, manifest, config)
        click.echo(f"Salinan utuh: {manifest.rows} baris, {len(manifest.heads)} peta jalan.")
        if not verify:
            _put_back(file, manifest, config)
            make_index()
            click.echo("Salinan sudah dikembalikan.")
    except BadArchive as problem:
        raise click.ClickException(str(problem)) from problem


def _prove(file: Path, manifest: Manifest, config: Config) -> None:
    from roadmap import create_app  # noqa: PLC0415 - the house puts up this command, so the command builds it late

    with tempfile.TemporaryDirectory() as folder:
        trial = replace(
            config,
            instance=Path(folder),
            database_url=f"sqlite:///{folder}/trial.sqlite3",
            secret_key=secrets.token_hex(32),
        )
        with create_app(trial).app_context():
            try:
                migrate()
                load_archive(file, manifest)
                _compare_heads(manifest)
                for fault in faults():
                    message = f"riwayat di dalamnya tidak utuh: {fault}"
                    raise BadArchive(message)
            finally:
                db.session.remove()
                db.engine.dispose()


def _compare_heads(manifest: Manifest) -> None:
    heads = {row.uid: row.head_digest for row in db.session.execute(select(Roadmap.uid, Roadmap.head_digest))}
    if heads != dict(manifest.heads):
        message = "ujung riwayat peta jalannya tidak sama dengan yang ditulis"
        raise BadArchive(message)


def _put_back(file: Path, manifest: Manifest, config: Config) -> None:
    with only_one(config.instance):
        migrate()
        if holds_people():
            message = "basis data ini sudah dipakai; salinan hanya dikembalikan ke basis data yang kosong"
            raise BadArchive(message)
        load_archive(file, manifest)
