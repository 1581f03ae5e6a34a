"""Why a file is refused and what was left aside: every sentence the reading process may answer with."""

from enum import StrEnum

from roadmap.text.words import N_


class Fault(StrEnum):
    """A sentence that says what is wrong with the file and what to do; `%(name)s` places are filled by its values."""

    EMPTY = N_("Berkas ini kosong: tidak ada satu huruf pun di dalamnya. Pilih berkas lain.")
    NO_CELLS = N_("Tidak ada isi di lembar mana pun di berkas ini. Periksa apakah berkasnya benar.")
    TOO_BIG = N_(
        "Berkas ini lebih besar dari %(most)s MB. Hapus gambar dan lembar yang tidak perlu, atau bagi menjadi "
        "beberapa berkas."
    )
    TRUNCATED = N_(
        "Berkas ini terpotong, mungkin karena unduhan atau salinannya terputus. Ambil lagi dari asalnya, atau buka "
        "di Excel dan simpan lagi sebagai XLSX."
    )
    BROKEN = N_(
        "Berkas ini rusak di dalamnya sehingga tidak dapat dibaca dengan pasti. Buka di Excel atau LibreOffice, lalu "
        "simpan lagi sebagai XLSX."
    )
    DISGUISED = N_(
        "Susunan berkas ini tidak seperti yang disimpan Excel atau LibreOffice, dan dapat membahayakan, jadi tidak "
        "dibuka. Salin isinya ke buku kerja baru, lalu simpan sebagai XLSX."
    )
    SWELLS = N_(
        "Berkas ini mengembang jauh lebih besar daripada yang terlihat, jadi tidak dibuka. Salin isinya ke buku kerja "
        "baru, lalu simpan sebagai XLSX."
    )
    PASSWORD = N_(
        "Berkas ini dilindungi kata sandi. Buka di Excel, hapus kata sandinya (Info, Lindungi Buku Kerja), simpan, "
        "lalu bawa lagi."
    )
    OLD_EXCEL = N_(
        "Berkas ini berformat Excel lama (XLS). Buka di Excel atau LibreOffice, lalu simpan sebagai XLSX."
    )
    BINARY_EXCEL = N_("Berkas ini berformat Excel biner (XLSB). Buka di Excel, lalu simpan sebagai XLSX.")
    XML_EXCEL = N_(
        "Berkas ini berformat XML, bukan XLSX. Buka di Excel atau LibreOffice, lalu simpan sebagai XLSX."
    )
    PDF = N_(
        "Ini berkas PDF, bukan tabel. Minta tabel aslinya, atau salin tabelnya ke Excel dan simpan sebagai XLSX."
    )
    DOCUMENT = N_(
        "Ini dokumen teks (misalnya Word), bukan tabel. Salin tabelnya, lalu tempelkan di kotak tempel atau di Excel."
    )
    SLIDES = N_(
        "Ini berkas presentasi, bukan tabel. Salin tabelnya, lalu tempelkan di kotak tempel atau di Excel."
    )
    WEB_PAGE = N_(
        "Ini halaman web, bukan tabel, walaupun namanya mungkin berakhiran XLS. Buka di Excel, lalu simpan sebagai "
        "XLSX; atau salin tabelnya dan tempelkan."
    )
    PICTURE = N_(
        "Ini gambar, bukan tabel; tulisan di dalam gambar tidak dapat dibaca. Pilih berkas XLSX atau CSV."
    )
    ARCHIVE = N_("Ini arsip (misalnya ZIP atau RAR). Keluarkan dulu isinya, lalu pilih berkas XLSX atau CSV.")
    NOT_A_TABLE = N_("Isi berkas ini bukan tabel yang dikenal. Pilih berkas XLSX, ODS atau CSV.")
    ENCODING = N_(
        "Huruf-huruf di berkas ini tidak dapat dibaca dengan pasti. Di Excel, simpan sebagai CSV UTF-8 atau sebagai "
        "XLSX."
    )
    QUOTE = N_(
        "Tanda kutip yang dibuka di baris %(row)s tidak pernah ditutup, jadi batas selnya tidak dapat diketahui. "
        "Tutup tanda kutip itu, atau simpan tabelnya sebagai XLSX."
    )
    OUTSIDE = N_(
        "Lembar “%(sheet)s” terlalu besar: ada isi di sel %(cell)s, sedangkan yang dibaca paling banyak %(rows)s baris "
        "dan %(columns)s kolom. Hapus isi di luar itu, atau bagi menjadi beberapa lembar."
    )
    LONG_CELL = N_(
        "Isi sel %(cell)s di lembar “%(sheet)s” terlalu panjang: paling banyak %(most)s huruf. Pendekkan, atau periksa "
        "apakah tanda kutip dan pemisah kolomnya benar."
    )
    TOO_MUCH = N_(
        "Isi berkas ini terlalu banyak untuk dibaca sekaligus: paling banyak %(sheets)s lembar, %(cells)s sel, dan "
        "%(letters)s huruf. Bagi menjadi beberapa berkas."
    )
    TOO_LONG = N_(
        "Membaca berkas ini terlalu lama atau terlalu berat, jadi dihentikan. Salin tabelnya ke buku kerja baru tanpa "
        "gambar dan lembar lain, lalu simpan sebagai XLSX."
    )
    STOPPED = N_(
        "Pembacaan berkas ini terhenti. Coba sekali lagi; bila terhenti lagi, simpan tabelnya sebagai CSV."
    )


class Aside(StrEnum):
    """A sentence about something in the file that was left aside."""

    MACROS = N_("Makro di berkas ini tidak dibaca dan tidak dijalankan.")
    LINKS = N_(
        "Tautan ke berkas atau sumber data lain tidak diikuti; yang dibaca adalah nilai yang tersimpan."
    )
    PICTURES = N_("Gambar, bentuk, dan bagan di berkas ini tidak dibaca.")
    OBJECTS = N_("Berkas lain yang disisipkan di dalam berkas ini tidak dibaca.")
    NOTES = N_("Catatan dan komentar pada sel tidak dibaca.")


class Refused(Exception):
    """The file cannot be read; carries the fault and the values of its sentence."""

    def __init__(self, fault: Fault, **values: str) -> None:
        """Keep both, to be written into the answer."""
        super().__init__(fault.name)
        self.fault = fault
        self.values = values
