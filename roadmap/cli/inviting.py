"""Inviting somebody from the command line, which is also how an empty installation begins."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from roadmap.cli.running import need_database, the_config
from roadmap.clock import ZONES
from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.people import letters, operations
from roadmap.people.models import Region, RegionKind
from roadmap.people.roles import Role


@click.command()
@click.argument("email", required=False)
@click.option("--role", type=click.Choice([role.value for role in Role]), help="Peran yang diberikan.")
@click.option(
    "--administrator", is_flag=True, help="Sama dengan --role admin_daerah; memulai pemasangan baru."
)
@click.option("--region", help="Daerah: nomornya atau alamat pendeknya, misalnya kota-contoh.")
@click.option("--region-name", help="Nama daerah baru, tanpa kata kabupaten atau kota.")
@click.option(
    "--region-kind", type=click.Choice([kind.value for kind in RegionKind]), help="Jenis daerah baru."
)
@click.option("--province", help="Provinsi daerah baru.")
@click.option(
    "--zone", type=click.Choice(list(ZONES)), default="WIB", show_default=True, help="Zona waktu daerah baru."
)
@click.option(
    "--link", "by_link", is_flag=True, help="Tampilkan tautannya di sini saja; tidak mengirim surat."
)
@with_appcontext
def invite(
    email: str | None,
    role: str | None,
    region: str | None,
    *,
    administrator: bool,
    by_link: bool,
    **new_region: str | None,
) -> None:
    """Undang seseorang ke sebuah daerah; tautannya berlaku sekali, tujuh hari."""
    if administrator:
        role = Role.ADMIN
    if role is None:
        message = "Pilih --role, atau --administrator."
        raise click.UsageError(message)
    need_database()
    email = email or click.prompt("Alamat surel")
    try:
        region_id = _region_id(region, new_region)
        # Whoever sits at the server has no mail yet to rely on: an administrator's link is always shown.
        shown = by_link or administrator
        send = None if shown else letters.post_ticket
        with current_app.test_request_context(base_url=the_config().base_url):
            ticket = operations.invite(None, region_id, [email], Role(role), send=send)[0]
            link = letters.link_of(ticket)
    except NotValid as problem:
        raise click.ClickException("; ".join(problem.errors.values()) or problem.sentence) from problem
    if shown:
        click.echo("Tautan ini hanya ditampilkan sekali. Berikan kepada orangnya sendiri:")
        click.echo(link)
    else:
        click.echo(f"Undangan untuk {email} sudah masuk kotak keluar.")


def _region_id(named: str | None, new: dict[str, str | None]) -> int:
    if new["region_name"]:
        kind = new["region_kind"] or click.prompt(
            "Jenis", type=click.Choice([one.value for one in RegionKind])
        )
        province = new["province"] or click.prompt("Provinsi")
        return operations.create_region(new["region_name"], kind, province, zone=new["zone"] or "WIB").id
    regions = db.session.scalars(select(Region).order_by(Region.id)).all()
    found = [one for one in regions if named is None or named in {str(one.id), one.slug}]
    if len(found) == 1:
        return found[0].id
    known = ", ".join(one.slug for one in regions) or "belum ada"
    message = f"Pilih --region (yang ada: {known}), atau buat yang baru dengan --region-name."
    raise click.UsageError(message)
