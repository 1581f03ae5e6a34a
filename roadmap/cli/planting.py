"""The demo city, and large data beside what is there."""

import json

import click
from flask.cli import with_appcontext

from roadmap import demo as demo_city
from roadmap.cli.running import need_database
from roadmap.demo.large import plant_large

FEW_ITEMS, FEW_REVISIONS = 200, 3


@click.command()
@click.option("--items", type=click.IntRange(min=1), help="Tambahkan data besar: sekian bagian.")
@click.option("--revisions", type=click.IntRange(min=1), help="Sekian keadaan untuk setiap bagian.")
@click.option("--regions", type=click.IntRange(min=1), help="Di sekian daerah contoh baru.")
@with_appcontext
def demo(items: int | None, revisions: int | None, regions: int | None) -> None:
    """Tanam kota contoh; dengan pilihan, tambahkan data besar di samping yang ada."""
    need_database()
    if items or revisions or regions:
        plant_large(items or FEW_ITEMS, revisions or FEW_REVISIONS, regions or 0, click.echo)
        return
    if demo_city.is_planted():
        click.echo("Kota contoh sudah ada.")
        return
    demo_city.plant()
    click.echo("Kota contoh sudah ditanam.")


@click.command("demo-people")
@click.option("--json", "as_json", is_flag=True, help="Untuk dibaca mesin.")
@with_appcontext
def demo_people(*, as_json: bool) -> None:
    """Orang-orang kota contoh: surel, peran, daerah, peta jalan."""
    need_database()
    found = demo_city.people()
    if as_json:
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    if not found:
        click.echo("Tidak ada kota contoh di basis data ini.")
        return
    for one in found:
        click.echo(f"{one['email']:<26} {one['role_label']:<22} {one['region']:<26} {one['name']}")
    click.echo(f"Kata sandi semuanya: {demo_city.PASSWORD}")
