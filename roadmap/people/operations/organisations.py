"""The one register of organisations: a region's own and the national ones, each once."""

from collections.abc import Callable, Sequence

from sqlalchemy import select, update

from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.people.access import Place, region_for, require
from roadmap.people.errors import LikelyTwins
from roadmap.people.models import Organisation, OrganisationKind, Person, Region
from roadmap.people.operations.accounts import note
from roadmap.people.queries import find_organisation, organisations_seen_by, region_of_roadmap
from roadmap.people.reading import read_all, read_choice, read_line
from roadmap.people.roles import Act
from roadmap.people.rules import are_alike, same_name
from roadmap.text.words import N_
from roadmap.work import unit_of_work


def add_organisation(
    actor: Person | None,
    region_id: int | None,
    name: str,
    kind: OrganisationKind | str,
    *,
    abbreviation: str = "",
    contact: str = "",
    despite_twins: bool = True,
) -> Organisation:
    """Add an organisation to a region's register; a national one (no region) from the command line only.

    Raises as the gate does for MANAGE_ORGANISATIONS, NotValid for a name the register has already, and
    LikelyTwins unless `despite_twins`. Writes an Audit row.
    """
    words = _read(name, kind, abbreviation, contact)
    with unit_of_work():
        region = _register_of(actor, region_id)
        _require_free_name(region_id, words["name"])
        if not despite_twins and (twins := likely_twins(region_id, words["name"], words["abbreviation"])):
            raise LikelyTwins(twins)
        organisation = Organisation(
            region_id=region_id,
            name=words["name"],
            kind=OrganisationKind(words["kind"]),
            abbreviation=words["abbreviation"] or None,
            contact=words["contact"] or None,
        )
        db.session.add(organisation)
        db.session.flush()
        note(actor, "organisation-added", region=region, about=organisation.uid)
        return organisation


def change_organisation(
    actor: Person,
    region_id: int,
    uid: str,
    name: str,
    kind: OrganisationKind | str,
    *,
    abbreviation: str = "",
    contact: str = "",
) -> Organisation:
    """Change an organisation of the region's own. Raises as `add_organisation` does, and NotThere for another's.

    When nothing differs nothing is written.
    """
    words = _read(name, kind, abbreviation, contact)
    with unit_of_work():
        region = _register_of(actor, region_id)
        organisation = _own(region_id, uid)
        if not same_name(organisation.name, words["name"]):
            _require_free_name(region_id, words["name"])
        wanted = (words["name"], words["kind"], words["abbreviation"] or None, words["contact"] or None)
        was = (organisation.name, organisation.kind, organisation.abbreviation, organisation.contact)
        if wanted != was:
            organisation.name, organisation.kind = words["name"], OrganisationKind(words["kind"])
            organisation.abbreviation, organisation.contact = wanted[2], wanted[3]
            # Whoever mends an office that a table proposed has looked at it.
            organisation.is_proposed = False
            note(actor, "organisation-changed", region=region, about=uid)
        elif organisation.is_proposed:
            keep_organisation(actor, region_id, uid)
        return organisation


def merge_organisation(actor: Person, region_id: int, uid: str, into_uid: str) -> Organisation:
    """Have an organisation of the region's own answer as another one, wherever a plan or a membership names it.

    Nothing that names it is rewritten. Raises as the gate does, NotThere for another region's, and NotValid for
    a merge with itself or with what the region does not see. Returns the one that stands. Writes an Audit row.
    """
    with unit_of_work():
        region = _register_of(actor, region_id)
        organisation = _own(region_id, uid)
        standing = find_organisation(region_id, into_uid)
        if standing is None or standing.uid == organisation.uid:
            raise NotValid({"into": N_("Pilih kantor atau lembaga lain dari daftar daerah ini.")})
        organisation.merged_into, organisation.is_proposed = standing.uid, False
        # Whatever was merged into this one before points to the one that stands now, so that chains stay short.
        db.session.execute(
            update(Organisation)
            .where(Organisation.merged_into == organisation.uid)
            .values(merged_into=standing.uid)
        )
        note(actor, "organisation-merged", region=region, about=uid, payload={"into": standing.uid})
        return standing


def propose_organisation(actor: Person, roadmap_id: int, name: str, *, uid: str) -> Organisation:
    """Register an office that a table names, under a uid its items name already, for the administrator to look at.

    The right is that of whoever drafts the roadmap. Raises as the gate does for EDIT, and NotValid for a name
    that cannot stand or that the register has by now. Writes an Audit row.
    """
    words = _read(name, _likely_kind(name), "", "")
    with unit_of_work():
        region_id = region_of_roadmap(roadmap_id)
        region = db.session.get(Region, region_id)
        if region_id is None or region is None:
            raise NotThere
        require(actor, Act.EDIT, Place(region_id, roadmap_id))
        db.session.execute(select(Region.id).where(Region.id == region_id).with_for_update())
        _require_free_name(region_id, words["name"])
        organisation = Organisation(
            uid=uid,
            region_id=region_id,
            name=words["name"],
            kind=OrganisationKind(words["kind"]),
            is_proposed=True,
        )
        db.session.add(organisation)
        db.session.flush()
        note(actor, "organisation-proposed", region=region, about=uid)
        return organisation


