"""A blank workbook of a plan's own shape: headings with their plain questions, drop-downs, and one example a sheet."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from roadmap.exchange.cells import CellValue, OutColumn, Shape, columns_of
from roadmap.exchange.columns import LINE, NUMBER, PARENT
from roadmap.exchange.grids import Grid, GridRow, Look, sheet_name
from roadmap.exchange.guide import guide_grid
from roadmap.exchange.passport import EXAMPLE
from roadmap.exchange.tables import Source, grid_of, kind_names
from roadmap.exchange.workbook import bind
from roadmap.plan.fields import Choice, Terms
from roadmap.plan.kinds import KINDS, Kind
from roadmap.plan.outline import outline
from roadmap.text.words import N_

EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "cover": {
        "vision": N_("Setiap warga dilayani tanpa dibedakan, dan setiap pengaduan dijawab."),
        "scope": N_("Seluruh warga, di semua kecamatan."),
        "legal_basis": N_("Undang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi Manusia"),
    },
    "section": {"body": N_("Mengapa peta jalan ini ditulis, dan bagaimana warga ikut menyusunnya.")},
    "modality": {
        "description": N_("Berlaku sejak 2024. Baru dua kecamatan yang melaksanakannya."),
        "owner": N_("Dinas Sosial"),
        "evidence": N_("Naskah peraturan | https://contoh.go.id/perda-disabilitas"),
    },
    "problem": {
        "cause": N_("Petugas belum dilatih, dan kanalnya hanya lewat telepon."),
        "effect": N_("Warga tuli meminta tolong orang lain untuk mengadu."),
        "modalities": N_("Peraturan Daerah tentang perlindungan penyandang disabilitas"),
        "area": N_("Seluruh kecamatan"),
        "baseline_source": N_("Dinas Sosial"),
    },
    "action": {
        "expected_result": N_("Warga tuli dilayani di setiap puskesmas."),
        "problems": N_("Belum tersedianya layanan pengaduan yang dapat dipakai warga tuli"),
        "lead": N_("Dinas Kesehatan"),
        "supporting": N_("Dinas Sosial"),
        "area": N_("Seluruh kecamatan"),
        "subactivity_codes": "1.02.02.2.02.0001",
    },
    "indicator": {
        "title": N_("Jumlah petugas puskesmas yang terlatih bahasa isyarat dasar"),
        "unit": N_("orang"),
        "baseline_source": N_("Dinas Kesehatan"),
    },
}

# What names other items does so with their numbers, as everywhere in a workbook.
LINKS = frozenset({"problems", "modalities"})

# Of the words of a vocabulary, the one that goes with the examples.
FITTING = {"rights": "kesehatan", "groups": "disabilitas"}


def write_template(source: Source) -> bytes:
    """Write a blank workbook for a plan, to be filled in and brought; equal plans give equal bytes."""
    names = kind_names()
    kinds = [_blank_grid(kind, source, names[kind.name]) for kind in KINDS.values()]
    counts = dict.fromkeys(names.values(), 0)
    guide = guide_grid(source, sheet_name(_("Baca dulu"), names.values()), counts, (), is_blank=True)
    return bind(source, [guide, *kinds], is_blank=True)


def _blank_grid(kind: Kind, source: Source, name: str) -> Grid:
    columns = columns_of(kind, outline([]), source.years)
    example = GridRow(Look.EXAMPLE, [_example(kind, column, source) for column in columns])
    return grid_of(kind, columns, [example], name)


def _example(kind: Kind, column: OutColumn, source: Source) -> CellValue:
    action_title, title = KINDS["action"].by_name["title"], kind.by_name["title"]
    fixed = {
        LINE: EXAMPLE,
        NUMBER: _("Contoh"),
        PARENT: f"1. {_(action_title.example)}",
    }
    if column.target.field in fixed:
        return fixed[column.target.field]
    words = EXAMPLES[kind.name].get(column.target.field)
    if column.target.field in LINKS and words:
        return f"1. {_(words)}"
    if column.target.field == "title" and not words:
        return _(title.example)
    return _(words) if words else _example_of_shape(column, source)


def _example_of_shape(column: OutColumn, source: Source) -> CellValue:
    first, last = source.years[0], source.years[-1]
    place = _place_of_year(column, source.years)
    match column.shape:
        case Shape.MONTH:
            return date(first, 1, 1) if column.target.field == "starts_on" else date(first, 12, 31)
        case Shape.YEAR:
            return {"year_from": first, "year_to": last}.get(column.target.field, first - 1)
        case Shape.RUPIAH if column.target.field == "budget" and place == 0:
            return 120_000_000
        case Shape.FIGURE:
            return Decimal(12 * (place + 1)) if place is not None else Decimal(0)
    return _first_choice(column, source)


def _place_of_year(column: OutColumn, years: Sequence[int]) -> int | None:
    year = column.target.key[:4]
    return years.index(int(year)) if year and int(year) in years else None


def _first_choice(column: OutColumn, source: Source) -> CellValue:
    """Give the first word of a drop-down, so that the example shows what is meant."""
    kind = column.field.type if column.field else None
    if isinstance(kind, Choice) and not (column.field and column.field.is_living):
        return _(next(iter(kind.options.values())))
    if isinstance(kind, Terms):
        words = list(source.choices.terms.get(kind.vocabulary, {}).values())
        return next(
            (one for one in words if FITTING.get(kind.vocabulary, "") in one.casefold()),
            next(iter(words), None),
        )
    if column.field and column.field.example:
        return _(column.field.example)
    return None
