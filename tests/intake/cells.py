"""Cells as people type them, for tests: words("31/12/2026"), figure("0.729", is_percent=True), day("2026-12-31")."""

from collections.abc import Mapping, Sequence

from roadmap.exchange.columns import Target
from roadmap.history.models import Plain
from roadmap.intake.books import Cell, CellKind
from roadmap.intake.candidates import Where
from roadmap.intake.layouts import Reading
from roadmap.intake.naming import Names
from roadmap.intake.values import Understood, understand
from roadmap.people.models import Organisation, OrganisationKind
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import KINDS, Field

SHEET, COLUMN = 0, 5
OFFICES = {
    "uid-bappeda": ("Badan Perencanaan Pembangunan Daerah Kota Contoh", "Bappeda"),
    "uid-dinsos": ("Dinas Sosial", "Dinsos"),
    "uid-dp3a": ("Dinas Pemberdayaan Perempuan dan Perlindungan Anak", "DP3A"),
    "uid-dlh": ("Dinas Lingkungan Hidup", "DLH"),
    "uid-kominfo": ("Dinas Komunikasi, Informatika, dan Statistik", "Diskominfo"),
    "uid-infid": ("International NGO Forum on Indonesian Development", "INFID"),
    "uid-utara": ("Kecamatan Luwuk Utara", ""),
}
TERMS: Mapping[str, Mapping[str, str]] = {
    "rights": {
        "r-informasi": "Hak atas informasi",
        "r-bantuan": "Hak atas bantuan hukum",
        "r-lingkungan": "Hak atas lingkungan yang baik dan sehat serta perumahan yang layak",
    },
    "groups": {
        "g-perempuan": "Perempuan",
        "g-anak": "Anak",
        "g-disabilitas": "Penyandang disabilitas",
        "g-adat": "Kelompok masyarakat adat",
    },
}
ITEMS: Mapping[str, Mapping[str, str]] = {
    "cover": {"uid-cover": "Peta Jalan Kota HAM"},
    "modality": {"m1": "Forum warga", "m2": "Perda; tentang disabilitas", "m3": "Forum warga"},
    "problem": {"p1": "Kanal pengaduan belum ada", "p2": "1. Musrenbang belum inklusif"},
    "action": {"a1": "Melatih petugas", "a2": "Menyusun pedoman"},
}
CHOICES = Choices(
    organisations={uid: name for uid, (name, _short) in OFFICES.items()}, terms=TERMS, items=ITEMS
)


def words(text: str) -> Cell:
    return Cell(CellKind.TEXT, text)


def figure(text: str, *, is_percent: bool = False) -> Cell:
    return Cell(CellKind.NUMBER, text, is_percent=is_percent)


def day(text: str) -> Cell:
    return Cell(CellKind.DATE, text)


def at(row: int = 13) -> Where:
    return Where(SHEET, row, COLUMN)


def column(*cells: Cell | str) -> list[tuple[Where, Cell]]:
    return [
        (at(row), words(cell) if isinstance(cell, str) else cell) for row, cell in enumerate(cells, start=13)
    ]


def offices() -> list[Organisation]:
    return [
        Organisation(uid=uid, name=name, abbreviation=short or None, kind=OrganisationKind.AGENCY)
        for uid, (name, short) in OFFICES.items()
    ]


def names(
    answers: Mapping[str, str] | None = None,
    own: Mapping[str, Mapping[str, str]] | None = None,
    numbers: Mapping[str, str] | None = None,
) -> Names:
    return Names(CHOICES, offices(), answers or {}, own, numbers=numbers)


def place(written: str) -> tuple[Field, Target]:
    target = Target.read(written)
    return KINDS[target.kind].by_name[target.field], target


def read(
    written: str,
    *cells: Cell | str,
    reading: Reading | None = None,
    given: Names | None = None,
) -> Understood:
    """Understand the cells of a place such as "action:ends_on"."""
    field, target = place(written)
    return understand(field, target, column(*cells), reading or Reading(), given or names())


def value(written: str, *cells: Cell | str, **kept: Reading) -> Plain:
    """Give the value of cells that nothing has to be said about."""
    told = read(written, *cells, reading=kept.get("reading"))
    assert (told.troubles, told.waits) == ([], set()), told
    return told.value


def sentences(told: Understood) -> Sequence[str]:
    return [one.sentence % one.values for one in told.troubles]