def keep_organisation(actor: Person, region_id: int, uid: str) -> Organisation:
    """Have an organisation that a table proposed stand as it is. Raises as the gate does, and NotThere.

    Writes an Audit row; kept already, nothing is written.
    """
    with unit_of_work():
        region = _register_of(actor, region_id)
        organisation = _own(region_id, uid)
        if organisation.is_proposed:
            organisation.is_proposed = False
            note(actor, "organisation-kept", region=region, about=uid)
        return organisation


def likely_twins(region_id: int | None, name: str, abbreviation: str = "") -> Sequence[Organisation]:
    """Give the organisations a region sees that look like this one, by case, spacing or abbreviation."""
    seen = organisations_seen_by(region_id) if region_id is not None else _national()
    return [one for one in seen if are_alike((one.name, one.abbreviation or ""), (name, abbreviation))]


def _read(name: str, kind: str, abbreviation: str, contact: str) -> dict[str, str]:
    readers: dict[str, Callable[[], str]] = {
        "name": lambda: read_line("name", name, 300),
        "kind": lambda: read_choice("kind", str(kind), [str(one) for one in OrganisationKind]),
        "abbreviation": lambda: read_line("abbreviation", abbreviation, 60, required=False),
        "contact": lambda: read_line("contact", contact, 300, required=False),
    }
    return read_all(readers)


_KINDS = (
    (("bagian ", "sekretariat daerah"), OrganisationKind.SECRETARIAT),
    (("kecamatan ", "kelurahan ", "kec. "), OrganisationKind.SUBDISTRICT),
    (("universitas", "institut ", "politeknik", "fakultas", "sekolah tinggi"), OrganisationKind.ACADEMIC),
    (("pt ", "pt. ", "cv ", "cv. ", "apindo", "kadin"), OrganisationKind.BUSINESS),
    (("kementerian", "komnas", "komisi nasional", "lembaga perlindungan saksi"), OrganisationKind.NATIONAL),
    (
        ("kantor kementerian", "polres", "kejaksaan", "pengadilan", "lapas", "rutan"),
        OrganisationKind.VERTICAL,
    ),
    (("yayasan", "perkumpulan", "lembaga bantuan hukum", "lbh", "lsm", "aliansi"), OrganisationKind.CSO),
    (("himpunan wanita disabilitas", "hwdi", "ppdi", "gerkatin", "pertuni"), OrganisationKind.DPO),
    (("tp pkk", "pkk", "karang taruna", "posyandu", "forum "), OrganisationKind.COMMUNITY),
    (
        (
            "dinas",
            "din.",
            "badan",
            "inspektorat",
            "satpol",
            "satuan polisi",
            "rsud",
            "sekretariat dprd",
            "bappe",
        ),
        OrganisationKind.AGENCY,
    ),
)


def _likely_kind(name: str) -> OrganisationKind:
    """Guess the kind of an office from how its name begins."""
    begins = name.strip().casefold() + " "
    found = [kind for words, kind in _KINDS if begins.startswith(words)]
    # Of "kementerian" and "kantor kementerian" only one fits; the last named is the nearest.
    return found[-1] if found else OrganisationKind.OTHER


def _register_of(actor: Person | None, region_id: int | None) -> Region | None:
    if region_id is None:
        if actor is not None:
            raise NotThere
        return None
    region = (
        region_for(actor, region_id, to=Act.MANAGE_ORGANISATIONS)
        if actor
        else db.session.get(Region, region_id)
    )
    if region is None:
        raise NotThere
    # Whoever adds the same name at this moment waits here.
    db.session.execute(select(Region.id).where(Region.id == region_id).with_for_update())
    return region


def _require_free_name(region_id: int | None, name: str) -> None:
    known = select(Organisation.name).where(
        Organisation.region_id.is_(None) if region_id is None else Organisation.region_id == region_id,
        Organisation.merged_into.is_(None),
    )
    if any(same_name(one, name) for one in db.session.scalars(known)):
        raise NotValid({"name": N_("Nama ini sudah ada di daftar daerah ini.")})


def _own(region_id: int, uid: str) -> Organisation:
    found = db.session.scalar(
        select(Organisation).where(
            Organisation.uid == uid, Organisation.region_id == region_id, Organisation.merged_into.is_(None)
        )
    )
    if found is None:
        raise NotThere
    return found


def _national() -> Sequence[Organisation]:
    query = select(Organisation).where(Organisation.region_id.is_(None), Organisation.merged_into.is_(None))
    return db.session.scalars(query).all()
