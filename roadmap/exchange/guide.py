"""The first sheet of a workbook: whose state it shows, what its sheets are, how it is filled in and brought back."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from roadmap.exchange.grids import Grid, GridColumn, GridRow, Look
from roadmap.exchange.tables import Source

COLUMNS = (GridColumn(30), GridColumn(96))


def guide_grid(
    source: Source, name: str, counts: Mapping[str, int], read_only: Sequence[str], *, is_blank: bool = False
) -> Grid:
    """Write the first sheet; `counts` tells for each sheet that can be filled in how many entries it holds."""
    rows = [
        GridRow(Look.TITLE, [source.title, None]),
        GridRow(Look.PLAIN, [_("Daerah"), source.region]),
        GridRow(Look.PLAIN, [_("Isi berkas"), source.told]),
        _head(_("Lembar"), _("Isinya")),
        *(_sheet(sheet, count, is_blank=is_blank) for sheet, count in counts.items()),
        *(
            GridRow(Look.PLAIN, [sheet, _("Untuk dibaca dan dicetak. Perubahan di sini tidak ikut diambil.")])
            for sheet in read_only
        ),
        _head(_("Cara memakai"), None),
        *(GridRow(Look.PLAIN, [words, more]) for words, more in _steps(is_blank=is_blank)),
        _head(_("Cara menulis"), None),
        *(GridRow(Look.PLAIN, [words, more]) for words, more in _ways_to_write()),
    ]
    return Grid(name, COLUMNS, rows, headings=0, frozen=(0, 0), has_lines=False)


def _head(left: str, right: str | None) -> GridRow:
    return GridRow(Look.SECTION, [left, right])


def _sheet(name: str, count: int, *, is_blank: bool) -> GridRow:
    if is_blank:
        return GridRow(
            Look.PLAIN,
            [name, _("Kosong, untuk diisi. Baris miring berwarna adalah contoh dan tidak ikut diambil.")],
        )
    return GridRow(Look.PLAIN, [name, ngettext("%(num)s baris.", "%(num)s baris.", count)])


def _steps(*, is_blank: bool) -> list[tuple[str, str]]:
    return [
        _first_step(is_blank=is_blank),
        (
            _("2. Atur sesuka Anda"),
            _(
                "Baris dan kolom boleh diurutkan, disaring, disembunyikan, atau diwarnai. Kolom tambahan boleh ada."
            ),
        ),
        (_("3. Simpan"), _("Simpan sebagai berkas Excel (.xlsx), dengan nama apa pun.")),
        (
            _("4. Ambil kembali"),
            _(
                "Penyusun membuka peta jalan ini, memilih Dokumen, lalu Ambil dari Excel atau CSV, "
                "dan melihat dahulu apa yang akan berubah."
            ),
        ),
        (
            _("Tidak ada yang hilang"),
            _(
                "Tidak ada yang ditulis sebelum Anda menyetujuinya. Bila orang lain mengubah baris yang sama, "
                "Anda ditanya. Baris yang Anda hapus juga ditanyakan dahulu."
            ),
        ),
    ]


def _first_step(*, is_blank: bool) -> tuple[str, str]:
    if is_blank:
        return (
            _("1. Isi"),
            _(
                "Tulis satu hal di setiap baris, di bawah judul kolomnya. Kolom yang belum ada isinya boleh kosong."
            ),
        )
    return (
        _("1. Ubah atau tambah"),
        _(
            "Ubah sel yang perlu, atau tulis hal baru di baris kosong di bawahnya. "
            "Sel yang tidak Anda ubah dibiarkan."
        ),
    )


def _ways_to_write() -> list[tuple[str, str]]:
    return [
        (_("Tanggal"), _("31/12/2026, Desember 2026, atau TW4 2026.")),
        (_("Rupiah"), _("Angka bulat, satu kolom untuk setiap tahun dan sumber dana: 420.000.000.")),
        (
            _("Angka"),
            _("72,9 dengan koma. Bila tidak ada datanya, tulis: tidak tersedia. Nol berarti memang nol."),
        ),
        (_("Beberapa isi dalam satu sel"), _("Satu per baris. Baris baru dalam sel: Alt+Enter.")),
        (_("Kaitan"), _("Nomor dan judul seperti di lembarnya, misalnya: 1. Belum ada kanal pengaduan.")),
        (_("Bukti"), _("Judul | tautan, misalnya: Notulen rapat | https://contoh.go.id/notulen.")),
        (_("Uraian panjang"), _("Tanda **tebal** dan tanda - di awal baris untuk daftar boleh dipakai.")),
    ]
