"""The words of the house: taken from its source, and looked over."""

import sys

import click

from roadmap.operation import catalogues


@click.command()
@click.option("--update", is_flag=True, help="Tulis ulang kedua katalog dari kode dan templat.")
@click.option("--check", is_flag=True, help="Periksa katalog; keluar dengan 1 bila ada yang tidak cocok.")
def words(*, update: bool, check: bool) -> None:
    """Katalog kalimat: ambil dari kode, dan periksa."""
    if update:
        empty = catalogues.update()
        click.echo(f"{len(catalogues.extract())} kalimat; {empty} belum ada bahasa Inggrisnya.")
    if check:
        found = list(catalogues.faults())
        for fault in found:
            click.echo(str(fault))
        if found:
            sys.exit(1)
        click.echo("Katalog cocok.")
    if not (update or check):
        click.echo(f"{len(catalogues.extract())} kalimat. Pilih --update atau --check.")
