"""A whole plan as one workbook: a sheet for each kind, the matrix, and the money by office and year."""

from flask_babel import gettext as _

from roadmap.exchange.grids import Grid, sheet_name
from roadmap.exchange.guide import guide_grid
from roadmap.exchange.matrix_sheet import matrix_grid
from roadmap.exchange.office_sheet import office_grid, office_grids
from roadmap.exchange.passport import COPY_PREFIX, Passport
from roadmap.exchange.tables import Source, kind_grid, kind_names, lists_of
from roadmap.exchange.xlsx import About, write_xlsx
from roadmap.plan.kinds import KINDS


def write_workbook(source: Source) -> bytes:
    """Write a plan as a workbook that can be read, filled in and brought back; equal plans give equal bytes."""
    names = kind_names()
    taken = list(names.values())
    matrix, offices = sheet_name(_("Matriks"), taken), sheet_name(_("Per kantor dan tahun"), taken)
    kinds = [kind_grid(kind, source, names[kind.name]) for kind in KINDS.values()]
    counts = {grid.name: len(grid.rows) - grid.headings for grid in kinds}
    guide = guide_grid(source, sheet_name(_("Baca dulu"), taken), counts, [matrix, offices])
    return bind(source, [guide, *kinds, matrix_grid(source, matrix), office_grid(source, offices)])


def write_offices(source: Source) -> bytes:
    """Write the money as a workbook to be read: a sheet of all offices, then one for each; nothing comes back."""
    everything = office_grid(source, sheet_name(_("Semua kantor")))
    grids = [everything, *office_grids(source, [everything.name])]
    return bind(source, grids)


def bind(source: Source, grids: list[Grid], *, is_blank: bool = False) -> bytes:
    """Write sheets as a workbook with the passport of a plan, and a hidden copy of each."""
    for place, grid in enumerate(grids, 1):
        grid.copy = f"{COPY_PREFIX}{place}"
    passport = Passport(source.roadmap_uid, source.seq, source.language, (), is_blank)
    about = About(source.title, source.language, source.at)
    return write_xlsx(about, grids, lists_of(source), passport)
